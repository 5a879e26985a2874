package scoring

import (
	"cmp"

	"kesan/survey"
)

// The disclosure engine decides which figures of a cycle may be known. One decision holds for screen, export, interface and
// public page alike.
//
// A figure that could be published is a cell: a sum over some answers. A cell with too few answers is hidden; so is any cell
// from which it could be worked out again. That is decided in three steps:
//
// Whole units (table.go, relation.go): relations say which cells add up to which. Over each relation whose total is known,
// what remains unknown must be nothing at all, or enough answers and not one figure alone: else the smallest known part is
// hidden too (ties by key), until that holds. Hiding only ever grows, so it comes to an end.
//
// Within a unit (inside.go, admission.go): services, counters, officers and trust levels count the same answers in several
// ways, and cells are admitted one by one as long as nothing can be worked out from them. Where that, or what it leads to,
// hides a whole unit, the first two steps are taken again.
//
// Sums over several units of what was admitted (discloser.together): shown if all their parts are.
//
// A longer cycle can be compared with the shorter ones in it. These may be locked already, so it is always the longer
// cycle's cell that is hidden: for each cell the months are remembered whose figure follows from a shorter cycle, and
// showing the cell counts as showing the sum over the other months.
//
// Known limits. A unit's IKM and its nine unsur follow the unit's own minimum, as the law makes them the unit's: where one
// officer did all the work they are, in substance, that officer's; so is its waiting time. Of the waiting times of services and
// counters only the median is given; medians do not add up, so there the number of answers alone decides. Who answered, and what to
// an extra question, is protected against every subtraction of two tables, not against solving the tables of all units and options
// as one system of equations; it is not tied to any other answer. An open figure moves with every answer, not in steps of ten, so
// whoever writes it down twice sees the difference. Answers that come after a shorter cycle was locked are in the longer one
// alone.

// variable is what is counted. Each kind of figure has its own answers: who gave no minutes is not in a waiting time.
type variable string

const (
	ofIndex   variable = "ikm"
	ofOfficer variable = "petugas"
	ofUnsur   variable = "unsur" // the answers to the unsur with the fewest, see Means.Least
	ofWait    variable = "tunggu"
	ofPeople  variable = "orang" // shares of all answers, who answered, and extra questions
)

var variables = [...]variable{ofIndex, ofOfficer, ofUnsur, ofWait, ofPeople}

// part says what of a unit a cell is about.
type part string

const (
	wholeUnit   part = ""        // the unit and all below
	unitItself  part = "own"     // without those below
	partService part = "service" // of the unit itself, as are the following
	partCounter part = "counter"
	partOfficer part = "officer"
	partOption  part = "option" // of a profile or extra question, over the whole unit
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

// disclosure says which cells of a cycle may be shown.
type disclosure map[variable]*table

func (d disclosure) shown(v variable, key cellKey) bool { return d[v].shown(key) }

// unsurShown says whether the nine unsur of a unit may be told apart.
func (d disclosure) unsurShown(unit string) bool {
	key := cellKey{Unit: unit}
	return d.shown(ofIndex, key) && d.shown(ofUnsur, key)
}

// view is what a shorter cycle shows: computed, or kept in the snapshot of a locked one.
type view struct {
	span  months
	shown func(variable, cellKey) bool
}

// known says whether the view gives a cell away. Kompetensi and perilaku are among the nine unsur of a unit's IKM.
func (v view) known(of variable, key cellKey) bool {
	return v.shown(of, key) || of == ofOfficer && isUnit(key) && v.shown(ofIndex, key)
}

func isUnit(key cellKey) bool {
	return !key.Rest && key.Trust == 0 && (key.Part == wholeUnit || key.Part == unitItself)
}
