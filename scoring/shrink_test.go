package scoring_test

import (
	"math/big"
	"testing"

	"kesan/scoring"
)

func TestShrink(t *testing.T) {
	t.Parallel()
	mean, prior := big.NewRat(90, 1), big.NewRat(81, 1)
	tests := []struct {
		name string
		n, k int64
		want string
	}{
		{"few answers stay near the prior", 10, 20, "84,00"},
		{"as many as the prior weighs", 20, 20, "85,50"},
		{"many answers stay near the mean", 1000, 20, "89,82"},
		{"no answers", 0, 20, "81,00"},
		{"no prior", 10, 0, "90,00"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			exact, ok := scoring.Shrink(tt.n, mean, tt.k, prior)
			if got := scoring.Publish(exact); !ok || got.String() != tt.want {
				t.Errorf("%s, want %s", got, tt.want)
			}
		})
	}
	if got, ok := scoring.Shrink(0, nil, 0, nil); ok {
		t.Errorf("%v of nothing", got)
	}
	if got, ok := scoring.Shrink(0, nil, 20, prior); !ok || got.Cmp(prior) != 0 {
		t.Errorf("%v without a mean, want the prior", got)
	}
}
