package scoring

import (
	"math"
	"testing"
)

// The published t table, column 0,975, to its three decimals.
func TestT975AsPublished(t *testing.T) {
	t.Parallel()
	for df, want := range map[int64]float64{
		1: 12.706, 2: 4.303, 3: 3.182, 4: 2.776, 5: 2.571, 6: 2.447, 7: 2.365, 8: 2.306, 9: 2.262, 10: 2.228,
		11: 2.201, 12: 2.179, 13: 2.160, 14: 2.145, 15: 2.131, 16: 2.120, 17: 2.110, 18: 2.101, 19: 2.093, 20: 2.086,
		21: 2.080, 22: 2.074, 23: 2.069, 24: 2.064, 25: 2.060, 26: 2.056, 27: 2.052, 28: 2.048, 29: 2.045, 30: 2.042,
		40: 2.021, 60: 2.000, 80: 1.990, 100: 1.984, 120: 1.980, 1000: 1.962, 1_000_000_000: 1.960,
	} {
		if got := t975(df); math.Abs(got-want) > 0.00051 {
			t.Errorf("df %d: %.6f, want %.3f", df, got, want)
		}
	}
}

// The distribution function in closed form (Abramowitz and Stegun 26.7.3 and 26.7.4) must lead back to 0,975.
func TestT975AgainstTheDistribution(t *testing.T) {
	t.Parallel()
	for df := int64(1); df <= 3000; df++ {
		if p := (1 + studentWithin(t975(df), df)) / 2; math.Abs(p-0.975) > 1e-9 {
			t.Errorf("df %d: %.10f lies at %.12f", df, t975(df), p)
		}
	}
}

// studentWithin is the probability that |t| with df degrees of freedom stays under a bound.
func studentWithin(bound float64, df int64) float64 {
	theta := math.Atan(bound / math.Sqrt(float64(df)))
	sin, cos := math.Sincos(theta)
	term, first := 1.0, int64(2)
	if df%2 == 1 {
		term, first = cos, 3
	}
	sum := term
	for k := first; k < df; k += 2 {
		term *= cos * cos * float64(k-1) / float64(k)
		sum += term
	}
	switch {
	case df == 1:
		return 2 / math.Pi * theta
	case df%2 == 1:
		return 2 / math.Pi * (theta + sin*sum)
	default:
		return sin * sum
	}
}

func TestT975Falls(t *testing.T) {
	t.Parallel()
	for df := int64(1); df < 100_000; df++ {
		if t975(df+1) >= t975(df) {
			t.Fatalf("df %d: %v, then %v", df, t975(df), t975(df+1))
		}
	}
}
