package handlers

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"kesan/handlers/auth"
	"kesan/survey"
)

// What people try who want an account that is not theirs, or more of one that is.

// Many guesses at once are no better than as many in a row.
func TestParallelGuesses(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	must(t, f.auth.SetPassword(t.Context(), "kepala", password))
	var looked, paused atomic.Int64
	var all sync.WaitGroup
	for range 24 {
		all.Go(func() {
			switch a := f.anyone().post("/masuk", url.Values{"nama": {"kepala"}, "sandi": {"salah sama sekali"}}); a.status {
			case http.StatusUnprocessableEntity:
				looked.Add(1)
			case http.StatusTooManyRequests:
				paused.Add(1)
			case http.StatusServiceUnavailable: // on a machine that is busy
			default:
				t.Errorf("status %d", a.status)
			}
		})
	}
	all.Wait()
	if looked.Load() > 5 || looked.Load()+paused.Load() == 0 {
		t.Errorf("%d guesses were looked at, %d refused; want at most 5 looked at", looked.Load(), paused.Load())
	}
}

// A head prints evidence about an officer of the own unit without what the officer did in another one.
func TestEvidenceOfOtherUnits(t *testing.T) {
	t.Parallel()
	f := busyOffice(t)
	path := cyclePath + "/bukti/" + officerSiti
	const foreign, together = "Kecamatan Gajahmungkur 33.74.09", "Semua unit bersama"
	for _, account := range []survey.Account{
		{Username: "kepala-seksi", Role: survey.RoleUnitHead, Unit: ownUnit}, {Username: "pegawai-seksi", Role: survey.RoleHR, Unit: ownUnit},
	} {
		account.Name = "Uji"
		f.user(account).get(path).is(200).says("Seksi Pelayanan Umum 33.74.09.01", "81,25", "bukan wewenang Anda").hides(foreign, together)
	}
	for _, account := range []survey.Account{
		{Username: "camat", Role: survey.RoleUnitHead, Unit: parentUnit}, {Username: "bkpsdm", Role: survey.RoleHR},
		{Username: "atasannya", Role: survey.RoleAppraiser, Officer: officerHead}, {Username: "dirinya", Role: survey.RoleOfficer, Officer: officerSiti},
	} {
		account.Name = "Uji"
		f.user(account).get(path).is(200).says("Seksi Pelayanan Umum 33.74.09.01", together).hides("bukan wewenang Anda")
	}
}

// Metrics are the machine's own, also when a proxy on the machine asks for somebody else.
func TestMetricsBehindProxy(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	address := f.listen()
	if got := statuses(wire(t, address, request("GET /metrics HTTP/1.1"))); got != "200" {
		t.Errorf("the machine itself gets %s", got)
	}
	for _, header := range []string{"X-Forwarded-For: 203.0.113.9", "X-Forwarded-For: 127.0.0.1", "Forwarded: for=203.0.113.9", "Via: 1.1 nginx", "X-Real-IP: 203.0.113.9",
		"X-Forwarded-Host: kesan.test", "X-Forwarded-Proto: https"} {
		if got := statuses(wire(t, address, request("GET /metrics HTTP/1.1", header))); got != "404" {
			t.Errorf("with %s: %s", header, got)
		}
	}
	for name, change := range map[string]func(*System, *Options){
		"a proxy": func(_ *System, o *Options) { o.Proxies = []string{"127.0.0.1"} },
		"HTTPS":   func(_ *System, o *Options) { o.BaseURL = "https://kesan.test" },
	} {
		address := newFixture(t, change).listen()
		if got := statuses(wire(t, address, request("GET /metrics HTTP/1.1"))); got != "404" {
			t.Errorf("behind %s: %s", name, got)
		}
	}
	opened := newFixture(t, func(_ *System, o *Options) { o.Proxies, o.OpenMetrics = []string{"127.0.0.1"}, true }).listen()
	if got := statuses(wire(t, opened, request("GET /metrics HTTP/1.1", "X-Forwarded-For: 203.0.113.9"))); got != "200" {
		t.Errorf("opened: %s", got)
	}
}

// What a client says of where it comes from, and where it goes to, changes nothing.
func TestForwardedHeaders(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	for _, header := range []string{"X-Forwarded-Host", "X-Forwarded-Proto", "X-Forwarded-For", "X-Forwarded-Ssl", "X-Url-Scheme", "Forwarded", "X-Original-URL", "X-Host", "X-Forwarded-Server"} {
		c := f.anyone().with(header, "jahat.example")
		for _, path := range []string{"/", "/masuk", here, "/api", "/api/openapi.json", "/kelola", "/tidak-ada"} {
			a := c.get(path).hides("jahat.example")
			for name, values := range a.header {
				if strings.Contains(strings.Join(values, " "), "jahat.example") {
					t.Errorf("%s at %s: %s %q", header, path, name, values)
				}
			}
		}
		// It is not a way around the check of where a form comes from.
		c.with("Origin", "http://jahat.example").post("/masuk", url.Values{"nama": {"x"}}).is(http.StatusForbidden)
	}
}

// Cookies that are none of ours sign nobody in, whatever they hold, and none of them becomes a session.
func TestHostileCookies(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	good := f.as(survey.RoleAdmin).cookie
	name := f.auth.CookieName()
	for _, cookie := range []string{name + "=", name + "=x", name + "=" + strings.ToLower(good), name + "=" + good[1:], name + "=" + good + "A", name + "=" + good + "%00", name + "=%" + good,
		name + "=session/" + good, strings.ToUpper(name) + "=" + good, "__Host-" + name + "=" + good, " " + name + "x=" + good, name + "=" + good[:26] + "\u0661", name + "=../" + good,
		name + "=" + strings.Repeat("A", 7000), strings.Repeat("a=b; ", 1200), name + "=\xff\xfe", "=" + good, good, ";;;;=;=", name + `="` + good + `x"`, "$Version=1; " + name + "=x",
		name + "=x; " + name + "=y", name + "=' OR '1'='1", name + "=<script>alert(1)</script>", name + "=\t\t", name + "={}"} {
		request := httptest.NewRequest(http.MethodGet, "/akun", http.NoBody)
		request.Header["Cookie"] = []string{cookie}
		a := f.anyone().send(request)
		a.to("/masuk")
		if a.header.Get("Set-Cookie") != "" {
			t.Errorf("%.60q: the answer sets %q", cookie, a.header.Get("Set-Cookie"))
		}
		a.hides("<script>")
		request = httptest.NewRequest(http.MethodGet, "/masuk", http.NoBody)
		request.Header["Cookie"] = []string{cookie}
		if a := f.anyone().send(request).is(200); a.header.Get("Set-Cookie") != "" {
			t.Errorf("%.60q becomes a session", cookie)
		}
	}
	f.as(survey.RoleAdmin).get("/akun").is(200)
}

// The mark of a session is asked for in the body, whole, and never another's.
func TestHostileMarks(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	admin := f.as(survey.RoleAdmin)
	mark := markOf(f, admin)
	last := "00" // another last byte than the mark has once its halves are swapped, which alone changes nothing
	if mark[30:32] == last {
		last = "01"
	}
	for _, bad := range []string{"", mark[:63], mark + "0", strings.ToUpper(mark) + " ", mark[32:] + mark[:30] + last, strings.Repeat("0", 64), strings.Repeat("f", 64), "x" + mark[1:], mark[:62] + "zz",
		"\x00" + mark[1:], markOf(f, f.as(survey.RoleOfficer)), admin.cookie} {
		admin.post("/kelola/instansi/simpan", url.Values{auth.FieldCSRF: {bad}, "name": {"Diambil alih"}})
		admin.post("/keluar", url.Values{auth.FieldCSRF: {bad}}).is(http.StatusForbidden)
	}
	admin.post("/keluar?"+auth.FieldCSRF+"="+mark, url.Values{auth.FieldCSRF: {""}}).is(http.StatusForbidden)
	if f.office().Agency().Name != "Pemerintah Kota Semarang" {
		t.Error("the office was changed")
	}
	admin.get("/akun").is(200)
}

// Sign-in takes any text without harm, says the same of every name, and keeps nothing typed but the name.
func TestHostileSignIn(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	must(t, f.auth.SetPassword(t.Context(), "admin", password))
	wrong := ""
	for _, name := range []string{"tidakada", "admin\x00", "adm\u0131n", "\u0430dmin", "admin\u200b", "ad\u00admin", "admin'--", "admin/../admin", "*", "%", "\xff", "<script>alert(1)</script>",
		strings.Repeat("a", 61), strings.Repeat("\u00e9", 59), "session/x", "attempts/admin", "../credential/admin", "{{.}}"} {
		a := f.anyone().post("/masuk", url.Values{"nama": {name}, "sandi": {password}}).is(422).hides("<script>alert", password)
		said := a.page().one(".problems").text()
		if wrong == "" {
			wrong = said
		}
		if said != wrong || a.header.Get("Set-Cookie") != "" {
			t.Errorf("%q: %q", name, said)
		}
	}
	for _, target := range []string{"//jahat.example", `\\jahat.example`, "/\\jahat.example", "https:jahat.example", "/akun/../../jahat.example", "/%2f/jahat.example", "/akun\x00", "\t//jahat.example",
		"/akun@jahat.example", "/akun?next=//jahat.example", "data:text/html,x", "/dasbor/unit/%2f%2fjahat.example", "/;@jahat.example", "/akun#//jahat.example", " /akun", "/\u2044jahat.example"} {
		location := f.local(target) // what TestSignInTarget shows to be obeyed
		u, err := url.Parse(location)
		if err != nil || u.Host != "" || u.Scheme != "" || location != "" && !strings.HasPrefix(location, "/") || strings.HasPrefix(location, "//") || strings.ContainsAny(location, "\\\r\n\t") {
			t.Errorf("%q leads to %q", target, location)
		}
	}
}

// locked is a store whose entries cannot be written, or not even read, for now.
type locked struct {
	survey.Store
	write, read error
}

func (s *locked) PutEntry(ctx context.Context, entry survey.Entry) error {
	if s.write != nil {
		return s.write
	}
	return s.Store.PutEntry(ctx, entry)
}

func (s *locked) Entry(ctx context.Context, key string, now time.Time) (survey.Entry, error) {
	if s.read != nil {
		return survey.Entry{}, s.read
	}
	return s.Store.Entry(ctx, key, now)
}

// A store that is away ends no session: pages go on while they can be read, and then nobody is sent to sign in again with
// a form half filled.
func TestSessionWhileStoreIsAway(t *testing.T) {
	t.Parallel()
	store := &locked{}
	f := newFixture(t, func(s *System, _ *Options) { store.Store, s.Store = s.Store, store })
	admin := f.as(survey.RoleAdmin)
	f.pass(2 * time.Minute) // the session would be kept alive now
	store.write = fmt.Errorf("%w: disk /var/lib/kesan is full", survey.ErrAway)
	admin.get("/kelola/unit").is(200)
	full := f.anyone().post("/masuk", url.Values{"nama": {"admin"}, "sandi": {password}}).is(503).says("tidak dapat menyimpan").hides("/var/lib", "disk")
	if full.header.Get("Retry-After") == "" || full.header.Get("Set-Cookie") != "" {
		t.Errorf("a full disk: %v", full.header)
	}
	store.write = errors.New("a bug in /var/lib/kesan")
	f.anyone().post("/masuk", url.Values{"nama": {"admin"}, "sandi": {password}}).is(500).hides("/var/lib", "bug")
	store.read = context.DeadlineExceeded
	a := admin.get("/kelola/unit").is(503).hides("deadline")
	if a.header.Get("Retry-After") == "" {
		t.Error("no Retry-After")
	}
	f.anyone().post("/masuk", url.Values{"nama": {"admin"}, "sandi": {password}}).is(503)
	f.anyone().get(here).is(200)
	store.write, store.read = nil, nil
	admin.get("/kelola/unit").is(200)
}
