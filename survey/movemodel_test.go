package survey_test

import "testing"

// This file holds the algorithm of Mover as a model, as model_test.go does for the fold: one answer, two movers who want it
// at different counters and may crash anywhere, each taking up what is stored. The answer must never count twice, and it
// must always be possible that it counts once.

// place is a place where the answer may count; noPlace that no verdict names one yet.
type place uint8

const (
	noPlace place = iota
	atOne
	atTwo
)

type moverStep uint8

const (
	reading moverStep = iota
	deciding
	bringing
	finished
)

type modelMover struct {
	step   moverStep
	toward place // whither this mover brings the answer
}

// moving is an answer, the verdicts on it and its arrivals.
type moving struct {
	verdicts [2]place // by the place that verdicts have; only a mutant uses the second
	arrived  [3]bool  // by place
	movers   [2]modelMover
}

func (w moving) left() bool { return w.verdicts != [2]place{} }

func (w moving) counted() int {
	n := 0
	if !w.left() {
		n++
	}
	for _, there := range w.arrived {
		if there {
			n++
		}
	}
	return n
}

// moveMutant is a change of the algorithm that must be caught.
type moveMutant struct {
	ownPlaces   bool // each mover's verdict has a place of its own
	bringsFirst bool // the answer arrives before the verdict is stored
	ignores     bool // whoever loses the place of the verdict brings the answer all the same
	forgets     bool // nobody takes up a move that was cut off
}

func (m moveMutant) next(w moving, emit func(moving)) {
	for i := range w.movers {
		m.step(w, i, emit)
		if s := w.movers[i].step; s != finished && s != reading {
			crashed := w
			crashed.movers[i] = modelMover{}
			if m.forgets {
				crashed.movers[i].step = finished
			}
			emit(crashed)
		}
	}
}

func (m moveMutant) step(w moving, i int, emit func(moving)) {
	mover, mine := &w.movers[i], place(i+1)
	slot := 0
	if m.ownPlaces {
		slot = i
	}
	switch mover.step {
	case reading:
		mover.toward, mover.step = mine, deciding
		if kept := w.verdicts[slot]; kept != noPlace {
			mover.toward = kept
		}
		if m.bringsFirst {
			mover.step = bringing
		}
	case deciding:
		mover.step = bringing
		if w.verdicts[slot] == noPlace {
			w.verdicts[slot] = mover.toward
		} else if w.verdicts[slot] != mover.toward && !m.ignores {
			mover.step = finished
		}
		if m.bringsFirst {
			mover.step = finished
		}
	case bringing:
		w.arrived[mover.toward] = true
		mover.step = finished
		if m.bringsFirst {
			mover.step = deciding
		}
	case finished:
		return
	}
	emit(w)
}

// converges says whether the answer counts once when every mover goes on to its end.
func (m moveMutant) converges(w moving) bool {
	for i := range w.movers {
		for w.movers[i].step != finished {
			m.step(w, i, func(next moving) { w = next })
		}
	}
	return w.counted() == 1
}

func (m moveMutant) explore() explored {
	return explore(moving{}, m.next, func(w moving) bool { return w.counted() > 1 }, m.converges)
}

func TestModelOfTheMove(t *testing.T) {
	t.Parallel()
	if found := (moveMutant{}).explore(); found.wrong > 0 || found.stuck > 0 || found.states < 20 {
		t.Errorf("%d states, %d wrong, %d that cannot become right; want over 20 and none of them", found.states, found.wrong, found.stuck)
	}
}

func TestModelCatchesMovers(t *testing.T) {
	t.Parallel()
	for name, m := range map[string]moveMutant{
		"a verdict for each mover":      {ownPlaces: true},
		"the answer before the verdict": {bringsFirst: true},
		"a loser who brings it too":     {ignores: true},
		"a move that nobody takes up":   {forgets: true},
	} {
		if found := m.explore(); found.wrong == 0 && found.stuck == 0 {
			t.Errorf("%s passes in %d states", name, found.states)
		}
	}
}
