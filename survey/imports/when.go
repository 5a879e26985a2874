package imports

import (
	"cmp"
	"strings"
	"time"

	"kesan/survey"
)

// dayLayouts are how days may be written; a single digit for a day or month will do after slashes.
var dayLayouts = []string{"2006-01-02", "2/1/2006"}

var day = format[survey.Day]{read: readDay, show: func(d survey.Day) string { return string(d) }}

func readDay(cell string) (survey.Day, fault) {
	for _, layout := range dayLayouts {
		if t, err := time.Parse(layout, cell); err == nil {
			if t.Year() < 2000 || t.Year() > 2100 {
				return "", faulty("import.year", t.Year())
			}
			return survey.Day(t.Format("2006-01-02")), fault{}
		}
	}
	return "", faulty("import.day", quote(cell))
}

var clock = format[string]{read: readClock, show: asIs}

// readClock reads 08:00, and the 08.00 and 08:00:00 that spreadsheets make of it.
func readClock(cell string) (string, fault) {
	text := strings.ReplaceAll(cell, ".", ":")
	if strings.Count(text, ":") == 2 {
		text = strings.TrimSuffix(text, ":00")
	}
	t, err := time.Parse("15:04", text)
	if err != nil {
		return "", faulty("import.clock", quote(cell))
	}
	return t.Format("15:04"), fault{}
}

// join makes a wall-clock time of a day and a time. A half that is not good is stood in for, so that only its own column is
// told; a row with a problem is never written.
func join(day, clock string) survey.LocalTime {
	return survey.LocalTime(cmp.Or(day, "2000-01-01") + "T" + cmp.Or(clock, "00:00"))
}

// dayOf and clockOf are the two halves of a wall-clock time.
func dayOf(l survey.LocalTime) string { day, _, _ := strings.Cut(string(l), "T"); return day }

func clockOf(l survey.LocalTime) string { _, clock, _ := strings.Cut(string(l), "T"); return clock }
