package handlers

import (
	"encoding/base64"
	"encoding/hex"
	"errors"
	"net/url"
	"strings"
	"testing"
	"time"

	"kesan/survey"
)

// left is what a citizen types into the contact page, with changes: name, value, ...
func left(changes ...string) url.Values {
	form := url.Values{"nama": {"Maria Kogoya"}, "kontak": {"0812-3456-7890"}, "pesan": {"Mohon dihubungi soal akta."}, "setuju": {"1"}, "bahasa": {"id"}}
	for i := 0; i < len(changes); i += 2 {
		form.Set(changes[i], changes[i+1])
	}
	return form
}

// contactOf returns the address of the contact page of a new answer.
func (f *fixture) contactOf(sheet string) string {
	f.t.Helper()
	return "/terima-kasih/" + f.answer(sheet, served("ktp", 4)) + "/pesan"
}

// A citizen asks for a reply; the head of the unit reads it, takes care of it and deletes it.
func TestContact(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	receipt := "/terima-kasih/" + f.answer(sheetOne, served("ktp", 2))
	link := f.anyone().get(receipt).is(200).says("Ingin dihubungi?", "tidak dapat dihubungkan dengan jawaban Anda", "Buka LAPOR!").page().one("a[href=" + receipt + "/pesan?bahasa=id]")
	a := f.anyone().get(link.attr("href")).is(200)
	a.says("Tulis pesan terpisah", "Belum 18 tahun?", "hanya untuk menghubungi saya. Semuanya dihapus paling lambat 90 hari setelah hari ini.").hides("Loket 1", sheetOne)
	if a.page().one("#setuju").has("checked") {
		t.Error("the consent is given in advance")
	}
	if back := f.anyone().post(receipt+"/pesan", left()).to(receipt); back != receipt+"?bahasa=id" {
		t.Errorf("sent to %q", back)
	}
	f.anyone().get(receipt).is(200).says("Pesan Anda sudah kami terima, terpisah dari jawaban Anda.").hides("/pesan?", "Maria")
	f.anyone().get(receipt + "/pesan").to(receipt)

	head := f.as(survey.RoleUnitHead)
	head.get(ownDashboard).is(200).says("1 pesan warga menunggu tanggapan Anda.")
	f.as(survey.RoleHR).get(ownDashboard).is(200).hides("pesan warga")
	page := head.get("/dasbor/pesan").is(200).says("Baru (1)", "Mohon dihubungi soal akta.", "Maria Kogoya", "0812-3456-7890", "18 November 2026, Seksi Pelayanan Umum",
		"Terhapus otomatis paling lambat 16 Februari 2027.").page()
	id := page.all("input[name=pesan]")[0].attr("value")
	head.post("/dasbor/pesan/tangani", url.Values{"pesan": {id}}).to("/dasbor/pesan")
	head.get("/dasbor/pesan").is(200).says("Sudah ditangani (1)", "Maria Kogoya").hides("Baru (")
	head.get(ownDashboard).is(200).hides("pesan warga")
	head.post("/dasbor/pesan/tangani", url.Values{"pesan": {id}}).to("/dasbor/pesan")
	head.get("/dasbor/pesan").is(200).says("Baru (1)")
	f.as(survey.RoleAdmin).get("/dasbor/pesan").is(200).says("Seksi Pelayanan Umum").hides("Maria", "0812", "akta").says("Baru")
	head.post("/dasbor/pesan/hapus", url.Values{"pesan": {id}}).to("/dasbor/pesan")
	head.get("/dasbor/pesan?kabar=pesan_dihapus").is(200).says("Belum ada pesan.", "Pesan dan kontaknya sudah dihapus.").hides("Maria")
	head.post("/dasbor/pesan/hapus", url.Values{"pesan": {id}}).is(404)
	f.as(survey.RoleAdmin).get("/kelola/riwayat/audit").is(200).says("Membaca pesan warga", "Menghapus pesan warga")
}

// What is wrong is said at the field and above, and nothing typed is lost; without consent nothing is kept.
func TestContactMistakes(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	address := f.contactOf(sheetOne)
	tests := []struct{ name, field, value, says string }{
		{"no consent", "setuju", "", "Centang persetujuan bila ingin mengirim pesan."},
		{"no way to reach", "kontak", " ", "Tulis satu nomor telepon atau alamat e-mail."},
		{"a word", "kontak", "rumah", "Periksa kontak: tulis nomor telepon 8 sampai 15 angka"},
		{"seven digits", "kontak", "0812345", "Periksa kontak"},
		{"half an e-mail", "kontak", "maria@", "Periksa kontak"},
		{"two e-mails", "kontak", "a@b.id, c@d.id", "Periksa kontak"},
		{"no message", "pesan", "", "Tulis pesan Anda."},
		{"long message", "pesan", strings.Repeat("panjang ", 130), "Pesan terlalu panjang: 1.039 huruf. Pendekkan menjadi paling banyak 1.000 huruf."},
		{"long name", "nama", strings.Repeat("x", 81), "Nama terlalu panjang: 81 huruf."},
		{"NUL", "pesan", "a\x00b", "tanda yang tidak dapat dibaca"},
	}
	for _, test := range tests {
		page := f.anyone().post(address, left(test.field, test.value)).is(422).says(test.says, "Pesan Anda belum terkirim.").page()
		if title := page.one("title").text(); title != "Kesalahan: Ingin dihubungi" {
			t.Errorf("%s: title %q", test.name, title)
		}
		if got := page.one("div.sum a").attr("href"); got != "#"+test.field || page.one("#"+test.field+"-e").text() == "" {
			t.Errorf("%s: the summary leads to %q", test.name, got)
		}
		if test.field != "kontak" && page.one("#kontak").attr("value") != "0812-3456-7890" {
			t.Errorf("%s: the contact is lost", test.name)
		}
	}
	f.as(survey.RoleUnitHead).get("/dasbor/pesan").is(200).says("Belum ada pesan.")
	for _, reach := range []string{"+62 812 3456 7890", "maria@contoh.id", "(0967) 531.234"} {
		f.anyone().post(f.contactOf(sheetOne), left("kontak", reach)).to("/terima-kasih/")
	}
	f.anyone().post(address, left("bahasa", "en", "setuju", "")).is(422).says("Error: Ask for a reply", "Without it we do not keep anything.")
}

// A receipt is good for one contact, while it opens; no other address is.
func TestContactOnce(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	address := f.contactOf(sheetOne)
	f.anyone().post(address, left("pesan", "pertama")).to("/terima-kasih/")
	f.anyone().post(address, left("pesan", "kedua")).to("/terima-kasih/")
	f.as(survey.RoleUnitHead).get("/dasbor/pesan").is(200).says("pertama").hides("kedua")
	f.anyone().post("/terima-kasih/AAAA/pesan", left()).is(404)
	f.anyone().post(strings.Replace(address, "/pesan", "A/pesan", 1), left()).is(404)
	late := f.contactOf(sheetOne)
	f.pass(3 * 24 * time.Hour)
	f.anyone().get(late).is(410)
	f.anyone().post(late, left("pesan", "terlambat")).is(410)
	if contacts, err := f.contacts.List(t.Context(), func(string) bool { return true }); err != nil || len(contacts) != 1 {
		t.Errorf("kept %+v, %v", contacts, err)
	}
}

// Other units' messages do not exist for a head; where no head reads them none are asked for.
func TestContactScope(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	head := f.as(survey.RoleUnitHead) // of another unit
	foreign := f.contactOf(sheetForeign)
	receipt := strings.TrimSuffix(foreign, "/pesan")
	f.anyone().get(receipt).is(200).hides("/pesan?")
	f.anyone().get(foreign).is(404)
	f.anyone().post(foreign, left()).is(404)
	f.write(survey.Account{Username: "kepala.pkm", Name: "Kepala Puskesmas", Role: survey.RoleUnitHead, Unit: foreignUnit})
	f.anyone().get(receipt).is(200).says("Ingin dihubungi?")
	f.anyone().post(foreign, left("pesan", "untuk puskesmas")).to("/terima-kasih/")
	contacts, err := f.contacts.List(t.Context(), func(string) bool { return true })
	must(t, err)
	if len(contacts) != 1 || contacts[0].Unit != foreignUnit {
		t.Fatalf("kept %+v", contacts)
	}
	head.get("/dasbor/pesan").is(200).says("Belum ada pesan.").hides("puskesmas")
	for _, id := range []string{contacts[0].ID, "", "x", "2026-11-18/" + ownUnit + "/x", "../sesi"} {
		head.post("/dasbor/pesan/tangani", url.Values{"pesan": {id}}).is(404)
		head.post("/dasbor/pesan/hapus", url.Values{"pesan": {id}}).is(404)
	}
	if kept, err := f.contacts.Contact(t.Context(), contacts[0].ID); err != nil || kept.Handled {
		t.Errorf("a stranger changed it: %+v, %v", kept, err)
	}
	f.as(survey.RoleAdmin).get("/dasbor/pesan").is(200).says("Puskesmas Kotaraja").hides("untuk puskesmas", "Maria")
}

// The words that were typed are nowhere but in one entry, and that goes with its time. Nothing that is kept for a contact
// has anything of the answer, its receipt or its sheet, or tells the hour.
func TestContactIsApart(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	text := f.answer(sheetOne, served("ktp", 1))
	receipt, err := survey.ReadReceipt(f.Keys, text)
	must(t, err)
	f.anyone().post("/terima-kasih/"+text+"/pesan", left("pesan", "TANDAPESAN")).to("/terima-kasih/")
	contacts, err := f.contacts.List(t.Context(), func(string) bool { return true })
	must(t, err)
	id := contacts[0].ID
	if parts := strings.Split(id, "/"); len(parts) != 3 || parts[0] != "2026-11-18" || parts[1] != ownUnit {
		t.Errorf("ID %q", id)
	}
	entry, err := f.Store.Entry(t.Context(), "contact/"+id, f.Clock.Now())
	must(t, err)
	if want := time.Date(2027, 2, 16, 0, 0, 0, 0, time.UTC); !entry.Expires.Equal(want) {
		t.Errorf("kept until %s, want %s", entry.Expires, want)
	}
	if want := `{"name":"Maria Kogoya","reach":"0812-3456-7890","message":"TANDAPESAN"}`; string(entry.Value) != want {
		t.Errorf("kept %s, want %s", entry.Value, want)
	}
	kept := id + string(entry.Value)
	for document, err := range f.Store.Documents(t.Context(), "contact", "") {
		must(t, err)
		kept += document.ID + string(document.Body)
		if len(document.Body) != 0 {
			t.Errorf("the list holds %q", document.Body)
		}
	}
	response := f.responses(ownUnit)[0]
	for _, tie := range []string{text, receipt.Code, receipt.Counter, sheetOne, "loket-1", officerSiti, hex.EncodeToString(response.ID[:]),
		base64.StdEncoding.EncodeToString(response.ID[:]), string(response.ID[:]), "10.00", "T03"} {
		if strings.Contains(kept, tie) {
			t.Errorf("%q is in what is kept: %q", tie, kept)
		}
	}
	f.at(time.Date(2027, 2, 16, 0, 0, 0, 0, time.UTC))
	if contacts, err = f.contacts.List(t.Context(), func(string) bool { return true }); err != nil || len(contacts) != 0 {
		t.Errorf("after its time: %v, %v", contacts, err)
	}
	must(t, f.Store.DeleteExpired(t.Context(), f.Clock.Now()))
	if _, err := f.Store.Entry(t.Context(), "contact/"+id, morning); !errors.Is(err, survey.ErrNotFound) {
		t.Errorf("it was not swept: %v", err)
	}
}

// The agency says for how long; the page tells it, and what was promised before stays so.
func TestContactRetention(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	f.anyone().post(f.contactOf(sheetOne), left("pesan", "lama")).to("/terima-kasih/")
	f.write(survey.Agency{Name: "Pemerintah Kota Semarang", Colour: "#0b5d4a", KeepContacts: 7})
	address := f.contactOf(sheetOne)
	f.anyone().get(address).is(200).says("paling lambat 7 hari setelah hari ini")
	f.anyone().post(address, left("pesan", "singkat")).to("/terima-kasih/")
	head := f.as(survey.RoleUnitHead)
	head.get("/dasbor/pesan").says("lama", "singkat", "Terhapus otomatis paling lambat 25 November 2026.")
	f.pass(7 * 24 * time.Hour)
	contacts, err := f.contacts.List(t.Context(), func(string) bool { return true })
	must(t, err)
	if len(contacts) != 1 || contacts[0].Message != "lama" {
		t.Errorf("after a week %+v", contacts)
	}
	all := func(string) bool { return true }
	for _, days := range []time.Duration{22, 3} { // 29 and 32 days after it was left; it is kept for 90
		f.pass(days * 24 * time.Hour)
		waiting, err := f.contacts.Waiting(t.Context(), all)
		must(t, err)
		if kept, err := f.contacts.List(t.Context(), all); err != nil || len(kept) != 1 || waiting != int64(days/22) {
			t.Errorf("%d waiting of %d, %v", waiting, len(kept), err)
		}
	}
}
