package survey

import (
	"fmt"
	"strconv"
	"time"
	_ "time/tzdata" // an office PC may have no zone files
)

// Day is a calendar day in a unit's local time, "2006-01-02"; days sort as text.
type Day string

const dayLayout = "2006-01-02"

// DayOf returns the local day of an instant in a zone.
func DayOf(t time.Time, zone Zone) Day { return Day(t.In(zone.Location()).Format(dayLayout)) }

// ParseDay reads "2006-01-02" strictly.
func ParseDay(s string) (Day, error) {
	if _, err := time.Parse(dayLayout, s); err != nil {
		return "", fmt.Errorf("day %q: want YYYY-MM-DD", s)
	}
	return Day(s), nil
}

// Date returns midnight UTC of the calendar day, for arithmetic on dates only.
func (d Day) Date() time.Time {
	t, _ := time.Parse(dayLayout, string(d))
	return t
}

// Add returns the day n days later.
func (d Day) Add(n int) Day { return Day(d.Date().AddDate(0, 0, n).Format(dayLayout)) }

// Month returns the month that the day lies in.
func (d Day) Month() Month { return Month(d[:7]) }

// Weekday returns the day of the week.
func (d Day) Weekday() time.Weekday { return d.Date().Weekday() }

// Month is a calendar month, "2006-01"; months sort as text.
type Month string

var monthNames = [...]string{"Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober",
	"November", "Desember"}

// Name is the month as people write it: November 2026.
func (m Month) Name() string {
	first := m.First().Date()
	return monthNames[first.Month()-1] + " " + strconv.Itoa(first.Year())
}

// place is the place of the month in its year, 0 for January.
func (m Month) place() int { return int(m.First().Date().Month()) - 1 }

// First and Last return the days that bound the month.
func (m Month) First() Day { return Day(m) + "-01" }

// Last returns the last day of the month.
func (m Month) Last() Day { return Day(m.First().Date().AddDate(0, 1, -1).Format(dayLayout)) }

// Next returns the month after.
func (m Month) Next() Month { return m.Last().Add(1).Month() }

// Zone is one of Indonesia's three time zones; none has daylight saving.
type Zone string

// The zones by their Indonesian abbreviations.
const (
	WIB  Zone = "WIB"
	WITA Zone = "WITA"
	WIT  Zone = "WIT"
)

var zones = map[Zone]*time.Location{
	WIB:  mustLoad("Asia/Jakarta"),
	WITA: mustLoad("Asia/Makassar"),
	WIT:  mustLoad("Asia/Jayapura"),
}

func mustLoad(name string) *time.Location {
	location, err := time.LoadLocation(name)
	if err != nil {
		panic(err)
	}
	return location
}

// Valid says whether the zone is one of the three.
func (z Zone) Valid() bool { return zones[z] != nil }

// Location returns the zone's location; an unknown zone is WIB, Jakarta's, as import refuses unknown ones.
func (z Zone) Location() *time.Location {
	if location := zones[z]; location != nil {
		return location
	}
	return zones[WIB]
}

// LocalTime is a wall-clock time without a zone, "2006-01-02T15:04"; the unit it belongs to gives the zone.
type LocalTime string

const localLayout = "2006-01-02T15:04"

// ParseLocalTime reads "2006-01-02T15:04" or the same with a space.
func ParseLocalTime(s string) (LocalTime, error) {
	for _, layout := range []string{localLayout, "2006-01-02 15:04"} {
		if t, err := time.Parse(layout, s); err == nil {
			return LocalTime(t.Format(localLayout)), nil
		}
	}
	return "", fmt.Errorf("time %q: want YYYY-MM-DD HH:MM", s)
}

// In returns the instant of the wall-clock time in a zone.
func (l LocalTime) In(zone Zone) time.Time {
	t, _ := time.ParseInLocation(localLayout, string(l), zone.Location())
	return t
}

// Clock tells the time; tests pin it.
type Clock func() time.Time

// Now returns the time in UTC cut to the millisecond, the precision that every store keeps.
func (c Clock) Now() time.Time { return c().UTC().Truncate(time.Millisecond) }
