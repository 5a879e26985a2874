package view

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"kesan/handlers/locale"
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
		step = number.ReplaceAllStringFunc(strings.ReplaceAll(step, " %", "\u00a0%"), grouped)
		named[i] = step
		if rest, ok := strings.CutPrefix(step, "NRR "); ok {
			key, sum, _ := strings.Cut(rest, " = ")
			named[i] = "NRR " + survey.Unsur(key).Name() + " = " + sum
		}
	}
	return named
}

// number is a number of a step, with what follows its comma.
var number = regexp.MustCompile(`\d+(,\d+)?`)

// grouped writes a whole number with the points that it has elsewhere on the page.
func grouped(digits string) string {
	if n, err := strconv.ParseInt(digits, 10, 64); err == nil {
		return locale.Number(n)
	}
	return digits
}

// ExplainUnsur holds the integers behind an NRR.
type ExplainUnsur struct {
	scoring.UnsurSum
	Name string
	NRR  scoring.TenThousandths
}
