package scoring_test

import (
	"testing"

	"kesan/scoring"
)

func TestSampleSize(t *testing.T) {
	t.Parallel()
	for population, want := range map[int64]int64{
		-1: 0, 0: 0, 1: 1, 2: 2, 10: 10, // never more than there are
		100: 80, 500: 218, 1000: 278, 4384: 354, 10_000: 370,
		1_000_000_000_000: 385, // the limit, 384,1
	} {
		if got := scoring.SampleSize(population); got != want {
			t.Errorf("%d users: %d respondents, want %d", population, got, want)
		}
	}
}
