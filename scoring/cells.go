package scoring

import (
	"cmp"
	"maps"
	"slices"

	"kesan/survey"
)

// indexes makes the cells of the IKM: units, their verified answers, services and counters.
func (d *discloser) indexes() {
	t := d.tables[ofIndex]
	d.tree(t, cellKey{}, d.policy.UnitMinimum, true, func(s *sums) int64 { return s.all.Index.N() })
	d.verified(t, indexN)
	for _, unit := range d.office.AllUnits() {
		d.parts(t, unit, partService, indexN)
		d.parts(t, unit, partCounter, indexN)
	}
}

// unsur makes the cells of the nine unsur of units. What counts is the unsur with the fewest answers, in each month of each
// unit: added up that is never more than any unsur has, so what is left between two units has enough answers to each, too.
func (d *discloser) unsur() {
	d.tree(d.tables[ofUnsur], cellKey{}, d.policy.UnitMinimum, true, func(s *sums) int64 { return s.all.Index.Least(survey.AllUnsur) })
}

// officers makes the cells of officers, by trust level, and those of the services that serve as prior.
func (d *discloser) officers() {
	t := d.tables[ofOfficer]
	d.tree(t, cellKey{}, d.policy.UnitMinimum, true, func(s *sums) int64 { return s.all.Officer.N() })
	d.verified(t, officerN)
	for _, unit := range d.office.AllUnits() {
		d.parts(t, unit, partService, officerN)
		for _, officer := range staffOf(d.monthly[unit]) {
			for _, trust := range levels(d.policy) {
				i := t.cell(cellKey{Unit: unit, Part: partOfficer, Code: officer, Trust: trust}, d.policy.OfficerMinimum)
				d.fill(t, i, unit, func(s *sums) int64 { return s.trusted(officer, trust, officerN) })
			}
		}
	}
	for _, officer := range slices.Sorted(maps.Keys(d.served)) {
		d.pool(t, officer)
	}
}

// waits: the distribution of a unit is that of itself and of the units below. For parts of a unit only n decides.
func (d *discloser) waits() {
	t := d.tables[ofWait]
	d.tree(t, cellKey{}, d.policy.UnitMinimum, true, func(s *sums) int64 { return waitN(&s.all) })
	least := d.policy.OfficerMinTrust
	for _, unit := range d.office.AllUnits() {
		d.parts(t, unit, partService, waitN)
		d.parts(t, unit, partCounter, waitN)
		for _, officer := range staffOf(d.monthly[unit]) {
			i := t.cell(cellKey{Unit: unit, Part: partOfficer, Code: officer, Trust: least}, d.policy.OfficerMinimum)
			d.fill(t, i, unit, func(s *sums) int64 { return s.trusted(officer, least, waitN) })
			if len(d.served[officer]) > 1 {
				all := t.cell(cellKey{Part: partOfficer, Code: officer, Trust: least}, d.policy.OfficerMinimum)
				for m, n := range t.cells[i].n {
					t.cells[all].n[m] += n
				}
			}
		}
	}
}

// people: the answers of a unit are the options of each profile question and those who did not answer it.
func (d *discloser) people() {
	t := d.tables[ofPeople]
	d.tree(t, cellKey{}, d.policy.UnitMinimum, true, func(s *sums) int64 { return s.all.N })
	questions := map[string][]string{}
	for _, option := range d.options() {
		key := cellKey{Part: partOption, Code: optionCode(option)}
		d.tree(t, key, d.policy.OfficerMinimum, false, func(s *sums) int64 { return s.all.Profile[option] })
		questions[option.Question] = append(questions[option.Question], key.Code)
	}
	for _, unit := range d.office.AllUnits() {
		for _, question := range slices.Sorted(maps.Keys(questions)) {
			var parts []int
			for _, code := range questions[question] {
				parts = append(parts, t.index[cellKey{Unit: unit, Part: partOption, Code: code}])
			}
			t.relateRest(t.index[cellKey{Unit: unit}], parts, 1)
		}
	}
}

// fill adds to a cell what each month counts.
func (d *discloser) fill(t *table, i int, unit string, count func(*sums) int64) {
	for m, s := range d.monthly[unit] {
		if s != nil {
			t.cells[i].n[m] += count(s)
		}
	}
}

// tree makes the cells of all units and of the units themselves: a unit is itself and the units directly below. Where
// keepOwn is false the latter are never shown, but can be worked out.
func (d *discloser) tree(t *table, key cellKey, minimum int64, keepOwn bool, count func(*sums) int64) {
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
		if len(d.office.Children(unit)) > 0 {
			own[unit] = place(unit, unitItself, !keepOwn)
			d.fill(t, own[unit], unit, count)
		}
		for _, above := range d.office.Path(unit) {
			d.fill(t, place(above, wholeUnit, false), unit, count)
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
func (d *discloser) verified(t *table, count func(*counts) int64) {
	for _, unit := range d.office.AllUnits() {
		own := t.cell(d.ownKey(unit, survey.TrustDisplay), d.policy.OfficerMinimum)
		d.fill(t, own, unit, func(s *sums) int64 { return count(&s.verified) })
		for _, above := range d.office.Path(unit) {
			if total := t.cell(cellKey{Unit: above, Trust: survey.TrustDisplay}, d.policy.OfficerMinimum); total != own {
				d.fill(t, total, unit, func(s *sums) int64 { return count(&s.verified) })
			}
		}
	}
}

// parts makes the cells of the services or counters of a unit, in order of code. Answers that name none are left to the rest.
func (d *discloser) parts(t *table, unit string, p part, count func(*counts) int64) map[string]int {
	places := map[string]int{}
	for _, code := range codesOf(d.monthly[unit], p) {
		i := t.cell(cellKey{Unit: unit, Part: p, Code: code}, d.policy.UnitMinimum)
		d.fill(t, i, unit, func(s *sums) int64 {
			if counts := s.group(p)[code]; counts != nil {
				return count(counts)
			}
			return 0
		})
		places[code] = i
	}
	return places
}

// pool makes the figures of an officer over several units.
func (d *discloser) pool(t *table, officer string) {
	if len(d.served[officer]) < 2 {
		return
	}
	for _, trust := range levels(d.policy) {
		total := t.cell(cellKey{Part: partOfficer, Code: officer, Trust: trust}, d.policy.OfficerMinimum)
		for _, unit := range d.served[officer] {
			i := t.index[cellKey{Unit: unit, Part: partOfficer, Code: officer, Trust: trust}]
			for m, n := range t.cells[i].n {
				t.cells[total].n[m] += n
			}
		}
	}
}

func indexN(c *counts) int64   { return c.Index.N() }
func officerN(c *counts) int64 { return c.Officer.N() }
func waitN(c *counts) int64    { return c.waited }

// levels returns the trust levels from which an officer's answers are summed: all, those of the policy, and verified ones.
func levels(policy survey.Policy) []survey.Trust {
	list := []survey.Trust{survey.TrustPoster, policy.OfficerMinTrust, survey.TrustDisplay}
	slices.Sort(list)
	return slices.Compact(list)
}

// trusted counts an officer's answers of a trust level or higher.
func (s *sums) trusted(officer string, least survey.Trust, count func(*counts) int64) int64 {
	n := int64(0)
	for trust := least; trust <= survey.TrustTicket; trust++ {
		if counts := s.officers[staffKey{officer, trust}]; counts != nil {
			n += count(counts)
		}
	}
	return n
}

// group returns the counts of services or counters.
func (s *sums) group(p part) map[string]*counts {
	if p == partCounter {
		return s.counters
	}
	return s.services
}

// codesOf returns the services or counters that have answers in any of the months, in order.
func codesOf(monthly []*sums, p part) []string {
	seen := map[string]bool{}
	for _, s := range monthly {
		if s == nil {
			continue
		}
		for code := range s.group(p) {
			if code != "" {
				seen[code] = true
			}
		}
	}
	return slices.Sorted(maps.Keys(seen))
}

// optionCode names a profile option within a cell key.
func optionCode(o survey.ProfileOption) string { return o.Question + "|" + o.Option }

// options returns the profile options that anybody chose, in order.
func (d *discloser) options() []survey.ProfileOption {
	seen := map[survey.ProfileOption]bool{}
	for _, monthly := range d.monthly {
		for _, s := range monthly {
			if s == nil {
				continue
			}
			for option := range s.all.Profile {
				seen[option] = true
			}
		}
	}
	return slices.SortedFunc(maps.Keys(seen), func(a, b survey.ProfileOption) int {
		return cmp.Or(cmp.Compare(a.Question, b.Question), cmp.Compare(a.Option, b.Option))
	})
}
