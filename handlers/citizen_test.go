package handlers

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"io"
	"net/http/httptest"
	"net/url"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/andybalholm/brotli"

	"kesan/survey"
)

// fill opens a sheet's form and returns what a citizen sends who answers 3 to everything, with changes: name, value, ...;
// an empty value leaves the field out.
func (f *fixture) fill(address string, changes ...string) url.Values {
	f.t.Helper()
	form := url.Values{}
	page := f.anyone().get(address).is(200).page()
	for _, hidden := range page.all("form input[type=hidden]") {
		form.Set(hidden.attr("name"), hidden.attr("value"))
	}
	for _, u := range survey.UnsurList {
		form.Set(string(u), "3")
	}
	if services := page.all("input[name=layanan]"); len(services) > 0 {
		form.Set(survey.FieldService, "ktp")
	}
	for i := 0; i < len(changes); i += 2 {
		form.Set(changes[i], changes[i+1])
		if changes[i+1] == "" {
			form.Del(changes[i])
		}
	}
	return form
}

// responses returns the stored answers of a unit.
func (f *fixture) responses(unit string) []survey.Response {
	f.t.Helper()
	var list []survey.Response
	for record, err := range f.Store.Records(context.Background(), unit, "2026-01-01", "2027-12-31") {
		must(f.t, err)
		if record.Kind == survey.KindResponse {
			response, err := survey.DecodeResponse(record)
			must(f.t, err)
			list = append(list, response)
		}
	}
	return list
}

// refusals returns the rules by which submissions at a unit were recorded as refused.
func (f *fixture) refusals(unit string) []survey.Rule {
	f.t.Helper()
	var list []survey.Rule
	for record, err := range f.Store.Records(context.Background(), unit, "2026-01-01", "2027-12-31") {
		must(f.t, err)
		if record.Kind == survey.KindVerdict {
			verdict, err := survey.DecodeVerdict(record)
			must(f.t, err)
			list = append(list, verdict.Rule)
		}
	}
	return list
}

const here = "/s/" + sheetOne

func TestSurveyPage(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	a := f.anyone().get(here).is(200)
	a.says("Pemerintah Kota Semarang", "Loket 1", "Seksi Pelayanan Umum, Kecamatan Gajahmungkur", "Tanpa nama.",
		"Berapa lama Anda menunggu sebelum dilayani?", "Saya pergi sebelum dilayani", "Jangan tulis nama, NIK, atau nomor telepon",
		"Kirim jawaban").hides("Siti", officerSiti, " onclick=", " style=")
	page := a.page()
	if lang := page.one("html").attr("lang"); lang != "id" {
		t.Errorf("lang %q", lang)
	}
	if n := len(page.all("fieldset")); n != 9+3 { // unsur, services, waiting, profile
		t.Errorf("%d fieldsets", n)
	}
	for _, u := range survey.UnsurList {
		radios := page.all("input[type=radio][name=" + string(u) + "]")
		if len(radios) != 4 || radios[0].attr("value") != "1" || radios[3].attr("value") != "4" {
			t.Errorf("%s: radios %v", u, radios)
		}
	}
	for _, question := range page.all("fieldset") {
		radio := question.all("input[type=radio]")
		if len(radio) == 0 || radio[0].attr("name") == survey.FieldService {
			continue
		}
		unsur := survey.Unsur(radio[0].attr("name")) // a fee or the handling of a complaint is no feeling
		if faces := question.attr("class") == "f"; faces != (unsur != survey.Biaya && unsur != survey.Pengaduan) {
			t.Errorf("%s: faces %t", unsur, faces)
		}
	}
	if len(page.all("[checked]"))+len(page.all("[selected]")) != 0 {
		t.Error("something is chosen in advance")
	}
	var links []string
	for _, link := range page.all("nav a") {
		if tag := link.attr("lang"); link.attr("href") != "?bahasa="+tag || link.attr("hreflang") != tag {
			t.Errorf("link %q", link.attr("href"))
		}
		links = append(links, link.text())
	}
	if len(links) != len(f.words.Languages())-1 || !slices.Contains(links, "Jawa") || slices.Contains(links, "Indonesia") {
		t.Errorf("links %q", links)
	}
	trap := page.one("div.h")
	if trap.attr("aria-hidden") != "true" || trap.one("input").attr("tabindex") != "-1" || trap.one("input").attr("name") != survey.FieldTrap {
		t.Error("the trap is in people's way")
	}
	if n := strings.Count(a.body, "<"); n > 800 {
		t.Errorf("%d tags", n)
	}
}

func TestSurveyPageOfOneService(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	a := f.anyone().get("/s/" + sheetTwo).is(200).says("Loket 2, Kartu Keluarga")
	if len(a.page().all("[name=layanan]")) != 0 {
		t.Error("there is nothing to choose")
	}
}

// The page says by hash which style and script it may use, and fetches nothing else.
func TestSurveyPolicy(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	for _, a := range []*answer{f.anyone().get(here).is(200), f.anyone().post(here, url.Values{}).is(422), f.anyone().get("/s/XXXX").is(404)} {
		csp := a.header.Get("Content-Security-Policy")
		want := []string{"default-src 'none'", "style-src " + hashOf(a.body, "<style>", "</style>")}
		if strings.Contains(a.body, "<form") {
			want = append(want, "script-src "+hashOf(a.body, `<script type="module">`, "</script>"))
		}
		for _, part := range want {
			if !strings.Contains(csp+";", part+";") {
				t.Errorf("policy %q, want %q", csp, part)
			}
		}
		if strings.Count(a.body, "<script") != strings.Count(csp, "script-src") || strings.Contains(csp, "unsafe") {
			t.Errorf("policy %q", csp)
		}
		if cache := a.header.Get("Cache-Control"); cache != "no-store" {
			t.Errorf("cache %q", cache)
		}
		for _, out := range []string{"src=", "url(\"http", "@import", "<link rel=\"stylesheet"} {
			a.hides(out)
		}
	}
}

// hashOf returns how a policy names what stands between two texts of a page.
func hashOf(page, from, to string) string {
	_, rest, _ := strings.Cut(page, from)
	text, _, _ := strings.Cut(rest, to)
	sum := sha256.Sum256([]byte(text))
	return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}

func TestSurveyAddresses(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	token, err := f.Minter.Poster(sheetOne)
	must(t, err)
	for _, address := range []string{"/s/" + token, "/S/" + token, "/s/" + strings.ToLower(token), "/s/kesan001", "/S/KESAN001", "/s/KESANOOI"} {
		f.anyone().get(address).is(200).says("Loket 1")
	}
	form := f.fill("/S/" + token)
	f.anyone().post("/S/"+token, form).to("/terima-kasih/")
}

func TestSurveyLanguages(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	tests := []struct{ name, accepts, query, want string }{
		{"nothing said", "", "", "id"},
		{"English browser", "en-GB,en;q=0.9", "", "en"},
		{"English browser of somebody who reads Indonesian", "en-US,en;q=0.9,id;q=0.8", "", "id"},
		{"old code of Indonesian", "in-ID,en;q=0.9", "", "id"},
		{"a language that we lack", "fr", "", "id"},
		{"French, then English", "fr,en;q=0.5", "", "en"},
		{"chosen", "en", "?bahasa=id", "id"},
		{"chosen English", "id", "?bahasa=en", "en"},
		{"chosen nonsense", "", "?bahasa=<script>", "id"},
		{"broken header", ";;q=q,", "", "id"},
		{"anything", "*", "", "id"},
		{"Javanese phone", "jv-ID,jv;q=0.9", "", "jv"},
		{"old code of Javanese", "jw", "", "jv"},
		{"Javanese phone of somebody who reads Indonesian", "jv,id;q=0.8,en;q=0.5", "", "id"},
		{"Minangkabau", "min,en;q=0.5", "", "min"},
		{"Papuan Malay", "pmy", "", "pmy"},
		{"Malay is none of them", "ms", "", "id"},
		{"nor are Sundanese and Banjar", "su,bjn", "", "id"},
		{"chosen Javanese", "id", "?bahasa=jv", "jv"},
		{"chosen Minangkabau", "", "?bahasa=min", "min"},
		{"chosen Papuan Malay", "en", "?bahasa=pmy", "pmy"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			c := f.anyone()
			if test.accepts != "" {
				c = c.with("Accept-Language", test.accepts)
			}
			page := c.get(here + test.query).is(200).page()
			if lang := page.one("html").attr("lang"); lang != test.want {
				t.Errorf("lang %q, want %q", lang, test.want)
			}
			if lang := page.one("input[name=bahasa]").attr("value"); lang != test.want {
				t.Errorf("hidden %q, want %q", lang, test.want)
			}
		})
	}
	// English helps to understand; the official wording stays beside it.
	f.anyone().get(here+"?bahasa=en").says("Very easy", "Sangat mudah", "How fast was the service?",
		"Bagaimana pendapat Saudara tentang kecepatan waktu dalam memberikan pelayanan?", "Send my answers")
}

// A draft says that it is one; beside each of its words stand the official ones, marked as Indonesian, and what it lacks is
// Indonesian and says so.
func TestSurveyDrafts(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	tests := []struct{ lang, notice, question, label, official, head, send string }{
		{"jv", "dereng dipuntingali panutur asli", "gampilipun tata cara", "Gampil sanget", "Sangat mudah", "Kados pundi paladosan", "Kirim wangsulan"},
		{"min", "alun ditinjau panutua asli", "Manuruik Sanak", "Sangaik mudah", "Sangat mudah", "Baa palayanan", "Kirim jawaban"},
		{"pmy", "belum ditinjau penutur asli", "gampang ka tida?", "Gampang skali", "Sangat mudah", "Pelayanan yang Sodara dapat", "Kirim jawaban"},
	}
	for _, test := range tests {
		if !f.words.Draft(test.lang) {
			continue // somebody has reviewed it
		}
		a := f.anyone().get(here+"?bahasa="+test.lang).is(200).says(test.notice, test.question, test.label, test.head, test.send,
			"Bagaimana pemahaman Saudara tentang kemudahan prosedur pelayanan di unit ini?")
		page := a.page()
		for _, label := range page.all("label.o") {
			if len(label.all("[name=prosedur][value=4]")) == 1 && !strings.Contains(label.text(), test.label) {
				t.Errorf("%s: 4 is %q", test.lang, label.text())
			}
		}
		var indonesian []string
		for _, marked := range page.all("[lang=id]") {
			indonesian = append(indonesian, marked.text())
		}
		for _, text := range []string{test.official, "Bagaimana pendapat Saudara tentang kewajaran biaya/tarif dalam pelayanan?"} {
			if !slices.Contains(indonesian, text) {
				t.Errorf("%s: %q is not marked as Indonesian", test.lang, text)
			}
		}
		for _, lacking := range page.all("template [lang=id]") {
			t.Errorf("%s: the script says in Indonesian %q", test.lang, lacking.text())
		}
		form := f.fill(here + "?bahasa=" + test.lang)
		thanks := f.anyone().post(here, form).to("/terima-kasih/")
		f.anyone().get(thanks).is(200).says(test.notice)
		if lang := f.anyone().get("/s/KESAN099?bahasa=" + test.lang).is(404).page().one("h1 span").attr("lang"); lang != "id" {
			t.Errorf("%s: a text that it lacks is %q", test.lang, lang)
		}
	}
	f.anyone().get(here+"?bahasa=min").says("Gratis").hides("Gratis (", "(Gratis")
	f.anyone().get(here+"?bahasa=jv").says("Boten kersa mangsuli (Tidak ingin menjawab)", "Pegawai swasta")
	for _, lang := range []string{"id", "en"} {
		f.anyone().get(here+"?bahasa="+lang).hides(">Terjemahan ini", "has not been reviewed")
	}
}

// Whatever the coding, it is the same page, and no two people get the same token.
func TestSurveyCodings(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	read := map[string]func(io.Reader) io.Reader{
		"":         func(r io.Reader) io.Reader { return r },
		"gzip":     func(r io.Reader) io.Reader { z, err := gzip.NewReader(r); must(t, err); return z },
		"br, gzip": func(r io.Reader) io.Reader { return brotli.NewReader(r) },
	}
	limits := map[string]int{"": 24000, "gzip": 7168, "br, gzip": 6144} // budget of the first view
	var pages, tokens []string
	for coding, reader := range read {
		for _, lang := range []string{"id", "id", "en", "jv", "min", "pmy"} {
			a := f.anyone().with("Accept-Encoding", coding).get(here + "?bahasa=" + lang).is(200)
			t.Logf("%q %s: %d B", coding, lang, len(a.body))
			if len(a.body) > limits[coding] {
				t.Errorf("%q %s: %d bytes, want at most %d", coding, lang, len(a.body), limits[coding])
			}
			plain, err := io.ReadAll(reader(strings.NewReader(a.body)))
			must(t, err)
			a.body = string(plain)
			if n := a.page().elements(); n > 400 {
				t.Errorf("%s: %d elements, want at most 400", lang, n)
			} else {
				t.Logf("%s: %d elements", lang, n)
			}
			token := a.page().one("input[name=form]").attr("value")
			if slices.Contains(tokens, token) || token == placeholder {
				t.Error("a token was given twice")
			}
			tokens = append(tokens, token)
			if lang == "id" {
				pages = append(pages, strings.Replace(a.body, token, "", 1))
			}
		}
	}
	if pages = slices.Compact(pages); len(pages) != 1 {
		t.Errorf("%d different pages, want one", len(pages))
	}
}

// A change of the office shows at once.
func TestSurveyPageFollowsOffice(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	f.anyone().get(here).is(200).says("Loket 1")
	f.write(survey.Counter{Code: "loket-1", Unit: ownUnit, Name: "Loket Satu"}, survey.Agency{Name: "Pemkot <Baru>", Colour: "#ffd400"})
	f.anyone().get(here).is(200).says("Loket Satu", "Pemkot <Baru>").hides("<Baru>", ">Loket 1<")
}

func TestSubmit(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	form := f.fill(here, "perilaku", "4", "menit_tunggu", " 12 ", "komentar", "Rama\u0300h\r\nsekali <b>", "jenis_kelamin", "p", "usia", "")
	place := f.anyone().post(here, form).to("/terima-kasih/")
	if !strings.HasSuffix(place, "?bahasa=id") {
		t.Errorf("sent to %q", place)
	}
	list := f.responses(ownUnit)
	if len(list) != 1 {
		t.Fatalf("%d answers stored", len(list))
	}
	got := list[0]
	if got.Unsur[survey.Perilaku] != 4 || got.Unsur[survey.Waktu] != 3 || len(got.Unsur) != 9 || got.Service != "ktp" || *got.Wait != 12 ||
		got.Comment != "Ram\u00e0h\nsekali <b>" || got.Profile["jenis_kelamin"] != "p" || len(got.Profile) != 1 {
		t.Errorf("stored %+v", got.Answers)
	}
	if got.Officer != officerSiti || got.Counter != "loket-1" || got.Sheet != sheetOne || got.Lang != "id" || got.Late || got.Day != "2026-11-18" {
		t.Errorf("stored %+v", got)
	}
}

// A double tap, the back button, a retry after a lost reply: one answer, the same receipt.
func TestSubmitTwice(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	form := f.fill(here)
	first := f.anyone().post(here, form).to("/terima-kasih/")
	f.pass(20 * time.Hour)
	if again := f.anyone().post(here, form).to("/terima-kasih/"); again != first {
		t.Errorf("receipt %q, then %q", first, again)
	}
	form.Set("perilaku", "1")
	f.anyone().post(here, form).is(409).says("Jawaban Anda sudah kami terima sebelumnya", "Jawaban yang pertama tetap berlaku")
	list := f.responses(ownUnit)
	if len(list) != 1 || list[0].Unsur[survey.Perilaku] != 3 {
		t.Errorf("stored %+v", list)
	}
}

func TestSubmitLeft(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	form := url.Values{"form": f.fill(here)["form"], "layanan": {"kk"}, "pergi": {"1"}, "menit_tunggu": {"90"}}
	f.anyone().post(here, form).to("/terima-kasih/")
	if got := f.responses(ownUnit)[0]; !got.Left || len(got.Unsur) != 0 || *got.Wait != 90 {
		t.Errorf("stored %+v", got.Answers)
	}
}

func TestSubmitMistakes(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	long := strings.Repeat("panjang ", 130)
	form := f.fill(here, "waktu", "", "layanan", "", "menit_tunggu", "lama", "komentar", long, "usia", "26-35")
	a := f.anyone().post(here, form).is(422)
	a.says("Ada yang perlu diperbaiki", "Pertanyaan 3. Pilih satu jawaban.", "Pilih layanan yang Anda perlukan.",
		"Tulis lama menunggu dengan angka, 0 sampai 480 menit.", "Komentar terlalu panjang: 1.039 huruf. Pendekkan menjadi paling banyak 1.000 huruf.")
	page := a.page()
	if title := page.one("title").text(); title != "Kesalahan: Survei kepuasan masyarakat" {
		t.Errorf("title %q", title)
	}
	summary := page.one("div.sum")
	if !summary.has("autofocus") || summary.attr("tabindex") != "-1" {
		t.Error("the summary does not take the focus")
	}
	var links []string
	for _, link := range summary.all("a") {
		id := strings.TrimPrefix(link.attr("href"), "#")
		target := page.one("#" + id)
		links = append(links, id)
		// The same words stand at the field, and the field names them.
		key := target.attr("name")
		if at := page.one("#" + key + "-e").text(); at != link.text() {
			t.Errorf("%s: summary says %q, field says %q", id, link.text(), at)
		}
	}
	if want := []string{"layanan", "menit_tunggu", "waktu", "komentar"}; !slices.Equal(links, want) {
		t.Errorf("links %v, want %v", links, want)
	}
	// What was typed is kept, even the comment that is too long; the form is the same one.
	if page.one("#menit_tunggu").attr("value") != "lama" || page.one("textarea").text() != strings.TrimSpace(long) ||
		!page.one("[name=perilaku][value=3]").has("checked") || !page.one("option[value=26-35]").has("selected") ||
		page.one("input[name=form]").attr("value") != form.Get("form") {
		t.Error("not everything that was typed is kept")
	}
	if len(page.all("[checked]")) != 8 {
		t.Errorf("%d radios chosen, want 8", len(page.all("[checked]")))
	}
	if len(f.responses(ownUnit)) != 0 || len(f.refusals(ownUnit)) != 0 {
		t.Error("an ordinary mistake left a record")
	}
	form.Set("bahasa", "en")
	f.anyone().post(here, form).is(422).says("Error: Citizen satisfaction survey", "Question 3. Choose one answer.")
}

// An answer that was begun, or waits on a phone or a kiosk, while its service ends or goes to other counters still counts for
// it; a form that is handed out afterwards does not offer it.
func TestServiceEndsMeanwhile(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]survey.Object{
		"service ended":       survey.Service{Code: "ktp", Unit: ownUnit, Name: "Perekaman KTP-el", Closed: true},
		"service goes":        survey.Counter{Code: "loket-1", Unit: ownUnit, Name: "Loket 1", Services: []string{"kk", "pindah"}},
		"only one is offered": survey.Counter{Code: "loket-1", Unit: ownUnit, Name: "Loket 1", Services: []string{"kk"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := newFixture(t)
			f.write(survey.Sheet{ID: "KESAN004", Counter: "loket-1", Service: "ktp", ValidFrom: "2026-01-01"})
			f.pass(50 * time.Hour) // the office has been as it is for longer than any form lives
			kiosk := f.admitted(kioskOne)
			begun, ofOne, onKiosk := f.fill(here), f.fill("/s/KESAN004"), opened(kiosk.get(kioskHere), "ktp")
			f.pass(time.Minute)
			f.write(change)
			f.pass(time.Minute)
			late := opened(f.anyone().get(here).is(200).hides("Perekaman KTP-el"), "ktp")
			f.anyone().post(here, late).is(422).says("Pilih satu dari jawaban yang ada.")
			begun.Del(string(survey.Waktu))
			f.anyone().post(here, begun).is(422).says("Perekaman KTP-el").hides("Pilih satu dari jawaban yang ada.")
			begun.Set(string(survey.Waktu), "4")
			f.anyone().post(here, begun).is(303)
			f.anyone().post("/s/KESAN004", ofOne).is(303)
			kiosk.post(kioskHere, onKiosk).to(kioskHere + "/terima-kasih")
			for _, r := range f.responses(ownUnit) {
				if r.Answers.Service != "ktp" {
					t.Errorf("%s counts for %q, want ktp", r.Channel, r.Answers.Service)
				}
			}
			if got := len(f.responses(ownUnit)); got != 3 {
				t.Errorf("%d answers are kept, want 3", got)
			}
		})
	}
}

// What no page of ours sends is refused, and once recorded without content.
func TestSubmitRefused(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name  string
		alter func(url.Values)
		rule  survey.Rule
		says  string
	}{
		{"value off the scale", func(v url.Values) { v.Set("waktu", "5") }, survey.RuleMalformed, "Pertanyaan 3. Pilih satu dari jawaban yang ada."},
		{"service of another unit", func(v url.Values) { v.Set("layanan", "poli") }, survey.RuleMalformed, "Pilih satu dari jawaban yang ada."},
		{"field twice", func(v url.Values) { v.Add("waktu", "4") }, survey.RuleMalformed, "Pilih satu dari jawaban yang ada."},
		{"trap", func(v url.Values) { v.Set("situs_web", "http://iklan") }, survey.RuleHoneypot, "Isian tersembunyi yang harus kosong"},
		{"NUL in the comment", func(v url.Values) { v.Set("komentar", "a\x00b") }, survey.RuleMalformed, "tanda yang tidak dapat dibaca"},
		{"no UTF-8", func(v url.Values) { v.Set("komentar", "a\xff\xfe") }, survey.RuleMalformed, "tanda yang tidak dapat dibaca"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			f := newFixture(t)
			form := f.fill(here)
			test.alter(form)
			for range 2 {
				a := f.anyone().post(here, form).is(422).says(test.says).hides("http://iklan")
				if len(a.page().all("div.sum li")) != 1 {
					t.Errorf("summary %q", a.page().one("div.sum").text())
				}
			}
			if got := f.refusals(ownUnit); len(got) != 1 || got[0] != test.rule {
				t.Errorf("refusals %v, want %v once", got, test.rule)
			}
			if len(f.responses(ownUnit)) != 0 {
				t.Error("it was stored")
			}
		})
	}
}

func TestSubmitOtherContent(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	form := f.fill(here)
	for kind, body := range map[string]string{
		"application/json":                "{}",
		"multipart/form-data; boundary=x": "--x\r\nContent-Disposition: form-data; name=\"form\"\r\n\r\n" + form.Get("form") + "\r\n--x--\r\n",
		"text/plain":                      form.Encode(),
		"":                                form.Encode(),
	} {
		request := httptest.NewRequest("POST", here, strings.NewReader(body))
		request.Header.Set("Content-Type", kind)
		f.anyone().send(request).is(415)
	}
	// Nothing is read from the address.
	f.anyone().post(here+"?"+form.Encode(), url.Values{"form": form["form"]}).is(422)
	if len(f.responses(ownUnit)) != 0 {
		t.Error("it was stored")
	}
}

func TestSubmitEscapes(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	for _, attack := range []string{`</textarea><script>alert(1)</script>`, `"><img src=x onerror=alert(1)>`, `{{.Token}}`, `' onfocus=alert(1) autofocus='`} {
		form := f.fill(here, "komentar", attack, "menit_tunggu", attack, "waktu", "", "bahasa", attack, "usia", attack)
		a := f.anyone().post(here, form).is(422).hides("<script>", "<img")
		page := a.page()
		if got := page.one("textarea").text(); got != attack {
			t.Errorf("comment %q, want %q", got, attack)
		}
		if got := page.one("#menit_tunggu").attr("value"); got != attack || page.one("#menit_tunggu").has("onfocus") {
			t.Errorf("minutes %q, want %q", got, attack)
		}
		f.anyone().get("/s/"+url.PathEscape(attack)).is(404).hides("<script>", "<img", attack)
	}
}

// A form lives for a day; then what was typed goes into a fresh one.
func TestSubmitExpired(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	form := f.fill(here, "komentar", "Sudah lama")
	f.pass(25 * time.Hour)
	a := f.anyone().post(here, form).is(422).says("lebih dari sehari", "Sudah lama")
	page := a.page()
	if !page.one("#pesan").has("autofocus") || !page.one("[name=waktu][value=3]").has("checked") {
		t.Error("the message has no focus or the answers are lost")
	}
	token := page.one("input[name=form]").attr("value")
	if token == form.Get("form") || token == "" {
		t.Error("the token is not fresh")
	}
	form.Set("form", token)
	f.anyone().post(here, form).to("/terima-kasih/")
	if n := len(f.responses(ownUnit)); n != 1 {
		t.Errorf("%d answers stored", n)
	}
}

func TestSubmitLate(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	form := f.fill(here)
	f.pass(14 * time.Hour) // midnight has passed; the answer is still that of the day the form was opened
	f.anyone().post(here, form).to("/terima-kasih/")
	if got := f.responses(ownUnit)[0]; !got.Late || got.Day != "2026-11-18" {
		t.Errorf("stored %+v", got)
	}
}

func TestSubmitForged(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	poster, err := f.Minter.Poster(sheetOne)
	must(t, err)
	for _, token := range []string{"", "X", poster, strings.Repeat("A", 5000)} {
		form := f.fill(here, "form", token)
		a := f.anyone().post(here, form).is(422)
		if got := a.page().one("input[name=form]").attr("value"); got == token {
			t.Error("a token that is not ours came back")
		}
	}
	if len(f.responses(ownUnit)) != 0 {
		t.Error("it was stored")
	}
}

func TestSheetStates(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	f.write(
		survey.Sheet{ID: "KESAN011", Counter: "loket-1", ValidFrom: "2026-01-01", Revoked: true, Why: "hilang"},
		survey.Sheet{ID: "KESAN012", Counter: "loket-1", ValidFrom: "2026-12-01"},
		survey.Sheet{ID: "KESAN013", Counter: "loket-1", ValidFrom: "2026-01-01", ValidTo: "2026-11-17"},
		survey.Sheet{ID: "KESAN014", Counter: "loket-9", ValidFrom: "2026-01-01"},
		survey.Sheet{ID: "KESAN015", Counter: "loket-1", ValidFrom: "2026-11-18", ValidTo: "2026-11-18"})
	tests := []struct {
		sheet  string
		status int
		id, en string
	}{
		{"KESAN099", 404, "Alamat ini tidak kami kenal", "We do not know this address"},
		{"KESAN011", 410, "Lembar ini sudah ditarik", "This sheet has been withdrawn"},
		{"KESAN012", 410, "Lembar ini tidak berlaku hari ini", "This sheet is not valid today"},
		{"KESAN013", 410, "Lembar ini tidak berlaku hari ini", "This sheet is not valid today"},
		{"KESAN014", 410, "Loket ini sudah ditutup", "This counter has closed"},
		{"KESAN015", 200, "Loket 1", "Loket 1"},
	}
	for _, test := range tests {
		f.anyone().get("/s/"+test.sheet).is(test.status).says(test.id).hides("hilang", "not found", "revoked")
		f.anyone().get("/s/" + test.sheet + "?bahasa=en").is(test.status).says(test.en)
		if test.status != 200 {
			f.anyone().post("/s/"+test.sheet, url.Values{"form": {"X"}}).is(test.status).says(test.id)
		}
	}
}

// A sheet that is withdrawn, or a counter that closes, does not take the form from who is filling it in.
func TestSubmitAfterRevocation(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	form := f.fill(here)
	f.write(survey.Sheet{ID: sheetOne, Counter: "loket-1", ValidFrom: "2026-01-01", Revoked: true})
	f.anyone().post(here, form).to("/terima-kasih/")
	f.pass(25 * time.Hour)
	f.anyone().post(here, form).is(410).says("Lembar ini sudah ditarik")
}

// Outside the opening hours people answer at home.
func TestSubmitAtNight(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	f.at(time.Date(2026, 11, 22, 15, 0, 0, 0, time.UTC)) // Sunday, 22.00
	f.anyone().post(here, f.fill(here)).to("/terima-kasih/")
	if got := f.responses(ownUnit)[0]; got.Officer != "" || got.Hour != 22 {
		t.Errorf("stored %+v", got)
	}
}

// failing is a store that cannot take answers.
type failing struct {
	survey.Store
	err error
}

func (s *failing) AppendRecords(ctx context.Context, records []survey.Record) ([]survey.Outcome, error) {
	if s.err != nil {
		return nil, s.err
	}
	return s.Store.AppendRecords(ctx, records)
}

func TestSubmitStoreAway(t *testing.T) {
	t.Parallel()
	store := &failing{}
	f := newFixture(t, func(s *System, _ *Options) { store.Store, s.Store = s.Store, store })
	store.err = errors.New("disk /var/lib/kesan is full")
	form := f.fill(here, "komentar", `"tetap" <ada>`)
	a := f.anyone().post(here, form).is(503).says("Maaf, jawaban Anda belum terkirim", "Kirim lagi").hides("/var/lib", "disk", "<ada>")
	if a.header.Get("Retry-After") == "" {
		t.Error("no Retry-After")
	}
	again := url.Values{}
	for _, field := range a.page().all("form input") {
		again.Set(field.attr("name"), field.attr("value"))
	}
	if again.Encode() != form.Encode() {
		t.Errorf("kept %q, want %q", again.Encode(), form.Encode())
	}
	again.Set("bahasa", "en")
	f.anyone().post(here, again).is(503).says("Sorry, your answers have not been sent yet")
	store.err = nil
	f.anyone().post(here, again).to("/terima-kasih/")
	if n := len(f.responses(ownUnit)); n != 1 {
		t.Errorf("%d answers stored", n)
	}
}

// stuck is a store that holds every write until its gate opens.
type stuck struct {
	survey.Store
	gate chan struct{}
}

func (s *stuck) AppendRecords(ctx context.Context, records []survey.Record) ([]survey.Outcome, error) {
	<-s.gate
	return s.Store.AppendRecords(ctx, records)
}

// When too many wait already nobody is made to wait with them.
func TestSubmitBusy(t *testing.T) {
	t.Parallel()
	store := &stuck{gate: make(chan struct{})}
	f := newFixture(t, func(s *System, _ *Options) { store.Store, s.Store = s.Store, store })
	form := f.fill(here)
	var others sync.WaitGroup
	for i := range 700 { // a batch that is being written, a full queue and some more
		others.Go(func() {
			record := survey.Response{Bucket: survey.Bucket{Unit: foreignUnit, Day: "2026-11-18"}, ID: survey.RecordID{byte(i), byte(i >> 8)}}.Record()
			_, _ = f.Writer.Append(context.Background(), record)
		})
	}
	for f.Writer.Refused.Load() == 0 {
		runtime.Gosched()
	}
	a := f.anyone().post(here, form).is(503).says("Maaf, jawaban Anda belum terkirim")
	close(store.gate)
	others.Wait()
	again := url.Values{}
	for _, field := range a.page().all("form input") {
		again.Set(field.attr("name"), field.attr("value"))
	}
	f.anyone().post(here, again).to("/terima-kasih/")
}

func TestReceipt(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	form := f.fill(here+"?bahasa=en", "perilaku", "1", "komentar", "Rahasia sekali")
	place := f.anyone().post(here, form).to("/terima-kasih/")
	a := f.anyone().get(place).is(200)
	a.says("Thank you. We have received your answers.", "Your answers will be counted within a few minutes.", "www.lapor.go.id")
	a.hides("Rahasia", "Loket", "Siti", sheetOne, "perilaku", "Seksi")
	code := a.page().one("span.code").text()
	if len(code) != 9 || code[4] != '-' {
		t.Errorf("code %q", code)
	}
	f.fold()
	path, _, _ := strings.Cut(place, "?")
	f.anyone().get(path).is(200).says("Terima kasih. Jawaban Anda sudah kami terima.", "Jawaban Anda sudah dihitung.", code)
	last := "A"
	if strings.HasSuffix(path, "A") {
		last = "B"
	}
	f.anyone().get(path[:len(path)-1] + last).is(404).says("Bukti ini tidak kami kenal")
	f.anyone().get("/terima-kasih/x").is(404)
	keys := f.Keys.(interface{ Tend() ([]survey.Day, error) })
	for range 5 { // the clock may not leap, or no key is destroyed
		f.pass(24 * time.Hour)
		_, err := keys.Tend()
		must(t, err)
	}
	f.anyone().get(path).is(410).says("Bukti ini sudah tidak dapat dibuka")
	f.anyone().get(path + "?bahasa=en").is(410).says("This receipt can no longer be opened")
}

func TestReceiptStoreAway(t *testing.T) {
	t.Parallel()
	store := &unreadable{}
	f := newFixture(t, func(s *System, _ *Options) { store.Store, s.Store = s.Store, store })
	receipt := f.answer(sheetOne, served("ktp", 4))
	f.anyone().get("/terima-kasih/"+receipt).is(200).says("Jawaban Anda sudah kami terima", "Saat ini kami tidak dapat memeriksa").hides("boom")
}

type unreadable struct{ survey.Store }

func (unreadable) CountRecords(context.Context, string, survey.Day, survey.Day) ([]survey.BucketCount, error) {
	return nil, errors.New("boom")
}

func FuzzSubmit(f *testing.F) {
	f.Add("form=x&waktu=3&waktu=4")
	f.Add("%00=%ff&komentar=%zz&situs_web=1")
	fx := newFixture(f)
	f.Fuzz(func(t *testing.T, body string) {
		request := httptest.NewRequest("POST", here, bytes.NewReader([]byte(body)))
		request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		request.Host = "kesan.test"
		response, err := fx.app.Test(request, -1)
		must(t, err)
		defer response.Body.Close()
		if response.StatusCode >= 500 {
			t.Fatalf("status %d", response.StatusCode)
		}
	})
}
