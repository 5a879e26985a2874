package scoring

import (
	"kesan/survey"
)

// material is what figures of a period are computed from.
type material struct {
	office  *survey.Office
	policy  survey.Policy
	months  int
	ledgers map[string]*ledger // of each unit itself; none where it has no answers
}

// census returns how many answers a unit has in which month.
func (m material) census(unit string) *census {
	if l := m.ledgers[unit]; l != nil {
		return l.census
	}
	return &census{}
}

// ownKey names the cell of a unit without those below.
func (m material) ownKey(unit string, trust survey.Trust) cellKey {
	if len(m.office.Children(unit)) > 0 {
		return cellKey{Unit: unit, Part: unitItself, Trust: trust}
	}
	return cellKey{Unit: unit, Trust: trust}
}

// discloser builds the tables of a period.
type discloser struct {
	material
	tables disclosure
	served map[string][]string // officer -> units served in
}

// disclose decides what of a period may be shown, given what the shorter cycles in it show.
func disclose(m material, finer []view) disclosure {
	d := discloser{material: m, tables: disclosure{}, served: servedIn(m)}
	for _, v := range variables {
		d.tables[v] = newTable(m.months)
	}
	alone := [][]variable{{ofIndex, ofOfficer}, {ofUnsur}, {ofWait}, {ofPeople}} // what officers may show depends on the IKM
	each(len(alone), func(i int) {
		for _, v := range alone[i] {
			d.cells(v)
			d.decide(v, finer)
		}
	})
	return d.tables
}

// decide decides on the cells of a variable.
func (d *discloser) decide(v variable, finer []view) {
	table := d.tables[v]
	table.look(v, finer)
	if v == ofOfficer {
		table.assume(d.tables[ofIndex])
	}
	table.hide()
	if v != ofPeople {
		for known := -1; known != table.unitsShown(); { // what is within a unit was decided on as if the units were known
			known = table.unitsShown()
			d.inside(v, finer)
			table.settle()
			if len(finer) == 0 {
				break // nothing of a unit's insides was shown before
			}
		}
		d.together(table)
	}
	if v == ofPeople {
		table.coverOptions()
	}
}

// together decides on the sums over several units that are shown only if all their parts are, so that they tell nothing new:
// the second values of units with units below, which waiting times do not have, and officers who served in several units.
func (d *discloser) together(t *table) {
	open := func(key cellKey) bool {
		i, ok := t.index[key]
		return !ok || t.cells[i].shown || t.cells[i].over(t.all) == 0
	}
	units := d.office.AllUnits()
	for i := len(units) - 1; i >= 0; i-- {
		place, verified := t.index[cellKey{Unit: units[i], Trust: survey.TrustDisplay}]
		children := d.office.Children(units[i])
		if len(children) == 0 || !verified {
			continue
		}
		c := &t.cells[place]
		c.shown = c.shown && t.shown(cellKey{Unit: units[i]}) && open(d.ownKey(units[i], survey.TrustDisplay))
		for _, child := range children {
			c.shown = c.shown && open(cellKey{Unit: child, Trust: survey.TrustDisplay})
		}
	}
	for i := range t.cells {
		c := &t.cells[i]
		if c.key.Part != partOfficer || c.key.Unit != "" {
			continue
		}
		for _, unit := range d.served[c.key.Code] {
			key := c.key
			key.Unit = unit
			c.shown = c.shown && open(key)
		}
	}
}

func servedIn(m material) map[string][]string {
	served := map[string][]string{}
	for _, unit := range m.office.AllUnits() {
		for _, officer := range m.census(unit).staff() {
			served[officer] = append(served[officer], unit)
		}
	}
	return served
}
