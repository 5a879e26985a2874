// The forms that a paired kiosk holds in advance, one for each interval of the next day, so that it works that long without a
// network and never uses one twice.
const path = location.pathname;
const formsKey = "formulir " + path;
const usedKey = "terpakai " + path;

// What is held: {interval, offset, hours: [{mark, from, tokens, asks}]}; times in seconds, offset is the server's clock against
// ours. An hour has one form for each interval from its beginning.
const held = () => JSON.parse(localStorage.getItem(formsKey)) ?? {};

// advance fetches the forms of the next day that are not held, or not as they are now.
export async function advance() {
	const { hours = [] } = held();
	const response = await fetch(path + "/formulir?ada=" + hours.map(({ mark }) => mark));
	if (response.status == 403) {
		drop();
		location.reload();
	}
	if (response.ok) {
		const { now, interval, hours: next } = await response.json();
		const kept = next.map((hour) => (hour.tokens ? hour : hours.find(({ mark }) => mark == hour.mark)));
		localStorage.setItem(formsKey, JSON.stringify({ interval, offset: now - Date.now() / 1e3, hours: kept }));
	}
}

// present returns the interval that is now, and its form if there is one: {now, start, token, ask}.
function present() {
	const { interval, offset, hours = [] } = held();
	const now = Date.now() / 1e3 + offset;
	const hour = hours.filter(({ from }) => from <= now).pop();
	const place = Math.floor((now - hour?.from) / interval);
	return { now, interval, start: hour?.from + place * interval, token: hour?.tokens[place], ask: hour?.asks?.[place] };
}

// take returns the form of the present interval, or {wait} in seconds when it has been used. Without a token there is none. A
// kiosk that holds no forms, since it is new or not paired, has the one in its page.
export function take(own) {
	const { now, interval, start, token, ask } = present();
	const form = held().hours ? token : own;
	const used = JSON.parse(localStorage.getItem(usedKey)) ?? {};
	if (start <= used.start || (form && form == used.token)) return { wait: Math.ceil(Math.max(start, used.start) + interval - now) };
	return { token: form, ask };
}

// use notes a form that was used: nobody may begin before the next interval.
export const use = (token) => localStorage.setItem(usedKey, JSON.stringify({ start: present().start, token }));

// drop forgets the forms of a kiosk that is not paired any more.
export const drop = () => localStorage.removeItem(formsKey);
