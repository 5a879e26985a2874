package handlers

import (
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/valyala/fasthttp"

	"kesan/survey"
)

// What a citizen, or somebody who plays one, sends in the place of a survey's answers.

// sendForm posts a body as it is.
func (f *fixture) sendForm(path, body string) *answer {
	f.t.Helper()
	request := httptest.NewRequest(http.MethodPost, path, strings.NewReader(body))
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return f.anyone().send(request)
}

// No value that the page does not offer is stored, in whatever field it stands, and none comes back as markup.
func TestHostileValues(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	fields := []string{survey.FieldService, survey.FieldLeft, survey.FieldWait, "jenis_kelamin", "usia", "pendidikan"}
	for _, u := range survey.UnsurList {
		fields = append(fields, string(u))
	}
	values := []string{"0", "5", "-1", "+1", "1.0", "1e0", "01", "0x1", " 1", "1 ", "1\n", "1\x00", "\x001", "1;2", "1,2", "4294967297", "18446744073709551617", "NaN", "null", "true", "[]", "{}",
		"\u0661", "\uff11", "\u00b9", "\u2460", "1\u200b", "\u202e1", "\ufeff1", "\xff", "\xc0\xb1", "\xed\xa0\x80", "\xf4\x90\x80\x80", "<b>1</b>", "' OR 1=1 --", "1); DROP TABLE record;--", "${jndi:ldap://x}", "{{.}}", "%31", "../../1",
		strings.Repeat("1", 5000), strings.Repeat("\u0301", 2000)}
	for _, field := range fields {
		t.Run(field, func(t *testing.T) {
			t.Parallel()
			for _, value := range values {
				if field == survey.FieldWait && slices.Contains([]string{"0", "5", "+1", "01", " 1", "1 ", "1\n"}, value) {
					continue // a number of minutes
				}
				form := f.fill(here)
				form.Set(field, value)
				a := f.anyone().post(here, form).is(422).hides("<b>1</b>", "DROP TABLE record;--\">")
				if a.page().one("input[name=form]").attr("value") != form.Get("form") {
					t.Errorf("%s %q: the form is another one", field, value)
				}
			}
		})
	}
	megabyte := httptest.NewRequest(http.MethodPost, here, strings.NewReader(strings.Repeat("a", 1<<20)))
	megabyte.Host = "kesan.test"
	if _, err := f.app.Test(megabyte, -1); !errors.Is(err, fasthttp.ErrBodyTooLarge) {
		t.Errorf("a megabyte: %v, want it not even read", err)
	}
	t.Cleanup(func() {
		if n := len(f.responses(ownUnit)); n != 0 {
			t.Errorf("%d answers stored", n)
		}
	})
}

// Comments are text: what is not is refused, what a reader could be deceived with is left out, all else is kept as written.
func TestHostileComments(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name, sent, kept string // kept "": it is refused
	}{
		{"1,000 letters", strings.Repeat("a", 1000), strings.Repeat("a", 1000)},
		{"1,001 letters", strings.Repeat("a", 1001), ""},
		{"5,000 letters", strings.Repeat("a", 5000), ""},
		{"1,000 letters of four bytes", strings.Repeat("\U0001f600", 1000), strings.Repeat("\U0001f600", 1000)},
		{"NUL", "a\x00b", ""},
		{"bell", "a\ab", ""},
		{"escape of a terminal", "a\x1b[2Jb", ""},
		{"C1 control", "a\u0085b", ""},
		{"invalid byte", "a\xffb", ""},
		{"cut letter", "a\xe2\x82", ""},
		{"overlong slash", "a\xc0\xafb", ""},
		{"overlong NUL", "a\xc0\x80b", ""},
		{"surrogate", "a\xed\xa0\x80b", ""},
		{"beyond Unicode", "a\xf4\x90\x80\x80b", ""},
		{"UTF-16", "\xff\xfea\x00", ""},
		{"other order of letters", "baik\u202ekiab", "baikkiab"},
		{"isolated order of letters", "a\u2066b\u2069c\u202ac\u202c", "abcc"},
		{"decomposed letter", "e\u0301", "\u00e9"},
		{"composed letter", "\u00e9", "\u00e9"},
		{"markup", "<script>alert(1)</script>", "<script>alert(1)</script>"},
		{"formula", "=HYPERLINK(\"http://jahat.example\")", "=HYPERLINK(\"http://jahat.example\")"},
		{"lines", "satu\r\ndua\ntiga", "satu\ndua\ntiga"},
		{"Arabic", "\u0627\u0644\u0633\u0644\u0627\u0645", "\u0627\u0644\u0633\u0644\u0627\u0645"},
		{"family of four", "\U0001f468\u200d\U0001f469\u200d\U0001f467", "\U0001f468\u200d\U0001f469\u200d\U0001f467"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			f := newFixture(t)
			form := f.fill(here, survey.FieldComment, test.sent)
			if test.kept == "" {
				a := f.anyone().post(here, form).is(422)
				if strings.Contains(a.body, "\x00") {
					t.Error("a NUL comes back")
				}
				if n := len(f.responses(ownUnit)); n != 0 {
					t.Errorf("%d answers stored", n)
				}
				return
			}
			f.anyone().post(here, form).to("/terima-kasih/")
			if got := f.responses(ownUnit)[0].Comment; got != test.kept {
				t.Errorf("kept %q, want %q", got, test.kept)
			}
			// The same text written in another way is the same answer.
			f.anyone().post(here, form).to("/terima-kasih/")
			if n := len(f.responses(ownUnit)); n != 1 {
				t.Errorf("%d answers stored", n)
			}
		})
	}
}

// Bodies that are no form of ours.
func TestHostileBodies(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	good := f.fill(here).Encode()
	for _, test := range []struct {
		name, body string
		status     int
	}{
		{"nothing", "", 422},
		{"no form token", strings.Replace(good, "form=", "fxrm=", 1), 422},
		{"form token twice", good + "&form=x", 422},
		{"a field twice, the same", good + "&waktu=3", 422},
		{"many fields", good + strings.Repeat("&a=1", 500), 422},
		{"many names", good + func() (all string) {
			for i := range 1000 {
				all += fmt.Sprintf("&n%d=1", i)
			}
			return all
		}(), 422},
		{"broken escapes", "form=%zz&%=%&%%%=&waktu=%3", 422},
		{"array", strings.ReplaceAll(good, "waktu=", "waktu[]="), 422},
		{"JSON", `{"form":"x"}`, 422},
		{"equal signs", strings.Repeat("=", 5000), 422},
		{"ampersands", strings.Repeat("&", 16000), 422},
		{"semicolons", strings.ReplaceAll(good, "&", ";"), 422},
		{"UTF-16", "\xff\xfe" + good, 422},
		{"names of markup", `"><script>alert(1)</script>=1&<img src=x onerror=a>=1`, 422},
		{"the largest", "komentar=" + strings.Repeat("a", 16<<10-9), 422},
		{"larger", "komentar=" + strings.Repeat("a", 16<<10), 413},
		{"four times as large", "komentar=" + strings.Repeat("a", 64<<10-9), 413},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			a := f.sendForm(here, test.body).is(test.status)
			a.hides("<script>alert", "<img src=x")
		})
	}
	t.Cleanup(func() {
		if n := len(f.responses(ownUnit)); n != 0 {
			t.Errorf("%d answers stored", n)
		}
	})
	for _, kind := range []string{"application/json", "text/plain", "multipart/form-data", "application/xml", "text/html", "", "x", "application/x-www-form-urlencodedx", "application/x-www-form-urlencoded, text/plain"} {
		request := httptest.NewRequest(http.MethodPost, here, strings.NewReader(good))
		request.Header.Set("Content-Type", kind)
		if a := f.anyone().send(request); a.status != 415 && a.status != 400 {
			t.Errorf("%q: %d", kind, a.status)
		}
	}
}

// A token with any letter changed, of another kind, sheet, key or deployment, opens nothing.
func TestForgedTokens(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	other := newFixture(t)
	form := f.fill(here)
	token := form.Get("form")
	poster, err := f.Minter.Poster(sheetOne)
	must(t, err)
	receipt := f.answer(sheetTwo, served("kk", 4))
	alphabet := "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
	changed := func(text string) (list []string) {
		for i := range text {
			at := strings.IndexByte(alphabet, text[i])
			for _, by := range []int{1, 2, 4, 8, 16} {
				list = append(list, text[:i]+string(alphabet[at^by])+text[i+1:])
			}
		}
		return append(list, text+"A", text+"=", text+"========", text[1:], text[:len(text)-1], text[:len(text)-8], text+text, " "+text, text+" ", text+"\x00", text+"\n",
			strings.Repeat("A", len(text)), strings.Repeat("7", 82), strings.Repeat("A", 83), strings.Repeat("A", 8000))
	}
	posterOf, err := other.Minter.Poster(sheetOne)
	must(t, err)
	foreign := other.fill(here).Get("form")
	for _, bad := range append(changed(token), strings.ToLower(token), poster, receipt, foreign, sheetOne, "", "null", "../"+token) {
		form.Set("form", bad)
		f.anyone().post(here, form).is(422)
	}
	for _, bad := range append(changed(poster), token, receipt, posterOf, poster[:8], "KESAN00", "KESAN0011", "KESAN00U", "ZZZZZZZZ", "%00%00%00%00%00%00%00%00") {
		path := "/s/" + url.PathEscape(bad)
		if a := f.anyone().get(path); a.status != 404 && a.status != 400 {
			t.Errorf("poster %q: %d", bad, a.status)
		}
	}
	for _, bad := range append(changed(receipt), token, poster) {
		if a := f.anyone().get("/terima-kasih/" + url.PathEscape(bad)); a.status != 404 && a.status != 410 && a.status != 400 {
			t.Errorf("receipt %q: %d", bad, a.status)
		}
	}
	if n := len(f.responses(ownUnit)); n != 1 {
		t.Errorf("%d answers stored, want the one at the other counter", n)
	}
}

// A form that is too old, also by a single second, or whose day's key is gone, is handed out anew and stores nothing.
func TestExpiredForms(t *testing.T) {
	t.Parallel()
	for _, age := range []time.Duration{24*time.Hour + time.Second, 48 * time.Hour, 72 * time.Hour, 96 * time.Hour, 400 * 24 * time.Hour} {
		f := newFixture(t)
		form := f.fill(here)
		f.pass(age)
		f.anyone().post(here, form).is(422)
		if n := len(f.responses(ownUnit)); n != 0 {
			t.Errorf("%v: %d answers stored", age, n)
		}
	}
	f := newFixture(t)
	form := f.fill(here)
	f.pass(-48 * time.Hour) // a clock that was set back
	if a := f.anyone().post(here, form); a.status >= 500 && a.status != 503 {
		t.Errorf("status %d", a.status)
	}
}

// Spent forms sent again and again store nothing and always say the same.
func TestReplay(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	form := f.fill(here)
	body := form.Encode()
	first := f.sendForm(here, body).to("/terima-kasih/")
	form.Set("perilaku", "1")
	other := form.Encode()
	for range 200 {
		if again := f.sendForm(here, body).to("/terima-kasih/"); again != first {
			t.Fatalf("receipt %q, then %q", first, again)
		}
		f.sendForm(here, other).is(409)
	}
	if n, refused := len(f.responses(ownUnit)), f.refusals(ownUnit); n != 1 || len(refused) != 1 {
		t.Errorf("%d answers and refusals %v, want one of each", n, refused)
	}
}

// One form sent by many at once, half of them with other answers: one is stored, and everybody is told the truth.
func TestParallelForms(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	form := f.fill(here)
	bodies := []string{form.Encode()}
	form.Set("perilaku", "1")
	bodies = append(bodies, form.Encode())
	var thanked, refused [2]atomic.Int64
	var everybody sync.WaitGroup
	for i := range 100 {
		everybody.Go(func() {
			switch a := f.sendForm(here, bodies[i%2]); a.status {
			case http.StatusSeeOther:
				thanked[i%2].Add(1)
			case http.StatusConflict:
				refused[i%2].Add(1)
			case http.StatusServiceUnavailable: // the queue was full
			default:
				t.Errorf("status %d", a.status)
			}
		})
	}
	everybody.Wait()
	list := f.responses(ownUnit)
	if len(list) != 1 {
		t.Fatalf("%d answers stored", len(list))
	}
	stood := 0
	if list[0].Unsur[survey.Perilaku] == 1 {
		stood = 1
	}
	if thanked[stood].Load() == 0 || thanked[1-stood].Load() != 0 || refused[stood].Load() != 0 {
		t.Errorf("thanked %d and %d, refused %d and %d, stored was %d", thanked[0].Load(), thanked[1].Load(), refused[0].Load(), refused[1].Load(), stood)
	}
}

// A form that is never answered well leaves one record at most, however it is sent.
func TestRefusalsAreFew(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	form := f.fill(here)
	for _, change := range []func(url.Values){
		func(v url.Values) { v.Set("situs_web", "x") },
		func(v url.Values) { v.Set("situs_web", ""); v.Set("waktu", "9") },
		func(v url.Values) { v.Set("waktu", "3"); v.Set("komentar", "\x00") },
	} {
		change(form)
		for range 3 {
			f.anyone().post(here, form).is(422)
		}
	}
	form.Del("komentar")
	f.anyone().post(here, form).to("/terima-kasih/")
	form.Set("waktu", "1")
	f.anyone().post(here, form).is(409)
	if got := f.refusals(ownUnit); !slices.Equal(got, []survey.Rule{survey.RuleHoneypot}) {
		t.Errorf("refusals %v, want the first alone", got)
	}
	if n := len(f.responses(ownUnit)); n != 1 {
		t.Errorf("%d answers stored", n)
	}
}

// What is stored of the language is a language of ours.
func TestHostileLanguage(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	for i, lang := range []string{"", "xx", "<b>", "id\x00", "ID", "id-ID", strings.Repeat("id", 1000), "../id", "\xff", "en;q=1"} {
		form := f.fill(here, survey.FieldLang, lang)
		form.Set(survey.FieldLang, lang)
		a := f.anyone().with("Accept-Language", strings.Repeat("x-", 300)+"x,<b>;q=z").post(here, form)
		if place := a.to("/terima-kasih/"); !strings.HasSuffix(place, "?bahasa=id") {
			t.Errorf("%q: sent to %q", lang, place)
		}
		if list := f.responses(ownUnit); len(list) != i+1 {
			t.Errorf("%q: %d answers stored", lang, len(list))
		}
	}
	for _, response := range f.responses(ownUnit) {
		if response.Lang != "id" {
			t.Errorf("stored language %q", response.Lang)
		}
	}
}
