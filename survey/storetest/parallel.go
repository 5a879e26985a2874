package storetest

import (
	"sync"
	"testing"

	"kesan/survey"
)

const writers = 8

var parallelRecordCases = []testCase{
	{"of parallel appends of one record exactly one is Stored", func(t *testing.T, store survey.Store) {
		for round := range 5 {
			outcomes := appendAtOnce(t, store, func(int) []survey.Record { return []survey.Record{record("a", day, round)} })
			if n := count(outcomes, survey.Stored); n != 1 || count(outcomes, survey.Repeated) != writers-1 {
				t.Fatalf("outcomes %v", outcomes)
			}
			counts, err := store.CountRecords(t.Context(), "", day, day)
			must(t, err)
			if len(counts) != 1 || counts[0].N != int64(round+1) {
				t.Fatalf("counts %v after round %d", counts, round)
			}
		}
	}},
	{"of parallel appends under one ID the one Stored stands", func(t *testing.T, store survey.Store) {
		for round := range 5 {
			bucket := day.Add(round)
			batch := func(i int) []survey.Record {
				r := record("a", bucket, round)
				r.Hash[31] = byte(i)
				return []survey.Record{r}
			}
			outcomes := appendAtOnce(t, store, batch)
			if count(outcomes, survey.Stored) != 1 || count(outcomes, survey.Differs) != writers-1 {
				t.Fatalf("outcomes %v", outcomes)
			}
			kept := all(t, store.Records(t.Context(), "", bucket, bucket))
			if len(kept) != 1 || outcomes[kept[0].Hash[31]][0] != survey.Stored {
				t.Fatalf("%d kept, the first of writer %d, outcomes %v", len(kept), kept[0].Hash[31], outcomes)
			}
		}
	}},
	{"parallel batches that overlap store each record once", func(t *testing.T, store survey.Store) {
		const size, step = 40, 20 // each record stands in two batches
		outcomes := appendAtOnce(t, store, func(i int) []survey.Record {
			var batch []survey.Record
			for n := range size {
				batch = append(batch, record("a", day, i*step+n))
			}
			return batch
		})
		const distinct = (writers-1)*step + size
		if n := count(outcomes, survey.Stored); n != distinct || count(outcomes, survey.Repeated) != writers*size-distinct {
			t.Fatalf("%d Stored, want %d", n, distinct)
		}
		if kept := all(t, store.Records(t.Context(), "", day, day)); len(kept) != distinct {
			t.Fatalf("%d kept, want %d", len(kept), distinct)
		}
	}},
	{"reading sees what was there before and nothing twice", func(t *testing.T, store survey.Store) {
		const before = 1200
		var records []survey.Record
		for i := range before {
			records = append(records, record("a", day, i))
		}
		appendAll(t, store, records...)
		var wait sync.WaitGroup
		defer wait.Wait()
		wait.Go(func() {
			for i := range 20 {
				if _, err := store.AppendRecords(t.Context(), []survey.Record{record("a", day, before+i)}); err != nil {
					t.Error(err)
				}
			}
		})
		seen := map[survey.RecordID]bool{}
		for r, err := range store.Records(t.Context(), "", day, day) {
			must(t, err)
			if seen[r.ID] {
				t.Fatalf("%x came twice", r.ID)
			}
			seen[r.ID] = true
		}
		for _, r := range records {
			if !seen[r.ID] {
				t.Fatalf("%x was not read", r.ID)
			}
		}
	}},
}

// appendAtOnce lets all writers append their batches at the same moment and returns the outcomes of each.
func appendAtOnce(t *testing.T, store survey.Store, batch func(i int) []survey.Record) [writers][]survey.Outcome {
	t.Helper()
	var outcomes [writers][]survey.Outcome
	atOnce(writers, func(i int) {
		got, err := store.AppendRecords(t.Context(), batch(i))
		if err != nil {
			t.Errorf("writer %d: %v", i, err)
		}
		outcomes[i] = got
	})
	if t.Failed() {
		t.FailNow()
	}
	return outcomes
}

func count(outcomes [writers][]survey.Outcome, outcome survey.Outcome) (n int) {
	for _, batch := range outcomes {
		for _, got := range batch {
			if got == outcome {
				n++
			}
		}
	}
	return n
}
