package handlers

import (
	"context"
	"net/url"
	"strings"
	"testing"
	"time"

	"kesan/survey"
)

// explained is the page that says how the IKM of a unit came about.
func explained(unit string) string { return "/dasbor/unit/" + unit + "/angka/ikm?siklus=2026-TW4" }

// misplaced moves the answers of this morning from loket-1 to the counter in Jayapura.
func misplaced() url.Values {
	return url.Values{"loket": {"loket-poli"}, "mulai": {"2026-11-18T10:00"}, "sampai": {"2026-11-18T11:00"}, "alasan": {"Lembar tertukar saat pindahan"}}
}

// The answers of a misplaced sheet go from one unit to another: seen before, done once, told on every page that they touch.
func TestMoveAnswers(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	for range 7 {
		f.answer(sheetOne, served("ktp", 1))
		f.answer(sheetForeign, served("poli", 4))
	}
	f.pass(time.Hour)
	for range 8 {
		f.answer(sheetOne, served("ktp", 4))
	}
	f.fold()
	admin := f.as(survey.RoleAdmin)
	page := "/kelola/lembar/" + sheetOne + "/pindah"
	admin.get(explained(ownUnit)).is(200).says("Semua kiriman masuk hitungan")
	empty := admin.get(page).is(200).says("Lembar KESAN001 tercatat di Loket 1", "WIB").page()
	for _, name := range []string{"mulai", "sampai"} {
		if got := empty.one("[name=" + name + "]").attr("step"); got != "3600" {
			t.Errorf("%s goes in steps of %q seconds, want whole hours", name, got)
		}
	}

	seen := admin.post(page, misplaced()).is(200).says("7 jawaban dari 18 November 2026 10.00 sampai 18 November 2026 11.00 WIB dipindahkan dari Loket 1",
		"Loket Poli, Puskesmas Kotaraja", "7 untuk petugas yang bertugas di sana, 0 untuk unit saja", "Pindahkan 7 jawaban")
	confirmed := misplaced()
	confirmed.Set("aksi", "pindahkan")
	confirmed.Set("nomor", seen.page().one("input[name=nomor]").attr("value"))
	for range 2 { // pressing twice moves once
		admin.post(page, confirmed).to("/kelola/lembar/KESAN001?kabar=jawaban_dipindah")
	}
	figures := func() {
		t.Helper()
		for unit, want := range map[string]struct {
			n     int64
			index string
		}{ownUnit: {8, "100,00"}, foreignUnit: {14, "62,50"}} {
			row, err := f.Results.Report(context.Background(), "2026-TW4", unit)
			must(t, err)
			if row.IKM.N == nil || *row.IKM.N != want.n {
				t.Errorf("%s does not rest on %d answers: %+v", unit, want.n, row.IKM)
			}
			admin.get(explained(unit)).is(200).says(want.index, "7 jawaban lembar KESAN001 pada 18 November 2026 10.00", "Lembar tertukar saat pindahan")
		}
		officer, err := f.Results.Officer(context.Background(), "2026-TW4", officerForeign)
		must(t, err)
		if n := officer.Units[0].Value.N; n == nil || *n != 14 {
			t.Errorf("the officer who was there has not 14 answers: %+v", officer.Units[0].Value)
		}
	}
	figures()
	admin.get(explained(ownUnit)).says("7 dipindahkan dan dihitung di tempat lain (lembar QR tergantung di loket lain)")
	must(t, f.Tallier.Discard(context.Background(), "2026-01-01", "2026-12-31"))
	must(t, f.Tallier.Rebuild(context.Background(), "2026-11-01", "2026-11-30", func(float64) {}))
	figures()

	admin.get("/kelola/lembar/"+sheetOne).is(200).says("7 jawaban lembar KESAN001", "oleh admin", "Alasan: Lembar tertukar saat pindahan").hides("Belum selesai")
	admin.get("/kelola/riwayat/audit?bulan=2026-11").is(200).says("Memindahkan jawaban lembar", "KESAN001: loket-poli, 2026-11-18T10:00 sampai 2026-11-18T11:00, 7 jawaban")
	admin.post(page, misplaced()).is(200).says("Tidak ada yang dapat dipindahkan", "7 jawaban dari masa itu sudah dipindahkan sebelumnya")
}

func TestMoveAnswersRefused(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	f.answer(sheetOne, served("ktp", 1))
	admin := f.as(survey.RoleAdmin)
	page := "/kelola/lembar/" + sheetOne + "/pindah"
	for want, change := range map[string][2]string{
		"Pilih jam penuh":              {"mulai", "2026-11-18T09:30"},
		"Pilih waktu yang sudah lewat": {"sampai", "2026-11-18T12:00"},
		"Harus lebih besar":            {"sampai", "2026-11-18T10:00"},
		"Pilih loket dari daftar":      {"loket", "tidak-ada"},
		"Wajib diisi":                  {"alasan", ""},
		"Ada tanda yang tidak":         {"alasan", "a\u202eb"},
	} {
		form := misplaced()
		form.Set(change[0], change[1])
		a := admin.post(page, form).is(422).says(want)
		if kept := a.page().one("input[name=" + "sampai" + "]").attr("value"); kept != form.Get("sampai") {
			t.Errorf("%s: kept %q", want, kept)
		}
	}
	admin.get("/kelola/lembar/TIDAKADA/pindah").is(404)
	admin.post("/kelola/lembar/TIDAKADA/pindah", misplaced()).is(404)

	f.write(survey.Cycle{ID: "2026-TW4", State: survey.CycleLocked, Version: 1})
	confirmed := misplaced()
	admin.post(page, confirmed).is(200).says("Tidak dapat dipindahkan", "Jawaban tanggal 18 November 2026 termasuk siklus yang sudah dikunci")
	confirmed.Set("aksi", "pindahkan")
	admin.post(page, confirmed).is(409).says("siklus yang sudah dikunci")
	if moves, err := f.Mover.Moves(context.Background(), ""); err != nil || len(moves) > 0 {
		t.Errorf("%d moves, %v", len(moves), err)
	}
	if strings.Contains(admin.get("/kelola/riwayat/audit?bulan=2026-11").body, "Memindahkan") {
		t.Error("a refused move is in the audit")
	}
}
