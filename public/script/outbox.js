// The outbox holds answers that were submitted and that the server has not confirmed yet, on this device alone. Pages and the
// worker share it. It knows nothing of what is on the screen.
//
// How a client sends an answer: POST to the address of the survey (/s/...), the form's fields as a browser encodes them, with
// "Accept: application/json". Without that header the same address answers with pages. The form token among the fields makes
// sending again harmless for 24 hours: the same answers get the same receipt. An answer in JSON with a note, which says in
// HTML and in the language of the form what the person should know, is final:
//
//   200  {note, receipt}  stored; receipt is the address of the page that proves it
//   409  {note}           this form was sent before with other answers; the first stand
//   410  {note}           too old, or its sheet stands for something else now; it can never be taken
//   422  {note}           something is missing or wrong; the note's form sends the same fields and gets the page that says what
//
// Everything else means "send again later", not within five seconds: 503, 429, a broken connection, an answer that is not
// ours, such as the sign-in page of a public network or a filter that dislikes a word. When only such answers came for two
// days, the server would not take it any more either, and the entry ends as if it had said 410.
//
// An entry is {token, to, fields, since} while it waits, since being when the first answer came that was not final, in ms: by
// then a device's clock is right, as it has a network; then {token, status, note, receipt}, without a note if none ever came.
// Whoever shows that to the person deletes it, but a 422 only when mending begins.

// ask makes one request to the store and returns its result when it is on disk. It opens the store each time, since browsers
// close it behind a page's back.
const ask = (request) =>
	new Promise((done, fail) => {
		setTimeout(fail, 12e3); // some browsers never answer; a slow disk may need seconds
		const opening = indexedDB.open("kesan");
		opening.onupgradeneeded = () => opening.result.createObjectStore("outbox", { keyPath: "token" });
		opening.onerror = fail;
		opening.onsuccess = () => {
			const db = opening.result;
			const work = db.transaction("outbox", "readwrite", { durability: "strict" });
			const asked = request(work.objectStore("outbox"));
			work.onabort = fail;
			work.oncomplete = () => {
				db.close();
				done(asked.result);
			};
		};
	});

// put keeps the fields of a form, encoded, until they are confirmed. The newest fields of a form replace older ones.
export const put = (token, to, fields) => ask((store) => store.put({ token, to, fields }));

export const all = () => ask((store) => store.getAll());

export const forget = (token) => ask((store) => store.delete(token));

export const waits = (entry) => !entry.status;

// drain sends what waits. One page or worker at a time does so where the browser knows locks; over plain HTTP it does not, and
// two may send the same.
export const drain = () => (navigator.locks ? navigator.locks.request("kesan", sendAll) : sendAll());

async function sendAll() {
	for (const entry of await all()) {
		if (waits(entry)) await send(entry).catch(() => {}); // it stays
	}
}

// patience is how long a request may take; the server gives up earlier. In ms.
const patience = 2e4;

// life is how long the server takes a form at most, that of a kiosk or ticket: survey/point.go. In ms.
const life = 2 * 864e5;

async function send(entry) {
	const { token, to, fields, since = Date.now() } = entry;
	const response = await fetch(to, {
		method: "POST",
		body: new URLSearchParams(fields),
		headers: { Accept: "application/json" },
		keepalive: true, // even when the page is left
		signal: AbortSignal.timeout?.(patience),
	});
	const answer = await response.json().catch(() => {});
	if (answer?.note) await settle(entry, { ...answer, token, status: response.status });
	else await settle(entry, Date.now() - since < life ? { ...entry, since } : { token, status: 410 });
}

// settle replaces an entry by what it is now, unless the person has sent other fields meanwhile or has been told already.
const settle = ({ token, fields }, now) =>
	ask((store) => {
		const found = store.get(token);
		found.onsuccess = () => found.result?.fields == fields && store.put(now);
		return found;
	});
