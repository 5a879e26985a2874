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

// Choices says how many chose which options: of profile questions, who answered, and of extra questions. They are in order.
type Choices []ChoiceCount

// ChoiceCount is how many made one choice.
type ChoiceCount struct {
	Choice
	N int64
}

// Choice is one option of one question, named as in Option.Name.
type Choice struct {
	Question QuestionRef
	Option   string
}

// Compare orders choices by question.
func (c Choice) Compare(o Choice) int {
	return cmp.Or(c.Question.Compare(o.Question), cmp.Compare(c.Option, o.Option))
}

// Add adds the choices of other answers.
func (c *Choices) Add(o Choices) {
	place := 0
	for _, more := range o {
		place += c.place(place, more.Choice)
		(*c)[place].N += more.N
	}
}

// place returns how far from a place on a choice stands, which is not before it; it makes room for a new one.
func (c *Choices) place(from int, choice Choice) int {
	for i, have := range (*c)[from:] {
		if have.Choice == choice {
			return i
		}
		if have.Compare(choice) > 0 {
			*c = slices.Insert(*c, from+i, ChoiceCount{Choice: choice})
			return i
		}
	}
	*c = append(*c, ChoiceCount{Choice: choice})
	return len(*c) - 1 - from
}

// Of returns how many made a choice.
func (c Choices) Of(choice Choice) int64 {
	for _, have := range c {
		if have.Choice == choice {
			return have.N
		}
	}
	return 0
}
