package scoring

import (
	"slices"

	"kesan/survey"
)

// ledger is what is known of one unit itself in a period: the sums that its figures are computed from, and how many answers
// there are of whom in which month.
type ledger struct {
	*sums
	census *census
}

// sums are the counts of one unit itself over a period, by everything that figures are given for. What was chosen of
// profile and extra questions and what was left out is kept for the unit alone.
type sums struct {
	all      survey.Counts
	verified survey.Counts
	services map[string]*survey.Counts
	counters map[string]*survey.Counts
	officers map[staffKey]*survey.Counts
	about    map[aboutKey]int64 // answers on an officer
}

// staffKey holds an officer's answers of one trust level apart, since the policy says which of them count.
type staffKey struct {
	officer string
	trust   survey.Trust
}

// aboutKey tells on which service an officer's answers are.
type aboutKey struct {
	staffKey
	service string
}

// bookkeeper turns a roll-up into a ledger.
type bookkeeper struct {
	census census
	places map[atomKey]int
	counts []survey.Counts // of each group, over all months
	unit   survey.Counts   // choices and what was left out
}

// keepLedger takes out of a roll-up what figures are computed from.
func keepLedger(r *survey.Rollup) *ledger {
	b := bookkeeper{census: census{months: make([]monthCount, len(r.Months))}, places: map[atomKey]int{}}
	groups := make([]int, len(r.Cells))
	for i, cell := range r.Cells {
		groups[i] = b.place(atomKey{cell.Service, cell.Counter, cell.Officer, cell.Trust})
		b.observe(groups[i], &r.Sums[i])
	}
	for i := range r.Months {
		from, m := &r.Months[i], &b.census.months[i]
		m.choices, m.least = from.Choices, from.Least
		for _, cell := range from.Cells {
			m.count(groups[cell.Place], cell.Size)
		}
	}
	return b.close()
}

func (b *bookkeeper) observe(group int, counts *survey.Counts) {
	plain := *counts
	plain.Choices, plain.LeftOut = nil, nil
	b.counts[group].Add(&plain)
	b.unit.Add(&survey.Counts{Choices: counts.Choices, LeftOut: counts.LeftOut})
}

func (b *bookkeeper) place(key atomKey) int {
	i, ok := b.places[key]
	if !ok {
		i = len(b.counts)
		b.places[key] = i
		b.census.groups, b.counts = append(b.census.groups, key), append(b.counts, survey.Counts{})
	}
	return i
}

func (b *bookkeeper) close() *ledger {
	l := &ledger{newSums(), &b.census}
	l.all.Add(&b.unit)
	for i, key := range b.census.groups {
		l.observe(key, &b.counts[i])
	}
	order := make([]int, len(b.counts))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(x, y int) int { return b.census.groups[x].compare(b.census.groups[y]) })
	b.census.sort(order)
	return l
}

func newSums() *sums {
	return &sums{services: map[string]*survey.Counts{}, counters: map[string]*survey.Counts{},
		officers: map[staffKey]*survey.Counts{}, about: map[aboutKey]int64{}}
}

func (s *sums) observe(key atomKey, counts *survey.Counts) {
	s.all.Add(counts)
	if key.trust.Verified() {
		s.verified.Add(counts)
	}
	at(s.services, key.service).Add(counts)
	at(s.counters, key.counter).Add(counts)
	if key.officer != "" {
		staff := staffKey{key.officer, key.trust}
		at(s.officers, staff).Add(counts)
		s.about[aboutKey{staff, key.service}] += counts.Officer.N()
	}
}

func at[K comparable](m map[K]*survey.Counts, key K) *survey.Counts {
	c := m[key]
	if c == nil {
		c = &survey.Counts{}
		m[key] = c
	}
	return c
}

// group returns the counts of services or counters.
func (s *sums) group(p part) map[string]*survey.Counts {
	if p == partCounter {
		return s.counters
	}
	return s.services
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
func elements(c *survey.Counts, of survey.UnsurSet) []Element {
	list := make([]Element, survey.UnsurCount)
	for i := range list {
		if of.Has(i) {
			list[i] = ElementOf(c.Unsur[i])
		}
	}
	return list
}

// waits returns the waiting times of the counts.
func waits(c *survey.Counts) Waits { return Waits{Minutes: c.Wait, Left: c.Left, People: c.N} }
