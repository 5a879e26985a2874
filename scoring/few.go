package scoring

import (
	"slices"
)

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
