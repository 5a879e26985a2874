package handlers

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"kesan/handlers/auth"
	"kesan/scoring"
	"kesan/survey"
	"kesan/survey/keyring"
	"kesan/survey/sqlite"
)

// The office that the tests of this package work in. It is Wednesday, 18 November 2026, 10.00 WIB.
//
//	33.74.09      Kecamatan Gajahmungkur (WIB)
//	33.74.09.01     Seksi Pelayanan Umum: loket-1 (all services), loket-2 (kk alone), loket-9 (closed)
//	91.71.01      Puskesmas Kotaraja (WIT): loket-poli
const (
	parentUnit  = "33.74.09"
	ownUnit     = "33.74.09.01"
	foreignUnit = "91.71.01"

	sheetOne     = "KESAN001" // loket-1, three services to choose from
	sheetTwo     = "KESAN002" // loket-2, one service
	sheetForeign = "KESAN003" // loket-poli

	screenOne     = "SCREEN01" // display at loket-1
	screenForeign = "SCREEN03" // display at loket-poli
	kioskOne      = "K10SK001" // kiosk at loket-1

	officerSiti    = "199001152015032001" // serves at loket-1
	officerBudi    = "198505202010011002" // serves at loket-2
	officerHead    = "197803112003122001" // appraises both
	officerForeign = "PKM-07"             // contract staff at loket-poli
)

// morning is when the clock of a new fixture stands.
var morning = time.Date(2026, 11, 18, 3, 0, 0, 0, time.UTC)

// fixture is a whole server over a store of its own, with the office above and an account for each role.
type fixture struct {
	*Server
	t       testing.TB
	now     atomic.Pointer[time.Time]
	cookies map[survey.Role]string
}

// newFixture makes a server. change may alter its options and the parts of its system before it starts.
func newFixture(t testing.TB, change ...func(*System, *Options)) *fixture {
	t.Helper()
	f := &fixture{t: t, cookies: map[survey.Role]string{}}
	f.at(morning)
	dir := t.TempDir()
	ctx := context.Background()
	clock := survey.Clock(func() time.Time { return *f.now.Load() })
	store, err := sqlite.Open(ctx, filepath.Join(dir, "kesan.db"))
	must(t, err)
	keys, err := keyring.Open(filepath.Join(dir, "keys"), clock)
	must(t, err)
	register, err := survey.OpenRegister(ctx, store, clock)
	must(t, err)
	must(t, register.Write(ctx, "admin", "kantor uji", smallOffice()...))
	log := slog.New(slog.DiscardHandler)
	system := System{Store: store, Register: register, Keys: keys, Minter: survey.NewMinter(keys), Clock: clock, Log: log}
	options := Options{BaseURL: "http://kesan.test", Version: "uji"}
	for _, c := range change {
		c(&system, &options)
	}
	if system.Tallier == nil {
		system.Tallier = survey.NewTallier(system.Store, clock, log)
	}
	if system.Writer == nil {
		system.Writer = survey.NewWriter(system.Store, system.Tallier)
	}
	system.Results = scoring.NewReader(system.Store, register, clock)
	system.Intake = &survey.Intake{Register: system.Register, Keys: keys, Minter: system.Minter, Writer: system.Writer, Clock: clock}
	system.Mover = &survey.Mover{Register: system.Register, Store: system.Store, Tallier: system.Tallier, Locked: scoring.Locked}
	system.Papers = &survey.Papers{Register: system.Register, Store: system.Store, Writer: system.Writer, Clock: clock, Locked: scoring.Locked}
	system.Tickets = &survey.Tickets{Register: system.Register, Keys: keys, Minter: system.Minter, Store: system.Store, Clock: clock}
	system.Audit = survey.NewAudit(system.Store, clock, log)
	system.Scans, system.SheetUses = survey.NewScans(system.Store, log), survey.NewSheetUses(system.Store)
	f.Server, err = New(system, options)
	must(t, err)
	f.views = recorder{f.views}
	writer := system.Writer
	t.Cleanup(func() { // which the test keeps until all have ended: it must not hold the server
		writer.Close()
		must(t, store.Close())
	})
	return f
}

func smallOffice() []survey.Draft {
	objects := []survey.Object{
		survey.Agency{Name: "Pemerintah Kota Semarang", Colour: "#0b5d4a"},
		survey.Unit{Code: parentUnit, Name: "Kecamatan Gajahmungkur", Zone: survey.WIB, Area: "33.74.09"},
		survey.Unit{Code: ownUnit, Name: "Seksi Pelayanan Umum", Parent: parentUnit, Zone: survey.WIB},
		survey.Unit{Code: foreignUnit, Name: "Puskesmas Kotaraja", Zone: survey.WIT, Area: "91.71.01"},
		survey.Service{Code: "ktp", Unit: ownUnit, Name: "Perekaman KTP-el", Limit: 30, LimitUnit: survey.Minutes, WaitLimit: 30, UsersPerYear: 4384},
		survey.Service{Code: "kk", Unit: ownUnit, Name: "Kartu Keluarga", Limit: 3, LimitUnit: survey.WorkingDays, UsersPerYear: 1000},
		survey.Service{Code: "pindah", Unit: ownUnit, Name: "Surat Keterangan Pindah"},
		survey.Service{Code: "poli", Unit: foreignUnit, Name: "Poli Umum", WaitLimit: 60},
		survey.Counter{Code: "loket-1", Unit: ownUnit, Name: "Loket 1"},
		survey.Counter{Code: "loket-2", Unit: ownUnit, Name: "Loket 2", Services: []string{"kk"}},
		survey.Counter{Code: "loket-9", Unit: ownUnit, Name: "Loket 9", Closed: true},
		survey.Counter{Code: "loket-poli", Unit: foreignUnit, Name: "Loket Poli"},
		survey.Officer{ID: officerHead, Employment: survey.PNS, Name: "Ratna Wulandari", Unit: ownUnit},
		survey.Officer{ID: officerSiti, Employment: survey.PNS, Name: "Siti Rahmawati", Unit: ownUnit, Appraiser: officerHead},
		survey.Officer{ID: officerBudi, Employment: survey.PNS, Name: "Budi Santoso", Unit: ownUnit, Appraiser: officerHead},
		survey.Officer{ID: officerForeign, Employment: survey.NonASN, Name: "Yohana Wenda", Unit: foreignUnit},
		survey.Sheet{ID: sheetOne, Counter: "loket-1", Place: "Meja loket 1", ValidFrom: "2026-01-01"},
		survey.Sheet{ID: sheetTwo, Counter: "loket-2", ValidFrom: "2026-01-01"},
		survey.Sheet{ID: sheetForeign, Counter: "loket-poli", ValidFrom: "2026-01-01"},
		survey.Device{ID: screenOne, Kind: survey.DeviceDisplay, Counter: "loket-1", Name: "TV loket 1"},
		survey.Device{ID: screenForeign, Kind: survey.DeviceDisplay, Counter: "loket-poli", Name: "TV poli"},
		survey.Device{ID: kioskOne, Kind: survey.DeviceKiosk, Counter: "loket-1", Name: "Tablet loket 1", Exit: "482913"},
		survey.Account{Username: "admin", Name: "Admin Kota", Role: survey.RoleAdmin},
		survey.Account{Username: "kepegawaian", Name: "Bagian Kepegawaian", Role: survey.RoleHR},
		survey.Account{Username: "kepala", Name: "Ratna Wulandari", Role: survey.RoleUnitHead, Unit: ownUnit},
		survey.Account{Username: "atasan", Name: "Ratna Wulandari", Role: survey.RoleAppraiser, Officer: officerHead},
		survey.Account{Username: "siti", Name: "Siti Rahmawati", Role: survey.RoleOfficer, Officer: officerSiti},
		survey.Account{Username: "peninjau", Name: "Peninjau Luar", Role: survey.RoleReviewer, Unit: foreignUnit},
		survey.Cycle{ID: "2026-TW4", State: survey.CycleOpen, Version: 1},
	}
	for day := survey.Day("2026-11-16"); day <= "2026-11-20"; day = day.Add(1) {
		for counter, officer := range map[string]string{"loket-1": officerSiti, "loket-2": officerBudi, "loket-poli": officerForeign} {
			objects = append(objects, survey.Duty{Counter: counter, Officer: officer,
				From: survey.LocalTime(day + "T08:00"), To: survey.LocalTime(day + "T16:00")})
		}
		for _, unit := range []string{parentUnit, foreignUnit} {
			objects = append(objects, survey.OpeningHours{Unit: unit, Weekday: day.Weekday(), Open: "08:00", Close: "16:00"})
		}
	}
	drafts := make([]survey.Draft, len(objects))
	for i, object := range objects {
		drafts[i] = survey.Draft{Object: object}
	}
	return drafts
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// at sets the clock, pass moves it on.
func (f *fixture) at(now time.Time)     { f.now.Store(&now) }
func (f *fixture) pass(d time.Duration) { f.at(f.now.Load().Add(d)) }

// write changes the office; the drafts are made from the present revisions.
func (f *fixture) write(objects ...survey.Object) {
	f.t.Helper()
	drafts := make([]survey.Draft, len(objects))
	for i, object := range objects {
		kind, id := object.ObjectKey()
		history, err := f.Register.History(context.Background(), kind, id)
		must(f.t, err)
		drafts[i] = survey.Draft{Object: object, Base: len(history)}
	}
	must(f.t, f.Register.Write(context.Background(), "admin", "", drafts...))
}

// served returns the answers of somebody who gave every unsur the same value.
func served(service string, value int) survey.Answers {
	answers := survey.Answers{Service: service, Unsur: map[survey.Unsur]int{}}
	for _, u := range survey.UnsurList {
		answers.Unsur[u] = value
	}
	return answers
}

// answer gives an answer at a sheet, as the survey page does, and returns its receipt.
func (f *fixture) answer(sheet string, answers survey.Answers) string {
	f.t.Helper()
	visit, err := f.Intake.Open(sheet)
	must(f.t, err)
	receipt, err := f.Intake.Submit(context.Background(), visit, answers, "id")
	must(f.t, err)
	return receipt
}

// fold brings all tallies up to date.
func (f *fixture) fold() {
	f.t.Helper()
	must(f.t, f.Tallier.Sweep(context.Background(), "", "2026-01-01", "2027-12-31"))
}

// client is a browser with its cookie.
type client struct {
	f      *fixture
	cookie string
	header http.Header
}

// anyone returns a client who is not signed in; as one who is, with the account of a role.
func (f *fixture) anyone() client { return client{f: f, header: http.Header{}} }

func (f *fixture) as(role survey.Role) client {
	f.t.Helper()
	if f.cookies[role] == "" {
		f.cookies[role] = f.signIn(role)
	}
	return client{f: f, cookie: f.cookies[role], header: http.Header{}}
}

const password = "kata sandi untuk uji"

func (f *fixture) signIn(role survey.Role) string {
	f.t.Helper()
	ctx := context.Background()
	for username, held := range f.office().Accounts {
		if held.Value.Role != role {
			continue
		}
		must(f.t, f.auth.SetPassword(ctx, username, password))
		cookie, err := f.auth.SignIn(ctx, username, password, "")
		must(f.t, err)
		return cookie
	}
	f.t.Fatalf("no account with role %s", role)
	return ""
}

// with returns the client with another request header.
func (c client) with(name, value string) client {
	c.header = c.header.Clone()
	c.header.Set(name, value)
	return c
}

func (c client) get(path string) *answer {
	c.f.t.Helper()
	return c.send(httptest.NewRequest(http.MethodGet, path, http.NoBody))
}

// post sends a form; the mark of the session is added unless the form has one.
func (c client) post(path string, form url.Values) *answer {
	c.f.t.Helper()
	if c.cookie != "" && !form.Has(auth.FieldCSRF) {
		session, err := c.f.auth.Session(context.Background(), c.cookie)
		must(c.f.t, err)
		marked := url.Values{auth.FieldCSRF: {session.CSRF()}}
		for name, values := range form {
			marked[name] = values
		}
		form = marked
	}
	request := httptest.NewRequest(http.MethodPost, path, strings.NewReader(form.Encode()))
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return c.send(request)
}

func (c client) send(request *http.Request) *answer {
	c.f.t.Helper()
	request.Host = "kesan.test"
	for name, values := range c.header {
		request.Header[name] = values
	}
	if c.cookie != "" {
		request.AddCookie(&http.Cookie{Name: c.f.auth.CookieName(), Value: c.cookie})
	}
	response, err := c.f.app.Test(request, -1)
	must(c.f.t, err)
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	must(c.f.t, err)
	return &answer{t: c.f.t, status: response.StatusCode, header: response.Header, body: string(body)}
}

// answer is what the server said.
type answer struct {
	t      testing.TB
	status int
	header http.Header
	body   string
}

// is fails the test unless the answer has the status.
func (a *answer) is(status int) *answer {
	a.t.Helper()
	if a.status != status {
		a.t.Fatalf("status %d, want %d\n%.2000s", a.status, status, a.body)
	}
	return a
}

// to fails the test unless the answer sends the browser to an address, and returns it. The address is compared up to the
// length of the one given.
func (a *answer) to(address string) string {
	a.t.Helper()
	location := a.is(http.StatusSeeOther).header.Get("Location")
	if !strings.HasPrefix(location, address) {
		a.t.Fatalf("sent to %q, want %q", location, address)
	}
	return location
}

// says fails the test unless the page shows all the texts; hides unless it shows none.
func (a *answer) says(texts ...string) *answer {
	a.t.Helper()
	shown := a.page().text()
	for _, text := range texts {
		if !strings.Contains(shown, text) {
			a.t.Errorf("page does not say %q:\n%.3000s", text, shown)
		}
	}
	return a
}

func (a *answer) hides(texts ...string) *answer {
	a.t.Helper()
	for _, text := range texts {
		if strings.Contains(a.body, text) {
			a.t.Errorf("page holds %q:\n%.3000s", text, a.body)
		}
	}
	return a
}
