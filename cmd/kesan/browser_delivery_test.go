package main

import (
	"strings"

	chrome "github.com/chromedp/cdproto/browser"
	"github.com/chromedp/cdproto/storage"
	"github.com/chromedp/chromedp"

	"kesan/survey"
)

// Where there is no service worker the pages alone deliver, and each opportunity is seen apart from the others.

// withoutWorker comes by an address that the browser does not trust.
func (l *lane) withoutWorker() {
	l.path, l.origin = strings.Replace(l.path, "127.0.0.1", plainHost, 1), strings.Replace(l.origin, "127.0.0.1", plainHost, 1)
}

// Who opens the address again, as the page said, sends what was kept even where there is no survey any more.
func turnedAway(l *lane) {
	l.withoutWorker()
	l.keepOne("lembar ditarik")
	register := l.phone.site.Register
	sheets := register.Office().Sheets
	for _, id := range sheets.IDs() {
		if held := sheets[id]; atCounter(held.Value) {
			held.Value.Revoked, held.Value.Why = true, "hilang"
			check(l.t, register.Write(l.t.Context(), "admin", "", survey.Draft{Object: held.Value, Base: held.Revision}))
		}
	}
	l.comeBack()
	equal(l.t, "status", l.open(l.path), 410)
	l.until(`!!document.querySelector(".ok")`)
	equal(l.t, "records", l.phone.site.comments(l.t, "lembar ditarik"), 1)
	equal(l.t, "left on the phone", js[string](l.tab, remains), "")
	equal(l.t, "status", l.open(l.path), 410)
	l.shows("Lembar ini sudah ditarik")
	equal(l.t, "said beside it", js[string](l.tab, remains+`.then(() => document.querySelector("#kabar").innerText)`), "")
}

// patient lets no page of the phone try again after a time.
const patient = `{const wait = setTimeout; setTimeout = (f, ms, ...rest) => ms >= 5e3 && ms < 3e4 ? 0 : wait(f, ms, ...rest)}`

// A page that comes into sight again sends what it kept.
func lookedAtAgain(l *lane) {
	l.withoutWorker()
	l.before(patient)
	l.keepOne("dilihat lagi")
	l.relay.fall(false)
	l.window(chrome.WindowStateMinimized)
	l.until(`document.hidden`)
	l.window(chrome.WindowStateNormal)
	l.until(`!!document.querySelector(".ok")`)
	equal(l.t, "records", l.phone.site.comments(l.t, "dilihat lagi"), 1)
}

// Where browsers have Background Sync, they are asked to call the worker.
func syncAskedFor(l *lane) {
	l.come()
	l.watched()
	l.keepOne("panggil pekerja")
	l.until(`navigator.serviceWorker.ready.then(worker => worker.sync.getTags()).then(tags => tags.includes("kesan"))`)
}

// A browser that keeps nothing, or never answers, sends the form as one without scripts would, and nothing of it stays behind.
func keepsNothing(l *lane) {
	for _, how := range []string{`() => { throw new Error("private") }`, `() => ({})`} {
		l.before(`indexedDB.open = ` + how)
		l.sendsAsForm("mode pribadi " + how)
	}
}

// fullPhone has no room left for the answer: neither its page nor its worker can keep it.
func fullPhone(l *lane) {
	l.come()
	l.watched()
	quota := 1.0 // byte
	_, err := chromedp.Call(l.ctx, storage.OverrideQuotaForOrigin, storage.OverrideQuotaForOriginParams{Origin: l.origin, QuotaSize: &quota})
	check(l.t, err)
	l.sendsAsForm("ponsel penuh")
	equal(l.t, "kept", js[string](l.tab, remains), "")

	l.fill("penuh dan terputus")
	l.relay.fall(true)
	js[bool](l.tab, `setTimeout(() => document.querySelector(".end button").click()); true`)
	l.until(`location.protocol == "chrome-error:"`)
	l.relay.fall(false)
	l.do(chromedp.Reload())
	l.thanked()
	equal(l.t, "records", l.phone.site.comments(l.t, "penuh dan terputus"), 1)
}

// sendsAsForm answers, forgets a question, mends that, and looks at the next form.
func (l *lane) sendsAsForm(comment string) {
	l.t.Helper()
	l.open(l.path)
	l.write("#komentar", comment)
	l.answer(survey.Waktu)
	equal(l.t, "status of an incomplete form", l.follow(".end button"), 422)
	l.press("label:has([name=waktu][value='4'])")
	equal(l.t, "status", l.follow(".end button"), 200)
	l.thanked()
	equal(l.t, "records", l.phone.site.comments(l.t, comment), 1)
	l.open(l.path)
	equal(l.t, "comment of a new form", js[string](l.tab, `document.querySelector("#komentar").value`), "")
	equal(l.t, "answers in a new form", js[int](l.tab, `document.querySelectorAll(":checked:not(option)").length`), 0)
}

// Who goes back from the page that says what is wrong finds what was typed.
func backFromMistakes(l *lane) {
	l.come()
	l.write("#komentar", "kembali")
	l.answer(survey.Waktu)
	equal(l.t, "status", l.follow(".end button"), 422)
	js[bool](l.tab, `setTimeout(() => history.back()); true`)
	l.until(`!document.querySelector("#kesalahan") && document.querySelector("#komentar")?.value == "kembali"`)
	equal(l.t, "answers", js[int](l.tab, `document.querySelectorAll("[value='3']:checked").length`), len(survey.UnsurList)-1)
}

// slowStore lets the store of a page answer no more once an answer was put into it, until the test says so.
const slowStore = `{const {put} = IDBObjectStore.prototype; const open = indexedDB.open.bind(indexedDB); Object.assign(window, {slow: true, stored: false, asked: false});
	IDBObjectStore.prototype.put = function(...what) { stored = true; return put.apply(this, what) };
	indexedDB.open = (...what) => stored && slow ? (asked = true, {}) : open(...what)}`

// A phone that keeps the answer and then cannot read it for a while sends it when it can.
func slowPhone(l *lane) {
	l.withoutWorker()
	l.before(slowStore)
	l.fill("ponsel lambat")
	js[bool](l.tab, `document.querySelector(".end button").click(); true`)
	l.until(`asked`)
	js[bool](l.tab, `slow = false; true`)
	l.until(`!!document.querySelector(".ok")`)
	equal(l.t, "records", l.phone.site.comments(l.t, "ponsel lambat"), 1)
}
