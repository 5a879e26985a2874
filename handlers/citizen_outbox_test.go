package handlers

import (
	"encoding/json"
	"errors"
	"net/url"
	"strings"
	"testing"
	"time"
)

// sends posts a form as the outbox of the survey's script does and returns the receipt and the note.
func (f *fixture) sends(form url.Values, status int) (receipt string, note *answer) {
	f.t.Helper()
	a := f.anyone().with("Accept", "application/json").post(here, form).is(status)
	var told outboxAnswer
	must(f.t, json.Unmarshal([]byte(a.body), &told))
	a.body = told.Note
	return told.Receipt, a
}

// The outbox gets what a browser gets as pages, in a few words: those of the form's language.
func TestOutboxReceived(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	form := f.fill(here)
	first, note := f.sends(form, 200)
	note.says("Terima kasih. Jawaban Anda sudah kami terima.", "dihapus dari ponsel")
	if link := note.page().one("a").attr("href"); link != first {
		t.Errorf("the note leads to %q, the receipt is %q", link, first)
	}
	f.anyone().get(first).is(200).says("Jawaban Anda sudah kami terima.")
	if again, _ := f.sends(form, 200); again != first {
		t.Errorf("receipt %q, then %q", first, again)
	}
	if page := f.anyone().post(here, form).to("/terima-kasih/"); page != first {
		t.Errorf("the page's receipt is %q, the outbox's %q", page, first)
	}
	form.Set("bahasa", "en")
	english, note := f.sends(form, 200)
	if note.says("Thank you. We have received your answers."); !strings.HasSuffix(english, "?bahasa=en") || note.page().one("div").attr("lang") != "en" {
		t.Errorf("receipt %q, note %s", english, note.body)
	}
	if n := len(f.responses(ownUnit)); n != 1 {
		t.Errorf("%d answers stored, want 1", n)
	}
}

func TestOutboxRefused(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	form := f.fill(here, "waktu", "", "komentar", `"><script>`)
	receipt, note := f.sends(form, 422)
	note.says("Jawaban Anda belum dapat kami terima").hides("<script>")
	mend := note.page().one("form")
	if receipt != "" || mend.attr("action") != here || mend.one("[name=komentar]").attr("value") != `"><script>` || mend.one("[name=form]").attr("value") != form.Get("form") {
		t.Errorf("receipt %q, note %s", receipt, note.body)
	}
	form.Set("waktu", "3")
	f.sends(form, 200)
	form.Set("waktu", "1")
	_, note = f.sends(form, 409)
	note.says("Jawaban Anda sudah kami terima sebelumnya", "yang pertama tetap berlaku")
	late := f.fill(here)
	f.pass(23*time.Hour + 59*time.Minute)
	f.sends(late, 200)
	gone := f.fill(here)
	f.pass(25 * time.Hour)
	_, note = f.sends(gone, 410)
	note.says("Jawaban Anda tidak dapat kami terima", "24 jam")
	_, note = f.sends(url.Values{"form": {"PALSU"}}, 410)
	note.says("Jawaban Anda tidak dapat kami terima")
	if n := len(f.responses(ownUnit)); n != 2 {
		t.Errorf("%d answers stored, want 2", n)
	}
}

// While the store is away nothing is final: the outbox keeps the answer.
func TestOutboxWaits(t *testing.T) {
	t.Parallel()
	store := &failing{}
	f := newFixture(t, func(s *System, _ *Options) { store.Store, s.Store = s.Store, store })
	form := f.fill(here)
	store.err = errors.New("disk is full")
	a := f.anyone().with("Accept", "application/json").post(here, form).is(503)
	if a.header.Get("Retry-After") == "" || json.Valid([]byte(a.body)) {
		t.Errorf("Retry-After %q, body %q", a.header.Get("Retry-After"), a.body)
	}
	store.err = nil
	f.sends(form, 200)
}

func TestWorker(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	for path, has := range map[string]string{"/sw.js": "caches.match", "/kios/sw.js": "kesan-kios"} {
		a := f.anyone().get(path).is(200).says("skipWaiting", has)
		if kind := a.header.Get("Content-Type"); kind != "text/javascript; charset=utf-8" {
			t.Errorf("%s: type %q", path, kind)
		}
		if cache := a.header.Get("Cache-Control"); cache != "no-cache" {
			t.Errorf("%s: cache %q", path, cache) // a browser looks for a new one now and then
		}
		f.anyone().with("If-None-Match", a.header.Get("ETag")).get(path).is(304)
	}
}
