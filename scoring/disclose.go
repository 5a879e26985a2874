package scoring

import (
	"cmp"
	"maps"
	"slices"

	"kesan/survey"
)

// disclosure says which cells of a cycle may be shown.
type disclosure map[variable]*table

func (d disclosure) shown(v variable, key cellKey) bool { return d[v].shown(key) }

// view is what a shorter cycle shows: computed, or kept in the snapshot of a locked one.
type view struct {
	span  months
	shown func(variable, cellKey) bool
}

// known says whether the view gives a cell away. Kompetensi and perilaku are among the nine unsur of a unit's IKM.
func (v view) known(of variable, key cellKey) bool {
	return v.shown(of, key) || of == ofOfficer && isUnit(key) && v.shown(ofIndex, key)
}

func isUnit(key cellKey) bool {
	return !key.Rest && key.Trust == 0 && (key.Part == wholeUnit || key.Part == unitItself)
}

// material is what figures of a period are computed from: the sums of each unit itself in each month.
type material struct {
	office  *survey.Office
	policy  survey.Policy
	months  int
	monthly map[string][]*sums // by unit; nil where a month has none
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
	d.indexes()
	d.officers()
	d.waits()
	d.people()
	for _, v := range variables {
		table := d.tables[v]
		table.look(v, finer)
		if v == ofOfficer {
			table.assume(d.tables[ofIndex])
		}
		table.hide()
		if v == ofIndex || v == ofOfficer {
			d.inside(v, finer)
			table.settle()
			d.together(table)
		}
		if v == ofPeople {
			table.coverOptions()
		}
	}
	return d.tables
}

// look marks the months whose figure a shorter cycle shows.
func (t *table) look(v variable, finer []view) {
	for i := range t.cells {
		c := &t.cells[i]
		for _, view := range finer {
			if c.fine&view.span != view.span && !c.key.Rest && view.known(v, c.key) {
				c.fine |= view.span
			}
		}
	}
}

// assume takes the figures of units as known where their IKM is shown.
func (t *table) assume(index *table) {
	for i := range t.cells {
		if c := &t.cells[i]; isUnit(c.key) && index.shown(c.key) {
			c.fine = t.all
		}
	}
}

func servedIn(m material) map[string][]string {
	served := map[string][]string{}
	for _, unit := range m.office.AllUnits() {
		for _, officer := range staffOf(m.monthly[unit]) {
			served[officer] = append(served[officer], unit)
		}
	}
	return served
}

// staffOf returns who served in a unit in any of the months, in order of ID.
func staffOf(monthly []*sums) []string {
	seen := map[string]bool{}
	for _, s := range monthly {
		if s == nil {
			continue
		}
		for key, counts := range s.officers {
			if counts.N > 0 {
				seen[key.officer] = true
			}
		}
	}
	return slices.Sorted(maps.Keys(seen))
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

// ownKey names the cell of a unit without those below.
func (m material) ownKey(unit string, trust survey.Trust) cellKey {
	if len(m.office.Children(unit)) > 0 {
		return cellKey{Unit: unit, Part: unitItself, Trust: trust}
	}
	return cellKey{Unit: unit, Trust: trust}
}

// together decides on the sums over several units that are shown only if all their parts are, so that they tell nothing new:
// the second values of units with units below, and officers who served in several units.
func (d *discloser) together(t *table) {
	open := func(key cellKey) bool {
		i, ok := t.index[key]
		return !ok || t.cells[i].shown || t.cells[i].over(t.all) == 0
	}
	units := d.office.AllUnits()
	for i := len(units) - 1; i >= 0; i-- {
		key := cellKey{Unit: units[i], Trust: survey.TrustDisplay}
		children := d.office.Children(units[i])
		if len(children) == 0 {
			continue
		}
		c := &t.cells[t.index[key]]
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

func indexN(c *counts) int64   { return c.Index.N }
func officerN(c *counts) int64 { return c.Officer.N }
func waitN(c *counts) int64    { return c.waited }

// indexes makes the cells of the IKM: units, their verified answers, services and counters.
func (d *discloser) indexes() {
	t := d.tables[ofIndex]
	d.tree(t, cellKey{}, d.policy.UnitMinimum, true, func(s *sums) int64 { return s.all.Index.N })
	d.verified(t, indexN)
	for _, unit := range d.office.AllUnits() {
		d.parts(t, unit, partService, indexN)
		d.parts(t, unit, partCounter, indexN)
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

// levels returns the trust levels from which an officer's answers are summed: all, those of the policy, and verified ones.
func levels(policy survey.Policy) []survey.Trust {
	list := []survey.Trust{survey.TrustPoster, policy.OfficerMinTrust, survey.TrustDisplay}
	slices.Sort(list)
	return slices.Compact(list)
}

// officers makes the cells of officers, by trust level, and those of the services that serve as prior.
func (d *discloser) officers() {
	t := d.tables[ofOfficer]
	d.tree(t, cellKey{}, d.policy.UnitMinimum, true, func(s *sums) int64 { return s.all.Officer.N })
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

// coverOptions hides who answered where it is hidden how many did.
func (t *table) coverOptions() {
	for changed := true; changed; {
		changed = false
		for i := range t.cells {
			c := &t.cells[i]
			if c.key.Part == partOption && c.shown && !t.shown(cellKey{Unit: c.key.Unit}) {
				c.shown, changed = false, true
			}
		}
		if changed {
			t.settle()
		}
	}
}

// optionCode names a profile option within a cell key.
func optionCode(o survey.ProfileOption) string { return o.Question + "|" + o.Option }

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
