package view

import "kesan/survey"

// Forms lists the questionnaires.
type Forms struct {
	Base
	Forms []FormKind
}

// FormKind is one questionnaire with its versions, the newest first.
type FormKind struct {
	ID, Name string
	Default  bool
	Units    []string
	Versions []Link
	Edit     string
	Copy     string
}

// FormView is one version of a questionnaire as citizens are asked it.
type FormView struct {
	Base
	Ref  string
	Form survey.Form
}

// FormEdit is the page on which a new version is made.
type FormEdit struct {
	Base
	Version  int // the version it is made from
	Next     int
	Source   string
	Copied   bool
	Preview  bool
	Conflict string
	Form     survey.Form
	Head     Form
	Labels   []LabelSet
	Extra    []ExtraQuestion
	Wrong    Form // all fields, for the summary of problems
	Why      Field
}

// LabelSet holds the labels of one unsur.
type LabelSet struct {
	Unsur, Text, Hint string
	Fields            []Field
}

// ExtraQuestion is one of the questions that an office may add.
type ExtraQuestion struct {
	Question, Options Field
	Open              bool // there is something to see
}
