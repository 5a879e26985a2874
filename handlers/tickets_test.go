package handlers

import (
	"net/url"
	"strings"
	"testing"

	"kesan/handlers/poster/postertest"
	"kesan/survey"
)

// A printed ticket is scanned and typed, and both open the same form.
func TestPrintedTickets(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	head := f.as(survey.RoleUnitHead)
	head.get("/kumpulkan").is(200).says("Tiket sekali pakai")
	head.get("/kumpulkan/tiket").is(200).says("Loket 1, Seksi Pelayanan Umum").hides("Loket Poli", "Loket 9")
	head.get("/kumpulkan/tiket?loket=loket-1").is(200).says("Tiket untuk Loket 1", "Siti Rahmawati", "Perekaman KTP-el").hides("Yohana")
	for paper, size := range map[string]string{"58": "58mm 100mm", "80": "80mm 110mm", "a4": "A4 portrait"} {
		sheet := head.post("/kumpulkan/tiket", url.Values{"loket": {"loket-1"}, "banyak": {"3"}, "layanan": {"ktp"}, "petugas": {officerSiti}, "kertas": {paper}}).is(200)
		sheet.says("3 tiket untuk Loket 1", "Perekaman KTP-el", "Seksi Pelayanan Umum", "kesan.test/t", "Berlaku 18 November 2026, satu kali")
		if !strings.Contains(sheet.body, "@page{margin:0;size:"+size+"}") {
			t.Errorf("paper %s has no page of its size", paper)
		}
		slips := sheet.page().all(".slip")
		if len(slips) != 3 {
			t.Fatalf("%d slips", len(slips))
		}
		for _, slip := range slips {
			address := postertest.Read(t, rasterise(t, slip.one("svg")))
			token, ok := strings.CutPrefix(address, "HTTP://KESAN.TEST/S/")
			if !ok {
				t.Fatalf("the QR code says %q", address)
			}
			f.anyone().post("/t", url.Values{"kode": {slip.one(".code").text()}}).to("/s/" + token)
			f.anyone().get("/S/" + token).is(200).says("Loket 1, Perekaman KTP-el")
		}
	}
	if lines, err := f.Audit.Lines(t.Context(), "2026-11"); err != nil || len(lines) != 3 || lines[0].Who != "kepala" || lines[0].Object != "loket-1 3" {
		t.Errorf("audit %+v, %v", lines, err)
	}
}

func TestPrintedTicketsRefused(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	head := f.as(survey.RoleUnitHead)
	good := url.Values{"loket": {"loket-1"}, "banyak": {"3"}, "kertas": {"a4"}}
	for field, test := range map[string]struct{ value, says string }{
		"banyak":  {"0", "Banyaknya tiket"},
		"layanan": {"poli", "Layanan ini tidak dilayani di loket itu."},
		"petugas": {officerForeign, "Tidak ada petugas aktif"},
		"kertas":  {"folio", "Pilih salah satu."},
	} {
		bad := url.Values{}
		for name, values := range good {
			bad[name] = values
		}
		bad.Set(field, test.value)
		head.post("/kumpulkan/tiket", bad).is(422).says("Kesalahan: Tiket untuk Loket 1", test.says)
	}
	foreign := url.Values{"loket": {"loket-poli"}, "banyak": {"3"}, "kertas": {"a4"}}
	head.post("/kumpulkan/tiket", foreign).is(404)
	head.get("/kumpulkan/tiket?loket=loket-poli").is(422).says("Pilih loket dari daftar.")
	f.as(survey.RoleAdmin).post("/kumpulkan/tiket", foreign).is(200).says("Loket Poli")
	local := newFixture(t, func(_ *System, o *Options) { o.BaseURL = "http://localhost:8080" })
	local.as(survey.RoleAdmin).post("/kumpulkan/tiket", good).is(409).says("http://localhost:8080")
}
