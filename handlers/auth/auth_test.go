package auth_test

import (
	"bytes"
	"context"
	"errors"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"kesan/handlers/auth"
	"kesan/survey"
	"kesan/survey/sqlite"
)

const good = "hujan deras di sore hari"

// office is an Auth over a store of its own, with a clock that a test moves.
type office struct {
	*auth.Auth
	store *keeping
	now   time.Time
}

// keeping is a store that remembers what was put into it.
type keeping struct {
	survey.Store
	put []survey.Entry
}

func (k *keeping) PutEntry(ctx context.Context, entry survey.Entry) error {
	k.put = append(k.put, entry)
	return k.Store.PutEntry(ctx, entry)
}

func newOffice(t *testing.T) *office {
	t.Helper()
	store, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "kesan.db"))
	must(t, err)
	t.Cleanup(func() { must(t, store.Close()) })
	o := &office{store: &keeping{Store: store}, now: time.Date(2026, 11, 18, 3, 0, 0, 0, time.UTC)}
	o.Auth = auth.New(o.store, func() time.Time { return o.now }, false)
	return o
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func TestCheckNew(t *testing.T) {
	t.Parallel()
	cases := []struct{ name, password, username, want string }{
		{"sentence", good, "siti", ""},
		{"eleven", "abcdefghijk", "siti", "password.short"},
		{"twelve", "kucingtidur7", "siti", ""},
		{"twelve letters of two bytes", strings.Repeat("éa", 6), "siti", ""},
		{"129", strings.Repeat("ab", 64) + "c", "siti", "password.long"},
		{"128", strings.Repeat("ab", 64), "siti", ""},
		{"username inside, in capitals", "rahasianya SITI sekali", "siti", "password.username"},
		{"no username yet", good, "", ""},
		{"well known", "Password1234", "siti", "password.common"},
		{"well known within a sentence", "password yang panjang sekali", "siti", ""},
		{"one letter", "aaaaaaaaaaaa", "siti", "password.common"},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			if got, _ := auth.CheckNew(tc.password, tc.username); got != tc.want {
				t.Errorf("%q, want %q", got, tc.want)
			}
		})
	}
}

func TestNewPassword(t *testing.T) {
	t.Parallel()
	pattern := regexp.MustCompile(`^[a-z2-7]{4}(-[a-z2-7]{4}){3}$`)
	seen := map[string]bool{}
	for range 100 {
		password := auth.NewPassword()
		if key, _ := auth.CheckNew(password, "siti"); key != "" || !pattern.MatchString(password) || seen[password] {
			t.Fatalf("%q: %s", password, key)
		}
		seen[password] = true
	}
}

func TestSignIn(t *testing.T) {
	t.Parallel()
	o, ctx := newOffice(t), t.Context()
	must(t, o.SetPassword(ctx, "siti", good))
	secret, err := o.SignIn(ctx, "siti", good, "")
	must(t, err)
	session, err := o.Session(ctx, secret)
	must(t, err)
	if session.Username != "siti" || session.Temporary {
		t.Errorf("session %+v", session)
	}
	again, err := o.SignIn(ctx, "siti", good, "")
	must(t, err)
	if again == secret {
		t.Error("two sessions have one name")
	}
	for _, wrong := range []struct{ username, password string }{{"siti", "salah"}, {"siti", ""}, {"siti", good + " "}, {"lain", good}, {"", ""}} {
		if _, err := o.SignIn(ctx, wrong.username, wrong.password, ""); !errors.Is(err, auth.ErrWrong) {
			t.Errorf("%q %q: %v", wrong.username, wrong.password, err)
		}
	}
	must(t, o.SignOut(ctx, secret))
	if _, err := o.Session(ctx, secret); !errors.Is(err, survey.ErrNotFound) {
		t.Errorf("after signing out: %v", err)
	}
	_, err = o.Session(ctx, again)
	must(t, err)
	for _, cookie := range []string{"", "x", strings.Repeat("A", 5000), secret + "\x00"} {
		if _, err := o.Session(ctx, cookie); !errors.Is(err, survey.ErrNotFound) {
			t.Errorf("cookie %.10q: %v", cookie, err)
		}
	}
}

// Whoever reads the store finds neither a password nor a cookie.
func TestStoreHoldsNoSecret(t *testing.T) {
	t.Parallel()
	o, ctx := newOffice(t), t.Context()
	must(t, o.SetPassword(ctx, "siti", good))
	secret, err := o.SignIn(ctx, "siti", good, "")
	must(t, err)
	for _, entry := range o.store.put {
		for _, hidden := range []string{secret, good} {
			if strings.Contains(entry.Key, hidden) || bytes.Contains(entry.Value, []byte(hidden)) {
				t.Errorf("entry %s holds a secret", entry.Key)
			}
		}
	}
	if o.store.put[0].Key != "credential/siti" {
		t.Fatalf("entries %v", o.store.put)
	}
	must(t, o.SetPassword(ctx, "siti", good))
	if bytes.Equal(o.store.put[0].Value, o.store.put[len(o.store.put)-1].Value) {
		t.Error("the same password has the same hash")
	}
}

func TestPause(t *testing.T) {
	t.Parallel()
	o, ctx := newOffice(t), t.Context()
	must(t, o.SetPassword(ctx, "siti", good))
	must(t, o.SetPassword(ctx, "budi", good))
	wrong := func() error { _, err := o.SignIn(ctx, "siti", "salah", ""); return err }
	for range 5 {
		if err := wrong(); !errors.Is(err, auth.ErrWrong) {
			t.Fatal(err)
		}
	}
	var paused auth.PausedError
	for _, want := range []time.Duration{30 * time.Second, time.Minute, 2 * time.Minute, 4 * time.Minute, 8 * time.Minute, 15 * time.Minute, 15 * time.Minute} {
		if _, err := o.SignIn(ctx, "siti", good, ""); !errors.As(err, &paused) || paused.Until.Sub(o.now) != want {
			t.Fatalf("%v, want a pause of %s", err, want)
		}
		if _, err := o.SignIn(ctx, "budi", good, ""); err != nil {
			t.Fatalf("somebody else waits too: %v", err)
		}
		o.now = paused.Until
		if err := wrong(); !errors.Is(err, auth.ErrWrong) {
			t.Fatalf("after the pause: %v", err)
		}
	}
	o.now = o.now.Add(15 * time.Minute)
	_, err := o.SignIn(ctx, "siti", good, "")
	must(t, err)
	if err := wrong(); !errors.Is(err, auth.ErrWrong) {
		t.Errorf("a success does not forget the wrong ones: %v", err)
	}
	_, err = o.SignIn(ctx, "siti", good, "")
	must(t, err)
}

// Whoever tries passwords from elsewhere does not keep an owner out of a browser that the account knows, and a known browser
// has no more tries than others.
func TestPauseElsewhere(t *testing.T) {
	t.Parallel()
	o, ctx := newOffice(t), t.Context()
	must(t, o.SetPassword(ctx, "siti", good))
	must(t, o.SetPassword(ctx, "budi", good))
	own, err := o.Remember(ctx, "siti", "")
	must(t, err)
	if again, err := o.Remember(ctx, "siti", own); err != nil || again != own {
		t.Errorf("remembered again as %q, %v; want %q", again, err, own)
	}
	fives := func(browser string) {
		t.Helper()
		for range 5 {
			if _, err := o.SignIn(ctx, "siti", "salah", browser); !errors.Is(err, auth.ErrWrong) {
				t.Fatal(err)
			}
		}
	}
	budis, err := o.Remember(ctx, "budi", "")
	must(t, err)
	fives("")
	var paused auth.PausedError
	for name, browser := range map[string]string{"none": "", "made up": strings.Repeat("A", 26), "known to somebody else": budis} {
		if _, err := o.SignIn(ctx, "siti", good, browser); !errors.As(err, &paused) {
			t.Errorf("browser %s: %v, want a pause", name, err)
		}
	}
	_, err = o.SignIn(ctx, "siti", good, own)
	must(t, err)
	fives(own)
	if _, err := o.SignIn(ctx, "siti", good, own); !errors.As(err, &paused) {
		t.Errorf("five wrong tries in a known browser: %v, want a pause", err)
	}
	o.now = o.now.Add(auth.BrowserLife - time.Minute)
	fives("")
	_, err = o.SignIn(ctx, "siti", good, own)
	must(t, err)
	o.now = o.now.Add(2 * time.Minute)
	if _, err := o.SignIn(ctx, "siti", "salah", ""); !errors.Is(err, auth.ErrWrong) {
		t.Fatal(err)
	}
	if _, err := o.SignIn(ctx, "siti", good, own); !errors.As(err, &paused) {
		t.Errorf("after half a year: %v, want a pause", err)
	}
}

func TestSessionLife(t *testing.T) {
	t.Parallel()
	o, ctx := newOffice(t), t.Context()
	must(t, o.SetPassword(ctx, "siti", good))
	begin := func() string {
		secret, err := o.SignIn(ctx, "siti", good, "")
		must(t, err)
		return secret
	}
	idle := begin()
	o.now = o.now.Add(29 * time.Minute)
	_, err := o.Session(ctx, idle)
	must(t, err)
	o.now = o.now.Add(29 * time.Minute) // it was used in between
	_, err = o.Session(ctx, idle)
	must(t, err)
	o.now = o.now.Add(30*time.Minute + time.Second)
	if _, err := o.Session(ctx, idle); !errors.Is(err, survey.ErrNotFound) {
		t.Errorf("idle: %v", err)
	}
	busy := begin()
	for range 24 * 2 {
		o.now = o.now.Add(15 * time.Minute)
		if _, err = o.Session(ctx, busy); err != nil {
			break
		}
	}
	if !errors.Is(err, survey.ErrNotFound) {
		t.Errorf("after twelve hours: %v", err)
	}
}

func TestChange(t *testing.T) {
	t.Parallel()
	const fresh = "panas terik di siang hari"
	o, ctx := newOffice(t), t.Context()
	must(t, o.SetPassword(ctx, "siti", good))
	elsewhere, err := o.SignIn(ctx, "siti", good, "")
	must(t, err)
	if _, err := o.Change(ctx, "siti", "salah", fresh, ""); !errors.Is(err, auth.ErrWrong) {
		t.Fatalf("with a wrong password: %v", err)
	}
	here, err := o.Change(ctx, "siti", good, fresh, "")
	must(t, err)
	_, err = o.Session(ctx, here)
	must(t, err)
	if _, err := o.Session(ctx, elsewhere); !errors.Is(err, survey.ErrNotFound) {
		t.Errorf("another session lives on: %v", err)
	}
	if _, err := o.SignIn(ctx, "siti", good, ""); !errors.Is(err, auth.ErrWrong) {
		t.Errorf("with the old password: %v", err)
	}
}

func TestTemporary(t *testing.T) {
	t.Parallel()
	o, ctx := newOffice(t), t.Context()
	must(t, o.SetTemporary(ctx, "siti", "abcd-efgh-ijkl-mnop"))
	secret, err := o.SignIn(ctx, "siti", "abcd-efgh-ijkl-mnop", "")
	must(t, err)
	session, err := o.Session(ctx, secret)
	must(t, err)
	if !session.Temporary {
		t.Error("the session does not say that its password is another's")
	}
	secret, err = o.Change(ctx, "siti", "abcd-efgh-ijkl-mnop", good, "")
	must(t, err)
	if session, err = o.Session(ctx, secret); err != nil || session.Temporary {
		t.Errorf("after the change: %+v, %v", session, err)
	}
	must(t, o.SetTemporary(ctx, "budi", "abcd-efgh-ijkl-mnop"))
	o.now = o.now.Add(7*24*time.Hour + time.Second)
	if _, err := o.SignIn(ctx, "budi", "abcd-efgh-ijkl-mnop", ""); !errors.Is(err, auth.ErrWrong) {
		t.Errorf("after a week: %v", err)
	}
	// The password that its owner chose does not expire with it.
	_, err = o.SignIn(ctx, "siti", good, "")
	must(t, err)
}

func TestCSRF(t *testing.T) {
	t.Parallel()
	o, ctx := newOffice(t), t.Context()
	must(t, o.SetPassword(ctx, "siti", good))
	sessions := make([]auth.Session, 2)
	for i := range sessions {
		secret, err := o.SignIn(ctx, "siti", good, "")
		must(t, err)
		sessions[i], err = o.Session(ctx, secret)
		must(t, err)
		if strings.Contains(sessions[i].CSRF(), secret) {
			t.Error("the mark gives the session away")
		}
	}
	if !sessions[0].CheckCSRF(sessions[0].CSRF()) || sessions[0].CheckCSRF(sessions[1].CSRF()) || sessions[0].CheckCSRF("") {
		t.Error("the mark is not the session's own")
	}
}

func TestCookieName(t *testing.T) {
	t.Parallel()
	if got := auth.New(nil, nil, true).CookieName(); got != "__Host-kesan" {
		t.Errorf("over HTTPS %q", got)
	}
	if got := auth.New(nil, nil, false).CookieName(); got != "kesan" {
		t.Errorf("over HTTP %q", got)
	}
}
