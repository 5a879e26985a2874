package scoring_test

import (
	"slices"
	"testing"

	"kesan/scoring"
	"kesan/survey"
)

// Whatever may have a target has a figure, and the score comes last.
func TestIndicatorsAreThoseWithTargetsAndTheScore(t *testing.T) {
	t.Parallel()
	var keys []string
	for _, indicator := range scoring.Indicators() {
		keys = append(keys, indicator.Key)
	}
	if want := append(survey.TargetIndicators[:], survey.Nilai); !slices.Equal(keys, want) {
		t.Errorf("%v, want %v", keys, want)
	}
}
