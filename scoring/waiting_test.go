package scoring_test

import (
	"slices"
	"testing"

	"kesan/scoring"
	"kesan/survey"

	"pgregory.net/rapid"
)

func TestWaits(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name        string
		waits       scoring.Waits
		median, p90 int
		mean        string
		within      string // 60 minutes
		left        string
	}{
		{"four", scoring.Waits{Minutes: survey.Waits{5: 1, 10: 1, 15: 1, 20: 1}, People: 4}, 10, 20, "12,50", "100,00", "0,00"},
		{"one", scoring.Waits{Minutes: survey.Waits{7: 1}, People: 1}, 7, 7, "7,00", "100,00", "0,00"},
		{"no wait at all", scoring.Waits{Minutes: survey.Waits{0: 3}, People: 3}, 0, 0, "0,00", "100,00", "0,00"},
		{"the ninth of ten", scoring.Waits{Minutes: survey.Waits{10: 8, 60: 1, 480: 1}, People: 12, Left: 1}, 10, 60, "62,00", "90,00", "8,33"},
		{"the tenth of eleven", scoring.Waits{Minutes: survey.Waits{10: 9, 61: 2}, People: 11}, 10, 61, "19,27", "81,82", "0,00"},
		{"some left", scoring.Waits{Minutes: survey.Waits{30: 2, 90: 1}, Left: 1, People: 4}, 30, 90, "50,00", "66,67", "25,00"},
		{"an empty class does not count", scoring.Waits{Minutes: survey.Waits{1: 0, 2: 1}, People: 1}, 2, 2, "2,00", "100,00", "0,00"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			median, _ := tt.waits.Median()
			p90, _ := tt.waits.P90()
			if median != tt.median || p90 != tt.p90 {
				t.Errorf("median %d, P90 %d, want %d, %d", median, p90, tt.median, tt.p90)
			}
			mean, _ := tt.waits.Mean()
			within, _ := scoring.Percent(tt.waits.Kept(60), tt.waits.N())
			left, _ := scoring.Percent(tt.waits.Left, tt.waits.People)
			if mean.String() != tt.mean || within.String() != tt.within || left.String() != tt.left {
				t.Errorf("mean %s, within %s, left %s, want %s, %s, %s", mean, within, left, tt.mean, tt.within, tt.left)
			}
		})
	}
}

func TestNoWaitsAreNoFigure(t *testing.T) {
	t.Parallel()
	for _, waits := range []scoring.Waits{{}, {Minutes: survey.Waits{10: 0}}} {
		_, median := waits.Median()
		_, mean := waits.Mean()
		if kept := waits.Kept(60); median || mean || kept != 0 {
			t.Errorf("%v has a figure", waits)
		}
	}
}

func TestPooledWaitsEqualTheUnion(t *testing.T) {
	t.Parallel()
	minutes := rapid.SliceOfN(rapid.IntRange(0, 480), 1, 60)
	rapid.Check(t, func(t *rapid.T) {
		a, b := minutes.Draw(t, "a"), minutes.Draw(t, "b")
		pool := waitsOf(a)
		pool.Minutes.Add(waitsOf(b).Minutes)
		union := slices.Sorted(slices.Values(append(slices.Clone(a), b...)))
		if pool.N() != int64(len(union)) {
			t.Fatalf("%d waits in %v", pool.N(), union)
		}
		if !slices.Equal(pool.Minutes, waitsOf(union).Minutes) {
			t.Fatalf("pool %v", pool)
		}
		if median, _ := pool.Median(); median != union[(len(union)-1)/2] {
			t.Fatalf("median %d of %v", median, union)
		}
		if p90, _ := pool.P90(); p90 != union[(9*len(union)+9)/10-1] {
			t.Fatalf("P90 %d of %v", p90, union)
		}
	})
}

func waitsOf(minutes []int) scoring.Waits {
	waits := scoring.Waits{Minutes: make(survey.Waits, 481)}
	for _, m := range minutes {
		waits.Minutes[m]++
		waits.People++
	}
	return waits
}
