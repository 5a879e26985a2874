// A question and its answers can be heard where the browser has an Indonesian voice: what is read is the official wording. Each
// question that has it gets a button; pressing one again stops, and nothing is read unasked.
const voices = window.speechSynthesis;

// offer gives a form its buttons as soon as there is a voice; browsers load voices late.
export function offer(form, button) {
	if (voices) (voices.onvoiceschanged = () => show(form, button))();
}

function show(form, button) {
	if (form.elements.baca || !voices.getVoices().some(({ lang }) => /^id/i.test(lang))) return;
	// That wording is all of a question on an Indonesian page, and what stands beside on the others.
	const official = document.documentElement.lang == "id" ? "legend,label" : "[lang=id]";
	for (const set of form.querySelectorAll("fieldset")) {
		const words = [...set.querySelectorAll(official)];
		if (words[0]?.closest("legend")) {
			set.firstChild.insertAdjacentHTML("afterend", button);
			set.children[1].onclick = () => press(words.map((word) => word.textContent));
		}
	}
}

// hush stops what is being read.
export const hush = () => voices?.cancel();

function press(words) {
	if (voices.speaking) return voices.cancel();
	const speech = new SpeechSynthesisUtterance(words); // with commas between
	speech.lang = "id-ID";
	voices.speak(speech);
}
