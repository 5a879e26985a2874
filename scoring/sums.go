package scoring

import (
	"kesan/survey"
)

// sums are the counts of one unit itself, in a month or a longer period, by everything that figures are given for. Who
// answered and what was left out is kept for the unit alone.
type sums struct {
	all      survey.Counts
	verified survey.Counts
	services map[string]*survey.Counts
	counters map[string]*survey.Counts
	officers map[staffKey]*survey.Counts
	atoms    map[atomKey]atomCount
}

// staffKey holds an officer's answers of one trust level apart, since the policy says which of them count.
type staffKey struct {
	officer string
	trust   survey.Trust
}

// atomKey names the smallest group of answers that figures tell apart.
type atomKey struct {
	service, counter, officer string
	trust                     survey.Trust
}

// atomCount is how many answers there are, by what they count for.
type atomCount struct{ index, officer int64 }

func newSums() *sums {
	return &sums{services: map[string]*survey.Counts{}, counters: map[string]*survey.Counts{}, officers: map[staffKey]*survey.Counts{},
		atoms: map[atomKey]atomCount{}}
}

// sumTally adds up a tally of one unit.
func sumTally(tally survey.Tally) *sums {
	s := newSums()
	for cell, counts := range tally {
		s.all.Add(counts)
		if cell.Trust.Verified() {
			addFigures(&s.verified, counts)
		}
		addFigures(at(s.services, cell.Service), counts)
		addFigures(at(s.counters, cell.Counter), counts)
		s.count(atomKey{cell.Service, cell.Counter, cell.Officer, cell.Trust}, atomCount{counts.Index.N, counts.Officer.N})
		if cell.Officer != "" {
			addFigures(at(s.officers, staffKey{cell.Officer, cell.Trust}), counts)
		}
	}
	return s
}

func (s *sums) count(key atomKey, n atomCount) {
	sum := s.atoms[key]
	sum.index += n.index
	sum.officer += n.officer
	s.atoms[key] = sum
}

// add adds the sums of the same unit in another month.
func (s *sums) add(o *sums) {
	s.all.Add(&o.all)
	addFigures(&s.verified, &o.verified)
	addEach(s.services, o.services)
	addEach(s.counters, o.counters)
	addEach(s.officers, o.officers)
	for key, n := range o.atoms {
		s.count(key, n)
	}
}

func addEach[K comparable](sum, more map[K]*survey.Counts) {
	for key, counts := range more {
		addFigures(at(sum, key), counts)
	}
}

func at[K comparable](m map[K]*survey.Counts, key K) *survey.Counts {
	counts := m[key]
	if counts == nil {
		counts = &survey.Counts{}
		m[key] = counts
	}
	return counts
}

// addFigures adds the counts without who answered and what was left out, which are given for whole units alone.
func addFigures(sum, more *survey.Counts) {
	figures := *more
	figures.Profile, figures.LeftOut = nil, nil
	sum.Add(&figures)
}

// staff returns the counts of an officer over answers of a trust level or higher.
func (s *sums) staff(officer string, least survey.Trust) *survey.Counts {
	sum := &survey.Counts{}
	for trust := least; trust <= survey.TrustTicket; trust++ {
		if counts := s.officers[staffKey{officer, trust}]; counts != nil {
			sum.Add(counts)
		}
	}
	return sum
}

// elements returns the nine unsur of the counts; of an officer the other seven are empty, which leaves them out of the index.
func elements(counts *survey.Counts, only func(survey.Unsur) bool) []Element {
	list := make([]Element, survey.UnsurCount)
	for i, unsur := range survey.UnsurList {
		if only(unsur) {
			list[i] = ElementOf(counts.Unsur[i])
		}
	}
	return list
}

func allUnsur(survey.Unsur) bool { return true }

// waits returns the waiting times of the counts.
func waits(counts *survey.Counts) Waits {
	return Waits{Minutes: counts.Wait, Left: counts.Left, People: counts.N}
}
