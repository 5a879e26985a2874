package view

import (
	"net/url"
	"slices"
	"strings"
	"time"

	"kesan/scoring"
	"kesan/survey"
)

// CycleHead is what pages about a cycle say of it.
type CycleHead struct {
	scoring.CycleHead
	Label  string // "Triwulan IV 2026"
	State  string // in words
	Digest string // of a locked cycle
}

// Path returns the address of the cycle's page.
func (h CycleHead) Path() string { return "/dasbor/siklus/" + h.ID }

// Locked says whether the cycle's figures are frozen.
func (h CycleHead) Locked() bool { return h.CycleHead.State == survey.CycleLocked }

// Cycles is the list of cycles.
type Cycles struct {
	Base
	Cycles []CycleLine
	Open   *CycleOpening // nil: not theirs to do
}

// CycleLine is a cycle of the list.
type CycleLine struct {
	CycleHead
	Units, Officers scoring.Coverage
}

// CycleOpening offers the periods for which a cycle can be opened.
type CycleOpening struct {
	Groups  []PeriodGroup
	Problem string
	Chosen  string
	CSRF    string
}

// PeriodGroup holds the periods of one kind.
type PeriodGroup struct {
	Label   string
	Periods []survey.Period
}

// Cycle is the table of one cycle.
type Cycle struct {
	Base
	Head     CycleHead
	AsOf     time.Time
	Zone     survey.Zone
	Units    scoring.Coverage
	Officers scoring.Coverage
	Gaps     []Gap
	Next     *CycleNext // the step that comes next; nil: none, or not theirs to do

	Filter  CycleFilter
	Rows    []CycleRow
	Total   int64 // rows that the filter lets through, on all pages
	First   int64 // number of the first row shown, from 1
	Pages   []PageLink
	Exports string // query of the files, with the question mark, or empty
}

// Last returns the number of the last row shown.
func (c Cycle) Last() int64 { return c.First + int64(len(c.Rows)) - 1 }

// CycleNext is a link to the next step of a cycle.
type CycleNext struct{ Label, Path string }

// Gap is one thing that a cycle's figures lack.
type Gap struct {
	Title string
	About string
	Items []GapItem
}

// GapItem is one unit, counter or officer that lacks it.
type GapItem struct {
	Name, Code string
	Path       string // its rows in the table; empty: it has none
}

// CycleFilter is what was chosen above the table.
type CycleFilter struct {
	Search     string
	Units      []Choice
	Levels     []Choice
	Indicators []Choice
	Statuses   []Choice
	Orders     []Choice
	Active     bool // something is chosen
}

// Chosen says on paper what the fields say on a screen; empty: nothing is chosen.
func (f CycleFilter) Chosen() string {
	var list []string
	if f.Search != "" {
		list = append(list, `"`+f.Search+`"`)
	}
	for _, choice := range slices.Concat(f.Units, f.Levels, f.Indicators, f.Statuses) {
		if choice.Chosen {
			list = append(list, choice.Name())
		}
	}
	return strings.Join(list, ", ")
}

// CycleRow is a row of the table.
type CycleRow struct {
	scoring.Row
	Name      string // of the officer, or of the unit
	Code      string // NIP or unit code
	UnitName  string // of an officer's row
	Indicator string // label
	StatusIs  string // in words
	Decimals  int
	Measure   string // "menit" or "%"; empty for an index
	Evidence  string // address of the officer's evidence page
	Again     bool   // of the same unit or officer as the row above, whose name paper need not repeat
}

// Figure writes a figure of the row as its indicator is read: 83,31 but 12 menit and 104,14 %.
func (r CycleRow) Figure(value scoring.Hundredths) string {
	text := Figure(value, r.Decimals)
	if r.Measure != "" {
		text += "\u00a0" + r.Measure
	}
	return text
}

// Figure writes a figure with no decimals where its kind has none.
func Figure(value scoring.Hundredths, decimals int) string {
	text := value.String()
	if decimals == 0 && value%100 == 0 {
		return text[:len(text)-3]
	}
	return text
}

// PageLink is one page of a long table.
type PageLink struct {
	Label   string
	Path    string
	Current bool
}

// CycleStep asks whether a cycle should really be brought on.
type CycleStep struct {
	Base
	Head  CycleHead
	Gaps  []Gap
	Units scoring.Coverage
	Staff scoring.Coverage
	Lock  bool // the step freezes the figures
	Early bool // the cycle has not ended everywhere
	Form  Form
}

// PageQuery returns the address of a page of a table.
func PageQuery(path string, query url.Values) string {
	if len(query) == 0 {
		return path
	}
	return path + "?" + query.Encode()
}
