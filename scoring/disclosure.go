package scoring

import (
	"cmp"
	"math/bits"
	"slices"

	"kesan/survey"
)

// The disclosure engine decides which figures of a cycle may be known. One decision holds for screen, export, interface and
// public page alike.
//
// A figure that could be published is a cell: a sum over some answers. A cell with too few answers is hidden; so is any cell
// from which it could be worked out again. That is decided in three steps:
//
// Whole units (this file): relations say which cells add up to which. Over each relation whose total is known, what remains
// unknown must be nothing at all, or enough answers and not one figure alone: else the smallest known part is hidden too
// (ties by key), until that holds. Hiding only ever grows, so it comes to an end.
//
// Within a unit (inside.go): services, counters, officers and trust levels count the same answers in several ways, and
// cells are admitted one by one as long as nothing can be worked out from them.
//
// Sums over several units of what was admitted (discloser.together): shown if all their parts are.
//
// A longer cycle can be compared with the shorter ones in it. These may be locked already, so it is always the longer
// cycle's cell that is hidden: for each cell the months are remembered whose figure follows from a shorter cycle, and
// showing the cell counts as showing the sum over the other months.
//
// Known limits. A unit's IKM and its nine unsur follow the unit's own minimum, as the law makes them the unit's: where one
// officer did all the work they are, in substance, that officer's. Of the waiting times of services, counters and officers
// only the median is given; medians do not add up, so there the number of answers alone decides. Who answered is protected
// against every subtraction of two tables, not against solving the tables of all units and options as one system of
// equations; it says nothing of what anybody answered. An open figure moves with every answer, not in steps of ten, so whoever
// writes it down twice sees the difference. Answers that come after a shorter cycle was locked are in the longer one alone.

// variable is what is counted. Each kind of figure has its own answers: who gave no minutes is not in a waiting time.
type variable string

const (
	ofIndex   variable = "ikm"
	ofOfficer variable = "petugas"
	ofWait    variable = "tunggu"
	ofPeople  variable = "orang" // shares of all answers, and who answered
)

var variables = [...]variable{ofIndex, ofOfficer, ofWait, ofPeople}

// part says what of a unit a cell is about.
type part string

const (
	wholeUnit   part = ""        // the unit and all below
	unitItself  part = "own"     // without those below
	partService part = "service" // of the unit itself, as are the following
	partCounter part = "counter"
	partOfficer part = "officer"
	partOption  part = "option" // of a profile question, over the whole unit
)

// cellKey names a cell within its variable. An officer over all units has no unit.
type cellKey struct {
	Unit  string       `json:"unit,omitempty"`
	Part  part         `json:"part,omitempty"`
	Code  string       `json:"code,omitempty"`
	Trust survey.Trust `json:"trust,omitempty"` // only answers of this level or higher
	Rest  bool         `json:"-"`               // what a relation leaves over; never shown itself
}

func (k cellKey) compare(o cellKey) int {
	return cmp.Or(cmp.Compare(k.Unit, o.Unit), cmp.Compare(k.Part, o.Part), cmp.Compare(k.Code, o.Code), cmp.Compare(k.Trust, o.Trust))
}

// months is a set of the months of a cycle.
type months uint16

// cell is a figure that could be published.
type cell struct {
	key     cellKey
	n       []int64 // answers in each month of the cycle
	minimum int64
	shown   bool
	fine    months // months whose figure follows from shorter cycles
	totals  []int  // relations of which it is the total
}

func (c *cell) over(span months) int64 {
	n := int64(0)
	for ; span != 0; span &= span - 1 {
		n += c.n[bits.TrailingZeros16(uint16(span))]
	}
	return n
}

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

// hide decides what is shown: first by each cell's own number of answers, then by what could be worked out.
func (t *table) hide() {
	for i := range t.cells {
		c := &t.cells[i]
		news := c.over(t.all &^ c.fine)
		c.shown = !c.key.Rest && c.over(t.all) >= c.minimum && (news == 0 || news >= c.minimum)
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
	if n == 0 || c.shown && t.all&^c.fine&^span == 0 {
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
	if t.cells[r.total].shown {
		return r.total
	}
	return -1
}

func (t *table) smallest(r relation, span months) int {
	best := -1
	for _, p := range r.parts {
		c := &t.cells[p]
		if !c.shown || t.all&^c.fine&^span != 0 || c.over(span&^c.fine) == 0 {
			continue // hidden, not known over this stretch anyway, or known from shorter cycles
		}
		if best < 0 || cmp.Or(cmp.Compare(c.over(t.all), t.cells[best].over(t.all)), c.key.compare(t.cells[best].key)) < 0 {
			best = p
		}
	}
	return best
}

// shown says whether a cell may be shown.
func (t *table) shown(key cellKey) bool {
	i, ok := t.index[key]
	return ok && t.cells[i].shown
}
