// The forms that a paired kiosk holds in advance, one for each interval of the next day, so that it works that long without a
// network and never uses one twice.
const path = location.pathname;
const formsKey = "formulir " + path;
const usedKey = "terpakai " + path;

// The forms that are held: {from, interval, offset, tokens, asks}; times in seconds, offset is the server's clock against ours.
const held = () => JSON.parse(localStorage.getItem(formsKey));

// advance fetches the forms of the next day.
export async function advance() {
	const response = await fetch(path + "/formulir");
	if (response.status == 403) {
		localStorage.removeItem(formsKey);
		location.reload();
	}
	if (response.ok) {
		const forms = await response.json();
		localStorage.setItem(formsKey, JSON.stringify({ ...forms, offset: forms.now - Date.now() / 1e3 }));
	}
}

// take returns the form of the present interval, {token, ask}, or {wait} in seconds when it has been used.
export function take() {
	const forms = held();
	if (!forms) return;
	const now = Date.now() / 1e3 + forms.offset;
	const place = Math.floor((now - forms.from) / forms.interval);
	const start = forms.from + place * forms.interval;
	if (start <= localStorage.getItem(usedKey)) return { wait: Math.ceil(+localStorage.getItem(usedKey) + forms.interval - now) };
	const token = forms.tokens[place];
	return token && { token, ask: forms.asks?.[place] };
}

// use notes that nobody may begin before the next interval.
export function use() {
	const { from, interval, offset } = held();
	const now = Date.now() / 1e3 + offset;
	localStorage.setItem(usedKey, from + Math.floor((now - from) / interval) * interval);
}
