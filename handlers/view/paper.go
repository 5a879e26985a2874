package view

import (
	"cmp"
	_ "embed"
	"html/template"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"kesan/survey"
)

//go:embed paper.css
var paperStyle string

// BatchRow is a batch of paper forms with the names that people know it by.
type BatchRow struct {
	Batch   survey.Batch
	Counter string
	Unit    string
}

// Compare orders batches: the latest day first.
func (r BatchRow) Compare(o BatchRow) int {
	return cmp.Or(cmp.Compare(o.Batch.Day, r.Batch.Day), cmp.Compare(r.Counter, o.Counter), cmp.Compare(r.Batch.ID, o.Batch.ID))
}

// Batches is the list of batches, and the form for a new one.
type Batches struct {
	Base
	Batches []BatchRow
	Form    Form
}

// BatchPage says how far a batch has come.
type BatchPage struct {
	Base
	BatchRow
	Closed string // why nothing can be entered now

	Typed                   [survey.PaperPasses]int64
	Agreed, Differs, Stored int64
}

// Count counts one paper in.
func (p *BatchPage) Count(state survey.PaperState) {
	for pass, typed := range state.Typed {
		if typed != (survey.Paper{}) || state.Stored {
			p.Typed[pass]++
		}
	}
	switch {
	case state.Stored:
		p.Stored++
	case state.Agreed():
		p.Agreed++
	case len(state.Differs) > 0:
		p.Differs++
	}
}

// PaperEntry is the page where a block of papers is typed.
type PaperEntry struct {
	Base
	BatchRow
	Pass, Block, Blocks int
	Unsur               int // questions about unsur on the paper
	Rest                int // and others after these
	Services            []string
	Rows                []PaperRow
	Closed              string
	Busy                bool // what was typed could not be kept
}

// Last is the number of the last question.
func (p PaperEntry) Last() int { return p.Unsur + p.Rest }

// PaperRow is one paper to type.
type PaperRow struct {
	Number   int
	Paper    survey.Paper
	Stored   bool
	Problems []string
	Wrong    []string // fields
	Focus    string   // the field where work goes on; empty: in another row
}

// Bad says whether a field of the row is wrong.
func (r PaperRow) Bad(field string) bool { return slices.Contains(r.Wrong, field) }

// Focus puts the cursor where work goes on: into the first field with a problem, else into the paper after the last that was
// typed, so that one that is missing need not be passed over each time.
func (p *PaperEntry) Focus() {
	if i := slices.IndexFunc(p.Rows, func(r PaperRow) bool { return len(r.Wrong) > 0 }); i >= 0 {
		p.Rows[i].Focus = p.Rows[i].Wrong[0]
		return
	}
	i := len(p.Rows)
	for i > 0 && p.Rows[i-1].Paper == (survey.Paper{}) && !p.Rows[i-1].Stored {
		i--
	}
	if i < len(p.Rows) {
		p.Rows[i].Focus = "unsur"
		if len(p.Services) > 1 {
			p.Rows[i].Focus = "service"
		}
	}
}

// PaperCompare is the page where the two passes are compared.
type PaperCompare struct {
	BatchPage
	Differing []PaperDiffers
}

// PaperDiffers is a paper that the two passes read differently.
type PaperDiffers struct {
	Number int
	Fields []PaperDiffer
}

// PaperDiffer is one field of it, as each pass read it.
type PaperDiffer struct {
	Name, Label   string
	First, Second string
	Where         string // which of several digits differ
}

var paperLabels = map[string]string{"service": "Layanan", "unsur": "Jawaban", "rest": "Jawaban sesudah unsur", "wait": "Menit menunggu", "comment": "Komentar"}

// DifferingPaper shows in which fields, and at which questions, the passes differ.
func DifferingPaper(state survey.PaperState) PaperDiffers {
	paper := PaperDiffers{Number: state.Number}
	for _, name := range state.Differs {
		d := PaperDiffer{Name: name, Label: paperLabels[name], First: *state.Typed[0].Field(name), Second: *state.Typed[1].Field(name)}
		switch first := len(state.Typed[0].Unsur); name {
		case "unsur":
			d.Where = unlike(d, 1)
		case "rest":
			d.Where = unlike(d, first+1)
		}
		paper.Fields = append(paper.Fields, d)
	}
	return paper
}

// unlike names the questions, counted from the first, whose marks differ; none where one pass has other marks in number.
func unlike(d PaperDiffer, first int) string {
	if len(d.First) != len(d.Second) {
		return ""
	}
	var questions []string
	for i := range len(d.First) {
		if d.First[i] != d.Second[i] {
			questions = append(questions, strconv.Itoa(first+i))
		}
	}
	return "pertanyaan " + strings.Join(questions, ", ")
}

// PaperPrint is the page that prints a batch, a sheet for each number.
type PaperPrint struct {
	Base
	BatchRow
	Back     string
	Style    template.CSS
	Numbers  []int
	Unsur    []PaperQuestion
	Extra    []PaperQuestion
	Profile  []PaperQuestion
	Services []string // to choose from
	Write    bool     // there are too many to print; people write which one it was
}

// PaperQuestion is a question with its number on the paper.
type PaperQuestion struct {
	N int
	survey.Question
}

// roomForServices is how many characters of services fit on a paper beside the questions.
const roomForServices = 600

// NewPaperPrint makes the page.
func NewPaperPrint(base Base, office *survey.Office, row BatchRow, back string) PaperPrint {
	page := PaperPrint{Base: base, BatchRow: row, Back: back, Style: template.CSS(strings.ReplaceAll(paperStyle, "\n", ""))}
	form, number := office.Versions[row.Batch.Form], 0
	for _, part := range []struct {
		from []survey.Question
		to   *[]PaperQuestion
	}{{form.Unsur, &page.Unsur}, {form.Extra, &page.Extra}, {form.Profile, &page.Profile}} {
		for _, question := range part.from {
			number++
			*part.to = append(*part.to, PaperQuestion{number, question})
		}
	}
	for number := range row.Batch.Count {
		page.Numbers = append(page.Numbers, number+1)
	}
	room := roomForServices
	if len(row.Batch.Services) > 1 {
		for _, code := range row.Batch.Services {
			name := survey.Name(office.Services, code)
			page.Services, room = append(page.Services, name), room-utf8.RuneCountInString(name)
		}
	}
	if room < 0 {
		page.Services, page.Write = nil, true
	}
	return page
}
