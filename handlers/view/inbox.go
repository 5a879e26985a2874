package view

import "kesan/survey"

// Inbox is what citizens left to be contacted: each message for the head of the unit, numbers for the administrator.
type Inbox struct {
	Base
	Days    int64 // for how long messages are kept
	Reads   bool
	New     []InboxLine
	Handled []InboxLine
	Counts  []InboxCount
}

// InboxLine is one message.
type InboxLine struct {
	survey.Contact
	UnitName string
	CSRF     string
}

// InboxCount says how many messages a unit has.
type InboxCount struct {
	Unit         string
	New, Handled int64
}
