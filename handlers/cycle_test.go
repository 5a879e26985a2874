package handlers

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"kesan/handlers/export"
	"kesan/scoring"
	"kesan/survey"
)

const cyclePath = "/dasbor/siklus/2026-TW4"

// user makes an account and returns its browser.
func (f *fixture) user(account survey.Account) client {
	f.t.Helper()
	f.write(account)
	must(f.t, f.auth.SetPassword(f.t.Context(), account.Username, password))
	cookie, err := f.auth.SignIn(f.t.Context(), account.Username, password, "")
	must(f.t, err)
	return client{f: f, cookie: cookie, header: map[string][]string{}}
}

func TestCycleList(t *testing.T) {
	t.Parallel()
	f := busyOffice(t)
	hr := f.as(survey.RoleHR)
	hr.get("/dasbor/siklus").is(200).says("Triwulan IV 2026", "1 Oktober 2026 sampai 31 Desember 2026", "berjalan",
		"3 dari 3", "2 dari 2", "November 2026: 1 November 2026 sampai 30 November 2026", "Semester II 2026", "Tahun 2026")
	hr.post("/dasbor/siklus", url.Values{"siklus": {"2026-11"}}).to("/dasbor/siklus/2026-11?kabar=siklus_dibuka")
	hr.get("/dasbor/siklus/2026-11?kabar=siklus_dibuka").is(200).says("November 2026", "Siklus sudah dibuka.")
	if got := f.office().Cycles["2026-11"]; got.Value.State != survey.CycleOpen || got.Value.Version != 1 || got.Author != "kepegawaian" {
		t.Errorf("opened %+v", got)
	}
	hr.post("/dasbor/siklus", url.Values{"siklus": {"2026-11"}}).is(422).says("Siklus untuk periode ini sudah ada.")
	for _, bad := range []string{"", "2026-13", "2026-TW5", "../x", "November"} {
		hr.post("/dasbor/siklus", url.Values{"siklus": {bad}}).is(422).says("Pilih periode dari daftar.")
	}
	hr.post("/dasbor/siklus?siklus=2026-12", nil).is(422)
	// HR of one unit sees its own part and opens nothing.
	section := f.user(survey.Account{Username: "hr-seksi", Name: "Kepegawaian Seksi", Role: survey.RoleHR, Unit: ownUnit})
	section.get("/dasbor/siklus").is(200).says("1 dari 1").hides("Buka siklus")
	section.post("/dasbor/siklus", url.Values{"siklus": {"2026-12"}}).is(403)
	for _, role := range []survey.Role{survey.RoleUnitHead, survey.RoleAppraiser, survey.RoleOfficer, survey.RoleReviewer} {
		f.as(role).get("/dasbor/siklus").is(403)
		f.as(role).get(cyclePath).is(403)
		f.as(role).get(cyclePath + "/nilai.csv").is(403)
		f.as(role).get(cyclePath + "/nilai.xlsx").is(403)
		f.as(role).post(cyclePath+"/langkah", url.Values{"keadaan": {"open"}}).is(403)
	}
}

func TestCyclePage(t *testing.T) {
	t.Parallel()
	f := busyOffice(t)
	hr := f.as(survey.RoleHR)
	page := hr.get(cyclePath).is(200)
	page.says("Triwulan IV 2026", "81,25", "101,56", "Siti Rahmawati", officerSiti, "indikatif", "semua unit",
		"Petugas ASN tanpa jadwal", "Ratna Wulandari", "Unit tanpa target", "Jadikan sementara").hides("Yohana", "PKM-07")
	for _, test := range []struct {
		query string
		rows  int
		says  string
	}{
		{"tingkat=unit", 12, "12 baris sesuai saringan: Unit."},
		{"tingkat=officer", 12, "12 baris"},
		{"tingkat=officer&unit=" + ownUnit, 6, "6 baris"},
		{"tingkat=unit&unit=" + foreignUnit, 4, "Puskesmas Kotaraja"},
		{"indikator=ikm", 3, "3 baris"},
		{"status=indicative&indikator=kepuasan_petugas", 1, "1 baris"},
		{"cari=BUDI", 3, "Budi Santoso"},
		{"tingkat=officer&unit=" + ownUnit + "&indikator=waktu_tunggu&cari=Siti", 1, "1 baris sesuai saringan: \"Siti\", Seksi Pelayanan Umum, Petugas, Waktu tunggu. Unduh"},
		{"cari=" + officerBudi, 3, "Budi Santoso"},
		{"cari=zzz", 0, "Tidak ada baris yang cocok dengan saringan ini."},
		{"tingkat=desa&unit=x&hal=99&urut=nilai", 24, "24 baris."},
	} {
		a := hr.get(cyclePath + "?" + test.query).is(200)
		if got := len(a.page().all("table.figures tbody tr")); got != test.rows {
			t.Errorf("%s: %d rows, want %d", test.query, got, test.rows)
		}
		a.says(test.says)
	}
	for i, row := range page.page().all("table.figures tbody tr")[:5] {
		if again := row.attr("class") == "again"; again != (i%4 != 0) {
			t.Errorf("row %d, %s: names its unit again: %t", i+1, row.text(), again)
		}
	}
	hr.get("/dasbor/siklus/2031").is(404)
	hr.get("/dasbor/siklus/2031/nilai.csv").is(404)
	hr.get(cyclePath + "?cari=" + url.QueryEscape(`"><script>alert(1)</script>`)).is(200).hides("<script>alert")
}

// HR of one unit gets that unit and what is below, on the page and in the files.
func TestCycleOfUnit(t *testing.T) {
	t.Parallel()
	f := busyOffice(t)
	section := f.user(survey.Account{Username: "hr-seksi", Name: "Kepegawaian Seksi", Role: survey.RoleHR, Unit: ownUnit})
	district := f.user(survey.Account{Username: "hr-camat", Name: "Kepegawaian Camat", Role: survey.RoleHR, Unit: parentUnit})
	section.get(cyclePath).is(200).says("Siti Rahmawati").hides("Puskesmas", "Kecamatan Gajahmungkur", "semua unit", "Jadikan sementara", "Loket Camat")
	section.get(cyclePath+"/nilai.csv").is(200).hides("Puskesmas", "Kecamatan Gajahmungkur")
	section.get(cyclePath + "?unit=" + foreignUnit).is(200).hides("Puskesmas")
	section.get(cyclePath + "/langkah").is(403)
	section.post(cyclePath+"/langkah", url.Values{"keadaan": {"open"}}).is(403)
	district.get(cyclePath).is(200).says("Kecamatan Gajahmungkur", "semua unit").hides("Puskesmas")
}

// The files hold the very figures of the API.
func TestCycleFiles(t *testing.T) {
	t.Parallel()
	f := busyOffice(t)
	f.write(survey.Unit{Code: ownUnit, Name: `=HYPERLINK("http://x")`, Parent: parentUnit, Zone: survey.WIB},
		survey.Officer{ID: officerSiti, Employment: survey.PNS, Name: "\t@SUM(1)", Unit: ownUnit, Appraiser: officerHead})
	hr := f.as(survey.RoleHR)
	rows := f.apiRows("")
	file := hr.get(cyclePath + "/nilai.xlsx").is(200)
	if got := file.header.Get("Content-Disposition"); got != `attachment; filename="kesan-2026-TW4-v1.xlsx"` {
		t.Errorf("disposition %q", got)
	}
	sheet := workbook(t, file.body, export.SheetFigures)
	compareFile(t, "xlsx", rows, sheet[0], sheet[1:], strconv.FormatFloat)

	text := hr.get(cyclePath + "/nilai.csv").is(200)
	r := csv.NewReader(strings.NewReader(strings.TrimPrefix(text.body, "\uFEFF")))
	r.Comma = ';'
	lines, err := r.ReadAll()
	must(t, err)
	compareFile(t, "csv", rows, lines[0], lines[2:], func(v float64, _ byte, _, _ int) string {
		return strings.Replace(strconv.FormatFloat(v, 'f', 2, 64), ".", ",", 1)
	})
	if !strings.Contains(text.body, `"'=HYPERLINK(""http://x"")"`) || !strings.Contains(text.body, ";'@SUM(1);") {
		t.Error("a name would run as a formula")
	}
	for _, line := range lines[2:] {
		for _, cell := range line {
			if cell != "" && strings.ContainsAny(cell[:1], "=+-@\t\r") {
				t.Errorf("cell %q would run", cell)
			}
		}
	}
	var link string
	for _, a := range hr.get(cyclePath + "?tingkat=officer&unit=" + ownUnit).is(200).page().all("a[role=button]") {
		if strings.Contains(a.attr("href"), "nilai.csv") {
			link = a.attr("href")
		}
	}
	part := hr.get(link).is(200)
	if got := strings.Count(part.body, "\r\n"); got != 2+6 {
		t.Errorf("%d lines of a section's officers, want 2 headings and 6", got)
	}
}

// apiRows pulls all rows that a query selects.
func (f *fixture) apiRows(query string) []scoring.Row {
	f.t.Helper()
	items, _ := f.key(survey.APIKey{ID: "simpeg", Name: "SIMPEG"}, secret).get(resultsPath + "?limit=1000&" + query).rows()
	rows := make([]scoring.Row, len(items))
	for i, item := range items {
		// OrNull writes null and reads it as nothing, which is the same.
		must(f.t, json.Unmarshal(item, &rows[i]))
	}
	return rows
}

func compareFile(t *testing.T, name string, rows []scoring.Row, heads []string, lines [][]string, write func(float64, byte, int, int) string) {
	t.Helper()
	if len(lines) != len(rows) {
		t.Fatalf("%s: %d rows, the API gives %d", name, len(lines), len(rows))
	}
	found := map[[3]string][]string{}
	for _, line := range lines {
		for len(line) < len(heads) {
			line = append(line, "")
		}
		at := func(head string) string { return line[slices.Index(heads, head)] }
		found[[3]string{at("Kode unit"), strings.ReplaceAll(at("NIP"), " ", ""), at("Kode indikator")}] = line
	}
	number := func(value *scoring.Hundredths) string {
		if value == nil {
			return ""
		}
		return write(float64(*value)/100, 'f', -1, 64)
	}
	for _, row := range rows {
		line := found[[3]string{string(row.Unit), string(row.NIP), row.Indicator}]
		if line == nil {
			t.Errorf("%s lacks %s %s %s", name, row.Unit, row.NIP, row.Indicator)
			continue
		}
		n := ""
		if row.N != nil {
			n = fmt.Sprint(*row.N)
		}
		want := map[string]string{"Nilai": number(row.Value), "Target": number(row.Target), "Capaian (%)": number(row.Achievement),
			"Nilai disusutkan": number(row.Shrunk), "Cakupan": number(row.Coverage), "Jumlah jawaban": n, "Mutu": string(row.Grade),
			"Status": export.StatusWord(row.Status), "Cara hitung": row.Recipe}
		if row.Interval != nil {
			want["Selang bawah"], want["Selang atas"] = number(&row.Interval[0]), number(&row.Interval[1])
		}
		for head, is := range want {
			if got := line[slices.Index(heads, head)]; got != is {
				t.Errorf("%s, %s %s %s, %s: %q, the API gives %q", name, row.Unit, row.NIP, row.Indicator, head, got, is)
			}
		}
	}
}

func TestCycleRoad(t *testing.T) {
	t.Parallel()
	f := busyOffice(t)
	hr := f.as(survey.RoleHR)
	step := cyclePath + "/langkah"
	hr.get(step).is(200).says("Jadikan Triwulan IV 2026 sementara?", "tidak dapat dimundurkan", "Petugas ASN tanpa jadwal")
	hr.post(step, url.Values{"keadaan": {"provisional"}}).is(409).says("sudah diubah orang lain")
	hr.post(step, url.Values{"keadaan": {"open"}, "alasan": {strings.Repeat("x", 501)}}).is(422)
	hr.post(step, url.Values{"keadaan": {"open"}}).to(cyclePath + "?kabar=siklus_sementara")
	hr.post(step, url.Values{"keadaan": {"open"}}).is(409)

	hr.get(step).is(200).says("Kunci Triwulan IV 2026?", "tidak dapat diubah atau dibuka lagi", "Periode siklus belum berakhir")
	hr.post(step, url.Values{"keadaan": {"provisional"}, "alasan": {"Pejabat pindah"}}).is(422).says("Periode siklus belum berakhir di semua unit").
		says("Pejabat pindah")
	hr.post(step, url.Values{"keadaan": {"provisional"}, "lebih_awal": {"ya"}}).is(422).says("Tulis alasan")
	hr.post(step, url.Values{"keadaan": {"provisional"}, "lebih_awal": {"ya"}, "alasan": {"   "}}).is(422)
	if state := f.office().Cycles["2026-TW4"].Value.State; state != survey.CycleProvisional {
		t.Fatalf("the cycle is %s after refusals", state)
	}
	hr.post(step, url.Values{"keadaan": {"provisional"}, "lebih_awal": {"ya"}, "alasan": {"Pejabat pindah"}}).to(cyclePath + "?kabar=siklus_dikunci")
	cycle := f.office().Cycles["2026-TW4"].Value
	if cycle.State != survey.CycleLocked || len(cycle.Digest) != 64 {
		t.Fatalf("locked %+v", cycle)
	}
	hr.get(cyclePath).is(200).says("dikunci", cycle.Digest, "final").hides("Kunci siklus")
	hr.get(step).to(cyclePath)
	hr.post(step, url.Values{"keadaan": {"provisional"}}).to(cyclePath)
	history, err := f.Register.History(t.Context(), survey.KindCycle, "2026-TW4")
	must(t, err)
	if last := history[len(history)-1]; !strings.Contains(last.Reason, "Pejabat pindah") || last.Author != "kepegawaian" {
		t.Errorf("history ends with %q by %s", last.Reason, last.Author)
	}
}

// What comes after the lock changes nothing that leaves: neither the API nor the files nor the evidence.
func TestLockedCycleStays(t *testing.T) {
	t.Parallel()
	f := busyOffice(t)
	api := f.key(survey.APIKey{ID: "simpeg", Name: "SIMPEG"}, secret)
	hr := f.as(survey.RoleHR)
	f.at(time.Date(2027, 1, 4, 3, 0, 0, 0, time.UTC))
	hr = client{f: f, cookie: f.signIn(survey.RoleHR), header: hr.header}
	step := cyclePath + "/langkah"
	hr.post(step, url.Values{"keadaan": {"open"}}).to(cyclePath)
	hr.get(step).is(200).hides("Periode siklus belum berakhir")
	hr.post(step, url.Values{"keadaan": {"provisional"}}).to(cyclePath)

	// A workbook is a ZIP whose parts stand in any order, and each page carries a mark of its own: what counts is what they say.
	said := func() []string {
		book := hr.get(cyclePath + "/nilai.xlsx").is(200).body
		return []string{hr.get(cyclePath + "/nilai.csv").is(200).body,
			fmt.Sprint(workbook(t, book, export.SheetFigures)), fmt.Sprint(workbook(t, book, export.SheetNotes)),
			hr.get(cyclePath + "/bukti/" + officerSiti).is(200).page().one("div.evidence").text()}
	}
	before, files := api.get(resultsPath).is(200), said()
	f.at(morning)
	f.give(sheetOne, "ktp", 30)
	f.write(survey.Agency{Name: "Pemerintah Kota Semarang", Policy: survey.Policy{OfficerMinimum: 77, OfficerMinTrust: survey.TrustDisplay}})
	f.at(time.Date(2027, 1, 4, 3, 0, 0, 0, time.UTC))
	f.fold()
	after := api.get(resultsPath).is(200)
	if before.body != after.body || before.header.Get("ETag") != after.header.Get("ETag") {
		t.Error("answers after the lock changed what the API gives")
	}
	if !strings.Contains(after.body, `"state":"locked"`) || !strings.Contains(after.body, `"status":"final"`) {
		t.Errorf("not locked: %.300s", after.body)
	}
	for i, now := range said() {
		if now != files[i] {
			t.Errorf("file %d changed after the lock:\n%s\n%s", i, files[i], now)
		}
	}
}

// workbook returns the cells of a sheet, as they are kept.
func workbook(t *testing.T, file, sheet string) [][]string {
	t.Helper()
	book, err := excelize.OpenReader(strings.NewReader(file))
	must(t, err)
	defer book.Close()
	rows, err := book.GetRows(sheet, excelize.Options{RawCellValue: true})
	must(t, err)
	return rows
}

func TestEvidence(t *testing.T) {
	t.Parallel()
	f := busyOffice(t)
	rows := f.apiRows("level=officer")
	page := f.as(survey.RoleHR).get(cyclePath + "/bukti/" + officerSiti).is(200)
	page.says("Siti Rahmawati", officerSiti, "PNS", "Ratna Wulandari", "Seksi Pelayanan Umum", "Kecamatan Gajahmungkur", "Semua unit bersama",
		"PermenPANRB 6/2022 Pasal 18", "bukan predikat", "Siklus belum dikunci", "Dicetak oleh Bagian Kepegawaian, 18 November 2026 10.00 WIB",
		"mulai 10 jawaban", "mulai 30 jawaban", "kepuasan_petugas@1").
		says("NRR Kompetensi Pelaksana = ", "kelas capaian: ", "tidak berlaku").
		hides("Budi", officerBudi, "Yohana", "komentar", "NRR kompetensi", "n/a")
	for role, back := range map[survey.Role]string{survey.RoleHR: cyclePath, survey.RoleOfficer: "/saya?siklus=2026-TW4",
		survey.RoleAppraiser: "/dasbor/petugas/" + officerSiti + "?siklus=2026-TW4"} {
		shown := f.as(role).get(cyclePath + "/bukti/" + officerSiti).is(200).page()
		if got := shown.one("p.crumb a").attr("href"); got != back {
			t.Errorf("the way back of %s is %q, want %q", role, got, back)
		}
		if button := shown.one("button[data-cetak]"); !button.has("hidden") || button.attr("type") != "button" {
			t.Error("without scripts the button does nothing and must not be seen")
		}
	}
	shown := 0
	for _, row := range rows {
		if string(row.NIP) != officerSiti || row.Value == nil {
			continue
		}
		shown++
		if row.Indicator != scoring.WaktuTunggu {
			page.says(row.Value.String())
		}
		if row.Interval != nil {
			page.says(row.Interval[0].String() + "-" + row.Interval[1].String())
		}
		if row.Achievement != nil {
			page.says(row.Achievement.String())
		}
	}
	if shown < 6 {
		t.Errorf("only %d figures of Siti are shown", shown)
	}
	f.as(survey.RoleHR).get(cyclePath + "/bukti/" + officerHead).is(200).says("Belum ada jawaban masyarakat")
	f.as(survey.RoleHR).get(cyclePath+"/bukti/"+officerForeign).is(200).says("Non-ASN", "Kode")
	f.as(survey.RoleHR).get("/dasbor/siklus/2031/bukti/" + officerSiti).is(404)
	lines, err := f.Audit.Lines(t.Context(), "2026-11")
	must(t, err)
	if !slices.ContainsFunc(lines, func(l survey.AuditLine) bool {
		return l.Action == survey.AuditExport && l.Who == "kepegawaian" && l.Object == "2026-TW4 bukti "+officerSiti
	}) {
		t.Errorf("no audit of the page: %v", lines)
	}
}

// Who may see the evidence about Siti: HR, the administrator, her unit's head, her superior and she herself.
func TestEvidenceIsPrivate(t *testing.T) {
	t.Parallel()
	f := busyOffice(t)
	for _, test := range []struct {
		name    string
		account survey.Account
		status  int
	}{
		{"administrator", survey.Account{Role: survey.RoleAdmin}, 200},
		{"HR", survey.Account{Role: survey.RoleHR}, 200},
		{"HR of her unit", survey.Account{Role: survey.RoleHR, Unit: parentUnit}, 200},
		{"HR of another unit", survey.Account{Role: survey.RoleHR, Unit: foreignUnit}, 403},
		{"head of her unit", survey.Account{Role: survey.RoleUnitHead, Unit: ownUnit}, 200},
		{"head of another unit", survey.Account{Role: survey.RoleUnitHead, Unit: foreignUnit}, 403},
		{"her superior", survey.Account{Role: survey.RoleAppraiser, Officer: officerHead}, 200},
		{"another superior", survey.Account{Role: survey.RoleAppraiser, Officer: officerBudi}, 403},
		{"herself", survey.Account{Role: survey.RoleOfficer, Officer: officerSiti}, 200},
		{"a colleague", survey.Account{Role: survey.RoleOfficer, Officer: officerBudi}, 403},
		{"a reviewer", survey.Account{Role: survey.RoleReviewer, Unit: ownUnit}, 403},
	} {
		test.account.Username, test.account.Name = "uji-"+strings.ReplaceAll(strings.ToLower(test.name), " ", "-"), test.name
		browser := f.user(test.account)
		a := browser.get(cyclePath + "/bukti/" + officerSiti).is(test.status)
		if test.status == 403 {
			a.hides("Siti", "81,25")
			// An officer who does not exist is refused in the same way.
			browser.get(cyclePath + "/bukti/199912312025011001").is(403)
		}
	}
	f.anyone().get(cyclePath + "/bukti/" + officerSiti).to("/masuk")
}
