package scoring

import (
	"cmp"
	"slices"
)

// spans returns the stretches of months over which the relation has to be looked at: those which some member's figure is
// new for, and all of these together.
func (t *table) spans(r relation) []months {
	list := make([]months, 0, 4)
	whole := months(0)
	add := func(i int) {
		c := &t.cells[i]
		if span := t.all &^ c.fine; span != 0 && !slices.Contains(list, span) {
			list = append(list, span)
			whole |= span
		}
	}
	add(r.total)
	for _, p := range r.parts {
		add(p)
	}
	if whole != 0 && !slices.Contains(list, whole) {
		list = append(list, whole)
	}
	return list
}

// unknown is how many answers of a cell, over a stretch of months, can not be told from its figure: none if it is shown or
// the sum of what is; else those that are left when all known parts are taken away.
func (t *table) unknown(i int, span months) int64 {
	c := &t.cells[i]
	span &^= c.fine
	n := c.over(span)
	if n == 0 || (c.shown || c.given) && t.all&^c.fine&^span == 0 {
		return 0
	}
	for _, r := range c.totals {
		left := int64(0)
		for _, p := range t.relations[r].parts {
			if left += t.unknown(p, span); left >= n {
				break
			}
		}
		n = min(n, left)
	}
	return n
}

// exposes says whether a known total gives away what is hidden in it.
func (t *table) exposes(r relation, span months) bool {
	if t.unknown(r.total, span) > 0 {
		return false
	}
	var left, need int64
	count, alone := 0, -1
	for _, p := range r.parts {
		if u := t.unknown(p, span); u > 0 {
			left += u
			need = max(need, t.cells[p].minimum)
			count, alone = count+1, p
		}
	}
	switch {
	case count == 0:
		return false
	case count == 1 && !t.cells[alone].key.Rest:
		return true
	case left == t.cells[r.total].over(span):
		return false // no part is known: this is the total, which may be known
	}
	return left < need
}

// victim picks the cell to hide next, or -1: the smallest known part, else the smallest known part of a hidden part, else
// the total.
func (t *table) victim(r relation, span months) int {
	if best := t.smallest(r, span); best >= 0 {
		return best
	}
	for _, p := range r.parts {
		if t.cells[p].shown || t.unknown(p, span) == t.cells[p].over(span) {
			continue
		}
		for _, below := range t.cells[p].totals {
			if best := t.victim(relation{total: p, parts: t.relations[below].parts}, span); best >= 0 {
				return best
			}
		}
	}
	if c := &t.cells[r.total]; c.shown && !c.given {
		return r.total
	}
	return -1
}

func (t *table) smallest(r relation, span months) int {
	best := -1
	for _, p := range r.parts {
		c := &t.cells[p]
		if !c.shown || c.given || t.all&^c.fine&^span != 0 || c.over(span&^c.fine) == 0 {
			continue // hidden, known from elsewhere, or not known over this stretch anyway
		}
		if best < 0 || cmp.Or(cmp.Compare(c.over(t.all), t.cells[best].over(t.all)), c.key.compare(t.cells[best].key)) < 0 {
			best = p
		}
	}
	return best
}
