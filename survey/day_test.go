package survey_test

import (
	"testing"
	"time"

	"kesan/survey"
)

func instant(t testing.TB, text string) time.Time {
	t.Helper()
	at, err := time.Parse(time.RFC3339, text)
	if err != nil {
		t.Fatal(err)
	}
	return at
}

func TestDayOf(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, at string
		zone     survey.Zone
		want     survey.Day
	}{
		{"new year's eve in Semarang", "2026-12-31T16:30:00Z", survey.WIB, "2026-12-31"},
		{"already new year in Tanjung Selor", "2026-12-31T16:30:00Z", survey.WITA, "2027-01-01"},
		{"already new year in Jayapura", "2026-12-31T16:30:00Z", survey.WIT, "2027-01-01"},
		{"last second of the day", "2026-12-31T16:59:59Z", survey.WIB, "2026-12-31"},
		{"midnight", "2026-12-31T17:00:00Z", survey.WIB, "2027-01-01"},
		{"leap day", "2028-02-29T03:00:00Z", survey.WIB, "2028-02-29"},
		{"written in another zone", "2026-07-01T00:30:00+09:00", survey.WIB, "2026-06-30"},
		{"unknown zone is Jakarta's", "2026-12-31T16:30:00Z", "GMT", "2026-12-31"},
	}
	for _, test := range tests {
		if got := survey.DayOf(instant(t, test.at), test.zone); got != test.want {
			t.Errorf("%s: got %s, want %s", test.name, got, test.want)
		}
	}
}

func TestZoneValid(t *testing.T) {
	t.Parallel()
	for zone, want := range map[survey.Zone]bool{survey.WIB: true, survey.WITA: true, survey.WIT: true, "": false, "wib": false, "UTC": false} {
		if got := zone.Valid(); got != want {
			t.Errorf("zone %q: valid is %t, want %t", zone, got, want)
		}
	}
}

func TestDayArithmetic(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		day  survey.Day
		n    int
		want survey.Day
	}{
		{"2026-12-31", 1, "2027-01-01"},
		{"2027-01-01", -1, "2026-12-31"},
		{"2028-02-28", 1, "2028-02-29"},
		{"2026-02-28", 1, "2026-03-01"},
		{"2026-11-21", 0, "2026-11-21"},
	} {
		if got := test.day.Add(test.n); got != test.want {
			t.Errorf("%s and %d days: got %s, want %s", test.day, test.n, got, test.want)
		}
	}
	if got := survey.Day("2026-11-21").Weekday(); got != time.Saturday {
		t.Errorf("2026-11-21 is a %s, want Saturday", got)
	}
	if got := survey.Day("2026-11-21").Month(); got != "2026-11" {
		t.Errorf("month of 2026-11-21: %s", got)
	}
}

func TestParseDay(t *testing.T) {
	t.Parallel()
	for _, good := range []string{"2026-11-21", "2028-02-29", "0001-01-01"} {
		if got, err := survey.ParseDay(good); err != nil || string(got) != good {
			t.Errorf("%q: got %q, %v", good, got, err)
		}
	}
	for _, bad := range []string{"", "2026-1-2", "2026-02-29", "2026-13-01", "2026-00-01", "21-11-2026", "2026-11-21 ", "2026-11-21T00:00", "２０２６-11-21"} {
		if got, err := survey.ParseDay(bad); err == nil {
			t.Errorf("%q: taken as %s", bad, got)
		}
	}
}

func TestMonth(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		month       survey.Month
		first, last survey.Day
		next        survey.Month
	}{
		{"2026-11", "2026-11-01", "2026-11-30", "2026-12"},
		{"2026-12", "2026-12-01", "2026-12-31", "2027-01"},
		{"2028-02", "2028-02-01", "2028-02-29", "2028-03"},
		{"2026-02", "2026-02-01", "2026-02-28", "2026-03"},
	} {
		if test.month.First() != test.first || test.month.Last() != test.last || test.month.Next() != test.next {
			t.Errorf("%s: got %s to %s, then %s", test.month, test.month.First(), test.month.Last(), test.month.Next())
		}
	}
}

func TestLocalTime(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]survey.LocalTime{
		"2026-11-21T08:00": "2026-11-21T08:00", "2026-11-21 08:00": "2026-11-21T08:00", "2026-11-21 8:00": "2026-11-21T08:00",
	} {
		if got, err := survey.ParseLocalTime(text); err != nil || got != want {
			t.Errorf("%q: got %q, %v; want %s", text, got, err, want)
		}
	}
	for _, bad := range []string{"", "08:00", "2026-11-21", "2026-11-21 24:00", "2026-11-21 08:60", "2026-11-21T08:00Z", "2026-11-31 08:00"} {
		if got, err := survey.ParseLocalTime(bad); err == nil {
			t.Errorf("%q: taken as %s", bad, got)
		}
	}
	for zone, want := range map[survey.Zone]string{survey.WIB: "2026-11-21T01:00:00Z", survey.WITA: "2026-11-21T00:00:00Z", survey.WIT: "2026-11-20T23:00:00Z"} {
		if got := survey.LocalTime("2026-11-21T08:00").In(zone); !got.Equal(instant(t, want)) {
			t.Errorf("eight o'clock %s: got %s, want %s", zone, got.UTC(), want)
		}
	}
}

func TestClockKeepsMilliseconds(t *testing.T) {
	t.Parallel()
	jakarta := time.FixedZone("WIB", 7*3600)
	clock := survey.Clock(func() time.Time { return time.Date(2026, 11, 21, 8, 0, 0, 123_456_789, jakarta) })
	want := time.Date(2026, 11, 21, 1, 0, 0, 123_000_000, time.UTC)
	if got := clock.Now(); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}
