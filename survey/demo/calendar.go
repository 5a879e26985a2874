package demo

import (
	"strconv"

	"kesan/survey"
)

// freeDay is a line of the national calendar: a date without the year.
type freeDay struct {
	date, name string
	joint      bool
}

// calendars are the joint decrees (SKB tiga menteri) of the years that have one here. 2026 is the list of the product's domain
// facts; 2025 is SKB 1017/2024 as the press printed it.
var calendars = map[int][]freeDay{
	2025: {
		{"01-01", "Tahun Baru Masehi", false}, {"01-27", "Isra Mikraj", false}, {"01-28", "Cuti bersama Imlek", true}, {"01-29", "Tahun Baru Imlek", false},
		{"03-28", "Cuti bersama Nyepi", true}, {"03-29", "Hari Suci Nyepi", false}, {"03-31", "Idulfitri", false}, {"04-01", "Idulfitri", false},
		{"04-02", "Cuti bersama Idulfitri", true}, {"04-03", "Cuti bersama Idulfitri", true}, {"04-04", "Cuti bersama Idulfitri", true}, {"04-07", "Cuti bersama Idulfitri", true},
		{"04-18", "Wafat Yesus Kristus", false}, {"04-20", "Paskah", false}, {"05-01", "Hari Buruh", false}, {"05-12", "Waisak", false}, {"05-13", "Cuti bersama Waisak", true},
		{"05-29", "Kenaikan Yesus Kristus", false}, {"05-30", "Cuti bersama Kenaikan", true}, {"06-01", "Hari Lahir Pancasila", false}, {"06-06", "Iduladha", false}, {"06-09", "Cuti bersama Iduladha", true},
		{"06-27", "Tahun Baru Islam", false}, {"08-17", "Hari Kemerdekaan", false}, {"09-05", "Maulid Nabi", false}, {"12-25", "Natal", false}, {"12-26", "Cuti bersama Natal", true},
	},
	2026: {
		{"01-01", "Tahun Baru Masehi", false}, {"01-16", "Isra Mikraj", false}, {"02-16", "Cuti bersama Imlek", true}, {"02-17", "Tahun Baru Imlek", false},
		{"03-18", "Cuti bersama Nyepi", true}, {"03-19", "Hari Suci Nyepi", false}, {"03-20", "Cuti bersama Idulfitri", true}, {"03-21", "Idulfitri", false}, {"03-22", "Idulfitri", false},
		{"03-23", "Cuti bersama Idulfitri", true}, {"03-24", "Cuti bersama Idulfitri", true}, {"04-03", "Wafat Yesus Kristus", false}, {"04-05", "Paskah", false}, {"05-01", "Hari Buruh", false},
		{"05-14", "Kenaikan Yesus Kristus", false}, {"05-15", "Cuti bersama Kenaikan", true}, {"05-27", "Iduladha", false}, {"05-28", "Cuti bersama Iduladha", true}, {"05-31", "Waisak", false},
		{"06-01", "Hari Lahir Pancasila", false}, {"06-16", "Tahun Baru Islam", false}, {"08-17", "Hari Kemerdekaan", false}, {"08-25", "Maulid Nabi", false},
		{"12-24", "Cuti bersama Natal", true}, {"12-25", "Natal", false},
	},
}

// fixed are the holidays whose date never moves, for years whose decree is not known here.
var fixed = []freeDay{{"01-01", "Tahun Baru Masehi", false}, {"05-01", "Hari Buruh", false}, {"06-01", "Hari Lahir Pancasila", false},
	{"08-17", "Hari Kemerdekaan", false}, {"12-25", "Natal", false}}

func holidays(year int) []survey.Holiday {
	lines, ok := calendars[year]
	if !ok {
		lines = fixed
	}
	var list []survey.Holiday
	for _, line := range lines {
		list = append(list, survey.Holiday{Day: survey.Day(strconv.Itoa(year) + "-" + line.date), Name: line.name, Joint: line.joint})
	}
	return list
}

func yearOf(day survey.Day) int { return day.Date().Year() }

// daysOff returns all holidays of the years of [from, to].
func daysOff(from, to survey.Day) map[survey.Day]bool {
	off := map[survey.Day]bool{}
	for year := yearOf(from); year <= yearOf(to); year++ {
		for _, h := range holidays(year) {
			off[h.Day] = true
		}
	}
	return off
}

// years returns the calendar years that the region's days touch.
func (r *Region) years() []int {
	var list []int
	for year := yearOf(r.From); year <= yearOf(r.Until); year++ {
		list = append(list, year)
	}
	return list
}

// openDays returns the days in [from, to] on which a branch works.
func (r *Region) openDays(p *place, b *branch, from, to survey.Day) []survey.Day {
	var list []survey.Day
	for day := from; day <= to; day = day.Add(1) {
		if !r.free[day] && p.weekOf(b)[day.Weekday()].open != "" {
			list = append(list, day)
		}
	}
	return list
}

func (p *place) weekOf(b *branch) week {
	if b.clinic {
		return p.clinic
	}
	return p.week
}

// quarterOf returns the first day of a day's quarter.
func quarterOf(day survey.Day) survey.Day { return survey.QuarterOf(day).From }

// mondayOf returns the Monday of a day's week.
func mondayOf(day survey.Day) survey.Day { return day.Add(-(int(day.Weekday()) + 6) % 7) }
