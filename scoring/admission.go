package scoring

import (
	"cmp"
	"slices"

	"kesan/survey"
)

// admission is the state of one unit: which groups are known, and which cells must not become known.
type admission struct {
	of     variable
	own    *candidate // the unit itself
	policy survey.Policy
	finer  []view
	all    months // those that are looked at

	columns []column
	masks   map[months]set

	groups  []group
	classes []classGroups
	places  map[class]int // in classes
	rests   map[class]int // what the groups of a class leave of the unit itself: place in groups
	largest int64         // the most answers that the groups of one class hold
	scratch [4]group      // of leavesFew and each depth of fewBelow

	space   linear
	spanned int        // groups that are in the space
	targets [][]uint32 // hidden cells, reduced by the space
}

// group is a set of columns whose sum is known: a cell, of this cycle or a shorter one.
type group struct {
	class   class
	members set
	n       int64
}

// class tells groups apart that do not overlap: the services, the counters, the officers of one trust level, in one cycle.
type class struct {
	part  part
	trust survey.Trust
	span  months
}

// classGroups are the known groups of a class, in the order in which they became known.
type classGroups struct {
	class
	groups []int
	n      int64 // of all together
}

// candidate is a cell that is decided on, with the columns it holds over all months.
type candidate struct {
	place   int // in the table
	cell    *cell
	members set
}

func newAdmission(d *discloser, of variable, finer []view) *admission {
	return &admission{of: of, policy: d.policy, finer: finer, all: d.tables[of].all, masks: map[months]set{}, places: map[class]int{},
		rests: map[class]int{}}
}

// group returns the columns of a candidate in some of the months that are looked at.
func (a *admission) group(c *candidate, span months) group {
	span &= a.all
	g := group{class: class{c.cell.key.Part, c.cell.key.Trust, span}, n: c.cell.over(span)}
	if g.n > 0 {
		g.members = c.members.and(a.mask(span))
	}
	return g
}

// recall takes in what shorter cycles show of the unit, and what they hide. Months of which one shows everything tell
// nothing new any more and are not looked at.
func (a *admission) recall(candidates []candidate) {
	for i, v := range a.finer {
		hidden := func(c candidate) bool { return c.cell.over(v.span&a.all) > 0 && !c.cell.seenIn(i) }
		if !slices.ContainsFunc(candidates, hidden) {
			a.all &^= v.span
		}
	}
	for i, v := range a.finer {
		for j := range candidates {
			switch g := a.group(&candidates[j], v.span); {
			case g.n == 0:
			case candidates[j].cell.seenIn(i):
				a.know(g)
			default:
				a.protect(g)
			}
		}
	}
}

// admit decides on the candidates, the most useful first.
func (a *admission) admit(t *table, all []candidate) {
	var list []*candidate
	for i := range all {
		c := &all[i]
		c.cell.shown = c.cell.shown && a.pairs(t, c)
		if c.cell.shown {
			list = append(list, c)
		} else if g := a.group(c, t.all); g.n > 0 {
			if !a.protect(g) && a.of == ofOfficer && c.cell.key.Part == partOfficer && slices.Equal(g.members, a.group(a.own, t.all).members) {
				// One officer did all the work: then the unit's figure on officers is that officer's.
				a.own.cell.shown = false
			}
		}
	}
	slices.SortFunc(list, func(x, y *candidate) int {
		return cmp.Or(cmp.Compare(a.rank(x.cell.key), a.rank(y.cell.key)), cmp.Compare(y.cell.over(t.all), x.cell.over(t.all)),
			x.cell.key.compare(y.cell.key))
	})
	for _, c := range list {
		g := a.group(c, t.all)
		if g.n > 0 && a.betrays(g) {
			c.cell.shown = false
			a.protect(g)
			continue
		}
		a.know(g)
	}
}

// pairs says whether the second value of a unit may stand beside the first: the other answers are none or enough.
func (a *admission) pairs(t *table, c *candidate) bool {
	if key := c.cell.key; key.Part != wholeUnit && key.Part != unitItself {
		return true
	}
	others := a.own.cell.over(t.all) - c.cell.over(t.all)
	return t.unknown(a.own.place, t.all) == 0 && (others == 0 || others >= a.policy.OfficerMinimum)
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
