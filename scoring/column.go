package scoring

import (
	"math/bits"
	"slices"
)

// column is what no group takes apart: the answers of a smallest group in months that each cycle has all of or none. Another
// unit as a whole is one group.
type column struct {
	key    atomKey
	unit   string // the other unit
	months months
	pieces []int64 // answers in each month that has any
	n      int64   // of all months
}

// stretches divides the months of a cycle into those that no shorter cycle takes apart.
func stretches(all months, finer []view) []months {
	list := []months{all}
	for _, v := range finer {
		for i := range list {
			if in, out := list[i]&v.span, list[i]&^v.span; in != 0 && out != 0 {
				list[i] = in
				list = append(list, out)
			}
		}
	}
	return list
}

// add adds the columns of a group, whose answers in a month count tells.
func (a *admission) add(key atomKey, unit string, stretches []months, count func(month int) int64) {
	for _, span := range stretches {
		c := column{key: key, unit: unit, months: span}
		for left := span; left != 0; left &= left - 1 {
			if n := count(bits.TrailingZeros16(uint16(left))); n > 0 {
				c.pieces, c.n = append(c.pieces, n), c.n+n
			}
		}
		if c.n > 0 {
			a.columns = append(a.columns, c)
		}
	}
}

// mask returns the columns of some months.
func (a *admission) mask(span months) set {
	mask, ok := a.masks[span]
	if !ok {
		mask = a.where(func(c *column) bool { return c.months&span != 0 })
		a.masks[span] = mask
	}
	return mask
}

// where returns the columns of which something holds.
func (a *admission) where(holds func(*column) bool) set {
	s := a.none()
	for i := range a.columns {
		if holds(&a.columns[i]) {
			s.add(i)
		}
	}
	return s
}

// none returns the empty set of columns.
func (a *admission) none() set { return make(set, (len(a.columns)+63)/64) }

// set is a set of columns, a bit for each.
type set []uint64

func (s set) add(i int) { s[i/64] |= 1 << (i % 64) }

func (s set) and(o set) set {
	both := slices.Clone(s)
	for w := range both {
		both[w] &= o[w]
	}
	return both
}

func (s set) within(whole set) bool {
	for w := range s {
		if s[w]&^whole[w] != 0 {
			return false
		}
	}
	return true
}

// each calls yield with each member in turn, until it is false.
func (s set) each(yield func(int) bool) {
	for w, word := range s {
		for ; word != 0; word &= word - 1 {
			if !yield(64*w + bits.TrailingZeros64(word)) {
				return
			}
		}
	}
}
