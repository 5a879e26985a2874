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

func isUnit(key cellKey) bool { return !key.Rest && (key.Part == wholeUnit || key.Part == unitItself) }

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

// tree makes the cells of all units and of the units themselves: a unit is itself and the units directly below. It returns
// the cells of the units themselves. Where keepOwn is false these are only what can be worked out.
func (d *discloser) tree(t *table, key cellKey, minimum int64, keepOwn bool, count func(*sums) int64) map[string]int {
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
		t.relate(place(unit, wholeUnit, false), parts, false)
	}
	return own
}

// verified makes the cells of the second value of units, over verified answers alone. It is the one that yields.
func (d *discloser) verified(t *table, count func(*survey.Counts) int64) map[string]int {
	key := cellKey{Trust: survey.TrustDisplay}
	own := d.tree(t, key, d.policy.OfficerMinimum, false, func(s *sums) int64 { return count(&s.verified) })
	for _, unit := range d.office.AllUnits() {
		second := t.index[cellKey{Unit: unit, Trust: survey.TrustDisplay}]
		t.relateRest(t.index[cellKey{Unit: unit}], []int{second}, d.policy.OfficerMinimum, false)
	}
	return own
}

func indexN(c *survey.Counts) int64   { return c.Index.N }
func officerN(c *survey.Counts) int64 { return c.Officer.N }
func waitN(c *survey.Counts) int64    { return waits(c).N() }

// indexes: a unit is its services, and is its counters.
func (d *discloser) indexes() {
	t := d.tables[ofIndex]
	own := d.tree(t, cellKey{}, d.policy.UnitMinimum, true, func(s *sums) int64 { return s.all.Index.N })
	d.verified(t, indexN)
	for _, unit := range d.office.AllUnits() {
		services := d.parts(t, unit, partService, indexN)
		counters := d.parts(t, unit, partCounter, indexN)
		t.relateRest(own[unit], values(services), d.policy.UnitMinimum, false)
		t.relateRest(own[unit], values(counters), d.policy.UnitMinimum, false)
		meet := map[[2]int]bool{}
		for _, s := range d.monthly[unit] {
			if s == nil {
				continue
			}
			for key, n := range s.pairs {
				if key.officer == "" && n.index > 0 {
					meet[[2]int{placeOf(services, key.service), placeOf(counters, key.counter)}] = true
				}
			}
		}
		d.nest(t, meet, false)
	}
}

// parts makes the cells of the services or counters of a unit, in order of code. Answers that name none are left to the rest.
func (d *discloser) parts(t *table, unit string, p part, count func(*survey.Counts) int64) map[string]int {
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
func (s *sums) group(p part) map[string]*survey.Counts {
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

func placeOf(places map[string]int, code string) int {
	if i, ok := places[code]; ok {
		return i
	}
	return -1
}

// values returns the places in order of code, so that tables are made alike each time.
func values(places map[string]int) []int {
	list := make([]int, 0, len(places))
	for _, code := range slices.Sorted(maps.Keys(places)) {
		list = append(list, places[code])
	}
	return list
}

// nest relates cells of two kinds that lie wholly in one another: a counter that gives a single service is a part of that
// service. meet holds the pairs that share answers. yields: the container of the first kind is given up, not the contained.
func (d *discloser) nest(t *table, meet map[[2]int]bool, yields bool) {
	for side := range 2 {
		inside := map[int][]int{} // contained -> containers
		for pair := range meet {
			inside[pair[1-side]] = append(inside[pair[1-side]], pair[side])
		}
		within := map[int][]int{}
		for contained, containers := range inside {
			if contained >= 0 && len(containers) == 1 && containers[0] >= 0 {
				within[containers[0]] = append(within[containers[0]], contained)
			}
		}
		for _, container := range slices.Sorted(maps.Keys(within)) {
			parts := slices.DeleteFunc(within[container], func(p int) bool {
				return side == 1 && t.cells[p].over(t.all) == t.cells[container].over(t.all) // the same answers: once is enough
			})
			if len(parts) > 0 {
				slices.Sort(parts)
				t.relateRest(container, parts, d.policy.UnitMinimum, yields && side == 0)
			}
		}
	}
}

// levels returns the trust levels from which an officer's answers are summed: all, those of the policy, and verified ones.
func levels(policy survey.Policy) []survey.Trust {
	list := []survey.Trust{survey.TrustPoster, policy.OfficerMinTrust, survey.TrustDisplay}
	slices.Sort(list)
	return slices.Compact(list)
}

// officers: a unit is its officers and what counts for nobody; an officer is one figure per unit; each figure has values
// over fewer answers.
func (d *discloser) officers() {
	t := d.tables[ofOfficer]
	own := d.tree(t, cellKey{}, d.policy.UnitMinimum, true, func(s *sums) int64 { return s.all.Officer.N })
	ownVerified := d.verified(t, officerN)
	for _, unit := range d.office.AllUnits() {
		staff := staffOf(d.monthly[unit])
		services := d.parts(t, unit, partService, officerN)
		t.relateRest(own[unit], values(services), d.policy.UnitMinimum, false)
		for _, trust := range levels(d.policy) {
			var cells []int
			for _, officer := range staff {
				i := t.cell(cellKey{Unit: unit, Part: partOfficer, Code: officer, Trust: trust}, d.policy.OfficerMinimum)
				d.fill(t, i, unit, func(s *sums) int64 { return s.trusted(officer, trust, officerN) })
				cells = append(cells, i)
			}
			switch {
			case trust == survey.TrustPoster:
				t.relateRest(own[unit], cells, d.policy.UnitMinimum, false)
			case trust == d.policy.OfficerMinTrust:
				t.relateRest(own[unit], cells, d.policy.OfficerMinimum, false)
			}
			if trust == survey.TrustDisplay {
				t.relateRest(ownVerified[unit], cells, d.policy.OfficerMinimum, false)
			}
		}
		for _, officer := range staff {
			d.chain(t, unit, officer)
		}
		d.nestStaff(t, unit, services)
	}
	for _, officer := range slices.Sorted(maps.Keys(d.served)) {
		d.pool(t, officer, officerN)
	}
}

// trusted counts an officer's answers of a trust level or higher.
func (s *sums) trusted(officer string, least survey.Trust, count func(*survey.Counts) int64) int64 {
	n := int64(0)
	for trust := least; trust <= survey.TrustTicket; trust++ {
		if counts := s.officers[staffKey{officer, trust}]; counts != nil {
			n += count(counts)
		}
	}
	return n
}

// chain relates the values of one figure: all answers hold the trusted ones. The indicator's own value never yields.
func (d *discloser) chain(t *table, unit, officer string) {
	list := levels(d.policy)
	for i := range len(list) - 1 {
		wide := t.index[cellKey{Unit: unit, Part: partOfficer, Code: officer, Trust: list[i]}]
		narrow := t.index[cellKey{Unit: unit, Part: partOfficer, Code: officer, Trust: list[i+1]}]
		t.relateRest(wide, []int{narrow}, d.policy.OfficerMinimum, list[i] < d.policy.OfficerMinTrust)
	}
}

// pool makes the figure of an officer over several units; it yields to the figures in the units.
func (d *discloser) pool(t *table, officer string, count func(*survey.Counts) int64) {
	units := d.served[officer]
	if len(units) < 2 {
		return
	}
	for _, trust := range levels(d.policy) {
		total := t.cell(cellKey{Part: partOfficer, Code: officer, Trust: trust}, d.policy.OfficerMinimum)
		var parts []int
		for _, unit := range units {
			i := t.index[cellKey{Unit: unit, Part: partOfficer, Code: officer, Trust: trust}]
			parts = append(parts, i)
			for m, n := range t.cells[i].n {
				t.cells[total].n[m] += n
			}
		}
		t.relate(total, parts, true)
	}
	d.chain(t, "", officer)
}

// nestStaff relates services and officers: the figure of a service is the prior of those who gave it, so it must not give
// one of them away. It is the service that yields.
func (d *discloser) nestStaff(t *table, unit string, services map[string]int) {
	meet := map[[2]int]bool{}
	for _, s := range d.monthly[unit] {
		if s == nil {
			continue
		}
		for key, n := range s.pairs {
			if key.officer != "" && n.officer > 0 && key.trust >= d.policy.OfficerMinTrust {
				i := t.index[cellKey{Unit: unit, Part: partOfficer, Code: key.officer, Trust: d.policy.OfficerMinTrust}]
				meet[[2]int{placeOf(services, key.service), i}] = true
			}
		}
	}
	d.nest(t, meet, true)
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
			t.relateRest(t.index[cellKey{Unit: unit}], parts, 1, false)
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
