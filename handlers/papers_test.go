package handlers

import (
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"kesan/survey"
)

// A bundle goes from the printer over two passes and a decision to the answers.
func TestPaperForms(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	head := f.as(survey.RoleUnitHead)
	head.get("/kumpulkan").is(200).says("Formulir kertas")
	head.get("/kumpulkan/kertas").is(200).says("Belum ada bundel", "Loket 1, Seksi Pelayanan Umum").hides("Loket Poli")
	batch := strings.TrimSuffix(head.post("/kumpulkan/kertas", url.Values{"loket": {"loket-1"}, "tanggal": {"2026-11-18"}, "banyak": {"12"}}).to("/kumpulkan/kertas/"), "?kabar=bundel_dibuat")
	head.get(batch+"?kabar=bundel_dibuat").is(200).says("Bundel sudah dibuat.", "12 lembar", "Cetak formulir")
	id := strings.TrimPrefix(batch, "/kumpulkan/kertas/")
	head.get("/kumpulkan/kertas").is(200).says(id, "18 November 2026")
	sheets := head.get(batch+"/cetak").is(200).says(id+" / 1", id+" / 12", "Perekaman KTP-el", "Lingkari satu angka", "10. Jenis kelamin", "13. Pekerjaan").page().all(".sheet")
	if len(sheets) != 12 || len(sheets[0].all("ol li")) != 9 || len(sheets[0].all(".o span")) != 36 {
		t.Errorf("%d sheets", len(sheets))
	}

	enter := func(pass string, form url.Values) *answer { return head.post(batch+"/isi/"+pass, form) }
	head.get(batch+"/isi/1").is(200).says("Pengetikan pertama", "1 Kartu Keluarga; 2 Perekaman KTP-el", "10 lembar berikutnya", "4 tanda untuk nomor 10 sampai 13")
	head.get(batch+"/isi/1?hal=2").is(200).says("11", "12", "10 lembar sebelumnya")
	wrong := enter("1", url.Values{"hal": {"1"}, "service-1": {"2"}, "unsur-1": {"44444444"}, "comment-1": {"Ramah"}}).is(422).says("Ketik 9 angka berurutan")
	if row := wrong.page().one("input[name=unsur-1]"); row.attr("value") != "44444444" || row.attr("aria-invalid") != "true" || !row.has("autofocus") {
		t.Error("what was typed is gone, not marked or not where work goes on")
	}
	enter("1", url.Values{"hal": {"1"}, "service-1": {"2"}, "unsur-1": {"444444444"}, "rest-1": {"26"}}).is(422).says("Ketik 4 tanda untuk nomor 10 sampai 13")
	enter("1", url.Values{"hal": {"1"}, "service-1": {"2"}, "unsur-1": {"444 444 444"}, "rest-1": {"26-9"}, "service-2": {"1"}, "unsur-2": {"33333333-"}, "wait-2": {"15"}, "comment-2": {"Antre"}}).to(batch + "/isi/1?hal=1")
	enter("2", url.Values{"hal": {"1"}, "service-1": {"2"}, "unsur-1": {"444444444"}, "rest-1": {"2509"}, "service-2": {"1"}, "unsur-2": {"333333330"}, "wait-2": {"51"}, "comment-2": {" Antre"}}).to(batch + "/isi/2?hal=1")
	head.get(batch).says("0 lembar cocok, 2 berbeda, 0 sudah menjadi jawaban")
	head.get(batch+"/banding").is(200).says("Lembar 1: Jawaban sesudah unsur, pertanyaan 11", "Lembar 2: Menit menunggu", "Pertama: 15", "Kedua: 51")
	head.post(batch+"/banding", url.Values{"wait-2": {"2"}, "rest-1": {"1"}}).to(batch + "?kabar=bundel_masuk")
	head.get(batch+"?kabar=bundel_masuk").says("0 lembar cocok, 0 berbeda, 2 sudah menjadi jawaban", "kini menjadi jawaban")
	head.post(batch+"/banding", nil).to(batch + "?kabar=bundel_tunggu")
	head.get(batch + "/isi/1").says("sudah menjadi jawaban")
	responses := f.responses(ownUnit)
	if len(responses) != 2 {
		t.Fatalf("%d answers stored, want 2", len(responses))
	}
	for _, got := range responses {
		if got.Channel != survey.ChannelPaper || got.Trust != survey.TrustAssisted || got.Service == "kk" && (*got.Wait != 51 || len(got.Unsur) != 8) ||
			got.Service == "ktp" && (got.Profile["usia"] != "56" || len(got.Profile) != 3) {
			t.Errorf("stored %+v", got)
		}
	}
	if lines, err := f.Audit.Lines(t.Context(), "2026-11"); err != nil || len(lines) != 1 || lines[0].Object != id+" 2" {
		t.Errorf("audit %+v, %v", lines, err)
	}
}

// Typing goes on by itself: past a paper that is missing, into the next block, and back to the bundle after the last paper. Who
// corrects a paper stays where it is.
func TestPaperFormsGoOn(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	f.write(survey.Batch{ID: "BVNDE001", Counter: "loket-2", Services: []string{"kk"}, Form: "skm-2017@1", Day: "2026-11-18", Count: 12})
	head, page := f.as(survey.RoleUnitHead), "/kumpulkan/kertas/BVNDE001"
	type papers = map[string]string
	enter := func(block string, papers papers) string {
		t.Helper()
		form := url.Values{"hal": {block}}
		for number, digits := range papers {
			form.Set("unsur-"+number, digits)
		}
		return head.post(page+"/isi/1", form).to(page)
	}
	focus := func(address, want string) {
		t.Helper()
		if at := head.get(address).is(200).page().all("[autofocus]"); len(at) != 1 || at[0].attr("name") != want {
			t.Errorf("%s: typing goes on in %v, want %s", address, at, want)
		}
	}
	focus(page+"/isi/1", "unsur-1")
	focus(enter("1", papers{"1": "444444444", "3": "333333333"}), "unsur-4") // 2 is missing
	block := papers{"1": "444444444", "3": "333333333", "10": "222222222"}
	second := enter("1", block)
	focus(second, "unsur-11")
	block["3"] = "333333334"
	if again := enter("1", block); again != page+"/isi/1?hal=1&kabar=bundel_tersimpan" {
		t.Errorf("a correction leads to %s", again)
	}
	if end := enter("2", papers{"11": "444444444", "12": "444444444"}); end != page+"?kabar=bundel_selesai" {
		t.Errorf("the last paper leads to %s", end)
	}
	head.get(page+"?kabar=bundel_selesai").is(200).says("sampai lembar yang terakhir", "5 lembar sudah diketik")
}

// Where there are more services than a sheet has room for, people write which one it was, and the typist looks up its number.
func TestPaperFormsOfManyServices(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	batch := survey.Batch{ID: "BVNDE001", Counter: "loket-1", Form: "skm-2017@1", Day: "2026-11-18", Count: 1}
	for i := range 40 {
		code := "s" + strconv.Itoa(i)
		f.write(survey.Service{Code: code, Unit: ownUnit, Name: "Surat keterangan nomor " + strconv.Itoa(i)})
		batch.Services = append(batch.Services, code)
	}
	f.write(batch)
	head := f.as(survey.RoleUnitHead)
	head.get("/kumpulkan/kertas/BVNDE001/cetak").is(200).says("Untuk layanan apa Anda datang? Berapa lama").hides("Surat keterangan")
	head.get("/kumpulkan/kertas/BVNDE001/isi/1").is(200).says("40 Surat keterangan nomor 39.")
	head.post("/kumpulkan/kertas/BVNDE001/isi/1", url.Values{"hal": {"1"}, "service-1": {"40"}, "unsur-1": {"444444444"}}).to("/kumpulkan/kertas/BVNDE001?kabar=bundel_selesai")
}

// What was typed stays on the page while the store cannot keep it.
func TestPaperFormsStoreAway(t *testing.T) {
	t.Parallel()
	store := &locked{}
	f := newFixture(t, func(s *System, _ *Options) { store.Store, s.Store = s.Store, store })
	f.write(survey.Batch{ID: "BVNDE001", Counter: "loket-2", Services: []string{"kk"}, Form: "skm-2017@1", Day: "2026-11-18", Count: 12})
	head, page := f.as(survey.RoleUnitHead), "/kumpulkan/kertas/BVNDE001/isi/2"
	store.write = fmt.Errorf("%w: disk /var/lib/kesan is full", survey.ErrAway)
	form := url.Values{"hal": {"2"}, "unsur-11": {"434343434"}, "comment-11": {"Antre <lama>"}}
	a := head.post(page, form).is(503).says("belum tersimpan", "Pengetikan kedua").hides("/var/lib", "<lama>")
	if a.page().one("[name=unsur-11]").attr("value") != "434343434" || a.page().one("[name=comment-11]").attr("value") != "Antre <lama>" {
		t.Error("what was typed is gone")
	}
	store.write = nil
	head.post(page, form).to(page + "?hal=2")
}

func TestPaperFormsRefused(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	f.write(survey.Cycle{ID: "2026-TW3", State: survey.CycleLocked, Version: 1},
		survey.Batch{ID: "BVNDE009", Counter: "loket-poli", Form: "skm-2017@1", Day: "2026-11-18", Count: 1},
		survey.Batch{ID: "BVNDE002", Counter: "loket-1", Services: []string{"ktp"}, Form: "skm-2017@1", Day: "2026-09-30", Count: 1},
		survey.Batch{ID: "BVNDE003", Counter: "loket-1", Services: []string{"ktp"}, Form: "skm-2017@1", Day: "2026-11-20", Count: 1})
	head := f.as(survey.RoleUnitHead)
	create := func(counter, day, count string) *answer {
		return head.post("/kumpulkan/kertas", url.Values{"loket": {counter}, "tanggal": {day}, "banyak": {count}})
	}
	create("loket-1", "2026-09-30", "5").is(422).says("siklus yang sudah dikunci")
	create("loket-1", "2026-11-18", "x").is(422).says("Banyaknya lembar")
	create("", "2026-11-18", "5").is(422)
	create("loket-poli", "2026-11-18", "5").is(403)
	head.get("/kumpulkan/kertas").is(200).hides("BVNDE009")
	for _, path := range []string{"", "/cetak", "/isi/1", "/banding"} {
		head.get("/kumpulkan/kertas/BVNDE009" + path).is(404)
	}
	head.get("/kumpulkan/kertas/BVNDE002").is(200).says("siklus yang sudah dikunci")
	head.post("/kumpulkan/kertas/BVNDE002/isi/1", url.Values{"hal": {"1"}, "unsur-1": {"444444444"}}).is(410)
	head.post("/kumpulkan/kertas/BVNDE002/banding", nil).is(410)
	head.get("/kumpulkan/kertas/BVNDE003/isi/1").is(200).says("belum tiba")
	head.post("/kumpulkan/kertas/BVNDE003/isi/1", url.Values{"hal": {"1"}}).is(410)
	for _, path := range []string{"/isi/0", "/isi/3", "/isi/01", "/isi/x"} {
		head.get("/kumpulkan/kertas/BVNDE003" + path).is(404)
	}
}
