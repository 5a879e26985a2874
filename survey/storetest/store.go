package storetest

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"testing"
	"time"

	"kesan/survey"
)

var storeCases = []testCase{
	{"it checks itself", func(t *testing.T, store survey.Store) {
		must(t, store.Check(t.Context()))
		must(t, store.Check(t.Context()))
	}},
	{"a closed store answers with errors", func(t *testing.T, store survey.Store) {
		must(t, store.Close())
		for name, err := range everyCall(t.Context(), store) {
			if err == nil || errors.Is(err, survey.ErrNotFound) || errors.Is(err, survey.ErrConflict) {
				t.Errorf("%s: %v", name, err)
			}
		}
	}},
	{"a cancelled call ends with the context's error and writes nothing", func(t *testing.T, store survey.Store) {
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		for name, err := range everyCall(ctx, store) {
			if !errors.Is(err, context.Canceled) {
				t.Errorf("%s: %v", name, err)
			}
		}
		wantRecords(t, all(t, store.Records(t.Context(), "", firstDay, lastDay)))
		wantDocuments(t, store, "kind", "")
		if changes := all(t, store.Changes(t.Context(), 0)); len(changes) != 0 {
			t.Errorf("%d changes", len(changes))
		}
		_, err := store.Entry(t.Context(), "key", at)
		wantErr(t, err, survey.ErrNotFound)
		must(t, store.Check(t.Context()))
	}},
	{"iterators that are left early hold nothing", func(t *testing.T, store survey.Store) {
		fill(t, store)
		for range 40 {
			first(t, store.Records(t.Context(), "", firstDay, lastDay))
			first(t, store.Records(t.Context(), "a", firstDay, lastDay))
			first(t, store.Changes(t.Context(), 0))
			first(t, store.Documents(t.Context(), "kind", ""))
		}
		must(t, store.Check(t.Context()))
	}},
	{"a store can be used while iterating, by many", func(t *testing.T, store survey.Store) {
		fill(t, store)
		ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
		defer cancel()
		atOnce(8, func(i int) {
			for r, err := range store.Records(ctx, "", firstDay, lastDay) {
				if err != nil {
					t.Error(err)
					return
				}
				for name, err := range everyCall(ctx, store) {
					if err != nil && !errors.Is(err, survey.ErrConflict) {
						t.Errorf("%s at %v: %v", name, r.Bucket, err)
						return
					}
				}
			}
		})
	}},
}

// everyCall calls each method once and yields its name and error.
func everyCall(ctx context.Context, store survey.Store) iter.Seq2[string, error] {
	query := survey.TallyQuery{Grain: survey.GrainDay, From: "2026-01-01", To: "2026-12-31", Version: 1}
	calls := []struct {
		name string
		call func() error
	}{
		{"AppendChange", func() error { return store.AppendChange(ctx, change(1, "siti")) }},
		{"Changes", func() error { return firstErr(store.Changes(ctx, 0)) }},
		{"AppendRecords", func() error {
			_, err := store.AppendRecords(ctx, []survey.Record{record("a", day, 1)})
			return err
		}},
		{"Records", func() error { return firstErr(store.Records(ctx, "", firstDay, lastDay)) }},
		{"Records of a unit", func() error { return firstErr(store.Records(ctx, "a", firstDay, lastDay)) }},
		{"CountRecords", func() error {
			_, err := store.CountRecords(ctx, "", firstDay, lastDay)
			return err
		}},
		{"InsertTallies", func() error { return store.InsertTallies(ctx, []survey.KeptTally{dayTally("a", day, 1)}) }},
		{"Tallies", func() error {
			_, err := store.Tallies(ctx, query)
			return err
		}},
		{"DiscardTallies", func() error { return store.DiscardTallies(ctx, query, 1) }},
		{"InsertDocument", func() error { return store.InsertDocument(ctx, document("kind", "1")) }},
		{"Documents", func() error { return firstErr(store.Documents(ctx, "kind", "")) }},
		{"PutEntry", func() error { return store.PutEntry(ctx, survey.Entry{Key: "key", Value: []byte("v")}) }},
		{"Entry", func() error {
			_, err := store.Entry(ctx, "key", at)
			return err
		}},
		{"DeleteEntry", func() error { return store.DeleteEntry(ctx, "absent") }},
		{"Check", func() error { return store.Check(ctx) }},
	}
	return func(yield func(string, error) bool) {
		for _, c := range calls {
			if !yield(c.name, c.call()) {
				return
			}
		}
	}
}

func firstErr[T any](seq iter.Seq2[T, error]) error {
	for _, err := range seq {
		return err
	}
	return nil
}

func first[T any](t *testing.T, seq iter.Seq2[T, error]) {
	t.Helper()
	for _, err := range seq {
		must(t, err)
		return
	}
	t.Fatal("nothing was yielded")
}

// fill writes a little of everything.
func fill(t *testing.T, store survey.Store) {
	t.Helper()
	for i := range 3 {
		must(t, store.AppendChange(t.Context(), change(int64(i+1), "siti")))
		appendAll(t, store, record("a", day, 2*i), record("b", day.Add(i), 2*i+1))
		must(t, store.InsertTallies(t.Context(), []survey.KeptTally{dayTally("a", day.Add(i), int64(i))}))
		must(t, store.InsertDocument(t.Context(), document("kind", fmt.Sprint(i))))
		must(t, store.PutEntry(t.Context(), survey.Entry{Key: fmt.Sprint(i), Value: []byte("v"), Expires: at.Add(time.Hour)}))
	}
}

// reopen checks that a store that was closed shows everything when it is opened again.
func reopen(t *testing.T, opener Opener) {
	store := open(t, opener)
	fill(t, store)
	must(t, store.Close())
	wantFilled(t, open(t, opener))
}

// openedTwice checks that two processes see each other's writes at once and that keys are unique among them.
func openedTwice(t *testing.T, opener Opener) {
	one, two := open(t, opener), open(t, opener)
	fill(t, one)
	wantFilled(t, two)
	wantErr(t, two.AppendChange(t.Context(), change(3, "budi")), survey.ErrConflict)
	wantErr(t, two.InsertDocument(t.Context(), document("kind", "1")), survey.ErrConflict)
	wantOutcomes(t, two, []survey.Record{record("a", day, 0), record("a", day, 100)}, survey.Repeated, survey.Stored)
	wantOutcomes(t, one, []survey.Record{record("a", day, 100)}, survey.Repeated)
}

// wantFilled checks what fill wrote.
func wantFilled(t *testing.T, store survey.Store) {
	t.Helper()
	changes := all(t, store.Changes(t.Context(), 0))
	if len(changes) != 3 {
		t.Fatalf("%d changes", len(changes))
	}
	wantChange(t, changes[2], change(3, "siti"))
	var want []survey.Record
	for i := range 3 {
		want = append(want, record("a", day, 2*i), record("b", day.Add(i), 2*i+1))
	}
	wantRecords(t, all(t, store.Records(t.Context(), "", firstDay, lastDay)), sorted(want...)...)
	wantTallies(t, store, daysOf("a", string(day), string(day.Add(2))), dayTally("a", day, 0), dayTally("a", day.Add(1), 1), dayTally("a", day.Add(2), 2))
	wantDocuments(t, store, "kind", "", document("kind", "0"), document("kind", "1"), document("kind", "2"))
	wantEntry(t, store, survey.Entry{Key: "2", Value: []byte("v"), Expires: at.Add(time.Hour)})
}
