package handlers

import (
	"compress/gzip"
	"context"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/andybalholm/brotli"
	"github.com/xuri/excelize/v2"

	"kesan/handlers/view"
	"kesan/survey"
)

const (
	ownDashboard = "/dasbor/unit/" + ownUnit
	ktpUsers     = 4384
)

// ofWaktu gives everything 3 but waktu.
func ofWaktu(waktu int) survey.Answers {
	answers := served("ktp", 3)
	answers.Unsur[survey.Waktu] = waktu
	return answers
}

func waited(answers survey.Answers, minutes int) survey.Answers {
	answers.Wait = &minutes
	return answers
}

// dozen is twelve answers at loket-1: waktu 2 by four and 3 by eight, all else 3; waits of 10 (six), 20 and 40 minutes (three
// each). NRR waktu = 32 / 12 = 2,67; IKM = (8 x 3 + 2,6667) / 9 x 25 = 74,07 C.
func (f *fixture) dozen() {
	f.t.Helper()
	for i := range 12 {
		value, minutes := 3, 10
		if i < 4 {
			value = 2
		}
		if i >= 6 {
			minutes = 20
		}
		if i >= 9 {
			minutes = 40
		}
		f.answer(sheetOne, waited(ofWaktu(value), minutes))
	}
	f.fold()
}

func TestDashboardAnswersInWords(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	f.dozen()
	head := f.as(survey.RoleUnitHead)
	page := head.get(ownDashboard).is(200).says("Seksi Pelayanan Umum", "Triwulan IV 2026 (1 Oktober 2026 sampai 31 Desember 2026)", "74,07 C Kurang baik indikatif",
		"Waktu Penyelesaian 2,67 : 4 dari 12 orang menilai tidak atau kurang cepat.", "Target belum ditetapkan",
		"Jumlah pengguna layanan belum diisi", "Triwulan III 2026 tidak punya nilai untuk unit ini",
		"10 menit median", "Sembilan dari sepuluh menunggu paling lama 40 menit", "3 dari 12 (25,00 %, selang 95 % 8,89-53,23) menunggu lebih lama daripada standar", "standar 30 menit",
		"Pergi tanpa dilayani: 0 dari 12 orang (0,00 %, selang 95 % 0,00-24,25)",
		"Semua kiriman masuk hitungan").page()
	for i, want := range []string{"Waktu Penyelesaian", "Persyaratan"} {
		if name := page.all("table.unsur tbody th")[i].text(); name != want {
			t.Errorf("unsur %d is %q, want %q", i+1, name, want)
		}
	}
	if row := page.one("#unsur-waktu").text(); row != "Waktu Penyelesaian 2,67 66,67 C 12 4 (33,33 %)" {
		t.Errorf("row of waktu: %q", row)
	}
	if label := page.one("#unsur-waktu svg").attr("aria-label"); label != "Tidak cepat: 0 orang; Kurang cepat: 4 orang; Cepat: 8 orang; Sangat cepat: 0 orang" {
		t.Errorf("bar of waktu says %q", label)
	}
	if label := page.one("svg.scale").attr("aria-label"); label != "Nilai 74,07, mutu C, selang kepercayaan 73,21 sampai 74,94" {
		t.Errorf("scale says %q", label)
	}
}

func TestDashboardNamesTargetSampleAndChange(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	// Third quarter: twelve answers of 3 to everything, 75,00. Users 6.000 a year are 1.500 a quarter: S = 306.
	f.write(survey.Cycle{ID: "2026-TW3", State: survey.CycleOpen, Version: 1},
		survey.Service{Code: "pindah", Unit: ownUnit, Name: "Surat Keterangan Pindah", UsersPerYear: 6000 - ktpUsers - 1000},
		survey.Target{Indicator: "ikm", Level: survey.LevelUnit, Unit: ownUnit, Period: "2026-TW4", Value: 80_00})
	f.at(time.Date(2026, 9, 15, 3, 0, 0, 0, time.UTC))
	for range 12 {
		f.answer(sheetOne, served("ktp", 3))
	}
	f.at(morning)
	f.dozen()
	page := f.as(survey.RoleUnitHead).get(ownDashboard+"?siklus=2026-TW4").is(200).says("Target 80,00 belum tercapai , capaian 92,59 %.",
		"12 jawaban dari minimal 306, masih kurang 294", "1.500 pengguna layanan", "Turun 0,93 dibanding Triwulan III 2026 (75,00).",
		"Lebih besar daripada yang dapat dijelaskan kebetulan", "92,59 % kelas capaian: Sangat baik").page()
	if desc := page.one("figure.trend desc").text(); desc != "Triwulan III 2026 75,00; Triwulan IV 2026 74,07; target 80,00" {
		t.Errorf("trend says %q", desc)
	}
	f.as(survey.RoleUnitHead).get(ownDashboard + "?siklus=2026-TW3").is(200).says("75,00 C")
	f.as(survey.RoleUnitHead).get(ownDashboard + "?siklus=2026-TW1").is(404)
	f.as(survey.RoleUnitHead).get(ownDashboard + "?siklus=../x").is(404)
}

func TestExplainedFigure(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	f.dozen()
	head := f.as(survey.RoleUnitHead)
	link := head.get(ownDashboard).page().one(".big a").attr("href")
	head.get(link).is(200).says("Dari mana angka ini?", "74,07 C", "Waktu Penyelesaian 32 12 2,6667", "Persyaratan 36 12 3,0000", "x 1/9 x 25 = 74,07", "ikm@1",
		"Kurang dari 5 jawaban: tidak ditampilkan", "73,21 sampai 74,94")
	head.get(ownDashboard+"/angka/waktu_tunggu").is(200).says("10 menit", "menurut laporan warga = jawaban ke-6 setelah diurutkan", "6-10 6",
		"P90 = jawaban ke-11 setelah diurutkan = 40 menit", "rata-rata = 240 / 12 = 20,00 menit", "dalam standar 30 menit: 9 / 12 = 75,00 %, selang kepercayaan 95 % 46,77 sampai 91,11")
	f.as(survey.RoleHR).get(cyclePath+"/bukti/"+officerSiti).is(200).says("P90 = jawaban ke-11 setelah diurutkan = 40 menit", "rata-rata = 240 / 12 = 20,00 menit",
		"(12 x 75,00 + 20 x 75,00) / 32 = 75,00", "Kiriman yang tidak dihitung dicatat pada unit, bukan pada petugas.")
	head.get(ownDashboard + "/angka/nilai").is(200).says("tidak ditampilkan")
	head.get(ownDashboard + "/angka/predikat").is(404)
}

// A wait counts against a standard where its service has one: the explanation says the same as the dashboard. Of an officer
// nothing is said then, since who has how many of the other waits could be worked out.
func TestStandardOfSomeServices(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	for range 5 {
		f.answer(sheetOne, waited(served("kk", 3), 60))
	}
	f.dozen() // nine of twelve within the 30 minutes of KTP-el
	head := f.as(survey.RoleUnitHead)
	head.get(ownDashboard).is(200).says("3 dari 12 (25,00 %, selang 95 % 8,89-53,23) menunggu lebih lama daripada standar layanannya")
	head.get(ownDashboard+"/angka/waktu_tunggu").is(200).says("median dari 17 jawaban", "dalam standar 30 menit: 9 / 12 = 75,00 %, selang kepercayaan 95 % 46,77 sampai 91,11")
	f.as(survey.RoleHR).get(cyclePath + "/bukti/" + officerSiti).is(200).says("median dari 17 jawaban").hides("dalam standar")
}

func TestForeignUnitsAreRefused(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	f.answer(sheetForeign, served("poli", 4))
	f.fold()
	for _, unit := range []string{foreignUnit, parentUnit, "99.99", "%2e%2e", "%00"} {
		for _, rest := range []string{"", "/komentar", "/angka/ikm"} {
			if a := f.as(survey.RoleUnitHead).get("/dasbor/unit/" + unit + rest); a.status != 403 && a.status != 404 {
				t.Errorf("a unit head gets %d for %s%s", a.status, unit, rest)
			} else {
				a.hides("Kotaraja")
			}
		}
	}
	f.as(survey.RoleUnitHead).get("/dasbor/petugas/" + officerForeign).is(403).hides("Yohana")
	f.as(survey.RoleUnitHead).get("/dasbor").to(ownDashboard)
	f.as(survey.RoleOfficer).get(ownDashboard).is(403)
	f.as(survey.RoleReviewer).get(ownDashboard).is(403)
}

func TestHomeListsUnits(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	f.dozen()
	for range 4 {
		f.answer(sheetForeign, served("poli", 4))
	}
	f.fold()
	page := f.as(survey.RoleHR).get("/dasbor").is(200).says("2 dari 3 unit sudah punya nilai, 1 jawabannya terlalu sedikit.").page()
	var rows []string
	for _, row := range page.all("table.tree tbody tr") {
		rows = append(rows, row.text())
	}
	want := []string{"Kecamatan Gajahmungkur 74,07 C Kurang baik 12 indikatif", "Seksi Pelayanan Umum 74,07 C Kurang baik 12 indikatif", "Puskesmas Kotaraja terlalu sedikit"}
	if strings.Join(rows, "\n") != strings.Join(want, "\n") {
		t.Errorf("units are\n%s\nwant\n%s", strings.Join(rows, "\n"), strings.Join(want, "\n"))
	}
	f.as(survey.RoleHR).get("/dasbor?cari=kotaraja").is(200).says("Puskesmas Kotaraja", "2 dari 3 unit").hides("Seksi Pelayanan Umum")
	f.as(survey.RoleHR).get("/dasbor?cari=%3Cscript%3E").is(200).says("Tidak ada unit yang memuat").hides("<script>")
}

func TestTooFewAtTheEdges(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		n             int
		unit, officer string
	}{
		{4, "terlalu sedikit", ""},
		{5, "75,00", "terlalu sedikit"},
		{9, "75,00", "terlalu sedikit"},
		{10, "75,00", "75,00 C indikatif"},
		{29, "75,00", "75,00 C indikatif"},
		{30, "75,00", "75,00 C"},
	} {
		t.Run(fmt.Sprint(test.n), func(t *testing.T) {
			t.Parallel()
			f := newFixture(t)
			for range test.n {
				f.answer(sheetOne, served("ktp", 3))
			}
			f.fold()
			page := f.as(survey.RoleUnitHead).get(ownDashboard).is(200).says(test.unit).page()
			if cell := page.one("#petugas tbody td[data-label=Nilai]").text(); test.officer != "" && cell != test.officer {
				t.Errorf("officer is %q, want %q", cell, test.officer)
			}
			own := f.as(survey.RoleOfficer).get("/saya").is(200).page().one(".big").text()
			if want := strings.Replace(test.officer, " C", " C Kurang baik", 1); test.officer != "" && own != want {
				t.Errorf("the officer sees %q, want %q", own, want)
			}
			if test.n == 4 && strings.Contains(page.text(), "75,00") {
				t.Error("the figure of 4 answers is on the page")
			}
		})
	}
}

// extraFixture is a fixture whose unit asks three questions of its own, which 25 people answered in part.
func extraFixture(t *testing.T) (*fixture, survey.Form, survey.Unit) {
	f := newFixture(t)
	question := func(key, text string, labels ...string) survey.Question {
		q := survey.Question{Key: key, Text: text}
		for i, label := range labels {
			q.Options = append(q.Options, survey.Option{Value: i + 1, Label: label})
		}
		return q
	}
	form := survey.SKM2017()
	form.ID, form.Name = "skm-berbayar", "SKM berbayar"
	form.Extra = []survey.Question{question("tambahan-1-v2", "Ruang tunggu bersih?", "Bersih", "Kotor", "Tidak tahu"),
		question("tambahan-2-v2", "Ada <b>parkir</b>?", "Ada", "Tidak ada"), question("tambahan-3-v2", "Pakai kursi roda?", "Ya", "Tidak")}
	ownForm := survey.Unit{Code: ownUnit, Name: "Seksi Pelayanan Umum", Parent: parentUnit, Zone: survey.WIB, Form: form.ID}
	f.write(form, ownForm)
	for i := range 25 {
		answers := served("ktp", 3)
		answers.Extra = map[string]int{"tambahan-1-v2": 1 + min(i/15, 1)}
		if i < 15 {
			answers.Extra["tambahan-2-v2"] = 1 + i/12
		}
		if i < 9 {
			answers.Extra["tambahan-3-v2"] = 1
		}
		f.answer(sheetOne, answers)
	}
	f.fold()
	return f, form, ownForm
}

// 25 people say of a question 15, 10 and 0; of another 12 and 3, and ten nothing; of a third 9, and sixteen nothing. The 3 and the
// 9 are withheld, and with the 3 all shares, which would tell it.
func TestExtraQuestionsOnTheDashboard(t *testing.T) {
	t.Parallel()
	f, form, ownForm := extraFixture(t)
	const want = "Pertanyaan tambahan Tidak masuk IKM. Persen dari yang menjawab pertanyaannya. Ruang tunggu bersih? Bersih 15 60,00 % Kotor 10 40,00 % " +
		"Tidak tahu 0 0,00 % Ada <b>parkir</b>? Ada 12 Tidak ada terlalu sedikit Pakai kursi roda? Terlalu sedikit jawaban untuk ditampilkan."
	for _, test := range []struct {
		path string
		role survey.Role
		form string // the unit above asks by another form
	}{{ownDashboard, survey.RoleUnitHead, "?"}, {"/dasbor/unit/" + parentUnit, survey.RoleHR, "? (SKM berbayar)"}} {
		page := f.as(test.role).get(test.path).is(200).hides("<b>parkir").page()
		if got, want := page.one("#tambahan").text(), strings.ReplaceAll(want, "?", test.form); got != want {
			t.Errorf("%s says\n%s\nwant\n%s", test.path, got, want)
		}
		if value := page.one(".big strong").text(); value != "75,00" {
			t.Errorf("IKM %s, want 75,00: extra questions are no part of it", value)
		}
	}
	empty := newFixture(t)
	empty.write(form, ownForm)
	empty.dozen()
	empty.as(survey.RoleUnitHead).get(ownDashboard).is(200).says("Siapa yang menjawab").hides("Pertanyaan tambahan", "Ruang tunggu")
}

// What the page shows of these questions leaves as a file, and nothing that it hides.
func TestQuestionFiles(t *testing.T) {
	t.Parallel()
	f, form, _ := extraFixture(t)
	head, path := f.as(survey.RoleUnitHead), "/dasbor/unit/"+ownUnit+"/pertanyaan"
	links := head.get(ownDashboard).is(200).page().all("#responden a")
	if len(links) != 2 || links[0].attr("href") != path+".csv?siklus=2026-TW4" {
		t.Fatalf("%d links, the first to %q", len(links), links[0].attr("href"))
	}
	a := head.get(links[0].attr("href")).is(200)
	if name := a.header.Get("Content-Disposition"); name != `attachment; filename="kesan-2026-TW4-33.74.09.01-pertanyaan.csv"` {
		t.Errorf("named %q", name)
	}
	lines := strings.Split(strings.TrimSpace(strings.TrimPrefix(a.body, "\uFEFF")), "\r\n")
	const begins = "2026-TW4;33.74.09.01;Seksi Pelayanan Umum;"
	want := []string{"Siklus;Kode unit;Nama unit;Jenis;Kuesioner;Pertanyaan;Pilihan;Jawaban;Persen;Catatan",
		begins + "tambahan;SKM berbayar;Ruang tunggu bersih?;Bersih;15;60,00;", begins + "tambahan;SKM berbayar;Ruang tunggu bersih?;Kotor;10;40,00;",
		begins + "tambahan;SKM berbayar;Ruang tunggu bersih?;Tidak tahu;0;0,00;",
		begins + "tambahan;SKM berbayar;Ada <b>parkir</b>?;Ada;12;;", begins + "tambahan;SKM berbayar;Ada <b>parkir</b>?;Tidak ada;;;terlalu sedikit",
		begins + "tambahan;SKM berbayar;Pakai kursi roda?;Ya;;;terlalu sedikit", begins + "tambahan;SKM berbayar;Pakai kursi roda?;Tidak;;;terlalu sedikit",
		begins + "responden;;Jenis kelamin;Laki-laki;;;terlalu sedikit"}
	if len(lines) != 8+26 || !slices.Equal(lines[:9], want) {
		t.Errorf("%d lines:\n%s", len(lines), strings.Join(lines, "\n"))
	}
	book, err := excelize.OpenReader(strings.NewReader(head.get(path + ".xlsx").is(200).body))
	must(t, err)
	defer book.Close()
	rows, err := book.GetRows("Jawaban")
	must(t, err)
	if !slices.Equal(rows[1], strings.Split("2026-TW4;33.74.09.01;Seksi Pelayanan Umum;tambahan;SKM berbayar;Ruang tunggu bersih?;Bersih;15;60.00", ";")) || len(rows) != len(lines) {
		t.Errorf("%d rows, the second %q", len(rows), rows[1])
	}
	var logged []string
	for _, line := range f.audited(survey.AuditExport) {
		logged = append(logged, line.Object)
	}
	if slices.Sort(logged); !slices.Equal(logged, []string{"2026-TW4 pertanyaan 33.74.09.01.csv", "2026-TW4 pertanyaan 33.74.09.01.xlsx"}) {
		t.Errorf("audit %q", logged)
	}
	f.as(survey.RoleHR).get("/dasbor/unit/" + parentUnit + "/pertanyaan.csv").is(200).says(form.Name)
	head.get("/dasbor/unit/" + foreignUnit + "/pertanyaan.csv").is(403)
	head.get(path + ".csv?siklus=2020").is(404)
	empty := newFixture(t)
	empty.as(survey.RoleHR).get(path + ".csv").is(200).says("Jenis kelamin").hides("tambahan")
}

func TestOfficersAreNeverRanked(t *testing.T) {
	t.Parallel()
	for _, best := range []string{sheetOne, sheetTwo} {
		f := newFixture(t)
		for range 12 {
			for _, sheet := range []string{sheetOne, sheetTwo} {
				value := 2
				if sheet == best {
					value = 4
				}
				f.answer(sheet, served("kk", value))
			}
		}
		f.fold()
		for path, role := range map[string]survey.Role{ownDashboard: survey.RoleUnitHead, "/dasbor/tim": survey.RoleAppraiser} {
			var names []string
			for _, link := range f.as(role).get(path).is(200).says("tanpa peringkat").page().all("tbody th a") {
				if strings.HasPrefix(link.attr("href"), "/dasbor/petugas/") {
					names = append(names, link.text())
				}
			}
			if strings.Join(names, ", ") != "Budi Santoso, Siti Rahmawati" {
				t.Errorf("%s lists %v", path, names)
			}
		}
	}
}

func TestOfficerSeesOwnFigures(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	for range 12 {
		f.answer(sheetOne, served("ktp", 3))
		f.answer(sheetTwo, served("kk", 4))
	}
	f.fold()
	siti := f.as(survey.RoleOfficer)
	page := siti.get("/saya").is(200).says("Nilai saya", "75,00 C", "Kompetensi Pelaksana 3,00", "Perilaku Pelaksana 3,00", "kurang dari 30 jawaban", "Tidak ada peringkat",
		"14 hari kerja", "Kamis, 19 November 2026 08.00-16.00 Loket 1, Seksi Pelayanan Umum").hides("Budi Santoso", "Loket 2", "100,00").page()
	if text := page.text(); strings.Index(text, "Yang perlu diketahui dahulu") > strings.Index(text, "75,00") {
		t.Error("figures come before their explanation")
	}
	siti.get(page.one(".big a").attr("href")).is(200).says("Kompetensi Pelaksana 36 12 3,0000", "kepuasan_petugas@1", "Nilai saya")
	siti.get("/dasbor/petugas/" + officerSiti).to("/saya")
	for _, path := range []string{"/dasbor/petugas/" + officerBudi, "/dasbor/petugas/" + officerBudi + "/angka/kepuasan_petugas?unit=" + ownUnit, "/dasbor/tim", "/dasbor", ownDashboard} {
		siti.get(path).is(403).hides("Budi")
	}
	appraiser := f.as(survey.RoleAppraiser)
	crumb := appraiser.get("/dasbor/petugas/"+officerBudi).is(200).says("Budi Santoso", "100,00 A").page().all(".crumb a")
	if len(crumb) != 1 || !strings.HasPrefix(crumb[0].attr("href"), "/dasbor/tim") {
		t.Errorf("an officer's page leads the superior back to %v", crumb)
	}
	appraiser.get("/dasbor/petugas/" + officerForeign).is(403).hides("Yohana")
	appraiser.get("/saya").is(200).says("Belum ada jawaban yang dihitung pada siklus ini")
}

// An officer who served in two units: whoever sees one of them sees that figure alone, since the one over both tells of the other.
func TestFigureOfAnotherUnitStaysHidden(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	f.write(survey.Sheet{ID: "KESAN004", Counter: "loket-poli", Officer: officerSiti, ValidFrom: "2026-01-01"})
	for range 12 {
		f.answer(sheetOne, served("ktp", 3))
		f.answer("KESAN004", served("poli", 2))
	}
	f.fold()
	path := "/dasbor/petugas/" + officerSiti
	f.as(survey.RoleUnitHead).get(path).is(200).says("75,00", "juga bertugas di unit lain").hides("Kotaraja", "50,00", "62,50", "Semua unit bersama-sama")
	f.as(survey.RoleUnitHead).get(path + "/angka/kepuasan_petugas").is(403)
	f.as(survey.RoleUnitHead).get(path + "/angka/kepuasan_petugas?unit=" + foreignUnit).is(403)
	f.as(survey.RoleAppraiser).get(path).is(200).says("75,00", "50,00", "62,50", "Semua unit bersama-sama")
	f.as(survey.RoleAppraiser).get(path + "/angka/kepuasan_petugas").is(200).says("62,50")
}

func TestCommentsPage(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	head := f.as(survey.RoleUnitHead)
	for i := range 10 {
		answers := served("ktp", 3)
		switch i {
		case 0:
			answers.Comment = "<script>alert(1)</script> cepat"
		case 1:
			answers.Unsur[survey.Waktu], answers.Comment = 1, "Antre lama"
		case 2:
			answers = served("kk", 3)
			answers.Comment = "Ramah"
		}
		f.answer(sheetOne, answers)
	}
	path := ownDashboard + "/komentar?bulan=2026-11"
	head.get(path).is(200).says("November 2026 belum berakhir", "1 Desember 2026").hides("Antre lama", "alert")
	f.at(time.Date(2026, 12, 1, 3, 0, 0, 0, time.UTC))
	f.cookies = map[survey.Role]string{}
	page := f.as(survey.RoleUnitHead).get(path).is(200).says("Antre lama", "<script>alert(1)</script> cepat", "Ramah").hides("<script>", "Kartu Keluarga", "Siti", "Loket 1").page()
	if low := page.all(".comments")[0].text(); low != "Antre lama" {
		t.Errorf("comments with low ratings are %q", low)
	}
	f.as(survey.RoleUnitHead).get(ownDashboard + "/komentar?bulan=2026-TW4").is(404)
	f.as(survey.RoleUnitHead).get(ownDashboard + "/komentar?bulan=2026-13").is(404)
}

func TestDashboardsEscapeNames(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	const bad = `"><script>alert('x')</script>`
	f.write(survey.Unit{Code: ownUnit, Name: "Unit" + bad, Parent: parentUnit, Zone: survey.WIB}, survey.Service{Code: "ktp", Unit: ownUnit, Name: "KTP" + bad, WaitLimit: 30},
		survey.Counter{Code: "loket-1", Unit: ownUnit, Name: "Loket" + bad},
		survey.Officer{ID: officerSiti, Employment: survey.PNS, Name: "Siti" + bad, Unit: ownUnit, Appraiser: officerHead},
		survey.Agency{Name: "Kota" + bad})
	f.dozen()
	for path, role := range map[string]survey.Role{ownDashboard: survey.RoleUnitHead, "/dasbor": survey.RoleHR, "/dasbor/tim": survey.RoleAppraiser, "/saya": survey.RoleOfficer,
		ownDashboard + "/angka/ikm": survey.RoleUnitHead, ownDashboard + "/komentar": survey.RoleUnitHead, "/dasbor/petugas/" + officerSiti: survey.RoleAppraiser} {
		f.as(role).get(path).is(200).hides("<script", " style=", " onload=")
	}
}

// Every page in every state has something to say, and says what to do next.
func TestEmptyStates(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	f.as(survey.RoleAdmin).get(ownDashboard).is(200).says("Belum ada jawaban pada Triwulan IV 2026.", "Cetak poster QR")
	f.as(survey.RoleUnitHead).get(ownDashboard).is(200).says("minta administrator mencetaknya")
	f.as(survey.RoleOfficer).get("/saya").is(200).says("Belum ada jawaban yang dihitung pada siklus ini")
	f.as(survey.RoleAppraiser).get("/dasbor/tim").is(200).says("Budi Santoso", "belum ada data")
	f.as(survey.RoleHR).get("/dasbor").is(200).says("Belum ada unit yang punya nilai pada siklus ini", "belum ada data")
	f.as(survey.RoleUnitHead).get(ownDashboard + "/komentar").is(200).says("Tidak ada komentar untuk ditampilkan")
	f.write(survey.Account{Username: "siti", Name: "Siti Rahmawati", Role: survey.RoleOfficer})
	f.as(survey.RoleOfficer).get("/saya").is(200).says("Akun ini belum dihubungkan dengan data petugas")

	without := newFixture(t)
	fresh := map[string]survey.Role{"/dasbor": survey.RoleHR, ownDashboard: survey.RoleUnitHead, "/saya": survey.RoleOfficer, "/dasbor/tim": survey.RoleAppraiser}
	delete(without.office().Cycles, "2026-TW4") // the fixture's own; no store can lose a cycle
	for path, role := range fresh {
		without.as(role).get(path).is(200).says("Belum ada siklus penilaian")
	}
	without.as(survey.RoleUnitHead).get(ownDashboard + "/angka/ikm").is(404)
}

func TestStaffPagesAreCompressed(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	f.dozen()
	head := f.as(survey.RoleUnitHead)
	plain := head.get(ownDashboard).is(200)
	for coding, open := range map[string]func(io.Reader) (io.Reader, error){
		"br":   func(r io.Reader) (io.Reader, error) { return brotli.NewReader(r), nil },
		"gzip": func(r io.Reader) (io.Reader, error) { return gzip.NewReader(r) },
	} {
		packed := head.with("Accept-Encoding", coding).get(ownDashboard).is(200)
		if got := packed.header.Get("Content-Encoding"); got != coding || packed.header.Get("Vary") != "Accept-Encoding" {
			t.Errorf("%s: encoding %q, vary %q", coding, got, packed.header.Get("Vary"))
		}
		reader, err := open(strings.NewReader(packed.body))
		must(t, err)
		body, err := io.ReadAll(reader)
		must(t, err)
		// The mark of the session's forms differs in every answer.
		mark := func(page string) string {
			return (&answer{t: t, body: page}).page().one("input[name=tanda]").attr("value")
		}
		if a, b := mark(plain.body), mark(string(body)); a == b || strings.ReplaceAll(plain.body, a, b) != string(body) {
			t.Errorf("%s: another page, or the same mark", coding)
		}
		if len(packed.body) > 12_000 {
			t.Errorf("%s: %d bytes", coding, len(packed.body))
		}
	}
	if got := head.with("Accept-Encoding", "br;q=0").get(ownDashboard).header.Get("Content-Encoding"); got != "" {
		t.Errorf("encoding %q was refused", got)
	}
}

// Each masked mark of a session is good, and only of this one.
func TestMaskedMarks(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	of := func(role survey.Role) string {
		session, err := f.auth.Session(context.Background(), f.as(role).cookie)
		must(t, err)
		return session.CSRF()
	}
	session, err := f.auth.Session(context.Background(), f.as(survey.RoleHR).cookie)
	must(t, err)
	for range 20 {
		if mark := session.CSRF(); !session.CheckCSRF(mark) || session.CheckCSRF(mark[:63]+"x") || session.CheckCSRF(mark[2:]) {
			t.Fatalf("mark %q", mark)
		}
	}
	for _, mark := range []string{"", strings.Repeat("0", 64), of(survey.RoleAdmin)} {
		if session.CheckCSRF(mark) {
			t.Errorf("mark %q of nobody or another is taken", mark)
		}
	}
}

func TestUsualCycle(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name, cycles, want string
	}{
		{"none", "", ""},
		{"the quarter before all", "2026 2026-S2 2026-11 2026-TW4 2026-TW3", "2026-TW4"},
		{"the month where there is no quarter", "2026 2026-S2 2026-11", "2026-11"},
		{"the year alone", "2026 2025", "2026"},
		{"the last that was", "2026-TW2 2026-TW3 2026-TW1", "2026-TW3"},
		{"one that comes", "2027-TW1", "2027-TW1"},
		{"what was before what comes", "2027-TW1 2026-TW3", "2026-TW3"},
	} {
		var cycles []survey.Cycle
		for _, id := range strings.Fields(test.cycles) {
			cycles = append(cycles, survey.Cycle{ID: id})
		}
		if got := usualCycle(cycles, "2026-11-18"); got.ID != test.want {
			t.Errorf("%s: %q, want %q", test.name, got.ID, test.want)
		}
	}
}

// The staff's pages wear the agency's colour, unless it cannot be read on white; the policy allows just this style.
func TestStaffPagesWearTheAgencysColour(t *testing.T) {
	t.Parallel()
	for colour, want := range map[string]string{"#0b5d4a": "", "#7a1f5c": "#7a1f5c", "#ffd400": "#1d2725"} {
		f := newFixture(t)
		f.write(survey.Agency{Name: "Kota", Colour: colour})
		a := f.as(survey.RoleHR).get("/dasbor").is(200)
		policy := a.header.Get("Content-Security-Policy")
		style := view.StaffStyle(colour)
		if got := strings.Contains(a.body, "<style>"+string(style)+"</style>"); got != (want != "") || !strings.Contains(string(style), want) {
			t.Errorf("%s: style %q on the page: %v", colour, style, got)
		}
		if got := strings.Contains(policy, view.StyleHash(style)); got != (want != "") || strings.Contains(policy, "unsafe") {
			t.Errorf("%s: policy %q", colour, policy)
		}
	}
}
