package survey

import (
	"cmp"
	"slices"
	"strings"
)

// RosterDay is one day of a counter: when it should be staffed, by whom it is, and where the two do not fit.
type RosterDay struct {
	Day         Day
	Open, Close string // opening hours of the unit; empty: closed
	Holiday     string // name of the holiday, if it is one
	Duties      []Duty // by begin
	Gaps        []Span // open, but nobody is named: answers count for the unit alone
	Overlaps    []Span // two officers are named: the same
}

// Span is a stretch of a day, "08:00" to "09:30".
type Span struct{ From, To string }

// Roster returns seven days of a counter, beginning with the given one. A duty past midnight stands on each of its days.
func (o *Office) Roster(counter string, first Day) []RosterDay {
	unit := o.Counters[counter].Value.Unit
	var duties []Duty
	for _, held := range o.Duties {
		if d := held.Value; d.Counter == counter && !d.Cancelled {
			duties = append(duties, d)
		}
	}
	slices.SortFunc(duties, func(a, b Duty) int { return cmp.Or(cmp.Compare(a.From, b.From), cmp.Compare(a.Officer, b.Officer)) })
	week := make([]RosterDay, 7)
	for i := range week {
		day := RosterDay{Day: first.Add(i)}
		day.Open, day.Close = o.HoursOn(unit, day.Day)
		day.Holiday = o.HolidayOn(unit, day.Day)
		for _, d := range duties {
			if d.From < start(day.Day.Add(1)) && d.To > start(day.Day) {
				day.Duties = append(day.Duties, d)
			}
		}
		day.Gaps, day.Overlaps = gaps(day), overlaps(day)
		week[i] = day
	}
	return week
}

func start(day Day) LocalTime { return LocalTime(string(day) + "T00:00") }

// clip returns what of a duty lies on the day; at its end midnight is "24:00".
func clip(d Duty, day Day) Span {
	span := Span{"00:00", "24:00"}
	if d.From >= start(day) {
		_, span.From, _ = strings.Cut(string(d.From), "T")
	}
	if d.To < start(day.Add(1)) {
		_, span.To, _ = strings.Cut(string(d.To), "T")
	}
	return span
}

func gaps(day RosterDay) []Span {
	var list []Span
	staffed := day.Open
	for _, d := range day.Duties {
		span := clip(d, day.Day)
		if until := min(span.From, day.Close); until > staffed {
			list = append(list, Span{staffed, until})
		}
		staffed = max(staffed, span.To)
	}
	if day.Close > staffed {
		list = append(list, Span{staffed, day.Close})
	}
	return list
}

func overlaps(day RosterDay) []Span {
	var list []Span
	for i, later := range day.Duties {
		for _, earlier := range day.Duties[:i] {
			a, b := clip(earlier, day.Day), clip(later, day.Day)
			if span := (Span{max(a.From, b.From), min(a.To, b.To)}); later.Officer != earlier.Officer && span.From < span.To {
				list = append(list, span)
			}
		}
	}
	return list
}
