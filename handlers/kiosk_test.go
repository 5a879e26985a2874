package handlers

import (
	"context"
	"encoding/json"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"kesan/survey"
)

const kioskHere = "/kios/" + kioskOne

func TestKiosk(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	kiosk := f.admitted(kioskOne)
	kiosk.get("/kios").to(kioskHere)
	page := kiosk.get(kioskHere).says("Loket 1", "Bagaimana pelayanan yang Anda terima?", "Untuk petugas").hides("belum dipasangkan")
	kiosk.with("Accept-Language", "en-US").get(kioskHere).says("Bagaimana pelayanan yang Anda terima?") // of whoever installed it
	form := opened(page, "kk")
	thanks := kiosk.post(kioskHere, form).to(kioskHere + "/terima-kasih")
	after := kiosk.get(thanks).is(200).says("Terima kasih")
	if got := after.header.Get("Refresh"); got != "8; url="+kioskHere {
		t.Errorf("the page of thanks goes on with %q", got)
	}
	soon := kiosk.get(kioskHere).is(429).says("Kios ini baru saja dipakai")
	if got := soon.header.Get("Refresh"); got != "21" {
		t.Errorf("a kiosk that was just used comes back after %q seconds", got)
	}
	f.pass(20 * time.Second)
	kiosk.get(kioskHere).is(200)
	kiosk.post(kioskHere, form).to(kioskHere + "/terima-kasih") // sent again: the same answer
	form.Set(string(survey.Waktu), "1")
	kiosk.post(kioskHere, form).is(409)
	if r := f.onlyResponse(); r.Channel != survey.ChannelKiosk || r.Trust != survey.TrustDisplay || r.Officer != officerSiti || r.Counter != "loket-1" {
		t.Errorf("stored %+v", r.Attribution)
	}
}

func TestKioskMistakes(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	kiosk := f.admitted(kioskOne)
	form := opened(kiosk.get(kioskHere+"?bahasa=en").says("How was the service you received?"), "kk")
	form.Del(string(survey.Waktu))
	kiosk.post(kioskHere, form).is(422).says("Choose one answer.")
	f.pass(49 * time.Hour)
	form.Set(string(survey.Waktu), "4")
	again := kiosk.post(kioskHere, form).is(422).page()
	if again.one("input[name=form]").attr("value") == form.Get("form") {
		t.Error("a form that is too old came back")
	}
}

func TestUnpairedKiosk(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	form := opened(f.anyone().get(kioskHere).says("Kios ini belum dipasangkan", "belum terverifikasi"), "kk")
	f.anyone().post(kioskHere, form).to(kioskHere + "/terima-kasih")
	if r := f.onlyResponse(); r.Channel != survey.ChannelPoster || r.Trust != survey.TrustPoster {
		t.Errorf("stored %+v", r.Attribution)
	}
	f.anyone().get(kioskHere + "/formulir").is(403)
	f.write(survey.Sheet{ID: sheetOne, Counter: "loket-1", ValidFrom: "2026-01-01", Revoked: true, Why: "hilang"})
	f.anyone().get(kioskHere).is(404).says("Kios ini belum dipasangkan")
	f.anyone().get("/kios/" + screenOne).is(404)
}

// advance fetches the forms of a kiosk that holds some hours.
func (c client) advance(path string, held ...string) kioskForms {
	c.f.t.Helper()
	var forms kioskForms
	must(c.f.t, json.Unmarshal([]byte(c.get(path+"/formulir?ada="+strings.Join(held, ",")).is(200).body), &forms))
	return forms
}

// A kiosk that has the page of a language gets it again only when there is more to it than another form.
func TestKioskPageIsFetchedOnce(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	kiosk, page := f.admitted(kioskOne), kioskHere+"?lengkap=1&bahasa=en"
	first := kiosk.get(page).is(200)
	f.pass(time.Hour)
	again := kiosk.with("If-None-Match", first.header.Get("ETag")).get(page).is(304)
	if again.body != "" {
		t.Errorf("%d bytes", len(again.body))
	}
	f.write(survey.Counter{Code: "loket-1", Unit: ownUnit, Name: "Loket Satu"})
	kiosk.with("If-None-Match", first.header.Get("ETag")).get(page).is(200).says("Loket Satu")
}

func TestKioskForms(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	kiosk := f.admitted(kioskOne)
	f.admitted(screenOne).get(kioskHere + "/formulir").is(403)
	forms := kiosk.advance(kioskHere)
	if len(forms.Hours) != 25 || forms.Now != morning.Unix() || forms.Interval != 20 {
		t.Errorf("%d hours at %d, a form every %d s", len(forms.Hours), forms.Now, forms.Interval)
	}
	var marks []string
	for i, hour := range forms.Hours {
		if marks = append(marks, hour.Mark); len(hour.Tokens) != 180 || hour.From != morning.Unix()+int64(i)*3600 {
			t.Errorf("hour %d: %d forms from %d", i, len(hour.Tokens), hour.From)
		}
	}

	form := opened(kiosk.get(kioskHere), "kk")
	form.Set(survey.FieldForm, forms.Hours[1].Tokens[0])
	if early := kiosk.post(kioskHere, form).is(503); early.header.Get("Retry-After") == "" {
		t.Error("a kiosk whose clock is an hour ahead is not told to come back")
	}
	f.pass(time.Hour)
	kiosk.post(kioskHere, form).to(kioskHere)
	address := kioskHere + "/formulir?ada=" + strings.Join(marks, ",")
	if n := len(kiosk.with("Accept-Encoding", "gzip").get(address).is(200).body); n > 9_000 { // the 180 forms of an hour
		t.Errorf("the forms of an hour take %d bytes", n)
	}
	for i, hour := range kiosk.advance(kioskHere, marks...).Hours { // of 25 hours it has 24
		if held := i < 24; held != (len(hour.Tokens) == 0) || held && hour.Mark != marks[i+1] {
			t.Errorf("hour %d: held %t, %d forms", i, held, len(hour.Tokens))
		}
	}
	delete(f.cookies, survey.RoleAdmin) // the session has ended
	f.as(survey.RoleAdmin).post(devicePath+"/"+kioskOne+"/cabut", url.Values{fieldBase: {"1"}, fieldWhy: {"dicuri"}}).to(devicePath)
	kiosk.get(kioskHere + "/formulir").is(403)
	f.pass(time.Hour)
	form.Set(survey.FieldForm, forms.Hours[2].Tokens[0])
	kiosk.post(kioskHere, form).is(410)
	f.onlyResponse()
}

// forgetful is a store that cannot say what is in it.
type forgetful struct {
	survey.Store
	away atomic.Bool
}

func (s *forgetful) Entry(ctx context.Context, key string, now time.Time) (survey.Entry, error) {
	if s.away.Load() {
		return survey.Entry{}, survey.ErrAway
	}
	return s.Store.Entry(ctx, key, now)
}

// Nobody stands at a display or kiosk to load its page anew, nor does a page of theirs lead to elsewhere.
func TestDevicesComeBackByThemselves(t *testing.T) {
	t.Parallel()
	store := &forgetful{}
	f := newFixture(t, func(s *System, _ *Options) { store.Store, s.Store = s.Store, store })
	kiosk, screen := f.admitted(kioskOne), f.admitted(screenOne)
	f.write(survey.Counter{Code: "loket-1", Unit: ownUnit, Name: "Loket 1", Closed: true})
	closed := kiosk.get(kioskHere).is(410).says("Loket ini sudah ditutup").hides("href=\"https:")
	store.away.Store(true)
	for name, a := range map[string]*answer{"closed": closed, "kiosk": kiosk.get(kioskHere).is(503), "display": screen.get("/layar/" + screenOne).is(503)} {
		if got := a.header.Get("Refresh"); got != "30" {
			t.Errorf("%s: comes back after %q seconds", name, got)
		}
	}
}

func TestKioskExit(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	kiosk := f.admitted(kioskOne)
	f.anyone().get("/kios/keluar").is(403)
	f.anyone().post("/kios/keluar", url.Values{fieldPairing: {"482913"}}).is(403)
	for _, waiting := range []*answer{kiosk.get("/kios/keluar").is(200).says("Keluar dari kios"),
		kiosk.post("/kios/keluar", url.Values{fieldPairing: {"482914"}}).is(422).says("Kesalahan: Keluar dari kios", "Kode keluar tidak cocok")} {
		if got := waiting.header.Get("Refresh"); got != "60; url="+kioskHere {
			t.Errorf("who walks away without the code leaves the kiosk to %q", got)
		}
	}
	open := kiosk.post("/kios/keluar", url.Values{fieldPairing: {"482913"}}).is(200).says("Tablet loket 1 terbuka untuk petugas")
	if got := open.header.Get("Refresh"); got != "" {
		t.Errorf("staff who left are sent to %q", got)
	}
	for range 19 {
		kiosk.post("/kios/keluar", url.Values{fieldPairing: {"000000"}}).is(422)
	}
	kiosk.post("/kios/keluar", url.Values{fieldPairing: {"482913"}}).is(429)
	f.write(survey.Device{ID: kioskOne, Kind: survey.DeviceKiosk, Counter: "loket-1", Name: "Tablet loket 1"})
	f.pass(time.Minute)
	kiosk.get("/kios/keluar").is(200).says("tidak punya kode keluar")
	kiosk.post("/kios/keluar", url.Values{fieldPairing: {""}}).is(422)
}
