// The service worker of a kiosk. It keeps the pages and files of the kiosk, so that it can begin again without a network or while the
// server, or what stands before it, is out of order. The forms in them are not used: a kiosk holds forms of its own.
addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(clients.claim()));
addEventListener("fetch", (event) => {
	const { method, url } = event.request;
	if (method == "GET" && /^(\/kios\/[0-9A-Z]{8}|\/aset\/kios\.\w+)$/i.test(new URL(url).pathname)) event.respondWith(keep(event.request));
});

async function keep(request) {
	const cache = await caches.open("kesan-kios");
	const response = await fetch(request).catch(() => {});
	if (response?.ok) await cache.put(request, response.clone());
	if (response?.status < 500) return response;
	return (await cache.match(request, { ignoreVary: true })) || (await cache.match(request, { ignoreVary: true, ignoreSearch: true })) || response || Response.error();
}
