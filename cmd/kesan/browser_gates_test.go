package main

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"kesan/handlers"
	"kesan/handlers/locale"
	"kesan/survey"
	"kesan/survey/demo"
)

// What the citizen's page may cost a phone, and what it owes to eyes and hands: everything here is counted, not timed.
func TestCitizenPage(t *testing.T) {
	if testing.Short() {
		t.Skip("needs a browser")
	}
	b := startBrowser(t)
	s := startCounter(t, handlers.Options{Demo: true, BaseURL: "https://kesan.example.go.id"}) // with all headers that HTTPS brings
	for _, part := range []struct {
		name string
		test func(*testing.T, *browser, *site)
	}{
		{"first view", firstView},
		{"first view from a display", firstViewFromDisplay},
		{"error page", errorPage},
		{"states", everyState},
		{"without store", withoutStore},
		{"keyboard", keyboardOnly},
		{"time", timeToAnswer},
	} {
		t.Run(part.name, func(t *testing.T) { part.test(t, b, s) })
	}
}

// startCounter serves the region without a past, and tells the bytes of its citizens from nobody else's.
func startCounter(t *testing.T, options handlers.Options) *site {
	t.Helper()
	today := survey.DayOf(regionNow, survey.WIB)
	monday := thatMonday()
	var passed atomic.Int64
	s := startSite(t, func() time.Time { return monday().Add(time.Duration(passed.Load())) }, options, func(sys *system) {
		check(t, demo.Generate(demoSeed, 1, today.Add(-1)).Configure(t.Context(), sys.Register))
	})
	s.pass = func(d time.Duration) { passed.Add(int64(d)) }
	return s
}

// Budget of the citizen's page, in bytes over the wire with headers. That of the first view is 8,000; 400 of them are for
// offices with longer names and more services.
const (
	firstViewDown   = 8000 - 400
	firstViewUp     = 2000
	displayViewDown = 8000
	errorPageDown   = 8000
	maxElements     = 400
)

func languages(t *testing.T) []string {
	t.Helper()
	words, err := locale.Load()
	check(t, err)
	return words.Languages()
}

// firstView counts what opening the survey costs a phone that was never here: the page, and after it has loaded the worker.
func firstView(t *testing.T, b *browser, s *site) {
	path := s.survey(t, atCounter)
	for _, lang := range languages(t) {
		p := b.phone(t, s)
		s.meter.take()
		equal(t, "status", p.open(path+"?bahasa="+lang), 200)
		js[bool](p, `navigator.serviceWorker.ready.then(() => true)`)
		counted := s.meter.take()
		equal(t, "answers that insist on HTTPS", counted.strict, len(counted.requests))
		t.Logf("%s: %d B down, %d B up, %q", lang, counted.down, counted.up, counted.requests)
		if counted.down > firstViewDown || counted.up > firstViewUp {
			t.Errorf("%s: %d B down, %d B up, want at most %d and %d", lang, counted.down, counted.up, firstViewDown, firstViewUp)
		}
		if want := []string{"GET " + path + "?bahasa=" + lang, "GET /sw.js"}; !slices.Equal(counted.requests, want) {
			t.Errorf("%s: requests %q, want %q", lang, counted.requests, want)
		}
		if n := js[int](p, `document.querySelectorAll("*").length`); n > maxElements {
			t.Errorf("%s: %d elements, want at most %d", lang, n, maxElements)
		}
		if n := js[int](p, `document.querySelectorAll("img,iframe,link[rel=stylesheet],script[src]").length + document.fonts.size`); n > 0 {
			t.Errorf("%s: %d pictures, frames, fonts or files", lang, n)
		}
		p.clean()
	}
}

// firstViewFromDisplay counts the same of the code on a display: one more request, since the form has an address of its own.
func firstViewFromDisplay(t *testing.T, b *browser, s *site) {
	for _, lang := range languages(t) {
		p := b.phone(t, s)
		p.speak(lang)
		s.pass(survey.DisplaySlot)
		code := s.displayCode(t)
		s.meter.take()
		equal(t, "status", p.open("/S/"+code), 200)
		js[bool](p, `navigator.serviceWorker.ready.then(() => true)`)
		counted := s.meter.take()
		t.Logf("%s: %d B down, %d B up", lang, counted.down, counted.up)
		equal(t, "requests", len(counted.requests), 3)
		equal(t, "language", js[string](p, "document.documentElement.lang"), lang)
		if counted.down > displayViewDown || counted.up > firstViewUp {
			t.Errorf("%s: %d B down, %d B up, want at most %d and %d", lang, counted.down, counted.up, displayViewDown, firstViewUp)
		}
	}
}

// errorPage sends a form in which everything is wrong, without scripts: one page comes back.
func errorPage(t *testing.T, b *browser, s *site) {
	for _, lang := range languages(t) {
		p := b.phone(t, s)
		p.scripts(false)
		p.open(s.survey(t, atCounter) + "?bahasa=" + lang)
		p.write("#menit_tunggu", "lama")
		s.meter.take()
		equal(t, "status", p.follow(".end button"), 422)
		if counted := s.meter.take(); counted.down > errorPageDown || len(counted.requests) != 1 {
			t.Errorf("%s: %d B down, want at most %d, %q", lang, counted.down, errorPageDown, counted.requests)
		} else {
			t.Logf("%s: %d B down", lang, counted.down)
		}
		p.complaints()
	}
}

// everyState looks at the page in each state and language, on every screen.
func everyState(t *testing.T, b *browser, s *site) {
	path := s.survey(t, atCounter)
	for _, lang := range languages(t) {
		for name, reach := range map[string]func(*tab){
			"empty":   func(p *tab) { equal(t, "status", p.open(path+"?bahasa="+lang), 200) },
			"short":   func(p *tab) { equal(t, "status", p.open(s.survey(t, hurried)+"?bahasa="+lang), 200) },
			"unknown": func(p *tab) { equal(t, "status", p.open("/s/KESANZZZ?bahasa="+lang), 404) },
			"revoked": func(p *tab) { equal(t, "status", p.open(s.survey(t, withdrawn)+"?bahasa="+lang), 410) },
			"errors": func(p *tab) {
				p.open(path + "?bahasa=" + lang)
				p.write("#menit_tunggu", "lama")
				equal(t, "status", p.follow(".end button"), 422)
			},
			"receipt": func(p *tab) {
				p.open(path + "?bahasa=" + lang)
				p.answer()
				equal(t, "status", p.follow(".end button"), 200)
			},
			"ticket code": func(p *tab) {
				p.open("/t?bahasa=" + lang)
				p.write("#kode", "SALAH")
				equal(t, "status", p.follow(".end button"), 422)
			},
			"contact": func(p *tab) {
				p.open(path + "?bahasa=" + lang)
				p.answer()
				p.follow(".end button")
				p.follow("main a[href*='/pesan']")
				equal(t, "status", p.follow(".end button"), 422)
			},
		} {
			t.Run(lang+" "+name, func(t *testing.T) {
				t.Parallel()
				p := b.phone(t, s)
				reach(p)
				p.fits(lang + " " + name)
			})
		}
	}
}

// withoutStore looks at what people see while no answer can be stored: a page to send again, and with scripts where it is.
func withoutStore(t *testing.T, b *browser, s *site) {
	s.store.away.Store(true)
	defer s.store.away.Store(false)
	for _, lang := range languages(t) {
		p := b.phone(t, s)
		p.scripts(false)
		p.open(s.survey(t, atCounter) + "?bahasa=" + lang)
		p.answer()
		equal(t, "status", p.follow(".end button"), 503)
		p.scripts(true)
		p.fits(lang + " retry")
		p.open(s.survey(t, atCounter) + "?bahasa=" + lang)
		p.answer()
		p.press(".end button")
		p.do(chromedp.WaitVisible(chromedp.CSS("#kabar [name=kirim]")))
		p.fits(lang + " kept")
	}
}

func withdrawn(sheet survey.Sheet) bool { return sheet.Revoked }

// hurried is a counter that asks the short form.
func hurried(sheet survey.Sheet) bool {
	return sheet.Counter == "91.71-PKM-FARMASI-L1" && !sheet.Revoked
}

// scripts allows scripts or not.
func (p *tab) scripts(allowed bool) {
	p.t.Helper()
	_, err := chromedp.Call(p.ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: !allowed})
	check(p.t, err)
}

// Ways in which people enlarge text: WCAG 1.4.4 and 1.4.12.
const (
	largeText = "html{font-size:200%}"
	looseText = "*{line-height:1.5!important;letter-spacing:.12em!important;word-spacing:.16em!important}p{margin-bottom:2em!important}"
)

// fits fails the test if something stands beside a small, enlarged or recoloured screen, or is too small for a thumb.
func (p *tab) fits(name string) {
	p.t.Helper()
	for _, screen := range []struct {
		name          string
		width, height int64
		style         string
		colours       string
	}{
		{"360", 360, 800, "", ""},
		{"320", 320, 640, "", ""},
		{"256", 256, 640, "", ""},
		{"400 per cent", 320, 256, "", ""}, // of 1280x1024
		{"spacing", 320, 640, looseText, ""},
		{"large text", 360, 800, largeText, ""},
		{"forced colours", 360, 800, "", "active"},
	} {
		p.do(chromedp.EmulateViewport(screen.width, screen.height, chromedp.EmulateMobile))
		_, err := chromedp.Call(p.ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
			Features: []*emulation.MediaFeature{{Name: "forced-colors", Value: screen.colours}}})
		check(p.t, err)
		js[bool](p, fmt.Sprintf(`{const s = new CSSStyleSheet(); s.replaceSync(%q); document.adoptedStyleSheets = [s]; true}`, screen.style))
		p.reachable(name+", "+screen.name, int(screen.width))
		if small := js[[]string](p, tooSmall); len(small) > 0 {
			p.t.Errorf("%s, %s: too small for a thumb: %q", name, screen.name, small)
		}
		if clipped := js[[]string](p, cutOff); len(clipped) > 0 {
			p.t.Errorf("%s, %s: cut off: %q", name, screen.name, clipped)
		}
		p.shot("state " + name + " " + screen.name)
	}
	js[bool](p, `document.adoptedStyleSheets = []; true`)
	_, err := chromedp.Call(p.ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{})
	check(p.t, err)
	p.accessible(name) // in its own colours
	if os.Getenv(shotsTo) != "" {
		p.print("state " + name)
	}
}

// tooSmall lists what can be tapped and is less than 44 px in a direction, or an answer less than 56 px high.
const tooSmall = `[...document.querySelectorAll("a,button,select,textarea,.t,.o")].filter(e => e.checkVisibility()).filter(e => {
	const r = e.getBoundingClientRect(); return r.width < 44 || r.height < (e.matches(".o") ? 56 : 44)
}).map(e => { const r = e.getBoundingClientRect(); return e.outerHTML.slice(0, 90) + " " + r.width + "x" + r.height })`

// cutOff lists texts that do not fit where they stand.
const cutOff = `[...document.querySelectorAll("body *")].filter(e => e.checkVisibility() && !e.matches("textarea,select,input,svg *") &&
	getComputedStyle(e).overflow != "visible" && (e.scrollWidth > e.clientWidth + 1 || e.scrollHeight > e.clientHeight + 1)).map(e => e.outerHTML.slice(0, 90))`

// keyboardOnly answers without a pointer. Whatever has the focus shows it.
func keyboardOnly(t *testing.T, b *browser, s *site) {
	p := b.desk(t, s)
	p.open(s.survey(t, atCounter))
	asked := js[int](p, `new Set([...document.querySelectorAll("[type=radio]")].map(e => e.name)).size`)
	answered, seen := 0, ""
	for range 60 {
		p.do(chromedp.KeyEvent(kb.Tab))
		at := js[string](p, `(e => [e.type, e.name, e.href].join(" "))(document.activeElement)`)
		if at == seen {
			t.Fatalf("the focus stays at %q", at)
		}
		seen = at
		if !js[bool](p, `!!document.activeElement.closest("a,button,select,textarea,input:not([type=radio],[type=checkbox]),label") && `+
			`getComputedStyle(document.activeElement.closest(".o") || document.activeElement).outlineStyle != "none"`) {
			t.Errorf("the focus at %q cannot be seen", at)
		}
		kind, name, _ := strings.Cut(at, " ")
		name, _, _ = strings.Cut(name, " ")
		if kind == "radio" {
			p.do(chromedp.KeyEvent(" "), chromedp.KeyEvent(kb.ArrowDown))
			answered++
		}
		if name == survey.FieldComment {
			p.do(chromedp.KeyEvent("hanya dengan papan ketik"))
		}
		if kind == "submit" {
			p.do(chromedp.KeyEvent(kb.Enter))
			break
		}
	}
	p.thanked()
	equal(t, "questions answered", answered, asked)
	equal(t, "records", s.comments(t, "hanya dengan papan ketik"), 1)
}

// timeToAnswer reports how long a slow phone needs until the page can be used: of three, the best.
func timeToAnswer(t *testing.T, b *browser, s *site) {
	best := time.Duration(1<<63 - 1)
	for range 3 {
		p := b.phone(t, s)
		_, err := chromedp.Call(p.ctx, network.EmulateNetworkConditionsByRule, network.EmulateNetworkConditionsByRuleParams{
			MatchedNetworkConditions: []*network.Conditions{{Latency: 400, DownloadThroughput: 400e3 / 8, UploadThroughput: 400e3 / 8}}})
		check(t, err)
		_, err = chromedp.Call(p.ctx, emulation.SetCPUThrottlingRate, emulation.SetCPUThrottlingRateParams{Rate: 6})
		check(t, err)
		p.open(s.survey(t, atCounter))
		best = min(best, time.Duration(js[float64](p, `performance.getEntriesByType("navigation")[0].domContentLoadedEventEnd`)*float64(time.Millisecond)))
	}
	t.Logf("usable after %s on Slow 3G with a processor six times slower", best.Round(10*time.Millisecond))
}
