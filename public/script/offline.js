// remember keeps this page without its form, and so without its token, for when there is no connection: the worker shows it.
export async function remember() {
	const page = document.documentElement.cloneNode(true);
	page.querySelector("main").innerHTML = '<div id="kabar" role="status" tabindex="-1"></div>';
	const [style, script] = await Promise.all([...page.querySelectorAll("style,script")].map(hash));
	const policy = `default-src 'none'; style-src ${style}; script-src ${script}; connect-src 'self'; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`;
	const headers = { "Content-Type": "text/html;charset=utf-8", "Content-Security-Policy": policy };
	const cache = await caches.open("kesan");
	await cache.put("/s/", new Response("<!doctype html>" + page.outerHTML, { headers }));
}

async function hash({ textContent }) {
	const sum = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(textContent));
	return `'sha256-${btoa(String.fromCharCode(...new Uint8Array(sum)))}'`;
}
