package survey_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"kesan/survey"
)

// good holds one valid object of every kind; the other tests spoil one field of a copy.
var good = struct {
	agency  survey.Agency
	unit    survey.Unit
	service survey.Service
	counter survey.Counter
	officer survey.Officer
	duty    survey.Duty
	hours   survey.OpeningHours
	holiday survey.Holiday
	form    survey.Form
	sheet   survey.Sheet
	target  survey.Target
	cycle   survey.Cycle
	account survey.Account
	apiKey  survey.APIKey
}{
	survey.Agency{Name: "Pemerintah Kota Semarang", Colour: "#0b5394"},
	survey.Unit{Code: "33.74.09", Name: "Kecamatan Gajahmungkur", Parent: "33.74", Zone: survey.WIB, Area: "33.74.09"},
	survey.Service{Code: "ktp", Unit: "33.74.09", Name: "KTP-el", Limit: 3, LimitUnit: survey.WorkingDays, WaitLimit: 60},
	survey.Counter{Code: "33.74.09-L1", Unit: "33.74.09", Name: "Loket 1", Services: []string{"ktp"}},
	survey.Officer{ID: "199001152015031999", Employment: survey.PNS, Name: "Sri Rahayu", Unit: "33.74.09"},
	survey.Duty{Counter: "33.74.09-L1", Officer: "199001152015031999", From: "2026-11-21T08:00", To: "2026-11-21T12:00"},
	survey.OpeningHours{Unit: "33.74.09", Weekday: time.Sunday, Open: "08:00", Close: "16:00"},
	survey.Holiday{Day: "2026-12-25", Name: "Natal"},
	survey.SKM2017(),
	survey.Sheet{ID: "0123ABCD", Counter: "33.74.09-L1", ValidFrom: "2026-11-01"},
	survey.Target{Indicator: "ikm", Level: survey.LevelUnit, Unit: "33.74.09", Period: "2026", Value: 8000},
	survey.Cycle{ID: "2026-TW4", State: survey.CycleOpen, Version: 1},
	survey.Account{Username: "sri.rahayu", Name: "Sri Rahayu", Role: survey.RoleOfficer, Officer: "199001152015031999"},
	survey.APIKey{ID: "k1", Name: "SIMPEG", Hash: make([]byte, 32)},
}

// TestValidateEveryObject would panic on a tag that does not exist.
func TestValidateEveryObject(t *testing.T) {
	t.Parallel()
	for _, object := range []survey.Object{good.agency, good.unit, good.service, good.counter, good.officer, good.duty, good.hours, good.holiday, good.form,
		good.sheet, good.target, good.cycle, good.account, good.apiKey} {
		kind, _ := object.ObjectKey()
		if problems := survey.Validate(object); len(problems) > 0 {
			t.Errorf("%s: %v", kind, problems)
		}
	}
	for _, empty := range []survey.Object{survey.Agency{}, survey.Unit{}, survey.Service{}, survey.Counter{}, survey.Officer{}, survey.Duty{},
		survey.OpeningHours{}, survey.Holiday{}, survey.Form{}, survey.Sheet{}, survey.Target{}, survey.Cycle{}, survey.Account{}, survey.APIKey{}} {
		kind, _ := empty.ObjectKey()
		if len(survey.Validate(empty)) == 0 {
			t.Errorf("an empty %s passes", kind)
		}
	}
}

func spoil[T any](object T, change func(*T)) T {
	change(&object)
	return object
}

func TestValidate(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name   string
		object any
		want   string // field and key of the one problem; empty: none
	}{
		{"colour", spoil(good.agency, func(a *survey.Agency) { a.Colour = "blue" }), "colour field.hexcolor"},
		{"officer minimum below 10", spoil(good.agency, func(a *survey.Agency) { a.Policy.OfficerMinimum = 9 }), "officer_minimum field.min"},
		{"unit minimum below 5", spoil(good.agency, func(a *survey.Agency) { a.Policy.UnitMinimum = 4 }), "unit_minimum field.min"},
		{"trust 4", spoil(good.agency, func(a *survey.Agency) { a.Policy.OfficerMinTrust = 4 }), "officer_min_trust field.max"},
		{"code with a bar", spoil(good.unit, func(u *survey.Unit) { u.Code = "33|74" }), "code field.code"},
		{"code with a slash", spoil(good.unit, func(u *survey.Unit) { u.Code = "33/74" }), "code field.code"},
		{"code that begins with a dot", spoil(good.unit, func(u *survey.Unit) { u.Code = ".." }), "code field.code"},
		{"code with a line end", spoil(good.unit, func(u *survey.Unit) { u.Code = "33\n" }), "code field.code"},
		{"zone", spoil(good.unit, func(u *survey.Unit) { u.Zone = "WAT" }), "zone field.oneof"},
		{"area", spoil(good.unit, func(u *survey.Unit) { u.Area = "33.74.9" }), "area field.area"},
		{"area of a village", spoil(good.unit, func(u *survey.Unit) { u.Area = "33.74.09.1001" }), ""},
		{"limit in hari kerja", good.service, ""},
		{"limit in weeks", spoil(good.service, func(s *survey.Service) { s.LimitUnit = "minggu" }), "limit_unit field.oneof"},
		{"wait limit over a day's work", spoil(good.service, func(s *survey.Service) { s.WaitLimit = 481 }), "wait_limit field.max"},
		{"service of a counter", spoil(good.counter, func(c *survey.Counter) { c.Services = []string{"a b"} }), "services[0] field.code"},
		{"kind of staff", spoil(good.officer, func(o *survey.Officer) { o.Employment = "honorer" }), "employment field.oneof"},
		{"duty that ends before it begins", spoil(good.duty, func(d *survey.Duty) { d.To = "2026-11-21T07:00" }), "to field.gtfield"},
		{"duty of no length", spoil(good.duty, func(d *survey.Duty) { d.To = d.From }), "to field.gtfield"},
		{"duty that begins at no time", spoil(good.duty, func(d *survey.Duty) { d.From = "2026-11-21T08" }), "from field.len"},
		{"duty that begins on no day", spoil(good.duty, func(d *survey.Duty) { d.From = "2026-11-00T08:00" }), "from field.datetime"},
		{"open on Sunday", good.hours, ""},
		{"no weekday", spoil(good.hours, func(h *survey.OpeningHours) { h.Weekday = 7 }), "weekday field.max"},
		{"hour of one digit sorts wrongly", spoil(good.hours, func(h *survey.OpeningHours) { h.Open = "7:00" }), "open field.len, close field.gtfield"},
		{"hour 24", spoil(good.hours, func(h *survey.OpeningHours) { h.Close = "24:00" }), "close field.datetime"},
		{"closes before it opens", spoil(good.hours, func(h *survey.OpeningHours) { h.Close = "07:00" }), "close field.gtfield"},
		{"holiday on no day", spoil(good.holiday, func(h *survey.Holiday) { h.Day = "2026-02-29" }), "day field.datetime"},
		{"eight unsur", spoil(good.form, func(f *survey.Form) { f.Unsur = f.Unsur[:8] }), "unsur field.len"},
		{"question without key", spoil(good.form, func(f *survey.Form) {
			f.Extra = []survey.Question{{Text: "?", Options: make([]survey.Option, 2)}}
		}), "key field.required"},
		{"sheet ID of seven", spoil(good.sheet, func(s *survey.Sheet) { s.ID = "0123ABC" }), "id field.len"},
		{"sheet until another day", spoil(good.sheet, func(s *survey.Sheet) { s.ValidTo = "2026-12-31" }), ""},
		{"sheet from no day", spoil(good.sheet, func(s *survey.Sheet) { s.ValidFrom = "soon" }), "valid_from field.datetime"},
		{"target 0", spoil(good.target, func(x *survey.Target) { x.Value = 0 }), "value field.required"},
		{"range upside down", spoil(good.target, func(x *survey.Target) { x.Upper = 7000 }), "upper field.gtfield"},
		{"weight", spoil(good.target, func(x *survey.Target) { x.Weight = 101 }), "weight field.max"},
		{"state", spoil(good.cycle, func(c *survey.Cycle) { c.State = "closed" }), "state field.oneof"},
		{"name to sign in with", spoil(good.account, func(a *survey.Account) { a.Username = "Sri Rahayu" }), "username field.username"},
		{"role", spoil(good.account, func(a *survey.Account) { a.Role = "root" }), "role field.oneof"},
		{"hash", spoil(good.apiKey, func(k *survey.APIKey) { k.Hash = k.Hash[:31] }), "hash field.len"},
		{"end of a key", spoil(good.apiKey, func(k *survey.APIKey) { k.Expires = "2026" }), "expires field.datetime"},
	}
	tests = append(tests, []struct {
		name   string
		object any
		want   string
	}{
		{"agency turned around", spoil(good.agency, func(a *survey.Agency) { a.Name = "Kota \u202ekasap" }), "name field.plain"},
		{"place with a line end", spoil(good.sheet, func(s *survey.Sheet) { s.Place = "Kaca\ndepan" }), "place field.plain"},
		{"account with a bell", spoil(good.account, func(a *survey.Account) { a.Name = "Sri\a" }), "name field.plain"},
		{"key with an isolate", spoil(good.apiKey, func(k *survey.APIKey) { k.Name = "SIMPEG\u2066" }), "name field.plain"},
		{"counter with half a letter", spoil(good.counter, func(c *survey.Counter) { c.Name = "Loket \xff" }), "name field.plain"},
		{"officer's code with a mark", spoil(good.officer, func(o *survey.Officer) { o.ID = "PKM\u200f-7" }), "id field.plain"},
		{"question with a separator", spoil(good.form, func(f *survey.Form) {
			f.Extra = []survey.Question{{Key: "x", Text: "Apa\u2028?", Options: make([]survey.Option, 2)}}
		}), "text field.plain"},
		{"address of two lines", spoil(good.unit, func(u *survey.Unit) { u.Address = "Jl. Papandayan 1\nSemarang" }), ""},
		{"address with a bell", spoil(good.unit, func(u *survey.Unit) { u.Address = "Jl.\a" }), "address field.plain"},
		{"name with an accent and an apostrophe", spoil(good.officer, func(o *survey.Officer) { o.Name = "Ma’rifatul Núr" }), ""},
	}...)
	for _, test := range tests {
		var got []string
		for _, problem := range survey.Validate(test.object) {
			got = append(got, problem.Field+" "+problem.Key)
		}
		if strings.Join(got, ", ") != test.want {
			t.Errorf("%s: got %q, want %q", test.name, got, test.want)
		}
	}
}

func TestValidatePanicsOnWhatItCannotCheck(t *testing.T) {
	t.Parallel()
	for name, value := range map[string]any{"nothing": nil, "a text": "33.74", "a nil unit": (*survey.Unit)(nil)} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%s passes as good", name)
				}
			}()
			survey.Validate(value)
		}()
	}
}

func TestNewSheetIDIsValid(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for range 1000 {
		sheet := good.sheet
		sheet.ID = survey.NewSheetID()
		if problems := survey.Validate(sheet); len(problems) > 0 || seen[sheet.ID] {
			t.Fatalf("sheet ID %q: %v, seen before: %t", sheet.ID, problems, seen[sheet.ID])
		}
		seen[sheet.ID] = true
	}
}

func TestSKM2017(t *testing.T) {
	t.Parallel()
	form := survey.SKM2017()
	for i, question := range form.Unsur {
		if survey.Unsur(question.Key) != survey.UnsurList[i] || len(question.Options) != 4 {
			t.Errorf("question %d is %s with %d options, want %s with 4", i, question.Key, len(question.Options), survey.UnsurList[i])
		}
		for j, option := range question.Options {
			if option.Value != j+1 || option.Label == "" {
				t.Errorf("%s, option %d: %+v", question.Key, j, option)
			}
		}
	}
	labels := map[string][2]string{ // worst and best, from the annex
		"persyaratan": {"Tidak sesuai", "Sangat sesuai"}, "prosedur": {"Tidak mudah", "Sangat mudah"}, "waktu": {"Tidak cepat", "Sangat cepat"},
		"biaya": {"Sangat mahal", "Gratis"}, "produk": {"Tidak sesuai", "Sangat sesuai"}, "kompetensi": {"Tidak kompeten", "Sangat kompeten"},
		"perilaku": {"Tidak sopan dan ramah", "Sangat sopan dan ramah"}, "sarana": {"Buruk", "Sangat baik"}, "pengaduan": {"Tidak ada", "Dikelola dengan baik"},
	}
	for _, question := range form.Unsur {
		got := [2]string{question.Options[0].Label, question.Options[3].Label}
		if got != labels[question.Key] {
			t.Errorf("%s goes from %q to %q, want %q", question.Key, got[0], got[1], labels[question.Key])
		}
	}
	for _, question := range form.Profile {
		var keys []string
		for _, option := range question.Options {
			if option.Key == "" || option.Label == "" || slices.Contains(keys, option.Key) {
				t.Errorf("%s: option %+v", question.Key, option)
			}
			keys = append(keys, option.Key)
		}
	}
}

func TestUnsur(t *testing.T) {
	t.Parallel()
	for i, u := range survey.UnsurList {
		if u.Index() != i || u.Name() == "" {
			t.Errorf("%s: index %d, name %q", u, u.Index(), u.Name())
		}
		if want := u == "kompetensi" || u == "perilaku"; u.OfOfficer() != want {
			t.Errorf("%s is the officer's: %t, want %t", u, u.OfOfficer(), want)
		}
	}
	if survey.Unsur("harga").Index() != -1 {
		t.Error("an unknown unsur has an index")
	}
}

func TestFormRef(t *testing.T) {
	t.Parallel()
	if ref := survey.Ref("skm-2017", 12); ref != "skm-2017@12" || ref.Version() != 12 {
		t.Errorf("got %s, version %d", ref, ref.Version())
	}
	for _, bad := range []survey.FormRef{"", "skm-2017", "skm@", "skm@x"} {
		if bad.Version() != 0 {
			t.Errorf("%q has version %d, want 0", bad, bad.Version())
		}
	}
}

func TestPolicyOrDefault(t *testing.T) {
	t.Parallel()
	want := survey.Policy{OfficerMinimum: 10, OfficerAppraisal: 30, UnitMinimum: 5, UnitFirm: 30, ShrinkK: 20, MaxAchievement: 120}
	if got := (survey.Policy{}).OrDefault(); got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
	own := survey.Policy{OfficerMinTrust: 2, OfficerMinimum: 15, OfficerAppraisal: 40, UnitMinimum: 6, UnitFirm: 50, ShrinkK: 1, MaxAchievement: 100}
	if got := own.OrDefault(); got != own {
		t.Errorf("own values were changed: %+v", got)
	}
}
