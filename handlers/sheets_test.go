package handlers

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/png"
	"net/url"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"kesan/handlers/poster/postertest"
	"kesan/survey"
)

// rasterise paints the QR code that an SVG element draws.
func rasterise(t *testing.T, svg element) image.Image {
	t.Helper()
	return postertest.Draw(t, svg.attr("viewBox")+svg.attr("viewbox"), svg.one("path").attr("d"))
}

// open follows what a QR code says.
func (f *fixture) open(address string) *answer {
	f.t.Helper()
	path, ok := strings.CutPrefix(address, "HTTP://KESAN.TEST")
	if !ok {
		f.t.Fatalf("QR code leads to %q", address)
	}
	return f.anyone().get(path).is(200)
}

func TestPoster(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	a := f.as(survey.RoleAdmin).get("/kelola/lembar/" + sheetOne + "/poster").is(200)
	a.says("Pemerintah Kota Semarang", "Loket 1", "Seksi Pelayanan Umum, Kecamatan Gajahmungkur", "Kartu Keluarga, Perekaman KTP-el, Surat Keterangan Pindah",
		"kesan.test/s/KESAN001", "Lembar KESAN001, Meja loket 1", "Petugas tidak dapat melihat jawaban Anda", "1. Pindai", "2. Jawab", "3. Selesai", "Scan the code and tell us how we served you. No name needed.").hides("Siti", "<script")
	if csp := a.header.Get("Content-Security-Policy"); !strings.Contains(csp, "style-src 'self' 'sha256-") || strings.Contains(csp, "unsafe") {
		t.Errorf("policy %q", csp)
	}
	f.open(postertest.Read(t, rasterise(t, a.page().one(".poster .code svg")))).says("Loket 1")
}

func TestPosterDownloads(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	a := f.as(survey.RoleAdmin).get("/kelola/lembar/" + sheetTwo + "/qr.png").is(200)
	picture, err := png.Decode(bytes.NewReader([]byte(a.body)))
	must(t, err)
	f.open(postertest.Read(t, picture)).says("Loket 2")
	if name := a.header.Get("Content-Disposition"); name != `attachment; filename="kesan-KESAN002.png"` {
		t.Errorf("named %q", name)
	}
	svg := f.as(survey.RoleAdmin).get("/kelola/lembar/" + sheetTwo + "/qr.svg").is(200)
	if kind := svg.header.Get("Content-Type"); kind != "image/svg+xml" || !strings.HasPrefix(svg.body, "<svg ") {
		t.Errorf("%s: %.40s", kind, svg.body)
	}
	f.as(survey.RoleAdmin).get("/kelola/lembar/KESAN099/qr.png").is(404)
}

// All posters of a unit and of those below it; those that nobody can use are left out.
func TestPosters(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	f.write(survey.Sheet{ID: "KESAN011", Counter: "loket-1", ValidFrom: "2026-01-01", Revoked: true},
		survey.Sheet{ID: "KESAN012", Counter: "loket-1", Service: "kk", ValidFrom: "2026-12-01", ValidTo: "2026-12-31"},
		survey.Sheet{ID: "KESAN014", Counter: "loket-9", ValidFrom: "2026-01-01"},
		survey.Counter{Code: "loket-3", Unit: ownUnit, Name: "Loket <b>Tiga</b>"}, survey.Sheet{ID: "KESAN015", Counter: "loket-3", ValidFrom: "2026-01-01"})
	a := f.as(survey.RoleAdmin).get("/kelola/lembar/poster?unit="+parentUnit).is(200).hides("<b>Tiga", "KESAN011", "KESAN014", "Poli")
	posters := a.page().all(".poster")
	if len(posters) != 4 {
		t.Fatalf("%d posters, want 4", len(posters))
	}
	for i, want := range []string{"Lembar KESAN012", "Lembar KESAN001", "Lembar KESAN002", "Lembar KESAN015"} {
		if got := posters[i].one("footer").text(); !strings.HasPrefix(got, want) {
			t.Errorf("poster %d: %q, want %q", i, got, want)
		}
	}
	if got := posters[0].text(); !strings.Contains(got, "Berlaku 1 Desember 2026 sampai 31 Desember 2026") || strings.Contains(got, "KTP") {
		t.Errorf("poster of one service: %q", got)
	}
	f.as(survey.RoleAdmin).get("/kelola/lembar/poster?unit=tidak-ada").is(404)
	f.write(survey.Unit{Code: "kosong", Name: "Unit Kosong", Zone: survey.WIB})
	f.as(survey.RoleAdmin).get("/kelola/lembar/poster?unit=kosong").is(200).says("Tidak ada lembar yang berlaku")
}

// A thousand sheets come in parts, each sheet once, and the page says where one is; every part opened is in the audit.
func TestThousandPosters(t *testing.T) {
	if testing.Short() {
		t.Skip("a thousand posters, one after another")
	}
	t.Parallel()
	f := newFixture(t)
	var drafts []survey.Draft
	for i := range 997 {
		drafts = append(drafts, survey.Draft{Object: survey.Sheet{ID: fmt.Sprintf("SEMA%04d", i), Counter: "loket-1", ValidFrom: "2026-01-01"}})
	}
	must(t, f.Register.Write(t.Context(), "admin", "", drafts...))
	admin := f.as(survey.RoleAdmin)
	address, seen := "/kelola/lembar/poster?ukuran=a5", map[string]bool{}
	for part := 1; part <= 10; part++ {
		a := admin.get(address).is(200).says(fmt.Sprintf("1.000 poster dalam 10 bagian. Di halaman ini: poster %d", 100*part-99))
		page := a.page()
		for _, poster := range page.all(".poster footer") {
			seen[poster.text()[7:15]] = true
		}
		links := page.all("nav[aria-label=Bagian] a")
		if len(links) != 10 || links[part-1].attr("aria-current") != "page" || len(seen) != 100*part {
			t.Fatalf("part %d: %d links, %d posters so far", part, len(links), len(seen))
		}
		if part < 10 {
			address = links[part].attr("href")
		}
	}
	if !seen["KESAN003"] || !seen["SEMA0996"] {
		t.Error("a sheet is missing")
	}
	admin.get("/kelola/riwayat/audit?bulan=2026-11&cari=SEMA0500").is(200).says("Membuka poster untuk dicetak", "A5: ", "1 catatan")
	for _, part := range []string{"-1", "11", "x"} {
		admin.get("/kelola/lembar/poster?bagian=" + part).is(200).says("1.000 poster")
	}
}

// A poster that only the server itself could open is not printed; the page names the setting.
func TestPosterOfLocalhost(t *testing.T) {
	t.Parallel()
	for _, base := range []string{"http://localhost:8080", "http://127.0.0.1:8080", "http://[::1]", "http://0.0.0.0"} {
		f := newFixture(t, func(_ *System, o *Options) { o.BaseURL = base })
		for _, path := range []string{"/poster", "/qr.png", "/qr.svg"} {
			f.as(survey.RoleAdmin).get("/kelola/lembar/"+sheetOne+path).is(409).says("--base-url", "KESAN_BASE_URL", base)
		}
	}
	f := newFixture(t, func(_ *System, o *Options) { o.BaseURL, o.Demo = "http://localhost:8080", true })
	f.as(survey.RoleAdmin).get("/kelola/lembar/"+sheetOne+"/poster").is(200).says("Contoh peraga", "localhost:8080/s/KESAN001")
}

func TestSheetsAreTheAdministrators(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	f.as(survey.RoleUnitHead).get("/kelola/lembar").is(403)
	f.as(survey.RoleOfficer).get("/kelola/lembar/" + sheetOne + "/qr.png").is(403)
	f.anyone().get("/kelola/lembar/" + sheetOne).to("/masuk")
}

func TestSheetList(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	f.write(survey.Sheet{ID: "KESAN011", Counter: "loket-1", ValidFrom: "2026-01-01", Revoked: true, Why: "hilang"},
		survey.Sheet{ID: "KESAN012", Counter: "loket-2", ValidFrom: "2026-12-01"},
		survey.Sheet{ID: "KESAN013", Counter: "loket-2", ValidFrom: "2026-01-01", ValidTo: "2026-02-01"})
	admin := f.as(survey.RoleAdmin)
	admin.get("/kelola/lembar").is(200).says("KESAN001", "Meja loket 1", "berlaku", "KESAN012", "belum berlaku", "mulai 1 Desember 2026").hides("KESAN011", "KESAN013")
	admin.get("/kelola/lembar?semua=ya").is(200).says("KESAN011", "dicabut", "KESAN013", "habis masa berlaku")
	admin.get("/kelola/lembar?cari=poli").is(200).says("KESAN003").hides("KESAN001")
	admin.get("/kelola/lembar?cari=%3Cscript%3E").is(200).says("Tidak ada lembar yang memuat").hides("<script")
	for _, hal := range []string{"-1", "99", "x"} {
		admin.get("/kelola/lembar?hal=" + hal).is(200).says("KESAN001")
	}
}

func TestSheetNew(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	admin := f.as(survey.RoleAdmin)
	admin.get("/kelola/lembar/baru?loket=loket-2").is(200).says("Loket 2, Seksi Pelayanan Umum").hides("Loket 9")
	form := url.Values{"loket": {"loket-2"}, "tempat": {"Kaca depan"}, "berlaku_sampai": {"2026-12-31"}}
	place := admin.post("/kelola/lembar/baru", form).to("/kelola/lembar/")
	admin.get(place).is(200).says("Lembar sudah dibuat", "Kaca depan", "18 November 2026 sampai 31 Desember 2026", "dibuat oleh admin")
	id, _, _ := strings.Cut(strings.TrimPrefix(place, "/kelola/lembar/"), "?")
	f.anyone().get("/s/" + id).is(200).says("Loket 2")

	for name, change := range map[string][2]string{
		"Wajib diisi":                                  {"loket", ""},
		"Pilih loket yang masih buka.":                 {"loket", "loket-9"},
		"Layanan ini tidak dilayani":                   {"layanan", "ktp"},
		"Hari terakhir tidak boleh sebelum":            {"berlaku_sampai", "2026-01-01"},
		"Tulis dengan bentuk":                          {"berlaku_mulai", "2026-13-40"},
		"Terlalu panjang; paling banyak 120 karakter.": {"tempat", strings.Repeat("x", 121)},
		"Ada tanda yang tidak terlihat":                {"tempat", "Kaca \u202enaped"},
	} {
		wrong := url.Values{"loket": {"loket-2"}, "tempat": {"Kaca"}}
		wrong.Set(change[0], change[1])
		admin.post("/kelola/lembar/baru", wrong).is(422).says(name)
	}
	if n := len(f.office().Sheets); n != 4 {
		t.Errorf("%d sheets, want 4", n)
	}
}

// One press makes a sheet for every counter that lacks one; pressing again makes none.
func TestSheetsForUnit(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	f.write(survey.Counter{Code: "loket-3", Unit: ownUnit, Name: "Loket 3"}, survey.Counter{Code: "loket-4", Unit: parentUnit, Name: "Loket 4"},
		survey.Sheet{ID: sheetTwo, Counter: "loket-2", ValidFrom: "2026-01-01", Revoked: true})
	admin := f.as(survey.RoleAdmin)
	admin.get("/kelola/lembar").is(200).says("Buat untuk 2 loket", "Buat untuk 1 loket")
	admin.post("/kelola/lembar/unit", url.Values{"unit": {parentUnit}}).to("/kelola/lembar?kabar=lembar_dibuat")
	posted := map[string]int{}
	for _, held := range f.office().Sheets {
		posted[held.Value.Counter]++
	}
	if posted["loket-1"] != 1 || posted["loket-2"] != 2 || posted["loket-3"] != 1 || posted["loket-4"] != 1 || posted["loket-9"] != 0 {
		t.Errorf("sheets %v", posted)
	}
	admin.post("/kelola/lembar/unit", url.Values{"unit": {parentUnit}}).to("/kelola/lembar?kabar=tetap")
	admin.post("/kelola/lembar/unit", url.Values{"unit": {"tidak-ada"}}).is(404)
}

func TestSheetRevoke(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	admin := f.as(survey.RoleAdmin)
	page := "/kelola/lembar/" + sheetOne
	base := admin.get(page).is(200).page().one("input[name=dasar]").attr("value")
	admin.post(page+"/cabut", url.Values{"dasar": {base}}).is(422).says("Tulis alasan pencabutan")
	admin.post(page+"/cabut", url.Values{"dasar": {"x"}, "alasan": {"hilang"}}).is(400)
	admin.post(page+"/cabut", url.Values{"dasar": {base}, "alasan": {"hilang"}, "tanda": {"palsu"}}).is(403)

	// Somebody else has moved the sheet meanwhile.
	f.write(survey.Sheet{ID: sheetOne, Counter: "loket-1", Place: "Pintu masuk", ValidFrom: "2026-01-01"})
	a := admin.post(page+"/cabut", url.Values{"dasar": {base}, "alasan": {"hilang <i>"}}).is(409)
	a.says("baru saja diubah orang lain", "Pintu masuk").hides("hilang <i>")
	base = a.page().one("input[name=dasar]").attr("value")
	if kept := a.page().one("#alasan").attr("value"); kept != "hilang <i>" || base != "2" {
		t.Errorf("reason %q, base %q", kept, base)
	}
	place := admin.post(page+"/cabut", url.Values{"dasar": {base}, "alasan": {"hilang"}}).to(page)
	admin.get(place).is(200).says("Lembar sudah dicabut", "dicabut oleh admin (hilang)", "diubah oleh admin", "dibuat oleh admin").hides("Cetak poster")
	f.anyone().get(here).is(410).says("Lembar ini sudah ditarik")
}

// The list says how each sheet is used, by day at most, and which ones nobody has opened on open days.
func TestSheetUse(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	ctx, stop := context.WithCancel(t.Context())
	var scans sync.WaitGroup
	scans.Go(func() { f.Scans.Run(ctx) })
	defer scans.Wait()
	defer stop()
	f.write(survey.Sheet{ID: sheetTwo, Counter: "loket-2", ValidFrom: "2026-11-13"})
	f.at(time.Date(2026, 11, 12, 3, 0, 0, 0, time.UTC)) // a Thursday
	for range 3 {
		f.answer(sheetOne, served("ktp", 4))
	}
	f.at(time.Date(2026, 11, 17, 3, 0, 0, 0, time.UTC))
	f.answer(sheetOne, served("ktp", 4))
	f.anyone().get("/s/" + sheetForeign).is(200)
	f.at(morning)
	admin := f.as(survey.RoleAdmin)
	for deadline := time.Now().Add(time.Minute); ; {
		if last, err := f.Scans.Last(ctx, sheetForeign); err == nil && last == "2026-11-17" {
			break
		} else if time.Now().After(deadline) {
			t.Fatalf("last scan %q, %v", last, err)
		}
		runtime.Gosched()
	}
	row := func(path, sheet string) string {
		t.Helper()
		for _, row := range admin.get(path).is(200).page().all("tbody tr") {
			if text := row.text(); strings.HasPrefix(text, sheet) {
				return text
			}
		}
		return ""
	}
	for sheet, want := range map[string][]string{
		sheetOne:     {"17 November 2026", " 4 0,2 per hari buka berlaku"},                  // 4 on 22 open days: 20 October to 18 November
		sheetTwo:     {"belum pernah", "sunyi 3 hari buka", " 0 0,0 per hari buka berlaku"}, // Friday, Monday and Tuesday
		sheetForeign: {"17 November 2026", " 0 0,0 per hari buka berlaku"},
	} {
		for _, text := range want {
			if got := row("/kelola/lembar", sheet); !strings.Contains(got, text) || strings.Contains(got, "sunyi") != (sheet == sheetTwo) {
				t.Errorf("%s: %q, want %q", sheet, got, text)
			}
		}
	}
	if row("/kelola/lembar?sunyi=ya", sheetTwo) == "" || row("/kelola/lembar?sunyi=ya", sheetOne) != "" {
		t.Error("the silent sheets are not the ones that are shown")
	}
	first := func(order string) string {
		return admin.get("/kelola/lembar?urut=" + order).is(200).page().all("tbody code")[0].text()
	}
	if a, b := first("pakai"), first("jawaban"); a != sheetTwo || b != sheetTwo {
		t.Errorf("first come %s and %s", a, b)
	}
	admin.get("/kelola/lembar/" + sheetOne).is(200).says("4 dalam 7 hari, 4 dalam 30 hari terakhir, rata-rata 0,2 per hari buka").hides("Periksa apakah lembar ini")
	f.at(morning.AddDate(0, 0, 2))
	delete(f.cookies, survey.RoleAdmin) // the session has ended meanwhile
	admin = f.as(survey.RoleAdmin)
	admin.get("/kelola/lembar/" + sheetOne).is(200).says("1 dalam 7 hari, 4 dalam 30 hari")

	// A holiday is no open day.
	f.at(morning)
	f.write(survey.Holiday{Day: "2026-11-16", Name: "Libur setempat"})
	if got := row("/kelola/lembar", sheetTwo); strings.Contains(got, "sunyi") {
		t.Errorf("silent on a holiday: %q", got)
	}
}

func TestSheetEdit(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	admin := f.as(survey.RoleAdmin)
	page := "/kelola/lembar/" + sheetOne + "/ubah"
	a := admin.get(page).is(200).says("Lembar di Loket 1")
	if place := a.page().one("input[name=tempat]").attr("value"); place != "Meja loket 1" {
		t.Errorf("place %q", place)
	}
	form := url.Values{"dasar": {"1"}, "layanan": {"kk"}, "tempat": {"Pintu masuk"}, "berlaku_mulai": {"2026-01-01"}, "berlaku_sampai": {"2026-12-31"}, "alasan": {"renovasi"}}
	wrong := url.Values{"dasar": {"1"}, "layanan": {"poli"}, "tempat": {"Lorong"}, "berlaku_mulai": {"2026-01-01"}, "berlaku_sampai": {"2025-12-31"}}
	a = admin.post(page, wrong).is(422).says("Layanan ini tidak dilayani", "Hari terakhir tidak boleh sebelum")
	if place := a.page().one("input[name=tempat]").attr("value"); place != "Lorong" {
		t.Errorf("kept %q", place)
	}
	admin.post(page, form).to("/kelola/lembar/KESAN001?kabar=tersimpan")
	if got, want := f.office().Sheets[sheetOne].Value, (survey.Sheet{ID: sheetOne, Counter: "loket-1", Service: "kk", Place: "Pintu masuk", ValidFrom: "2026-01-01", ValidTo: "2026-12-31"}); got != want {
		t.Errorf("stored %+v", got)
	}
	form.Set("dasar", "2")
	admin.post(page, form).to("/kelola/lembar/KESAN001?kabar=tetap")
	form.Set("dasar", "1")
	form.Set("tempat", "Lorong")
	admin.post(page, form).is(409).says("baru saja diubah oleh admin", "Sekarang tersimpan: Pintu masuk")
	form.Set("dasar", "x")
	admin.post(page, form).is(400)
	admin.get("/kelola/lembar/KESAN001").is(200).says("Pintu masuk", "diubah oleh admin (renovasi)")
	admin.get("/kelola/lembar/TIDAKADA/ubah").is(404)
	admin.post("/kelola/lembar/TIDAKADA/ubah", form).is(404)
}

// A sheet that is replaced and its successor are one change: never both valid, never none.
func TestSheetReplace(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	admin := f.as(survey.RoleAdmin)
	place := admin.post("/kelola/lembar/"+sheetOne+"/cabut", url.Values{"dasar": {"1"}, "alasan": {"sobek"}, "aksi": {"ganti"}}).to("/kelola/lembar/")
	id, _, _ := strings.Cut(strings.TrimPrefix(place, "/kelola/lembar/"), "?")
	admin.get(place).is(200).says("penggantinya dibuat", "Meja loket 1", "18 November 2026 sampai dicabut", "dibuat oleh admin (sobek)")
	f.anyone().get("/s/" + id).is(200).says("Loket 1")
	f.anyone().get(here).is(410)
	if old := f.office().Sheets[sheetOne].Value; !old.Revoked || old.Why != "sobek" {
		t.Errorf("the old one is %+v", old)
	}
}
