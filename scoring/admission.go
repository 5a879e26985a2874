package scoring

import (
	"cmp"
	"slices"

	"kesan/survey"
)

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
	census := d.census(unit)
	for m := range census.months {
		for group, key := range census.groups {
			if n := census.months[m].of(of, group); n > 0 {
				a.keys, a.month, a.n, a.units = append(a.keys, key), append(a.month, m), append(a.n, n), append(a.units, "")
			}
		}
	}
	return a
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
