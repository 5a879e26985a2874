// The script of the survey page. Without it the page works as any form; with it nothing that was submitted is lost.
import { offer } from "./aloud.js";
import { all, drain, forget, put, waits } from "./outbox.js";
import { clear, keep, restore } from "./draft.js";
import { remember } from "./offline.js";

const form = document.forms[0]; // none where the survey cannot be opened
const here = form?.elements.form.value; // token
const box = document.getElementById("kabar"); // alone on the page that the worker shows when there is no connection
const told = new Set();

let own; // token of the answer that stands in place of the questions
let fresh; // it was submitted here, and the form still holds it

const part = (id) => document.getElementById(id).innerHTML;

// instead shows a state in place of the questions: sending, kept on this device, no connection.
function instead(state) {
	box.innerHTML = part(state);
	box.className = "q";
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

// settled says above the questions what became of an answer: in the server's words, or that none ever came from there.
async function settled({ token, status, note, receipt }) {
	const waited = token == own;
	if (waited) own = ""; // before the answer is gone from the outbox, or look would miss it
	if (status != 422 || (waited && fresh)) await forget(token);
	if (waited && receipt) return location.replace(receipt);
	if (waited) {
		box.innerHTML = box.className = "";
		if (fresh && note) return form.submit(); // to the page that says the same, with the form
	}
	box.insertAdjacentHTML("beforeend", note || part("gagal"));
}

let timer;

// work sends what waits, shows how that went and comes back later if something still waits. It begins anew when there is hope:
// the page opens or is looked at again, a connection comes, the person wants it. A phone too slow to read its outbox is asked again.
async function work(tries = 0) {
	await drain().catch(() => {});
	if (await look().catch(() => true)) {
		clearTimeout(timer);
		timer = setTimeout(work, pause(tries), tries + 1);
	}
}

// pause is how long to wait after some tries, in ms: 5 to 10 s, then twice as long each time, 30 to 60 minutes in the end, which
// is about 40 times a day. It differs from phone to phone, so that not all come at once to a server that just came back.
const pause = (tries) => Math.min(1800, 5 * 2 ** tries) * 1e3 * (1 + Math.random());

const filled = () => String(new URLSearchParams(new FormData(form)));

async function submit(event) {
	event.preventDefault();
	instead("kirim");
	box.focus();
	const kept = await put(here, location.pathname, filled()).catch(() => {});
	clear();
	if (!kept) return form.submit(); // this browser keeps nothing
	own = here;
	fresh = true;
	navigator.serviceWorker?.ready.then((worker) => worker.sync?.register("kesan")).catch(() => {});
	work();
}

async function start() {
	const mending = document.getElementById("kesalahan"); // in the form
	if (form) {
		restore(form);
		if (mending) keep(filled()); // who goes back from here finds it again
		form.oninput = () => keep(filled());
		form.onsubmit = submit;
		offer(form, part("baca"));
	}
	box.onclick = ({ target }) => {
		if (target.name == "kirim") {
			instead("kirim");
			work();
		}
	};
	ononline = () => work();
	document.onvisibilitychange = () => document.hidden || work();
	for (const entry of await all()) {
		if (waits(entry) && entry.to == location.pathname) own = entry.token;
		if (entry.token == here && mending) await forget(here);
	}
	if (own) {
		instead("simpan");
	} else if (!box.nextSibling) {
		instead("luring");
	}
	work();
	if (form && navigator.serviceWorker) {
		navigator.serviceWorker.register("/sw.js");
		remember();
	}
}

start();
