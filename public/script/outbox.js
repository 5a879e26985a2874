// The outbox holds answers that were submitted and that the server has not confirmed yet, on this device alone. Pages and the
// worker share it. It knows nothing of what is on the screen.
//
// How a client sends an answer: POST to the address of the survey (/s/...), the form's fields as a browser encodes them, with
// "Accept: application/json". Without that header the same address answers with pages. The form token among the fields makes
// sending again harmless for 24 hours: the same answers get the same receipt. A JSON answer is final:
//
//   200  {title, text, receipt}  stored; receipt is the address of the page that proves it
//   409  {title, text}           this form was sent before with other answers; the first stand
//   410  {title, text}           too old, or its sheet stands for something else now; it can never be taken
//   422  {title, text}           something is missing or wrong; the same POST without the header shows what, with the fields filled
//
// Everything else means "send again later", after Retry-After seconds if that is given: 503, 429, a broken connection, an
// answer that is not ours, such as the sign-in page of a public network.
//
// An entry is {token, to, fields} while it waits; then {token, to, status, title, text, receipt}, where only a 422 still has its
// fields. Whoever shows that to the person deletes it.

// ask makes one request to the store and returns its result when it is on disk. It opens the store each time, since browsers
// close it behind a page's back.
const ask = (mode, request) =>
	new Promise((done, fail) => {
		const opening = indexedDB.open("kesan");
		opening.onupgradeneeded = () => opening.result.createObjectStore("outbox", { keyPath: "token" });
		opening.onerror = fail;
		opening.onsuccess = () => {
			const db = opening.result;
			const work = db.transaction("outbox", mode, { durability: "strict" });
			const asked = request(work.objectStore("outbox"));
			work.onabort = fail;
			work.oncomplete = () => {
				db.close();
				done(asked.result);
			};
		};
	});

// put keeps the fields of a form, encoded, until they are confirmed. The newest fields of a form replace older ones.
export const put = (token, to, fields) => ask("readwrite", (store) => store.put({ token, to, fields }));

export const all = () => ask("readonly", (store) => store.getAll());

export const forget = (token) => ask("readwrite", (store) => store.delete(token));

export const waits = (entry) => !entry.status;

let notBefore = 0; // the server asked for a pause

// drain sends what waits. One page or worker at a time does so where the browser knows locks; over plain HTTP it does not, and
// two may send the same.
export const drain = () => (navigator.locks ? navigator.locks.request("kesan", sendAll) : sendAll());

async function sendAll() {
	for (const entry of await all()) {
		if (waits(entry) && Date.now() >= notBefore) {
			await send(entry).catch(() => {}); // it stays
		}
	}
}

// patience is how long a request may take, in ms; the server gives up earlier.
const patience = 2e4;

async function send({ token, to, fields }) {
	const response = await fetch(to, {
		method: "POST",
		body: new URLSearchParams(fields),
		headers: { Accept: "application/json" },
		keepalive: true, // even when the page is left
		signal: AbortSignal.timeout?.(patience),
	});
	const { status, headers } = response;
	notBefore = Date.now() + 1e3 * headers.get("Retry-After");
	const answer = await response.json();
	if (answer.title) {
		await settle(token, fields, { ...answer, token, to, status, fields: status == 422 ? fields : undefined });
	}
}

// settle replaces an entry by its answer, unless the person has sent other fields meanwhile or has been told already.
const settle = (token, fields, answered) =>
	ask("readwrite", (store) => {
		const found = store.get(token);
		found.onsuccess = () => found.result?.fields == fields && store.put(answered);
		return found;
	});
