package scoring

import (
	"errors"
	"math/big"

	"kesan/survey"
)

// ErrTarget reports a target that is not above 0 or whose lower bound is above the upper one; nothing can be measured
// against it.
var ErrTarget = errors.New("a target must be above 0, and its lower bound not above the upper one")

// Target is what an indicator is to reach: a range, or a single value when both bounds are the same.
type Target struct {
	Polarity     survey.Polarity
	Lower, Upper Hundredths
}

// Clamp is the range that achievements are cut to, in percent.
type Clamp struct{ Low, High Hundredths }

// DefaultClamp cuts achievements to 0..120 %.
var DefaultClamp = Clamp{0, 120_00}

// Achievement is the capaian in percent of a published realisasi R against a target T (formulas of PermenPANRB 8/2021),
// rounded half up to two decimals and not yet cut:
//
//	maximise  R / T              ikm 83,31 against 80 -> 104,14
//	minimise  1 + (1 - R / T)    75 minutes against 60 -> 75,00
//
// Within a range it is 100; above it T is the upper bound, below it the lower one: 92 against 80-90 -> 102,22. The error is
// ErrTarget. A realisasi that does not exist has no capaian: do not call it with 0.
func (t Target) Achievement(realisasi Hundredths) (Hundredths, error) {
	if t.Lower <= 0 || t.Lower > t.Upper {
		return 0, ErrTarget
	}
	bound := min(max(realisasi, t.Lower), t.Upper) // within the range R itself, which makes 100
	reached := realisasi
	if t.Polarity == survey.Minimise {
		reached = 2*bound - realisasi
	}
	return Publish(big.NewRat(100*int64(reached), int64(bound))), nil
}

// Cut brings an achievement into the range: 125,00 -> 120,00 and -50,00 -> 0,00.
func (c Clamp) Cut(achievement Hundredths) Hundredths { return min(max(achievement, c.Low), c.High) }

// Part is one indicator of a subject: its achievement after the cut, nil where there is no data, and its weight. An
// indicator of weight 0 is shown and does not count.
type Part struct {
	Achievement *Hundredths
	Weight      int64
}

// Score is the row "nilai" of a subject.
type Score struct {
	Value    Hundredths // weighted mean of the achievements that have data, in percent
	Coverage Hundredths // share of the weight that has data, above 0 and at most 1
	Measured int        // indicators with data, the 3 of "3 dari 5 indikator"
	Total    int        // indicators that count, the 5
}

// Weighted is the weighted mean over the indicators that have data; the others are left out, never taken as 0, and the
// coverage says so: 104,14 (50), 75 (30) and 96 (20) give 93,77; without the last 93,21 at coverage 0,80. It is false when
// no indicator that counts has data.
func Weighted(parts []Part) (Score, bool) {
	var score Score
	var sum, measured, total int64
	for _, part := range parts {
		if part.Weight <= 0 {
			continue
		}
		score.Total++
		total += part.Weight
		if part.Achievement != nil {
			score.Measured++
			measured += part.Weight
			sum += part.Weight * int64(*part.Achievement)
		}
	}
	if measured == 0 {
		return Score{}, false
	}
	score.Value = Publish(big.NewRat(sum, 100*measured))
	score.Coverage = Publish(big.NewRat(measured, total))
	return score, true
}
