package main

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/serviceworker"
	"github.com/chromedp/chromedp"

	"kesan/survey"
)

// What a phone keeps of an answer, and what it tells the person about it.
func TestOutbox(t *testing.T) {
	if testing.Short() {
		t.Skip("needs a browser")
	}
	b := startBrowser(t)
	for _, part := range []struct {
		name string
		test func(*lane)
	}{
		{"draft", draftKept},
		{"no connection", noConnection},
		{"sent from elsewhere", sentFromElsewhere},
		{"unfinished", unfinishedWithoutConnection},
		{"too late", tooLate},
		{"differs", differsFromFirst},
		{"two tabs", twoTabs},
		{"display", displayForm},
		{"display unfinished", displayUnfinished},
		{"worker sends", workerSends},
		{"form without script", formWithoutScript},
		{"turned away", turnedAway},
		{"looked at again", lookedAtAgain},
		{"sync asked for", syncAskedFor},
		{"keeps nothing", keepsNothing},
		{"full phone", fullPhone},
		{"slow phone", slowPhone},
		{"back from mistakes", backFromMistakes},
		{"foreign replies", foreignReplies},
		{"foreign replies for days", foreignRepliesForDays},
		{"pauses", pausesGrow},
	} {
		t.Run(part.name, func(t *testing.T) {
			t.Parallel()
			part.test(openLane(t, b, "127.0.0.1"))
		})
	}
}

// A reload keeps what was filled in; after the receipt nothing of it is left, and a new form is empty.
func draftKept(l *lane) {
	l.come()
	l.answer(survey.Waktu)
	l.write("#menit_tunggu", "12")
	l.write("#komentar", "belum selesai")
	l.press("#pergi")
	l.do(chromedp.SetValue(chromedp.CSS("#usia"), "26-35"), chromedp.Evaluate[chromedp.Void](`document.querySelector("#usia").dispatchEvent(new Event("input", {bubbles: true}))`))
	first := js[string](l.tab, `document.forms[0].elements.form.value`)
	l.come()
	l.until(`document.querySelector("#komentar").value == "belum selesai"`)
	equal(l.t, "answers kept", js[int](l.tab, `document.querySelectorAll("[value='3']:checked").length`), len(survey.UnsurList)-1)
	equal(l.t, "minutes kept", js[string](l.tab, `document.querySelector("#menit_tunggu").value`), "12")
	equal(l.t, "list kept", js[string](l.tab, `document.querySelector("#usia").value`), "26-35")
	equal(l.t, "tick kept", js[bool](l.tab, `document.querySelector("#pergi").checked`), true)
	if js[string](l.tab, `document.forms[0].elements.form.value`) == first {
		l.t.Error("a token came twice")
	}
	l.open(l.path + "?bahasa=en")
	l.until(`document.querySelector("#komentar").value == "belum selesai"`)
	equal(l.t, "language of a draft", js[string](l.tab, `document.forms[0].elements.bahasa.value`), "en")
	l.send()
	l.thanks()
	l.come()
	equal(l.t, "left on the phone", js[string](l.tab, remains), "")
	equal(l.t, "answers in a new form", js[int](l.tab, `document.querySelectorAll(":checked:not(option)").length`), 0)
}

// Without a connection the worker shows a page that says so, in the language of the last visit.
func noConnection(l *lane) {
	for _, lang := range languages(l.t) {
		l.open(l.path + "?bahasa=" + lang)
		l.watched()
		l.until(`caches.match("/s/").then(async page => (await page?.text())?.includes('<html lang="` + lang + `"'))`)
		l.relay.fall(true)
		l.open(l.path)
		l.until(`!!document.querySelector("#kabar h1")`)
		equal(l.t, "language", js[string](l.tab, `document.documentElement.lang`), lang)
		l.fits(lang + " offline")
		l.relay.fall(false)
	}
	l.press("#kabar a")
	l.until(`document.forms.length > 0`)
}

// watched waits until the worker watches over the page.
func (l *lane) watched() {
	l.t.Helper()
	l.until(`navigator.serviceWorker.controller && caches.match("/s/").then(page => !!page)`)
}

// otherSheet is another counter's.
func otherSheet(sheet survey.Sheet) bool { return sheet.Counter != journeyCounter && !sheet.Revoked }

// A person at another counter is told that the answer of before has arrived, and keeps the form of here.
func sentFromElsewhere(l *lane) {
	l.keepOne("dari loket lain")
	l.comeBack()
	l.open(l.origin + l.phone.site.survey(l.t, otherSheet))
	l.until(`!!document.querySelector("#kabar .note a")`)
	l.shows("Jawaban Anda sudah kami terima", "dihapus dari ponsel", "Lihat bukti")
	l.fits("note received")
	equal(l.t, "records", l.phone.site.comments(l.t, "dari loket lain"), 1)
	equal(l.t, "left on the phone", js[string](l.tab, remains), "")
	l.press("#kabar .note a")
	l.thanks()
}

// keepOne answers while there is no connection.
func (l *lane) keepOne(comment string) {
	l.fill(comment)
	l.relay.fall(true)
	l.send()
	l.kept()
}

// comeBack closes the tab before the connection is there again, so that no page but the next one sends what is kept.
func (l *lane) comeBack() {
	l.t.Helper()
	l.close()
	l.relay.fall(false)
	l.tab = l.phone.another()
}

// Without a connection nobody can say that an answer is missing; the person is told later, and mends the same form.
func unfinishedWithoutConnection(l *lane) {
	l.fill("kurang satu")
	token := js[string](l.tab, `document.querySelector("[name=waktu]:checked").checked = false; document.forms[0].elements.form.value`)
	l.relay.fall(true)
	l.send()
	l.kept()
	l.comeBack()
	l.open(l.origin + l.phone.site.survey(l.t, otherSheet))
	l.until(`!!document.querySelector("#kabar .note button")`)
	l.shows("Jawaban Anda belum dapat kami terima", "Perbaiki jawaban")
	l.fits("note unfinished")
	equal(l.t, "status", l.follow("#kabar .note button"), 422)
	equal(l.t, "problems", js[int](l.tab, `document.querySelectorAll("#kesalahan li").length`), 1)
	equal(l.t, "comment", js[string](l.tab, `document.querySelector("#komentar").value`), "kurang satu")
	equal(l.t, "token", js[string](l.tab, `document.forms[0].elements.form.value`), token)
	l.press("label:has([name=waktu][value='4'])")
	l.send()
	l.thanks()
	equal(l.t, "records", l.phone.site.comments(l.t, "kurang satu"), 1)
	l.come()
	equal(l.t, "left on the phone", js[string](l.tab, remains), "")
}

// An answer that found no connection for a day is deleted, and the person is told that it did not arrive.
func tooLate(l *lane) {
	l.keepOne("terlambat")
	l.phone.site.pass(25 * time.Hour)
	l.comeBack()
	l.come()
	l.until(`!!document.querySelector("#kabar .note")`)
	l.shows("Jawaban Anda tidak dapat kami terima", "24 jam", "sudah dihapus dari ponsel ini", "Bagaimana pelayanan yang Anda terima?")
	l.fits("note too late")
	equal(l.t, "left on the phone", js[string](l.tab, remains), "")
	equal(l.t, "records", l.phone.site.comments(l.t, "terlambat"), 0)
}

// What was stored first stands.
func differsFromFirst(l *lane) {
	l.fill("yang pertama")
	l.relay.cut()
	l.relay.arm(lastReply)
	l.send()
	l.kept()
	js[bool](l.tab, `new Promise(done => {
		const opening = indexedDB.open("kesan");
		opening.onsuccess = () => {
			const outbox = opening.result.transaction("outbox", "readwrite").objectStore("outbox");
			outbox.getAll().onsuccess = ({target}) => {
				const [entry] = target.result;
				outbox.put({...entry, fields: entry.fields.replace("pertama", "kedua")}).onsuccess = () => { opening.result.close(); done(true) };
			};
		};
	})`)
	l.comeBack()
	l.come()
	l.until(`!!document.querySelector("#kabar .note")`)
	l.shows("Jawaban Anda sudah kami terima sebelumnya", "Jawaban yang pertama tetap berlaku")
	equal(l.t, "records of the first", l.phone.site.comments(l.t, "yang pertama"), 1)
	equal(l.t, "records of the second", l.phone.site.comments(l.t, "yang kedua"), 0)
}

// Two tabs that wait for the same answer send it once and both leave the waiting, one to the receipt.
func twoTabs(l *lane) {
	l.come()
	l.watched()
	l.keepOne("dua tab")
	second := &lane{tab: l.phone.another(), phone: l.phone, relay: l.relay, origin: l.origin, path: l.path}
	second.open(second.path)
	second.kept()
	l.relay.fall(false)
	for _, one := range []*lane{l, second} {
		one.until(`dispatchEvent(new Event("online")) && !document.querySelector(".q") && !!document.querySelector(".ok,form")`)
	}
	equal(l.t, "records", l.phone.site.comments(l.t, "dua tab"), 1)
	equal(l.t, "left on the phone", js[string](second.tab, remains), "")
}

// The worker sends after the tab was closed, where browsers call it; the next visit says so.
func workerSends(l *lane) {
	l.come()
	l.watched()
	l.keepOne("dari pekerja")
	l.close()
	l.relay.fall(false)
	_, err := chromedp.Call(l.phone.ctx, serviceworker.DispatchSyncEvent, serviceworker.DispatchSyncEventParams{
		Origin: l.origin + "/", RegistrationID: l.worker(), Tag: "kesan"})
	check(l.t, err)
	for l.phone.site.comments(l.t, "dari pekerja") == 0 {
		js[bool](l.phone, "true") // ends with patience
	}
	l.tab = l.phone.another()
	l.come()
	l.until(`!!document.querySelector("#kabar .note a")`)
	l.shows("Jawaban Anda sudah kami terima")
	equal(l.t, "records", l.phone.site.comments(l.t, "dari pekerja"), 1)
	equal(l.t, "left on the phone", js[string](l.tab, remains), "")
}

// worker returns the browser's name of the service worker.
func (l *lane) worker() serviceworker.RegistrationID {
	l.t.Helper()
	ctx, cancel := context.WithTimeout(l.phone.ctx, patience)
	defer cancel()
	updates := chromedp.Events(ctx, serviceworker.WorkerRegistrationUpdated)
	_, err := chromedp.Call(ctx, serviceworker.Enable, cdp.Empty{})
	check(l.t, err)
	for update, err := range updates {
		check(l.t, err)
		for _, registered := range update.Registrations {
			if strings.HasPrefix(registered.ScopeURL, l.origin) {
				return registered.RegistrationID
			}
		}
	}
	l.t.Fatal("no service worker")
	return ""
}

// A form that is sent without the page's script lands in the outbox all the same: the worker puts it there.
func formWithoutScript(l *lane) {
	l.come()
	l.watched()
	l.fill("tanpa skrip halaman")
	l.relay.fall(true)
	js[bool](l.tab, `setTimeout(() => HTMLFormElement.prototype.submit.call(document.forms[0])); true`)
	l.kept()
	l.shows("Tersimpan di ponsel, belum terkirim")
	l.relay.fall(false)
	l.thanks()
	equal(l.t, "records", l.phone.site.comments(l.t, "tanpa skrip halaman"), 1)
}

// sendNow presses the button of a page that waits, in one step: another try may just show it anew.
func (l *lane) sendNow() {
	l.t.Helper()
	js[bool](l.tab, `document.querySelector("#kabar [name=kirim]").click(); true`)
}

// What others say on the way to the server, a filter, a proxy or the sign-in page of a public network, ends nothing.
func foreignReplies(l *lane) {
	for i, reply := range []struct{ status, kind, body string }{
		{"403 Forbidden", "text/html", "<h1>Diblokir</h1>"},
		{"422 Unprocessable Entity", "application/problem+json", `{"title": "filtered", "status": 422}`},
		{"410 Gone", "text/plain", ""},
		{"200 OK", "text/html", "<form>Masuk ke jaringan tamu</form>"},
		{"502 Bad Gateway", "application/json", "null"},
	} {
		comment := fmt.Sprint("lewat perantara ", i)
		l.what = reply.status
		l.fill(comment)
		l.relay.cut()
		l.relay.foist(reply.status, reply.kind, reply.body)
		l.send()
		l.kept()
		l.sendNow()
		l.kept()
		equal(l.t, reply.status+": records", l.phone.site.comments(l.t, comment), 0)
		l.relay.foist("", "", "")
		l.thanks()
		equal(l.t, reply.status+": records in the end", l.phone.site.comments(l.t, comment), 1)
	}
	l.come()
	equal(l.t, "left on the phone", js[string](l.tab, remains), "")
}

// After two days the server takes no form any more, whoever replied meanwhile: the person is told, and the phone is empty.
func foreignRepliesForDays(l *lane) {
	l.fill("selalu diblokir")
	l.relay.cut()
	l.relay.foist("403 Forbidden", "text/html", "<h1>Diblokir</h1>")
	l.send()
	l.kept()
	js[bool](l.tab, `{const now = Date.now; Date.now = () => now() + later; window.later = 48 * 36e5 - 6e4; true}`)
	l.sendNow()
	l.kept()
	js[bool](l.tab, `later += 6e4; true`)
	l.sendNow()
	l.until(`!!document.querySelector("#kabar .note")`)
	l.shows("Jawaban Anda tidak dapat kami terima", "tidak sampai dalam 24 jam", "sudah dihapus dari ponsel ini", "Bagaimana pelayanan yang Anda terima?")
	l.fits("note undelivered")
	equal(l.t, "left on the phone", js[string](l.tab, remains), "")
	equal(l.t, "records", l.phone.site.comments(l.t, "selalu diblokir"), 0)
}

// stepped lets no long pause of a page pass but when the test says so, in pass, and notes each in seconds. All draws have one
// luck, and nothing but the test wakes the page. A question of the test ends after 30 seconds; that pause is left alone.
const stepped = `pauses = []; Math.random = () => %g; Object.defineProperty(document, "onvisibilitychange", { set() {} });
	{const wait = setTimeout; setTimeout = (f, ms, ...rest) => ms < 5e3 || ms == 12e3 || ms == 3e4 ? wait(f, ms, ...rest) : (pass = () => f(...rest), pauses.push(ms / 1e3), 0)}`

// While the server takes nothing, a phone asks half as often each time, and no two phones at the same times.
func pausesGrow(l *lane) {
	for luck, want := range map[float64][]float64{
		0:    {5, 10, 20, 40, 80, 160, 320, 640, 1280, 1800, 1800},
		0.25: {6.25, 12.5, 25, 50, 100, 200, 400, 800, 1600, 2250, 2250},
	} {
		l.phone.site.store.away.Store(true)
		l.fill("berkali-kali")
		l.send()
		l.close()
		l.tab = l.phone.another()
		l.before(fmt.Sprintf(stepped, luck))
		l.come()
		for n := range want {
			l.until(fmt.Sprintf(`pauses.length == %d`, n+1))
			js[bool](l.tab, `pass(); true`)
		}
		l.until(fmt.Sprintf(`pauses.length == %d`, len(want)+1))
		equal(l.t, "pauses", fmt.Sprint(js[[]float64](l.tab, `pauses.splice(0)`)[:len(want)]), fmt.Sprint(want))
		js[bool](l.tab, `dispatchEvent(new Event("online"))`)
		l.until(`pauses.length > 0`)
		equal(l.t, "pause after a connection came", js[float64](l.tab, `pauses[0]`), want[0])
		l.phone.site.store.away.Store(false)
		l.thanks()
	}
	equal(l.t, "records", l.phone.site.comments(l.t, "berkali-kali"), 2)
}
