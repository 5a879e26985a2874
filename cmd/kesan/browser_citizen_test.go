package main

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"kesan/survey"
)

// The counter that the citizens of the journeys come from.
const (
	journeyUnit    = "33.74.09-PATEN"
	journeyCounter = "33.74.09-PATEN-L1"
)

// survey returns the path of a sheet's survey.
func (s *site) survey(t *testing.T, fits func(survey.Sheet) bool) string {
	t.Helper()
	sheets := s.Register.Office().Sheets
	for _, id := range sheets.IDs() {
		if fits(sheets[id].Value) {
			token, err := s.Minter.Poster(id)
			check(t, err)
			return "/s/" + token
		}
	}
	t.Fatal("no such sheet")
	return ""
}

func atCounter(sheet survey.Sheet) bool { return sheet.Counter == journeyCounter && !sheet.Revoked }

// comments returns how often a comment is stored.
func (s *site) comments(t *testing.T, comment string) int {
	t.Helper()
	n := 0
	today := survey.DayOf(s.Clock.Now(), survey.WIB)
	for record, err := range s.Store.Records(t.Context(), journeyUnit, today, today) {
		check(t, err)
		if record.Kind != survey.KindResponse {
			continue
		}
		response, err := survey.DecodeResponse(record)
		check(t, err)
		if response.Comment == comment {
			n++
		}
	}
	return n
}

// answer taps an answer of every question but those left out.
func (p *tab) answer(leftOut ...survey.Unsur) {
	p.t.Helper()
	if js[bool](p, `!!document.querySelector("[name=layanan]")`) {
		p.press("label:has([name=layanan])")
	}
	for _, unsur := range survey.UnsurList {
		skip := false
		for _, out := range leftOut {
			skip = skip || unsur == out
		}
		if !skip {
			p.press("label:has([name=" + string(unsur) + "][value='3'])")
		}
	}
}

// A citizen forgets a question, is told so, mends it, taps twice and is thanked; one answer is kept.
func citizenAnswers(t *testing.T, b *browser, s *site) {
	p := b.phone(t, s)
	equal(t, "status", p.open(s.survey(t, atCounter)), 200)
	p.shot("citizen-1")
	p.forgetAndMend("kurang dua menit")
	p.do(chromedp.DoubleClick(chromedp.CSS(".end button")))
	p.thanked()
	equal(t, "records of a double tap", s.comments(t, "kurang dua menit"), 1)
	p.clean()
}

func citizenWithoutScripts(t *testing.T, b *browser, s *site) {
	p := b.phone(t, s)
	p.scripts(false)
	equal(t, "status", p.open(s.survey(t, atCounter)), 200)
	p.forgetAndMend("tanpa skrip")
	p.do(chromedp.DoubleClick(chromedp.CSS(".end button")))
	p.thanked()
	equal(t, "records", s.comments(t, "tanpa skrip"), 1)
}

// forgetAndMend fills the form but for one question, sends it, checks what is said, and answers what was missing.
func (p *tab) forgetAndMend(comment string) {
	p.t.Helper()
	p.write("#menit_tunggu", "12")
	p.answer(survey.Waktu)
	p.write("#komentar", comment)
	equal(p.t, "status of an incomplete form", p.follow(".end button"), 422)
	p.complaints() // the browser notes the 422
	p.shot("citizen-2-error")
	p.do(chromedp.WaitVisible(chromedp.CSS("#kesalahan:focus"))) // the browser moves the focus when it has drawn the page
	equal(p.t, "problems", js[int](p, `document.querySelectorAll("#kesalahan li").length`), 1)
	if title := js[string](p, "document.title"); !strings.HasPrefix(title, "Kesalahan: ") {
		p.t.Errorf("title %q does not say that something is wrong", title)
	}
	equal(p.t, "minutes kept", result(p, chromedp.Value(chromedp.CSS("#menit_tunggu"))), "12")
	equal(p.t, "comment kept", result(p, chromedp.Value(chromedp.CSS("#komentar"))), comment)
	equal(p.t, "answers kept", js[int](p, `document.querySelectorAll("fieldset [value='3']:checked").length`), len(survey.UnsurList)-1)
	p.press("#kesalahan a")
	p.do(chromedp.WaitVisible(chromedp.CSS("[name=" + string(survey.Waktu) + "]:focus")))
	p.press("label:has([name=" + string(survey.Waktu) + "][value='4'])")
}

// thanked waits for the receipt page.
func (p *tab) thanked() {
	p.t.Helper()
	p.do(chromedp.WaitVisible(chromedp.CSS(".ok")))
	if path := p.path(); !strings.HasPrefix(path, "/terima-kasih/") {
		p.t.Errorf("thanked at %s", path)
	}
	p.shot("citizen-3-thanks")
}

func citizenInEnglish(t *testing.T, b *browser, s *site) {
	p := b.phone(t, s)
	p.speak("en-GB")
	path := s.survey(t, atCounter)
	p.open(path)
	equal(t, "language of an English browser", js[string](p, "document.documentElement.lang"), "en")
	p.open(path + "?bahasa=id")
	p.follow("header a[hreflang=en]")
	equal(t, "language after the link", js[string](p, "document.documentElement.lang"), "en")
	p.shot("citizen-en")
	p.answer(survey.Waktu)
	equal(t, "status of an incomplete form", p.follow(".end button"), 422)
	p.complaints()
	if title := js[string](p, "document.title"); !strings.HasPrefix(title, "Error: ") {
		t.Errorf("title %q does not say that something is wrong", title)
	}
	p.press("label:has([name=" + string(survey.Waktu) + "][value='4'])")
	equal(t, "status", p.follow(".end button"), 200)
	p.shows("Thank you")
	p.clean()
}

func citizenAtRevokedSheet(t *testing.T, b *browser, s *site) {
	p := b.phone(t, s)
	equal(t, "status", p.open(s.survey(t, withdrawn)), 410)
	p.shows("Lembar ini sudah ditarik")
	equal(t, "forms", js[int](p, "document.forms.length"), 0)
	p.shot("citizen-revoked")
}

// speaker stands for a browser's voices, which come late and which the browser of the tests lacks.
const speaker = `window.heard = [];
const voices = { list: [], speaking: false, getVoices: () => voices.list, cancel: () => { voices.speaking = false },
	speak: (speech) => { voices.speaking = true; heard.push(speech.lang + ": " + speech.text) } };
Object.defineProperty(window, "speechSynthesis", { value: voices })`

// A citizen who reads little hears a question and its answers in the official wording, once there is a voice that can.
func citizenListens(t *testing.T, b *browser, s *site) {
	p := b.phone(t, s)
	p.before(speaker)
	path := s.survey(t, atCounter)
	p.open(path)
	equal(t, "buttons without a voice", js[int](p, `document.querySelectorAll("[name=baca]").length`), 0)
	arrive := `speechSynthesis.list = [{ lang: "en-US" }]; speechSynthesis.onvoiceschanged(); const foreign = document.querySelectorAll("[name=baca]").length;
		speechSynthesis.list = [{ lang: "id_ID" }]; speechSynthesis.onvoiceschanged(); speechSynthesis.onvoiceschanged(); foreign`
	equal(t, "buttons with an English voice", js[int](p, arrive), 0)
	equal(t, "a button at each question", js[int](p, `document.querySelectorAll("fieldset > legend + [name=baca]").length`),
		js[int](p, `document.querySelectorAll("fieldset").length`))
	equal(t, "read unasked", js[int](p, "heard.length"), 0)
	p.press("fieldset:has([name=prosedur]) [name=baca]")
	equal(t, "heard", js[string](p, "heard.join()"),
		"id-ID: 2. Bagaimana pemahaman Saudara tentang kemudahan prosedur pelayanan di unit ini?,Tidak mudah,Kurang mudah,Mudah,Sangat mudah")
	p.press("fieldset:has([name=prosedur]) [name=baca]")
	equal(t, "a second press stops", js[bool](p, "speechSynthesis.speaking || heard.length > 1"), false)
	p.shot("citizen-aloud")
	p.open(path + "?bahasa=min")
	js[int](p, arrive)
	p.press("fieldset:has([name=biaya]) [name=baca]")
	equal(t, "heard beside Minangkabau", js[string](p, "heard.join()"),
		"id-ID: Bagaimana pendapat Saudara tentang kewajaran biaya/tarif dalam pelayanan?,Sangat mahal,Cukup mahal,Murah,Gratis")
	equal(t, "buttons at what has no official wording", js[int](p, `document.querySelectorAll("fieldset:has([name=pergi]) [name=baca]").length`), 0)
	p.clean()
}
