package scoring_test

import (
	"encoding/json"
	"math/big"
	"testing"

	"kesan/scoring"

	"pgregory.net/rapid"
)

func rat(t testing.TB, text string) *big.Rat {
	t.Helper()
	r, ok := new(big.Rat).SetString(text)
	if !ok {
		t.Fatalf("%q is not a number", text)
	}
	return r
}

func TestPublish(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, exact, text, json string
	}{
		{"two decimals", "83.31", "83,31", "83.31"},
		{"whole", "80", "80,00", "80"},
		{"one decimal", "88.5", "88,50", "88.5"},
		{"half goes up", "88.305", "88,31", "88.31"},
		{"rounded once, from the exact value", "88.3049", "88,30", "88.3"},
		{"a third", "1/3", "0,33", "0.33"},
		{"nothing", "0", "0,00", "0"},
		{"below one", "-0.5", "-0,50", "-0.5"},
		{"half goes up below zero too", "-50.005", "-50,00", "-50"},
		{"hundred", "100", "100,00", "100"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got := scoring.Publish(rat(t, tt.exact))
			if got.String() != tt.text {
				t.Errorf("text %s, want %s", got, tt.text)
			}
			if data, err := json.Marshal(got); err != nil || string(data) != tt.json {
				t.Errorf("JSON %s %v, want %s", data, err, tt.json)
			}
		})
	}
}

func TestPublishNRR(t *testing.T) {
	t.Parallel()
	got := scoring.PublishNRR(big.NewRat(105, 29))
	if got.String() != "3,6207" {
		t.Errorf("text %s", got)
	}
	data, err := json.Marshal([]scoring.TenThousandths{got, 40000, 30644})
	if err != nil || string(data) != "[3.6207,4,3.0644]" {
		t.Errorf("JSON %s %v", data, err)
	}
}

func TestReadHundredths(t *testing.T) {
	t.Parallel()
	read := func(text string) (got scoring.Hundredths, err error) {
		err = got.UnmarshalJSON([]byte(text))
		return got, err
	}
	good := map[string]scoring.Hundredths{"83.31": 8331, "80": 8000, "0.5": 50, "-0.50": -50, "100.00": 10000}
	for text, want := range good {
		if got, err := read(text); err != nil || got != want {
			t.Errorf("%q: %v %v, want %v", text, got, err, want)
		}
	}
	for _, text := range []string{"", "-", ".5", "83,31", "80.123", "1e2", "1,234.50", "0x10", "1/3", "8 0", "8.-1", "NaN", "٨٠", "99999999999999999999"} {
		if got, err := read(text); err == nil {
			t.Errorf("%q: %v, want an error", text, got)
		}
	}
}

func TestNumbersSurviveJSON(t *testing.T) {
	t.Parallel()
	type figures struct {
		Value scoring.Hundredths
		NRR   scoring.TenThousandths
		None  *scoring.Hundredths
	}
	rapid.Check(t, func(t *rapid.T) {
		want := figures{
			Value: scoring.Hundredths(rapid.Int64Range(-1e12, 1e12).Draw(t, "value")),
			NRR:   scoring.TenThousandths(rapid.Int64Range(-1e12, 1e12).Draw(t, "nrr")),
		}
		data, err := json.Marshal(want)
		if err != nil {
			t.Fatal(err)
		}
		var got figures
		if err := json.Unmarshal(data, &got); err != nil || got != want {
			t.Fatalf("%s became %+v %v", data, got, err)
		}
	})
}
