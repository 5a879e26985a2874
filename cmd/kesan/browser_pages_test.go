package main

import (
	_ "embed"
	"fmt"
	"maps"
	"net/url"
	"regexp"
	"slices"
	"testing"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// axe checks pages for accessibility; see testdata/axe.
//
//go:embed testdata/axe/axe.min.js
var axe string

// everyPage goes, for each role, wherever links lead after signing in, and looks at one page of each kind.
func everyPage(t *testing.T, b *browser, s *site) {
	for _, walk := range []struct {
		name, username string
		from           []string
	}{
		{"stranger", "", []string{"/", "/masuk", "/api", s.survey(t, atCounter), "/t"}},
		{"admin", "admin", []string{"/dasbor"}},
		{"personnel", "kepegawaian", []string{"/dasbor"}},
		{"head", "kepala.gajahmungkur", []string{"/dasbor", "/kumpulkan/tiket?loket=" + journeyCounter, "/kumpulkan/dampingi?loket=" + journeyCounter}},
		{"superior", "atasan.paten", []string{"/dasbor/tim"}},
		{"officer", "petugas.pindah", []string{"/saya"}},
		{"reviewer", "peninjau1", []string{"/"}},
	} {
		t.Run(walk.name, func(t *testing.T) {
			t.Parallel()
			p := b.desk(t, s)
			if walk.username != "" {
				p.signIn(walk.username)
			}
			p.crawl(walk.name, walk.from)
		})
	}
}

// crawl looks at the pages that links lead to, one of each kind.
func (p *tab) crawl(name string, queue []string) {
	p.t.Helper()
	seen := map[string]bool{}
	for len(queue) > 0 {
		path := queue[0]
		queue = queue[1:]
		kind := kindOf(path)
		if seen[kind] {
			continue
		}
		seen[kind] = true
		queue = append(queue, p.look(name+" "+kind, path)...)
	}
	p.t.Logf("%d pages", len(seen))
}

// kindOf returns the address of a page without what differs between pages that look alike.
func kindOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return address
	}
	kind := ownName.ReplaceAllString(u.Path, "/x")
	for _, key := range slices.Sorted(maps.Keys(u.Query())) {
		if !slices.Contains([]string{"siklus", "hal", "urut", "salin"}, key) { // a cycle, a page, an order
			kind += "+" + key
		}
	}
	return kind
}

// ownName is a part of a path that names one object: it has a capital letter or a figure.
var ownName = regexp.MustCompile(`/[^/]*[A-Z0-9][^/]*`)

// look checks a page on a phone and on a desk and returns where its links lead.
func (p *tab) look(name, path string) []string {
	p.t.Helper()
	p.do(chromedp.EmulateViewport(1280, 800))
	p.complaints()
	if status := p.open(path); status != 200 {
		p.t.Errorf("%s answers %d", path, status)
	}
	if title := js[string](p, "document.title"); len(title) < 5 {
		p.t.Errorf("%s has the title %q", path, title)
	}
	for _, fault := range p.complaints() {
		p.t.Errorf("%s: the browser says: %s", path, fault)
	}
	if raw := js[[]string](p, `document.body.innerText.match(/{"|<no value>|%!|undefined|\bsurvey\.[a-z]+\b/g) || []`); len(raw) > 0 && path != "/api" {
		p.t.Errorf("%s shows what is meant for programs: %q", path, raw)
	}
	p.reachable(path, 1280)
	p.shot(fmt.Sprintf("page %s 1280", name))
	p.do(chromedp.EmulateViewport(320, 800, chromedp.EmulateMobile))
	p.reachable(path, 320)
	p.do(chromedp.EmulateViewport(360, 800, chromedp.EmulateMobile))
	p.reachable(path, 360)
	p.shot(fmt.Sprintf("page %s 360", name))
	p.letters(32)
	p.reachable(path+" in letters of 200 %", 360)
	p.letters(16)
	p.accessible(path)
	return js[[]string](p, `[...document.querySelectorAll("a[href]")].filter(a => a.origin == location.origin && !a.pathname.match(/\.(csv|xlsx|png|svg|json)$|^\/kelola\/(ekspor|contoh)\/|^\/$/)).map(a => a.pathname + a.search)`)
}

// reachable fails the test if something stands beside the width of the screen.
func (p *tab) reachable(path string, width int) {
	p.t.Helper()
	got := js[int](p, "document.documentElement.scrollWidth")
	if got > width {
		p.t.Errorf("%s is %d px wide on a screen of %d: %s", path, got, width, js[string](p, fmt.Sprintf(
			`[...document.querySelectorAll("body *")].filter(e => e.getBoundingClientRect().right > %d && !e.closest(".scroll")).slice(0, 5).map(e => e.outerHTML.slice(0, 120)).join("\n")`, width)))
	}
}

// letters sets how large the browser's user wants text, in pixels; 16 is usual.
func (p *tab) letters(size int64) {
	p.t.Helper()
	_, err := chromedp.Call(p.ctx, page.SetFontSizes, page.SetFontSizesParams{FontSizes: &page.FontSizes{Standard: size, Fixed: size * 13 / 16}})
	check(p.t, err)
}

// accessible fails the test for what axe finds.
func (p *tab) accessible(path string) {
	p.t.Helper()
	js[bool](p, axe+"; true")
	for _, found := range js[[]string](p, `axe.run({runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"], resultTypes: ["violations"]}).then(r =>
		r.violations.map(v => v.id + ": " + v.help + "\n" + v.nodes.slice(0, 3).map(n => "\t" + n.html.slice(0, 200) + "\n\t" + n.failureSummary).join("\n")))`) {
		p.t.Errorf("%s: %s", path, found)
	}
}
