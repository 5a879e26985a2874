package scoring

import (
	"maps"
	"slices"

	"kesan/survey"
)

// cells makes the cells of a variable.
func (d *discloser) cells(v variable) {
	switch v {
	case ofIndex:
		d.indexes()
	case ofOfficer:
		d.officers()
	case ofUnsur:
		d.unsur()
	case ofWait:
		d.waits()
	case ofPeople:
		d.people()
	}
}

// indexes makes the cells of the IKM: units, their verified answers, services and counters.
func (d *discloser) indexes() {
	t := d.tables[ofIndex]
	d.tree(t, cellKey{}, d.policy.UnitMinimum, true, func(m *monthCount) int64 { return m.total.Index })
	d.verified(t, ofIndex)
	for _, unit := range d.office.AllUnits() {
		d.parts(t, ofIndex, unit, partService)
		d.parts(t, ofIndex, unit, partCounter)
	}
}

// unsur makes the cells of the nine unsur of units. What counts is the unsur with the fewest answers, in each month of each
// unit: added up that is never more than any unsur has, so what is left between two units has enough answers to each, too.
func (d *discloser) unsur() {
	d.tree(d.tables[ofUnsur], cellKey{}, d.policy.UnitMinimum, true, func(m *monthCount) int64 { return m.least })
}

// officers makes the cells of officers, by trust level, and those of the services that serve as prior.
func (d *discloser) officers() {
	t := d.tables[ofOfficer]
	d.tree(t, cellKey{}, d.policy.UnitMinimum, true, func(m *monthCount) int64 { return m.total.Officer })
	d.verified(t, ofOfficer)
	for _, unit := range d.office.AllUnits() {
		d.parts(t, ofOfficer, unit, partService)
		d.staff(t, ofOfficer, unit, levels(d.policy))
	}
	for _, officer := range slices.Sorted(maps.Keys(d.served)) {
		d.pool(t, ofOfficer, officer, levels(d.policy))
	}
}

// levels returns the trust levels from which an officer's answers are summed: all, those of the policy, and verified ones.
func levels(policy survey.Policy) []survey.Trust {
	list := []survey.Trust{survey.TrustPoster, policy.OfficerMinTrust, survey.TrustDisplay}
	slices.Sort(list)
	return slices.Compact(list)
}

// waits: the distribution of a unit is that of itself and of the units below.
func (d *discloser) waits() {
	t, least := d.tables[ofWait], []survey.Trust{d.policy.OfficerMinTrust}
	d.tree(t, cellKey{}, d.policy.UnitMinimum, true, func(m *monthCount) int64 { return m.total.Waited })
	for _, unit := range d.office.AllUnits() {
		d.parts(t, ofWait, unit, partService)
		d.parts(t, ofWait, unit, partCounter)
		d.staff(t, ofWait, unit, least)
	}
	for _, officer := range slices.Sorted(maps.Keys(d.served)) {
		d.pool(t, ofWait, officer, least)
	}
}

// people: the answers of a unit are the options of each profile or extra question and those who did not answer it.
func (d *discloser) people() {
	t := d.tables[ofPeople]
	d.tree(t, cellKey{}, d.policy.UnitMinimum, true, func(m *monthCount) int64 { return m.total.People })
	questions := map[survey.QuestionRef][]string{}
	for _, choice := range d.choices() {
		key := cellKey{Part: partOption, Code: choiceCode(choice)}
		d.tree(t, key, d.policy.OfficerMinimum, false, func(m *monthCount) int64 { return m.choices.Of(choice) })
		questions[choice.Question] = append(questions[choice.Question], key.Code)
	}
	for _, unit := range d.office.AllUnits() {
		for _, question := range slices.SortedFunc(maps.Keys(questions), survey.QuestionRef.Compare) {
			var parts []int
			for _, code := range questions[question] {
				parts = append(parts, t.index[cellKey{Unit: unit, Part: partOption, Code: code}])
			}
			t.relateRest(t.index[cellKey{Unit: unit}], parts, 1)
		}
	}
}

// choiceCode names a choice within a cell key. No code of a form, question or option of ours has a bar.
func choiceCode(c survey.Choice) string {
	if c.Question.Form == "" {
		return c.Question.Key + "|" + c.Option
	}
	return c.Question.Form + "|" + c.Question.Key + "|" + c.Option
}

// choices returns the choices that anybody made, in order.
func (d *discloser) choices() []survey.Choice {
	seen := map[survey.Choice]bool{}
	for _, l := range d.ledgers {
		for i := range l.census.months {
			for _, have := range l.census.months[i].choices {
				seen[have.Choice] = true
			}
		}
	}
	return slices.SortedFunc(maps.Keys(seen), survey.Choice.Compare)
}

// tree makes the cells of all units and of the units themselves: a unit is itself and the units directly below. Where
// keepOwn is false the latter are never shown, but can be worked out.
func (d *discloser) tree(t *table, key cellKey, minimum int64, keepOwn bool, count func(*monthCount) int64) {
	own := map[string]int{}
	place := func(unit string, p part, rest bool) int {
		k := key
		k.Unit, k.Rest = unit, rest
		if k.Part == "" {
			k.Part = p
		}
		return t.cell(k, minimum)
	}
	units := d.office.AllUnits()
	for _, unit := range units {
		total := place(unit, wholeUnit, false)
		own[unit] = total
		cells := []int{}
		if len(d.office.Children(unit)) > 0 {
			own[unit] = place(unit, unitItself, !keepOwn)
			cells = append(cells, own[unit])
		}
		for _, above := range d.office.Path(unit) {
			cells = append(cells, place(above, wholeUnit, false))
		}
		for month := range d.census(unit).months {
			n := count(&d.census(unit).months[month])
			for _, i := range cells {
				t.cells[i].n[month] += n
			}
		}
	}
	for _, unit := range units {
		children := d.office.Children(unit)
		if len(children) == 0 {
			continue
		}
		parts := []int{own[unit]}
		for _, child := range children {
			parts = append(parts, place(child, wholeUnit, false))
		}
		t.relate(place(unit, wholeUnit, false), parts)
	}
}

// verified makes the cells of the second value of units, over verified answers alone: of the units themselves, and of the
// units with those below.
func (d *discloser) verified(t *table, of variable) {
	for _, unit := range d.office.AllUnits() {
		own := t.cell(d.ownKey(unit, survey.TrustDisplay), d.policy.OfficerMinimum)
		d.fill(t, of, unit, own)
		for _, above := range d.office.Path(unit) {
			if total := t.cell(cellKey{Unit: above, Trust: survey.TrustDisplay}, d.policy.OfficerMinimum); total != own {
				d.fill(t, of, unit, total)
			}
		}
	}
}

// parts makes the cells of the services or counters of a unit, in order of code. Answers that name none are left to the rest.
func (d *discloser) parts(t *table, of variable, unit string, p part) {
	for _, code := range d.census(unit).codes(p) {
		d.fill(t, of, unit, t.cell(cellKey{Unit: unit, Part: p, Code: code}, d.policy.UnitMinimum))
	}
}

// staff makes the cells of the officers of a unit, over answers from some trust levels up.
func (d *discloser) staff(t *table, of variable, unit string, levels []survey.Trust) {
	for _, officer := range d.census(unit).staff() {
		for _, trust := range levels {
			d.fill(t, of, unit, t.cell(cellKey{Unit: unit, Part: partOfficer, Code: officer, Trust: trust}, d.policy.OfficerMinimum))
		}
	}
}

// pool makes the figures of an officer over several units.
func (d *discloser) pool(t *table, of variable, officer string, levels []survey.Trust) {
	if len(d.served[officer]) < 2 {
		return
	}
	for _, trust := range levels {
		total := t.cell(cellKey{Part: partOfficer, Code: officer, Trust: trust}, d.policy.OfficerMinimum)
		for _, unit := range d.served[officer] {
			d.fill(t, of, unit, total)
		}
	}
}

// fill adds to a cell the answers of a unit that it holds.
func (d *discloser) fill(t *table, of variable, unit string, i int) {
	c, census := &t.cells[i], d.census(unit)
	for group, key := range census.groups {
		if !c.key.holds(key) {
			continue
		}
		for month := range census.months {
			c.n[month] += census.months[month].of(of, group)
		}
	}
}
