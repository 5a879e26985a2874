package scoring

import "slices"

// know takes in a group whose sum is known, and with it what the known groups of its class leave of the unit.
func (a *admission) know(g group) {
	if g.n == 0 {
		return
	}
	for _, i := range a.known(g.class) {
		if k := &a.groups[i]; k.n == g.n && slices.Equal(k.members, g.members) {
			return
		}
	}
	a.file(g)
	if rest, ok := a.rest(g); ok {
		if i, have := a.rests[g.class]; have {
			a.groups[i] = rest
		} else {
			a.rests[g.class] = len(a.groups)
			a.groups = append(a.groups, rest)
		}
	}
}

// file adds a group to those of its class.
func (a *admission) file(g group) {
	i, ok := a.places[g.class]
	if !ok {
		i = len(a.classes)
		a.places[g.class] = i
		a.classes = append(a.classes, classGroups{class: g.class})
	}
	c := &a.classes[i]
	c.groups, c.n = append(c.groups, len(a.groups)), c.n+g.n
	a.groups, a.largest = append(a.groups, g), max(a.largest, c.n)
}

// known returns the places of the known groups of a class, in the order in which they became known.
func (a *admission) known(of class) []int {
	if i, ok := a.places[of]; ok {
		return a.classes[i].groups
	}
	return nil
}

// partRest marks what the cells of a class leave over.
const partRest part = "rest"

// rest returns what is left of the unit itself when a group and all known ones of its class are taken away.
func (a *admission) rest(g group) (group, bool) {
	if g.class.part == unitItself || g.class.part == wholeUnit || g.class.part == partRest {
		return group{}, false
	}
	for _, i := range a.known(class{a.own.cell.key.Part, 0, g.class.span}) {
		if own := &a.groups[i]; g.members.within(own.members) {
			var rest group
			rest.copy(own)
			rest.take(&g)
			a.takeClass(&rest, g.class)
			rest.class = class{partRest, g.class.trust, g.class.span}
			return rest, rest.n > 0
		}
	}
	return group{}, false
}

// protect makes a hidden cell a target. It is false when the cell is known already, beyond help.
func (a *admission) protect(g group) bool {
	a.catchUp()
	v := a.space.reduce(vector(g.members, len(a.columns)))
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
		row, pivot := a.space.add(vector(a.groups[a.spanned].members, len(a.columns)))
		for _, target := range a.targets {
			cancel(target, row, pivot)
		}
	}
}

// betrays says whether a group would give away too much if it were known.
func (a *admission) betrays(g group) bool {
	small := a.leavesFew(&g)
	if rest, ok := a.rest(g); ok && !small {
		small = a.leavesFew(&rest)
	}
	if !small && len(a.targets) == 0 {
		return false
	}
	a.catchUp()
	row, pivot := normal(a.space.reduce(vector(g.members, len(a.columns))))
	if row == nil {
		return false // it is known already
	}
	return small || slices.ContainsFunc(a.targets, func(target []uint32) bool { return isMultiple(target, row, pivot) })
}
