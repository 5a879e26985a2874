package main

import (
	"bytes"
	"encoding/base64"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/xuri/excelize/v2"
)

// A unit head signs in, sees the own unit, asks where a figure comes from, reads comments and takes the page along on paper.
func headLooks(t *testing.T, b *browser, s *site) {
	p := b.phone(t, s)
	p.signIn("kepala.gajahmungkur")
	p.menu("Dasbor")
	if p.path() == "/dasbor" {
		p.follow(`main a[href^="/dasbor/unit/33.74.09"]`)
	}
	p.shows("Kecamatan Gajahmungkur", "Seberapa baik pelayanan kita?", "Apa yang paling lemah?", "Apa yang berubah?")
	dashboard := p.path()
	figure := p.text(".how .big strong")
	p.shot("head-1-dashboard-360")
	equal(t, "status of the explanation", p.follow(".how .big a"), 200)
	p.shows("Dari mana angka ini?", figure, "Hitungan")
	p.shot("head-2-explain-360")
	p.follow("p.crumb a")
	equal(t, "back from the explanation", p.path(), dashboard)
	equal(t, "status of the comments", p.follow(`main a[href$="/komentar"]`), 200)
	p.shows("Komentar warga")
	p.shot("head-3-comments-360")

	p.open(dashboard)
	if sheets := p.print("head-4-dashboard"); sheets < 2 || sheets > 6 {
		t.Errorf("a dashboard takes %d sheets of paper", sheets)
	}
	equal(t, "status of another unit's page", p.open("/dasbor/unit/91.71"), 403)
	p.complaints()
	p.shot("head-5-refused")
	p.leave()
	p.clean()
}

// menu follows a link of the main menu.
func (p *tab) menu(label string) {
	p.t.Helper()
	found := js[bool](p, `(() => { const a = [...document.querySelectorAll("nav[aria-label=Utama] li a")].find(a => a.textContent == "`+label+`"); if (a) a.id = "uji-menu"; return !!a })()`)
	if !found {
		p.t.Fatalf("the menu has no %s\n%s", label, p.where())
	}
	p.follow("#uji-menu")
}

// leave signs out by the menu under the own name.
func (p *tab) leave() {
	p.t.Helper()
	p.press("details.who summary")
	p.follow("details.who form button")
	equal(p.t, "status of a closed page after signing out", p.open("/akun"), 200)
	equal(p.t, "a closed page leads to", p.path(), "/masuk")
}

// An officer who moved between counters sees the own figures and the evidence, and nobody else's.
func officerLooks(t *testing.T, b *browser, s *site) {
	p := b.phone(t, s)
	p.signIn("petugas.mutasi")
	p.menu("Nilai saya")
	p.shows("Yang perlu diketahui dahulu", "Jadwal 14 hari ke depan")
	p.shot("officer-1-own")
	equal(t, "status of the evidence", p.follow(`main a[href*="/bukti/"]`), 200)
	p.shot("officer-2-evidence")
	equal(t, "sheets of paper of the evidence", p.print("officer-3-evidence"), 1)
	own := p.path()
	other := s.Register.Office().Accounts["petugas.apotek"].Value.Officer
	equal(t, "status of a colleague's evidence", p.open(own[:strings.LastIndex(own, "/")+1]+other), 403)
	p.complaints()
	p.leave()
	p.clean()
}

// The personnel office opens a cycle, takes the table away and prints the evidence of a person.
func personnelLooks(t *testing.T, b *browser, s *site) {
	p := b.desk(t, s)
	p.signIn("kepegawaian")
	p.menu("Siklus")
	p.shows("Siklus penilaian")
	equal(t, "status of a cycle", p.follow(`main a[href="/dasbor/siklus/2026-TW4"]`), 200)
	p.shows("Nilai unit dan petugas", "Yang kurang")
	if sheets, rows := p.print("personnel-cycle"), js[int](p, `document.querySelectorAll(".subjects tbody tr").length`); rows < 90 || sheets > 5 {
		t.Errorf("a page of %d rows takes %d sheets of paper", rows, sheets)
	}

	p.do(chromedp.SendKeys(chromedp.CSS("#tingkat"), "Petugas"), chromedp.SendKeys(chromedp.CSS("#cari"), "RSUD"))
	equal(t, "status of a filtered table", p.follow("form.filter button"), 200)
	rows := p.download("main a[href*='nilai.xlsx']")
	if len(rows) < 5 {
		t.Errorf("the table that was taken away has %d lines", len(rows))
	}
	evidence := `table.figures a[href*="/bukti/"]`
	name := p.text(evidence)
	if !strings.Contains(strings.Join(flat(rows), "\n"), name) {
		t.Errorf("the table that was taken away lacks %s, whom the page shows", name)
	}
	equal(t, "status of the evidence", p.follow(evidence), 200)
	p.shows(name)
	equal(t, "sheets of paper of the evidence", p.print("personnel-evidence"), 1)
	p.leave()
	p.clean()
}

// download fetches what a link names, as the page may, and returns the lines of the sheet.
func (p *tab) download(selector string) [][]string {
	p.t.Helper()
	encoded := js[string](p, `fetch(document.querySelector("`+selector+`").href).then(r => r.ok ? r.bytes() : Promise.reject(r.status)).then(b => b.toBase64())`)
	content, err := base64.StdEncoding.DecodeString(encoded)
	check(p.t, err)
	book, err := excelize.OpenReader(bytes.NewReader(content))
	check(p.t, err)
	defer book.Close()
	rows, err := book.GetRows(book.GetSheetName(0))
	check(p.t, err)
	return rows
}

func flat(rows [][]string) []string {
	var cells []string
	for _, row := range rows {
		cells = append(cells, row...)
	}
	return cells
}
