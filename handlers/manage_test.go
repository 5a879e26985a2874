package handlers

import (
	"bytes"
	"encoding/json"
	"errors"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/valyala/fasthttp"

	"kesan/handlers/view"
	"kesan/public"
	"kesan/survey"
)

// hostile is a name that would run if it were not escaped anywhere.
const hostile = `<script>alert("x")</script>'"--><img src=x onerror=alert(1)>`

func TestChecklist(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	page := f.as(survey.RoleAdmin).get("/kelola").is(200)
	page.says("Identitas instansi", "3 unit", "4 layanan", "Langkah berikutnya", "cetak posternya", "Tahun 2026 belum punya hari libur.", "Tahun 2027 belum")
	if got := page.page().one("li.next").text(); !strings.HasPrefix(got, "Target") {
		t.Errorf("next step is %q, want the target", got)
	}
}

// Every page of the administrator opens, over a full office and over an empty one.
func TestManagePagesOpen(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	f.write(survey.Target{Indicator: "ikm", Level: survey.LevelUnit, Unit: ownUnit, Period: "2026", Value: 8350, Weight: 100},
		survey.Holiday{Day: "2026-12-25", Name: "Hari Raya Natal"},
		survey.APIKey{ID: "k-satu", Name: "SIMPEG", Hash: make([]byte, 32), Units: []string{ownUnit}, Expires: "2027-12-31"})
	admin := f.as(survey.RoleAdmin)
	for _, path := range []string{"/kelola/instansi", "/kelola/unit", "/kelola/unit?cari=gajah&urut=1&hal=9", "/kelola/unit/baru",
		"/kelola/unit/ubah?id=" + ownUnit, "/kelola/layanan/ubah?id=ktp", "/kelola/loket/ubah?id=loket-2", "/kelola/petugas/ubah?id=" + officerSiti,
		"/kelola/jadwal", "/kelola/jadwal?loket=loket-1&hari=2026-11-18", "/kelola/jadwal/baru", "/kelola/jadwal/ubah?id=loket-1%7C2026-11-18T08:00",
		"/kelola/jam", "/kelola/jam/ubah?id=" + parentUnit + "%7Cmonday", "/kelola/libur", "/kelola/libur/ubah?id=2026-12-25%7C", "/kelola/target",
		"/kelola/target/ubah?id=2026%7Cunit%7C" + ownUnit + "%7C%7Cikm", "/kelola/kuesioner", "/kelola/kuesioner/lihat?versi=skm-2017@1",
		"/kelola/kuesioner/ubah?id=skm-2017", "/kelola/kuesioner/ubah?id=skm-2017&salin=1", "/kelola/akun", "/kelola/akun/ubah?id=kepala", "/kelola/kunci",
		"/kelola/kunci/baru", "/kelola/kunci/lihat?id=k-satu", "/kelola/riwayat", "/kelola/riwayat?jenis=unit&id=" + ownUnit, "/kelola/riwayat/audit",
		"/kelola/impor?jenis=unit"} {
		page := admin.get(path).is(200).page()
		page.one("h1")
		for _, field := range page.all("main input") {
			if id := field.attr("id"); id != "" && field.attr("type") != "hidden" {
				if len(page.all("label[for="+id+"]")) == 0 && field.attr("type") != "checkbox" {
					t.Errorf("%s: %s has no label", path, id)
				}
			}
		}
	}
	for _, path := range []string{"/kelola/unit/ubah?id=lain", "/kelola/unit/ubah", "/kelola/akun/ubah?id=x", "/kelola/kunci/lihat?id=x",
		"/kelola/kuesioner/lihat?versi=skm-2017@9", "/kelola/kuesioner/ubah?id=x", "/kelola/contoh/..%2Fpublic.go", "/kelola/contoh/lain.csv", "/kelola/ekspor/lain"} {
		admin.get(path).is(404)
	}
	empty := newEmptyFixture(t, "")
	empty.write(survey.Account{Username: "admin", Name: "Admin", Role: survey.RoleAdmin})
	for _, path := range []string{"/kelola", "/kelola/unit", "/kelola/jadwal", "/kelola/jadwal/baru", "/kelola/loket/baru", "/kelola/libur", "/kelola/akun", "/kelola/riwayat/audit", "/kelola/instansi"} {
		empty.as(survey.RoleAdmin).get(path).is(200)
	}
}

// Where people may leave a list alone, its first line says what that means.
func TestListsSayWhatNoChoiceMeans(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	f.write(survey.Counter{Code: "loket-3", Unit: ownUnit, Name: "Loket 3"})
	for i := range 9 {
		f.write(survey.Service{Code: "s" + strconv.Itoa(i), Unit: ownUnit, Name: "Layanan " + strconv.Itoa(i)})
	}
	admin := f.as(survey.RoleAdmin)
	paths := []string{"/kelola/lembar/baru", "/kelola/lembar/" + sheetOne + "/ubah", "/kelola/akun/baru", "/kelola/perangkat/baru", "/kumpulkan/kertas",
		"/kumpulkan/tiket?loket=loket-1", "/kumpulkan/dampingi?loket=loket-3", "/s/" + sheetOne}
	for _, sec := range sections {
		paths = append(paths, sec.path()+"/baru")
	}
	for _, path := range paths {
		for _, list := range admin.get(path).is(200).page().all("select") {
			first := list.all("option")[0]
			if n := len(first.text()); first.attr("value") == "" && (n < len("Pilih") || n > 28) { // what a phone of 360 px shows
				t.Errorf("%s: %s begins with %q", path, list.attr("name"), first.text())
			}
		}
	}
	admin.get("/kelola/unit/baru").says("Sama dengan unit induknya", "Tidak ada: ini unit teratas")
	admin.get("/kumpulkan/tiket?loket=loket-1").says("Menurut jadwal Ratna Wulandari")
	admin.get("/s/" + sheetOne).says("Untuk layanan apa Anda datang? Pilih satu jawaban.")
}

func unitForm(code, name, parent string) url.Values {
	return url.Values{"kode": {code}, "nama": {name}, "induk": {parent}, "zona": {"WIB"}}
}

func TestSaveUnit(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	admin := f.as(survey.RoleAdmin)
	admin.post("/kelola/unit/simpan", unitForm("33.74.09.02", "Seksi <i>Baru</i>", parentUnit)).to("/kelola/unit?kabar=tersimpan")
	admin.get("/kelola/unit?kabar=tersimpan").says("Tersimpan.", "Seksi <i>Baru</i>").hides("<i>Baru")
	admin.get("/kelola/unit?kabar=%3Cscript%3E").hides("<script")
	bad := admin.post("/kelola/unit/simpan", unitForm("spasi di sini", hostile, "tidak-ada")).is(422)
	bad.says("Hanya huruf, angka", `Unit "tidak-ada" tidak ada`).hides("<script>alert", "<img src=x")
	if got := bad.page().one("input[name=nama]").attr("value"); got != hostile {
		t.Errorf("name %q is not kept", got)
	}
	if got := bad.page().one("title").text(); got != "Kesalahan: Tambah unit - Kesan" {
		t.Errorf("title %q", got)
	}
	if got, summary := bad.page().one("h1").text(), bad.page().one(".problems h2").text(); got != "Tambah unit" || summary != "Kesalahan: ada yang perlu diperbaiki" {
		t.Errorf("heading %q, summary %q", got, summary)
	}
	for _, link := range bad.page().all(".problems a") {
		bad.page().one(link.attr("href")) // each problem leads to its field
	}
	admin.post("/kelola/unit/simpan", unitForm("", "", "")).is(422).says("Wajib diisi.")
	admin.post("/kelola/unit/simpan", unitForm(ownUnit, "Kembar", "")).is(422).says("Kode ini sudah dipakai")
	same := unitForm(ownUnit, "Seksi Pelayanan Umum", parentUnit)
	same.Set("id", ownUnit)
	same.Set("dasar", "1")
	admin.post("/kelola/unit/simpan", same).to("/kelola/unit?kabar=tetap")
	loop := unitForm(parentUnit, "Kecamatan Gajahmungkur", ownUnit)
	loop.Set("id", parentUnit)
	loop.Set("dasar", "1")
	admin.post("/kelola/unit/simpan", loop).is(422).says("Unit menjadi atasannya sendiri")
	admin.post("/kelola/unit/simpan", url.Values{"id": {"lain"}, "dasar": {"1"}}).is(404)
	loop.Set("dasar", "x")
	admin.post("/kelola/unit/simpan", loop).is(400)
}

func TestSaveConflict(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	admin := f.as(survey.RoleAdmin)
	mine := unitForm(ownUnit, "Nama dari saya", parentUnit)
	mine.Set("id", ownUnit)
	mine.Set("dasar", "1")
	f.write(survey.Unit{Code: ownUnit, Name: "Nama dari orang lain", Parent: parentUnit, Zone: survey.WIB})
	page := admin.post("/kelola/unit/simpan", mine).is(409)
	page.says("Data ini baru saja diubah oleh admin", "Sekarang tersimpan: Nama dari orang lain")
	if got := page.page().one("input[name=nama]").attr("value"); got != "Nama dari saya" {
		t.Errorf("name %q is not kept", got)
	}
	mine.Set("dasar", page.page().one("input[name=dasar]").attr("value"))
	mine.Set("alasan", "SK 12/2026")
	admin.post("/kelola/unit/simpan", mine).to("/kelola/unit?kabar=tersimpan")
	if got := f.office().Units[ownUnit].Value.Name; got != "Nama dari saya" {
		t.Errorf("stored %q", got)
	}
	admin.get("/kelola/riwayat?jenis=unit&id="+ownUnit).says("SK 12/2026", "Nama dari orang lain Nama dari saya")
}

// What never changes is taken from what is stored, whatever a form says.
func TestFixedColumns(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	form := url.Values{"id": {"loket-1"}, "dasar": {"1"}, "kode": {"loket-2"}, "unit": {foreignUnit}, "nama": {"Loket Satu"}, "layanan": {"ktp", "kk"}}
	f.as(survey.RoleAdmin).post("/kelola/loket/simpan", form).to("/kelola/loket?kabar=tersimpan")
	office := f.office()
	if got := office.Counters["loket-1"].Value; got.Unit != ownUnit || got.Name != "Loket Satu" || strings.Join(got.Services, " ") != "ktp kk" {
		t.Errorf("loket-1 is %+v", got)
	}
	if got := office.Counters["loket-2"].Revision; got != 1 {
		t.Errorf("loket-2 is at revision %d", got)
	}
}

func TestSaveOfficer(t *testing.T) {
	t.Parallel()
	cases := []struct{ name, nip, kind, says string }{
		{"good", "19900115 201503 1 999", "pns", ""},
		{"contract staff", "TKK-12", "non_asn", ""},
		{"bad date", "199002302015031999", "pns", "bukan tanggal lahir"},
		{"PPPK as PNS", "199001152015131999", "pns", "pengangkatan"},
		{"too short", "1990011520150319", "pns", "NIP harus 18 angka"},
		{"NIK", "3374090101900001", "non_asn", "NIK"},
		{"twice", officerSiti, "pns", "sudah dipakai"},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			f := newFixture(t)
			form := url.Values{"nip": {tc.nip}, "nama": {"Sari"}, "jenis_asn": {tc.kind}, "unit": {ownUnit}, "atasan": {officerHead}}
			got := f.as(survey.RoleAdmin).post("/kelola/petugas/simpan", form)
			if tc.says == "" {
				got.to("/kelola/petugas?kabar=tersimpan")
				return
			}
			got.is(422).says(tc.says)
		})
	}
}

func TestCloseAndSearch(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	admin := f.as(survey.RoleAdmin)
	admin.post("/kelola/loket/simpan", url.Values{"id": {"loket-2"}, "dasar": {"1"}, "nama": {"Loket 2"}, "layanan": {"kk"}, "tutup": {"ya"}}).is(303)
	if !f.office().Counters["loket-2"].Value.Closed {
		t.Error("loket-2 is not closed")
	}
	list := admin.get("/kelola/loket?cari=loket+2").is(200)
	list.says("1 data", "Loket 2 Sudah ditutup").hides("Loket Poli")
	admin.get("/kelola/loket?cari="+url.QueryEscape(hostile)).is(200).hides("<script>alert", "<img src=x")
	var names []string
	for _, row := range admin.get("/kelola/loket").page().all("tbody th a") {
		names = append(names, row.text())
	}
	if got := strings.Join(names, ", "); got != "Loket 1, Loket 2, Loket 9, Loket Poli" {
		t.Errorf("order %s", got)
	}
}

func TestRosterPage(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	admin := f.as(survey.RoleAdmin)
	f.write(survey.Duty{Counter: "loket-1", Officer: officerBudi, From: "2026-11-18T15:00", To: "2026-11-18T16:00"},
		survey.Duty{Counter: "loket-1", Officer: officerSiti, From: "2026-11-19T08:00", To: "2026-11-19T14:00"})
	page := admin.get("/kelola/jadwal?loket=loket-1&hari=2026-11-18").is(200)
	page.says("16 November 2026 sampai 22 November 2026", "08.00-16.00 Siti Rahmawati", "Bertumpuk 15.00-16.00", "Kosong 14.00-16.00")
	admin.get("/kelola/jadwal?loket=loket-1&hari=2026-11-25").says("Kosong 08.00-16.00", "Salin jadwal")
	admin.post("/kelola/jadwal/salin", url.Values{"loket": {"loket-1"}, "hari": {"2026-11-25"}}).to("/kelola/jadwal?")
	if got := f.office().Duties["loket-1|2026-11-26T08:00"].Value; got.Officer != officerSiti || got.To != "2026-11-26T14:00" {
		t.Errorf("copied duty %+v", got)
	}
	admin.post("/kelola/jadwal/salin", url.Values{"loket": {"loket-1"}, "hari": {"2026-11-25"}}).to("/kelola/jadwal?")
	admin.post("/kelola/jadwal/simpan", url.Values{"loket": {"loket-1"}, "nip": {officerSiti}, "tanggal": {"2026-12-01"}, "mulai": {"10:00"}, "selesai": {"09:00"}}).
		is(422).says("Harus setelah jam mulai 10:00")
}

func TestAgencyPolicy(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	admin := f.as(survey.RoleAdmin)
	good := url.Values{"dasar": {"1"}, "name": {"Kota Semarang"}, "colour": {"#0B5D4A"}, "officer_min_trust": {"2"}, "officer_appraisal": {"40"}}
	with := func(name, value string) url.Values {
		form := url.Values{}
		for k, v := range good {
			form[k] = v
		}
		form.Set(name, value)
		return form
	}
	admin.post("/kelola/instansi", with("officer_minimum", "9")).is(422).says("Terlalu kecil; paling sedikit 10.")
	admin.post("/kelola/instansi", with("officer_minimum", "41")).is(422).says("Tidak boleh kurang dari batas pertama, 41.")
	admin.post("/kelola/instansi", with("officer_minimum", "banyak")).is(422).says("Tulis bilangan bulat")
	admin.post("/kelola/instansi", with("colour", "hijau;}")).is(422).says("Tulis warna seperti")
	admin.post("/kelola/instansi", with("officer_min_trust", "7")).is(422)
	admin.post("/kelola/instansi", good).to("/kelola/instansi?kabar=tersimpan")
	if p := f.office().Policy(); p.OfficerMinTrust != survey.TrustDisplay || p.OfficerAppraisal != 40 || p.OfficerMinimum != 10 {
		t.Errorf("policy %+v", p)
	}
	admin.post("/kelola/instansi", with("name", "Terlambat")).is(409).says("baru saja diubah", "Sekarang tersimpan: Kota Semarang")
}

func TestAccounts(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	admin := f.as(survey.RoleAdmin)
	form := url.Values{"username": {"Budi.S"}, "name": {hostile[:40]}, "role": {"officer"}, "officer": {officerBudi}}
	made := admin.post("/kelola/akun/simpan", form).is(200).says("hanya tampil sekali").hides("<script>alert")
	secret := made.page().one(".secret code").text()
	kept, err := json.Marshal(f.office().Accounts["budi.s"].Value)
	must(t, err)
	if bytes.Contains(kept, []byte(secret)) {
		t.Error("the password is in the change log")
	}
	// The new password opens no more than the page that replaces it.
	budi := f.person("budi.s", secret)
	budi.get("/saya").to("/akun")
	budi.get("/").is(303)
	budi.get("/akun").is(200).says("Ganti dulu sebelum melanjutkan")
	const own = "hujan deras di sore hari"
	done := budi.post("/akun", url.Values{"lama": {secret}, "sandi": {own}, "ulangi": {own}})
	done.to("/akun?kabar=sandi")
	free := client{f: f, cookie: done.session(f), header: http.Header{}}
	free.get("/akun").hides("Ganti dulu sebelum")
	// A reset ends what is open.
	reset := admin.post("/kelola/akun/sandi", url.Values{"id": {"budi.s"}}).is(200)
	free.get("/akun").to("/masuk")
	f.person("budi.s", reset.page().one(".secret code").text())
	// So does the end of the account.
	admin.post("/kelola/akun/simpan", url.Values{"id": {"budi.s"}, "dasar": {"1"}, "name": {"Budi"}, "role": {"officer"}, "officer": {officerBudi}, "disabled": {"ya"}}).is(303)
	if !f.office().Accounts["budi.s"].Value.Disabled {
		t.Error("the account is not disabled")
	}
	if n := len(f.audited(survey.AuditPasswordReset)); n != 2 {
		t.Errorf("%d passwords given are audited, want 2", n)
	}
	for _, line := range f.audited(survey.AuditPasswordReset) {
		if line.Who != "admin" || line.Object != "budi.s" || strings.Contains(line.Object, secret) {
			t.Errorf("audited %+v", line)
		}
	}
	f.pass(8 * 24 * 60 * 60 * 1e9)
	f.anyone().post("/masuk", url.Values{"nama": {"budi.s"}, "sandi": {secret}}).is(422)
}

func TestAccountProblems(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	admin := f.as(survey.RoleAdmin)
	cases := []struct {
		name string
		form url.Values
		says string
	}{
		{"taken", url.Values{"username": {"kepala"}, "name": {"A"}, "role": {"hr"}}, "sudah dipakai"},
		{"bad username", url.Values{"username": {"a b"}, "name": {"A"}, "role": {"hr"}}, "Hanya huruf kecil"},
		{"unknown role", url.Values{"username": {"baru"}, "name": {"A"}, "role": {"raja"}}, "Pilih salah satu"},
		{"head without unit", url.Values{"username": {"baru"}, "name": {"A"}, "role": {"unit_head"}}, "Pilih unit"},
		{"head of nothing", url.Values{"username": {"baru"}, "name": {"A"}, "role": {"unit_head"}, "unit": {"x"}}, "tidak ada"},
		{"officer without person", url.Values{"username": {"baru"}, "name": {"A"}, "role": {"officer"}}, "Pilih petugas"},
		{"own account off", url.Values{"id": {"admin"}, "dasar": {"1"}, "name": {"Admin"}, "role": {"admin"}, "disabled": {"ya"}}, "Anda tidak dapat"},
		{"own role away", url.Values{"id": {"admin"}, "dasar": {"1"}, "name": {"Admin"}, "role": {"hr"}}, "Anda tidak dapat"},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) { admin.post("/kelola/akun/simpan", tc.form).is(422).says(tc.says) })
	}
	f.write(survey.Account{Username: "kepala", Name: "Ratna W.", Role: survey.RoleUnitHead, Unit: ownUnit})
	admin.post("/kelola/akun/simpan", url.Values{"id": {"kepala"}, "dasar": {"1"}, "name": {"Ratna"}, "role": {"unit_head"}, "unit": {ownUnit}}).
		is(409).says("baru saja diubah oleh admin", "Sekarang tersimpan: Ratna W.")
	admin.post("/kelola/akun/sandi", url.Values{"id": {"admin"}}).to("/akun")
	admin.post("/kelola/akun/sandi", url.Values{"id": {"tidakada"}}).is(404)
}

func TestKeyPages(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	admin := f.as(survey.RoleAdmin)
	admin.post("/kelola/kunci/buat", url.Values{"name": {""}}).is(422).says("Wajib diisi.")
	admin.post("/kelola/kunci/buat", url.Values{"name": {"A"}, "units": {"x"}}).is(422).says("Kode ini tidak ada.")
	admin.post("/kelola/kunci/buat", url.Values{"name": {"A"}, "expires": {"2026-11-17"}}).is(422).says("Tanggal ini sudah lewat.")
	admin.post("/kelola/kunci/buat", url.Values{"name": {"A"}, "expires": {"besok"}}).is(422)
	admin.post("/kelola/kunci/buat", url.Values{"name": {"A"}}).is(422).says("Kegunaan : Pilih salah satu.")
	made := admin.post("/kelola/kunci/buat", url.Values{"name": {"SIMPEG"}, "units": {ownUnit}, "expires": {"2027-01-31"}, "scopes": {"results"}}).is(200)
	secret := made.page().one(".secret code").text()
	key, err := f.office().KeyBySecret(secret, "2026-11-18")
	must(t, err)
	if key.Name != "SIMPEG" || strings.Join(key.Units, " ") != ownUnit || key.Expires != "2027-01-31" || key.May(survey.ScopeTickets) {
		t.Errorf("key %+v", key)
	}
	for change, err := range f.Store.Changes(t.Context(), 0) {
		must(t, err)
		for _, r := range change.Revisions {
			if bytes.Contains(r.Body, []byte(secret)) {
				t.Error("the secret is in the change log")
			}
		}
	}
	for _, path := range []string{"/kelola/kunci", "/kelola/kunci/lihat?id=" + key.ID, "/kelola/riwayat?jenis=apikey&id=" + key.ID, "/kelola/riwayat/audit"} {
		admin.get(path).is(200).hides(secret, "hash")
	}
	reader := f.anyone().with("Authorization", "Bearer "+secret)
	reader.get("/api/v1/cycles").is(200)
	admin.post("/kelola/kunci/cabut", url.Values{"id": {key.ID}}).to("/kelola/kunci?kabar=dicabut")
	reader.get("/api/v1/cycles").is(401)
	admin.post("/kelola/kunci/cabut", url.Values{"id": {key.ID}}).is(303)
	admin.get("/kelola/kunci").says("Dicabut")
}

func TestQuestionnaire(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	admin := f.as(survey.RoleAdmin)
	form := url.Values{"sumber": {"skm-2017"}, "dasar": {"1"}, "nama": {"SKM"}, "tambahan-2": {hostile}, "tambahan-2-pilihan": {"Ya\r\n\r\nTidak"}}
	for _, question := range survey.SKM2017().Unsur {
		for _, option := range question.Options {
			form.Set(labelField(question.Key, option.Value), option.Label)
		}
	}
	form.Set("biaya-4", "Sangat wajar")
	form.Set("aksi", "pratinjau")
	admin.post("/kelola/kuesioner/simpan", form).is(200).says("Pratinjau", "Sangat wajar", hostile).hides("<script>alert", "<img src=x")
	if got := f.office().Forms["skm-2017"].Revision; got != 1 {
		t.Fatalf("a preview wrote version %d", got)
	}
	form.Set("aksi", "simpan")
	admin.post("/kelola/kuesioner/simpan", form).to("/kelola/kuesioner?kabar=tersimpan")
	office := f.office()
	second := office.Versions["skm-2017@2"]
	if got := second.Unsur[survey.Biaya.Index()].Options[3].Label; got != "Sangat wajar" {
		t.Errorf("label %q", got)
	}
	if len(second.Extra) != 1 || second.Extra[0].Key != "tambahan-2-v2" || len(second.Extra[0].Options) != 2 {
		t.Errorf("extra questions %+v", second.Extra)
	}
	if got := office.Versions["skm-2017@1"].Unsur[survey.Biaya.Index()].Options[3].Label; got != "Gratis" {
		t.Errorf("version 1 now says %q", got)
	}
	admin.post("/kelola/kuesioner/simpan", form).is(409).says("baru saja diubah")
	form.Set("dasar", "2")
	admin.post("/kelola/kuesioner/simpan", form).is(303)
	if got := f.office().Versions["skm-2017@3"].Extra[0].Key; got != "tambahan-2-v2" {
		t.Errorf("the same question got another key: %s", got)
	}
	form.Set("biaya-1", "")
	form.Set("tambahan-1", "Hanya satu pilihan?")
	form.Set("tambahan-1-pilihan", "Ya")
	admin.post("/kelola/kuesioner/simpan", form).is(422).says("Wajib diisi.", "Tulis 2 sampai 12 pilihan")
	form.Set("biaya-1", "Tidak wajar")
	form.Del("tambahan-1")
	form.Del("tambahan-1-pilihan")
	form.Set("salin", "1")
	form.Set("kode", "skm-2017")
	admin.post("/kelola/kuesioner/simpan", form).is(422).says("sudah dipakai")
	form.Set("kode", "skm-berbayar")
	admin.post("/kelola/kuesioner/simpan", form).is(303)
	other, ok := f.office().Versions["skm-berbayar@1"]
	if !ok {
		t.Fatal("the other questionnaire is not there")
	}
	if len(other.Extra) != 1 || other.Extra[0].Key != "tambahan-2-v1" {
		t.Errorf("its version 2 can give the key of another question again: %+v", other.Extra)
	}
}

// upload sends a file as the import page does.
func (c client) upload(kind, name string, body []byte) *answer {
	c.f.t.Helper()
	var form bytes.Buffer
	parts := multipart.NewWriter(&form)
	must(c.f.t, parts.WriteField("tanda", markOf(c.f, c)))
	must(c.f.t, parts.WriteField("jenis", kind))
	file, err := parts.CreateFormFile("berkas", name)
	must(c.f.t, err)
	_, err = file.Write(body)
	must(c.f.t, err)
	must(c.f.t, parts.Close())
	request := httptest.NewRequest(http.MethodPost, "/kelola/impor", &form)
	request.Header.Set("Content-Type", parts.FormDataContentType())
	return c.send(request)
}

func TestImport(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	admin := f.as(survey.RoleAdmin)
	file := "kode;nama;induk;zona\n33.74.09.05;Seksi <b>Lima</b>;33.74.09;WIB\n33.74.09;Kecamatan;;WIB\n"
	preview := admin.upload("unit", `C:\berkas\<img src=x>.csv`, []byte(file)).is(200)
	preview.says("1 baru", "1 berubah", "0 tetap sama", "<img src=x>.csv").hides("<img src=x>")
	id := preview.page().one("input[name=id]").attr("value")
	if _, known := f.office().Units["33.74.09.05"]; known {
		t.Fatal("a preview wrote")
	}
	admin.post("/kelola/impor/tulis", url.Values{"id": {id}}).to("/kelola/unit?kabar=impor")
	if got := f.office().Units["33.74.09.05"].Value.Name; got != "Seksi <b>Lima</b>" {
		t.Errorf("imported %q", got)
	}
	admin.post("/kelola/impor/tulis", url.Values{"id": {id}}).is(422).says("sudah kedaluwarsa")
	admin.upload("unit", "u.csv", []byte(file)).is(200).says("2 tetap sama", "Tidak ada yang perlu ditulis")
	if lines := f.audited(survey.AuditImport); len(lines) != 1 || lines[0].Object != "unit: <img src=x>.csv (1 baru, 1 berubah)" {
		t.Errorf("audited %+v", lines)
	}
}

func TestImportRefused(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	admin := f.as(survey.RoleAdmin)
	cases := []struct{ name, kind, body, says string }{
		{"bad rows", "unit", "kode;nama;zona\nA B;;WIB\n33.1;X;WIX\n", "Baris 2, kolom nama: wajib diisi"},
		{"wrong columns", "unit", "a;b\n1;2\n", "tidak dikenal"},
		{"not CSV", "unit", "PK\x03\x04abc", "berkas Excel"},
		{"not text", "unit", "kode;nama;zona\n\xff\xfe\x00;a;WIB\n", "UTF-8"},
		{"no kind", "", "kode\n", "Pilih jenis data"},
		{"unknown kind", "../unit", "kode\n", "Pilih jenis data"},
		{"empty", "unit", "", "Pilih berkas CSV"},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			admin.upload(tc.kind, "x.csv", []byte(tc.body)).is(422).says(tc.says)
		})
	}
	t.Run("large", func(t *testing.T) {
		body := append([]byte("kode;nama;zona\n"), bytes.Repeat([]byte("x;y;WIB\n"), (importLimit-4096)/8)...)
		admin.upload("unit", "x.csv", body).is(422).says("Lebih dari 50000 baris")
	})
	if got := f.office().Units.IDs(); len(got) != 3 {
		t.Errorf("units %v", got)
	}
	// Beyond its limit a request is refused before any handler sees it.
	large := httptest.NewRequest(http.MethodPost, "/kelola/impor", bytes.NewReader(make([]byte, importLimit+1)))
	large.Host = "kesan.test"
	if _, err := f.app.Test(large, -1); !errors.Is(err, fasthttp.ErrBodyTooLarge) {
		t.Errorf("%d bytes: %v", importLimit+1, err)
	}
	// Elsewhere the limit is far lower.
	admin.post("/kelola/unit/simpan", url.Values{"nama": {strings.Repeat("x", bodyLimit)}}).is(413)
}

// Who confirms a preview confirms what was shown, and nobody else can.
func TestImportSeenAgain(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	f.write(survey.Account{Username: "admin2", Name: "Admin Dua", Role: survey.RoleAdmin})
	admin := f.as(survey.RoleAdmin)
	preview := admin.upload("unit", "u.csv", []byte("kode;nama;zona\n33.74.09;Kecamatan;WIB\n")).is(200)
	id := url.Values{"id": {preview.page().one("input[name=id]").attr("value")}}
	other := "admin"
	if session, err := f.auth.Session(t.Context(), admin.cookie); err != nil {
		t.Fatal(err)
	} else if session.Username == other {
		other = "admin2"
	}
	must(t, f.auth.SetPassword(t.Context(), other, password))
	f.person(other, password).post("/kelola/impor/tulis", id).is(404)
	f.write(survey.Unit{Code: parentUnit, Name: "Diubah orang lain", Zone: survey.WIB})
	again := admin.post("/kelola/impor/tulis", id).is(200).says("Data berubah sejak pratinjau dibuat")
	if got := f.office().Units[parentUnit].Value.Name; got != "Diubah orang lain" {
		t.Errorf("a changed office was overwritten unseen with %q", got)
	}
	id.Set("id", again.page().one("input[name=id]").attr("value"))
	admin.post("/kelola/impor/tulis", id).is(303)
}

// An exported file imports again and changes nothing; the samples are given as they are.
func TestExportAndSamples(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	admin := f.as(survey.RoleAdmin)
	f.write(survey.Unit{Code: "x-1", Name: `=HYPERLINK("http://jahat")`, Zone: survey.WIB})
	for _, kind := range []string{"unit", "layanan", "loket", "petugas", "jadwal", "jam", "libur", "target"} {
		file := admin.get("/kelola/ekspor/" + kind).is(200)
		if got := file.header.Get("Content-Disposition"); got != `attachment; filename="`+kind+`.csv"` {
			t.Errorf("%s: %s", kind, got)
		}
		if strings.Contains(file.body, "\n=") || strings.Contains(file.body, ";=") {
			t.Errorf("%s: a cell runs as a formula:\n%s", kind, file.body)
		}
		if kind != "libur" && kind != "target" { // the fixture has none
			admin.upload(kind, kind+".csv", []byte(file.body)).is(200).says("0 baru", "0 berubah")
		}
		sample, err := public.Samples.ReadFile("contoh/" + kind + ".csv")
		must(t, err)
		if got := admin.get("/kelola/contoh/" + kind + ".csv").is(200); got.body != string(sample) {
			t.Errorf("%s: the sample differs", kind)
		}
	}
	if len(f.audited(survey.AuditExport)) != 8 {
		t.Error("files taken out are not audited")
	}
}

func TestHistory(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	admin := f.as(survey.RoleAdmin)
	for i := range 60 {
		f.write(survey.Unit{Code: parentUnit, Name: "Nama ke-" + string(rune('A'+i%26)), Zone: survey.WIB, Area: "33.74.09"})
	}
	page := admin.get("/kelola/riwayat").is(200)
	if got := len(page.page().all(".change")); got != changesPerPage {
		t.Errorf("%d changes on the first page", got)
	}
	older := page.page().all(".actions a")
	last := admin.get(older[len(older)-1].attr("href")).is(200)
	last.says("kantor uji", "lagi")
	if got := len(last.page().all(".change")); got != 12 {
		t.Errorf("%d changes on the second page, want 12", got)
	}
	admin.get("/kelola/riwayat?jenis=akun&sebelum=x").is(200)
	admin.get("/kelola/riwayat?jenis=loket&id="+url.QueryEscape(hostile)).is(200).hides("<script>alert", "<img src=x")
	admin.get("/kelola/riwayat?jenis=unit&id=" + parentUnit).says("Nama ke-A Nama ke-B")
	f.write(survey.OpeningHours{Unit: ownUnit, Weekday: time.Monday, Open: "08:00", Close: "15:00"},
		survey.Target{Indicator: "ikm", Level: survey.LevelUnit, Unit: ownUnit, Period: "2026", Value: 8000})
	admin.get("/kelola/riwayat?jenis=jam").is(200).says("Jam buka Seksi Pelayanan Umum, senin dibuat")
	admin.get("/kelola/riwayat?jenis=target").is(200).says("Target Indeks Kepuasan Masyarakat, unit, Seksi Pelayanan Umum, 2026 dibuat")
	admin.get("/kelola/jam").is(200).says("senin 08.00 15.00")
}

func TestAudit(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	f.Audit.Keep(t.Context(), "api:k-satu", survey.AuditHRPull, hostile)
	admin := f.as(survey.RoleAdmin)
	admin.get("/kelola/riwayat/audit").is(200).says("18 November 2026 10.00 WIB", "api:k-satu", "Menarik angka lewat API", hostile).hides("<script>alert", "<img src=x")
	admin.get("/kelola/riwayat/audit?cari=tidak+ada+ini").is(200).says("Tidak ada catatan")
	admin.get("/kelola/riwayat/audit?bulan=2026-10").is(200).says("Tidak ada catatan")
	admin.get("/kelola/riwayat/audit?bulan=kemarin").is(200).says("api:k-satu")
}

func TestHistoryTellsPolicyInWords(t *testing.T) {
	t.Parallel()
	was := json.RawMessage(`{"name": "Kota", "policy": {"unit_firm": 0, "shrink_k": 20}}`)
	is := json.RawMessage(`{"name": "Kota", "policy": {"unit_firm": 40, "shrink_k": 0}}`)
	want := []view.Difference{{Field: "bobot rata-rata layanan sejenis", Was: "20"}, {Field: "jawaban minimal agar tidak indikatif (unit)", Is: "40"}}
	if got := differences(was, is); !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestScopeOfHeadIsUnit(t *testing.T) {
	t.Parallel()
	office := &survey.Office{Units: survey.Set[survey.Unit]{"K1": {Value: survey.Unit{Code: "K1", Name: "Kecamatan Satu"}}}}
	if got := scopeOf(office, survey.Account{Role: survey.RoleUnitHead, Unit: "K1", Officer: "198001012005011001"}); got != "Kecamatan Satu" {
		t.Errorf("a head who is an officer sees %q", got)
	}
}
