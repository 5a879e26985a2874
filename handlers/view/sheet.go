package view

import (
	"cmp"
	"html/template"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"kesan/handlers/locale"
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

	Use        survey.SheetUse
	LastUsed   survey.Day // opened or answered; empty: never
	SilentDays int64      // open days since
	OpenDays   int64      // of the last 30, on which it could be used
}

// Silent says whether the sheet may have fallen off the wall.
func (r SheetRow) Silent() bool { return r.SilentDays >= survey.Silent }

// PerDay is how many answers an open day of the last 30 brought, "" where there was none.
func (r SheetRow) PerDay() string {
	if r.OpenDays == 0 {
		return ""
	}
	tenths := (20*r.Use.Month + r.OpenDays) / (2 * r.OpenDays)
	return locale.Number(tenths/10) + "," + strconv.FormatInt(tenths%10, 10)
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
	Search      string
	All         bool // shows those that nobody can use any more, too
	OnlySilent  bool
	SilentAfter int64
	Sort        string // see sheetOrders
	Units       []SheetUnit
	Rows        []SheetRow
	Usable      int64 // sheets to print in all
	Total       int64
	Page        int
	Pages       int
}

// sheetOrders are the orders that people may choose beside that of units and counters: what is likely to need a look first.
var sheetOrders = map[string]func(a, b SheetRow) int{
	"tempat":  func(a, b SheetRow) int { return strings.Compare(a.Sheet.Place, b.Sheet.Place) },
	"pakai":   func(a, b SheetRow) int { return cmp.Compare(a.LastUsed, b.LastUsed) },
	"jawaban": func(a, b SheetRow) int { return cmp.Compare(a.Use.Month, b.Use.Month) },
}

// Order sorts the rows.
func (s *Sheets) Order() {
	if order, ok := sheetOrders[s.Sort]; ok {
		slices.SortStableFunc(s.Rows, order)
	} else {
		s.Sort = ""
	}
}

// Cut leaves one page of the rows.
func (s *Sheets) Cut(page, size int) {
	s.Total = int64(len(s.Rows))
	s.Pages = max(1, (len(s.Rows)+size-1)/size)
	s.Page = min(max(1, page), s.Pages)
	from := (s.Page - 1) * size
	s.Rows = s.Rows[from:min(from+size, len(s.Rows))]
}

// at is the address of the list in an order and at a page.
func (s Sheets) at(sort string, page int) string {
	query := url.Values{}
	for name, value := range map[string]string{"cari": s.Search, "urut": sort} {
		if value != "" {
			query.Set(name, value)
		}
	}
	for name, chosen := range map[string]bool{"semua": s.All, "sunyi": s.OnlySilent} {
		if chosen {
			query.Set(name, "ya")
		}
	}
	if page > 1 {
		query.Set("hal", strconv.Itoa(page))
	}
	if len(query) == 0 {
		return "/kelola/lembar"
	}
	return "/kelola/lembar?" + query.Encode()
}

// Sorted is the address of the list in an order.
func (s Sheets) Sorted(by string) string { return s.at(by, 1) }

// Previous and Next are the addresses of the pages beside this one, empty for none.
func (s Sheets) Previous() string {
	if s.Page == 1 {
		return ""
	}
	return s.at(s.Sort, s.Page-1)
}

// Next is the address of the page after this one, empty for none.
func (s Sheets) Next() string {
	if s.Page == s.Pages {
		return ""
	}
	return s.at(s.Sort, s.Page+1)
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
	Short   string // address to type
	Zone    survey.Zone
	History []SheetChange
	Moves   []*Move
	Base0   int    // revision that a change is made from
	Changes string // address of its changes, field by field
	Printed string // address of the audit, searched for the sheet

	SilentAfter int64
	Why         string
	Problem     string
	Conflict    bool
}

// SheetChange is a line of a sheet's history.
type SheetChange struct {
	At     time.Time
	Author string
	What   string
	Reason string
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

// Words says how the names on the poster are set so that all of them can be read: the more letters, the smaller. Where there are
// many, other words give way, first a list of services, which the survey asks for anyhow; the only one of a sheet always stays.
func (p Poster) Words() string {
	n, class := 2*utf8.RuneCountInString(p.Counter)+utf8.RuneCountInString(p.Unit), ""
	for _, step := range []struct {
		over int
		name string
	}{{120, " wordy"}, {220, " wordier"}, {300, " wordiest"}} {
		if n > step.over {
			class += step.name
		}
	}
	return class
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
