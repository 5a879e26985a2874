package handlers

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"kesan/survey"
	"kesan/survey/sqlite"
)

// person makes a client who signs in through the page.
func (f *fixture) person(username, password string) client {
	f.t.Helper()
	c := f.anyone()
	c.cookie = c.post("/masuk", url.Values{"nama": {username}, "sandi": {password}}).is(303).session(f)
	return c
}

// session returns the cookie that the answer sets.
func (a *answer) session(f *fixture) string {
	a.t.Helper()
	name, rest, _ := strings.Cut(a.header.Get("Set-Cookie"), "=")
	if name != f.auth.CookieName() {
		a.t.Fatalf("cookie %q, want %q", name, f.auth.CookieName())
	}
	value, _, _ := strings.Cut(rest, ";")
	return value
}

func (f *fixture) audited(action survey.AuditAction) []survey.AuditLine {
	f.t.Helper()
	lines, err := f.Audit.Lines(f.t.Context(), "2026-11")
	must(f.t, err)
	var found []survey.AuditLine
	for _, line := range lines {
		if line.Action == action {
			found = append(found, line)
		}
	}
	return found
}

func TestFrontPage(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	f.anyone().get("/").is(200).says("Pemerintah Kota Semarang", "Masuk sebagai pegawai")
	for role, place := range map[survey.Role]string{survey.RoleAdmin: "/dasbor", survey.RoleHR: "/dasbor", survey.RoleUnitHead: "/dasbor",
		survey.RoleAppraiser: "/dasbor/tim", survey.RoleOfficer: "/saya", survey.RoleReviewer: "/akun"} {
		if got := f.as(role).get("/").to(place); got != place {
			t.Errorf("%s is sent to %s, want %s", role, got, place)
		}
	}
}

func TestSignIn(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	must(t, f.auth.SetPassword(t.Context(), "kepala", password))
	page := f.anyone().get("/masuk").is(200).page()
	if page.one("input[name=sandi]").attr("autocomplete") != "current-password" {
		t.Error("a password manager cannot fill in the password")
	}
	wrong := f.anyone().post("/masuk", url.Values{"nama": {"kepala"}, "sandi": {"salah sama sekali"}}).is(422)
	wrong.says("Nama pengguna atau kata sandi salah").hides("salah sama sekali")
	if got := wrong.page().one("input[name=nama]").attr("value"); got != "kepala" {
		t.Errorf("username %q is not kept", got)
	}
	unknown := f.anyone().post("/masuk", url.Values{"nama": {"tidakada"}, "sandi": {"salah sama sekali"}}).is(422)
	if unknown.page().one(".problems").text() != wrong.page().one(".problems").text() {
		t.Error("the page tells who has an account")
	}
	in := f.anyone().post("/masuk", url.Values{"nama": {" Kepala "}, "sandi": {password}})
	in.to("/")
	for _, part := range []string{"HttpOnly", "SameSite=Lax", "path=/"} {
		if !strings.Contains(in.header.Get("Set-Cookie"), part) {
			t.Errorf("cookie %q lacks %s", in.header.Get("Set-Cookie"), part)
		}
	}
	c := client{f: f, cookie: in.session(f), header: f.anyone().header}
	c.get("/akun").is(200).says("Ratna Wulandari")
	c.get("/masuk").to("/dasbor")
	c.post("/keluar", nil).to("/masuk")
	c.get("/akun").to("/masuk")
	if n := len(f.audited(survey.AuditSignInFailed)); n != 1 {
		t.Errorf("%d failed sign-ins audited, want the one of a known name", n)
	}
	if len(f.audited(survey.AuditSignIn)) != 1 || len(f.audited(survey.AuditSignOut)) != 1 {
		t.Error("signing in and out is not audited")
	}
}

func TestSignInOverHTTPS(t *testing.T) {
	t.Parallel()
	f := newFixture(t, func(_ *System, o *Options) { o.BaseURL = "https://kesan.test" })
	must(t, f.auth.SetPassword(t.Context(), "kepala", password))
	cookie := f.anyone().post("/masuk", url.Values{"nama": {"kepala"}, "sandi": {password}}).is(303).header.Get("Set-Cookie")
	if !strings.HasPrefix(cookie, "__Host-kesan=") || !strings.Contains(cookie, "secure") || strings.Contains(cookie, "domain") {
		t.Errorf("cookie %q is not bound to the host", cookie)
	}
}

func TestSignInTarget(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	must(t, f.auth.SetPassword(t.Context(), "admin", password))
	cases := []struct{ name, target, want string }{
		{"own page", "/akun", "/akun"},
		{"with a query", "/kelola/unit?cari=a%26b", "/kelola/unit?cari=a%26b"},
		{"none", "", "/"},
		{"another site", "https://jahat.example/akun", "/"},
		{"without scheme", "//jahat.example/akun", "/"},
		{"backslash", `/\jahat.example/akun`, "/"},
		{"three slashes", "///jahat.example", "/"},
		{"script", "javascript:alert(1)", "/"},
		{"unknown page", "/tidak-ada", "/"},
		{"not a page to look at", "/keluar", "/"},
		{"line break", "/akun\r\nSet-Cookie: a=b", "/"},
		{"open page", "/masuk", "/"},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			form := url.Values{"nama": {"admin"}, "sandi": {password}, "tujuan": {tc.target}}
			if got := f.anyone().post("/masuk", form).is(303).header.Get("Location"); got != tc.want {
				t.Errorf("sent to %q, want %q", got, tc.want)
			}
		})
	}
	if got := f.anyone().get("/akun").to("/masuk"); got != "/masuk?tujuan=%2Fakun" {
		t.Errorf("a stranger is sent to %s", got)
	}
	page := f.anyone().get("/masuk?tujuan=" + url.QueryEscape(`//jahat.example/"><script>`)).is(200).page()
	if got := page.one("input[name=tujuan]").attr("value"); got != "" {
		t.Errorf("target %q is offered", got)
	}
}

func TestSignInPause(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	must(t, f.auth.SetPassword(t.Context(), "kepala", password))
	try := func(p string) *answer {
		return f.anyone().post("/masuk", url.Values{"nama": {"kepala"}, "sandi": {p}})
	}
	for range 5 {
		try("salah sama sekali").is(422)
	}
	try(password).is(429).says("Terlalu banyak percobaan", "Tunggu 2 menit")
	f.pass(31 * time.Second)
	try(password).is(303)
	try("salah sama sekali").is(422)
	try(password).is(303)
}

// TestSignInPauseElsewhere: an owner is let in at the own desk while others try passwords.
func TestSignInPauseElsewhere(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	must(t, f.auth.SetPassword(t.Context(), "kepala", password))
	form := url.Values{"nama": {"kepala"}, "sandi": {password}}
	cookies := f.anyone().post("/masuk", form).is(303).header.Values("Set-Cookie")
	if len(cookies) != 2 || !strings.HasPrefix(cookies[1], f.auth.BrowserCookie()+"=") || !strings.Contains(strings.ToLower(cookies[1]), "max-age=15552000; path=/; httponly") {
		t.Fatalf("cookies %q", cookies)
	}
	for range 5 {
		f.anyone().post("/masuk", url.Values{"nama": {"kepala"}, "sandi": {"salah sama sekali"}}).is(422)
	}
	f.anyone().post("/masuk", form).is(429)
	request := httptest.NewRequest(http.MethodPost, "/masuk", strings.NewReader(form.Encode()))
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	request.Header.Set("Cookie", strings.Split(cookies[1], ";")[0])
	f.anyone().send(request).is(303)
}

func TestSignInRenewsSession(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	old := f.as(survey.RoleUnitHead)
	planted := client{f: f, cookie: "DITANAM", header: f.anyone().header}
	form := url.Values{"nama": {"kepala"}, "sandi": {password}, "tanda": {""}}
	if got := planted.post("/masuk", form).is(303).session(f); got == "DITANAM" {
		t.Error("a planted cookie became a session")
	}
	old.get("/akun").is(200)
	old.post("/masuk", form).is(303)
	old.get("/akun").to("/masuk")
}

func TestSessionEnds(t *testing.T) {
	t.Parallel()
	cases := []struct {
		name string
		do   func(*fixture)
	}{
		{"idle", func(f *fixture) { f.pass(31 * time.Minute) }},
		{"account disabled", func(f *fixture) {
			f.write(survey.Account{Username: "kepala", Name: "Ratna Wulandari", Role: survey.RoleUnitHead, Unit: ownUnit, Disabled: true})
		}},
		{"password reset", func(f *fixture) { must(f.t, f.auth.SetPassword(f.t.Context(), "kepala", "sandi lain yang baru")) }},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			f := newFixture(t)
			c := f.as(survey.RoleUnitHead)
			c.get("/akun").is(200)
			tc.do(f)
			c.get("/akun").to("/masuk")
		})
	}
	t.Run("at most twelve hours", func(t *testing.T) {
		t.Parallel()
		f := newFixture(t)
		c := f.as(survey.RoleUnitHead)
		for range 35 {
			f.pass(20 * time.Minute)
			c.get("/akun").is(200)
		}
		f.pass(21 * time.Minute)
		c.get("/akun").to("/masuk")
	})
}

func TestDisabledAccountCannotSignIn(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	must(t, f.auth.SetPassword(t.Context(), "kepala", password))
	f.write(survey.Account{Username: "kepala", Name: "Ratna Wulandari", Role: survey.RoleUnitHead, Unit: ownUnit, Disabled: true})
	f.anyone().post("/masuk", url.Values{"nama": {"kepala"}, "sandi": {password}}).is(422).says("Nama pengguna atau kata sandi salah")
}

func TestChangePassword(t *testing.T) {
	t.Parallel()
	const fresh = "hujan deras di sore hari"
	cases := []struct{ name, old, fresh, repeat, says string }{
		{"too short", password, "pendek", "pendek", "minimal 12 karakter"},
		{"username inside", password, "saya kepala unit", "saya kepala unit", "tidak boleh memuat nama pengguna"},
		{"common", password, "bismillah123", "bismillah123", "terlalu mudah ditebak"},
		{"one letter", password, strings.Repeat("a", 20), strings.Repeat("a", 20), "terlalu mudah ditebak"},
		{"too long", password, strings.Repeat("ab", 65), strings.Repeat("ab", 65), "maksimal 128 karakter"},
		{"typed differently", password, fresh, "hujan deras di pagi hari", "Tidak sama"},
		{"the same again", password, password, password, "harus berbeda"},
		{"wrong old one", "bukan kata sandi saya", fresh, fresh, "tidak cocok"},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			f := newFixture(t)
			form := url.Values{"lama": {tc.old}, "sandi": {tc.fresh}, "ulangi": {tc.repeat}}
			f.as(survey.RoleUnitHead).post("/akun", form).is(422).says(tc.says).hides(tc.fresh)
		})
	}
	t.Run("good", func(t *testing.T) {
		t.Parallel()
		f := newFixture(t)
		here, elsewhere := f.as(survey.RoleUnitHead), f.person("kepala", password)
		done := here.post("/akun", url.Values{"lama": {password}, "sandi": {fresh}, "ulangi": {fresh}})
		done.to("/akun?kabar=sandi")
		here.get("/akun").to("/masuk")
		elsewhere.get("/akun").to("/masuk")
		now := client{f: f, cookie: done.session(f), header: here.header}
		now.get("/akun?kabar=sandi").is(200).says("Kata sandi sudah diganti.")
		f.person("kepala", fresh).get("/akun").is(200)
		if len(f.audited(survey.AuditPassword)) != 1 {
			t.Error("the change is not audited")
		}
	})
}

func TestSetup(t *testing.T) {
	t.Parallel()
	const code = "KODE-PASANG-1234"
	f := newEmptyFixture(t, code)
	f.anyone().get("/").is(200).says("Siapkan sekarang")
	f.anyone().get("/pasang").is(200)
	good := url.Values{"kode": {code}, "instansi": {"Kota Pematangsiantar"}, "nama": {"Togar <b>Siahaan</b>"}, "pengguna": {"Togar"},
		"sandi": {password}, "ulangi": {password}}
	with := func(name, value string) url.Values {
		form := url.Values{}
		for k, v := range good {
			form[k] = v
		}
		form.Set(name, value)
		return form
	}
	wrong := f.anyone().post("/pasang", with("kode", "LAIN")).is(422).says("Kode pemasangan tidak cocok")
	if got := wrong.page().one("input[name=instansi]").attr("value"); got != "Kota Pematangsiantar" {
		t.Errorf("agency %q is not kept", got)
	}
	f.anyone().post("/pasang", with("kode", "")).is(422)
	f.anyone().post("/pasang", with("instansi", "")).is(422).says("Nama instansi : Wajib diisi.")
	f.anyone().post("/pasang", with("pengguna", "a b")).is(422)
	f.anyone().post("/pasang", with("sandi", "pendek")).is(422).says("minimal 12 karakter")
	if len(f.office().Accounts) != 0 {
		t.Fatal("a refused form left an account")
	}
	done := f.anyone().post("/pasang", good)
	done.to("/kelola")
	office := f.office()
	if got := office.Agency().Name; got != "Kota Pematangsiantar" {
		t.Errorf("agency %q", got)
	}
	if got := strings.Join(office.Cycles.IDs(), " "); got != "2026 2026-TW4" {
		t.Errorf("cycles %q, want 2026 2026-TW4", got)
	}
	c := client{f: f, cookie: done.session(f), header: f.anyone().header}
	c.get("/kelola").is(200).says("Togar <b>Siahaan</b>").hides("<b>Siahaan</b>")
	f.anyone().get("/pasang").is(404)
	f.anyone().post("/pasang", with("pengguna", "lain")).is(404)
	c.get("/").is(303)
}

// Who fills in a form and signs in again elsewhere is not told to lack a right.
func TestRefusalsSayWhatToDo(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	admin := f.as(survey.RoleAdmin)
	admin.post("/kelola/unit/simpan", url.Values{"tanda": {"dari-sesi-lain"}, "kode": {"X"}}).is(403).
		says("Formulir ini dibuka sebelum Anda masuk lagi.", "Tidak ada yang disimpan. Buka halamannya sekali lagi, lalu isi ulang.").hides("berwenang")
	f.as(survey.RoleHR).get("/kelola/unit").is(403).says("Anda tidak berwenang membuka halaman ini.", "minta administrator memeriksa peran dan unit akun Anda").hides("masuk lagi")
	admin.get("/kelola/tidak-ada").is(404).says("Halaman atau data ini tidak ada.").hides("minta administrator")
}

// A role without a page is told so, rather than left to look for one.
func TestReviewerIsToldOfNoPage(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	f.as(survey.RoleReviewer).get("/akun").is(200).says("Peran peninjau belum punya halaman sendiri.")
	f.as(survey.RoleHR).get("/akun").is(200).hides("peninjau")
}

func TestSetupNeedsCode(t *testing.T) {
	t.Parallel()
	f := newEmptyFixture(t, "")
	f.anyone().get("/pasang").is(404)
	f.anyone().post("/pasang", url.Values{"kode": {""}}).is(404)
}

// newEmptyFixture is a server over a store in which nothing has been set up.
func newEmptyFixture(t *testing.T, code string) *fixture {
	t.Helper()
	return newFixture(t, emptyOffice(t), func(_ *System, o *Options) { o.SetupCode = code })
}

func emptyOffice(t *testing.T) func(*System, *Options) {
	return func(system *System, _ *Options) {
		store, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "kosong.db"))
		must(t, err)
		t.Cleanup(func() { must(t, store.Close()) })
		system.Store = store
		system.Register, err = survey.OpenRegister(t.Context(), store, system.Clock)
		must(t, err)
	}
}

// From nothing to the first citizen, through pages alone.
func TestFirstVisit(t *testing.T) {
	t.Parallel()
	f := newEmptyFixture(t, "KODE")
	done := f.anyone().post("/pasang", url.Values{"kode": {"KODE"}, "instansi": {"Kota Jayapura"}, "nama": {"Maria"}, "pengguna": {"maria"},
		"sandi": {password}, "ulangi": {password}})
	c := client{f: f, cookie: done.session(f), header: f.anyone().header}
	next := func(want string) {
		t.Helper()
		if got := c.get("/kelola").is(200).page().one("li.next a").text(); got != want {
			t.Fatalf("next step is %q, want %q", got, want)
		}
	}
	save := func(kind string, form url.Values) {
		t.Helper()
		c.post("/kelola/"+kind+"/simpan", form).to("/kelola/" + kind)
	}
	next("Unit")
	c.get("/kelola/unit").is(200).says("Belum ada data. Mulai dengan Tambah unit .").hides("Cari")
	c.get("/kelola/layanan/baru").is(200).says("Unit Pilih dari susunan unit. Pilih Belum ada yang dapat dipilih. Ikuti urutan di Kelola .")
	save("unit", url.Values{"kode": {"91.71"}, "nama": {"Disdukcapil"}, "zona": {"WIT"}})
	next("Layanan")
	c.get("/kelola/unit").is(200).says("1 data.", "Cari")
	c.get("/kelola/layanan/baru").is(200).hides("Belum ada yang dapat dipilih")
	save("layanan", url.Values{"kode": {"KTP"}, "unit": {"91.71"}, "nama": {"KTP-el"}, "standar_waktu": {"1"}, "satuan_waktu": {"hari kerja"}})
	next("Loket")
	save("loket", url.Values{"kode": {"L1"}, "unit": {"91.71"}, "nama": {"Loket 1"}})
	next("Petugas")
	save("petugas", url.Values{"nip": {"199001152015031999"}, "nama": {"Yohanes"}, "jenis_asn": {"pns"}, "unit": {"91.71"}})
	next("Jam buka")
	save("jam", url.Values{"unit": {"91.71"}, "hari": {"rabu"}, "buka": {"08:00"}, "tutup": {"15:00"}})
	next("Jadwal petugas")
	save("jadwal", url.Values{"loket": {"L1"}, "nip": {"199001152015031999"}, "tanggal": {"2026-11-18"}, "mulai": {"08:00"}, "selesai": {"15:00"}})
	next("Target")
	save("target", url.Values{"indikator": {"ikm"}, "tingkat": {"unit"}, "unit": {"91.71"}, "periode": {"2026"}, "target": {"80"}, "bobot": {"100"}})
	next("Akun")
	c.post("/kelola/akun/simpan", url.Values{"username": {"kepala"}, "name": {"Kepala"}, "role": {"unit_head"}, "unit": {"91.71"}}).is(200)
	next("Lembar QR")
	sheet := c.post(sheetPath+"/baru", url.Values{fieldSheetCounter: {"L1"}}).to(sheetPath + "/")
	c.get("/kelola").is(200).says("Semua yang diperlukan sudah ada.")
	id, _, _ := strings.Cut(strings.TrimPrefix(sheet, sheetPath+"/"), "?")
	f.anyone().get("/s/" + id).is(200).says("Loket 1")
	visit, err := f.Intake.Open(id)
	must(t, err)
	if visit.Officer() != "199001152015031999" {
		t.Errorf("the answer would count for %q", visit.Officer())
	}
}
