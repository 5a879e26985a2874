// The page of a kiosk in each of its languages, kept for when they are asked for without a network.
export const part = (id) => document.getElementById(id);
export const option = (name) => part("kios").dataset[name];
export const links = () => [...document.querySelectorAll("header [hreflang]")];

const pages = {}; // by language, whole
const tags = {}; // what the server calls them, once the worker has seen them

// load fetches the page of a language with its files, unless it is as before.
export async function load(lang) {
	const headers = tags[lang] ? { "If-None-Match": tags[lang] } : {};
	const response = await fetch(location.pathname + "?lengkap=1&bahasa=" + lang, { headers });
	if (!response.ok) return;
	const page = new DOMParser().parseFromString(await response.text(), "text/html");
	for (const file of files(page)) await fetch(file);
	pages[lang] = page;
	if (watched()) tags[lang] = response.headers.get("ETag");
}

// watched says whether the worker keeps what is fetched; over plain HTTP there is none.
const watched = () => !navigator.serviceWorker || navigator.serviceWorker.controller;

// files are the style and the script of a page. They stay as they are when another page is put in place.
const files = ({ head }) => [...head.querySelectorAll("[rel=stylesheet], script")].map(({ href, src }) => href || src);

// outdated says whether the server has other files for the pages by now.
export const outdated = () => Object.values(pages).some((page) => String(files(page)) != String(files(document)));

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
