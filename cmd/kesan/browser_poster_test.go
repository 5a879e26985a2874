package main

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"kesan/handlers"
	"kesan/handlers/auth"
	"kesan/handlers/poster"
	"kesan/handlers/poster/postertest"
	"kesan/survey"
)

// posterLong is the longest name there may be, but for a character.
var posterLong = strings.Repeat("Pelayanan Terpadu ", 7)[:119]

// longUnit and longAgency are names as offices have them.
const (
	longUnit   = "UPT Pelayanan Administrasi Kependudukan Kecamatan Siantar Marihat"
	longAgency = "Dinas Kependudukan dan Pencatatan Sipil Kota Pematangsiantar"
)

// posterOffice has six sheets: two plain ones, two with the longest names there may be, of which one is for one service, and two of
// a unit with a long name.
func posterOffice(logo string) []survey.Draft {
	long := posterLong
	objects := []survey.Object{
		survey.Agency{Name: "Pemerintah Kota Semarang", Colour: "#0b5d4a", Logo: logo},
		survey.Unit{Code: "kec", Name: "Kecamatan Gajahmungkur", Zone: survey.WIB},
		survey.Unit{Code: "panjang", Name: long, Parent: "kec", Zone: survey.WIB},
		survey.Counter{Code: "L1", Unit: "kec", Name: "Loket 1"}, survey.Counter{Code: "L2", Unit: "kec", Name: "Loket 2"},
		survey.Counter{Code: "L3", Unit: "panjang", Name: long},
		survey.Unit{Code: "siantar", Name: longAgency, Zone: survey.WIB}, survey.Unit{Code: "upt", Name: longUnit, Parent: "siantar", Zone: survey.WIB},
		survey.Counter{Code: "L4", Unit: "upt", Name: "Loket Perekaman KTP-el dan Identitas Kependudukan Digital"},
		survey.Counter{Code: "L5", Unit: "upt", Name: "Loket Pelayanan Kartu Keluarga dan Akta Lahir"}, // as long as with a list of services
		survey.Sheet{ID: "KESAN006", Counter: "L5", ValidFrom: "2026-01-01"},
		survey.Sheet{ID: "KESAN001", Counter: "L1", Place: "Meja loket 1", ValidFrom: "2026-01-01"},
		survey.Sheet{ID: "KESAN002", Counter: "L2", ValidFrom: "2026-01-01", ValidTo: "2026-12-31"},
		survey.Sheet{ID: "KESAN004", Counter: "L4", ValidFrom: "2026-01-01"},
		survey.Sheet{ID: "KESAN005", Counter: "L3", Service: "b0", ValidFrom: "2026-01-02"},
		survey.Sheet{ID: "KESAN003", Counter: "L3", Place: long, ValidFrom: "2026-01-01", ValidTo: "2026-12-31"},
		survey.Account{Username: "admin", Name: "Rini Astuti", Role: survey.RoleAdmin},
	}
	for i := range 5 {
		objects = append(objects, survey.Service{Code: fmt.Sprint("a", i), Unit: "kec", Name: fmt.Sprint("Layanan ", i+1)},
			survey.Service{Code: fmt.Sprint("b", i), Unit: "panjang", Name: long},
			survey.Service{Code: fmt.Sprint("c", i), Unit: "upt", Name: "Penerbitan Kartu Tanda Penduduk Elektronik"})
	}
	drafts := make([]survey.Draft, len(objects))
	for i, object := range objects {
		drafts[i] = survey.Draft{Object: object}
	}
	return drafts
}

// postersPrint prints every kind of paper: one sheet of it for each poster, nothing cut off, and each code read off the page
// as it is printed leads to the survey of its counter.
func postersPrint(t *testing.T, b *browser, _ *site) {
	const password = "padi menguning di sawah"
	logo := square(t)
	s := startSite(t, thatMonday(), handlers.Options{Demo: true}, func(sys *system) {
		check(t, sys.Store.InsertDocument(t.Context(), survey.Document{Kind: "logo", ID: logo.Digest, Body: logo.Body}))
		check(t, sys.Register.Write(t.Context(), "admin", "kantor", posterOffice(logo.Digest)...))
		check(t, auth.New(sys.Store, sys.Clock, false).SetPassword(t.Context(), "admin", password))
	})
	s.logins["admin"] = password
	p := b.desk(t, s)
	p.signIn("admin")
	for paper, faces := range map[string]int{"a4": 1, "a5": 1, "tenda-a4": 2, "tenda-a5": 2} {
		equal(t, "status of "+paper, p.open("/kelola/lembar/poster?ukuran="+paper), 200)
		equal(t, "sheets of paper for "+paper, p.print("poster-"+paper), 6)
		equal(t, "logos shown on "+paper, js[int](p, `[...document.images].filter(i => i.naturalWidth == 200).length`), 6*faces)
		codes := p.printedCodes("poster-"+paper, ".poster, .face, .left, .right, .agency, .counter, .unit", ".code")
		equal(t, "codes on "+paper, len(codes), 6*faces)
		for i, code := range codes {
			citizen := b.phone(t, s)
			equal(t, "status of a code on "+paper, citizen.open(code), 200)
			citizen.shows([]string{"Loket 1", "Loket 2", "Pelayanan Terpadu", "Pelayanan Terpadu", "Loket Perekaman", "Loket Pelayanan Kartu"}[i/faces])
		}
		p.shows(longUnit+", "+longAgency, strings.TrimSpace(posterLong))
		p.clean()
	}
}

// TestPosterBatch prints the posters of a whole agency, part by part, and reports how long that takes: 1,000 where time is not
// scarce, else as many as need a second part.
func TestPosterBatch(t *testing.T) {
	if testing.Short() {
		t.Skip("needs a browser")
	}
	count := 110
	if os.Getenv("CI") != "" {
		count = 1000
	}
	const password = "padi menguning di sawah"
	s := startSite(t, thatMonday(), handlers.Options{Demo: true}, func(sys *system) {
		check(t, sys.Register.Write(t.Context(), "admin", "kantor", agencyOf(count)...))
		check(t, auth.New(sys.Store, sys.Clock, false).SetPassword(t.Context(), "admin", password))
	})
	s.logins["admin"] = password
	p := startBrowser(t).desk(t, s)
	p.signIn("admin")
	var shown, printed time.Duration
	sheets := 0
	for next := "/kelola/lembar/poster?ukuran=a4"; next != ""; {
		begun := time.Now()
		equal(t, "status of "+next, p.open(next), 200)
		shown += time.Since(begun)
		begun = time.Now()
		sheets += p.print("batch")
		printed += time.Since(begun)
		next = js[string](p, `[...document.querySelectorAll(".bar a")].find(a => a.innerText.includes("bagian berikutnya"))?.href ?? ""`)
	}
	equal(t, "sheets of paper", sheets, count)
	if shown > 30*time.Second {
		t.Errorf("%d posters take %s to be shown, want at most 30 s", count, shown)
	}
	t.Logf("%d posters: shown in %.1f s, printed in %.1f s", count, shown.Seconds(), printed.Seconds())
}

// agencyOf has so many counters, each with a sheet.
func agencyOf(counters int) []survey.Draft {
	drafts := []survey.Draft{{Object: survey.Agency{Name: "Pemerintah Kota Semarang", Colour: "#0b5d4a"}}, {Object: survey.Unit{Code: "kota", Name: "Kota", Zone: survey.WIB}},
		{Object: survey.Account{Username: "admin", Name: "Rini Astuti", Role: survey.RoleAdmin}}}
	for i := range counters {
		code := fmt.Sprint("L", i)
		drafts = append(drafts, survey.Draft{Object: survey.Counter{Code: code, Unit: "kota", Name: "Loket " + code}},
			survey.Draft{Object: survey.Sheet{ID: fmt.Sprintf("KSN%05d", i), Counter: code, Place: "Meja", ValidFrom: "2026-01-01"}})
	}
	return drafts
}

// square is a logo: a plain green square.
func square(t *testing.T) poster.Logo {
	t.Helper()
	picture := image.NewRGBA(image.Rect(0, 0, 200, 200))
	draw.Draw(picture, picture.Bounds(), image.NewUniform(color.RGBA{11, 93, 74, 255}), image.Point{}, draw.Src)
	var file bytes.Buffer
	check(t, png.Encode(&file, picture))
	logo, problems := poster.ReadLogo(file.Bytes())
	equal(t, "problems of the logo", len(problems), 0)
	return logo
}

// ticketsPrint prints tickets with the longest names there may be on every paper: each is whole, and its code read off the page opens
// the survey.
func ticketsPrint(t *testing.T, b *browser, _ *site) {
	const password = "padi menguning di sawah"
	s := startSite(t, thatMonday(), handlers.Options{Demo: true}, func(sys *system) {
		check(t, sys.Register.Write(t.Context(), "admin", "kantor", posterOffice("")...))
		check(t, auth.New(sys.Store, sys.Clock, false).SetPassword(t.Context(), "admin", password))
	})
	s.logins["admin"] = password
	p := b.desk(t, s)
	p.do(chromedp.EmulateViewport(1280, 800, chromedp.EmulateScale(3)))
	p.signIn("admin")
	for paper, sheets := range map[string]int{"a4": 2, "58": 13, "80": 13} {
		p.open("/kumpulkan/tiket?loket=L3")
		p.write("#isian-banyak", "13")
		p.do(chromedp.SetValue(chromedp.CSS("#isian-kertas"), paper))
		equal(t, "status of "+paper, p.follow("main form button"), 200)
		equal(t, "sheets of paper for "+paper, p.print("ticket-"+paper), sheets)
		codes := p.printedCodes("ticket-"+paper, ".slip", ".slip svg")
		equal(t, "codes on "+paper, len(codes), 13)
		citizen := b.phone(t, s)
		equal(t, "status of a code on "+paper, citizen.open(codes[12]), 200)
		citizen.shows("Pelayanan Terpadu")
		p.clean()
	}
}

// printedCodes reads all QR codes of the page as it looks on paper, in order. Nothing may be cut off in any of the boxes.
func (p *tab) printedCodes(name, boxes, code string) []string {
	p.t.Helper()
	media := func(kind string) {
		_, err := chromedp.Call(p.ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: kind})
		check(p.t, err)
	}
	media("print")
	defer media("")
	cut := js[[]string](p, `[...document.querySelectorAll("`+boxes+`")].filter(e => e.scrollHeight > e.clientHeight + 1).map(e => e.className + " by " + (e.scrollHeight - e.clientHeight) + " px: " + e.innerText)`)
	for _, text := range cut {
		p.t.Errorf("%s is cut off: %s", name, text)
	}
	picture := result(p, chromedp.FullScreenshot(100))
	p.keep(name+".png", picture)
	return p.codes(picture, code)
}

// codes decodes the QR codes on a picture of the page.
func (p *tab) codes(picture []byte, selector string) []string {
	p.t.Helper()
	page, err := png.Decode(bytes.NewReader(picture))
	check(p.t, err)
	var codes []string
	for _, at := range js[[][4]int](p, `[...document.querySelectorAll("`+selector+`")].map(e => { const r = e.getBoundingClientRect();
		return [r.left + scrollX, r.top + scrollY, r.right + scrollX, r.bottom + scrollY].map(n => Math.round(n * devicePixelRatio)) })`) {
		code := image.NewRGBA(image.Rect(at[0], at[1], at[2], at[3]))
		draw.Draw(code, code.Bounds(), page, code.Bounds().Min, draw.Src)
		codes = append(codes, postertest.Read(p.t, code))
	}
	return codes
}
