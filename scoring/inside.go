package scoring

import (
	"slices"

	"kesan/survey"
)

// Within a unit the same answers are counted by service, by counter, by officer and by trust level, and a figure can be
// worked out from any mixture of these. So here the cells are admitted one by one, the most useful first, and one is held
// back if together with what is known already it would give away a hidden cell (any way of adding and subtracting: it lies
// in the span of what is known) or a group of too few answers (what is left when known cells are taken from a known cell).

// inside decides on the cells within each unit, given what is decided about whole units and shown by shorter cycles.
func (d *discloser) inside(of variable, finer []view) {
	local := d.local(of)
	d.units(of, finer)
	unsure := d.unsure(of, finer)
	units := slices.DeleteFunc(slices.Clone(d.office.AllUnits()), func(unit string) bool { return len(local[unit]) == 0 })
	sure := func(i int) bool { return i < len(units) && !slices.Contains(unsure, units[i]) }
	for from, to := 0, 0; from < len(units); from = to {
		to = from + 1 // what is decided of a unit matters to those that are unsure; others in a row can be looked at together
		for sure(from) && sure(to) {
			to++
		}
		each(to-from, func(i int) { d.within(of, units[from+i], local[units[from+i]], unsure, finer) })
	}
}

// local returns the places of the cells within each unit, its verified answers last.
func (d *discloser) local(of variable) map[string][]int {
	t, local := d.tables[of], map[string][]int{}
	for i := range t.cells {
		if key := t.cells[i].key; !medianAlone(of, key) && key.Unit != "" && key.Part != wholeUnit && key.Part != unitItself {
			local[key.Unit] = append(local[key.Unit], i)
		}
	}
	for unit := range local {
		if verified, ok := t.index[d.ownKey(unit, survey.TrustDisplay)]; ok {
			local[unit] = append(local[unit], verified)
		}
	}
	return local
}

// medianAlone says of which waiting times nothing that adds up is published.
func medianAlone(of variable, key cellKey) bool {
	return of == ofWait && (key.Part == partService || key.Part == partCounter)
}

// within decides on the cells of a unit.
func (d *discloser) within(of variable, unit string, cells []int, unsure []string, finer []view) {
	t, own := d.tables[of], d.tables[of].index[d.ownKey(unit, 0)]
	cells = append([]int{own}, cells...)
	sure := !slices.Contains(unsure, unit)
	if sure && d.plenty(of, unit, cells) {
		return
	}
	a := newAdmission(d, of, finer)
	spans, census := stretches(a.all, finer), d.census(unit)
	for group, key := range census.groups {
		a.add(key, "", spans, func(month int) int64 { return census.months[month].of(of, group) })
	}
	if !sure {
		a.addUnits(d, slices.DeleteFunc(slices.Clone(unsure), func(other string) bool { return other == unit }))
	}
	candidates := a.candidates(t, cells)
	a.own = &candidates[0]
	a.recall(candidates)
	if sure {
		a.know(a.group(a.own, t.all))
		a.protectFew()
	} else {
		a.assumeUnits(d, unsure, finer...)
		a.protectFew()
		a.admitOwn(t)
		a.assumeUnits(d, unsure, d.current(of))
	}
	a.admit(t, candidates[1:])
}

// candidates finds the columns of cells.
func (a *admission) candidates(t *table, cells []int) []candidate {
	list := make([]candidate, len(cells))
	for i, place := range cells {
		c := &t.cells[place]
		list[i] = candidate{place, c, a.where(func(column *column) bool { return column.unit == "" && c.key.holds(column.key) })}
	}
	return list
}

// plenty says that nothing in a unit is small enough to be given away: every smallest group, in every month, holds enough
// answers for any figure, and all that could be shown is.
func (d *discloser) plenty(of variable, unit string, cells []int) bool {
	t := d.tables[of]
	for _, i := range cells {
		c := &t.cells[i]
		if c.over(t.all) > 0 && !c.shown && t.unknown(i, t.all) > 0 {
			return false
		}
	}
	for _, month := range d.census(unit).months {
		for _, n := range month.n {
			if n := of.counted(n); n > 0 && n < d.policy.OfficerMinimum {
				return false
			}
		}
	}
	return true
}
