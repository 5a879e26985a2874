package handlers

import (
	"encoding/json"
	"errors"
	"net/url"
	"strings"
	"testing"
	"time"
)

// sends posts a form as the outbox of the survey's script does and returns the answer's words.
func (f *fixture) sends(form url.Values, status int) outboxAnswer {
	f.t.Helper()
	a := f.anyone().with("Accept", "application/json").post(here, form).is(status)
	var told outboxAnswer
	must(f.t, json.Unmarshal([]byte(a.body), &told))
	return told
}

// The outbox gets what a browser gets as pages, in a few words: those of the form's language.
func TestOutboxReceived(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	form := f.fill(here)
	first := f.sends(form, 200)
	if first.Title != "Terima kasih. Jawaban Anda sudah kami terima." || !strings.Contains(first.Text, "dihapus dari ponsel") {
		t.Errorf("told %+v", first)
	}
	f.anyone().get(first.Receipt).is(200).says("Jawaban Anda sudah kami terima.")
	if again := f.sends(form, 200); again != first {
		t.Errorf("told %+v, then %+v", first, again)
	}
	if page := f.anyone().post(here, form).to("/terima-kasih/"); page != first.Receipt {
		t.Errorf("the page's receipt is %q, the outbox's %q", page, first.Receipt)
	}
	form.Set("bahasa", "en")
	if english := f.sends(form, 200); english.Title != "Thank you. We have received your answers." || !strings.HasSuffix(english.Receipt, "?bahasa=en") {
		t.Errorf("told %+v", english)
	}
	if n := len(f.responses(ownUnit)); n != 1 {
		t.Errorf("%d answers stored, want 1", n)
	}
}

func TestOutboxRefused(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	form := f.fill(here, "waktu", "")
	if told := f.sends(form, 422); told.Title != "Jawaban Anda belum dapat kami terima" || told.Receipt != "" {
		t.Errorf("told %+v", told)
	}
	form.Set("waktu", "3")
	f.sends(form, 200)
	form.Set("waktu", "1")
	if told := f.sends(form, 409); told.Title != "Jawaban Anda sudah kami terima sebelumnya" || !strings.Contains(told.Text, "yang pertama tetap berlaku") {
		t.Errorf("told %+v", told)
	}
	late := f.fill(here)
	f.pass(23*time.Hour + 59*time.Minute)
	f.sends(late, 200)
	gone := f.fill(here)
	f.pass(25 * time.Hour)
	if told := f.sends(gone, 410); told.Title != "Jawaban Anda tidak dapat kami terima" || !strings.Contains(told.Text, "24 jam") {
		t.Errorf("told %+v", told)
	}
	if told := f.sends(url.Values{"form": {"PALSU"}}, 410); told.Title != "Jawaban Anda tidak dapat kami terima" {
		t.Errorf("told %+v", told)
	}
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
	a := f.anyone().get("/sw.js").is(200).says("skipWaiting", "caches.match")
	if kind := a.header.Get("Content-Type"); kind != "text/javascript; charset=utf-8" {
		t.Errorf("type %q", kind)
	}
	if cache := a.header.Get("Cache-Control"); cache != "no-cache" {
		t.Errorf("cache %q", cache) // a browser looks for a new one now and then
	}
	f.anyone().with("If-None-Match", a.header.Get("ETag")).get("/sw.js").is(304)
}
