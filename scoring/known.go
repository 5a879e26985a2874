package scoring

import (
	"slices"
)

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
