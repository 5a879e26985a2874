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
	t := d.tables[of]
	local := map[string][]int{}
	for i := range t.cells {
		if key := t.cells[i].key; key.Unit != "" && key.Part != wholeUnit && key.Part != unitItself {
			local[key.Unit] = append(local[key.Unit], i)
		}
	}
	d.units(of, finer)
	unsure := d.unsure(of, finer)
	for _, unit := range d.office.AllUnits() {
		cells := local[unit]
		if len(cells) == 0 {
			continue
		}
		cells = append(cells, t.index[d.ownKey(unit, survey.TrustDisplay)])
		if !slices.Contains(unsure, unit) && d.plenty(of, unit, cells) {
			continue
		}
		a := newAdmission(d, of, unit, finer)
		a.recall(t, cells)
		if slices.Contains(unsure, unit) {
			a.assumeUnits(d, unit, unsure)
		} else {
			a.know(a.group(a.own, t.all))
		}
		a.protectFew()
		a.admit(t, cells)
	}
}

// plenty says that nothing in a unit is small enough to be given away: every smallest group, in every month, holds enough
// answers for any figure, and all that could be shown is.
func (d *discloser) plenty(of variable, unit string, cells []int) bool {
	t := d.tables[of]
	for _, i := range append(slices.Clone(cells), t.index[d.ownKey(unit, 0)]) {
		c := &t.cells[i]
		if c.over(t.all) > 0 && !c.shown && t.unknown(i, t.all) > 0 {
			return false
		}
	}
	for _, month := range d.census(unit).months {
		for _, n := range month.n {
			if n := n.of(of); n > 0 && n < d.policy.OfficerMinimum {
				return false
			}
		}
	}
	return true
}
