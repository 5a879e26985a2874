// The service worker of the survey. It keeps no page that was made for a visitor: without a connection it shows the survey
// page as the script remembered it, without form and token. Over plain HTTP browsers have no workers, and the page does without.
import { all, drain, forget, put, waits } from "./outbox.js";

const remembered = "/s/";

addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(clients.claim()));
addEventListener("sync", (event) => event.waitUntil(deliver()));
addEventListener("fetch", (event) => {
	const { mode, url } = event.request;
	if (mode == "navigate" && /^\/s\//i.test(new URL(url).pathname)) event.respondWith(visit(event.request));
});

// deliver sends what waits after its tab was closed. Failing makes the browser call again later.
async function deliver() {
	await drain();
	if ((await all()).some(waits)) throw new Error("answers wait");
}

// final are the answers to a form that comes by itself after which it need not be sent again; 0 is the way to the receipt.
const final = [0, 409, 410, 422];

// visit passes a page on. A form that comes without the page's script is kept like any other until the server has answered, if
// there is room.
async function visit(request) {
	const token = request.method == "POST" && (await hold(request.clone()).catch(() => {}));
	try {
		const response = await fetch(request);
		if (token && final.includes(response.status)) await forget(token);
		return response;
	} catch {
		const lost = token == undefined; // a form that found no room: on the browser's own page it can be sent again
		return (!lost && (await caches.match(remembered))) || Response.error();
	}
}

async function hold(request) {
	const fields = await request.text();
	const token = new URLSearchParams(fields).get("form");
	await put(token, new URL(request.url).pathname, fields);
	return token;
}
