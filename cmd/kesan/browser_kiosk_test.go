package main

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"kesan/survey"
)

// What people do at a kiosk, with real touches, and what it does when the network is away.
func TestKiosk(t *testing.T) {
	if testing.Short() {
		t.Skip("needs a browser")
	}
	b := startBrowser(t)
	for _, part := range []struct {
		name, host string
		test       func(*stand)
	}{
		{"one question at a time", "127.0.0.1", questionByQuestion},
		{"nobody there", "127.0.0.1", nobodyThere},
		{"language", "127.0.0.1", kioskSpeaks},
		{"day without network", "127.0.0.1", dayWithoutNetwork},
		{"day without network over plain HTTP", plainHost, dayWithoutNetwork},
		{"reads aloud", "127.0.0.1", kioskReadsAloud},
		{"looks", "127.0.0.1", kioskLooks},
		{"without scripts", "127.0.0.1", kioskWithoutScripts},
		{"screen", "127.0.0.1", kioskKeepsTheScreen},
		{"without a full screen", "127.0.0.1", kioskWithout(noScreen)},
		{"full screen refused", "127.0.0.1", kioskWithout(lockedDown)},
		{"short form", "127.0.0.1", kioskAsksShort},
		{"renews", "127.0.0.1", kioskRenews},
		{"outdated", "127.0.0.1", kioskIsOutdated},
		{"no forms", "127.0.0.1", kioskWithoutForms},
		{"comes back", "127.0.0.1", kioskComesBack},
		{"touched at once", "127.0.0.1", kioskTouchedAtOnce},
		{"not paired", "127.0.0.1", kioskNotPaired},
		{"way out", "127.0.0.1", kioskKeepsTheWayBack},
		{"way out over plain HTTP", plainHost, kioskKeepsTheWayBack},
		{"bad gateway", "127.0.0.1", kioskBehindBrokenProxy},
		{"display", "127.0.0.1", displayTurns},
		{"display without scripts", "127.0.0.1", displayTurnsWithoutScripts},
		{"display looks", "127.0.0.1", displayLooks},
		{"pairing looks", "127.0.0.1", pairingLooks},
	} {
		t.Run(part.name, func(t *testing.T) {
			t.Parallel()
			part.test(openStand(t, b, part.host))
		})
	}
}

func questionByQuestion(s *stand) {
	s.ready()
	s.tap("#mulai")
	s.asks("layanan")
	s.tap("#lanjut")
	s.until(`document.querySelector(".now .k-wrong")?.textContent == "Pilih satu jawaban."`)
	s.tap(".now label.o")
	s.asks("menit_tunggu")
	s.write("#menit_tunggu", "900")
	s.tap("#lanjut")
	s.until(`!!document.querySelector(".now .k-wrong")`)
	s.write("#menit_tunggu", "12")
	s.tap("#lanjut")
	s.asks("persyaratan")
	s.tap("#kembali")
	s.asks("menit_tunggu")
	equal(s.t, "minutes", js[string](s.tab, `document.querySelector("#menit_tunggu").value`), "12")
	s.tap("#lanjut")
	s.asks("persyaratan")
	s.tap(".now label:has([value='4'])")
	s.asks("prosedur")

	// Who uses a keyboard chooses without being carried on; who presses Next at once goes one step, not two.
	s.do(chromedp.Focus(chromedp.CSS(".now [type=radio]")), chromedp.KeyEvent(" "))
	s.until(`document.querySelector("[name=prosedur]").checked`)
	js[bool](s.tab, `new Promise(done => setTimeout(() => done(true), 600))`)
	s.asks("prosedur")
	s.tap(".now label:has([value='3'])")
	s.tap("#lanjut")
	js[bool](s.tab, `new Promise(done => setTimeout(() => done(true), 600))`)
	s.asks("waktu")

	s.open(s.kiosk)
	s.ready()
	begun := js[float64](s.tab, `Date.now()`)
	s.visit("3", "dari kios")
	s.until(`!document.querySelector("#diterima").hidden`)
	s.shows("Terima kasih", "Jawaban Anda sudah kami terima.")
	s.until(`document.body.dataset.state == "start"`)                  // by itself
	js[bool](s.tab, fmt.Sprintf(`Date.now = () => %.0f; true`, begun)) // so that no interval is over, however slow this was
	s.tap("#mulai")
	s.until(`document.body.dataset.state == "soon"`)
	s.shows("Kios ini baru saja dipakai")
	list := s.stored()
	if len(list) != 1 || list[0].Channel != survey.ChannelKiosk || list[0].Trust != survey.TrustDisplay || list[0].Comment != "dari kios" || list[0].Counter != journeyCounter {
		s.t.Errorf("stored %+v", list)
	}
	equal(s.t, "left on the kiosk", js[string](s.tab, remains), "")
}

// A visit that nobody goes on with is wiped, after a warning that a touch ends.
func nobodyThere(s *stand) {
	s.ready()
	s.tap("#mulai")
	s.asks("layanan")
	s.tap(".now label.o")
	s.asks("menit_tunggu")
	s.write("#menit_tunggu", "33")
	s.pass("35")
	s.until(`!document.querySelector("#sisa").hidden`)
	s.shows("Masih di sini? Sentuh layar untuk melanjutkan.")
	s.tap(".now legend")
	s.until(`document.querySelector("#sisa").hidden`)
	s.asks("menit_tunggu")
	s.pass("46")
	s.until(`document.body.dataset.state == "start"`)
	equal(s.t, "minutes", js[string](s.tab, `document.querySelector("#menit_tunggu").value`), "")
	equal(s.t, "answers", js[int](s.tab, `document.querySelectorAll("form :checked:not(option)").length`), 0)
	equal(s.t, "stored", len(s.stored()), 0)
}

func kioskSpeaks(s *stand) {
	s.ready()
	js[bool](s.tab, `new Promise(done => setTimeout(() => done(true), 1500))`)
	s.relay.fall(true)
	s.tap("header [hreflang=en]")
	s.until(`document.documentElement.lang == "en" && document.querySelector("#mulai").textContent == "Start"`)
	s.tap("#mulai")
	s.asks("layanan")
	s.pass("46")
	s.until(`document.documentElement.lang == "id" && document.body.dataset.state == "start"`)
}

// Who reads little hears a question at a kiosk, too, in the official wording and in whichever language the page is; leaving the
// question ends it.
func kioskReadsAloud(s *stand) {
	s.before(speaker + `; voices.list = [{ lang: "id-ID" }]`)
	s.ready()
	js[bool](s.tab, `new Promise(done => setTimeout(() => done(true), 1500))`)
	s.tap("header [hreflang=jv]")
	s.until(`document.documentElement.lang == "jv"`)
	s.tap("#mulai")
	s.asks("layanan")
	s.tap(".now label.o")
	s.asks("menit_tunggu")
	s.tap("#lanjut")
	s.until(`document.querySelector(".now [value='1']")?.name == "persyaratan"`)
	s.shot("kiosk aloud")
	s.tap(".now [name=baca]")
	s.until(`heard.length == 1 && speechSynthesis.speaking`)
	equal(s.t, "heard", js[string](s.tab, "heard.join()"),
		"id-ID: Bagaimana pendapat Saudara tentang kesesuaian persyaratan pelayanan dengan jenis pelayanannya?,Tidak sesuai,Kurang sesuai,Sesuai,Sangat sesuai")
	s.tap(".now label:has([value='3'])")
	s.until(`document.querySelector(".now [value='1']")?.name == "prosedur" && !speechSynthesis.speaking`)
}

// Five visits without a network, with a new start between them where the browser has a worker, are stored once each when it
// comes back, at their own times and for the officer of those.
func dayWithoutNetwork(s *stand) {
	s.ready()
	plain := strings.Contains(s.kiosk, plainHost)
	if !plain {
		s.cached()
	}
	s.relay.fall(true)
	words := []string{"satu", "dua", "tiga", "empat", "lima"}
	for i, word := range words {
		s.visit("4", word)
		s.until(`!document.querySelector("#tersimpan").hidden`)
		s.shows("Jawaban Anda tersimpan di kios ini dan akan dikirim.")
		s.tap("#terima h1")
		s.until(`document.body.dataset.state == "start"`)
		if i == 2 && !plain {
			s.do(chromedp.Navigate(s.kiosk))
			s.until(`document.body.dataset.state == "start"`)
			s.pass("60")
		}
		s.pass("25")
	}
	equal(s.t, "stored before", len(s.stored()), 0)
	s.relay.fall(false)
	s.until(`dispatchEvent(new Event("online")) && ` + remains + `.then(left => left == "")`)
	var got []string
	office := s.phone.site.Register.Office()
	for _, r := range s.stored() {
		got = append(got, r.Comment)
		if r.Trust != survey.TrustDisplay || r.Late || r.Officer != office.OnDuty(journeyCounter, regionNow) || r.Hour != regionNow.Hour() {
			s.t.Errorf("%s: %+v at %d", r.Comment, r.Attribution, r.Hour)
		}
	}
	slices.Sort(got)
	slices.Sort(words)
	if !slices.Equal(got, words) {
		s.t.Errorf("stored %q", got)
	}
}

func kioskWithoutScripts(s *stand) {
	s.scripts(false)
	equal(s.t, "status", s.open(s.kiosk), 200)
	s.shot("kiosk without scripts")
	s.answer()
	equal(s.t, "status", s.follow("form .end button"), 200)
	s.shows("Terima kasih. Jawaban Anda sudah kami terima.")
	equal(s.t, "stored", len(s.stored()), 1)
}

// displayTurns: a display puts the next code in place without loading the page anew, hides an old one when it has lost its
// server, and comes back by itself. Its timers run twenty times as fast here.
func displayTurns(s *stand) {
	s.before(`{const wait = setTimeout; window.setTimeout = (f, ms) => wait(f, ms / 20)}`)
	equal(s.t, "status", s.open(s.display), 200)
	s.shot("display")
	s.accessible("display")
	const code = `document.querySelector("svg path").getAttribute("d")`
	first := js[string](s.tab, `window.same = true, `+code)
	s.phone.site.pass(31 * time.Second)
	s.until(code + ` != "` + first + `"`)
	s.relay.fall(true)
	js[bool](s.tab, `{const now = Date.prototype.getTime; Date.prototype.getTime = function() { return now.call(this) + 8e4 }; true}`)
	s.until(`document.body.className == "dead"`)
	s.shows("Layar ini sedang terputus dari server.")
	s.relay.fall(false)
	s.until(`document.body.className == ""`)
	equal(s.t, "the same page", js[bool](s.tab, `!!window.same`), true)
}
