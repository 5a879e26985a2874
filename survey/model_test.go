package survey_test

import (
	"math/bits"
	"testing"
)

// This file holds the algorithm of Tallier as a model small enough to try every order of events: records that are added one
// by one, two folders that scan record by record and may crash anywhere, a reader, and in between anything. It shows that no
// figure is ever wrong and that every state can still become right, and it catches the simpler algorithms that are not so.

const modelRecords = 4

// set is a set of records, one bit for each.
type set uint8

const allRecords = set(1<<modelRecords - 1)

func (s set) has(i uint8) bool { return s&(1<<i) != 0 }
func (s set) with(i uint8) set { return s | 1<<i }
func (s set) n() uint8         { return uint8(bits.OnesCount8(uint8(s))) }

// explored is what an exploration found.
type explored struct{ states, wrong, stuck int }

// explore visits every state that can be reached, or stops at the first wrong one. wrong says that a reader took a wrong
// figure for a complete one; converges says whether the right figure can still be reached.
func explore[S comparable](start S, next func(S, func(S)), wrong, converges func(S) bool) explored {
	seen := map[S]struct{}{start: {}}
	todo := []S{start} // first in, first out: the shortest way to a wrong figure is found first
	var found explored
	for len(todo) > 0 {
		state := todo[0]
		todo = todo[1:]
		found.states++
		if wrong(state) {
			found.wrong++
			return found
		}
		if !converges(state) {
			found.stuck++
		}
		next(state, func(s S) {
			if _, ok := seen[s]; !ok {
				seen[s] = struct{}{}
				todo = append(todo, s)
			}
		})
	}
	return found
}

// step is where a folder stands.
type step uint8

const (
	resting step = iota
	scanning
	inserting
	deleting
)

type modelFolder struct {
	step step
	at   uint8 // scanning: the record to look at
	seen set
	n    uint8 // claimed
}

type modelReader struct {
	step  uint8
	n     uint8
	tally set
	truth set // what was there when the records were counted
	count uint8
}

// world is a bucket: its records, its tallies under n, and who works on it.
type world struct {
	records set
	tallies [modelRecords + 1]set // by n; empty: none
	folders [2]modelFolder
	reader  modelReader
	wrong   bool
}

// mutant is a change of the algorithm that must be caught.
type mutant struct {
	stopsEarly  bool // the scan ends anywhere, and n is the number of records that there are
	claimsCount bool // the whole scan, but n is counted afterwards
	countFirst  bool // the reader counts the records before it fetches the tally
}

func (m mutant) next(w world, emit func(world)) {
	for i := range uint8(modelRecords) {
		if !w.records.has(i) {
			next := w
			next.records = w.records.with(i)
			emit(next)
		}
	}
	for f := range w.folders {
		m.fold(w, f, func(next world) {
			if next.folders[1].less(next.folders[0]) { // which of the two it is makes no difference
				next.folders[0], next.folders[1] = next.folders[1], next.folders[0]
			}
			emit(next)
		})
	}
	if _, tally := newest(w); tally != 0 || w.reader.step > 0 {
		m.read(w, emit)
	}
}

func (f modelFolder) less(g modelFolder) bool {
	a, b := [4]uint8{uint8(f.step), f.at, uint8(f.seen), f.n}, [4]uint8{uint8(g.step), g.at, uint8(g.seen), g.n}
	for i := range a {
		if a[i] != b[i] {
			return a[i] < b[i]
		}
	}
	return false
}

// fold takes one step of a folder, or crashes it.
func (m mutant) fold(w world, which int, emit func(world)) {
	f := w.folders[which]
	to := func(w world, f modelFolder) {
		w.folders[which] = f
		emit(w)
	}
	if f.step != resting {
		to(w, modelFolder{}) // a crash
	}
	switch f.step {
	case resting:
		to(w, modelFolder{step: scanning})
	case scanning:
		if f.at == modelRecords || m.stopsEarly {
			n := f.seen.n()
			if m.stopsEarly || m.claimsCount {
				n = w.records.n()
			}
			if n > 0 {
				to(w, modelFolder{step: inserting, seen: f.seen, n: n})
			} else {
				to(w, modelFolder{})
			}
		}
		if f.at < modelRecords {
			if w.records.has(f.at) {
				f.seen = f.seen.with(f.at)
			}
			f.at++
			to(w, f)
		}
	case inserting:
		if w.tallies[f.n] == 0 {
			w.tallies[f.n] = f.seen
		}
		to(w, modelFolder{step: deleting, n: f.n})
	case deleting:
		for n := range f.n {
			if w.tallies[n] != 0 {
				w.tallies[n] = 0
				to(w, f)
				return
			}
		}
		to(w, modelFolder{})
	}
}

// read takes one step of the reader: the tally with the largest n, then the number of records.
func (m mutant) read(w world, emit func(world)) {
	first := w.reader.step == 0
	if first == m.countFirst {
		w.reader.truth, w.reader.count = w.records, w.records.n()
	} else {
		w.reader.n, w.reader.tally = newest(w)
	}
	w.reader.step++
	if !first {
		r := w.reader
		w.wrong = r.n == r.count && r.tally != r.truth
		w.reader = modelReader{}
	}
	emit(w)
}

func newest(w world) (n uint8, tally set) {
	for i, t := range w.tallies {
		if t != 0 {
			n, tally = uint8(i), t
		}
	}
	return n, tally
}

// converges says whether the bucket becomes complete when all records are in and the folders go on, with and without a crash
// before that.
func (m mutant) converges(w world) bool {
	if w.reader.step > 0 {
		return true // a reader changes nothing; its state without one is looked at too
	}
	w.records = allRecords
	crashed := w
	crashed.folders = [2]modelFolder{}
	for _, w := range []world{w, crashed} {
		for range 2 { // what runs now to its end, and one fold more
			for which := range w.folders {
				w = m.finish(w, which)
			}
		}
		if n, tally := newest(w); n != modelRecords || tally != allRecords {
			return false
		}
	}
	return true
}

func (m mutant) finish(w world, which int) world {
	m.stopsEarly = false
	for begun := false; !begun || w.folders[which].step != resting; begun = true {
		var last world
		m.fold(w, which, func(next world) { last = next }) // the last one emitted is not the crash
		w = last
	}
	return w
}

func (m mutant) explore() explored {
	return explore(world{}, m.next, func(w world) bool { return w.wrong }, m.converges)
}

func TestModelOfTheFold(t *testing.T) {
	if testing.Short() {
		t.Skip("several hundred thousand states")
	}
	t.Parallel()
	found := mutant{}.explore()
	if found.wrong > 0 || found.stuck > 0 || found.states < 100_000 {
		t.Errorf("%d states, %d wrong, %d that cannot become right; want over 100,000 and none of them", found.states, found.wrong, found.stuck)
	}
}

func TestModelCatchesMutants(t *testing.T) {
	if testing.Short() {
		t.Skip("many states")
	}
	t.Parallel()
	for name, m := range map[string]mutant{
		"a fold that stops early":           {stopsEarly: true},
		"a fold that counts after its scan": {claimsCount: true},
		"a reader that counts first":        {countFirst: true},
	} {
		if found := m.explore(); found.wrong == 0 {
			t.Errorf("%s passes in %d states", name, found.states)
		}
	}
}

// replacing is the algorithm with one tally that is overwritten, and a mark, set with each insert, that it is behind.
type replacing struct {
	records, tally set
	dirty          bool
	folders        [2]modelFolder
}

func (w replacing) next(emit func(replacing)) {
	for i := range uint8(modelRecords) {
		if !w.records.has(i) {
			next := w
			next.records, next.dirty = w.records.with(i), true
			emit(next)
		}
	}
	for which, f := range w.folders {
		next := w
		switch {
		case f.step == resting && w.dirty:
			next.dirty = false
			f.step = scanning
		case f.step == scanning && f.at < modelRecords:
			if w.records.has(f.at) {
				f.seen = f.seen.with(f.at)
			}
			f.at++
		case f.step == scanning:
			next.tally = f.seen
			f = modelFolder{}
		default:
			continue
		}
		next.folders[which] = f
		emit(next)
	}
}

// counting is the algorithm that adds each record to the tally after it was stored; whoever crashes in between sends again.
type counting struct {
	records set
	sums    [modelRecords]uint8 // how often each record is in the tally
	owed    set
}

func (w counting) next(emit func(counting)) {
	for i := range uint8(modelRecords) {
		switch {
		case !w.records.has(i):
			next := w
			next.records, next.owed = w.records.with(i), w.owed.with(i)
			emit(next)
		case w.owed.has(i) && w.sums[i] < 2:
			next := w
			next.sums[i]++
			emit(next) // a crash before the answer: the visitor sends again
			next.owed &^= 1 << i
			emit(next)
			next = w
			next.owed &^= 1 << i
			emit(next) // a crash before the tally was touched, and the visitor gone
		}
	}
}

func (w counting) wrong() bool {
	var n uint8
	exact := true
	for i, times := range w.sums {
		n += times
		exact = exact && (times == 1) == w.records.has(uint8(i))
	}
	return w.owed == 0 && n == w.records.n() && !exact
}

func TestModelCatchesOtherAlgorithms(t *testing.T) {
	t.Parallel()
	settledWrong := func(w replacing) bool {
		return !w.dirty && w.folders == [2]modelFolder{} && w.tally != w.records
	}
	if found := explore(replacing{}, replacing.next, settledWrong, func(replacing) bool { return true }); found.wrong == 0 {
		t.Error("blind replacement with a mark passes")
	}
	if found := explore(counting{}, counting.next, counting.wrong, func(counting) bool { return true }); found.wrong == 0 {
		t.Error("adding to the tally after the insert passes")
	}
}
