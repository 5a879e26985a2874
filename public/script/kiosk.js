// The script of the survey page on a kiosk: one question at a time, everything typed is wiped when nobody is there, and answers
// wait in the outbox until the server has them. Without scripts the page works as any form.
import { advance, drop, take, use } from "./advance.js";
import { hush, offer } from "./aloud.js";
import { all, drain, forget, put, waits } from "./outbox.js";
import { links, load, option, outdated, part, speak } from "./pages.js";
import * as steps from "./steps.js";

const idle = 45; // seconds without a touch after which a visit ends
const warning = 15; // of these the last are counted down
const home = "id";

let form, token, timer;
let spent = false; // the form that came with the page
let state = "start";
let touched = Date.now();

// ready prepares the page for the next visit, after it was put in place.
function ready() {
	form = document.forms[0];
	form.reset();
	form.onsubmit = send;
	form.elements.komentar.maxLength = 1000;
	offer(form, part("baca").innerHTML);
	for (const link of links()) link.onclick = (event) => change(link.lang) && event.preventDefault();
	part("mulai").onclick = begin;
	part("terima").onclick = restart;
	part("kembali").onclick = steps.back;
	part("lanjut").onclick = steps.forth;
	if (part("keluar")) part("keluar").onclick = leave;
	show("start");
}

// change begins again in a language and says whether the kiosk has it.
function change(lang) {
	const known = speak(lang);
	if (known) ready();
	return known;
}

// show changes what is on the screen: start, ask, soon, lost, thanks.
function show(next) {
	state = document.body.dataset.state = next;
	clearTimeout(timer);
	steps.stay();
	hush();
	touch();
	scrollTo(0, 0);
}

function touch() {
	touched = Date.now();
	part("sisa").hidden = true;
}

// leave opens the way out for staff, if there is a server to check their code: without one the way back would be closed, too.
function leave(event) {
	event.preventDefault();
	fetch(this.href).then(({ ok }) => (ok ? location.assign(this.href) : pause()), () => pause());
}

// begin opens a visit with the form of the present interval.
function begin() {
	document.documentElement.requestFullscreen?.().catch(() => {});
	wake();
	const visit = take(!spent && form.elements.form.value);
	if (!visit.token) return pause(visit.wait);
	form.elements.form.value = token = visit.token;
	show("ask");
	steps.begin(visit.ask);
}

// pause asks for a little patience: until the next interval begins, or without forms until the server can be reached.
function pause(wait) {
	show(wait ? "soon" : "lost");
	timer = wait ? setTimeout(begin, wait * 1e3) : setTimeout(restart, 1e3 * option("thanks"));
	if (!wait) prepare();
}

async function send(event) {
	event.preventDefault();
	if (state != "ask" || !steps.complete()) return;
	const sent = token;
	steps.only(true);
	try {
		await put(sent, location.pathname, String(new URLSearchParams(new FormData(form))));
	} catch {
		return form.submit(); // this browser keeps nothing
	}
	use(token);
	spent = true;
	steps.only(false);
	form.reset();
	tell(true);
	show("thanks");
	timer = setTimeout(restart, 1e3 * option("thanks"));
	await deliver();
	tell((await all()).some((entry) => entry.token == sent && waits(entry)));
}

// tell says whether the answer still waits here or has arrived.
function tell(waiting) {
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
	ready();
}

// tick ends a visit that nobody goes on with, and says so before.
function tick() {
	const left = Math.ceil(idle - (Date.now() - touched) / 1e3);
	if (state != "ask") return;
	if (left <= 0) return restart();
	part("sisa").hidden = left > warning;
	part("detik").textContent = left;
}

let lock;

// wake keeps the screen on. A browser lets it go when the page is out of sight.
async function wake() {
	if (!document.hidden && lock?.released != false) lock = await navigator.wakeLock?.request("screen").catch(() => {});
}

// prepare fetches what a day without a network needs.
async function prepare() {
	await advance().catch(() => {});
	await learn();
}

async function learn() {
	for (const lang of [document.documentElement.lang, ...links().map((link) => link.lang)]) await load(lang).catch(() => {});
}

// renew prepares another day, and begins anew after the server has changed.
async function renew() {
	await prepare();
	if (state == "start" && outdated()) location.reload();
}

function start() {
	document.body.classList.add("kios");
	ready();
	for (const name of ["pointerdown", "keydown", "input", "scroll"]) addEventListener(name, touch);
	addEventListener("pointerdown", ({ target }) => steps.touch(target));
	addEventListener("visibilitychange", wake);
	wake();
	addEventListener("online", deliver);
	setInterval(tick, 250);
	setInterval(() => deliver().catch(() => {}), 2e4);
	navigator.serviceWorker?.register("/kios/sw.js");
	deliver().catch(() => {});
	if (!option("paired")) return drop();
	navigator.serviceWorker?.addEventListener("controllerchange", learn);
	setInterval(renew, 36e5);
	addEventListener("online", prepare);
	prepare();
}

start();
