// The script of the survey page on a kiosk: one question at a time, everything typed is wiped when nobody is there, and answers
// wait in the outbox until the server has them. A paired kiosk holds one form for each interval of the next day, so it works
// that long without a network and never uses one twice. Without scripts the page works as any form.
import { all, drain, forget, put, waits } from "./outbox.js";

const idle = 45; // seconds without a touch after which a visit ends
const warning = 15; // of these the last are counted down
const glance = 350; // ms for which a tapped answer is seen before the next question

const path = location.pathname;
const formsKey = "formulir " + path;
const usedKey = "terpakai " + path;
const pages = {}; // the page in each language, whole
const home = "id";

let form, steps, at, visit, timer;
let state = "start";
let touched = Date.now();
let tapped;

const part = (id) => document.getElementById(id);
const option = (name) => part("kios").dataset[name];

// The forms that are held: {from, interval, offset, tokens, asks}; times in seconds, offset is the server's clock against ours.
const held = () => JSON.parse(localStorage.getItem(formsKey));

// advance fetches the forms of the next day.
async function advance() {
	const response = await fetch(path + "/formulir");
	if (response.status == 403) {
		localStorage.removeItem(formsKey);
		location.reload();
	}
	if (response.ok) {
		const forms = await response.json();
		localStorage.setItem(formsKey, JSON.stringify({ ...forms, offset: forms.now - Date.now() / 1e3 }));
	}
}

// take returns the form of the present interval, {token, start, ask}, or {wait} in seconds when it has been used.
function take() {
	const forms = held();
	if (!forms) return;
	const now = Date.now() / 1e3 + forms.offset;
	const place = Math.floor((now - forms.from) / forms.interval);
	const start = forms.from + place * forms.interval;
	if (start <= localStorage.getItem(usedKey)) return { wait: Math.ceil(+localStorage.getItem(usedKey) + forms.interval - now) };
	const token = forms.tokens[place];
	return token && { token, start, ask: forms.asks?.[place] };
}

// use notes that nobody may begin before the next interval.
function use() {
	const { from, interval, offset } = held();
	const now = Date.now() / 1e3 + offset;
	localStorage.setItem(usedKey, from + Math.floor((now - from) / interval) * interval);
}

// load keeps the page in a language for when it is asked for.
async function load(lang) {
	const response = await fetch(path + "?lengkap=1&bahasa=" + lang);
	if (response.ok) pages[lang] = new DOMParser().parseFromString(await response.text(), "text/html");
}

// speak shows the page in a language, with nothing typed.
function speak(lang) {
	const page = pages[lang];
	if (page) {
		document.documentElement.lang = lang;
		document.title = page.title;
		for (const tag of ["header", "main"]) {
			document.querySelector(tag).replaceWith(document.importNode(page.querySelector(tag), true));
		}
	}
	bind();
}

function bind() {
	form = document.forms[0];
	form.reset();
	form.onsubmit = send;
	form.onclick = chosen;
	form.elements.komentar.maxLength = 1000;
	for (const link of document.querySelectorAll("header [hreflang]")) {
		link.onclick = (event) => {
			if (pages[link.lang]) {
				event.preventDefault();
				speak(link.lang);
				show("start");
			}
		};
	}
	part("mulai").onclick = begin;
	part("terima").onclick = restart;
	part("kembali").onclick = () => step(at - 1);
	part("lanjut").onclick = () => answered() && step(at + 1);
}

// show changes what is on the screen: start, ask, soon, thanks.
function show(next) {
	state = document.body.dataset.state = next;
	clearTimeout(timer);
	touched = Date.now();
	part("sisa").hidden = true;
	scrollTo(0, 0);
}

// begin opens a visit with the form of the present interval; a kiosk that is not paired has the one in the page.
function begin() {
	document.documentElement.requestFullscreen?.().catch(() => {});
	wake();
	visit = option("paired") ? take() : { token: form.elements.form.value };
	if (!visit) return location.reload();
	if (visit.wait) {
		show("soon");
		timer = setTimeout(begin, visit.wait * 1e3);
		return;
	}
	form.elements.form.value = visit.token;
	steps = [...form.querySelectorAll("form > fieldset, form > .row")].filter(asked);
	show("ask");
	step(0);
}

// asked says whether the visit's form asks for a step; the short form asks three unsur, and nothing about the person.
function asked(element) {
	const unsur = option("unsur").split(" ").indexOf(element.querySelector("[name]").name);
	const known = ["layanan", "menit_tunggu", "komentar"].includes(element.querySelector("[name]").name);
	return visit.ask == undefined || known || (unsur >= 0 && (visit.ask >> unsur) & 1);
}

function step(next) {
	clearTimeout(timer);
	at = Math.max(0, Math.min(next, steps.length - 1));
	for (const element of form.children) element.classList.toggle("now", element == steps[at]);
	for (const old of form.querySelectorAll(".k-wrong")) old.remove();
	const last = at == steps.length - 1;
	document.body.toggleAttribute("data-last", last);
	part("kembali").disabled = at == 0;
	part("ke").textContent = at + 1 + " / " + steps.length;
	steps[at].tabIndex = -1;
	steps[at].focus();
	scrollTo(0, 0);
}

// chosen goes on after a real tap on an answer; who uses a keyboard goes on with the button.
function chosen({ target }) {
	if (target.type == "radio" && tapped && target.closest("label") == tapped) {
		clearTimeout(timer);
		timer = setTimeout(() => step(at + 1), glance);
	}
	if (target.type == "radio") tapped = undefined;
}

// wrong is what is missing or not right in a step, in words, or "".
function wrong(element) {
	const { pergi, menit_tunggu: wait } = form.elements;
	const required = element.querySelector("[type=radio],select[name=layanan]");
	const name = required?.name;
	if (element.contains(wait) && !/^\s*\d*\s*$/.test(wait.value)) return option("wait");
	if (element.contains(wait) && +wait.value > 480) return option("wait");
	if (name == "layanan" && !form.elements.layanan.value) return option("required");
	if (option("unsur").split(" ").includes(name) && !pergi.checked && !form.elements[name].value) return option("required");
	return "";
}

function answered() {
	const text = wrong(steps[at]);
	for (const old of form.querySelectorAll(".k-wrong")) old.remove();
	if (text) {
		const note = document.createElement("p");
		note.className = "e k-wrong";
		note.setAttribute("role", "alert");
		note.textContent = text;
		steps[at].append(note);
	}
	return !text;
}

async function send(event) {
	event.preventDefault();
	if (state != "ask") return;
	if (at < steps.length - 1) return answered() && step(at + 1); // Enter in a field
	const missing = steps.findIndex(wrong);
	if (missing >= 0) {
		step(missing);
		answered();
		return;
	}
	const { token } = visit;
	for (const field of form.querySelectorAll("fieldset, .row")) {
		const outside = !steps.includes(field) && !field.parentElement.closest("fieldset");
		for (const input of outside ? field.querySelectorAll("[name]") : []) input.disabled = true;
	}
	const fields = String(new URLSearchParams(new FormData(form)));
	try {
		await put(token, path, fields);
	} catch {
		return form.submit(); // this browser keeps nothing
	}
	if (option("paired")) use();
	for (const input of form.querySelectorAll("[name]")) input.disabled = false;
	form.reset();
	part("diterima").hidden = true;
	part("tersimpan").hidden = false;
	show("thanks");
	timer = setTimeout(restart, 1e3 * option("thanks"));
	await deliver();
	const waiting = (await all()).some((entry) => entry.token == token && waits(entry));
	part("diterima").hidden = waiting;
	part("tersimpan").hidden = !waiting;
}

// deliver sends what waits and forgets what is settled: nobody is here any more to be told.
async function deliver() {
	await drain();
	for (const entry of await all()) {
		if (!waits(entry)) await forget(entry.token);
	}
}

// restart wipes everything and shows the start, in the office's language.
function restart() {
	if (!option("paired")) return location.reload(); // for another form
	speak(home);
	show("start");
}

// tick ends a visit that nobody goes on with, and says so before.
function tick() {
	const left = Math.ceil(idle - (Date.now() - touched) / 1e3);
	if (state != "ask") return;
	if (left <= 0) return restart();
	part("sisa").hidden = left > warning;
	part("detik").textContent = left;
}

const wake = () => document.hidden || navigator.wakeLock?.request("screen").catch(() => {});

async function start() {
	document.body.classList.add("kios");
	bind();
	show("start");
	for (const name of ["pointerdown", "keydown", "input", "scroll"]) {
		addEventListener(name, (event) => {
			touched = Date.now();
			part("sisa").hidden = true;
			if (name == "pointerdown") tapped = event.target.closest?.("label.o");
		});
	}
	addEventListener("visibilitychange", wake);
	addEventListener("online", deliver);
	setInterval(tick, 250);
	setInterval(() => deliver().catch(() => {}), 2e4);
	navigator.serviceWorker?.register("/sw.js");
	deliver().catch(() => {});
	if (!option("paired")) return;
	const languages = [document.documentElement.lang, ...[...document.querySelectorAll("header [hreflang]")].map((link) => link.lang)];
	const prepare = async () => {
		await advance().catch(() => {});
		for (const lang of languages) await load(lang).catch(() => {});
	};
	setInterval(prepare, 36e5);
	addEventListener("online", prepare);
	prepare();
}

start();
