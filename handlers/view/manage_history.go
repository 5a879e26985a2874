package view

import (
	"time"

	"kesan/survey"
)

// History is the change log, or the part of it that touches one kind or one object.
type History struct {
	Base
	Kinds   []Choice
	Kind    string
	ID      string
	Changes []Change
	Older   string
}

// Change is one entry of the log.
type Change struct {
	At      time.Time
	Zone    survey.Zone
	Author  string
	Reason  string
	Objects []Touched
	More    int64
}

// Touched is one object of a change.
type Touched struct {
	Kind, Name, URL string
	New             bool
	Differences     []Difference
}

// Difference is a field whose value became another.
type Difference struct{ Field, Was, Is string }

// Audit is a month of the audit.
type Audit struct {
	Base
	Month  string
	Before string
	After  string
	Search string
	Total  int64
	Lines  []AuditLine
	// Entered is how many answers each account entered for others.
	Entered []survey.EnteredCount
}

// AuditLine is who did what and when.
type AuditLine struct {
	At                  time.Time
	Zone                survey.Zone
	Who, Action, Object string
}
