package view

import (
	"slices"
	"strings"
	"time"

	"kesan/scoring"
	"kesan/survey"
)

// Explain is the page that says how a figure came about.
type Explain struct {
	Base
	Head      CycleHead
	Printed   time.Time
	Zone      survey.Zone
	Subject   string // unit or officer
	Back      Link
	Indicator scoring.Indicator
	Found     bool // false: the figure is not shown, and nothing more is known
	Figure    FigureView
	Unsur     []ExplainUnsur
	Moments   survey.Moments
	Waits     []WaitRow
	Parts     []PartView
	Steps     []string
	LeftOut   []EvidenceLeftOut
	Moves     []*Move // between counters, of a unit's answers
	Policy    survey.Policy
	MinTrust  survey.Trust
	Officer   bool
	Bands     []ScaleBand
}

// Steps writes the steps of a calculation for people. A locked cycle keeps them with the keys of the unsur; people read names.
func Steps(steps []string) []string {
	named := slices.Clone(steps)
	for i, step := range named {
		if rest, ok := strings.CutPrefix(step, "NRR "); ok {
			key, sum, _ := strings.Cut(rest, " = ")
			named[i] = "NRR " + survey.Unsur(key).Name() + " = " + sum
		}
	}
	return named
}

// ExplainUnsur holds the integers behind an NRR.
type ExplainUnsur struct {
	scoring.UnsurSum
	Name string
	NRR  scoring.TenThousandths
}
