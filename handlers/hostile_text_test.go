package handlers

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"fmt"
	"io"
	"net/url"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"kesan/public"
	"kesan/survey"
)

// Text that means something to a browser or a spreadsheet, wherever people may type text.

// markup breaks out of text, attributes, comments, styles and scripts at once.
const markup = `<xss/>"onxss=1 '><xss onxss=1>--></title></textarea></style></script><xss>{{.}}${1}`

// inert fails the test when a page holds markup as markup.
func (a *answer) inert(where string) {
	a.t.Helper()
	for node := range a.page().node.Descendants() {
		if node.Type != html.ElementNode {
			continue
		}
		if node.Data == "xss" {
			a.t.Errorf("%s: an element came through", where)
			return
		}
		for _, attribute := range node.Attr {
			if strings.Contains(attribute.Key, "xss") || strings.HasPrefix(attribute.Key, "on") || attribute.Key == "style" || attribute.Key == "srcdoc" {
				a.t.Errorf("%s: <%s> has %s", where, node.Data, attribute.Key)
			}
			value := strings.ToLower(strings.TrimSpace(attribute.Val))
			if (attribute.Key == "href" || attribute.Key == "src" || attribute.Key == "action") &&
				(strings.HasPrefix(value, "javascript:") || strings.HasPrefix(value, "data:") && value != "data:," || strings.HasPrefix(value, "//")) {
				a.t.Errorf("%s: %s leads to %q", where, attribute.Key, attribute.Val)
			}
		}
		if node.Data == "script" {
			if _, fetched := attribute(node, "src"); !fetched && node.FirstChild.Data != public.SurveyScript {
				a.t.Errorf("%s: a script that is not ours stands in the page", where)
			}
		}
	}
}

// hostileOffice names everything that has a name with markup, and has enough answers and comments for every page.
func hostileOffice(t *testing.T) *fixture {
	t.Helper()
	f := newFixture(t)
	named := func(what string) string { return what + " " + markup }
	question := func(q survey.Question) survey.Question {
		q.Text = named("tanya")
		for i := range q.Options {
			q.Options[i].Label = named("pilihan")
		}
		return q
	}
	form, _ := f.office().FormOf(ownUnit)
	form.ID, form.Name = "jahat", named("formulir")
	for i, q := range form.Unsur {
		form.Unsur[i] = question(q)
	}
	for i, q := range form.Profile {
		form.Profile[i] = question(q)
	}
	f.write(
		survey.Agency{Name: named("instansi"), Colour: "#0b5d4a"}, form,
		survey.Unit{Code: parentUnit, Name: named("kecamatan"), Zone: survey.WIB, Area: "33.74.09", Address: named("jalan"), Form: form.ID},
		survey.Unit{Code: ownUnit, Name: named("seksi"), Parent: parentUnit, Zone: survey.WIB, Address: named("jalan")},
		survey.Service{Code: "ktp", Unit: ownUnit, Name: named("layanan"), Cost: named("biaya"), Requirements: named("syarat")},
		survey.Service{Code: "kk", Unit: ownUnit, Name: named("layanan dua")},
		survey.Counter{Code: "loket-1", Unit: ownUnit, Name: named("loket")},
		survey.Counter{Code: "loket-2", Unit: ownUnit, Name: named("loket dua"), Services: []string{"kk"}},
		survey.Officer{ID: officerHead, Employment: survey.PNS, Name: named("atasan"), Unit: ownUnit},
		survey.Officer{ID: officerSiti, Employment: survey.PNS, Name: named("siti"), Unit: ownUnit, Appraiser: officerHead},
		survey.Officer{ID: `TK"><xss>'/..`, Employment: survey.NonASN, Name: named("kontrak"), Unit: ownUnit, Appraiser: officerHead},
		survey.Duty{Counter: "loket-2", Officer: `TK"><xss>'/..`, From: "2026-11-18T06:00", To: "2026-11-18T07:00"},
		survey.Holiday{Day: "2026-12-25", Name: named("libur")},
		survey.Sheet{ID: sheetOne, Counter: "loket-1", Place: named("meja"), ValidFrom: "2026-01-01"},
		survey.Sheet{ID: "KESAN00X", Counter: "loket-1", Place: named("meja"), ValidFrom: "2026-01-01", Revoked: true, Why: named("hilang")},
		survey.Account{Username: "admin", Name: named("admin"), Role: survey.RoleAdmin},
		survey.Account{Username: "kepegawaian", Name: named("hr"), Role: survey.RoleHR},
		survey.Account{Username: "kepala", Name: named("kepala"), Role: survey.RoleUnitHead, Unit: ownUnit},
		survey.Account{Username: "atasan", Name: named("atasan"), Role: survey.RoleAppraiser, Officer: officerHead},
		survey.Account{Username: "siti", Name: named("siti"), Role: survey.RoleOfficer, Officer: officerSiti},
		survey.APIKey{ID: "jahat", Name: named("kunci"), Hash: make([]byte, 32), Units: []string{ownUnit}},
	)
	for i := range 40 {
		answers := served("ktp", 2+i%3)
		answers.Comment = fmt.Sprint(named("komentar"), i)
		answers.Profile = map[string]string{"jenis_kelamin": "p"}
		f.answer(sheetOne, answers)
	}
	f.fold()
	return f
}

// Every page that links lead to, for every role, with names of markup everywhere.
func TestMarkupInNames(t *testing.T) {
	if testing.Short() {
		t.Skip("every page, one after another")
	}
	t.Parallel()
	f := hostileOffice(t)
	seen, shown := 0, 0
	for _, role := range allRoles {
		shown += f.crawl(f.as(role), map[string]bool{}, "/", &seen)
	}
	shown += f.crawl(f.anyone(), map[string]bool{}, "/", &seen)
	shown += f.crawl(f.anyone(), map[string]bool{}, here, &seen)
	f.pass(20 * 24 * time.Hour) // the month of the comments is over
	f.cookies = map[survey.Role]string{}
	a := f.as(survey.RoleUnitHead).get("/dasbor/unit/" + ownUnit + "/komentar?bulan=2026-11").is(200)
	a.says("komentar <xss/>")
	a.inert("comments")
	f.anyone().post(here, url.Values{"form": {markup}, markup: {markup}, "komentar": {markup}}).is(422).inert("the survey that comes back")
	if seen < 100 || shown < 50 {
		t.Errorf("%d pages were looked at, %d show a name of markup", seen, shown)
	}
}

// crawl follows the links of a client from a page on; it returns how many pages show markup as text.
func (f *fixture) crawl(c client, known map[string]bool, from string, seen *int) (shown int) {
	f.t.Helper()
	todo := []string{from}
	for len(todo) > 0 && len(known) < 400 {
		path := todo[0]
		todo = todo[1:]
		if known[path] {
			continue
		}
		known[path] = true
		a := c.get(path)
		if a.status >= 500 {
			f.t.Errorf("%s: %d", path, a.status)
		}
		if location := a.header.Get("Location"); location != "" {
			todo = append(todo, location)
		}
		if !strings.HasPrefix(a.header.Get("Content-Type"), "text/html") {
			continue
		}
		*seen++
		a.inert(path)
		if strings.Contains(a.page().text(), "<xss/>") {
			shown++
		}
		for _, link := range a.page().all("a") {
			if to := inside(path, link.attr("href")); to != "" && !known[to] {
				todo = append(todo, to)
			}
		}
	}
	return shown
}

// inside returns where a link leads to, if it stays here.
func inside(page, link string) string {
	base, err := url.Parse(page)
	if err != nil {
		return ""
	}
	u, err := base.Parse(link)
	if err != nil || u.Host != "" || u.Scheme != "" {
		return ""
	}
	u.Fragment = ""
	return u.String()
}

// Every page with every parameter that any page reads, holding markup.
func TestMarkupInParameters(t *testing.T) {
	if testing.Short() {
		t.Skip("every page, one after another")
	}
	t.Parallel()
	f := newFixture(t)
	f.answer(sheetOne, served("ktp", 4))
	f.fold()
	read := []string{"kabar", "cari", "siklus", "unit", "tingkat", "indikator", "status", "urut", "hal", "id", "tujuan", "jenis", "bulan", "bahasa", "semua", "loket", "hari", "petugas"}
	prefilled := []string{"code", "name", "kode", "nama", "tanggal", "lembar", "layanan", "versi", "cursor", "limit", "level", "indicator", "parent", "zone", "jam", "dari", "sampai"}
	admin := f.as(survey.RoleAdmin)
	for _, r := range f.routes() {
		if r.method != "GET" || r.path == "/metrics" {
			continue
		}
		path := concrete(r.path)
		for _, value := range []string{markup, "\x00\x01", "\xff\xfe", "-1", "99999999999999999999", strings.Repeat("9", 100), "../../etc/passwd", "\u202e\u0301", "{{.}}", "javascript:alert(1)", "//jahat.example"} {
			all := url.Values{}
			for _, name := range append(prefilled, read...) {
				all.Set(name, value)
			}
			f.parameter(admin, path, path+"?"+all.Encode())
		}
		for _, name := range read {
			f.parameter(admin, path, path+"?"+url.Values{name: {markup}}.Encode())
		}
	}
}

func (f *fixture) parameter(c client, path, address string) {
	f.t.Helper()
	a := c.get(address)
	if a.status >= 500 {
		f.t.Errorf("%s: %d", address, a.status)
	}
	if location := a.header.Get("Location"); strings.HasPrefix(location, "//") || strings.Contains(location, "://") {
		f.t.Errorf("%s leads to %q", address, location)
	}
	if strings.HasPrefix(a.header.Get("Content-Type"), "text/html") {
		a.inert(address)
	}
	if _, err := url.Parse(address); err != nil || path == "" {
		f.t.Errorf("%q is no address", address)
	}
}

// No cell of a file runs where it is opened.
func TestFormulasInFiles(t *testing.T) {
	t.Parallel()
	f := busyOffice(t)
	for i, name := range []string{`=HYPERLINK("http://jahat.example")`, "+62811", "-1+1", "@SUM(1)", "\t=1", " =1", "\r=1", "\n=1", "\u00a0=1", "\uff1d1", "\uff0b1", "\uff0d1", "\uff201", "\ufeff=1", "\u200b=1",
		"\u202e=1", `"=1"`, ";=1", "a\n=1", `=cmd|' /C calc'!A0`, "%=1", "'=1", "\u2066=1", "\x1b=1", "\u00ad=1"} {
		f.write(survey.Officer{ID: officerSiti, Employment: survey.PNS, Name: name, Unit: ownUnit, Appraiser: officerHead},
			survey.Unit{Code: ownUnit, Name: name, Parent: parentUnit, Zone: survey.WIB}, survey.Agency{Name: name})
		admin := f.as(survey.RoleAdmin)
		csvFile := admin.get(cyclePath + "/nilai.csv").is(200).body
		checkCells(t, fmt.Sprint("figures ", i), csvFile)
		for _, kind := range []string{"unit", "petugas", "layanan", "loket"} {
			if a := admin.get("/kelola/ekspor/" + kind); a.status == 200 {
				checkCells(t, fmt.Sprint(kind, " ", i), a.body)
			}
		}
		checkSheets(t, fmt.Sprint("xlsx ", i), admin.get(cyclePath+"/nilai.xlsx").is(200).body)
	}
}

func checkCells(t *testing.T, where, file string) {
	t.Helper()
	r := csv.NewReader(strings.NewReader(strings.TrimPrefix(file, "\ufeff")))
	r.Comma, r.FieldsPerRecord, r.LazyQuotes = ';', -1, true
	if first, _, _ := strings.Cut(file, "\n"); strings.Count(first, ",") > strings.Count(first, ";") {
		r.Comma = ','
	}
	lines, err := r.ReadAll()
	must(t, err)
	for _, line := range lines {
		for _, cell := range line {
			if runs(cell) {
				t.Errorf("%s: cell %q", where, cell)
			}
		}
	}
}

// runs says whether a spreadsheet may take a cell for a formula, after leaving out what it does not show.
func runs(cell string) bool {
	cell = strings.TrimLeftFunc(cell, func(r rune) bool {
		return r <= ' ' || r == 0x7f || r == 0xa0 || r == 0xad || r == 0xfeff || 0x200b <= r && r <= 0x200f || 0x202a <= r && r <= 0x202e || 0x2060 <= r && r <= 0x206f
	})
	if cell == "" || !strings.ContainsRune("=+-@\uff1d\uff0b\uff0d\uff20", []rune(cell)[0]) {
		return false
	}
	return cell[0] != '-' || strings.Trim(cell[1:], "0123456789,.") != "" // a number may be negative
}

// checkSheets looks for formulas and links in the parts of a workbook.
func checkSheets(t *testing.T, where, file string) {
	t.Helper()
	archive, err := zip.NewReader(bytes.NewReader([]byte(file)), int64(len(file)))
	must(t, err)
	for _, part := range archive.File {
		opened, err := part.Open()
		must(t, err)
		body, err := io.ReadAll(opened)
		must(t, err)
		for _, bad := range []string{"<f>", "<f ", "<hyperlink", "externalLink", "ddeLink", "vbaProject"} {
			if bytes.Contains(body, []byte(bad)) {
				t.Errorf("%s: %s holds %s", where, part.Name, bad)
			}
		}
		if bytes.ContainsAny(body, "\x00\x1b") {
			t.Errorf("%s: %s holds a control character", where, part.Name)
		}
	}
}
