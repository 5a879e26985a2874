package survey_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"kesan/survey"
)

const (
	smgScreen = "SCREENS1"
	jprScreen = "SCREENJ1"
	smgKiosk  = "K10SKS01"
)

// newHall is a desk with screens at both counters and a kiosk at one.
func newHall(t *testing.T, at string) *desk {
	t.Helper()
	d := newDesk(t, at)
	write(t, d.register, device(smgScreen, survey.DeviceDisplay, "S1"), device(jprScreen, survey.DeviceDisplay, "J1"), device(smgKiosk, survey.DeviceKiosk, "S1"))
	return d
}

func device(id string, kind survey.DeviceKind, counter string) survey.Device {
	return survey.Device{ID: id, Kind: kind, Counter: counter, Name: "Uji"}
}

func (d *desk) device(id string) survey.Device {
	d.t.Helper()
	device, err := d.register.Office().Devices.Value(id)
	if err != nil {
		d.t.Fatal(err)
	}
	return device
}

// show returns what a display shows now.
func (d *desk) show(id string) string {
	d.t.Helper()
	token, _, err := d.intake.Show(d.device(id))
	if err != nil {
		d.t.Fatal(err)
	}
	return token
}

func TestDisplayCodeTurns(t *testing.T) {
	t.Parallel()
	d := newHall(t, "2026-11-23T03:10:07Z")
	code, next, err := d.intake.Show(d.device(smgScreen))
	if err != nil || !next.Equal(instant(t, "2026-11-23T03:10:30Z")) {
		t.Fatalf("next code at %s, %v", next, err)
	}
	d.turn("2026-11-23T03:10:29Z")
	if d.show(smgScreen) != code {
		t.Error("the code changed within its slot")
	}
	if d.show(jprScreen) == code {
		t.Error("two screens show one code")
	}
	d.turn("2026-11-23T03:10:30Z")
	if d.show(smgScreen) == code {
		t.Error("the code did not change")
	}
	for _, test := range []struct {
		at   string
		want error
	}{{"2026-11-23T03:11:30Z", nil}, {"2026-11-23T03:11:31Z", survey.ErrTurned}, {"2026-11-24T03:10:00Z", survey.ErrTurned}, {"2026-11-24T03:09:30Z", survey.ErrTurned}} {
		d.turn(test.at)
		if _, err := d.intake.Open(code); !errors.Is(err, test.want) {
			t.Errorf("%s: got %v, want %v", test.at, err, test.want)
		}
	}
}

func TestDisplayOpensItsCounter(t *testing.T) {
	t.Parallel()
	d := newHall(t, "2026-11-23T03:10:07Z")
	visit := d.open(d.show(jprScreen))
	if visit.Counter.Code != "J1" || visit.Point.Channel != survey.ChannelDisplay {
		t.Errorf("opened %+v at %s", visit.Point, visit.Counter.Code)
	}
	late := d.open(d.show(smgScreen))
	d.turn("2026-11-23T03:10:08Z")
	visit = d.open(d.show(jprScreen))
	d.turn("2026-11-23T03:40:08Z")
	d.mustSend(d.open(d.show(smgScreen)).Token, all(3))
	d.mustSend(visit.Token, all(4))
	d.mustSend(late.Token, all(2))
	responses, _ := d.stored()
	trust := map[int]survey.Trust{}
	for _, r := range responses {
		trust[r.Unsur[survey.Waktu]] = r.Trust
		if r.Channel != survey.ChannelDisplay || r.Sheet != "" || (r.Counter == "S1") != (r.Officer == "199001152015031999") {
			t.Errorf("attributed to %+v", r.Attribution)
		}
	}
	if trust[4] != survey.TrustDisplay || trust[3] != survey.TrustDisplay || trust[2] != survey.TrustPoster || len(responses) != 3 {
		t.Errorf("%d answers with trust %v; in 30 minutes 2, later 0", len(responses), trust)
	}
}

func TestDisplayOpensThreeForms(t *testing.T) {
	t.Parallel()
	d := newHall(t, "2026-11-23T03:10:07Z")
	code := d.show(smgScreen)
	tokens := map[string]bool{}
	for range 3 {
		tokens[d.open(code).Token] = true
	}
	if len(tokens) != 3 {
		t.Error("two visitors got one form")
	}
	if _, err := d.intake.Open(code); !errors.Is(err, survey.ErrCrowded) {
		t.Errorf("fourth form: %v", err)
	}
	d.open(d.show(jprScreen))
	d.turn("2026-11-23T03:10:30Z")
	d.open(d.show(smgScreen))
	if _, err := d.intake.Open(code); !errors.Is(err, survey.ErrCrowded) {
		t.Errorf("fourth form a slot later: %v", err)
	}
}

func TestDisplayStops(t *testing.T) {
	t.Parallel()
	revoked, closed := device(smgScreen, survey.DeviceDisplay, "S1"), survey.Counter{Code: "S1", Unit: "smg.09", Name: "Loket 1", Closed: true}
	revoked.Revoked, revoked.Why = true, "hilang"
	for name, test := range map[string]struct {
		change survey.Object
		at     string
		want   error
	}{
		"withdrawn":       {revoked, "2026-11-23T03:10:10Z", survey.ErrRevoked},
		"counter closed":  {closed, "2026-11-23T03:10:10Z", survey.ErrClosed},
		"clock back":      {nil, "2026-11-23T03:09:06Z", survey.ErrBehind},
		"clock a bit off": {nil, "2026-11-23T03:10:06Z", nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := newHall(t, "2026-11-23T03:10:07Z")
			code := d.show(smgScreen)
			if test.change != nil {
				write(t, d.register, test.change)
			}
			d.turn(test.at)
			if _, _, err := d.intake.Show(d.device(smgScreen)); !errors.Is(err, test.want) {
				t.Errorf("show: got %v, want %v", err, test.want)
			}
			if _, err := d.intake.Open(code); !errors.Is(err, test.want) {
				t.Errorf("open: got %v, want %v", err, test.want)
			}
		})
	}
}

// advance returns the forms that a kiosk gets now.
func (d *desk) advance(id string) []survey.KioskHour {
	d.t.Helper()
	hours, err := d.intake.Advance(d.device(id))
	if err != nil {
		d.t.Fatal(err)
	}
	return hours
}

// formAt returns the form of the interval, of 20 seconds, that begins at an instant.
func formAt(t *testing.T, hours []survey.KioskHour, text string) string {
	t.Helper()
	for _, hour := range hours {
		if after := instant(t, text).Sub(hour.From); after >= 0 && after < time.Hour {
			return hour.Tokens[after/(20*time.Second)]
		}
	}
	t.Fatalf("no form of %s", text)
	return ""
}

func TestKioskHoldsFormsForADay(t *testing.T) {
	t.Parallel()
	d := newHall(t, "2026-11-23T03:10:07Z") // 10:10 in Semarang; Sri serves until 12:00
	kiosk := d.device(smgKiosk)
	forms := d.advance(smgKiosk)
	if first, last := forms[0], forms[24]; len(forms) != 25 || len(first.Tokens) != 150 || !first.From.Equal(instant(t, "2026-11-23T03:10:00Z")) ||
		len(last.Tokens) != 180 || !last.From.Equal(instant(t, "2026-11-24T03:00:00Z")) {
		t.Errorf("%d hours from %s to %s, %d and %d forms", len(forms), first.From, last.From, len(first.Tokens), len(last.Tokens))
	}
	d.turn("2026-11-23T03:10:19Z")
	again := d.advance(smgKiosk)
	visit, err := d.intake.OpenKiosk(kiosk, d.now)
	if err != nil {
		t.Fatal(err)
	}
	nonce := func(token string) [8]byte {
		read, err := d.intake.Minter.Read(token, survey.TokenForm)
		if err != nil {
			t.Fatal(err)
		}
		return read.Nonce
	}
	if nonce(again[0].Tokens[5]) != nonce(forms[0].Tokens[5]) || nonce(visit.Token) != nonce(forms[0].Tokens[0]) || nonce(forms[0].Tokens[5]) == nonce(forms[0].Tokens[6]) {
		t.Error("asking again gives other forms, or one form stands for two intervals")
	}

	// A day without a network: answers of 10:30, of 11:45 to 12:00 when the officer changes within, and of the next morning.
	at := func(text string) string { return formAt(t, forms, text) }
	if _, err := d.send(at("2026-11-23T03:15:40Z"), all(1)); !errors.Is(err, survey.ErrEarly) {
		t.Errorf("five minutes early: %v", err)
	}
	d.turn("2026-11-24T03:00:00Z")
	kept := []string{at("2026-11-23T03:30:00Z"), at("2026-11-23T04:59:40Z"), at("2026-11-23T05:00:00Z"), at("2026-11-24T02:30:00Z"), at("2026-11-23T03:30:00Z")}
	for i, token := range kept {
		d.mustSend(token, all(1+i%4))
	}
	responses, _ := d.stored()
	var got []string
	for _, r := range responses {
		got = append(got, string(r.Day)+" "+r.Officer)
		if r.Trust != survey.TrustDisplay || r.Channel != survey.ChannelKiosk || r.Late {
			t.Errorf("%+v late %t", r.Attribution, r.Late)
		}
	}
	slices.Sort(got)
	if want := []string{"2026-11-23 ", "2026-11-23 199001152015031999", "2026-11-23 199001152015031999", "2026-11-24 "}; !slices.Equal(got, want) {
		t.Errorf("stored %q, want %q", got, want)
	}
}

// What a kiosk kept without a network is not late for a day, late for another, and refused after that.
func TestKioskComesBack(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		at    string
		late  bool
		trust survey.Trust
		err   error
	}{
		{"2026-11-24T02:10:00Z", false, survey.TrustDisplay, nil}, // 23 hours
		{"2026-11-24T03:10:00Z", false, survey.TrustDisplay, nil},
		{"2026-11-24T03:10:01Z", true, survey.TrustPoster, nil},
		{"2026-11-25T03:10:00Z", true, survey.TrustPoster, nil},
		{"2026-11-25T03:10:01Z", false, 0, survey.ErrExpired},
	} {
		t.Run(test.at, func(t *testing.T) {
			t.Parallel()
			d := newHall(t, "2026-11-23T03:10:00Z")
			token := d.advance(smgKiosk)[0].Tokens[0]
			d.turn(test.at)
			if _, err := d.send(token, all(2)); !errors.Is(err, test.err) {
				t.Fatalf("got %v, want %v", err, test.err)
			}
			responses, _ := d.stored()
			if (len(responses) == 1) != (test.err == nil) {
				t.Errorf("%d stored", len(responses))
			}
			for _, r := range responses {
				if r.Late != test.late || r.Trust != test.trust || r.Day != "2026-11-23" || r.Officer != "199001152015031999" {
					t.Errorf("stored %+v, late %t", r.Attribution, r.Late)
				}
			}
		})
	}
}

// A change of the roster changes the forms of its hours, 12 to 14 in Semarang, and no others.
func TestKioskMarksChange(t *testing.T) {
	t.Parallel()
	d := newHall(t, "2026-11-23T03:10:00Z")
	before := d.advance(smgKiosk)
	write(t, d.register, survey.Duty{Counter: "S1", Officer: "budi", From: "2026-11-23T12:05", To: "2026-11-23T14:00"})
	d.turn("2026-11-23T03:40:00Z")
	var changed []string
	for i, hour := range d.advance(smgKiosk) {
		if hour.Mark != before[i].Mark {
			changed = append(changed, hour.From.Format("15:04"))
		}
	}
	if want := []string{"05:00", "06:00"}; !slices.Equal(changed, want) {
		t.Errorf("changed: %q, want %q", changed, want)
	}
}

// An interval of 70 seconds begins at any second of an hour; each has one form, in the hour in which it begins.
func TestKioskIntervalsAcrossHours(t *testing.T) {
	t.Parallel()
	d := newHall(t, "2026-11-23T03:59:50Z")
	slow := device(smgKiosk, survey.DeviceKiosk, "S1")
	slow.Interval = 70
	write(t, d.register, slow)
	d.turn("2026-11-23T04:00:05Z")
	seen := d.now.Truncate(70 * time.Second)
	for i, hour := range d.advance(smgKiosk) {
		if !hour.From.Equal(seen) {
			t.Fatalf("hour %d begins at %s, want %s", i, hour.From, seen)
		}
		seen = seen.Add(time.Duration(len(hour.Tokens)) * 70 * time.Second)
	}
	if seen.Sub(d.now) < 24*time.Hour {
		t.Errorf("forms end at %s", seen)
	}
}

// A form of an interval is of one officer only if the roster names the same one for its whole quarter of an hour.
func TestKioskOfficer(t *testing.T) {
	t.Parallel()
	d := newHall(t, "2026-11-23T00:00:00Z")
	write(t, d.register, survey.Duty{Counter: "S1", Officer: "budi", From: "2026-11-23T12:05", To: "2026-11-23T14:00"})
	for at, want := range map[string]string{
		"2026-11-23T00:59:40Z": "",                   // 07:59:40
		"2026-11-23T01:00:00Z": "199001152015031999", // 08:00
		"2026-11-23T04:59:40Z": "199001152015031999", // 11:59:40
		"2026-11-23T05:00:00Z": "",                   // 12:00, nobody until 12:05
		"2026-11-23T05:15:00Z": "budi",               // 12:15
		"2026-11-23T06:59:40Z": "budi",               // 13:59:40
		"2026-11-23T07:00:00Z": "",
	} {
		visit, err := d.intake.OpenKiosk(d.device(smgKiosk), instant(t, at))
		if err != nil || visit.Officer() != want {
			t.Errorf("%s: officer %q, %v; want %q", at, visit.Officer(), err, want)
		}
	}
}

func TestKioskWithdrawn(t *testing.T) {
	t.Parallel()
	d := newHall(t, "2026-11-23T03:10:00Z")
	forms := d.advance(smgKiosk)
	d.turn("2026-11-23T03:20:00Z")
	gone := d.device(smgKiosk)
	gone.Revoked, gone.Why = true, "dicuri"
	write(t, d.register, gone)
	d.turn("2026-11-23T03:30:00Z")
	if _, err := d.send(forms[0].Tokens[0], all(3)); err != nil {
		t.Errorf("an answer from before: %v", err)
	}
	if _, err := d.send(forms[0].Tokens[40], all(1)); !errors.Is(err, survey.ErrRevoked) {
		t.Errorf("an answer from after: %v", err)
	}
	if _, err := d.intake.Advance(gone); !errors.Is(err, survey.ErrRevoked) {
		t.Errorf("more forms: %v", err)
	}
}

func TestDeviceIsValid(t *testing.T) {
	t.Parallel()
	good := device(smgKiosk, survey.DeviceKiosk, "S1")
	good.Interval, good.Exit = 20, "482913"
	if problems := survey.Validate(good); problems != nil {
		t.Errorf("%+v: %v", good, problems)
	}
	for field, bad := range map[string]survey.Device{
		"id":       {ID: "KURANG", Kind: survey.DeviceKiosk, Counter: "S1", Name: "x"},
		"kind":     {ID: smgKiosk, Kind: "televisi", Counter: "S1", Name: "x"},
		"counter":  {ID: smgKiosk, Kind: survey.DeviceKiosk, Name: "x"},
		"name":     {ID: smgKiosk, Kind: survey.DeviceKiosk, Counter: "S1"},
		"interval": {ID: smgKiosk, Kind: survey.DeviceKiosk, Counter: "S1", Name: "x", Interval: 9},
		"exit":     {ID: smgKiosk, Kind: survey.DeviceKiosk, Counter: "S1", Name: "x", Exit: "12a4"},
	} {
		if problems := survey.Validate(bad); len(problems) != 1 || problems[0].Field != field {
			t.Errorf("%s: %v", field, problems)
		}
	}
}
