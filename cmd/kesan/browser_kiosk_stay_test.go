package main

import (
	"context"
	"strings"
	"time"

	"github.com/chromedp/chromedp"

	"kesan/survey"
)

// Nobody stands at a kiosk to load its page anew: it is never left on one that leads nowhere.

// kioskTouchedAtOnce: who begins before the forms of the day have come gets the form of the page, and it serves once.
func kioskTouchedAtOnce(s *stand) {
	s.before(`{const ask = fetch; const gate = new Promise(open => window.open = open);
		window.fetch = async (...what) => { if (String(what[0]).includes("/formulir")) await gate; return ask(...what) }}`)
	equal(s.t, "status", s.open(s.kiosk), 200)
	s.visit("4", "pengunjung pertama")
	s.until(`!document.querySelector("#diterima").hidden`)
	list := s.stored()
	if len(list) != 1 || list[0].Trust != survey.TrustDisplay || list[0].Comment != "pengunjung pertama" {
		s.t.Errorf("stored %+v", list)
	}
	s.tap("#terima h1")
	s.until(`document.body.dataset.state == "start"`)
	s.tap("#mulai")
	s.until(`document.body.dataset.state == "lost"`)
	js[bool](s.tab, `open(), true`)
	s.until(`Object.values(localStorage).map(JSON.parse).some(held => held.hours)`)
}

// bare is the address of the kiosk for a browser that is not paired.
func (s *stand) bare() string {
	path, _, _ := strings.Cut(s.kiosk, "?")
	return path
}

// kioskNotPaired: without a network the form that its page came with serves once; a second one would take the first one's place.
func kioskNotPaired(s *stand) {
	equal(s.t, "status", s.open(s.bare()), 200)
	s.until(`navigator.serviceWorker.ready.then(() => !!navigator.serviceWorker.controller)`)
	equal(s.t, "status", s.open(s.bare()), 200) // by the worker's hands
	s.relay.fall(true)
	s.visit("4", "tanpa jaringan")
	s.until(`!document.querySelector("#tersimpan").hidden`)
	js[bool](s.tab, `setTimeout(() => document.querySelector("#terima").click()); window.old = true`)
	s.until(`!window.old && document.body.dataset.state == "start"`)
	s.tap("#mulai")
	s.until(`document.body.dataset.state == "lost"`)
	s.relay.fall(false)
	s.until(`dispatchEvent(new Event("online")) && ` + remains + `.then(left => left == "")`)
	if list := s.stored(); len(list) != 1 || list[0].Comment != "tanpa jaringan" || list[0].Trust != survey.TrustPoster {
		s.t.Errorf("stored %+v", list)
	}
}

// kioskKeepsTheWayBack: without a network the way out stays shut, since the way back would be, too.
func kioskKeepsTheWayBack(s *stand) {
	s.ready()
	s.relay.fall(true)
	s.tap("#keluar")
	s.until(`document.body.dataset.state == "lost"`)
	s.relay.fall(false)
	s.until(`document.body.dataset.state == "start"`)
	s.tap("#keluar")
	s.until(`location.pathname == "/kios/keluar" && !!document.querySelector("#kode")`)
	s.shows("Keluar dari kios", "Kembali ke kios")
}

// kioskBehindBrokenProxy: a kiosk that begins while a proxy does not reach the server begins with what it holds.
func kioskBehindBrokenProxy(s *stand) {
	s.ready()
	s.cached()
	s.relay.breakDown(true)
	equal(s.t, "status", s.open(s.kiosk), 200)
	s.visit("3", "di balik proksi")
	s.until(`!document.querySelector("#tersimpan").hidden`)
	s.relay.breakDown(false)
	s.until(`dispatchEvent(new Event("online")) && ` + remains + `.then(left => left == "")`)
	equal(s.t, "stored", s.phone.site.comments(s.t, "di balik proksi"), 1)
}

// displayTurnsWithoutScripts: a display loads its page anew when the next code begins, here in a second or two.
func displayTurnsWithoutScripts(s *stand) {
	s.scripts(false)
	now := s.phone.site.clock()
	s.phone.site.pass(now.Truncate(survey.DisplaySlot).Add(survey.DisplaySlot - time.Second).Sub(now))
	equal(s.t, "status", s.open(s.display), 200)
	const code = `document.querySelector("svg path")?.getAttribute("d") ?? ""`
	first := js[string](s.tab, code)
	ctx, cancel := context.WithTimeout(s.ctx, patience)
	defer cancel()
	response, err := chromedp.RunResponse(ctx, chromedp.Evaluate[chromedp.Void](`0`)) // and waits for the next page
	check(s.t, err)
	equal(s.t, "status", response.Status, 200)
	if js[string](s.tab, code) == first {
		s.t.Error("the next page has the same code")
	}
}
