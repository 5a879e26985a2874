package scoring_test

import (
	"encoding/json"
	"math/big"
	"testing"

	"kesan/scoring"
	"kesan/survey"

	"pgregory.net/rapid"
)

// momentsOf adds up respondents who gave one answer to everything, a list of 1..4.
func momentsOf(answers ...int64) survey.Moments {
	var m survey.Moments
	for _, answer := range answers {
		own := survey.MeanScale * answer
		m.Add(survey.Moments{N: 1, Sum: own, SumSq: own * own})
	}
	return m
}

// estimate is the index of the same respondents.
func estimate(m survey.Moments) scoring.Estimate {
	return scoring.Estimate{Index: big.NewRat(25*m.Sum, survey.MeanScale*m.N), Means: survey.Means{Full: m}}
}

func TestInterval(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name    string
		moments survey.Moments
		want    string
	}{
		{"four respondents", momentsOf(3, 3, 4, 2), "[42.52,100]"},
		{"two who differ", momentsOf(2, 3), "[25,100]"},
		{"two who agree", momentsOf(3, 3), "[75,75]"},
		// mean 3,5, sd 0,5270463, t(9) 2,2621572: 87,5 +- 9,4257
		{"ten", momentsOf(3, 3, 3, 3, 3, 4, 4, 4, 4, 4), "[78.07,96.93]"},
		// a hundred million, half 3 and half 4: 87,5 +- 1,96 x 0,5/10000 x 25
		{"very many", survey.Moments{N: 1e8, Sum: 882e9, SumSq: 5e7 * (7560*7560 + 10080*10080)}, "[87.5,87.5]"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got, ok := estimate(tt.moments).Interval()
			if data, _ := json.Marshal(got); !ok || string(data) != tt.want {
				t.Errorf("%s, want %s", data, tt.want)
			}
		})
	}
}

func TestOneRespondentHasNoInterval(t *testing.T) {
	t.Parallel()
	for _, m := range []survey.Moments{{}, momentsOf(4)} {
		if got, ok := (scoring.Estimate{Index: big.NewRat(100, 1), Means: survey.Means{Full: m}}).Interval(); ok {
			t.Errorf("%v from %d respondents", got, m.N)
		}
	}
}

func TestChanged(t *testing.T) {
	t.Parallel()
	of := func(answers ...int64) scoring.Estimate { return estimate(momentsOf(answers...)) }
	tests := []struct {
		name          string
		before, after scoring.Estimate
		want          bool
	}{
		// se 10,21 and 0: the limit is 20,01
		{"as far as the noise reaches", of(3, 3, 4, 2), of(3, 3, 3, 3), false},
		{"beyond the noise, upwards", of(3, 3, 4, 2), of(4, 4, 4, 4), true},
		{"beyond the noise, downwards", of(4, 4, 4, 4), of(3, 3, 4, 2), true},
		// se 6,25 each: the limit is 17,32, the difference 12,50
		{"within the noise of both", of(3, 3, 3, 4), of(2, 3, 3, 3), false},
		// se 6,25 and 7,22: the limit is 18,71, the difference 18,75
		{"just beyond the noise of both", of(3, 3, 3, 4), of(2, 2, 3, 3), true},
		{"without any spread", of(3, 3), of(4, 4), true},
		{"the same", of(3, 3), of(3, 3), false},
		{"one respondent says nothing", of(1), of(4, 4, 4, 4), false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if got := scoring.Changed(tt.before, tt.after); got != tt.want {
				t.Errorf("%v, want %v", got, tt.want)
			}
		})
	}
}

// Newcombe (1998), Statistics in Medicine 17, table I, method 3, in percent.
func TestWilsonAsPublished(t *testing.T) {
	t.Parallel()
	tests := []struct {
		part, whole int64
		want        string
	}{
		{81, 263, "[25.53,36.62]"},
		{15, 148, "[6.24,16.05]"},
		{0, 20, "[0,16.11]"},
		{1, 29, "[0.61,17.18]"},
		{20, 20, "[83.89,100]"},
	}
	for _, tt := range tests {
		got, ok := scoring.Wilson(tt.part, tt.whole)
		if data, _ := json.Marshal(got); !ok || string(data) != tt.want {
			t.Errorf("%d of %d: %s, want %s", tt.part, tt.whole, data, tt.want)
		}
	}
	for _, share := range [][2]int64{{0, 0}, {-1, 5}, {6, 5}} {
		if got, ok := scoring.Wilson(share[0], share[1]); ok {
			t.Errorf("%v: %v", share, got)
		}
	}
}

func TestIntervalsHoldTheirFigure(t *testing.T) {
	t.Parallel()
	answers := rapid.SliceOfN(rapid.Int64Range(1, 4), 2, 40)
	rapid.Check(t, func(t *rapid.T) {
		a, b := momentsOf(answers.Draw(t, "a")...), momentsOf(answers.Draw(t, "b")...)
		pooled := a
		pooled.Add(b)
		value := scoring.Publish(estimate(pooled).Index)
		got, _ := estimate(pooled).Interval()
		if got[0] < 2500 || got[0] > value || value > got[1] || got[1] > 10000 {
			t.Fatalf("%s in %v", value, got)
		}
		part := rapid.Int64Range(0, pooled.N).Draw(t, "part")
		share, _ := scoring.Percent(part, pooled.N)
		if got, _ := scoring.Wilson(part, pooled.N); got[0] < 0 || got[0] > share || share > got[1] || got[1] > 10000 {
			t.Fatalf("%s in %v", share, got)
		}
	})
}
