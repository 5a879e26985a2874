package scoring

// manyFew is up to how many small groups are looked at in twos and threes, too.
const manyFew = 24

// piece is the part of a column that is of one month.
type piece struct {
	column int
	n      int64
}

// protectFew makes targets of the smallest groups of answers, and of two or three of them together, where these are too few.
func (a *admission) protectFew() {
	var single []piece
	for i := range a.columns {
		c := &a.columns[i]
		if c.unit != "" || a.all&c.months == 0 {
			continue
		}
		for _, n := range c.pieces {
			if a.fewOf([]piece{{i, n}}) {
				single = append(single, piece{i, n})
			}
		}
	}
	size := 3
	if len(single) > manyFew {
		size = 1
	}
	a.protectSets(nil, single, size)
}

// protectSets makes targets of some pieces together with up to so many others.
func (a *admission) protectSets(with, others []piece, size int) {
	for i, p := range others {
		set := append(with[:len(with):len(with)], p)
		if !a.fewOf(set) {
			continue
		}
		if members, whole := a.whole(set); whole {
			a.protect(group{members: members})
		}
		if size > 1 {
			a.protectSets(set, others[i+1:], size-1)
		}
	}
}

// whole returns the columns that pieces make up. It is false when a column is not complete: then no known group takes the
// pieces apart from the rest of it, so they need no protection.
func (a *admission) whole(pieces []piece) (set, bool) {
	members, left := a.none(), 0
	for _, p := range pieces {
		if members[p.column/64]&(1<<(p.column%64)) == 0 {
			members.add(p.column)
			left += len(a.columns[p.column].pieces)
		}
	}
	return members, left == len(pieces)
}

// fewOf says whether pieces together have too few answers.
func (a *admission) fewOf(pieces []piece) bool {
	g := group{members: a.none()}
	for _, p := range pieces {
		g.members.add(p.column)
		g.n += p.n
	}
	return a.few(&g)
}

// few says whether a group has answers, but too few: fewer than a unit's minimum, or than an officer's if all are one's.
func (a *admission) few(g *group) bool {
	if g.n <= 0 || g.n >= a.policy.OfficerMinimum {
		return false
	}
	return g.n < a.policy.UnitMinimum || a.of == ofOfficer && a.ofOne(g.members)
}

func (a *admission) ofOne(members set) bool {
	officer, first := "", true
	for i := range members.each {
		if !first && a.columns[i].key.officer != officer {
			return false
		}
		officer, first = a.columns[i].key.officer, false
	}
	return officer != ""
}

// leavesFew says whether too few answers are left of a known group when others are taken away, the given one being one of
// them, or of the given one.
func (a *admission) leavesFew(g *group) bool {
	left := &a.scratch[3]
	for i := range a.groups {
		s := &a.groups[i]
		if s.n <= g.n || !g.members.within(s.members) {
			continue
		}
		left.copy(s)
		left.take(g)
		if a.fewBelow(left, 2) {
			return true
		}
		if a.takeClass(left, g.class); a.fewBelow(left, 2) {
			return true
		}
	}
	return a.fewBelow(g, 2)
}

// fewBelow takes away known groups, one by one and a whole class at once.
func (a *admission) fewBelow(s *group, depth int) bool {
	if a.few(s) {
		return true
	}
	if depth == 0 || s.n == 0 {
		return false
	}
	left := &a.scratch[depth]
	for i := range a.classes {
		if a.outOfReach(s, a.classes[i].n, depth) {
			continue
		}
		left.copy(s)
		if a.takeClass(left, a.classes[i].class); left.n < s.n && a.fewBelow(left, depth-1) {
			return true
		}
	}
	if a.large(s.n) {
		return false // what is left of a large group by few steps is large, save for whole classes
	}
	for i := range a.groups {
		if q := &a.groups[i]; q.n < s.n && q.members.within(s.members) {
			left.copy(s)
			left.take(q)
			if a.few(left) || depth > 1 && a.fewBelow(left, depth-1) {
				return true
			}
		}
	}
	return false
}

func (a *admission) large(n int64) bool { return n > 4*a.policy.OfficerMinimum }

// outOfReach says that a group is so large that enough is left of it when up to so many answers are taken away, and then, if
// there is another step, those of the largest class.
func (a *admission) outOfReach(s *group, taken int64, depth int) bool {
	left := s.n - taken
	if depth > 1 {
		return a.large(left) && left-a.largest >= a.policy.OfficerMinimum
	}
	return left >= a.policy.OfficerMinimum
}

func (a *admission) takeClass(s *group, c class) {
	for _, i := range a.known(c) {
		if q := &a.groups[i]; q.n <= s.n && q.members.within(s.members) {
			s.take(q)
		}
	}
}

// take takes another group, which is within, away.
func (g *group) take(o *group) {
	g.n -= o.n
	for w := range g.members {
		g.members[w] &^= o.members[w]
	}
}

// copy takes over the members of another group.
func (g *group) copy(o *group) { g.members, g.n = append(g.members[:0], o.members...), o.n }
