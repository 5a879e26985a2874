package survey

import (
	"fmt"
	"slices"
)

// Rollup is several months of one unit in one: the sums over all of them, which figures are computed from, and the size of
// each, which decides what may be shown of it. It is a tenth of the months' tallies, and as much work less to read.
type Rollup struct {
	Cells  []Cell   // in order
	Sums   []Counts // of each cell, over all months
	Months []MonthSize
}

// MonthSize says how many answers a month has, and whose.
type MonthSize struct {
	Cells   []CellSize // those with answers, in order
	Choices Choices    // of all together
	Least   int64      // answers to the unsur with the fewest, see Means.Least
}

// CellSize says how many answers a cell has in a month.
type CellSize struct {
	Place int // of the cell in the roll-up
	Size
}

// Size is a number of answers, by what they count for.
type Size struct{ People, Index, Officer, Waited int64 }

// Size returns how many answers the counts are of.
func (c *Counts) Size() Size { return Size{c.N, c.Index.N(), c.Officer.N(), c.Wait.N()} }

// Add adds other answers.
func (s *Size) Add(o Size) {
	s.People += o.People
	s.Index += o.Index
	s.Officer += o.Officer
	s.Waited += o.Waited
}

// RollUp adds up the tallies of the months of a period, all of one unit; some months may have none.
func RollUp(period Period, months []KeptTally) (*Rollup, error) {
	r, places := &Rollup{Months: make([]MonthSize, period.Length())}, map[Cell]int{}
	for _, month := range months {
		place := Month(month.Span).place() - period.First()
		if err := r.add(&r.Months[place], month.Body, places); err != nil {
			return nil, fmt.Errorf("%s %s: %w", month.Unit, month.Span, err)
		}
	}
	r.sort()
	return r, nil
}

func (r *Rollup) add(m *MonthSize, body []byte, places map[Cell]int) error {
	var means Means
	err := scanTally(body, func(cell Cell, counts *Counts) {
		place, ok := places[cell]
		if !ok {
			place = len(r.Cells)
			places[cell] = place
			r.Cells, r.Sums = append(r.Cells, cell), append(r.Sums, Counts{})
		}
		r.Sums[place].Add(counts)
		means.Add(counts.Index)
		m.Choices.Add(counts.Choices)
		if size := counts.Size(); size.People > 0 {
			m.Cells = append(m.Cells, CellSize{place, size})
		}
	})
	m.Least = means.Least(AllUnsur)
	return err
}

// sort brings the cells into order.
func (r *Rollup) sort() {
	order := make([]int, len(r.Cells)) // where from
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(x, y int) int { return r.Cells[x].compare(r.Cells[y]) })
	cells, sums, to := make([]Cell, len(order)), make([]Counts, len(order)), make([]int, len(order))
	for place, from := range order {
		cells[place], sums[place], to[from] = r.Cells[from], r.Sums[from], place
	}
	r.Cells, r.Sums = cells, sums
	for i := range r.Months {
		list := r.Months[i].Cells
		for j := range list {
			list[j].Place = to[list[j].Place]
		}
		slices.SortFunc(list, func(x, y CellSize) int { return x.Place - y.Place })
	}
}

// Encode writes the roll-up in a compact canonical form: of equal months it gives equal bytes.
func (r *Rollup) Encode() []byte {
	w := encoder{}
	w.int(int64(len(r.Cells)))
	for i, cell := range r.Cells {
		w.cell(cell)
		w.counts(&r.Sums[i])
	}
	w.int(int64(len(r.Months)))
	for i := range r.Months {
		w.month(&r.Months[i])
	}
	return w
}

func (w *encoder) month(m *MonthSize) {
	w.int(int64(len(m.Cells)))
	for _, c := range m.Cells {
		w.int(int64(c.Place))
		w.int(c.People)
		w.int(c.Index)
		w.int(c.Officer)
		w.int(c.Waited)
	}
	w.choices(m.Choices)
	w.int(m.Least)
}

// DecodeRollup reads what Encode wrote.
func DecodeRollup(body []byte) (*Rollup, error) {
	d, r := newDecoder(body), &Rollup{}
	n := d.len()
	r.Cells, r.Sums = make([]Cell, n), make([]Counts, n)
	for i := range n {
		r.Cells[i] = d.cell()
		d.counts(&r.Sums[i])
	}
	r.Months = make([]MonthSize, d.len())
	for i := range r.Months {
		d.month(&r.Months[i], n)
	}
	if err := d.end(); err != nil {
		return nil, fmt.Errorf("decode roll-up: %w", err)
	}
	return r, nil
}

func (r *decoder) month(m *MonthSize, cells int) {
	m.Cells = make([]CellSize, r.len())
	for i := range m.Cells {
		place := r.int()
		if place < 0 || place >= int64(cells) {
			r.broken, r.rest = true, nil
			return
		}
		m.Cells[i] = CellSize{int(place), Size{r.int(), r.int(), r.int(), r.int()}}
	}
	r.choices(&m.Choices)
	m.Least = r.int()
}
