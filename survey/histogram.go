package survey

import (
	"cmp"
	"slices"
)

// Waits is a histogram of waiting times: how many waited 0, 1, 2 and so on whole minutes, up to MaxWait. It is only as long
// as the longest wait that it has seen.
type Waits []int64

func (w *Waits) count(minute int, n int64) {
	w.reach(minute + 1)
	(*w)[minute] += n
}

func (w *Waits) reach(length int) {
	if more := length - len(*w); more > 0 {
		*w = append(*w, make(Waits, more)...)
	}
}

// Add adds the waits of other answers.
func (w *Waits) Add(o Waits) {
	w.reach(len(o))
	for minute, n := range o {
		(*w)[minute] += n
	}
}

// N is how many waits there are.
func (w Waits) N() int64 {
	sum := int64(0)
	for _, n := range w {
		sum += n
	}
	return sum
}

// Profile says who answered: how many gave which answer to which profile question, in order of these.
type Profile []ProfileCount

// ProfileCount is how many gave one answer to one profile question.
type ProfileCount struct {
	ProfileOption
	N int64
}

// ProfileOption is one answer to one profile question.
type ProfileOption struct{ Question, Option string }

func (p ProfileOption) compare(o ProfileOption) int {
	return cmp.Or(cmp.Compare(p.Question, o.Question), cmp.Compare(p.Option, o.Option))
}

// Add adds the profile of other answers.
func (p *Profile) Add(o Profile) {
	place := 0
	for _, more := range o {
		place += p.place(place, more.ProfileOption)
		(*p)[place].N += more.N
	}
}

// place returns how far from a place on an option stands, which is not before it; it makes room for a new one.
func (p *Profile) place(from int, option ProfileOption) int {
	for i, have := range (*p)[from:] {
		if have.ProfileOption == option {
			return i
		}
		if have.compare(option) > 0 {
			*p = slices.Insert(*p, from+i, ProfileCount{ProfileOption: option})
			return i
		}
	}
	*p = append(*p, ProfileCount{ProfileOption: option})
	return len(*p) - 1 - from
}

// Of returns how many chose an option.
func (p Profile) Of(option ProfileOption) int64 {
	for _, have := range p {
		if have.ProfileOption == option {
			return have.N
		}
	}
	return 0
}
