package demo

import (
	"time"

	"kesan/survey"
)

func (r *Region) units() []survey.Draft {
	list := []survey.Draft{
		{Object: survey.Agency{Name: "Wilayah Peraga", Colour: "#0b5d4e"}},
		{Object: askingQuestionnaire()},
		{Object: survey.Unit{Code: root, Name: "Wilayah Peraga", Zone: survey.WIB}},
	}
	for _, p := range r.places {
		for i := range p.branches {
			b := &p.branches[i]
			unit := survey.Unit{Code: p.unitCode(b.key), Name: b.name, Parent: p.parentOf(b), Zone: p.zone, Area: p.code, Address: b.address, Form: b.asks}
			if b.hurried {
				unit.Mode = survey.FormShort
			}
			list = append(list, survey.Draft{Object: unit})
		}
	}
	return list
}

func (r *Region) services() []survey.Draft {
	var list []survey.Draft
	for _, p := range r.places {
		for _, b := range p.branches {
			unit := p.unitCode(b.key)
			for _, s := range b.services {
				list = append(list, survey.Draft{Object: survey.Service{Code: unit + "-" + s.key, Unit: unit, Name: s.name, Limit: s.limit, LimitUnit: s.limitUnit,
					WaitLimit: s.waitLimit, Cost: s.cost, Requirements: s.need, UsersPerYear: s.users}})
			}
		}
	}
	return list
}

func (r *Region) counters() []survey.Draft {
	var list []survey.Draft
	for _, d := range r.desks {
		list = append(list, survey.Draft{Object: d.Counter})
	}
	return list
}

func (r *Region) officers() []survey.Draft {
	var list []survey.Draft
	for _, p := range r.people {
		list = append(list, survey.Draft{Object: p.Officer})
	}
	return list
}

// moves writes those who went to another unit a second time.
func (r *Region) moves() []survey.Draft {
	var list []survey.Draft
	for _, move := range r.Truths.Moves {
		officer := r.person(move.Officer).Officer
		officer.Unit, officer.Appraiser = move.To, r.heads[move.To].ID
		list = append(list, survey.Draft{Object: officer, Base: 1})
	}
	return list
}

func (r *Region) person(id string) *person {
	for _, p := range r.people {
		if p.ID == id {
			return p
		}
	}
	panic("no officer " + id)
}

// hours gives each place its opening hours, and its clinics theirs.
func (r *Region) hours() []survey.Draft {
	list := weekDrafts(root, r.places[0].week)
	for _, p := range r.places {
		list = append(list, weekDrafts(p.code, p.week)...)
		for i := range p.branches {
			if b := &p.branches[i]; b.clinic && b.under == "" {
				list = append(list, weekDrafts(p.unitCode(b.key), p.clinic)...)
			}
		}
	}
	return list
}

func weekDrafts(unit string, w week) []survey.Draft {
	var list []survey.Draft
	for day, h := range w {
		if h.open != "" {
			list = append(list, survey.Draft{Object: survey.OpeningHours{Unit: unit, Weekday: time.Weekday(day), Open: h.open, Close: h.shut}})
		}
	}
	return list
}

func (r *Region) holidays() []survey.Draft {
	var list []survey.Draft
	for _, year := range r.years() {
		for _, h := range holidays(year) {
			list = append(list, survey.Draft{Object: h})
		}
	}
	return list
}
