package view

import (
	"html/template"
	"strconv"
	"strings"
	"time"

	"kesan/handlers/poster"
	"kesan/survey"
)

// SheetState is whether people can use a sheet, as the pages say it.
type SheetState string

// The states of a sheet.
const (
	SheetValid   SheetState = "berlaku"
	SheetEarly   SheetState = "belum berlaku"
	SheetOver    SheetState = "habis masa berlaku"
	SheetRevoked SheetState = "dicabut"
	SheetClosed  SheetState = "loket ditutup"
)

// SheetRow is a sheet with the names that people know it by.
type SheetRow struct {
	Sheet   survey.Sheet
	Counter string
	Unit    string
	Service string // set when it is for one service only
	State   SheetState
}

// Usable says whether people can use the sheet now or later, so that printing it makes sense.
func (r SheetRow) Usable() bool { return r.State == SheetValid || r.State == SheetEarly }

// Matches says whether a sheet is searched for.
func (r SheetRow) Matches(search string) bool {
	text := strings.ToLower(strings.Join([]string{r.Sheet.ID, r.Counter, r.Unit, r.Service, r.Sheet.Place, string(r.State)}, "\n"))
	return strings.Contains(text, strings.ToLower(search))
}

// Sheets is the list of sheets.
type Sheets struct {
	Base
	Search string
	All    bool // shows those that nobody can use any more, too
	Units  []SheetUnit
	Rows   []SheetRow
	Total  int64
	Page   int
	Pages  int
}

// Previous and Next are the pages beside this one, 0 for none.
func (s Sheets) Previous() int { return s.Page - 1 }

// Next is the page after this one, 0 for none.
func (s Sheets) Next() int {
	if s.Page == s.Pages {
		return 0
	}
	return s.Page + 1
}

// SheetUnit is a unit whose counters have sheets or lack them.
type SheetUnit struct {
	Code    string
	Name    string
	Usable  int64 // sheets to print
	Lacking int64 // counters without one
}

// Sheet is the page of one sheet.
type Sheet struct {
	Base
	SheetRow
	Short    string // address to type
	Zone     survey.Zone
	History  []SheetChange
	Moves    []*Move
	Base0    int // revision that a change is made from
	Why      string
	Problem  string
	Conflict bool
}

// SheetChange is a line of a sheet's history.
type SheetChange struct {
	At     time.Time
	Author string
	What   string
	Reason string
}

// NewSheet is the form for one new sheet.
type NewSheet struct {
	Base
	Form Form
}

// Posters is the page that prints sheets, each on a page of its own.
type Posters struct {
	Base
	Back    string
	Style   template.CSS // size of the paper and colours
	Posters []Poster
	Paper   poster.Paper
	Papers  []PaperLink
	Total   int64 // sheets in all parts
	From    int64 // number of the first one here
	Parts   []PartLink
	Next    string // address of the part after this one
}

// Poster is one poster with the class that gives it its colour.
type Poster struct {
	poster.Poster
	Class string
	Demo  bool
}

// PaperLink leads to the same posters on another paper.
type PaperLink struct {
	poster.Paper
	URL     string
	Current bool
}

// PartLink leads to one part of many posters.
type PartLink struct {
	Number  int
	URL     string
	Current bool
}

// To is the number of the last poster here.
func (p Posters) To() int64 { return p.From + int64(len(p.Posters)) - 1 }

// Dress gives each poster its colour, and the page its paper.
func (p *Posters) Dress(list []poster.Poster) {
	style := "@page{size:" + p.Paper.Page + ";margin:0}:root{--u:" + p.Paper.Unit + "}"
	classes := map[string]string{}
	for _, made := range list {
		class, ok := classes[made.Colour]
		if !ok {
			class = "w" + strconv.Itoa(len(classes))
			classes[made.Colour] = class
			style += "." + class + "{--brand:" + BrandOf(made.Colour).OnPaper() + "}"
		}
		p.Posters = append(p.Posters, Poster{Poster: made, Class: class, Demo: p.Demo})
	}
	p.Style = template.CSS(style)
}

// MoveSheet is the page that moves the answers of a misplaced sheet.
type MoveSheet struct {
	Base
	SheetRow
	Form    Form
	Preview *Move // what has been asked for would do this
}

// Move is a move of answers in the words of the pages.
type Move struct {
	survey.KeptMove
	Was, Is         string // counters, with their units
	WasUnit, IsUnit string // codes
	Begins, Ends    string // local time in Zone
	Zone            survey.Zone
}

// Rest is how many of the answers count for the unit alone.
func (m Move) Rest() int64 { return m.Answers - m.Named }

// PosterRefused says why no poster can be printed.
type PosterRefused struct {
	Base
	Address string
}
