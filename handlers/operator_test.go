package handlers

import (
	"bytes"
	"context"
	"encoding/json"
	"log/slog"
	"regexp"
	"strings"
	"testing"

	"kesan/survey"
)

var shownID = regexp.MustCompile(`Kode kejadian: <code>([a-z2-7]{10})</code>`)

// unreadyStore is a store whose check panics or fails, as long as it is to.
type unreadyStore struct {
	survey.Store
	panics, fails bool
}

func (s *unreadyStore) Check(ctx context.Context) error {
	switch {
	case s.panics:
		panic("planted")
	case s.fails:
		return survey.ErrAway
	}
	return s.Store.Check(ctx)
}

func TestReady(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	f.anyone().get("/healthz").is(200).says("ok")
	f.anyone().get("/readyz").is(200).says("ready")
	f.Drain()
	f.anyone().get("/healthz").is(200)
	if got := f.anyone().get("/readyz").is(503).body; got != "stopping\n" {
		t.Errorf("while draining: %q", got)
	}
}

// A store that is away is told in a line of plain text, and in the log when it goes and when it comes back.
func TestReadyWhileStoreIsAway(t *testing.T) {
	t.Parallel()
	var log bytes.Buffer
	store := &unreadyStore{fails: true}
	f := newFixture(t, func(s *System, _ *Options) {
		store.Store, s.Store = s.Store, store
		s.Log = slog.New(slog.NewJSONHandler(&log, nil))
	})
	for range 3 {
		a := f.anyone().get("/readyz").is(503)
		if a.body != "the store cannot be used now\n" || !strings.HasPrefix(a.header.Get("Content-Type"), "text/plain") {
			t.Errorf("%s: %q", a.header.Get("Content-Type"), a.body)
		}
	}
	f.anyone().get("/healthz").is(200)
	store.fails = false
	f.anyone().get("/readyz").is(200)
	f.anyone().get("/readyz").is(200)
	if got := log.String(); strings.Count(got, `"msg":"not ready"`) != 1 || strings.Count(got, `"msg":"ready again"`) != 1 || strings.Contains(got, "ERROR") {
		t.Error(got)
	}
}

// Whoever reports the code of an incident is found in the log: a panic, too, is one line with that code.
func TestPanicIsLoggedWithItsCode(t *testing.T) {
	t.Parallel()
	var log bytes.Buffer
	f := newFixture(t, func(s *System, _ *Options) {
		s.Store = &unreadyStore{Store: s.Store, panics: true}
		s.Log = slog.New(slog.NewJSONHandler(&log, nil))
	})
	page := f.anyone().get("/readyz").is(500).body
	shown := shownID.FindStringSubmatch(page)
	if shown == nil || strings.Contains(page, "planted") {
		t.Fatal(page)
	}
	var line struct{ Level, ID, Route, Error string }
	must(t, json.Unmarshal(log.Bytes(), &line))
	if line.Level != "ERROR" || line.ID != shown[1] || line.Route != "/readyz" || !strings.HasPrefix(line.Error, "panic: planted\n") ||
		!strings.Contains(line.Error, "operator_test.go") {
		t.Errorf("%+v, on the page %s", line, shown[1])
	}
	f.anyone().get("/healthz").is(200)
}

func TestOptions(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name    string
		options Options
		want    string
	}{
		{"plain", Options{BaseURL: "http://127.0.0.1:8080"}, ""},
		{"https", Options{BaseURL: "https://kesan.example.go.id", Proxies: []string{"10.0.0.7", "10.0.0.0/24", "fd00::1", "fd00::/8"}}, ""},
		{"nothing", Options{}, "--base-url (KESAN_BASE_URL)"},
		{"another scheme", Options{BaseURL: "ftp://kesan.example.go.id"}, "--base-url (KESAN_BASE_URL)"},
		{"path", Options{BaseURL: "https://kesan.example.go.id/skm"}, "--base-url (KESAN_BASE_URL)"},
		{"query", Options{BaseURL: "https://kesan.example.go.id?a=b"}, "--base-url (KESAN_BASE_URL)"},
		{"user", Options{BaseURL: "https://a@kesan.example.go.id"}, "--base-url (KESAN_BASE_URL)"},
		{"proxy by name", Options{BaseURL: "http://127.0.0.1", Proxies: []string{"caddy"}}, "--proxies (KESAN_PROXIES)"},
		{"half a network", Options{BaseURL: "http://127.0.0.1", Proxies: []string{"10.0.0.0/33"}}, "--proxies (KESAN_PROXIES)"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			err := tt.options.Check()
			if (err == nil) != (tt.want == "") || err != nil && !strings.Contains(err.Error(), tt.want) {
				t.Errorf("%v, want %q", err, tt.want)
			}
		})
	}
}
