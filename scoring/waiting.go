package scoring

import (
	"math/big"

	"kesan/survey"
)

// Waits are the waiting times of some people: a sparse histogram of whole minutes (0..480), how many people there were
// whether or not their wait is known, and how many of them left without service. Median and percentiles of parts cannot be
// averaged, so parts are pooled and the histogram is kept.
type Waits struct {
	Minutes survey.Waits
	Left    int64
	People  int64
}

// N is how many waiting times are known.
func (w Waits) N() int64 { return w.Minutes.N() }

// Percentile is the p-th percentile (1..100) in minutes by nearest rank, the smallest wait that at least p % did not
// exceed, and so always a wait that somebody had: of 5, 10, 15, 20 the median is 10 and P90 is 20. It is false without
// waits.
func (w Waits) Percentile(p int) (int, bool) {
	rank := w.rank(p)
	for minutes, n := range w.Minutes {
		rank -= n
		if rank <= 0 && n > 0 {
			return minutes, true
		}
	}
	return 0, false
}

// rank is the place of the percentile among the waits in order, from 1 on.
func (w Waits) rank(p int) int64 { return (w.N()*int64(p) + 99) / 100 }

// Median is the value of the indicator waktu_tunggu, in minutes: Percentile(50).
func (w Waits) Median() (int, bool) { return w.Percentile(50) }

// P90 is the wait in minutes that nine in ten did not exceed: Percentile(90).
func (w Waits) P90() (int, bool) { return w.Percentile(90) }

// Sum is how many minutes all waited together.
func (w Waits) Sum() int64 {
	sum := int64(0)
	for minutes, n := range w.Minutes {
		sum += int64(minutes) * n
	}
	return sum
}

// Mean is the mean wait in minutes. It is false without waits.
func (w Waits) Mean() (Hundredths, bool) { return ratio(w.Sum(), w.N(), 1) }

// Kept is how many of the known waits kept the standard, at most so many minutes (Kepmenkes 129/2008: outpatients 60).
func (w Waits) Kept(standard int) int64 {
	kept := int64(0)
	for minutes, n := range w.Minutes {
		if minutes <= standard {
			kept += n
		}
	}
	return kept
}

// Percent is part / whole in percent; it is false when the whole is 0.
func Percent(part, whole int64) (Hundredths, bool) { return ratio(part, whole, 100) }

func ratio(num, den, scale int64) (Hundredths, bool) {
	if den <= 0 {
		return 0, false
	}
	return Publish(big.NewRat(num*scale, den)), true
}
