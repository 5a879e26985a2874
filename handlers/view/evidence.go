package view

import (
	"time"

	"kesan/scoring"
	"kesan/survey"
)

// Evidence is the printed page about one officer in one cycle. It holds nobody else's figures and no comments.
type Evidence struct {
	Base
	Head      CycleHead
	AsOf      time.Time
	Printed   time.Time
	Zone      survey.Zone
	Officer   survey.Officer
	Kind      string // "PNS"
	IDLabel   string // "NIP", or "Kode" of staff who have none
	UnitName  string
	Appraiser string
	Back      Link
	Figures   []EvidenceFigure
	Hidden    bool           // the officer also served in units that the reader may not see
	Policy    *survey.Policy // nil: nothing is shown that rests on one
	Recipes   []string
	Purpose   string
}

// EvidenceFigure holds the figures of the officer in one unit, or over all units.
type EvidenceFigure struct {
	Unit string // name; empty: all units together
	Code string
	Rows []EvidenceRow
}

// EvidenceRow is one indicator.
type EvidenceRow struct {
	scoring.Row
	Label    string
	Measure  string // unit of measure
	StatusIs string
	Decimals int
	Steps    []string
}

// Figure writes a figure of the row with the decimals of its indicator.
func (r EvidenceRow) Figure(value scoring.Hundredths) string { return Figure(value, r.Decimals) }

// Verifiable says whether verified answers alone would give the row a second value.
func (r EvidenceRow) Verifiable() bool { return r.Shown() && r.Indicator == scoring.KepuasanPetugas }

// EvidenceLeftOut says how many answers do not count, and why.
type EvidenceLeftOut struct {
	Why string
	N   int64
}
