package handlers

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"kesan/handlers/poster/postertest"
	"kesan/public"
	"kesan/survey"
)

// scanned returns the token in the code on a screen: the address is in upper case.
func scanned(t *testing.T, screen *answer) string {
	t.Helper()
	address := postertest.Read(t, rasterise(t, screen.is(200).page().one(".code svg")))
	token, ok := strings.CutPrefix(address, "HTTP://KESAN.TEST/S/")
	if !ok {
		t.Fatalf("the code says %q", address)
	}
	return token
}

func TestDisplay(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	screen := f.admitted(screenOne)
	shown := screen.get("/layar/"+screenOne).says("Pemerintah Kota Semarang", "Loket 1", "Seksi Pelayanan Umum, Kecamatan Gajahmungkur",
		"Pindai untuk menilai pelayanan kami", "Scan to rate our service")
	shown.hides("Siti Rahmawati", "IKM")
	if got := shown.page().one(`noscript`).text(); got != `<meta http-equiv="refresh" content="31">` {
		t.Errorf("without scripts: %s", got)
	}
	code := scanned(t, shown)
	address := f.anyone().get("/S/" + code).to("/s/")
	form := f.anyone().get(address).is(200).says("Bagaimana pelayanan yang Anda terima?", "Loket 1")
	f.pass(5 * time.Minute)
	f.anyone().post(address, opened(form, "kk")).to("/terima-kasih/")
	f.anyone().get(address).is(410).says("Formulir ini sudah dikirim").hides("<form", "tiket")
	f.anyone().get("/S/" + code).is(410).says("Kode QR sudah berganti")
	fresh := scanned(t, screen.get("/layar/"+screenOne))
	for range 3 {
		f.anyone().get("/s/" + fresh).to("/s/")
	}
	if full := f.anyone().get("/S/" + fresh).is(429).says("hanya untuk tiga orang"); full.header.Get("Retry-After") != "30" {
		t.Error("the fourth is not told when to come back")
	}
	if r := f.onlyResponse(); r.Channel != survey.ChannelDisplay || r.Trust != survey.TrustDisplay || r.Officer != officerSiti {
		t.Errorf("stored %+v", r.Attribution)
	}
}

// Of the three forms of a code nobody takes more than one by changing the language, loading the page anew, coming back when the
// code has changed, or asking for all nine questions.
func TestDisplayFormOpensAgain(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	screen := f.admitted(screenOne)
	code := scanned(t, screen.get("/layar/"+screenOne))
	var addresses []string
	for range 3 {
		addresses = append(addresses, f.anyone().get("/S/"+code).to("/s/"))
	}
	first := opened(f.anyone().get(addresses[0]), "kk")
	for range 3 {
		again := f.anyone().get(addresses[0] + "?bahasa=en").says("How was the service you received?")
		if opened(again, "kk").Get(survey.FieldForm) != first.Get(survey.FieldForm) {
			t.Fatal("another form in English")
		}
	}
	f.pass(29 * time.Minute)
	late := opened(f.anyone().get(strings.ToLower(addresses[1])), "kk")
	f.anyone().post(addresses[0], first).to("/terima-kasih/")
	if r := f.onlyResponse(); r.Channel != survey.ChannelDisplay || r.Trust != survey.TrustDisplay || r.Late {
		t.Errorf("stored %+v, late %t", r.Attribution, r.Late)
	}
	f.pass(24 * time.Hour)
	f.anyone().get(addresses[1]).is(410).says("Kode QR sudah berganti")
	f.anyone().post(addresses[1], late).is(410).says("Kode QR sudah berganti")

	// The form of a sheet has no address: it would live on when the sheet is revoked.
	poster := opened(f.anyone().get("/s/"+sheetOne), "kk")
	f.anyone().get("/s/" + poster.Get(survey.FieldForm)).is(404)
}

func TestDisplayFormAsksAllOnRequest(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	f.short()
	address := f.anyone().get("/S/" + scanned(t, f.admitted(screenOne).get("/layar/"+screenOne))).to("/s/")
	short := f.anyone().get(address).is(200).page()
	whole := f.anyone().get(address + short.one("main a").attr("href")).is(200)
	if asked := askedOn(short); len(asked) != 3 {
		t.Errorf("the short form asks %q", asked)
	}
	f.anyone().post(address, opened(whole, "kk")).to("/terima-kasih/")
	f.anyone().get(address).is(410).says("Formulir ini sudah dikirim")
	if r := f.onlyResponse(); r.Short || len(r.Unsur) != 9 {
		t.Errorf("stored %+v", r.Answers)
	}
}

func TestDisplayNamesTheOfficerByPolicy(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	form := url.Values{fieldBase: {"1"}, "name": {"Pemerintah Kota Semarang"}, "colour": {"#0b5d4a"}, "officer_min_trust": {"0"}, "show_officer": {"ya"}}
	f.as(survey.RoleAdmin).post(agencyPath, form).to(agencyPath)
	screen := f.admitted(screenOne)
	screen.get("/layar/"+screenOne).is(200).says("Petugas saat ini", "Siti Rahmawati")
	f.pass(10 * time.Hour)
	screen.get("/layar/" + screenOne).is(200).hides("Petugas saat ini")
}

// A display shows the index of its unit in the last locked cycle, and nothing where that is hidden.
func TestDisplayShowsThePublishedScore(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	for i := range 6 {
		f.answer(sheetOne, served("ktp", 3+i%2))
	}
	f.answer(sheetForeign, served("poli", 4))
	f.fold()
	own, foreign := f.admitted(screenOne), f.admitted(screenForeign)
	own.get("/layar/" + screenOne).is(200).hides("IKM")
	must(t, f.Results.Lock(t.Context(), "2026-TW4", "admin", "uji", true, f.Tallier))
	own.get("/layar/"+screenOne).is(200).says("Nilai kepuasan (IKM) Triwulan IV 2026", "87,50 B, Baik", "dari 6 jawaban")
	foreign.get("/layar/" + screenForeign).is(200).hides("IKM")
}

func TestDisplayStopsWhenTheClockIsBehind(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	screen := f.admitted(screenOne)
	code := scanned(t, screen.get("/layar/"+screenOne))
	f.pass(-61 * time.Second)
	screen.get("/layar/"+screenOne).is(200).says("Layar ini sedang tidak menampilkan kode QR.", "jam server mundur").hides("<svg")
	f.anyone().get("/S/" + code).is(503)
	f.pass(61 * time.Second)
	scanned(t, screen.get("/layar/"+screenOne))
}

// A screen that is not paired shows the poster's code, whose answers are not verified, and says so.
func TestUnpairedDisplay(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	shown := f.anyone().get("/layar/"+strings.ToLower(screenOne)).is(200).says("Layar ini belum dipasangkan", "belum terverifikasi")
	form := f.anyone().get("/S/" + scanned(t, shown)).is(200)
	f.anyone().post("/S/"+sheetOne, opened(form, "kk")).to("/terima-kasih/")
	if r := f.onlyResponse(); r.Channel != survey.ChannelPoster || r.Trust != survey.TrustPoster {
		t.Errorf("stored %+v", r.Attribution)
	}
	f.write(survey.Sheet{ID: sheetOne, Counter: "loket-1", ValidFrom: "2026-01-01", Revoked: true, Why: "hilang"})
	f.anyone().get("/layar/"+screenOne).is(200).says("Layar ini belum dipasangkan, dan di loketnya tidak ada poster yang berlaku.").hides("<svg", "sama dengan poster")
	f.anyone().get("/layar/" + kioskOne).is(404)
	f.anyone().get("/layar/TAKADA00").is(404)
	f.anyone().with("Cookie", "kesan-perangkat="+screenOne+".TEBAKAN").get("/layar/" + screenOne).is(200).says("belum dipasangkan")
	f.anyone().get("/layar/" + screenOne + "?" + fieldKey + "=TEBAKAN").is(200).says("belum dipasangkan")
}

// A display shows no code that leads phones to themselves.
func TestDisplayOfALocalServer(t *testing.T) {
	t.Parallel()
	f := newFixture(t, func(_ *System, o *Options) { o.BaseURL = "http://localhost:8080" })
	for _, screen := range []client{f.admitted(screenOne), f.anyone()} {
		screen.get("/layar/"+screenOne).is(200).says("KESAN_BASE_URL").hides("<svg", "QR berganti", "sama dengan poster")
	}
}

// The browser of an old screen knows the script and the style: nothing of them is younger than 2012.
func TestDisplayForOldScreens(t *testing.T) {
	t.Parallel()
	for name, young := range map[string][]string{
		"asset/layar.js":  {"=>", "let ", "const ", "`", "class ", "async", "await", "...", "?.", "??", "fetch(", "Promise", "replaceWith", ".remove("},
		"asset/layar.css": {"flex", "grid", "var(", "clamp(", "min(", "max(", "calc(", ":has", ":is(", "gap:", "inset", "rem"},
	} {
		text, err := public.Assets.ReadFile(name)
		must(t, err)
		for _, word := range young {
			if strings.Contains(string(text), word) {
				t.Errorf("%s has %q", name, word)
			}
		}
	}
}
