package view

import "kesan/survey"

// Comments are what citizens wrote about a unit in a month that is over.
type Comments struct {
	Base
	Unit    survey.Unit
	Month   string // "Oktober 2026"
	Months  Chooser
	Back    Link
	Open    bool // the month is not over yet
	Ready   string
	Minimum int64
	Low     []CommentLine // given with a 1 or 2
	Other   []CommentLine
	Units   []Link // units below, with comments of their own
}

// CommentLine is one comment.
type CommentLine struct{ Text, Service string }
