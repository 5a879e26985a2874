package handlers

import (
	"fmt"
	"strings"
	"time"

	"kesan/handlers/locale"
	"kesan/handlers/view"
	"kesan/scoring"
	"kesan/survey"
)

// words offers fixed words.
func words(list ...string) func(*survey.Office) []view.Choice {
	return func(*survey.Office) []view.Choice {
		var choices []view.Choice
		for _, word := range list {
			choices = append(choices, view.Choice{Value: word, Label: word})
		}
		return choices
	}
}

func employmentName(_ *survey.Office, word string) string { return survey.Employment(word).Name() }

func employmentChoices(*survey.Office) []view.Choice {
	var choices []view.Choice
	for _, kind := range []survey.Employment{survey.PNS, survey.PPPK, survey.NonASN} {
		choices = append(choices, view.Choice{Value: string(kind), Label: kind.Name()})
	}
	return choices
}

// unitChoices offers the units as a tree.
func unitChoices(o *survey.Office) []view.Choice {
	var choices []view.Choice
	for _, code := range o.AllUnits() {
		unit := o.Units[code].Value
		if unit.Closed {
			continue
		}
		choices = append(choices, view.Choice{Value: code, Label: unit.Name + " (" + code + ")"}.Below(len(o.Path(code))-1))
	}
	return choices
}

func counterChoices(o *survey.Office) []view.Choice {
	var choices []view.Choice
	for _, unit := range o.AllUnits() {
		for _, code := range o.CountersOf(unit) {
			if counter := o.Counters[code].Value; !counter.Closed {
				choices = append(choices, view.Choice{Value: code, Label: counter.Name + ", " + survey.Name(o.Units, unit) + " (" + code + ")"})
			}
		}
	}
	return choices
}

func officerChoices(o *survey.Office) []view.Choice {
	var choices []view.Choice
	for _, id := range o.Officers.IDs() {
		if officer := o.Officers[id].Value; !officer.Closed {
			choices = append(choices, view.Choice{Value: id, Label: officer.Name + " (" + id + ")"})
		}
	}
	byName(choices, func(c view.Choice) string { return c.Label })
	return choices
}

func formChoices(o *survey.Office) []view.Choice {
	var choices []view.Choice
	for _, id := range o.Forms.IDs() {
		choices = append(choices, view.Choice{Value: id, Label: o.Forms[id].Value.Name})
	}
	return choices
}

func indicatorChoices(*survey.Office) []view.Choice {
	var choices []view.Choice
	for _, indicator := range scoring.Indicators() {
		if indicator.Key == scoring.Nilai {
			continue // it follows from the others and has no target of its own
		}
		choices = append(choices, view.Choice{Value: indicator.Key, Label: indicator.Label})
	}
	return choices
}

func indicatorName(o *survey.Office, key string) string {
	for _, choice := range indicatorChoices(o) {
		if choice.Value == key {
			return choice.Label
		}
	}
	return key
}

// serviceChoices offers the open services of a unit.
func serviceChoices(o *survey.Office, unit string) []view.Choice {
	var choices []view.Choice
	for _, code := range o.ServicesOf(unit) {
		choices = append(choices, view.Choice{Value: code, Label: survey.Name(o.Services, code)})
	}
	return choices
}

func serviceNames(o *survey.Office, codes string) string {
	if codes == "" {
		return "Semua layanan unit"
	}
	var names []string
	for code := range strings.FieldsSeq(codes) {
		names = append(names, survey.Name(o.Services, code))
	}
	return strings.Join(names, ", ")
}

var weekdays = [...]string{"Minggu", "Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu"}

func weekday(day time.Weekday) string { return weekdays[day] }

// dayName writes a day with its name: Rabu, 18 November 2026.
func dayName(day survey.Day) string {
	if day == "" {
		return ""
	}
	return weekday(day.Weekday()) + ", " + locale.Date(day)
}

// clockName writes a time of day the Indonesian way: 08.00.
func clockName(_ *survey.Office, clock string) string { return strings.ReplaceAll(clock, ":", ".") }

// missingCalendars warns of years whose holidays nobody has entered: every working day of theirs is counted wrong. From
// October on the coming year is due too.
func (s *Server) missingCalendars() []string {
	office := s.office()
	today := s.today("")
	years := []int{today.Date().Year()}
	if today.Date().Month() >= time.October {
		years = append(years, years[0]+1)
	}
	var notes []string
	for _, year := range years {
		if !hasCalendar(office, year) {
			notes = append(notes, fmt.Sprintf("Tahun %d belum punya hari libur. Hari kerja tahun itu akan salah terhitung; isi atau impor kalendernya.", year))
		}
	}
	return notes
}

func hasCalendar(office *survey.Office, year int) bool {
	for _, held := range office.Holidays {
		if !held.Value.Cancelled && held.Value.Unit == "" && held.Value.Day.Date().Year() == year {
			return true
		}
	}
	return false
}
