package handlers

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"kesan/survey"
)

// admitted returns a browser that an administrator has admitted as a device, by the way that people go.
func (f *fixture) admitted(id string) client {
	f.t.Helper()
	device, err := f.office().Devices.Value(id)
	must(f.t, err)
	page := f.as(survey.RoleAdmin).post(devicePath+"/"+id+"/kode", nil).is(200)
	code := page.page().one("p.secret code").text()
	answer := f.anyone().post(pairPath(device.Kind), url.Values{fieldPairing: {strings.ToLower(code)}})
	answer.to(pairPath(device.Kind) + "/" + id)
	return f.anyone().with("Cookie", deviceCookie(answer))
}

func deviceCookie(a *answer) string {
	cookie, _, _ := strings.Cut(a.header.Get("Set-Cookie"), ";")
	return cookie
}

func TestPairing(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	first := f.admitted(screenOne)
	first.get("/layar").to("/layar/" + screenOne)
	first.get("/layar/" + screenOne).is(200).says("QR berganti setiap 30 detik").hides("belum dipasangkan")
	first.get("/layar/" + screenForeign).is(200).says("Layar ini belum dipasangkan")
	f.as(survey.RoleAdmin).get(devicePath).is(200).says("TV loket 1", "Terhubung", "Belum dipasangkan", "Tablet loket 1")

	second := f.admitted(screenOne)
	first.get("/layar/" + screenOne).is(200).says("Layar ini belum dipasangkan")
	second.get("/layar/" + screenOne).is(200).says("QR berganti setiap 30 detik")
	f.pass(10 * time.Minute)
	f.as(survey.RoleAdmin).get(devicePath+"/"+screenOne).is(200).says("Dipasangkan", "18 November 2026 10.00 WIB")
}

func TestPairingCode(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	code := func() string {
		return f.as(survey.RoleAdmin).post(devicePath+"/"+screenOne+"/kode", nil).is(200).page().one("p.secret code").text()
	}
	pair := func(code string) *answer { return f.anyone().post("/layar", url.Values{fieldPairing: {code}}) }

	old := code()
	f.pass(15*time.Minute + time.Second)
	pair(old).is(422).says("Kesalahan: Pasangkan perangkat", "Kode tidak cocok atau sudah habis masanya")
	spent := code()
	pair(spent).to("/layar/" + screenOne)
	pair(spent).is(422)
	good := code()
	f.anyone().get("/layar?" + url.Values{fieldPairing: {good}}.Encode()).is(200) // looking at the address of the QR code spends nothing
	for range 18 {
		pair("AAAA-AAAA").is(422)
	}
	pair(good).is(429).says("Tunggu satu menit")
	f.pass(time.Minute)
	pair(good).to("/layar/" + screenOne)
}

func TestWithdrawnDevice(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	screen, admin := f.admitted(screenOne), f.as(survey.RoleAdmin)
	code := scanned(t, screen.get("/layar/"+screenOne))
	page := admin.post(devicePath+"/"+screenOne+"/cabut", url.Values{fieldBase: {"1"}}).is(422)
	page.says("Tulis alasan pencabutan")
	admin.post(devicePath+"/"+screenOne+"/cabut", url.Values{fieldBase: {"7"}, fieldWhy: {"dicuri"}}).is(409).says("baru saja diubah orang lain")
	admin.post(devicePath+"/"+screenOne+"/cabut", url.Values{fieldBase: {"1"}, fieldWhy: {"dicuri"}}).to(devicePath + "/" + screenOne)
	admin.get(devicePath+"/"+screenOne).is(200).says("Dicabut", "dicuri").hides("Buat kode pemasangan")
	admin.post(devicePath+"/"+screenOne+"/kode", nil).is(410)
	shown := screen.get("/layar/" + screenOne).is(200).says("Perangkat ini sudah dicabut")
	shown.hides("<svg")
	f.anyone().get("/S/" + code).is(410)
}

func TestDeviceForm(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	admin := f.as(survey.RoleAdmin)
	admin.get(devicePath+"/baru").is(200).says("Perangkat baru", "Loket 1, Seksi Pelayanan Umum")
	form := url.Values{fieldBase: {"0"}, "kind": {"kiosk"}, "counter": {"loket-9"}, "name": {"Kios pintu"}, "interval": {"5"}, "exit": {"12"}}
	admin.post(devicePath+"/baru", form).is(422).says("Pilih loket yang masih buka.", "paling sedikit 10", "paling sedikit 6")
	form.Set("counter", "loket-2")
	form.Set("interval", "30")
	form.Set("exit", "112233")
	path := strings.TrimSuffix(admin.post(devicePath+"/baru", form).to(devicePath+"/"), "?kabar=tersimpan")
	admin.get(path).is(200).says("Kios pintu", "Loket 2", "30 detik", "112233", "/kios/")
	admin.get(path+"/ubah").is(200).hides(`name="counter"`, `name="kind"`)
	change := url.Values{fieldBase: {"1"}, "name": {"Kios lorong"}, "interval": {""}, "exit": {""}, "kind": {"display"}, "counter": {"loket-1"}}
	admin.post(path+"/ubah", change).to(path)
	admin.get(path).is(200).says("Kios lorong", "Kios", "Loket 2", "20 detik", "tidak ada")
	admin.post(path+"/ubah", change).is(409).says("baru saja diubah oleh admin")
	admin.get(devicePath + "?cari=lorong").is(200).says("1 data")
}

// opened returns what a form holds that nobody has filled, and an answer to every question.
func opened(page *answer, service string) url.Values {
	form := url.Values{survey.FieldService: {service}}
	for _, hidden := range page.is(200).page().all("form input[type=hidden]") {
		form.Set(hidden.attr("name"), hidden.attr("value"))
	}
	for _, unsur := range survey.UnsurList {
		form.Set(string(unsur), "4")
	}
	return form
}

// onlyResponse returns the one answer that the unit has.
func (f *fixture) onlyResponse() survey.Response {
	f.t.Helper()
	list := f.responses(ownUnit)
	if len(list) != 1 {
		f.t.Fatalf("%d answers stored", len(list))
	}
	return list[0]
}
