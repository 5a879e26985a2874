package scoring

import "math/big"

// DefaultPriorWeight is the usual k of Shrink, in answers.
const DefaultPriorWeight = 20

// Shrink draws a mean of few answers towards the prior, the figure of the same service in the same unit:
// (n x mean + k x prior) / (n + k). 10 answers with 90 and prior 81 with k = 20 give 84. n answers, k >= 0; without answers
// the mean is not looked at and the result is the prior. It is false when n + k is 0.
func Shrink(n int64, mean *big.Rat, k int64, prior *big.Rat) (*big.Rat, bool) {
	if n < 0 || k < 0 || n+k == 0 {
		return nil, false
	}
	sum := new(big.Rat)
	if n > 0 {
		sum.Mul(big.NewRat(n, 1), mean)
	}
	if k > 0 {
		sum.Add(sum, new(big.Rat).Mul(big.NewRat(k, 1), prior))
	}
	return sum.Quo(sum, big.NewRat(n+k, 1)), true
}
