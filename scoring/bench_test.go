package scoring_test

import (
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"testing"
	"time"

	"kesan/scoring"
	"kesan/survey"
	"kesan/survey/sqlite"
)

// city builds the year of a city on a store: 200 units under one agency, 2,000 officers at as many counters, three services
// per unit, and so many answers spread over 12 months, as month tallies and the years that are rolled up from them.
func city(b *testing.B, answers int) (*sqlite.Store, *survey.Register) {
	b.Helper()
	store, err := sqlite.Open(b.Context(), filepath.Join(b.TempDir(), "kesan.db"))
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = store.Close() })
	register, err := survey.OpenRegister(b.Context(), store, time.Now)
	if err != nil {
		b.Fatal(err)
	}
	drafts := []survey.Draft{{Object: survey.Unit{Code: "K", Name: "Kota", Zone: survey.WIB}}, {Object: survey.Cycle{ID: "2026", State: survey.CycleOpen, Version: 1}}}
	for u := range 200 {
		unit := fmt.Sprintf("U%03d", u)
		drafts = append(drafts, survey.Draft{Object: survey.Unit{Code: unit, Name: unit, Parent: "K", Zone: survey.WIB}})
		for o := range 10 {
			drafts = append(drafts, survey.Draft{Object: survey.Officer{ID: fmt.Sprintf("%s-%02d", unit, o), Employment: survey.PNS, Name: "x", Unit: unit}})
		}
	}
	if err := register.Write(b.Context(), "admin", "", drafts...); err != nil {
		b.Fatal(err)
	}
	rnd := rand.New(rand.NewPCG(1, 2))
	each := answers / 200 / 12
	year, _ := survey.ParsePeriod("2026")
	for u := range 200 {
		var tallies []survey.KeptTally
		for month := range 12 {
			tally := survey.Tally{}
			for range each {
				o := rnd.IntN(10)
				cell := survey.Cell{Service: fmt.Sprintf("U%03d-S%d", u, rnd.IntN(3)), Counter: fmt.Sprintf("U%03d-L%d", u, o), Channel: survey.ChannelPoster,
					Officer: fmt.Sprintf("U%03d-%02d", u, o), Form: "skm-2017@1"}
				tally.Cell(cell).Observe(someAnswers(rnd), cell)
			}
			tallies = append(tallies, survey.KeptTally{Unit: fmt.Sprintf("U%03d", u), Grain: survey.GrainMonth, Span: fmt.Sprintf("2026-%02d", month+1),
				Version: survey.FoldVersion, N: int64(each), Body: tally.Encode()})
		}
		sum, err := survey.RollUp(year, tallies)
		if err != nil {
			b.Fatal(err)
		}
		tallies = append(tallies, survey.KeptTally{Unit: tallies[0].Unit, Grain: survey.GrainYear, Span: year.ID, Version: survey.FoldVersion, N: int64(12 * each),
			Body: sum.Encode()})
		if err := store.InsertTallies(b.Context(), tallies); err != nil {
			b.Fatal(err)
		}
	}
	return store, register
}

func someAnswers(rnd *rand.Rand) survey.Answers {
	wait := rnd.IntN(60)
	answers := survey.Answers{Unsur: make(map[survey.Unsur]int, survey.UnsurCount), Wait: &wait, Profile: map[string]string{
		survey.ProfileGender: []string{"l", "p"}[rnd.IntN(2)], survey.ProfileEducation: []string{"sd", "smp", "sma", "s1", "s2"}[rnd.IntN(5)]}}
	for _, unsur := range survey.UnsurList {
		answers.Unsur[unsur] = 2 + rnd.IntN(3)
	}
	return answers
}

func BenchmarkCityYear(b *testing.B) {
	for _, answers := range []int{1_000_000, 5_000_000} {
		store, register := city(b, answers)
		b.Run(fmt.Sprintf("%d/cold", answers), func(b *testing.B) {
			for b.Loop() {
				readYear(b, scoring.NewReader(store, register, time.Now))
			}
		})
		b.Run(fmt.Sprintf("%d/warm", answers), func(b *testing.B) {
			reader := scoring.NewReader(store, register, time.Now)
			readYear(b, reader)
			for b.Loop() {
				readYear(b, reader)
			}
		})
		b.Run(fmt.Sprintf("%d/report", answers), func(b *testing.B) {
			reader := scoring.NewReader(store, register, time.Now)
			for b.Loop() {
				if _, err := reader.Report(b.Context(), "2026", "U007"); err != nil {
					b.Fatal(err)
				}
			}
		})
		if err := register.Write(b.Context(), "admin", "", monthCycles()...); err != nil {
			b.Fatal(err)
		}
		b.Run(fmt.Sprintf("%d/cold with 18 shorter cycles", answers), func(b *testing.B) {
			for b.Loop() {
				readYear(b, scoring.NewReader(store, register, time.Now))
			}
		})
	}
}

func monthCycles() []survey.Draft {
	year, _ := survey.ParsePeriod("2026")
	var drafts []survey.Draft
	for _, within := range year.Within() {
		drafts = append(drafts, survey.Draft{Object: survey.Cycle{ID: within.ID, State: survey.CycleOpen, Version: 1}})
	}
	return drafts
}

func readYear(b *testing.B, reader *scoring.Reader) {
	b.Helper()
	results, err := reader.Results(b.Context(), "2026")
	if err != nil {
		b.Fatal(err)
	}
	if want := 201*4 + 2000*3; len(results.Rows) != want || !results.Rows[0].Shown() {
		b.Fatalf("%d rows, want %d", len(results.Rows), want)
	}
}
