// The page of a kiosk in each of its languages, kept for when they are asked for without a network.
export const part = (id) => document.getElementById(id);
export const option = (name) => part("kios").dataset[name];
export const links = () => [...document.querySelectorAll("header [hreflang]")];

const pages = {}; // by language, whole

export async function load(lang) {
	const response = await fetch(location.pathname + "?lengkap=1&bahasa=" + lang);
	if (response.ok) pages[lang] = new DOMParser().parseFromString(await response.text(), "text/html");
}

// speak puts the page of a language in place, with nothing typed, and says whether it is there.
export function speak(lang) {
	const page = pages[lang];
	if (!page) return false;
	document.documentElement.lang = lang;
	document.title = page.title;
	for (const tag of ["header", "main"]) {
		document.querySelector(tag).replaceWith(document.importNode(page.querySelector(tag), true));
	}
	return true;
}
