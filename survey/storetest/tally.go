package storetest

import (
	"fmt"
	"strings"
	"testing"

	"kesan/survey"
)

var tallyCases = []testCase{
	{"an empty store has none", func(t *testing.T, store survey.Store) {
		wantTallies(t, store, daysOf("", "2026-01-01", "2026-12-31"))
		must(t, store.InsertTallies(t.Context(), nil))
	}},
	{"a tally comes back as it was", func(t *testing.T, store survey.Store) {
		for i, body := range hardBodies() {
			tally := dayTally("a", survey.Day("2026-01-01").Add(i), int64(i))
			tally.Body = body
			must(t, store.InsertTallies(t.Context(), []survey.KeptTally{tally}))
			wantTallies(t, store, daysOf("a", tally.Span, tally.Span), tally)
		}
	}},
	{"the largest N is given, by number", func(t *testing.T, store survey.Store) {
		var tallies []survey.KeptTally
		for _, n := range []int64{9, 10, 1 << 40, 2, 0, 100} {
			tallies = append(tallies, dayTally("a", "2026-01-01", n))
		}
		tallies = append(tallies, dayTally("a", "2026-01-02", 10), dayTally("a", "2026-01-02", 9))
		must(t, store.InsertTallies(t.Context(), tallies))
		wantTallies(t, store, daysOf("a", "2026-01-01", "2026-01-02"), tallies[2], tallies[6])
		wantTallies(t, store, daysOf("", "2026-01-01", "2026-01-02"), tallies[2], tallies[6])
	}},
	{"one that exists is left as it is", func(t *testing.T, store survey.Store) {
		first, second := dayTally("a", "2026-01-01", 7), dayTally("a", "2026-01-01", 7)
		second.Body = []byte("another")
		must(t, store.InsertTallies(t.Context(), []survey.KeptTally{first}))
		must(t, store.InsertTallies(t.Context(), []survey.KeptTally{second, dayTally("b", "2026-01-01", 1), second}))
		wantTallies(t, store, daysOf("", "2026-01-01", "2026-01-01"), first, dayTally("b", "2026-01-01", 1))
	}},
	{"tallies are ordered by unit and span", func(t *testing.T, store survey.Store) {
		var want, given []survey.KeptTally
		for _, unit := range hardKeys {
			for _, day := range []survey.Day{"2026-01-02", "2026-01-10", "2026-11-01"} {
				want = append(want, dayTally(unit, day, 3))
				given = append([]survey.KeptTally{dayTally(unit, day, 3)}, given...)
			}
		}
		must(t, store.InsertTallies(t.Context(), given))
		wantTallies(t, store, daysOf("", "2026-01-01", "2026-12-31"), want...)
		for i, unit := range hardKeys {
			wantTallies(t, store, daysOf(unit, "2026-01-01", "2026-12-31"), want[3*i:3*i+3]...)
		}
	}},
	{"a query keeps to its grain, version and range", func(t *testing.T, store survey.Store) {
		first := dayTally("a", "2026-01-31", 5)
		version := first
		version.Version, version.N, version.Body = 2, 99, []byte("version 2")
		month := survey.KeptTally{Unit: "a", Grain: survey.GrainMonth, Span: "2026-01", Version: 1, N: 50, Body: []byte("month")}
		next := dayTally("a", "2026-02-01", 6)
		must(t, store.InsertTallies(t.Context(), []survey.KeptTally{version, next, month, first}))
		wantTallies(t, store, daysOf("a", "2026-01-01", "2026-01-31"), first)
		wantTallies(t, store, daysOf("", "2026-01-31", "2026-02-01"), first, next)
		wantTallies(t, store, daysOf("", "2026-02-02", "2026-12-31"))
		wantTallies(t, store, daysOf("", "2026-02-01", "2026-01-31"))
		wantTallies(t, store, survey.TallyQuery{Grain: survey.GrainDay, From: "2026-01-01", To: "2026-01-31", Version: 2}, version)
		wantTallies(t, store, survey.TallyQuery{Grain: survey.GrainMonth, From: "2026-01", To: "2026-01", Version: 1}, month)
	}},
	{"heads have no bodies", func(t *testing.T, store survey.Store) {
		must(t, store.InsertTallies(t.Context(), []survey.KeptTally{dayTally("a", "2026-01-01", 9), dayTally("a", "2026-01-01", 10), dayTally("b", "2026-01-01", 1)}))
		for unit, want := range map[string]int{"": 2, "a": 1} {
			query := daysOf(unit, "2026-01-01", "2026-01-01")
			query.HeadsOnly = true
			heads, err := store.Tallies(t.Context(), query)
			must(t, err)
			if len(heads) != want || heads[0].Body != nil || heads[0].N != 10 || heads[0].Unit != "a" || heads[0].Span != "2026-01-01" || heads[0].Version != 1 || heads[0].Grain != survey.GrainDay {
				t.Fatalf("heads %+v", heads)
			}
		}
	}},
	{"large and many", func(t *testing.T, store survey.Store) {
		var tallies []survey.KeptTally
		for i := range 300 {
			tally := dayTally("a", survey.Day("2026-01-01").Add(i), int64(i))
			tally.Body = []byte(strings.Repeat(fmt.Sprint(i, " "), 1000))
			tallies = append(tallies, tally)
		}
		must(t, store.InsertTallies(t.Context(), tallies))
		wantTallies(t, store, daysOf("", "2026-01-01", "2026-12-31"), tallies...)
	}},
	{"parallel folds of one bucket are all success", func(t *testing.T, store survey.Store) {
		atOnce(8, func(i int) {
			if err := store.InsertTallies(t.Context(), []survey.KeptTally{dayTally("a", "2026-01-01", 5), dayTally("a", "2026-01-01", int64(i))}); err != nil {
				t.Error(err)
			}
		})
		wantTallies(t, store, daysOf("a", "2026-01-01", "2026-01-01"), dayTally("a", "2026-01-01", 7))
	}},
	{"discarding below N leaves N", func(t *testing.T, store survey.Store) {
		must(t, store.InsertTallies(t.Context(), []survey.KeptTally{dayTally("a", "2026-01-01", 9), dayTally("a", "2026-01-01", 10), dayTally("a", "2026-01-01", 11)}))
		query := daysOf("a", "2026-01-01", "2026-01-01")
		must(t, store.DiscardTallies(t.Context(), query, 10))
		must(t, store.DiscardTallies(t.Context(), query, 10)) // twice is success
		wantTallies(t, store, query, dayTally("a", "2026-01-01", 11))
		must(t, store.DiscardTallies(t.Context(), query, 11))
		wantTallies(t, store, query, dayTally("a", "2026-01-01", 11))
		// 9 is gone, so its place is free again.
		again := dayTally("a", "2026-01-01", 9)
		again.Body = []byte("again")
		must(t, store.InsertTallies(t.Context(), []survey.KeptTally{again}))
		wantTallies(t, store, query, dayTally("a", "2026-01-01", 11))
	}},
	{"discarding below N for all units leaves N of each", func(t *testing.T, store survey.Store) {
		for _, unit := range []string{"a", "b"} {
			must(t, store.InsertTallies(t.Context(), []survey.KeptTally{dayTally(unit, "2026-01-01", 9), dayTally(unit, "2026-01-02", 10)}))
		}
		query := daysOf("", "2026-01-01", "2026-01-02")
		must(t, store.DiscardTallies(t.Context(), query, 10))
		wantTallies(t, store, query, dayTally("a", "2026-01-02", 10), dayTally("b", "2026-01-02", 10))
	}},
	{"discarding with 0 deletes all that the query selects", func(t *testing.T, store survey.Store) {
		kept := []survey.KeptTally{dayTally("a", "2026-01-01", 1), dayTally("a", "2026-01-03", 1), dayTally("ab", "2026-01-02", 1)}
		other := dayTally("a", "2026-01-02", 1)
		other.Version = 2
		month := survey.KeptTally{Unit: "a", Grain: survey.GrainMonth, Span: "2026-01-02", Version: 1, N: 1, Body: []byte("m")}
		gone := []survey.KeptTally{dayTally("a", "2026-01-02", 0), dayTally("a", "2026-01-02", 5)}
		for _, tallies := range [][]survey.KeptTally{kept, {other, month}, gone} {
			must(t, store.InsertTallies(t.Context(), tallies))
		}
		must(t, store.DiscardTallies(t.Context(), daysOf("a", "2026-01-02", "2026-01-02"), 0))
		wantTallies(t, store, daysOf("", "2026-01-01", "2026-01-03"), kept...)
		wantTallies(t, store, survey.TallyQuery{Grain: survey.GrainDay, From: "2026-01-02", To: "2026-01-02", Version: 2}, other)
		wantTallies(t, store, survey.TallyQuery{Grain: survey.GrainMonth, From: "2026-01-02", To: "2026-01-02", Version: 1}, month)
		must(t, store.DiscardTallies(t.Context(), daysOf("", "2026-01-02", "2026-01-03"), 0))
		wantTallies(t, store, daysOf("", "2026-01-01", "2026-01-03"), kept[0])
	}},
}

func daysOf(unit, from, to string) survey.TallyQuery {
	return survey.TallyQuery{Unit: unit, Grain: survey.GrainDay, From: from, To: to, Version: 1}
}

func dayTally(unit string, day survey.Day, n int64) survey.KeptTally {
	return survey.KeptTally{Unit: unit, Grain: survey.GrainDay, Span: string(day), Version: 1, N: n, Body: fmt.Appendf(nil, "%s %s %d", unit, day, n)}
}

func wantTallies(t *testing.T, store survey.Store, query survey.TallyQuery, want ...survey.KeptTally) {
	t.Helper()
	got, err := store.Tallies(t.Context(), query)
	must(t, err)
	if len(got) != len(want) {
		t.Fatalf("%d tallies, want %d: %.300v", len(got), len(want), got)
	}
	for i, g := range got {
		w := want[i]
		wantBody(t, g.Body, w.Body)
		if g.Unit != w.Unit || g.Grain != w.Grain || g.Span != w.Span || g.Version != w.Version || g.N != w.N {
			t.Fatalf("tally %d: got %+v, want %+v", i, g, w)
		}
	}
}
