package view

import "kesan/survey"

// Checklist is the first page of the administrator's side: what an office needs until its first poster hangs.
type Checklist struct {
	Base
	Steps    []Step
	Ready    bool // every step is done
	Warnings []string
	Links    []Link
}

// Step is one line of the checklist.
type Step struct {
	Name string
	Why  string
	URL  string
	Have string // what there is, in words
	Done bool
	Next bool // the first that is not done
}

// Link is a named address.
type Link struct{ Label, URL string }

// List is a page that lists objects of one kind.
type List struct {
	Base
	About     string
	Notes     []string
	Search    string
	Path      string
	Sort      string
	Columns   []ListColumn
	Rows      []ListRow
	Total     int64
	Page      int
	Pages     int
	Previous  string
	Following string
	New       Link
	Links     []Link
}

// ListColumn is a column of a list, with the address that sorts by it.
type ListColumn struct {
	Label  string
	URL    string
	Sorted bool
}

// ListRow is one object of a list.
type ListRow struct {
	Name   string
	URL    string
	Cells  []ListCell
	Closed string // a word for an object that is no longer used
}

// ListCell is one cell beside the first.
type ListCell struct{ Label, Text string }

// Edit is a page that makes or changes one object.
type Edit struct {
	Base
	About    string
	Form     Form
	Back     Link
	History  string // address of the object's history
	Conflict string // who changed it meanwhile
}

// Secret shows a password or key once.
type Secret struct {
	Base
	What   string
	Secret string
	Advice []string
	Back   Link
}

// AccountEdit is the form of an account; Username is empty for a new one.
type AccountEdit struct {
	Edit
	Username string
}

// Key is an API key, without its secret, which nobody has.
type Key struct {
	Base
	Key     survey.APIKey
	State   string // a word when it opens nothing any more
	Scopes  string
	Units   string
	Until   string
	Author  string
	History string
}
