package scoring

import (
	"math/big"

	"kesan/survey"
)

// perUnsur is how many answers an unsur has on average, rounded down; who answered the full form counts as having answered
// all of it.
func (e Estimate) perUnsur() int64 {
	scope := e.scope()
	n := int64(0)
	for set, part := range e.Means.Short {
		n += part.N * int64(set.Len())
	}
	return e.Means.Full.N + n/int64(max(scope.Len(), 1))
}

// scope are the unsur that the index is made of: all nine, or the officer's two.
func (e Estimate) scope() survey.UnsurSet {
	scope := survey.UnsurSet(0)
	for i, element := range e.Elements {
		if element.N > 0 {
			scope |= 1 << i
		}
	}
	return scope
}

// shortVariance is the square of the standard error of an index to which some gave short answers.
//
// The index is 25 x the mean of k NRR, each with its own number of answers n_u (the NRR of PermenPANRB 14/2017 has that
// denominator already). A respondent who answered the unsur A moves it by 25/k x the sum over A of (value - NRR_u) / n_u,
// and the variance of the index is the sum of the squares of these moves (the linearised variance of a sum of ratios,
// Woodruff 1971), times a / (a - 1), a being the mean of the n_u, rounded down. That the unsur have different means moves nobody. A respondent's
// own mean does not serve here: it differs from another's because they were asked other things.
//
// Tallies keep, for each A, how many answered it with the sum and the sum of squares of their own means, and 1/n_u^2 is
// taken as its mean q over A. With m = own mean, c = mean of the NRR over A and |A| = unsur in A the variance is
//
//	(25/k)^2 x a/(a-1) x sum over A of |A|^2 x q x sum over respondents of (m - c)^2
//
// That is exact where the n_u are equal, which the rotation sees to; where they are not, it is too wide rather than too
// narrow as long as who likes one thing tends to like another. Of full forms alone it is the variance of own means.
//
// 24 respondents, two for each of the twelve blocks, one of them answers 4 to everything and the other 2: each n_u is 8, each
// NRR 3, each own mean 1 away from it: (25/9)^2 x 8/7 x 24 x 9/64 = 625/21, and 75,00 +- 2,3646 x 5,4554 is 62,10-87,90.
// Where everybody agrees on each unsur, however different the unsur are, it is 0.
func (e Estimate) shortVariance() (*big.Rat, bool) {
	scope, each := e.scope(), e.perUnsur()
	if e.Means.Least(scope) < 2 {
		return nil, false
	}
	sum := e.moved(scope, e.Means.Full)
	for set, part := range e.Means.Short {
		sum.Add(sum, e.moved(set, part))
	}
	k := int64(scope.Len())
	return sum.Mul(sum, big.NewRat(25*25*each, k*k*(each-1))), true
}

// moved is |A|^2 x q x the sum of (m - c)^2 over those who answered the unsur A.
func (e Estimate) moved(set survey.UnsurSet, part survey.Moments) *big.Rat {
	size, q, centre := int64(set.Len()), new(big.Rat), new(big.Rat)
	for i, element := range e.Elements {
		if set.Has(i) {
			q.Add(q, new(big.Rat).SetFrac(big.NewInt(1), new(big.Int).Mul(big.NewInt(element.N), big.NewInt(element.N))))
			centre.Add(centre, big.NewRat(survey.MeanScale*element.Sum, element.N*size))
		}
	}
	squares := new(big.Rat).SetInt64(part.SumSq)
	squares.Sub(squares, new(big.Rat).Mul(centre, big.NewRat(2*part.Sum, 1)))
	squares.Add(squares, new(big.Rat).Mul(big.NewRat(part.N, 1), centre.Mul(centre, centre)))
	squares.Mul(squares, q)
	return squares.Mul(squares, big.NewRat(size, survey.MeanScale*survey.MeanScale))
}
