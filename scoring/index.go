package scoring

import (
	"fmt"
	"math/big"
)

// Element is what the answers to one unsur add up to: how many answers, and the sum of their values 1..4. Elements of one
// service unit are pooled by adding them (PermenPANRB 14/2017).
type Element struct{ N, Sum int64 }

// ElementOf adds up how many answered 1, 2, 3 and 4: 0, 0, 11, 18 is 29 answers with the sum 105.
func ElementOf(answers [4]int64) Element {
	var e Element
	for i, n := range answers {
		e.N += n
		e.Sum += int64(i+1) * n
	}
	return e
}

// Add pools the answers of two elements.
func (e Element) Add(other Element) Element { return Element{e.N + other.N, e.Sum + other.Sum} }

// NRR is the nilai rata-rata of the unsur, 1..4: sum of values / number of answers to this unsur, not / number of
// respondents. 105 over 29 answers is 3,6207. It is false when nobody answered.
func (e Element) NRR() (*big.Rat, bool) {
	if e.N <= 0 {
		return nil, false
	}
	return big.NewRat(e.Sum, e.N), true
}

// Weight is the bobot nilai rata-rata tertimbang with which an index is computed.
type Weight int

// WeightExact is 1 / number of unsur. The other two cut that weight to the decimals printed in the rule's form ("cetak
// sesuai format"), which caps a nine-unsur index at 99,90 and 99,00; they only serve to check against such prints.
const (
	WeightExact Weight = iota
	Weight0111
	Weight011
)

// ParseWeight reads "exact", "0.111" or "0.11".
func ParseWeight(text string) (Weight, error) {
	for w, name := range []string{"exact", "0.111", "0.11"} {
		if text == name {
			return Weight(w), nil
		}
	}
	return 0, fmt.Errorf("weight %q is not exact, 0.111 or 0.11", text)
}

// Each returns the weight of one unsur, 1 / number of unsur that were answered at least once. An unsur that nobody answered
// is left out of the count too: with the weight of nine it would stand in the sum as a 0, and missing is never 0. So eight
// unsur of 3,00 are 75,00, not 66,67. It is false when no unsur has an answer.
func (w Weight) Each(elements []Element) (*big.Rat, bool) {
	answered := int64(0)
	for _, e := range elements {
		if e.N > 0 {
			answered++
		}
	}
	if answered == 0 {
		return nil, false
	}
	switch w {
	case Weight0111:
		return big.NewRat(1000/answered, 1000), true
	case Weight011:
		return big.NewRat(100/answered, 100), true
	default:
		return big.NewRat(1, answered), true
	}
}

// WeightedNRR is the jumlah NRR tertimbang, 1..4: the sum of NRR x weight over the unsur that were answered. It is the mean
// of the NRRs, not of all answers, so an unsur that few answered weighs as much as the others. It is false when nobody
// answered anything.
func WeightedNRR(elements []Element, w Weight) (*big.Rat, bool) {
	weight, ok := w.Each(elements)
	if !ok {
		return nil, false
	}
	sum := new(big.Rat)
	for _, e := range elements {
		if nrr, answered := e.NRR(); answered {
			sum.Add(sum, nrr)
		}
	}
	return sum.Mul(sum, weight), true
}

// Index is the IKM on the scale 25..100: the weighted NRR x 25 (PermenPANRB 14/2017, annex). Over all nine unsur it is the
// unit's IKM, over kompetensi and perilaku the figure of an officer. NRR sum 955/29 is exactly 955/261 x 25, published as
// 91,48. It is false when nobody answered anything: belum ada data.
func Index(elements []Element, w Weight) (*big.Rat, bool) {
	index, ok := WeightedNRR(elements, w)
	if !ok {
		return nil, false
	}
	return index.Mul(index, big.NewRat(25, 1)), true
}

// MeanOfUnits is the other way to consolidate, the plain mean of the published indices of units ("Rata-rata nilai SKM
// Puskesmas", PermenPANRB 6/2022): 80,00 and 83,31 are 81,66. It is false without units.
func MeanOfUnits(indices []Hundredths) (Hundredths, bool) {
	if len(indices) == 0 {
		return 0, false
	}
	sum := int64(0)
	for _, index := range indices {
		sum += int64(index)
	}
	return Publish(big.NewRat(sum, 100*int64(len(indices)))), true
}
