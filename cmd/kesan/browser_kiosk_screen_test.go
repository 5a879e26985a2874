package main

import (
	chrome "github.com/chromedp/cdproto/browser"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// before runs a script in every page before those of the page.
func (p *tab) before(script string) {
	p.t.Helper()
	_, err := chromedp.Call(p.ctx, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: script})
	check(p.t, err)
}

// window puts the browser's window into states, one after the other.
func (p *tab) window(states ...chrome.WindowState) {
	p.t.Helper()
	window, err := chromedp.Call(p.ctx, chrome.GetWindowForTarget, chrome.GetWindowForTargetParams{})
	check(p.t, err)
	for _, state := range states {
		_, err = chromedp.Call(p.ctx, chrome.SetWindowBounds, chrome.SetWindowBoundsParams{WindowID: window.WindowID, Bounds: &chrome.Bounds{WindowState: state}})
		check(p.t, err)
	}
}

// A kiosk's screen stays on from the start, and again after the page was out of sight; the first touch fills it, and the first
// after it was left.
func kioskKeepsTheScreen(s *stand) {
	s.before(`{window.locks = []; const ask = WakeLock.prototype.request; WakeLock.prototype.request = async function(kind) { const lock = await ask.call(this, kind); locks.push(lock); return lock }}`)
	const on, full = `locks.filter(lock => !lock.released && lock.type == "screen").length`, `document.fullscreenElement == document.documentElement`
	s.ready()
	s.until(on + ` == 1`)
	equal(s.t, "full before a touch", js[bool](s.tab, full), false)
	s.tap("#mulai")
	s.asks("layanan")
	s.until(full)
	equal(s.t, "kept on", js[int](s.tab, on), 1) // not once more for each visit

	s.window(chrome.WindowStateNormal, chrome.WindowStateMinimized) // from full, not at once
	s.until(`document.hidden && ` + on + ` == 0`)
	s.window(chrome.WindowStateNormal)
	s.until(`!document.hidden && ` + on + ` == 1`)
	s.pass("46")
	s.until(`document.body.dataset.state == "start" && !document.fullscreenElement`)
	s.tap("#mulai")
	s.until(full)
	s.clean()
}

// How a browser may fail to fill the screen and to keep it on.
const (
	noScreen   = `delete Element.prototype.requestFullscreen; delete Navigator.prototype.wakeLock`
	lockedDown = `Element.prototype.requestFullscreen = WakeLock.prototype.request = () => Promise.reject(new Error("no"))`
)

// kioskWithout makes a visit where the browser lacks something: it is a kiosk all the same.
func kioskWithout(script string) func(*stand) {
	return func(s *stand) {
		s.before(script)
		s.ready()
		s.visit("4", "tanpa layar penuh")
		s.until(`!document.querySelector("#diterima").hidden`)
		equal(s.t, "stored", s.phone.site.comments(s.t, "tanpa layar penuh"), 1)
		equal(s.t, "full", js[bool](s.tab, `!!document.fullscreenElement`), false)
		s.clean()
	}
}
