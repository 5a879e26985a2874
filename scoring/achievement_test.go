package scoring_test

import (
	"errors"
	"testing"

	"kesan/scoring"
	"kesan/survey"

	"pgregory.net/rapid"
)

func TestAchievement(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name         string
		polarity     survey.Polarity
		lower, upper scoring.Hundredths
		realisasi    scoring.Hundredths
		want, cut    string
	}{
		{"ikm", survey.Maximise, 8000, 8000, 8331, "104,14", "104,14"},
		{"ikm, best", survey.Maximise, 8000, 8000, 10000, "125,00", "120,00"},
		{"ikm, just missed", survey.Maximise, 8831, 8831, 8830, "99,99", "99,99"},
		{"ikm, reached", survey.Maximise, 8831, 8831, 8831, "100,00", "100,00"},
		{"waktu tunggu, short", survey.Minimise, 6000, 6000, 4500, "125,00", "120,00"},
		{"waktu tunggu, long", survey.Minimise, 6000, 6000, 7500, "75,00", "75,00"},
		{"waktu tunggu, very long", survey.Minimise, 6000, 6000, 15000, "-50,00", "0,00"},
		{"waktu tunggu, none", survey.Minimise, 6000, 6000, 0, "200,00", "120,00"},
		{"one week to three days", survey.Minimise, 700, 700, 300, "157,14", "120,00"},
		{"range, below", survey.Maximise, 8000, 9000, 7000, "87,50", "87,50"},
		{"range, inside", survey.Maximise, 8000, 9000, 8500, "100,00", "100,00"},
		{"range, above", survey.Maximise, 8000, 9000, 9200, "102,22", "102,22"},
		{"minutes in a range", survey.Minimise, 3000, 6000, 4500, "100,00", "100,00"},
		{"minutes above a range", survey.Minimise, 3000, 6000, 7500, "75,00", "75,00"},
		{"minutes below a range", survey.Minimise, 3000, 6000, 2700, "110,00", "110,00"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			target := scoring.Target{Polarity: tt.polarity, Lower: tt.lower, Upper: tt.upper}
			got, err := target.Achievement(tt.realisasi)
			if err != nil || got.String() != tt.want {
				t.Errorf("%s %v, want %s", got, err, tt.want)
			}
			if cut := scoring.DefaultClamp.Cut(got); cut.String() != tt.cut {
				t.Errorf("cut to %s, want %s", cut, tt.cut)
			}
		})
	}
}

func TestAchievementNeedsATarget(t *testing.T) {
	t.Parallel()
	for _, target := range []scoring.Target{
		{survey.Maximise, 0, 0}, {survey.Minimise, -100, -100}, {survey.Maximise, 0, 8000}, {survey.Maximise, 9000, 8000},
	} {
		if got, err := target.Achievement(8000); !errors.Is(err, scoring.ErrTarget) {
			t.Errorf("%+v: %v %v", target, got, err)
		}
	}
}

func TestWeighted(t *testing.T) {
	t.Parallel()
	ikm, wait, onTime := scoring.Hundredths(10414), scoring.Hundredths(7500), scoring.Hundredths(9600)
	tests := []struct {
		name  string
		parts []scoring.Part
		want  scoring.Score
	}{
		{"all three", []scoring.Part{{&ikm, 50}, {&wait, 30}, {&onTime, 20}}, scoring.Score{Value: 9377, Coverage: 100, Measured: 3, Total: 3}},
		{"without tepat waktu", []scoring.Part{{&ikm, 50}, {&wait, 30}, {nil, 20}}, scoring.Score{Value: 9321, Coverage: 80, Measured: 2, Total: 3}},
		{"a single one", []scoring.Part{{&ikm, 7}}, scoring.Score{Value: 10414, Coverage: 100, Measured: 1, Total: 1}},
		{"weight 0 is only shown", []scoring.Part{{&ikm, 1}, {&wait, 0}}, scoring.Score{Value: 10414, Coverage: 100, Measured: 1, Total: 1}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if got, ok := scoring.Weighted(tt.parts); !ok || got != tt.want {
				t.Errorf("%+v, want %+v", got, tt.want)
			}
		})
	}
	for _, parts := range [][]scoring.Part{nil, {{nil, 50}}, {{&ikm, 0}}} {
		if got, ok := scoring.Weighted(parts); ok {
			t.Errorf("%+v of nothing that counts", got)
		}
	}
}

func TestABetterRealisasiNeverLowersTheAchievement(t *testing.T) {
	t.Parallel()
	figure := rapid.Int64Range(0, 50000)
	rapid.Check(t, func(t *rapid.T) {
		lower := scoring.Hundredths(rapid.Int64Range(1, 10000).Draw(t, "lower"))
		upper := lower + scoring.Hundredths(rapid.Int64Range(0, 5000).Draw(t, "width"))
		worse, better := scoring.Hundredths(figure.Draw(t, "r1")), scoring.Hundredths(figure.Draw(t, "r2"))
		polarity := rapid.SampledFrom([]survey.Polarity{survey.Maximise, survey.Minimise}).Draw(t, "polarity")
		if (better < worse) == (polarity == survey.Maximise) {
			worse, better = better, worse
		}
		target := scoring.Target{Polarity: polarity, Lower: lower, Upper: upper}
		low, _ := target.Achievement(worse)
		high, _ := target.Achievement(better)
		if high < low {
			t.Fatalf("%s gives %s, %s gives %s", worse, low, better, high)
		}
		if cut := scoring.DefaultClamp.Cut(high); cut < 0 || cut > 12000 {
			t.Fatalf("%s is out of range", cut)
		}
	})
}
