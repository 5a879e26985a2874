// The script of the survey page. Without it the page works as any form; with it nothing that was submitted is lost.
import { offer } from "./aloud.js";
import { all, drain, forget, put, waits } from "./outbox.js";
import { clear, keep, restore } from "./draft.js";
import { remember } from "./offline.js";

const form = document.forms[0]; // none on the page that the worker shows when there is no connection
const box = document.getElementById("kabar");
const main = box.parentNode;
const told = new Set();

let own; // token of the answer that stands in place of the questions
let fresh; // it was submitted here, and the form still holds it

const part = (id) => document.getElementById(id).content.cloneNode(true);

// instead shows a state in place of the questions: sending, kept on this device, no connection.
function instead(state) {
	box.replaceChildren(part(state));
	main.className = "q";
}

// tell says above the questions what became of an answer. One that must be mended has its fields: they go to the server as
// their form would send them, and it shows that form with what is wrong.
function tell({ to, title, text, receipt, fields }) {
	const note = part("berita");
	const [head, words, link, copy] = note.querySelectorAll("h2,p,a,form");
	head.textContent = title;
	words.textContent = text;
	receipt ? (link.href = receipt) : link.remove();
	fields || copy.remove();
	copy.action = to;
	for (const [name, value] of new URLSearchParams(fields)) {
		copy.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
	}
	box.append(note);
}

// look shows the state of every answer in the outbox and says whether one still waits. What the person has been told is
// deleted; only answers that must be mended stay until that is begun.
async function look() {
	const entries = await all();
	if (own && !entries.some(({ token }) => token == own)) location.replace(""); // another tab has told it
	for (const entry of entries) {
		if (waits(entry)) {
			if (entry.token == own) instead("simpan");
		} else if (!told.has(entry.token)) {
			told.add(entry.token);
			await settled(entry);
		}
	}
	return entries.some(waits);
}

async function settled(entry) {
	const { token, fields, receipt } = entry;
	const waited = token == own;
	if (waited) own = ""; // before the answer is gone from the outbox, or look would miss it
	if (!fields || (waited && fresh)) await forget(token);
	if (waited && receipt) return location.replace(receipt);
	if (waited) {
		main.className = "";
		box.replaceChildren();
		if (fresh) return form.submit(); // the server has the words
	}
	tell(entry);
}

let timer;
let tries = 0;

// work sends what waits, shows how that went and comes back later if something still waits: in 5 s, then half as often each
// time, at least every 5 min; not all phones of an office at once.
async function work() {
	await drain();
	if (await look()) {
		clearTimeout(timer);
		timer = setTimeout(work, Math.min(300, 5 * 2 ** tries++) * (500 + 1000 * Math.random()));
	}
}

const filled = () => String(new URLSearchParams(new FormData(form)));

async function submit(event) {
	event.preventDefault();
	instead("kirim");
	box.focus();
	const token = form.elements.form.value;
	try {
		await put(token, location.pathname, filled());
	} catch {
		return form.submit(); // this browser keeps nothing
	}
	clear();
	own = token;
	fresh = true;
	navigator.serviceWorker?.ready.then((worker) => worker.sync?.register("kesan")).catch(() => {});
	work();
}

async function start() {
	if (form) {
		restore(form);
		form.oninput = () => keep(filled());
		form.onsubmit = submit;
		offer(form, part);
	}
	box.onclick = ({ target }) => {
		if (target.name == "kirim") {
			instead("kirim");
			work();
		}
	};
	addEventListener("online", work);
	addEventListener("visibilitychange", () => document.hidden || work());
	for (const entry of await all()) {
		if (waits(entry) && entry.to == location.pathname) own = entry.token;
		if (!waits(entry) && entry.token == form?.elements.form.value) await forget(entry.token); // it is mended in the form
	}
	if (own) {
		instead("simpan");
	} else if (!form) {
		instead("luring");
	}
	work();
	if (form && navigator.serviceWorker) {
		navigator.serviceWorker.register("/sw.js");
		remember();
	}
}

start();
