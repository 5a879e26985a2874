package survey

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
)

// FoldVersion is the version of the rules by which records become tallies. A change of these rules must raise it, so that
// old tallies are no longer read and new ones are made.
const FoldVersion = 3

// MeanScale turns the mean of up to nine values of 1 to 4 into an exact integer: 2520 is divisible by 1 to 9.
const MeanScale = 2520

// Cell says for what a count was made. Every dimension by which figures are given is one of its fields.
type Cell struct {
	Service string
	Counter string
	Officer string // empty: the unit's alone
	Channel Channel
	Trust   Trust
	Form    FormRef
	Short   bool // the short form was asked
}

func (c Cell) compare(d Cell) int {
	return cmp.Or(cmp.Compare(c.Service, d.Service), cmp.Compare(c.Counter, d.Counter), cmp.Compare(c.Officer, d.Officer),
		cmp.Compare(c.Channel, d.Channel), cmp.Compare(c.Trust, d.Trust), cmp.Compare(c.Form, d.Form),
		cmp.Compare(mark(c.Short), mark(d.Short)))
}

// mark is 1 for true.
func mark(b bool) int {
	if b {
		return 1
	}
	return 0
}

// Moments are the count, sum and sum of squares of whole numbers: enough for a mean and a standard deviation.
type Moments struct{ N, Sum, SumSq int64 }

func (m *Moments) observe(value int64) {
	m.N++
	m.Sum += value
	m.SumSq += value * value
}

// Add adds the moments of other answers.
func (m *Moments) Add(o Moments) {
	m.N += o.N
	m.Sum += o.Sum
	m.SumSq += o.SumSq
}

// LeftOut is one way in which answers were kept out of the figures.
type LeftOut struct {
	Decision Decision
	Rule     Rule
}

// Counts are the integer sums of a set of answers. Adding two gives the counts of the union, in any order.
type Counts struct {
	N       int64                // answers counted
	Unsur   [UnsurCount][4]int64 // how many chose 1..4, by the order of UnsurList
	Index   Means                // over all unsur answered
	Officer Means                // over the officer's unsur
	Wait    Waits                // how long they waited
	Left    int64                // left without being served
	Choices Choices              // who answered, and what to extra questions
	LeftOut map[LeftOut]int64    // answers that are not in the counts above, by decision and rule
}

// Add adds the counts of other answers.
func (c *Counts) Add(o *Counts) {
	c.N += o.N
	for u := range c.Unsur {
		for v := range c.Unsur[u] {
			c.Unsur[u][v] += o.Unsur[u][v]
		}
	}
	c.Index.Add(o.Index)
	c.Officer.Add(o.Officer)
	c.Left += o.Left
	c.Wait.Add(o.Wait)
	c.Choices.Add(o.Choices)
	addTo(&c.LeftOut, o.LeftOut)
}

func addTo[K comparable](sum *map[K]int64, more map[K]int64) {
	if *sum == nil && len(more) > 0 {
		*sum = make(map[K]int64, len(more))
	}
	for key, n := range more {
		(*sum)[key] += n
	}
}

func count[K comparable](sum *map[K]int64, key K) {
	if *sum == nil {
		*sum = map[K]int64{}
	}
	(*sum)[key]++
}

// Observe counts one answer of a cell.
func (c *Counts) Observe(a Answers, of Cell) {
	c.N++
	var all, officer own
	for u, name := range UnsurList {
		value, ok := a.Unsur[name]
		if !ok || value < 1 || value > 4 {
			continue
		}
		c.Unsur[u][value-1]++
		all.add(u, value)
		if name.OfOfficer() {
			officer.add(u, value)
		}
	}
	c.Index.observe(all, of.Short)
	c.Officer.observe(officer, of.Short)
	if a.Wait != nil && *a.Wait >= 0 && *a.Wait <= MaxWait {
		c.Wait.count(*a.Wait, 1)
	}
	if a.Left {
		c.Left++
	}
	for key, option := range a.Profile {
		c.choose(QuestionRef{Key: key}, option)
	}
	for key, value := range a.Extra {
		c.choose(QuestionRef{of.Form.ID(), key}, strconv.Itoa(value))
	}
}

func (c *Counts) choose(question QuestionRef, option string) {
	c.Choices.Add(Choices{{Choice{question, option}, 1}})
}

// Tally holds the counts of a set of records by cell. It is derived: folding the same records always gives the same tally.
type Tally map[Cell]*Counts

// Cell returns the counts of a cell, making them when there are none.
func (t Tally) Cell(cell Cell) *Counts {
	counts := t[cell]
	if counts == nil {
		counts = &Counts{}
		t[cell] = counts
	}
	return counts
}

// Add adds the tally of other records.
func (t Tally) Add(o Tally) {
	for cell, counts := range o {
		t.Cell(cell).Add(counts)
	}
}

// Cells returns the cells in order.
func (t Tally) Cells() []Cell {
	cells := make([]Cell, 0, len(t))
	for cell := range t {
		cells = append(cells, cell)
	}
	slices.SortFunc(cells, Cell.compare)
	return cells
}

func cellOf(a Attribution, service string) Cell {
	return Cell{Service: service, Counter: a.Counter, Officer: a.Officer, Channel: a.Channel, Trust: a.Trust, Form: a.Form, Short: a.Short}
}

// folder turns the records of one bucket into its tally. Records may come in any order, and a scan that yields one twice
// counts it once.
type folder struct {
	seen      map[RecordID]struct{}
	responses map[RecordID]Response
	latest    map[RecordID]Verdict
	moved     map[RecordID]Verdict
	refused   []Verdict
}

func newFolder() *folder {
	return &folder{seen: map[RecordID]struct{}{}, responses: map[RecordID]Response{}, latest: map[RecordID]Verdict{},
		moved: map[RecordID]Verdict{}}
}

func (f *folder) add(record Record) error {
	if _, again := f.seen[record.ID]; again {
		return nil
	}
	f.seen[record.ID] = struct{}{}
	switch record.Kind {
	case KindResponse:
		response, err := DecodeResponse(record)
		if err != nil {
			return err
		}
		f.responses[record.ID] = response
	case KindVerdict:
		verdict, err := DecodeVerdict(record)
		if err != nil {
			return err
		}
		switch {
		case verdict.Decision == Refused:
			f.refused = append(f.refused, verdict)
		case verdict.Decision == Moved:
			f.moved[verdict.Response] = verdict
		case verdict.Seq > f.latest[verdict.Response].Seq:
			f.latest[verdict.Response] = verdict
		}
	default:
		return fmt.Errorf("record %x of %v is of unknown kind %q", record.ID, record.Bucket, record.Kind)
	}
	return nil
}

// standing returns the verdict that holds for a response; one without a decision says that nobody has judged it.
func (f *folder) standing(id RecordID) Verdict {
	if moved, ok := f.moved[id]; ok {
		return moved
	}
	return f.latest[id]
}

func (f *folder) tally() Tally {
	tally := Tally{}
	for id, response := range f.responses {
		cell := cellOf(response.Attribution, response.Service)
		counts := tally.Cell(cell)
		if verdict := f.standing(id); !verdict.Decision.Counts() {
			count(&counts.LeftOut, LeftOut{verdict.Decision, verdict.Rule})
			continue
		}
		counts.Observe(response.Answers, cell)
	}
	for _, verdict := range f.refused {
		if verdict.Of != nil {
			count(&tally.Cell(cellOf(*verdict.Of, "")).LeftOut, LeftOut{Refused, verdict.Rule})
		}
	}
	return tally
}
