package view

import (
	"strings"
	"time"

	"kesan/scoring"
	"kesan/survey"
)

// Manages says whether the reader may change the configuration that a page asks for.
func (b Base) Manages() bool { return b.Account.Role == survey.RoleAdmin }

// Chooser lets a reader choose another cycle of the same page.
type Chooser struct {
	Path   string
	Cycles []Choice
	Kept   []Choice // other values that the address keeps
}

// Home is the list of units that somebody may see.
type Home struct {
	Base
	Head    CycleHead // empty ID: there is no cycle yet
	AsOf    time.Time
	Zone    survey.Zone
	Chooser Chooser
	Search  string
	Units   []HomeUnit
	Known   int64 // units in all, before the search
	Shown   int64 // of these have a figure
	Few     int64
	Silent  int64
}

// HomeUnit is one unit of the tree, with the IKM of itself and all below.
type HomeUnit struct {
	FigureView
	Code   string
	Name   string
	URL    string
	Depth  int
	Above  string // names above it, when the tree is cut by a search
	Closed bool
}

// Add counts a unit, and lists it when the search is for it. Closed units without answers are left out.
func (h *Home) Add(unit HomeUnit) {
	state := unit.State()
	if unit.Closed && state == NoData {
		h.Known--
		return
	}
	switch {
	case unit.Shown():
		h.Shown++
	case state == NoData:
		h.Silent++
	default:
		h.Few++
	}
	sought := strings.ToLower(h.Search)
	if strings.Contains(strings.ToLower(unit.Name), sought) || strings.Contains(strings.ToLower(unit.Code), sought) {
		h.Units = append(h.Units, unit)
	}
}

// Width is the length of the unit's bar.
func (u HomeUnit) Width() string { return along(onScale(*u.Value)) }

// Dashboard is the page of a unit in a cycle.
type Dashboard struct {
	Base
	Head     CycleHead
	AsOf     time.Time
	Zone     survey.Zone
	Chooser  Chooser
	Unit     survey.Unit
	FullName string
	Crumbs   []Link
	Comments string // address of the comments page

	IKM      FigureView
	Scale    *Scale
	Users    int64
	Minimum  int64
	Missing  int64 // answers that the smallest sample lacks
	PerUnsur int64 // of the unsur with the fewest answers, which the sample is judged by; 0: all were asked everything
	Sampled  string
	Weakest  *UnsurRow
	Next     *UnsurRow // the second weakest
	Change   *ChangeView
	Before   string // label of the cycle before, whether or not it is known
	Officers FigureView
	Wait     FigureView
	Score    FigureView
	Parts    []PartView

	Unsur    []UnsurRow // weakest first; in the order of the questionnaire when they are not shown
	Trend    *Trend
	Waiting  scoring.Waiting
	Waits    []WaitRow
	Beyond   *scoring.Share // did not keep the standard
	Services []Line
	Counters []Line
	Staff    []Line
	Units    []Line
	Profile  []QuestionView
	Extra    []QuestionView // no part of the IKM
	Files    []Link         // with Extra and Profile
	Awaited  int64          // messages of citizens that nobody has taken care of
	LeftOut  []EvidenceLeftOut
	Left     int64 // answers left out in all

	UnitMinimum    int64
	OfficerMinimum int64
	OfficerFirm    int64
}

// Answered says whether anybody has answered at all.
func (d Dashboard) Answered() bool { return d.IKM.State() != NoData }

// WaitState is the state of the waiting times.
func (d Dashboard) WaitState() State { return StateOf(d.Waiting.Status, d.Waiting.N) }
