package scoring

import (
	"math"
	"math/big"

	"kesan/survey"
)

// z95 is the factor of a two-sided 95 % interval of a normal figure, as it is usually printed: 1,96.
const z95 = 1.96

// Interval is a 95 % interval, lower and upper bound; its JSON is [81.02, 85.6].
type Interval [2]Hundredths

// Variance is the square of the standard error of an index, in points of the scale 25..100 squared and exact, from the
// moments of 2520 x each respondent's own mean: (N SumSq - Sum^2) / (N^2 (N-1)) x (25/2520)^2. It is false for fewer than
// two respondents, who have no spread.
func Variance(m survey.Moments) (*big.Rat, bool) {
	if m.N < 2 {
		return nil, false
	}
	n, sum := big.NewInt(m.N), big.NewInt(m.Sum)
	num := new(big.Int).Mul(n, big.NewInt(m.SumSq))
	num.Sub(num, sum.Mul(sum, sum))
	den := new(big.Int).Mul(n, n)
	den.Mul(den, big.NewInt(m.N-1))
	variance := new(big.Rat).SetFrac(num, den)
	return variance.Mul(variance, big.NewRat(25*25, survey.MeanScale*survey.MeanScale)), true
}

// Estimate is an exact index on the scale 25..100 with what its error is computed from: the means of the respondents and,
// where some were asked the short form, the unsur that the index is made of, in the places of UnsurList; the others are empty.
type Estimate struct {
	Index    *big.Rat
	Means    survey.Means
	Elements []Element
}

// Variance is the square of the standard error of the index: by each respondent's own mean where all were asked the full
// form, else by unsur.
func (e Estimate) Variance() (*big.Rat, bool) {
	if len(e.Means.Short) == 0 {
		return Variance(e.Means.Full)
	}
	return e.shortVariance()
}

// Interval is the 95 % interval of the index: index +- t(0,975; N-1) x standard error, cut to 25..100, where the
// standard error of full forms is sd / sqrt(N) x 25 and N of short ones is how many answers an unsur has on average. Four respondents
// who answered 3, 3, 4 and 2 to everything: index 75,00, interval 42,52-100. It is false for fewer than two respondents.
func (e Estimate) Interval() (Interval, bool) {
	variance, ok := e.Variance()
	if !ok {
		return Interval{}, false
	}
	v, _ := variance.Float64()
	half := float64(t975(e.perUnsur()-1) * math.Sqrt(v))
	centre, _ := e.Index.Float64()
	return Interval{
		max(publishFloat(centre-half), 25_00),
		min(publishFloat(centre+half), 100_00),
	}, true
}

// Changed says whether two cycles differ by more than noise: |difference| > 1,96 x sqrt(se1^2 + se2^2). It compares the
// squares, in exact numbers. It is false when either has fewer than two respondents.
func Changed(before, after Estimate) bool {
	v1, ok1 := before.Variance()
	v2, ok2 := after.Variance()
	if !ok1 || !ok2 {
		return false
	}
	limit := new(big.Rat).Mul(big.NewRat(196*196, 100*100), v1.Add(v1, v2))
	difference := new(big.Rat).Sub(after.Index, before.Index)
	return difference.Mul(difference, difference).Cmp(limit) > 0
}

// Wilson is the 95 % score interval (Wilson 1927) of the share part / whole, in percent: 81 of 263 -> 25,53-36,62. Unlike
// the simple interval it neither leaves 0..100 nor shrinks to a point at 0 %. It is false when the whole is 0 or the part
// is not within it.
func Wilson(part, whole int64) (Interval, bool) {
	if whole <= 0 || part < 0 || part > whole {
		return Interval{}, false
	}
	const z2 = z95 * z95
	k, n := float64(part), float64(whole)
	spread := float64(4 * k * (n - k) / n)
	half := float64(z95 * math.Sqrt(spread+z2))
	centre, den := float64(2*k)+z2, float64(2*(n+z2))
	return Interval{
		max(publishFloat((centre-half)/den*100), 0),
		min(publishFloat((centre+half)/den*100), 100_00),
	}, true
}

// publishFloat rounds half up to two decimals.
func publishFloat(value float64) Hundredths { return Hundredths(math.Floor(float64(value*100) + 0.5)) }
