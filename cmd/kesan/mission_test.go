package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"kesan/handlers"
	"kesan/handlers/auth"
	"kesan/handlers/poster/postertest"
	"kesan/survey"
)

// The mission: a QR code from a printed poster opens a counter's survey, answers become the figures of the unit and of the
// officer on duty, and HR pulls them, locked, though answers arrive late. Every step goes through HTTP, on both stores.
//
// The office: Loket 1 of the kecamatan (WIB), where Siti serves on Monday 16 and Budi on Tuesday 17 November 2026; Loket 2
// of the kelurahan, where Siti serves from Wednesday 18 on, because she moved. All answers come from posters.
//
//	Siti, kecamatan, 30 answers: kompetensi 4 by all (120), perilaku 4 by 20 and 3 by 10 (110), the other seven unsur 3.
//	  kepuasan_petugas = (120/30 + 110/30) / 2 x 25 = (4 + 3,6667) / 2 x 25 = 95,83 A.   Waits 1, 2, ... 30: median 15.
//	Budi, kecamatan, 12 answers: kompetensi and perilaku 3 by six and 2 by six (30 each), the other seven 3.
//	  kepuasan_petugas = 2,5 x 25 = 62,50 D, indicative.                                  Waits 40: median 40.
//	Kecamatan, 42 answers: ikm = ((120+30)/42 + (110+30)/42 + 7 x 3) / 9 x 25 = (3,5714 + 3,3333 + 21) / 9 x 25 = 77,51 B.
//	  kepuasan_petugas = (3,5714 + 3,3333) / 2 x 25 = 86,31 B.                            Median the 21st of 42 waits: 21.
//	Siti, kelurahan, 12 answers, all 3: kepuasan_petugas = 75,00 C.                       Waits 5: median 5.
//	Siti, all units, 42 answers: ((120+36)/42 + (110+36)/42) / 2 x 25 = (3,7143 + 3,4762) / 2 x 25 = 89,88 A.
//	  Waits 1, 2, 3, 4, thirteen times 5, 6, ... 30: median the 21st: 9.
func TestMission(t *testing.T) {
	locked := map[string]missionViews{}
	for name, open := range missionHomes(t) {
		t.Run(name, func(t *testing.T) { locked[name] = mission(t, open(t)) })
	}
	if len(locked) < 2 {
		return // one alone, or the failure has been told
	}
	for _, view := range []string{"API", "CSV", "XLSX"} {
		if sqlite, mongodb := locked["sqlite"][view], locked["mongodb"][view]; sqlite != mongodb {
			t.Errorf("SQLite and MongoDB give other bytes: %s, %s", view, firstDifference(sqlite, mongodb))
		}
	}
}

func missionHomes(t *testing.T) map[string]func(*testing.T) home {
	homes := map[string]func(*testing.T) home{"sqlite": sqliteHome}
	if !testing.Short() {
		homes["mongodb"] = mongoHome
	}
	return homes
}

const (
	siti = "199001152015032001"
	budi = "198505202010011002"
)

// missionFigures are what HR must find, worked out above.
var missionFigures = []struct {
	level, unit, nip, indicator, value, status string
	n                                          int64
}{
	{"unit", "33.74.09", "", "ikm", "77.51", "provisional", 42},
	{"unit", "33.74.09", "", "kepuasan_petugas", "86.31", "provisional", 42},
	{"unit", "33.74.09", "", "waktu_tunggu", "21", "provisional", 42},
	{"unit", "33.74.09.1001", "", "ikm", "75", "indicative", 12},
	{"officer", "33.74.09", siti, "kepuasan_petugas", "95.83", "provisional", 30},
	{"officer", "33.74.09", siti, "waktu_tunggu", "15", "provisional", 30},
	{"officer", "33.74.09", budi, "kepuasan_petugas", "62.5", "indicative", 12},
	{"officer", "33.74.09", budi, "waktu_tunggu", "40", "indicative", 12},
	{"officer", "33.74.09.1001", siti, "kepuasan_petugas", "75", "indicative", 12},
	{"officer", "33.74.09.1001", siti, "waktu_tunggu", "5", "indicative", 12},
	{"officer", "", siti, "kepuasan_petugas", "89.88", "provisional", 42},
	{"officer", "", siti, "waktu_tunggu", "9", "provisional", 42},
}

// missionEvidence is what the printed page of an officer says: the unit, the indicator and its value.
var missionEvidence = map[string][][3]string{
	siti: {
		{"Kecamatan Gajahmungkur", "Kepuasan atas petugas", "95,83"}, {"Kecamatan Gajahmungkur", "Waktu tunggu", "15"},
		{"Kelurahan Sampangan", "Kepuasan atas petugas", "75,00"}, {"Kelurahan Sampangan", "Waktu tunggu", "5"},
		{"Semua unit bersama", "Kepuasan atas petugas", "89,88"}, {"Semua unit bersama", "Waktu tunggu", "9"},
	},
	budi: {{"Kecamatan Gajahmungkur", "Kepuasan atas petugas", "62,50"}, {"Kecamatan Gajahmungkur", "Waktu tunggu", "40"}},
}

func mission(t *testing.T, at home) missionViews {
	m := startMission(t, at)
	admin := m.signIn("admin")

	// The printed poster, read as a phone reads it.
	one, two := m.scan(admin, "KESAN001"), m.scan(admin, "KESAN002")

	m.at("2026-11-16 10:00")
	for i := range 30 {
		perilaku := 4
		if i >= 20 {
			perilaku = 3
		}
		m.answer(one, 4, perilaku, i+1)
	}
	m.at("2026-11-17 10:00")
	for i := range 12 {
		m.answer(one, 2+i%2, 2+i%2, 40)
	}
	m.at("2026-11-18 10:00")
	for range 12 {
		m.answer(two, 3, 3, 5)
	}
	m.settle()

	hr, head := m.signIn("sdm"), m.signIn("kepala")
	m.check(m.views(hr, head), "")

	// The cycle ends; a form handed out before midnight is still in somebody's hands when it is locked.
	m.at("2026-12-31 23:50")
	late := m.open(one)
	m.at("2027-01-01 08:00")
	hr = m.signIn("sdm")
	m.step(hr, "Jadikan sementara")
	m.step(hr, "Kunci untuk seterusnya")
	m.at("2027-01-01 20:00") // within the day for which a form is accepted
	hr, head = m.signIn("sdm"), m.signIn("kepala")
	locked := m.views(hr, head)
	m.check(locked, "final")
	m.send(one, late, 1, 1, 300)
	m.settle()
	for view, again := range m.views(hr, head) {
		if again != locked[view] {
			t.Errorf("a late answer changed what the locked cycle shows: %s, %s", view, firstDifference(locked[view], again))
		}
	}
	found, err := m.sys.Results.Verify(t.Context(), "2026-TW4", m.sys.Tallier)
	if err != nil || !found.Same || len(found.Later) != 1 {
		t.Errorf("verify: %+v, %v; want the same bytes and one later bucket", found, err)
	}
	return locked
}

// missionRun is a server on a port of its own with a clock that the test sets.
type missionRun struct {
	t    *testing.T
	sys  *system
	url  string
	now  atomic.Pointer[time.Time]
	anon *http.Client
}

const missionSecret = "kesan_uji_kunci_sdm"

func startMission(t *testing.T, at home) *missionRun {
	t.Helper()
	m := &missionRun{t: t, anon: newClient(t)}
	m.at("2026-11-16 08:00")
	ctx := t.Context()
	store, err := openStore(ctx, at.store)
	check(t, err)
	sys, err := wire(ctx, store, at.data, m.clock, slog.New(slog.DiscardHandler))
	check(t, err)
	m.sys = sys
	check(t, sys.Register.Write(ctx, "uji", "kantor", missionOffice()...))
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	check(t, err)
	m.url = "http://" + listener.Addr().String()
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() {
		ended <- sys.serve(ctx, listener, handlers.Options{BaseURL: m.url, Demo: true, Version: "uji"})
	}()
	t.Cleanup(func() {
		stop()
		check(t, <-ended)
		check(t, sys.Close())
	})
	return m
}

func missionOffice() []survey.Draft {
	key := survey.APIKey{ID: "simpeg", Name: "Simpeg", Hash: sha(missionSecret)}
	objects := []survey.Object{
		survey.Agency{Name: "Pemerintah Kota Semarang"},
		survey.Unit{Code: "33.74.09", Name: "Kecamatan Gajahmungkur", Zone: survey.WIB},
		survey.Unit{Code: "33.74", Name: "Kota Semarang", Zone: survey.WIB},
		survey.Unit{Code: "33.74.09.1001", Name: "Kelurahan Sampangan", Zone: survey.WIB},
		survey.Service{Code: "KTP", Unit: "33.74.09", Name: "KTP-el", WaitLimit: 30},
		survey.Service{Code: "SKU", Unit: "33.74.09.1001", Name: "Surat keterangan usaha"},
		survey.Counter{Code: "L1", Unit: "33.74.09", Name: "Loket 1"},
		survey.Counter{Code: "L2", Unit: "33.74.09.1001", Name: "Loket 2"},
		survey.Officer{ID: siti, Employment: survey.PNS, Name: "Siti Rahmawati", Unit: "33.74.09"},
		survey.Officer{ID: budi, Employment: survey.PNS, Name: "Budi Santoso", Unit: "33.74.09"},
		survey.Duty{Counter: "L1", Officer: siti, From: "2026-11-16T08:00", To: "2026-11-16T16:00"},
		survey.Duty{Counter: "L1", Officer: budi, From: "2026-11-17T08:00", To: "2026-11-17T16:00"},
		survey.Duty{Counter: "L2", Officer: siti, From: "2026-11-18T08:00", To: "2026-12-31T16:00"},
		survey.Sheet{ID: "KESAN001", Counter: "L1", ValidFrom: "2026-01-01"},
		survey.Sheet{ID: "KESAN002", Counter: "L2", ValidFrom: "2026-01-01"},
		survey.Cycle{ID: "2026-TW4", State: survey.CycleOpen, Version: 1},
		survey.Account{Username: "admin", Name: "Administrator", Role: survey.RoleAdmin},
		survey.Account{Username: "sdm", Name: "Kepegawaian", Role: survey.RoleHR},
		survey.Account{Username: "kepala", Name: "Kepala Kecamatan", Role: survey.RoleUnitHead, Unit: "33.74.09"},
		key,
	}
	drafts := make([]survey.Draft, len(objects))
	for i, object := range objects {
		drafts[i] = survey.Draft{Object: object}
	}
	return drafts
}

func (m *missionRun) clock() time.Time { return *m.now.Load() }

// at sets the clock to a local time in Semarang.
func (m *missionRun) at(local string) {
	m.t.Helper()
	now, err := time.ParseInLocation("2006-01-02 15:04", local, survey.WIB.Location())
	check(m.t, err)
	m.now.Store(&now)
}

// settle waits until every answer is in its tally.
func (m *missionRun) settle() {
	m.t.Helper()
	check(m.t, m.sys.Tallier.Sweep(m.t.Context(), "", "2026-10-01", "2027-01-31"))
}

func newClient(t *testing.T) *http.Client {
	jar, err := cookiejar.New(nil)
	check(t, err)
	return &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
}

func (m *missionRun) signIn(username string) *http.Client {
	m.t.Helper()
	password := "kata-sandi-uji-" + username + "1"
	check(m.t, auth.New(m.sys.Store, m.sys.Clock, false).SetPassword(m.t.Context(), username, password))
	client := newClient(m.t)
	response, err := client.PostForm(m.url+"/masuk", url.Values{"nama": {username}, "sandi": {password}})
	check(m.t, err)
	response.Body.Close()
	if response.StatusCode != http.StatusSeeOther {
		m.t.Fatalf("sign in as %s: %s", username, response.Status)
	}
	return client
}

func (m *missionRun) get(client *http.Client, path string) []byte {
	m.t.Helper()
	response, err := client.Get(m.url + path)
	check(m.t, err)
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	check(m.t, err)
	if response.StatusCode != http.StatusOK {
		m.t.Fatalf("GET %s: %s\n%s", path, response.Status, body)
	}
	return body
}

func (m *missionRun) contains(client *http.Client, path string, texts ...string) {
	m.t.Helper()
	body := string(m.get(client, path))
	for _, text := range texts {
		if !strings.Contains(body, text) {
			m.t.Errorf("GET %s does not show %q", path, text)
		}
	}
}

// posterCode is the drawing of the QR code on a poster's page.
var posterCode = regexp.MustCompile(`<div class="code"><svg viewBox="([^"]+)"[^>]*><path d="([^"]+)"`)

// scan opens the poster page of a sheet, decodes the QR code that is drawn on it and returns the path that it names.
func (m *missionRun) scan(admin *http.Client, sheet string) string {
	m.t.Helper()
	drawn := posterCode.FindSubmatch(m.get(admin, "/kelola/lembar/"+sheet+"/poster"))
	if drawn == nil {
		m.t.Fatalf("the poster of %s has no QR code", sheet)
	}
	code := postertest.Read(m.t, postertest.Draw(m.t, string(drawn[1]), string(drawn[2])))
	address, err := url.Parse(strings.ToLower(code[:len(m.url)]) + code[len(m.url):])
	check(m.t, err)
	if address.Scheme+"://"+address.Host != m.url {
		m.t.Fatalf("the QR code leads to %s, not to %s", address, m.url)
	}
	return address.Path
}

var hiddenField = regexp.MustCompile(`<input type="hidden" name="(tanda|keadaan)" value="([^"]+)">`)

// step brings the cycle on as the page does: the form of the next step is opened, found to be the one meant, and sent.
func (m *missionRun) step(client *http.Client, button string) {
	m.t.Helper()
	const path = "/dasbor/siklus/2026-TW4/langkah"
	page := m.get(client, path)
	_, form, _ := bytes.Cut(page, []byte(`class="step"`)) // after the form that signs out
	sent := url.Values{"alasan": {"akhir triwulan"}}
	for _, field := range hiddenField.FindAllSubmatch(form, -1) {
		sent.Set(string(field[1]), string(field[2]))
	}
	if !bytes.Contains(form, []byte("<button>"+button+"</button>")) {
		m.t.Fatalf("the next step is not %q:\n%s", button, page)
	}
	response, err := client.PostForm(m.url+path, sent)
	check(m.t, err)
	response.Body.Close()
	if response.StatusCode != http.StatusSeeOther {
		m.t.Fatalf("%s: %s", button, response.Status)
	}
}

// open loads a survey page as a browser does and returns its hidden form token.
func (m *missionRun) open(page string) string {
	m.t.Helper()
	found := formToken.FindSubmatch(m.get(m.anon, page))
	if found == nil {
		m.t.Fatalf("the page %s has no form token", page)
	}
	return string(found[1])
}

func (m *missionRun) answer(page string, kompetensi, perilaku, minutes int) {
	m.t.Helper()
	m.send(page, m.open(page), kompetensi, perilaku, minutes)
}

func (m *missionRun) send(page, token string, kompetensi, perilaku, minutes int) {
	m.t.Helper()
	form := url.Values{survey.FieldForm: {token}, survey.FieldWait: {strconv.Itoa(minutes)}}
	for _, unsur := range survey.UnsurList {
		form.Set(string(unsur), "3")
	}
	form.Set(string(survey.Kompetensi), strconv.Itoa(kompetensi))
	form.Set(string(survey.Perilaku), strconv.Itoa(perilaku))
	response, err := m.anon.PostForm(m.url+page, form)
	check(m.t, err)
	response.Body.Close()
	if response.StatusCode != http.StatusSeeOther {
		m.t.Fatalf("answer: %s", response.Status)
	}
	m.contains(m.anon, response.Header.Get("Location"), "Terima kasih")
}

func (m *missionRun) pull(path string) []byte {
	m.t.Helper()
	request, err := http.NewRequest(http.MethodGet, m.url+path, nil)
	check(m.t, err)
	request.Header.Set("Authorization", "Bearer "+missionSecret)
	response, err := m.anon.Do(request)
	check(m.t, err)
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	check(m.t, err)
	if response.StatusCode != http.StatusOK {
		m.t.Fatalf("GET %s: %s\n%s", path, response.Status, body)
	}
	return body
}

type missionRow struct {
	Level     string      `json:"level"`
	Unit      string      `json:"unit"`
	NIP       string      `json:"nip"`
	Indicator string      `json:"indicator"`
	Value     json.Number `json:"value"`
	N         int64       `json:"n"`
	Status    string      `json:"status"`
}

// missionViews are the places where the figures of the cycle stand, by name.
type missionViews map[string]string

func (m *missionRun) views(hr, head *http.Client) missionViews {
	m.t.Helper()
	const cycle = "/dasbor/siklus/2026-TW4"
	return missionViews{
		"API":       string(m.pull("/api/v1/cycles/2026-TW4/results")),
		"CSV":       string(m.get(hr, cycle+"/nilai.csv")),
		"XLSX":      m.sheet(m.get(hr, cycle+"/nilai.xlsx")),
		"dashboard": m.page(head, "/dasbor/unit/33.74.09?siklus=2026-TW4"),
		siti:        m.page(hr, cycle+"/bukti/"+siti),
		budi:        m.page(hr, cycle+"/bukti/"+budi),
	}
}

// page returns what a page says, without the frame around it: the mark of its sign-out form is never the same.
func (m *missionRun) page(client *http.Client, path string) string {
	m.t.Helper()
	_, main, found := strings.Cut(string(m.get(client, path)), "<main ")
	if !found {
		m.t.Fatalf("GET %s gives no page", path)
	}
	return main
}

// check compares every view with the figures worked out by hand. final replaces the status of firm figures.
func (m *missionRun) check(views missionViews, final string) {
	m.t.Helper()
	m.checkFigures([]byte(views["API"]), final)
	m.checkFile("CSV", views["CSV"])
	m.checkFile("XLSX", views["XLSX"])
	for _, shown := range []string{"<strong>77,51</strong>", "86,31", "<strong>21 menit</strong>"} {
		if !strings.Contains(views["dashboard"], shown) {
			m.t.Errorf("the dashboard does not show %q", shown)
		}
	}
	for officer, wanted := range missionEvidence {
		got := evidenceFigures(views[officer])
		for _, want := range wanted {
			if !slices.Contains(got, want) {
				m.t.Errorf("the evidence of %s lacks %q: %q", officer, want, got)
			}
		}
	}
}

// checkFigures compares what HR pulled. final replaces the status of firm figures.
func (m *missionRun) checkFigures(body []byte, final string) {
	m.t.Helper()
	var page struct {
		Items []missionRow `json:"items"`
		Next  *string      `json:"next"`
	}
	check(m.t, json.Unmarshal(body, &page))
	if page.Next != nil {
		m.t.Errorf("so few rows go on at %q", *page.Next)
	}
	got := map[string]missionRow{}
	for _, row := range page.Items {
		got[fmt.Sprint(row.Level, row.Unit, row.NIP, row.Indicator)] = row
	}
	for _, want := range missionFigures {
		status := want.status
		if status == "provisional" && final != "" {
			status = final
		}
		row := got[fmt.Sprint(want.level, want.unit, want.nip, want.indicator)]
		if row.Value.String() != want.value || row.N != want.n || row.Status != status {
			m.t.Errorf("%s %s %s %s: value %s, n %d, %s; want %s, %d, %s", want.level, want.unit, want.nip, want.indicator,
				row.Value, row.N, row.Status, want.value, want.n, status)
		}
	}
}

// sheet returns the rows of an XLSX in the form of the CSV file.
func (m *missionRun) sheet(content []byte) string {
	m.t.Helper()
	book, err := excelize.OpenReader(bytes.NewReader(content))
	check(m.t, err)
	defer book.Close()
	rows, err := book.GetRows(book.GetSheetName(0), excelize.Options{RawCellValue: true})
	check(m.t, err)
	var text strings.Builder
	out := csv.NewWriter(&text)
	out.Comma = ';'
	check(m.t, out.WriteAll(rows))
	return text.String()
}

// checkFile compares a file. Its columns are found by their headings.
func (m *missionRun) checkFile(name, text string) {
	m.t.Helper()
	in := csv.NewReader(strings.NewReader(text))
	in.Comma, in.FieldsPerRecord = ';', -1
	rows, err := in.ReadAll()
	check(m.t, err)
	var got []string
	for _, row := range rows[1:] {
		var line []string
		for _, column := range []string{"Kode unit", "NIP", "Kode indikator", "Nilai", "Jumlah jawaban"} {
			if i := slices.Index(rows[0], column); i >= 0 && i < len(row) {
				line = append(line, plain(row[i], column))
			}
		}
		got = append(got, strings.Join(line, " "))
	}
	for _, want := range missionFigures {
		line := strings.Join([]string{want.unit, want.nip, want.indicator, want.value, strconv.FormatInt(want.n, 10)}, " ")
		if !slices.Contains(got, line) {
			m.t.Errorf("%s lacks %q:\n%s", name, line, strings.Join(got, "\n"))
		}
	}
}

// plain writes a cell as the API does: a NIP without its gaps, 62,50 as 62.5.
func plain(cell, column string) string {
	switch column {
	case "NIP":
		return strings.ReplaceAll(cell, " ", "")
	case "Nilai":
		cell = strings.Replace(cell, ",", ".", 1)
		if strings.Contains(cell, ".") {
			return strings.TrimSuffix(strings.TrimRight(cell, "0"), ".")
		}
	}
	return cell
}

var (
	evidenceUnit = regexp.MustCompile(`<h2>(.+?)( <span|</h2>)`)
	evidenceRow  = regexp.MustCompile(`<th scope="row">([^<]+)<span[^>]*>[^<]*</span></th>\s*<td class="num" data-label="Nilai"><strong>([^<]+)</strong>`)
)

// evidenceFigures reads the figures off an evidence page: unit, indicator, value.
func evidenceFigures(page string) [][3]string {
	var figures [][3]string
	for _, section := range strings.Split(page, "<section>")[1:] {
		unit := evidenceUnit.FindStringSubmatch(section)
		for _, row := range evidenceRow.FindAllStringSubmatch(section, -1) {
			figures = append(figures, [3]string{unit[1], row[1], row[2]})
		}
	}
	return figures
}

// firstDifference returns the first line in which two texts differ.
func firstDifference(a, b string) string {
	before, after := strings.Split(a, "\n"), strings.Split(b, "\n")
	for i, line := range before {
		if i >= len(after) || line != after[i] {
			return fmt.Sprintf("line %d: %s\n%s", i+1, line, strings.Join(after[min(i, len(after)):min(i+1, len(after))], ""))
		}
	}
	return fmt.Sprintf("%d lines, %d lines", len(before), len(after))
}

func sha(text string) []byte {
	sum := sha256.Sum256([]byte(text))
	return sum[:]
}

func check(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
