package scoring

import (
	"cmp"
	"maps"
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
	for _, s := range d.monthly[unit] {
		if s == nil {
			continue
		}
		for _, n := range s.atoms {
			if n := n.of(of); n > 0 && n < d.policy.OfficerMinimum {
				return false
			}
		}
	}
	return true
}

// of returns the number of answers that a variable counts.
func (n atomCount) of(v variable) int64 {
	if v == ofOfficer {
		return n.officer
	}
	return n.index
}

// group is a set of atoms whose sum is known: a cell, of this cycle or a shorter one.
type group struct {
	class   class
	members []uint64
	n       int64
}

// class tells groups apart that do not overlap: the services, the counters, the officers of one trust level, in one cycle.
type class struct {
	part  part
	trust survey.Trust
	span  months
}

// admission is the state of one unit: which groups are known, and which cells must not become known.
type admission struct {
	of     variable
	own    cellKey // the unit itself
	policy survey.Policy
	finer  []view
	all    months // those that are looked at

	keys  []atomKey // of each atom
	units []string  // of atoms that are other units as a whole
	month []int
	n     []int64

	groups  []group
	rests   map[class]int // what the groups of a class leave of the unit itself: place in groups
	classes []class
	space   linear
	spanned int        // groups that are in the space
	targets [][]uint32 // hidden cells, reduced by the space
}

func newAdmission(d *discloser, of variable, unit string, finer []view) *admission {
	a := &admission{rests: map[class]int{}, of: of, own: d.ownKey(unit, 0), policy: d.policy, finer: finer, all: d.tables[of].all}
	for m, s := range d.monthly[unit] {
		if s == nil {
			continue
		}
		for _, key := range slices.SortedFunc(maps.Keys(s.atoms), atomKey.compare) {
			if n := s.atoms[key].of(of); n > 0 {
				a.keys, a.month, a.n, a.units = append(a.keys, key), append(a.month, m), append(a.n, n), append(a.units, "")
			}
		}
	}
	return a
}

func (k atomKey) compare(o atomKey) int {
	return cmp.Or(cmp.Compare(k.service, o.service), cmp.Compare(k.counter, o.counter), cmp.Compare(k.officer, o.officer),
		cmp.Compare(k.trust, o.trust))
}

// holds says whether the answers of an atom are in a cell of its unit.
func (k cellKey) holds(atom atomKey) bool {
	if atom.trust < k.Trust {
		return false
	}
	switch k.Part {
	case partService:
		return atom.service == k.Code
	case partCounter:
		return atom.counter == k.Code
	case partOfficer:
		return atom.officer == k.Code
	}
	return true
}

// group returns the atoms of a cell in some of the months that are looked at.
func (a *admission) group(key cellKey, span months) group {
	span &= a.all
	g := group{class: class{key.Part, key.Trust, span}, members: make([]uint64, (len(a.keys)+63)/64)}
	for i, atom := range a.keys {
		if a.units[i] == "" && span&(1<<a.month[i]) != 0 && key.holds(atom) {
			g.members[i/64] |= 1 << (i % 64)
			g.n += a.n[i]
		}
	}
	return g
}

// recall takes in what shorter cycles show of the unit, and what they hide. Months of which one shows everything tell
// nothing new any more and are not looked at.
func (a *admission) recall(t *table, cells []int) {
	keys := []cellKey{a.own}
	for _, i := range cells {
		keys = append(keys, t.cells[i].key)
	}
	for _, v := range a.finer {
		if !slices.ContainsFunc(keys, func(key cellKey) bool { return !v.known(a.of, key) && a.group(key, v.span).n > 0 }) {
			a.all &^= v.span
		}
	}
	for _, v := range a.finer {
		for _, key := range keys {
			switch g := a.group(key, v.span); {
			case g.n == 0:
			case v.known(a.of, key):
				a.know(g)
			default:
				a.protect(g)
			}
		}
	}
}

// units does the same among whole units, where shorter cycles hide some: the relations between units look at one stretch of
// months at a time, and here all of them are looked at together.
func (d *discloser) units(of variable, finer []view) {
	unsure := d.unsure(of, finer)
	if len(finer) == 0 || len(unsure) == 0 {
		return
	}
	t := d.tables[of]
	a := &admission{rests: map[class]int{}, of: of, policy: d.policy, all: t.all}
	for _, unit := range unsure {
		for m, n := range t.cells[t.index[d.ownKey(unit, 0)]].n {
			if n > 0 {
				a.keys, a.month, a.n, a.units = append(a.keys, atomKey{}), append(a.month, m), append(a.n, n), append(a.units, unit)
			}
		}
	}
	var candidates []cellKey
	for _, v := range append(slices.Clone(finer), d.current(of)) {
		for _, unit := range d.office.AllUnits() {
			for _, key := range slices.Compact([]cellKey{{Unit: unit}, d.ownKey(unit, 0)}) {
				c := &t.cells[t.index[key]]
				switch g := a.unitGroup(d, key, "", v.span); {
				case g.n == 0:
				case !v.known(of, key):
					a.protect(g)
				case v.span == t.all && c.shown && c.fine != t.all:
					candidates = append(candidates, key)
				default:
					a.know(g)
				}
			}
		}
	}
	slices.SortFunc(candidates, func(x, y cellKey) int {
		return cmp.Or(cmp.Compare(t.cells[t.index[y]].over(t.all), t.cells[t.index[x]].over(t.all)), x.compare(y))
	})
	for _, key := range candidates {
		g := a.unitGroup(d, key, "", t.all)
		if a.betrays(g) {
			t.cells[t.index[key]].shown = false
			a.protect(g)
			continue
		}
		a.know(g)
	}
}

// unsure returns the units whose own figure is hidden in this cycle or in a shorter one.
func (d *discloser) unsure(of variable, finer []view) []string {
	var list []string
	for _, unit := range d.office.AllUnits() {
		key := d.ownKey(unit, 0)
		hidden := func(v view) bool {
			c := &d.tables[of].cells[d.tables[of].index[key]]
			return c.over(v.span) > 0 && !v.known(of, key)
		}
		if hidden(d.current(of)) || slices.ContainsFunc(finer, hidden) {
			list = append(list, unit)
		}
	}
	return list
}

// current is what is decided about whole units in this cycle, as a view.
func (d *discloser) current(of variable) view {
	t := d.tables[of]
	return view{span: t.all, shown: func(v variable, key cellKey) bool {
		i, ok := d.tables[v].index[key]
		return ok && (d.tables[v].cells[i].shown || v == of && t.unknown(i, t.all) == 0)
	}}
}

// assumeUnits takes in what is known of a unit whose own figure is hidden in some cycle: totals in which it stands together
// with other such units. Units that are known everywhere can be taken away from any total, so they do not matter.
func (a *admission) assumeUnits(d *discloser, unit string, unsure []string) {
	t := d.tables[a.of]
	for _, other := range unsure {
		c := &t.cells[t.index[d.ownKey(other, 0)]]
		for m, n := range c.n {
			if other != unit && n > 0 {
				a.keys, a.month, a.n, a.units = append(a.keys, atomKey{}), append(a.month, m), append(a.n, n), append(a.units, other)
			}
		}
	}
	for i := range a.groups { // what is known so far has no part in the new atoms
		a.groups[i].members = append(a.groups[i].members, make([]uint64, (len(a.keys)+63)/64-len(a.groups[i].members))...)
	}
	for i := range a.targets {
		a.targets[i] = append(a.targets[i], make([]uint32, len(a.keys)-len(a.targets[i]))...)
	}
	for i := range a.space.rows {
		a.space.rows[i] = append(a.space.rows[i], make([]uint32, len(a.keys)-len(a.space.rows[i]))...)
	}
	if g := a.group(a.own, t.all); t.unknown(t.index[a.own], t.all) > 0 {
		a.protect(g)
	}
	for _, v := range append(slices.Clone(a.finer), d.current(a.of)) {
		for _, other := range unsure {
			for _, above := range d.office.Path(other) {
				for _, key := range []cellKey{{Unit: above}, d.ownKey(above, 0)} {
					if v.known(a.of, key) {
						a.know(a.unitGroup(d, key, unit, v.span))
					}
				}
			}
		}
	}
}

// unitGroup returns the atoms of a whole unit, as far as they matter.
func (a *admission) unitGroup(d *discloser, key cellKey, unit string, span months) group {
	in := func(other string) bool {
		return other == key.Unit || key.Part == wholeUnit && d.office.Within(other, key.Unit)
	}
	g := group{class: class{part: key.Part, span: span}, members: make([]uint64, (len(a.keys)+63)/64)}
	if unit != "" && in(unit) {
		g = a.group(a.own, span)
	}
	if key.Unit != unit {
		g.class.part = wholeUnit
	}
	for i, other := range a.units {
		if other != "" && span&(1<<a.month[i]) != 0 && in(other) {
			g.members[i/64] |= 1 << (i % 64)
			g.n += a.n[i]
		}
	}
	return g
}

// manyFew is up to how many small groups are looked at in twos and threes, too.
const manyFew = 24

// protectFew makes targets of the smallest groups of answers, and of two or three of them together, where these are too few.
func (a *admission) protectFew() {
	var single []group
	for i, n := range a.n {
		g := group{members: make([]uint64, (len(a.keys)+63)/64), n: n}
		g.members[i/64] |= 1 << (i % 64)
		if a.units[i] == "" && a.all&(1<<a.month[i]) != 0 && a.few(g) {
			single = append(single, g)
		}
	}
	size := 3
	if len(single) > manyFew {
		size = 1
	}
	a.protectSets(group{members: make([]uint64, (len(a.keys)+63)/64)}, single, size)
}

// protectSets makes targets of a group together with up to so many others.
func (a *admission) protectSets(with group, others []group, size int) {
	for i, g := range others {
		set := group{members: slices.Clone(with.members), n: with.n + g.n}
		for w, word := range g.members {
			set.members[w] |= word
		}
		if !a.few(set) {
			continue
		}
		a.protect(set)
		if size > 1 {
			a.protectSets(set, others[i+1:], size-1)
		}
	}
}

// admit decides on the cells, the most useful first.
func (a *admission) admit(t *table, cells []int) {
	var candidates []int
	for _, i := range cells {
		c := &t.cells[i]
		c.shown = c.shown && a.pairs(t, i)
		if c.shown {
			candidates = append(candidates, i)
		} else if g := a.group(c.key, t.all); g.n > 0 {
			if !a.protect(g) && c.key.Part == partOfficer && slices.Equal(g.members, a.group(a.own, t.all).members) {
				// One officer did all the work: then the unit's figure on officers is that officer's.
				t.cells[t.index[a.own]].shown = false
			}
		}
	}
	slices.SortFunc(candidates, func(x, y int) int {
		p, q := &t.cells[x], &t.cells[y]
		return cmp.Or(cmp.Compare(a.rank(p.key), a.rank(q.key)), cmp.Compare(q.over(t.all), p.over(t.all)), p.key.compare(q.key))
	})
	for _, i := range candidates {
		g := a.group(t.cells[i].key, t.all)
		if g.n > 0 && a.betrays(g) {
			t.cells[i].shown = false
			a.protect(g)
			continue
		}
		a.know(g)
	}
}

// pairs says whether the second value of a unit may stand beside the first: the other answers are none or enough.
func (a *admission) pairs(t *table, i int) bool {
	if key := t.cells[i].key; key.Part != wholeUnit && key.Part != unitItself {
		return true
	}
	own := t.index[a.own]
	others := t.cells[own].over(t.all) - t.cells[i].over(t.all)
	return t.unknown(own, t.all) == 0 && (others == 0 || others >= a.policy.OfficerMinimum)
}

// rank says how useful a cell is: figures, then second values, then what only serves as prior.
func (a *admission) rank(key cellKey) int {
	switch {
	case key.Part == wholeUnit, key.Part == unitItself:
		return 2
	case key.Part == partService && a.of == ofOfficer:
		return 3
	case key.Part == partOfficer && key.Trust != a.policy.OfficerMinTrust:
		return 1
	}
	return 0
}

func (a *admission) know(g group) {
	if g.n == 0 || slices.ContainsFunc(a.groups, func(k group) bool { return k.class == g.class && slices.Equal(k.members, g.members) }) {
		return
	}
	a.groups = append(a.groups, g)
	if !slices.Contains(a.classes, g.class) {
		a.classes = append(a.classes, g.class)
	}
	if rest, ok := a.rest(g); ok {
		if i, have := a.rests[g.class]; have {
			a.groups[i] = rest
		} else {
			a.rests[g.class] = len(a.groups)
			a.groups = append(a.groups, rest)
		}
	}
}

// partRest marks what the cells of a class leave over.
const partRest part = "rest"

// rest returns what is left of the unit itself when a group and all known ones of its class are taken away.
func (a *admission) rest(g group) (group, bool) {
	if g.class.part == unitItself || g.class.part == wholeUnit || g.class.part == partRest {
		return group{}, false
	}
	for i := range a.groups {
		own := &a.groups[i]
		if own.class == (class{a.own.Part, 0, g.class.span}) && within(g.members, own.members) {
			rest := a.minusClass(a.minus(*own, g), g.class)
			rest.class = class{partRest, g.class.trust, g.class.span}
			return rest, rest.n > 0
		}
	}
	return group{}, false
}

// protect makes a hidden cell a target. It is false when the cell is known already, beyond help.
func (a *admission) protect(g group) bool {
	a.catchUp()
	v := a.space.reduce(vector(g.members, len(a.keys)))
	if isZero(v) {
		return false
	}
	a.targets = append(a.targets, v)
	return true
}

// catchUp brings the space up to the groups that are known, and the targets with it.
func (a *admission) catchUp() {
	for ; a.spanned < len(a.groups); a.spanned++ {
		if a.groups[a.spanned].class.part == partRest {
			continue // it follows from the others
		}
		row, pivot := a.space.add(vector(a.groups[a.spanned].members, len(a.keys)))
		for _, target := range a.targets {
			cancel(target, row, pivot)
		}
	}
}

// betrays says whether a group would give away too much if it were known.
func (a *admission) betrays(g group) bool {
	small := a.leavesFew(g)
	if rest, ok := a.rest(g); ok && !small {
		small = a.leavesFew(rest)
	}
	if !small && len(a.targets) == 0 {
		return false
	}
	a.catchUp()
	row, pivot := normal(a.space.reduce(vector(g.members, len(a.keys))))
	if row == nil {
		return false // it is known already
	}
	if small {
		return true
	}
	for _, target := range a.targets {
		left := slices.Clone(target)
		cancel(left, row, pivot)
		if isZero(left) {
			return true
		}
	}
	return false
}

// leavesFew says whether too few answers are left of a known group when others are taken away, the given one being one of
// them, or of the given one.
func (a *admission) leavesFew(g group) bool {
	for i := range a.groups {
		s := &a.groups[i]
		if s.n > g.n && within(g.members, s.members) {
			left := a.minus(*s, g)
			if a.few(left) || a.fewBelow(left, 2) || a.fewBelow(a.minusClass(left, g.class), 2) {
				return true
			}
		}
	}
	return a.fewBelow(g, 2)
}

// fewBelow takes away known groups, one by one and a whole class at once.
func (a *admission) fewBelow(s group, depth int) bool {
	if a.few(s) {
		return true
	}
	if depth == 0 || s.n == 0 {
		return false
	}
	for _, c := range a.classes {
		if left := a.minusClass(s, c); left.n < s.n && a.fewBelow(left, depth-1) {
			return true
		}
	}
	if s.n > 4*a.policy.OfficerMinimum {
		return false // what is left of a large group by few steps is large, save for whole classes
	}
	for i := range a.groups {
		if q := &a.groups[i]; q.n < s.n && within(q.members, s.members) {
			if left := a.minus(s, *q); a.few(left) || depth > 1 && a.fewBelow(left, depth-1) {
				return true
			}
		}
	}
	return false
}

// few says whether a group has answers, but too few: fewer than a unit's minimum, or than an officer's if all are one's.
func (a *admission) few(g group) bool {
	if g.n <= 0 || g.n >= a.policy.OfficerMinimum {
		return false
	}
	return g.n < a.policy.UnitMinimum || a.of == ofOfficer && a.ofOne(g.members)
}

func (a *admission) ofOne(members []uint64) bool {
	officer, first := "", true
	for i, key := range a.keys {
		if members[i/64]&(1<<(i%64)) == 0 {
			continue
		}
		if !first && key.officer != officer {
			return false
		}
		officer, first = key.officer, false
	}
	return officer != ""
}

func (a *admission) minus(s, g group) group {
	left := group{members: make([]uint64, len(s.members)), n: s.n - g.n}
	for w := range left.members {
		left.members[w] = s.members[w] &^ g.members[w]
	}
	return left
}

func (a *admission) minusClass(s group, c class) group {
	for i := range a.groups {
		if q := &a.groups[i]; q.class == c && q.n <= s.n && within(q.members, s.members) {
			s = a.minus(s, *q)
		}
	}
	return s
}

func within(part, whole []uint64) bool {
	for w := range part {
		if part[w]&^whole[w] != 0 {
			return false
		}
	}
	return true
}
