package demo

import (
	"cmp"
	"hash/fnv"
	"slices"

	"kesan/survey"
)

// rosterAhead is for how many days after the last one the roster is already written.
const rosterAhead = 42

func (r *Region) rosterFrom() survey.Day { return mondayOf(r.From) }
func (r *Region) rosterTo() survey.Day   { return r.Until.Add(rosterAhead) }

// duties writes the roster of every counter.
func (r *Region) duties() []survey.Draft {
	var list []survey.Draft
	for _, d := range r.desks {
		for _, duty := range r.rosterOf(d) {
			list = append(list, survey.Draft{Object: duty})
		}
	}
	return list
}

func (r *Region) rosterOf(d *desk) []survey.Duty {
	if d.rota == steady {
		return r.steady(d)
	}
	var list []survey.Duty
	for week := r.rosterFrom(); week <= r.rosterTo(); week = week.Add(7) {
		if d.rota == halves {
			list = append(list, r.halves(d, week)...)
		} else {
			list = append(list, r.weekly(d, week)...)
		}
	}
	return list
}

// weekly gives a counter's week to one officer. Every ninth week the head of the unit steps in; now and then nobody is
// written down until Wednesday, or two are.
func (r *Region) weekly(d *desk, week survey.Day) []survey.Duty {
	staff, n := r.staffOf(d.Code, week), number(d, week)
	officer := staff[n%len(staff)]
	if n%9 == 4 {
		officer = r.heads[d.Unit]
	}
	from := week
	if n%17 == 3 { // the gap
		from = week.Add(2)
	}
	list := []survey.Duty{duty(d, officer, from, "06:00", week.Add(5), "18:00")}
	if n%19 == 7 {
		next := staff[(n+1)%len(staff)]
		list = append(list, duty(d, next, week.Add(2), "09:00", week.Add(3), "12:00"))
	}
	return list
}

// halves gives each morning and each afternoon of a week to an officer. Now and then an afternoon has nobody, or the
// morning's officer stays on for an hour.
func (r *Region) halves(d *desk, week survey.Day) []survey.Duty {
	noon, later := "12:00", "13:00"
	if d.branch.clinic {
		noon, later = "11:00", "12:00"
	}
	var list []survey.Duty
	for _, day := range r.openDays(d.place, d.branch, week, week.Add(6)) {
		staff, n := r.staffOf(d.Code, day), number(d, week)+int(day.Weekday())
		until := noon
		if n%23 == 5 {
			until = later
		}
		list = append(list, duty(d, staff[n%len(staff)], day, "06:00", day, until))
		if n%29 != 11 {
			list = append(list, duty(d, staff[(n+1)%len(staff)], day, noon, day, "18:00"))
		}
	}
	return list
}

// steady gives the counter to each officer from the own first day to the next one's.
func (r *Region) steady(d *desk) []survey.Duty {
	type turn struct {
		officer *person
		from    survey.Day
	}
	var turns []turn
	for _, p := range r.people {
		for _, post := range p.posts {
			if post.counter == d.Code {
				turns = append(turns, turn{p, post.from})
			}
		}
	}
	slices.SortStableFunc(turns, func(a, b turn) int { return cmp.Compare(a.from, b.from) })
	var list []survey.Duty
	for i, t := range turns {
		end := r.rosterTo()
		if i+1 < len(turns) {
			end = turns[i+1].from.Add(-1)
		}
		if t.from <= end {
			list = append(list, duty(d, t.officer, t.from, "06:00", end, "20:00"))
		}
	}
	return list
}

func duty(d *desk, officer *person, from survey.Day, begin string, to survey.Day, end string) survey.Duty {
	return survey.Duty{Counter: d.Code, Officer: officer.ID, From: survey.LocalTime(string(from) + "T" + begin), To: survey.LocalTime(string(to) + "T" + end)}
}

// number counts the weeks; counters count from different ones, so that not all of them change alike.
func number(d *desk, week survey.Day) int {
	h := fnv.New32a()
	h.Write([]byte(d.Code))
	return int(h.Sum32()%97) + int(week.Date().Unix()/(7*24*3600))
}
