// One question of the survey page at a time, as on a kiosk.
import { hush } from "./aloud.js";
import { option, part } from "./pages.js";

const glance = 350; // ms for which a tapped answer is seen before the next question

let form, all, steps, at, tapped, timer;

// begin shows the first question of a form. The short form asks what is set in the bits of ask; without them all is asked.
export function begin(ask) {
	form = document.forms[0];
	form.onclick = chosen;
	all = [...form.querySelectorAll("form > fieldset, form > .row")];
	steps = all.filter((element) => asked(element, ask));
	step(0);
}

const nameOf = (element) => element.querySelector("[name]:not(button)").name;
const unsur = () => option("unsur").split(" ");

// asked says whether a step is asked; the short form asks three unsur, and nothing about the person.
function asked(element, ask) {
	const name = nameOf(element);
	return ask == undefined || ["layanan", "menit_tunggu", "komentar"].includes(name) || (ask & (1 << unsur().indexOf(name))) > 0;
}

function step(next) {
	stay();
	hush();
	at = Math.max(0, Math.min(next, steps.length - 1));
	for (const element of form.children) element.classList.toggle("now", element == steps[at]);
	complain("");
	document.body.toggleAttribute("data-last", at == steps.length - 1);
	part("kembali").disabled = at == 0;
	part("ke").textContent = at + 1 + " / " + steps.length;
	steps[at].tabIndex = -1;
	steps[at].focus();
	scrollTo(0, 0);
}

export const back = () => step(at - 1);
export const forth = () => answered() && step(at + 1);

// stay stops what a tap on an answer has begun.
export const stay = () => clearTimeout(timer);

// touch notes what a finger is on: only a real tap on an answer goes on by itself, who uses a keyboard goes on with the button.
export const touch = (target) => (tapped = target.closest?.("label.o"));

function chosen({ target }) {
	if (target.type != "radio") return;
	if (tapped && target.closest("label") == tapped) {
		stay();
		timer = setTimeout(() => step(at + 1), glance);
	}
	tapped = undefined;
}

// wrong is what is missing or not right in a step, in words, or "".
function wrong(element) {
	const { pergi, menit_tunggu: wait, layanan } = form.elements;
	const name = nameOf(element);
	if (element.contains(wait) && (!/^\s*\d*\s*$/.test(wait.value) || +wait.value > option("longest"))) return option("wait");
	if (name == "layanan" && !layanan.value) return option("required");
	if (unsur().includes(name) && !pergi.checked && !form.elements[name].value) return option("required");
	return "";
}

function answered() {
	complain(wrong(steps[at]));
	return !form.querySelector(".k-wrong");
}

// complain says in the step what is wrong with it; "": nothing is.
function complain(text) {
	for (const old of form.querySelectorAll(".k-wrong")) old.remove();
	if (!text) return;
	const note = Object.assign(document.createElement("p"), { className: "e k-wrong", textContent: text });
	note.setAttribute("role", "alert");
	steps[at].append(note);
}

// complete says whether all is answered that must be, and shows the first step that is not. Before the last step it goes on
// instead: Enter in a field submits a form.
export function complete() {
	if (at < steps.length - 1) {
		forth();
		return false;
	}
	const missing = steps.findIndex(wrong);
	if (missing < 0) return true;
	step(missing);
	return answered();
}

// only lets the form send nothing but what was asked.
export function only(sent) {
	for (const element of all) {
		for (const input of element.querySelectorAll("[name]")) input.disabled = sent && !steps.includes(element);
	}
}
