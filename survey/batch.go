package survey

import (
	"crypto/sha256"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Batch is a bundel: paper forms that were printed together for one counter and one day, numbered from 1. It never changes.
type Batch struct {
	ID       string   `json:"id" validate:"required,len=8"` // see NewSheetID
	Counter  string   `json:"counter" validate:"required,max=40"`
	Services []string `json:"services,omitempty" validate:"max=40,dive,max=40,code"` // as numbered on the paper
	Form     FormRef  `json:"form" validate:"required,max=60"`
	Day      Day      `json:"day" validate:"required,datetime=2006-01-02"` // of the visits, local
	Count    int      `json:"count" validate:"min=1,max=200"`
}

// ObjectKey implements Object.
func (b Batch) ObjectKey() (Kind, string) { return KindBatch, b.ID }

// batchAhead is how many days before their day paper forms may be printed.
const batchAhead = 31

// CheckBatch says what is wrong with a new batch. locked says whether a day lies in a locked cycle.
func (o *Office) CheckBatch(batch Batch, now time.Time, locked func(*Office, Day) bool) Problems {
	problems := Validate(batch)
	counter, ok := o.Counters[batch.Counter]
	if batch.Counter != "" && (!ok || counter.Value.Closed || o.Units[counter.Value.Unit].Value.Closed) {
		problems.Add("counter", "paper.counter")
	}
	if _, wrong := problems.On("day"); wrong {
		return problems
	}
	switch {
	case locked(o, batch.Day):
		problems.Add("day", "paper.locked")
	case batch.Day > DayOf(now, o.Zone(counter.Value.Unit)).Add(batchAhead):
		problems.Add("day", "paper.ahead", batchAhead)
	}
	return problems
}

// BatchUnit returns the unit of a batch.
func (o *Office) BatchUnit(batch Batch) Unit {
	return o.Units[o.Counters[batch.Counter].Value.Unit].Value
}

// Paper is what somebody read from one sheet of paper, as typed. An empty one was not entered.
type Paper struct {
	Service string `json:"service,omitempty"` // its number on the paper
	Unsur   string `json:"unsur,omitempty"`   // a digit for each question, 0 where nothing is circled
	Rest    string `json:"rest,omitempty"`    // a mark for each of Form.Others, 0 where nothing is circled; empty: nothing is
	Wait    string `json:"wait,omitempty"`
	Comment string `json:"comment,omitempty"`
}

// PaperFields are the names of a paper's fields in the order of the page.
var PaperFields = [...]string{"service", "unsur", "rest", "wait", "comment"}

// Field returns the field with a name.
func (p *Paper) Field(name string) *string {
	switch name {
	case "service":
		return &p.Service
	case "unsur":
		return &p.Unsur
	case "rest":
		return &p.Rest
	case "wait":
		return &p.Wait
	}
	return &p.Comment
}

// paperMarks are what is circled for an answer, so that one key is enough for each of the twelve there may be.
const paperMarks = "123456789ABC"

// PaperMark is what stands on the paper beside an option; options count from 0.
func PaperMark(option int) string { return paperMarks[option : option+1] }

// Others are the questions that follow the nine unsur on the paper.
func (f Form) Others() []Question { return slices.Concat(f.Extra, f.Profile) }

// PaperAnswers reads what was typed of a paper of the batch. Questions without a circle are left out, but not all nine.
func (o *Office) PaperAnswers(batch Batch, paper Paper) (Answers, Problems) {
	form := o.Versions[batch.Form]
	typed := map[string]string{FieldWait: paper.Wait, FieldComment: paper.Comment}
	var problems Problems
	if len(paper.Unsur) != len(form.Unsur) || strings.Trim(paper.Unsur, "01234") != "" || strings.Trim(paper.Unsur, "0") == "" {
		problems.Add("unsur", "paper.unsur", len(form.Unsur))
		return Answers{}, problems
	}
	asked := form
	asked.Unsur = nil
	for i, question := range form.Unsur {
		if digit := paper.Unsur[i : i+1]; digit != "0" {
			typed[question.Key], asked.Unsur = digit, append(asked.Unsur, question)
		}
	}
	if others := form.Others(); !readMarks(paper.Rest, others, typed) {
		problems.Add("rest", "paper.rest", len(others), len(form.Unsur)+1, len(form.Unsur)+len(others))
	}
	services := o.batchServices(batch)
	if n, err := strconv.Atoi(paper.Service); err == nil && 0 < n && n <= len(services) {
		typed[FieldService] = services[n-1].Code
	} else if len(services) > 1 {
		problems.Add("service", "paper.service", len(services))
		services = nil
	}
	answers, wrong := asked.Accept(typed, services)
	names := map[string]string{FieldWait: "wait", FieldComment: "comment", FieldService: "service"}
	for _, p := range wrong {
		if p.Field = names[p.Field]; p.Field == "" {
			p.Field = "unsur"
		}
		problems = append(problems, p)
	}
	return answers, problems
}

// readMarks puts down which options were circled, and says whether there is a mark for each of the questions, or for none.
func readMarks(marks string, questions []Question, typed map[string]string) bool {
	if marks != "" && len(marks) != len(questions) {
		return false
	}
	for i := range len(marks) {
		switch option := strings.IndexByte(paperMarks, marks[i]); {
		case marks[i] == '0':
		case 0 <= option && option < len(questions[i].Options):
			typed[questions[i].Key] = questions[i].Options[option].Name()
		default:
			return false
		}
	}
	return true
}

func (o *Office) batchServices(batch Batch) []Service {
	var services []Service
	for _, code := range batch.Services {
		services = append(services, o.Services[code].Value)
	}
	return services
}

// SoleOfficer returns the officer who alone served at a counter on a day, or "": a paper tells no hour, and nobody is guessed.
func (o *Office) SoleOfficer(counter string, day Day) string {
	var officers []string
	for _, duty := range o.Roster(counter, day)[0].Duties {
		if !slices.Contains(officers, duty.Officer) {
			officers = append(officers, duty.Officer)
		}
	}
	if len(officers) != 1 {
		return ""
	}
	return officers[0]
}

// PaperID is the ID of the answer on a sheet of paper. It follows from the number printed on it, for ever, so that no paper
// counts twice however late somebody finds it again. Who holds the paper knows what it says, so nothing is lost by that.
func PaperID(batch string, number int) RecordID {
	sum := sha256.Sum256(fmt.Appendf(nil, "paper|%s|%d", batch, number))
	return RecordID(sum[:16])
}
