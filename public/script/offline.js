// remember keeps this page without its form, and so without its token, for when there is no connection: the worker shows it.
// It may run what stands in it, and nothing that is put in later: that is what the nonce says, where the server's page has hashes.
export async function remember() {
	const page = document.documentElement.cloneNode(true);
	const main = page.querySelector("main");
	main.replaceChildren(main.firstChild.cloneNode()); // the box alone, empty
	const nonce = crypto.getRandomValues(new Uint8Array(16)).join("");
	for (const own of page.querySelectorAll("style,script")) own.setAttribute("nonce", nonce);
	const only = `'nonce-${nonce}'`;
	const policy = `default-src 'none'; style-src ${only}; script-src ${only}; connect-src 'self'; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`;
	const headers = { "Content-Type": "text/html;charset=utf-8", "Content-Security-Policy": policy };
	const cache = await caches.open("kesan");
	await cache.put("/s/", new Response("<!doctype html>" + page.outerHTML, { headers }));
}
