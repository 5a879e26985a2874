package view

import "kesan/survey"

// Roster is a week of one counter.
type Roster struct {
	Base
	Counters []Choice
	Counter  string
	Day      survey.Day
	Monday   survey.Day
	Heading  string
	Before   string
	After    string
	Week     []RosterDay
	Empty    bool // an open day has nobody
}

// RosterDay is one day of it.
type RosterDay struct {
	Day      string
	Hours    string
	Duties   []Link
	Gaps     []Link // addresses of the form that fills them
	Overlaps []string
	New      string
}
