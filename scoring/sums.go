package scoring

import (
	"kesan/survey"
)

// sums are the counts of one unit itself, in a month or a longer period, by everything that figures are given for. Who
// answered and what was left out is kept for the unit alone.
type sums struct {
	all      counts
	verified counts
	services map[string]*counts
	counters map[string]*counts
	officers map[staffKey]*counts
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

// counts are the integer sums of some answers. Waiting times are kept by minute in a slice, up to the longest, instead of
// the map of the tally: they are added up far more often than anything else.
type counts struct {
	survey.Counts // its Wait stays empty
	minutes       []int32
	waited        int64 // how many told their waiting time
}

// observe adds the counts of a tally's cell. Who answered and what was left out is taken along for whole units alone.
func (c *counts) observe(cell *survey.Counts, whole bool) {
	plain := *cell
	plain.Wait = nil
	if !whole {
		plain.Profile, plain.LeftOut = nil, nil
	}
	c.Add(&plain)
	longest := -1
	for minute := range cell.Wait {
		longest = max(longest, minute)
	}
	c.reach(longest + 1)
	for minute, n := range cell.Wait {
		c.minutes[minute] += int32(n)
		c.waited += n
	}
}

// pool adds the counts of other answers.
func (c *counts) pool(o *counts) {
	c.Add(&o.Counts)
	c.reach(len(o.minutes))
	for minute, n := range o.minutes {
		c.minutes[minute] += n
	}
	c.waited += o.waited
}

func (c *counts) reach(length int) {
	if more := length - len(c.minutes); more > 0 {
		c.minutes = append(c.minutes, make([]int32, more)...)
	}
}

func newSums() *sums {
	return &sums{services: map[string]*counts{}, counters: map[string]*counts{}, officers: map[staffKey]*counts{},
		atoms: map[atomKey]atomCount{}}
}

// sumEncoded adds up an encoded tally of one unit.
func sumEncoded(body []byte) (*sums, error) {
	s := newSums()
	return s, survey.ScanTally(body, s.observe)
}

// sumTally adds up a tally of one unit.
func sumTally(tally survey.Tally) *sums {
	s := newSums()
	for cell, counts := range tally {
		s.observe(cell, counts)
	}
	return s
}

func (s *sums) observe(cell survey.Cell, counts *survey.Counts) {
	s.all.observe(counts, true)
	if cell.Trust.Verified() {
		s.verified.observe(counts, false)
	}
	at(s.services, cell.Service).observe(counts, false)
	at(s.counters, cell.Counter).observe(counts, false)
	s.count(atomKey{cell.Service, cell.Counter, cell.Officer, cell.Trust}, atomCount{counts.Index.N(), counts.Officer.N()})
	if cell.Officer != "" {
		at(s.officers, staffKey{cell.Officer, cell.Trust}).observe(counts, false)
	}
}

func (s *sums) count(key atomKey, n atomCount) {
	sum := s.atoms[key]
	sum.index += n.index
	sum.officer += n.officer
	s.atoms[key] = sum
}

// add adds the sums of the same unit in another month.
func (s *sums) add(o *sums) {
	s.all.pool(&o.all)
	s.verified.pool(&o.verified)
	addEach(s.services, o.services)
	addEach(s.counters, o.counters)
	addEach(s.officers, o.officers)
	for key, n := range o.atoms {
		s.count(key, n)
	}
}

func addEach[K comparable](sum, more map[K]*counts) {
	for key, counts := range more {
		at(sum, key).pool(counts)
	}
}

func at[K comparable](m map[K]*counts, key K) *counts {
	c := m[key]
	if c == nil {
		c = &counts{}
		m[key] = c
	}
	return c
}

// staff returns the counts of an officer over answers of a trust level or higher.
func (s *sums) staff(officer string, least survey.Trust) *counts {
	sum := &counts{}
	for trust := least; trust <= survey.TrustTicket; trust++ {
		if counts := s.officers[staffKey{officer, trust}]; counts != nil {
			sum.pool(counts)
		}
	}
	return sum
}

// elements returns the nine unsur of the counts; of an officer the other seven are empty, which leaves them out of the index.
func elements(c *counts, of survey.UnsurSet) []Element {
	list := make([]Element, survey.UnsurCount)
	for i := range list {
		if of.Has(i) {
			list[i] = ElementOf(c.Unsur[i])
		}
	}
	return list
}

// waits returns the waiting times of the counts.
func waits(c *counts) Waits {
	w := Waits{Minutes: map[int]int64{}, Left: c.Left, People: c.N}
	for minute, n := range c.minutes {
		if n > 0 {
			w.Minutes[minute] = int64(n)
		}
	}
	return w
}
