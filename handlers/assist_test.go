package handlers

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"kesan/survey"
)

const assistOne = "/kumpulkan/dampingi?loket=loket-1"

// entry returns what a member of staff sends who entered 3 for everything.
func (c client) entry() url.Values {
	c.f.t.Helper()
	form := url.Values{"layanan": {"ktp"}, "komentar": {"Antrenya rapi."}}
	for _, hidden := range c.get(assistOne).is(200).page().all("form.assist input[type=hidden]") {
		form.Set(hidden.attr("name"), hidden.attr("value"))
	}
	for _, u := range survey.UnsurList {
		form.Set(string(u), "3")
	}
	return form
}

func TestAssistedEntry(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	f.write(survey.Duty{Counter: "loket-1", Officer: officerSiti, From: "2026-11-18T08:00", To: "2026-11-18T16:00"})
	head := f.as(survey.RoleUnitHead)
	head.get("/kumpulkan").is(200).says("Tiket sekali pakai", "Dampingi warga")
	head.get("/kumpulkan/dampingi").is(200).says("Loket 1, Seksi Pelayanan Umum").hides("Loket Poli")
	head.get("/kumpulkan/dampingi?loket=loket-poli").is(422).says("Pilih loket dari daftar.")
	head.get(assistOne).is(200).says("Bacakan:", "Nama Bapak atau Ibu tidak dicatat", "Hari ini Anda sudah memasukkan 0 jawaban").hides("untuk unit saja")
	form := head.entry()
	for range 2 { // a double tap is one answer
		head.post("/kumpulkan/dampingi", form).to(assistOne + "&kabar=jawaban_masuk")
	}
	head.get(assistOne+"&kabar=jawaban_masuk").is(200).says("Jawaban tersimpan.", "Hari ini Anda sudah memasukkan 1 jawaban")
	form.Set("waktu", "1")
	head.post("/kumpulkan/dampingi", form).to(assistOne + "&kabar=jawaban_lama")
	responses := f.responses(ownUnit)
	if len(responses) != 1 {
		t.Fatalf("%d answers stored, want 1", len(responses))
	}
	got := responses[0]
	if got.Channel != survey.ChannelAssisted || got.Trust != survey.TrustAssisted || got.Officer != officerSiti || got.Comment != "Antrenya rapi." {
		t.Errorf("stored %+v", got)
	}
	// Who entered is not stored with the answer; how many somebody entered is.
	if body := string(got.Record().Body); strings.Contains(body, "kepala") {
		t.Errorf("the answer names who entered it: %s", body)
	}
	f.as(survey.RoleAdmin).get("/kelola/riwayat/audit").is(200).says("Jawaban yang dimasukkan pegawai", "18 November 2026 kepala 1")
}

func TestAssistedEntryMended(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	head := f.as(survey.RoleUnitHead)
	form := head.entry()
	form.Del("perilaku")
	form.Set("menit_tunggu", "lama")
	page := head.post("/kumpulkan/dampingi", form).is(422).says("Kesalahan: Dampingi warga", "Belum tersimpan", "Pilih satu jawaban.", "0 sampai 480 menit", "Antrenya rapi.")
	if !page.page().one("[name=waktu][value=3]").has("checked") {
		t.Error("what was typed is gone")
	}
	f.at(morning.Add(25 * time.Hour))
	fresh := client{f: f, cookie: f.signIn(survey.RoleUnitHead)}
	form.Del("tanda") // of the session before
	fresh.post("/kumpulkan/dampingi", form).is(409).says("lebih dari sehari", "Antrenya rapi.")
	if n := len(f.responses(ownUnit)); n != 0 {
		t.Errorf("%d answers stored, want none", n)
	}
}

// An officer who is on duty enters answers for the unit alone, and is told so.
func TestAssistedEntryAboutOneself(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	officer := f.as(survey.RoleOfficer)
	self := ""
	for _, held := range f.office().Accounts {
		if held.Value.Role == survey.RoleOfficer {
			self = held.Value.Officer
		}
	}
	var cancelled []survey.Draft
	for _, held := range f.office().Duties {
		if held.Value.Counter == "loket-1" && !held.Value.Cancelled {
			held.Value.Cancelled = true
			cancelled = append(cancelled, survey.Draft{Object: held.Value, Base: held.Revision})
		}
	}
	must(t, f.Register.Write(t.Context(), "uji", "", cancelled...))
	empty := officer.entry()
	empty.Del("waktu")
	officer.post("/kumpulkan/dampingi", empty).is(422).hides("untuk unit saja") // nobody is on duty
	f.write(survey.Duty{Counter: "loket-1", Officer: self, From: "2026-11-18T07:00", To: "2026-11-18T17:00"})
	officer.get(assistOne).is(200).says("untuk unit saja", "penilaian tentang diri sendiri")
	empty = officer.entry()
	empty.Del("waktu")
	officer.post("/kumpulkan/dampingi", empty).is(422).says("untuk unit saja")
	officer.post("/kumpulkan/dampingi", officer.entry()).to(assistOne)
	if responses := f.responses(ownUnit); len(responses) != 1 || responses[0].Officer != "" {
		t.Errorf("stored %+v, want one answer for the unit alone", responses)
	}
	form := f.as(survey.RoleUnitHead).entry() // about the officer
	officer.post("/kumpulkan/dampingi", form).is(403)
}
