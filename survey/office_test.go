package survey_test

import (
	"context"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"kesan/survey"
	"kesan/survey/mongodb"
	"kesan/survey/sqlite"
	"kesan/survey/storetest"
)

// openStore opens a real store in a file of its own.
func openStore(t testing.TB) survey.Store {
	t.Helper()
	store, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "kesan.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	})
	return store
}

// opener opens a new, empty store.
type opener func(t *testing.T) survey.Store

// onStores runs tests on each kind of store. MongoDB is left out where there is no server to test with.
func onStores(t *testing.T, tests map[string]func(t *testing.T, open opener)) {
	t.Helper()
	each := func(t *testing.T, open opener) {
		for name, test := range tests {
			t.Run(name, func(t *testing.T) {
				t.Parallel()
				test(t, open)
			})
		}
	}
	t.Run("sqlite", func(t *testing.T) {
		t.Parallel()
		each(t, func(t *testing.T) survey.Store { return openStore(t) })
	})
	t.Run("mongodb", func(t *testing.T) {
		t.Parallel()
		server := storetest.StartMongoDB(t)
		each(t, func(t *testing.T) survey.Store { return openMongoDB(t, server) })
	})
}

// openMongoDB opens a new database on a server.
func openMongoDB(t *testing.T, server *storetest.MongoDB) survey.Store {
	t.Helper()
	store, err := mongodb.Open(t.Context(), server.URI())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = store.Close() })
	return store
}

// pinned is a clock that tests turn.
type pinned struct{ now time.Time }

func pin(t testing.TB, text string) *pinned { return &pinned{instant(t, text)} }

func (p *pinned) clock() time.Time { return p.now }

func openRegister(t testing.TB, store survey.Store, clock survey.Clock) *survey.Register {
	t.Helper()
	register, err := survey.OpenRegister(t.Context(), store, clock)
	if err != nil {
		t.Fatal(err)
	}
	return register
}

// write writes objects at whatever revision they are.
func write(t testing.TB, register *survey.Register, objects ...survey.Object) {
	t.Helper()
	if err := tryWrite(t.Context(), register, objects...); err != nil {
		t.Fatal(err)
	}
}

func tryWrite(ctx context.Context, register *survey.Register, objects ...survey.Object) error {
	var drafts []survey.Draft
	for _, object := range objects {
		drafts = append(drafts, survey.Draft{Object: object, Base: revision(register.Office(), object)})
	}
	return register.Write(ctx, "siti", "", drafts...)
}

func revision(o *survey.Office, object survey.Object) int {
	switch kind, id := object.ObjectKey(); kind {
	case survey.KindAgency:
		return o.Agencies[id].Revision
	case survey.KindUnit:
		return o.Units[id].Revision
	case survey.KindService:
		return o.Services[id].Revision
	case survey.KindCounter:
		return o.Counters[id].Revision
	case survey.KindOfficer:
		return o.Officers[id].Revision
	case survey.KindDuty:
		return o.Duties[id].Revision
	case survey.KindHours:
		return o.Hours[id].Revision
	case survey.KindHoliday:
		return o.Holidays[id].Revision
	case survey.KindForm:
		return o.Forms[id].Revision
	case survey.KindSheet:
		return o.Sheets[id].Revision
	case survey.KindDevice:
		return o.Devices[id].Revision
	case survey.KindAccount:
		return o.Accounts[id].Revision
	case survey.KindAPIKey:
		return o.APIKeys[id].Revision
	}
	return 0
}

// office writes objects into a new store and returns what they make.
func office(t testing.TB, objects ...survey.Object) *survey.Office {
	t.Helper()
	register := openRegister(t, openStore(t), pin(t, "2026-11-21T01:00:00Z").clock)
	write(t, register, objects...)
	return register.Office()
}

func unit(code, parent string, zone survey.Zone) survey.Unit {
	return survey.Unit{Code: code, Name: "Unit " + code, Parent: parent, Zone: zone}
}

func TestOnDuty(t *testing.T) {
	t.Parallel()
	duty := func(officer, from, to string) survey.Duty {
		return survey.Duty{Counter: "L1", Officer: officer, From: survey.LocalTime("2026-11-23T" + from), To: survey.LocalTime("2026-11-23T" + to)}
	}
	cancelled := duty("budi", "08:00", "12:00")
	cancelled.Cancelled = true
	handover := []survey.Object{duty("sri", "08:00", "12:00"), duty("budi", "12:00", "16:00")}
	tests := []struct {
		name   string
		duties []survey.Object
		at     string // local time
		want   string
	}{
		{"nobody", nil, "10:00", ""},
		{"before the duty", handover, "07:59", ""},
		{"as it begins", handover, "08:00", "sri"},
		{"in the middle", handover, "10:00", "sri"},
		{"last minute", handover, "11:59", "sri"},
		{"as the officer changes", handover, "12:00", ""},
		{"14 minutes after the change", handover, "12:14", ""},
		{"15 minutes after the change", handover, "12:15", "budi"},
		{"as the last duty ends", handover, "16:00", ""},
		{"5 minutes after the last duty", handover, "16:05", ""},
		{"in a gap", []survey.Object{duty("sri", "08:00", "11:00"), duty("budi", "13:00", "16:00")}, "12:00", ""},
		{"in a gap, just after the duty", []survey.Object{duty("sri", "08:00", "11:00"), duty("budi", "13:00", "16:00")}, "11:05", ""},
		{"after a gap", []survey.Object{duty("sri", "08:00", "11:00"), duty("budi", "13:00", "16:00")}, "13:00", "budi"},
		{"after a gap of 5 minutes", []survey.Object{duty("sri", "08:00", "11:00"), duty("budi", "11:05", "16:00")}, "11:10", ""},
		{"overlap", []survey.Object{duty("sri", "08:00", "12:00"), duty("budi", "11:00", "16:00")}, "11:30", ""},
		{"before an overlap", []survey.Object{duty("sri", "08:00", "12:00"), duty("budi", "11:00", "16:00")}, "10:59", "sri"},
		{"after an overlap", []survey.Object{duty("sri", "08:00", "12:00"), duty("budi", "11:00", "16:00")}, "12:20", "budi"},
		{"relief of five minutes", []survey.Object{duty("sri", "08:00", "12:00"), duty("budi", "09:00", "09:05")}, "09:10", ""},
		{"long after the relief", []survey.Object{duty("sri", "08:00", "12:00"), duty("budi", "09:00", "09:05")}, "09:20", "sri"},
		{"same officer goes on", []survey.Object{duty("sri", "08:00", "12:00"), duty("sri", "12:00", "16:00")}, "12:05", "sri"},
		{"same officer after a break", []survey.Object{duty("sri", "08:00", "12:00"), duty("sri", "12:10", "16:00")}, "12:15", "sri"},
		{"same officer in the break", []survey.Object{duty("sri", "08:00", "12:00"), duty("sri", "12:10", "16:00")}, "12:05", ""},
		{"cancelled duty", []survey.Object{cancelled}, "10:00", ""},
		{"another counter", []survey.Object{survey.Duty{Counter: "L2", Officer: "sri", From: "2026-11-23T08:00", To: "2026-11-23T16:00"}}, "10:00", ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			o := office(t, append(test.duties, unit("u", "", survey.WIT), survey.Counter{Code: "L1", Unit: "u", Name: "Loket 1"})...)
			at := survey.LocalTime("2026-11-23T" + test.at).In(survey.WIT)
			if got := o.OnDuty("L1", at); got != test.want {
				t.Errorf("at %s: got %q, want %q", test.at, got, test.want)
			}
		})
	}
}

func TestOnDutyIsInTheTimeOfTheUnit(t *testing.T) {
	t.Parallel()
	o := office(t, unit("smg", "", survey.WIB), unit("jpr", "", survey.WIT),
		survey.Counter{Code: "S1", Unit: "smg", Name: "S1"}, survey.Counter{Code: "J1", Unit: "jpr", Name: "J1"},
		survey.Duty{Counter: "S1", Officer: "sri", From: "2026-11-23T08:00", To: "2026-11-23T12:00"},
		survey.Duty{Counter: "J1", Officer: "yosef", From: "2026-11-23T08:00", To: "2026-11-23T12:00"})
	at := instant(t, "2026-11-23T02:30:00Z") // 09:30 in Semarang, 11:30 in Jayapura
	if s, j := o.OnDuty("S1", at), o.OnDuty("J1", at); s != "sri" || j != "yosef" {
		t.Errorf("got %q and %q, want sri and yosef", s, j)
	}
	at = instant(t, "2026-11-23T04:00:00Z") // 11:00 in Semarang, 13:00 in Jayapura
	if s, j := o.OnDuty("S1", at), o.OnDuty("J1", at); s != "sri" || j != "" {
		t.Errorf("got %q and %q, want sri and nobody", s, j)
	}
}

func TestHoursAndHolidays(t *testing.T) {
	t.Parallel()
	hours := func(unit string, day time.Weekday, open, shut string) survey.OpeningHours {
		return survey.OpeningHours{Unit: unit, Weekday: day, Open: open, Close: shut}
	}
	never := hours("own", time.Tuesday, "08:00", "16:00")
	never.Closed = true
	o := office(t, unit("kota", "", survey.WIB), unit("plain", "kota", survey.WIB), unit("own", "kota", survey.WIB), unit("below", "own", survey.WIB), unit("far", "", survey.WIT),
		hours("kota", time.Monday, "08:00", "16:00"), hours("kota", time.Tuesday, "08:00", "16:00"), hours("own", time.Monday, "09:00", "12:00"), never,
		survey.Holiday{Day: "2026-12-21", Name: "Semua"}, survey.Holiday{Day: "2026-12-28", Unit: "own", Name: "Sendiri"},
		survey.Holiday{Day: "2026-12-14", Name: "Batal", Cancelled: true})
	tests := []struct {
		name, unit string
		day        survey.Day
		open, shut string
		holiday    string
	}{
		{"own hours", "kota", "2026-12-07", "08:00", "16:00", ""},
		{"the parent's", "plain", "2026-12-07", "08:00", "16:00", ""},
		{"own before the parent's", "own", "2026-12-07", "09:00", "12:00", ""},
		{"the nearest above", "below", "2026-12-07", "09:00", "12:00", ""},
		{"own hours leave Tuesday out", "own", "2026-12-08", "", "", ""},
		{"the parent's Tuesday", "plain", "2026-12-08", "08:00", "16:00", ""},
		{"Sunday", "kota", "2026-12-06", "", "", ""},
		{"no hours at all", "far", "2026-12-07", "", "", ""},
		{"holiday of everybody", "plain", "2026-12-21", "", "", "Semua"},
		{"holiday of one unit", "own", "2026-12-28", "", "", "Sendiri"},
		{"holiday of the unit above", "below", "2026-12-28", "", "", "Sendiri"},
		{"not the neighbour's", "plain", "2026-12-28", "08:00", "16:00", ""},
		{"cancelled holiday", "plain", "2026-12-14", "08:00", "16:00", ""},
		{"unknown unit", "nowhere", "2026-12-07", "", "", ""},
	}
	for _, test := range tests {
		if open, shut := o.HoursOn(test.unit, test.day); open != test.open || shut != test.shut {
			t.Errorf("%s: %q to %q, want %q to %q", test.name, open, shut, test.open, test.shut)
		}
		if got := o.HolidayOn(test.unit, test.day); got != test.holiday {
			t.Errorf("%s: holiday %q, want %q", test.name, got, test.holiday)
		}
	}
}

func TestTreeOfUnits(t *testing.T) {
	t.Parallel()
	o := office(t, unit("b", "", survey.WIB), unit("a", "", survey.WIB), unit("a.2", "a", survey.WIB), unit("a.1", "a", survey.WIB), unit("a.1.1", "a.1", survey.WIB))
	if got, want := o.AllUnits(), []string{"a", "a.1", "a.1.1", "a.2", "b"}; !slices.Equal(got, want) {
		t.Errorf("all units: %v, want %v", got, want)
	}
	if got, want := o.Path("a.1.1"), []string{"a", "a.1", "a.1.1"}; !slices.Equal(got, want) {
		t.Errorf("path: %v, want %v", got, want)
	}
	if !o.Within("a.1.1", "a") || !o.Within("a", "a") || o.Within("a", "a.1") || o.Within("a.10", "a.1") || o.Within("b", "a") {
		t.Error("a unit stands below what it does not, or not below what it does")
	}
	if got := o.FullName("a.1.1"); got != "Unit a.1.1, Unit a.1, Unit a" {
		t.Errorf("full name: %q", got)
	}
	if got := survey.Name(o.Units, "gone"); got != "gone" {
		t.Errorf("name of a unit that is not there: %q", got)
	}
}

// TestLoopOfUnits: a log that says that two units stand below each other must not hang or stop the process.
func TestLoopOfUnits(t *testing.T) {
	t.Parallel()
	o := office(t, unit("a", "b", survey.WIB), unit("b", "a", survey.WIB), unit("self", "self", survey.WIB), unit("root", "", survey.WIB))
	if got := o.Subtree("a"); len(got) != 32 {
		t.Errorf("%d units below a, want the bound of 32", len(got))
	}
	if got := o.Subtree("self"); len(got) != 32 {
		t.Errorf("%d units below self, want the bound of 32", len(got))
	}
	if got := o.AllUnits(); !slices.Equal(got, []string{"root"}) {
		t.Errorf("all units: %v, want the root alone", got)
	}
}

func TestFormOf(t *testing.T) {
	t.Parallel()
	form := survey.SKM2017()
	form.ID = "rsud"
	hospital := unit("rsud", "", survey.WITA)
	hospital.Form = "rsud"
	lost := unit("lost", "", survey.WIB)
	lost.Form = "gone"
	o := office(t, form, hospital, unit("poli", "rsud", survey.WITA), unit("kec", "", survey.WITA), lost)
	for unit, want := range map[string]survey.FormRef{"rsud": "rsud@1", "poli": "rsud@1", "kec": "skm-2017@1", "lost": "skm-2017@1", "nowhere": "skm-2017@1"} {
		if _, ref := o.FormOf(unit); ref != want {
			t.Errorf("form of %s: %s, want %s", unit, ref, want)
		}
	}
}

func TestServicesAt(t *testing.T) {
	t.Parallel()
	closed := survey.Service{Code: "old", Unit: "u", Name: "Old", Closed: true}
	o := office(t, unit("u", "", survey.WIB), survey.Service{Code: "kk", Unit: "u", Name: "KK"}, survey.Service{Code: "ktp", Unit: "u", Name: "KTP"}, closed,
		survey.Service{Code: "sim", Unit: "other", Name: "SIM"})
	for name, test := range map[string]struct{ of, want []string }{
		"all of the unit": {nil, []string{"kk", "ktp"}}, "its own": {[]string{"ktp"}, []string{"ktp"}}, "closed or another unit's": {[]string{"old", "sim"}, nil},
	} {
		if got := o.ServicesAt(survey.Counter{Code: "L1", Unit: "u", Services: test.of}); !slices.Equal(got, test.want) {
			t.Errorf("%s: %v, want %v", name, got, test.want)
		}
	}
}

func TestWhoSeesWhat(t *testing.T) {
	t.Parallel()
	officer := func(id, unit, appraiser string) survey.Officer {
		return survey.Officer{ID: id, Employment: survey.NonASN, Name: id, Unit: unit, Appraiser: appraiser}
	}
	o := office(t, unit("a", "", survey.WIB), unit("a.1", "a", survey.WIB), unit("b", "", survey.WIB),
		officer("sri", "a.1", "boss"), officer("budi", "b", ""), officer("boss", "a", ""))
	tests := []struct {
		account  survey.Account
		units    []string
		officers []string // of sri, budi, boss
	}{
		{survey.Account{Role: survey.RoleAdmin}, []string{"a", "a.1", "b"}, []string{"sri", "budi", "boss"}},
		{survey.Account{Role: survey.RoleHR}, []string{"a", "a.1", "b"}, []string{"sri", "budi", "boss"}},
		{survey.Account{Role: survey.RoleHR, Unit: "b"}, []string{"b"}, []string{"budi"}},
		{survey.Account{Role: survey.RoleUnitHead, Unit: "a"}, []string{"a", "a.1"}, []string{"sri", "boss"}},
		{survey.Account{Role: survey.RoleUnitHead, Unit: "a.1"}, []string{"a.1"}, []string{"sri"}},
		{survey.Account{Role: survey.RoleUnitHead}, nil, nil},
		{survey.Account{Role: survey.RoleReviewer, Unit: "b"}, nil, nil},
		{survey.Account{Role: survey.RoleOfficer, Officer: "sri"}, nil, []string{"sri"}},
		{survey.Account{Role: survey.RoleOfficer}, nil, nil},
		{survey.Account{Role: survey.RoleAppraiser, Officer: "boss"}, nil, []string{"sri", "boss"}},
		{survey.Account{Role: survey.RoleAppraiser}, nil, nil}, // budi's appraiser is empty too
		{survey.Account{Role: "root", Unit: "a"}, nil, nil},
		{survey.Account{}, nil, nil},
	}
	for _, test := range tests {
		if got := o.UnitsSeen(test.account); !slices.Equal(got, test.units) {
			t.Errorf("%s of %q sees units %v, want %v", test.account.Role, test.account.Unit, got, test.units)
		}
		var seen []string
		for _, id := range []string{"sri", "budi", "boss", "nobody"} {
			if o.SeesOfficer(test.account, id) {
				seen = append(seen, id)
			}
		}
		if !slices.Equal(seen, test.officers) {
			t.Errorf("%s of %q%s sees officers %v, want %v", test.account.Role, test.account.Unit, test.account.Officer, seen, test.officers)
		}
		if o.SeesUnit(test.account, "nowhere") {
			t.Errorf("%s sees a unit that is not there", test.account.Role)
		}
	}
	if got := o.Team("boss"); !slices.Equal(got, []string{"sri"}) {
		t.Errorf("team: %v", got)
	}
	if got := o.Team(""); got != nil {
		t.Errorf("team of nobody: %v", got)
	}
}

func TestAPIKeys(t *testing.T) {
	t.Parallel()
	o := office(t, unit("a", "", survey.WIB), unit("a.1", "a", survey.WIB), unit("b", "", survey.WIB),
		survey.APIKey{ID: "all", Name: "x", Hash: survey.HashKey("1")},
		survey.APIKey{ID: "old", Name: "x", Hash: survey.HashKey("2"), Expires: "2026-11-20"},
		survey.APIKey{ID: "gone", Name: "x", Hash: survey.HashKey("3"), Revoked: true},
		survey.APIKey{ID: "cut", Name: "x", Hash: survey.HashKey("4")[:1]})
	for secret, want := range map[string]error{"1": nil, "2": survey.ErrExpired, "3": survey.ErrRevoked, "4": survey.ErrNotFound, "": survey.ErrNotFound} {
		if _, err := o.KeyBySecret(secret, "2026-11-21"); err != want {
			t.Errorf("key %q: got %v, want %v", secret, err, want)
		}
	}
	if _, err := o.KeyBySecret("2", "2026-11-20"); err != nil {
		t.Errorf("on its last day: %v", err)
	}
	limited := survey.APIKey{Units: []string{"a"}}
	if !o.KeySees(limited, "a") || !o.KeySees(limited, "a.1") || o.KeySees(limited, "b") || o.KeySees(limited, "nowhere") {
		t.Error("a limited key sees other units than its own and those below")
	}
	if !o.KeySees(survey.APIKey{}, "b") {
		t.Error("an unlimited key does not see all units")
	}
}

func TestZone(t *testing.T) {
	t.Parallel()
	if got := office(t).Zone(""); got != survey.WIB {
		t.Errorf("of an empty office: %s", got)
	}
	o := office(t, unit("a", "", survey.WIT), unit("b", "", survey.WITA))
	for code, want := range map[string]survey.Zone{"b": survey.WITA, "": survey.WIT, "nowhere": survey.WIT} {
		if got := o.Zone(code); got != want {
			t.Errorf("zone of %q: %s, want %s", code, got, want)
		}
	}
}

func TestCheckAccount(t *testing.T) {
	t.Parallel()
	o := office(t, unit("a", "", survey.WIB), survey.Officer{ID: "sri", Employment: survey.NonASN, Name: "Sri", Unit: "a"})
	for _, test := range []struct {
		name, field, key string
		account          survey.Account
	}{
		{"administrator", "", "", survey.Account{Role: survey.RoleAdmin}},
		{"HR of all units", "", "", survey.Account{Role: survey.RoleHR}},
		{"head of a unit", "", "", survey.Account{Role: survey.RoleUnitHead, Unit: "a"}},
		{"head of nothing", "unit", "account.unit", survey.Account{Role: survey.RoleUnitHead}},
		{"reviewer of nothing", "unit", "account.unit", survey.Account{Role: survey.RoleReviewer}},
		{"HR of no such unit", "unit", "account.unknown", survey.Account{Role: survey.RoleHR, Unit: "x"}},
		{"officer", "", "", survey.Account{Role: survey.RoleOfficer, Officer: "sri"}},
		{"nobody's superior", "officer", "account.officer", survey.Account{Role: survey.RoleAppraiser}},
		{"no such officer", "officer", "account.unknown", survey.Account{Role: survey.RoleOfficer, Officer: "x"}},
		{"no role", "role", "field.required", survey.Account{}},
	} {
		test.account.Username, test.account.Name = "uji", "Uji"
		problems := o.CheckAccount(test.account)
		if test.key == "" && problems != nil {
			t.Errorf("%s: %v", test.name, problems)
		}
		if p, _ := problems.On(test.field); test.key != "" && p.Key != test.key {
			t.Errorf("%s: %v", test.name, problems)
		}
	}
}

func TestCheckAgency(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name, field, key string
		policy           survey.Policy
	}{
		{"defaults", "", "", survey.Policy{}},
		{"limits that meet", "", "", survey.Policy{OfficerMinimum: 30, UnitMinimum: 30}},
		{"officers in the wrong order", "officer_appraisal", "policy.order", survey.Policy{OfficerMinimum: 31}},
		{"units in the wrong order", "unit_firm", "policy.order", survey.Policy{UnitMinimum: 12, UnitFirm: 11}},
		{"too small", "officer_minimum", "field.min", survey.Policy{OfficerMinimum: 9}},
	} {
		problems := survey.Agency{Name: "Uji", Policy: test.policy}.Check()
		if p, _ := problems.On(test.field); p.Key != test.key || test.key == "" && problems != nil {
			t.Errorf("%s: %v", test.name, problems)
		}
	}
}
