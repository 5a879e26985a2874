package scoring_test

import (
	"math/big"
	"slices"
	"testing"

	"kesan/scoring"

	"pgregory.net/rapid"
)

// kemenag is a published table: a regional office, quarter III, 29 respondents.
var kemenag = []scoring.Element{
	scoring.ElementOf([4]int64{0, 0, 11, 18}),
	scoring.ElementOf([4]int64{0, 0, 15, 14}),
	scoring.ElementOf([4]int64{0, 2, 12, 15}),
	scoring.ElementOf([4]int64{0, 0, 0, 29}),
	scoring.ElementOf([4]int64{0, 0, 14, 15}),
	scoring.ElementOf([4]int64{0, 0, 11, 18}),
	scoring.ElementOf([4]int64{0, 0, 10, 19}),
	scoring.ElementOf([4]int64{0, 0, 11, 18}),
	scoring.ElementOf([4]int64{0, 0, 1, 28}),
}

// all returns nine unsur with the same sum of n answers.
func all(n, sum int64) []scoring.Element {
	return slices.Repeat([]scoring.Element{{N: n, Sum: sum}}, 9)
}

func TestIndex(t *testing.T) {
	t.Parallel()
	missing := all(3, 9)
	missing[2] = scoring.Element{N: 2, Sum: 4}
	eight := all(3, 9)
	eight[8] = scoring.Element{}
	tests := []struct {
		name     string
		elements []scoring.Element
		weight   scoring.Weight
		want     string
		grade    string
	}{
		{"kemenag", kemenag, scoring.WeightExact, "91,48", "A"},
		{"kemenag 0,111", kemenag, scoring.Weight0111, "91,38", "A"},
		{"kemenag 0,11", kemenag, scoring.Weight011, "90,56", "A"},
		{"missing answers", missing, scoring.WeightExact, "72,22", "C"},
		{"NRR 3,535", all(1000, 3535), scoring.WeightExact, "88,38", "A"},
		{"NRR 3,535 with 0,111", all(1000, 3535), scoring.Weight0111, "88,29", "B"},
		{"NRR 3,54", all(100, 354), scoring.WeightExact, "88,50", "A"},
		{"NRR 3,20", all(10, 32), scoring.WeightExact, "80,00", "B"},
		{"NRR 3,0003", all(10000, 30003), scoring.WeightExact, "75,01", "C"},
		{"NRR 3,095", all(1000, 3095), scoring.WeightExact, "77,38", "B"},
		{"all fours", all(7, 28), scoring.WeightExact, "100,00", "A"},
		{"all fours with 0,111", all(7, 28), scoring.Weight0111, "99,90", "A"},
		{"all fours with 0,11", all(7, 28), scoring.Weight011, "99,00", "A"},
		{"all ones", all(7, 7), scoring.WeightExact, "25,00", "D"},
		{"an unsur nobody answered is left out", eight, scoring.WeightExact, "75,00", "C"},
		{"an unsur nobody answered with 0,11", eight, scoring.Weight011, "72,00", "C"},
		{"officer, two unsur", []scoring.Element{{N: 3, Sum: 10}, {N: 3, Sum: 11}}, scoring.WeightExact, "87,50", "B"},
		{"a hundred million answers", all(100_000_000, 353_500_001), scoring.WeightExact, "88,38", "A"},
	}
	bands, _ := scoring.IKMBands("2017")
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			exact, ok := scoring.Index(tt.elements, tt.weight)
			if !ok {
				t.Fatal("no index")
			}
			got := scoring.Publish(exact)
			if got.String() != tt.want || bands.Of(got).Grade != tt.grade {
				t.Errorf("%s %s, want %s %s", got, bands.Of(got).Grade, tt.want, tt.grade)
			}
		})
	}
}

func TestIndexIsExact(t *testing.T) {
	t.Parallel()
	got, _ := scoring.Index(kemenag, scoring.WeightExact)
	if want := big.NewRat(955*25, 261); got.Cmp(want) != 0 {
		t.Errorf("%v, want %v", got, want)
	}
}

func TestNoAnswersAreNoFigure(t *testing.T) {
	t.Parallel()
	for _, elements := range [][]scoring.Element{nil, make([]scoring.Element, 9)} {
		if index, ok := scoring.Index(elements, scoring.WeightExact); ok || index != nil {
			t.Errorf("index %v of no answers", index)
		}
	}
	if nrr, ok := (scoring.Element{}).NRR(); ok || nrr != nil {
		t.Errorf("NRR %v of no answers", nrr)
	}
	if mean, ok := scoring.MeanOfUnits(nil); ok {
		t.Errorf("mean %v of no units", mean)
	}
}

func TestMeanOfUnits(t *testing.T) {
	t.Parallel()
	if got, ok := scoring.MeanOfUnits([]scoring.Hundredths{8000, 8331}); !ok || got != 8166 {
		t.Errorf("%v, want 81,66", got) // 81,655, half up
	}
}

func TestParseWeight(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]scoring.Weight{
		"exact": scoring.WeightExact, "0.111": scoring.Weight0111, "0.11": scoring.Weight011,
	} {
		if got, err := scoring.ParseWeight(text); err != nil || got != want {
			t.Errorf("%s: %v %v", text, got, err)
		}
	}
	if _, err := scoring.ParseWeight("0.1"); err == nil {
		t.Error("0.1 was taken")
	}
}

// histograms draws the answers of some respondents to nine unsur, of which at least one was answered.
func histograms(t *rapid.T, label string) [9][4]int64 {
	var h [9][4]int64
	for u := range h {
		for v := range h[u] {
			h[u][v] = rapid.Int64Range(0, 50).Draw(t, label)
		}
	}
	h[0][rapid.IntRange(0, 3).Draw(t, label)]++
	return h
}

func elementsOf(h [9][4]int64) []scoring.Element {
	var elements []scoring.Element
	for _, answers := range h {
		elements = append(elements, scoring.ElementOf(answers))
	}
	return elements
}

func TestMergedElementsEqualTheUnion(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		a, b := histograms(t, "a"), histograms(t, "b")
		for u := range a {
			merged := scoring.ElementOf(a[u]).Add(scoring.ElementOf(b[u]))
			union := a[u]
			for v, n := range b[u] {
				union[v] += n
			}
			if merged != scoring.ElementOf(union) {
				t.Fatalf("unsur %d: %v", u, merged)
			}
		}
	})
}

func TestABetterAnswerNeverLowersTheIndex(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		h := histograms(t, "answers")
		weight := scoring.Weight(rapid.IntRange(0, 2).Draw(t, "weight"))
		before, _ := scoring.Index(elementsOf(h), weight)
		u, v := rapid.IntRange(0, 8).Draw(t, "unsur"), rapid.IntRange(0, 2).Draw(t, "value")
		if h[u][v] == 0 {
			t.Skip("nobody gave this answer")
		}
		h[u][v]--
		h[u][v+1]++
		after, _ := scoring.Index(elementsOf(h), weight)
		if after.Cmp(before) <= 0 {
			t.Fatalf("%v after %v", after, before)
		}
	})
}

func TestIndexStaysInRangeInAnyOrder(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		elements := elementsOf(histograms(t, "answers"))
		index, _ := scoring.Index(elements, scoring.WeightExact)
		if value := scoring.Publish(index); value < 2500 || value > 10000 {
			t.Fatalf("%v is out of range", value)
		}
		shuffled := rapid.Permutation(elements).Draw(t, "order")
		if other, _ := scoring.Index(shuffled, scoring.WeightExact); other.Cmp(index) != 0 {
			t.Fatalf("%v in another order, %v before", other, index)
		}
	})
}
