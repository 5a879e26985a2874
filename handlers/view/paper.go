package view

import (
	"cmp"
	_ "embed"
	"html/template"
	"slices"
	"strconv"
	"strings"

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
	Unsur               int // questions on the paper
	Services            []string
	Rows                []PaperRow
	Closed              string
}

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

// Focus puts the cursor where work goes on: into the first field with a problem, else into the first paper that is empty.
func (p *PaperEntry) Focus() {
	if i := slices.IndexFunc(p.Rows, func(r PaperRow) bool { return len(r.Wrong) > 0 }); i >= 0 {
		p.Rows[i].Focus = p.Rows[i].Wrong[0]
		return
	}
	if i := slices.IndexFunc(p.Rows, func(r PaperRow) bool { return r.Paper == survey.Paper{} && !r.Stored }); i >= 0 {
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

var paperLabels = map[string]string{"service": "Layanan", "unsur": "Jawaban", "wait": "Menit menunggu", "comment": "Komentar"}

// DifferingPaper shows in which fields, and at which questions, the passes differ.
func DifferingPaper(state survey.PaperState) PaperDiffers {
	paper := PaperDiffers{Number: state.Number}
	for _, name := range state.Differs {
		d := PaperDiffer{Name: name, Label: paperLabels[name], First: *state.Typed[0].Field(name), Second: *state.Typed[1].Field(name)}
		if name == "unsur" && len(d.First) == len(d.Second) {
			var questions []string
			for i := range len(d.First) {
				if d.First[i] != d.Second[i] {
					questions = append(questions, strconv.Itoa(i+1))
				}
			}
			d.Where = "pertanyaan " + strings.Join(questions, ", ")
		}
		paper.Fields = append(paper.Fields, d)
	}
	return paper
}

// PaperPrint is the page that prints a batch, a sheet for each number.
type PaperPrint struct {
	Base
	BatchRow
	Back     string
	Style    template.CSS
	Numbers  []int
	Form     survey.Form
	Services []string
}

// NewPaperPrint makes the page.
func NewPaperPrint(base Base, office *survey.Office, row BatchRow, back string) PaperPrint {
	page := PaperPrint{Base: base, BatchRow: row, Back: back, Style: template.CSS(strings.ReplaceAll(paperStyle, "\n", "")), Form: office.Versions[row.Batch.Form]}
	for number := range row.Batch.Count {
		page.Numbers = append(page.Numbers, number+1)
	}
	if len(row.Batch.Services) > 1 {
		for _, code := range row.Batch.Services {
			page.Services = append(page.Services, survey.Name(office.Services, code))
		}
	}
	return page
}
