package scoring

import (
	"math/bits"
	"slices"
)

// cell is a figure that could be published.
type cell struct {
	key     cellKey
	n       []int64 // answers in each month of the cycle
	minimum int64
	shown   bool
	given   bool   // known over the whole cycle from other figures, whatever is decided here
	fine    months // months whose figure follows from shorter cycles, or without answers
	seen    uint32 // which of the shorter cycles show it, by their places: a year has 18
	totals  []int  // relations of which it is the total
}

func (c *cell) over(span months) int64 {
	n := int64(0)
	for ; span != 0; span &= span - 1 {
		n += c.n[bits.TrailingZeros16(uint16(span))]
	}
	return n
}

// seenIn says whether the shorter cycle at that place shows the cell.
func (c *cell) seenIn(place int) bool { return c.seen&(1<<place) != 0 }

// relation says that the parts add up to the total.
type relation struct {
	total int
	parts []int
}

// table holds the cells of one variable and their relations.
type table struct {
	all       months
	cells     []cell
	index     map[cellKey]int
	relations []relation
}

func newTable(length int) *table {
	return &table{all: 1<<length - 1, index: map[cellKey]int{}}
}

// cell returns the place of a cell, making it when there is none.
func (t *table) cell(key cellKey, minimum int64) int {
	i, ok := t.index[key]
	if !ok {
		i = len(t.cells)
		t.cells = append(t.cells, cell{key: key, n: make([]int64, bits.OnesCount16(uint16(t.all))), minimum: minimum})
		t.index[key] = i
	}
	return i
}

// rest makes the cell of what the parts leave of the total. It is never shown, but it can be worked out.
func (t *table) rest(total int, parts []int, minimum int64) int {
	key := t.cells[total].key
	key.Rest = true
	i := len(t.cells)
	t.cells = append(t.cells, cell{key: key, n: slices.Clone(t.cells[total].n), minimum: minimum})
	for _, p := range parts {
		for m, n := range t.cells[p].n {
			t.cells[i].n[m] -= n
		}
	}
	return i
}

func (t *table) relate(total int, parts []int) {
	t.cells[total].totals = append(t.cells[total].totals, len(t.relations))
	t.relations = append(t.relations, relation{total, parts})
}

// relateRest states that the parts and a rest make up the total.
func (t *table) relateRest(total int, parts []int, minimum int64) {
	t.relate(total, append(slices.Clone(parts), t.rest(total, parts, minimum)))
}

// look marks the months whose figure a shorter cycle shows, and those without answers, of which there is nothing to know.
func (t *table) look(v variable, finer []view) {
	for i := range t.cells {
		c := &t.cells[i]
		for month, n := range c.n {
			if n == 0 {
				c.fine |= 1 << month
			}
		}
		for place, view := range finer {
			if !c.key.Rest && view.known(v, c.key) {
				c.fine |= view.span
				c.seen |= 1 << place
			}
		}
	}
}

// assume takes the figures of units as known where their IKM is shown.
func (t *table) assume(index *table) {
	for i := range t.cells {
		if c := &t.cells[i]; isUnit(c.key) && index.shown(c.key) {
			c.given = true
		}
	}
}

// hide decides what is shown: first by each cell's own number of answers, then by what could be worked out.
func (t *table) hide() {
	for i := range t.cells {
		c := &t.cells[i]
		news := c.over(t.all &^ c.fine)
		c.shown = !c.key.Rest && c.over(t.all) >= c.minimum && (c.given || news == 0 || news >= c.minimum)
	}
	t.settle()
	t.admit()
}

// settle hides more until no relation gives a hidden cell away.
func (t *table) settle() {
	for changed := true; changed; {
		changed = false
		for _, r := range t.relations {
			for _, span := range t.spans(r) {
				for t.exposes(r, span) {
					victim := t.victim(r, span)
					if victim < 0 {
						break // only what shorter cycles have shown already is left
					}
					t.cells[victim].shown = false
					changed = true
				}
			}
		}
	}
}

// admit shows again what was hidden on the way and turned out to be the sum of what is shown.
func (t *table) admit() {
	for i := range t.cells {
		if c := &t.cells[i]; !c.shown && !c.key.Rest && c.over(t.all) >= c.minimum && t.unknown(i, t.all) == 0 {
			c.shown = true
		}
	}
}

// coverOptions hides who answered where it is hidden how many did.
func (t *table) coverOptions() {
	for changed := true; changed; {
		changed = false
		for i := range t.cells {
			c := &t.cells[i]
			if c.key.Part == partOption && c.shown && !t.shown(cellKey{Unit: c.key.Unit}) {
				c.shown, changed = false, true
			}
		}
		if changed {
			t.settle()
		}
	}
}

// unitsShown returns how many figures of whole units are shown.
func (t *table) unitsShown() (n int) {
	for i := range t.cells {
		if c := &t.cells[i]; c.shown && isUnit(c.key) {
			n++
		}
	}
	return n
}

// shown says whether a cell may be shown.
func (t *table) shown(key cellKey) bool {
	i, ok := t.index[key]
	return ok && t.cells[i].shown
}
