package main

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"kesan/handlers"
)

const setupCode = "kodeuji12345"

// An administrator starts from nothing and ends with a poster whose code, read off the screen, opens the new counter's survey.
func firstRun(t *testing.T, b *browser, _ *site) {
	s := startSite(t, thatMonday(), handlers.Options{Demo: true, SetupCode: setupCode}, func(*system) {})
	p := b.desk(t, s)
	p.open("/")
	p.shot("setup-1-front")
	p.follow("main a[role=button]")
	p.shot("setup-2")
	p.write("#isian-kode", "bukankodenya")
	equal(t, "status of a wrong code", p.follow("main button"), 422)
	p.complaints()
	p.shot("setup-3-error")
	p.fill("kode", setupCode, "instansi", "Pemerintah Kota Semarang", "nama", "Rini Astuti", "pengguna", "rini", "sandi", "padi menguning di sawah", "ulangi", "padi menguning di sawah")
	equal(t, "status of the setup", p.follow("main button"), 200)
	equal(t, "after the setup", p.path(), "/kelola")
	p.shot("setup-4-checklist")

	p.next("/kelola/unit", "kode", "33.74.09", "nama", "Kecamatan Gajahmungkur", "zona", "WIB")
	p.next("/kelola/layanan", "kode", "KTP", "nama", "KTP-el", "unit", "Kecamatan Gajahmungkur")
	p.next("/kelola/loket", "kode", "L1", "nama", "Loket 1", "unit", "Kecamatan Gajahmungkur")

	p.open("/kelola")
	p.follow(`main a[href="/kelola/lembar"]`)
	p.shot("setup-5-sheets")
	p.follow(`main a[href="/kelola/lembar/baru"]`)
	p.fill("loket", "Loket 1")
	p.shot("setup-6-sheet")
	equal(t, "status of a new sheet", p.follow("main button"), 200)
	p.shot("setup-7-sheet")
	p.follow("main a[href$='/poster']")
	equal(t, "sheets of paper of a poster", p.print("setup-8-poster"), 1)
	picture := result(p, chromedp.FullScreenshot(100))
	p.keep("setup-8-poster.png", picture)
	p.clean()

	address := p.codes(picture, ".code")[0]
	if !strings.HasPrefix(strings.ToLower(address), s.url+"/s/") {
		t.Fatalf("the code on the poster says %s, not an address of %s", address, s.url)
	}
	citizen := b.phone(t, s)
	equal(t, "status of the code's address", citizen.open(address), 200)
	citizen.shows("Loket 1", "Kecamatan Gajahmungkur")
	citizen.answer()
	equal(t, "status of the answer", citizen.follow(".end button"), 200)
	citizen.thanked()
	citizen.clean()

	p.open("/kelola")
	p.shot("setup-9-checklist")
	for _, path := range []string{"/dasbor", "/dasbor/unit/33.74.09", "/dasbor/unit/33.74.09/komentar", "/dasbor/siklus", "/kelola/petugas", "/kelola/jadwal"} {
		p.look("empty "+path, path)
	}
}

// next follows the step of the checklist that is marked as the next, makes an object there and returns.
func (p *tab) next(path string, fields ...string) {
	p.t.Helper()
	p.open("/kelola")
	p.follow("li.next a")
	equal(p.t, "the next step", p.path(), path)
	p.follow(".actions a[role=button]")
	p.fill(fields...)
	equal(p.t, "status of saving "+path, p.follow("main form button"), 200)
	equal(p.t, "after saving", p.path(), path)
	p.shows(fields[1], fields[3])
}

// fill types into the fields of a form, given as names and values; into a list it types the beginning of the label.
func (p *tab) fill(fields ...string) {
	p.t.Helper()
	for i := 0; i < len(fields); i += 2 {
		selector := "#isian-" + fields[i]
		if js[string](p, "document.querySelector(`"+selector+"`).tagName") == "SELECT" {
			p.do(chromedp.SendKeys(chromedp.CSS(selector), fields[i+1]))
			continue
		}
		p.write(selector, fields[i+1])
	}
}
