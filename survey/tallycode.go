package survey

import (
	"cmp"
	"encoding/binary"
	"errors"
	"fmt"
	"maps"
	"slices"
)

// Encode writes the tally in a compact canonical form: equal tallies are equal bytes, whatever the order in which they were
// made. A region reads hundreds of thousands of cells for one page, which rules out a self-describing format.
func (t Tally) Encode() []byte {
	w := encoder{}
	w.int(int64(len(t)))
	for _, cell := range t.Cells() {
		w.cell(cell)
		w.counts(t[cell])
	}
	return w
}

type encoder []byte

func (w *encoder) int(n int64) { *w = binary.AppendVarint(*w, n) }

func (w *encoder) text(s string) {
	*w = binary.AppendUvarint(*w, uint64(len(s)))
	*w = append(*w, s...)
}

func (w *encoder) cell(c Cell) {
	w.text(c.Service)
	w.text(c.Counter)
	w.text(c.Officer)
	w.text(string(c.Channel))
	w.int(int64(c.Trust))
	w.text(string(c.Form))
	w.int(int64(mark(c.Short)))
}

func (w *encoder) means(m Means) {
	w.moments(m.Full)
	w.int(int64(len(m.Short)))
	for _, set := range slices.Sorted(maps.Keys(m.Short)) {
		w.int(int64(set))
		w.moments(m.Short[set])
	}
}

func (w *encoder) moments(m Moments) {
	w.int(m.N)
	w.int(m.Sum)
	w.int(m.SumSq)
}

func (w *encoder) counts(c *Counts) {
	w.int(c.N)
	for _, values := range c.Unsur {
		for _, n := range values {
			w.int(n)
		}
	}
	w.means(c.Index)
	w.means(c.Officer)
	w.int(c.Left)
	w.waits(c.Wait)
	w.choices(c.Choices)
	w.int(int64(len(c.LeftOut)))
	for _, l := range slices.SortedFunc(maps.Keys(c.LeftOut), compareLeftOut) {
		w.text(string(l.Decision))
		w.text(string(l.Rule))
		w.int(c.LeftOut[l])
	}
}

// waits writes the minutes that somebody waited, in order.
func (w *encoder) waits(m Waits) {
	known := int64(0)
	for _, n := range m {
		if n != 0 {
			known++
		}
	}
	w.int(known)
	for minute, n := range m {
		if n != 0 {
			w.int(int64(minute))
			w.int(n)
		}
	}
}

func (w *encoder) choices(list Choices) {
	w.int(int64(len(list)))
	for _, c := range list {
		w.text(c.Question.Form)
		w.text(c.Question.Key)
		w.text(c.Option)
		w.int(c.N)
	}
}

func compareLeftOut(a, b LeftOut) int {
	return cmp.Or(cmp.Compare(a.Decision, b.Decision), cmp.Compare(a.Rule, b.Rule))
}

// DecodeTally reads what Encode wrote.
func DecodeTally(body []byte) (Tally, error) {
	tally := Tally{}
	err := readTally(body, func(r *decoder, cell Cell) {
		counts := &Counts{}
		r.counts(counts)
		tally[cell] = counts
	})
	if err != nil {
		return nil, err
	}
	return tally, nil
}

// scanTally yields the cells of an encoded tally in order, without building one: a region has hundreds of thousands of cells
// to add up for one page. The counts, their maps too, are overwritten by the next cell; who keeps them must add them up.
func scanTally(body []byte, yield func(Cell, *Counts)) error {
	var counts Counts
	return readTally(body, func(r *decoder, cell Cell) {
		r.counts(&counts)
		if !r.broken {
			yield(cell, &counts)
		}
	})
}

func readTally(body []byte, each func(*decoder, Cell)) error {
	r := newDecoder(body)
	for range r.len() {
		cell := r.cell()
		each(r, cell)
		if r.broken {
			break
		}
	}
	if err := r.end(); err != nil {
		return fmt.Errorf("decode tally: %w", err)
	}
	return nil
}

var errBrokenTally = errors.New("bytes are cut or damaged; rebuild the tallies")

type decoder struct {
	rest   []byte
	names  map[string]string // the same few codes occur in every cell: keep one copy of each
	broken bool
}

func newDecoder(body []byte) *decoder { return &decoder{rest: body, names: map[string]string{}} }

// end says whether everything was read, and nothing was damaged.
func (r *decoder) end() error {
	if r.broken || len(r.rest) > 0 {
		return errBrokenTally
	}
	return nil
}

func (r *decoder) int() int64 {
	n, size := binary.Varint(r.rest)
	if size <= 0 {
		r.broken, r.rest = true, nil
		return 0
	}
	r.rest = r.rest[size:]
	return n
}

// len reads a count of things that each take at least one byte, so damaged bytes cannot ask for more than there is.
func (r *decoder) len() int {
	n := r.int()
	if n < 0 || n > int64(len(r.rest)) {
		r.broken, r.rest = true, nil
		return 0
	}
	return int(n)
}

func (r *decoder) text() string {
	n, size := binary.Uvarint(r.rest)
	if size <= 0 || n > uint64(len(r.rest)-size) {
		r.broken, r.rest = true, nil
		return ""
	}
	raw := r.rest[size : size+int(n)]
	r.rest = r.rest[size+int(n):]
	name, ok := r.names[string(raw)]
	if !ok {
		name = string(raw)
		r.names[name] = name
	}
	return name
}

func (r *decoder) cell() Cell {
	return Cell{Service: r.text(), Counter: r.text(), Officer: r.text(), Channel: Channel(r.text()), Trust: Trust(r.int()),
		Form: FormRef(r.text()), Short: r.int() != 0}
}

// means reads into m, whose map is used again.
func (r *decoder) means(m *Means) {
	m.Full = r.moments()
	readMap(r, &m.Short, func() UnsurSet { return UnsurSet(r.int()) }, r.moments)
}

func (r *decoder) moments() Moments { return Moments{N: r.int(), Sum: r.int(), SumSq: r.int()} }

// counts reads into c, whose maps and slices are used again.
func (r *decoder) counts(c *Counts) {
	c.N = r.int()
	for u := range c.Unsur {
		for v := range c.Unsur[u] {
			c.Unsur[u][v] = r.int()
		}
	}
	r.means(&c.Index)
	r.means(&c.Officer)
	c.Left = r.int()
	r.waits(&c.Wait)
	r.choices(&c.Choices)
	readMap(r, &c.LeftOut, func() LeftOut { return LeftOut{Decision(r.text()), Rule(r.text())} }, r.int)
}

func (r *decoder) waits(m *Waits) {
	*m = (*m)[:0]
	for range r.len() {
		minute, n := r.int(), r.int()
		if minute < 0 || minute > MaxWait {
			r.broken, r.rest = true, nil
			return
		}
		m.count(int(minute), n)
	}
}

func (r *decoder) choices(c *Choices) {
	*c = (*c)[:0]
	for range r.len() {
		next := ChoiceCount{Choice{QuestionRef{r.text(), r.text()}, r.text()}, r.int()}
		if last := len(*c) - 1; last >= 0 && (*c)[last].Compare(next.Choice) >= 0 {
			r.broken, r.rest = true, nil // Encode writes each once and in order
			return
		}
		*c = append(*c, next)
	}
}

func readMap[K comparable, V any](r *decoder, m *map[K]V, key func() K, value func() V) {
	clear(*m)
	n := r.len()
	if n > 0 && *m == nil {
		*m = make(map[K]V, n)
	}
	for range n {
		k := key()
		(*m)[k] = value()
	}
}
