package view

import (
	"time"

	"kesan/survey"
)

// Officer is the page of an officer's own figures; superiors see the same.
type Officer struct {
	Base
	Own     bool // the reader is the officer
	Back    Link // where a reader comes from who is another
	Officer survey.Officer
	Unit    string
	Kind    string // "PNS"
	Head    CycleHead
	AsOf    time.Time
	Zone    survey.Zone
	Chooser Chooser

	Figures  []OfficerFigure
	Hidden   bool // the officer also served in units that the reader may not see
	Duties   []DutyDay
	Evidence string // address of the printed page; empty: there is none

	Verified       bool // the policy takes verified answers alone
	OfficerMinimum int64
	OfficerFirm    int64
	ShrinkK        int64
}

// OfficerFigure holds the figures in one unit, or over all units.
type OfficerFigure struct {
	Unit   string // name; empty: all units together
	Value  FigureView
	Scale  *Scale
	Wait   FigureView
	Score  FigureView
	Parts  []PartView
	Unsur  []UnsurRow
	All    *FigureNote
	Change *ChangeView
	Before string
	Trend  *Trend
}

// FigureNote is a second value beside a figure.
type FigureNote struct {
	Value string
	N     int64
}

// DutyDay is a coming day with its duties.
type DutyDay struct {
	Day    string
	Duties []string
}

// Team are the officers whose direct superior the reader is, by name.
type Team struct {
	Base
	Head    CycleHead
	AsOf    time.Time
	Zone    survey.Zone
	Chooser Chooser
	Members []Member

	OfficerMinimum int64
	OfficerFirm    int64
}

// Member is one officer of a team.
type Member struct {
	FigureView
	ID       string
	Kind     string
	Name     string
	Unit     string
	URL      string
	Evidence string
	Units    int  // units served in
	None     bool // no answer was counted at all
}

// NoAnswer is the state of an officer for whom no answer was counted.
func (m Member) NoAnswer() State { return NoData }
