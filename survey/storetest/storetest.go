// Package storetest is what every survey.Store must pass: each promise of the contract is a subtest, so that the same calls
// mean the same on every store. An adapter's own test calls Run and adds only what is particular to it.
package storetest

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"iter"
	"slices"
	"sync"
	"testing"
	"time"

	"kesan/survey"
)

// Opener opens the store at one place; called again, it opens the same data once more. Run closes what it opens.
type Opener func(t *testing.T) survey.Store

// Run runs the suite. locate names a fresh, empty place for each subtest.
func Run(t *testing.T, locate func(t *testing.T) Opener) {
	for _, group := range []struct {
		name  string
		cases []testCase
	}{
		{"Changes", changeCases},
		{"Records", recordCases},
		{"ParallelRecords", parallelRecordCases},
		{"Tallies", tallyCases},
		{"Documents", documentCases},
		{"Entries", entryCases},
		{"Store", storeCases},
	} {
		t.Run(group.name, func(t *testing.T) {
			t.Parallel()
			for _, c := range group.cases {
				t.Run(c.name, func(t *testing.T) {
					t.Parallel()
					c.run(t, open(t, locate(t)))
				})
			}
		})
	}
	t.Run("Reopen", func(t *testing.T) {
		t.Parallel()
		reopen(t, locate(t))
	})
	t.Run("OpenedTwice", func(t *testing.T) {
		t.Parallel()
		openedTwice(t, locate(t))
	})
}

type testCase struct {
	name string
	run  func(t *testing.T, store survey.Store)
}

func open(t *testing.T, opener Opener) survey.Store {
	t.Helper()
	store := opener(t)
	t.Cleanup(func() { _ = store.Close() }) // some subtests close it themselves
	return store
}

// at is a time with a millisecond that must survive.
var at = time.Date(2026, 3, 31, 16, 59, 59, 987_000_000, time.UTC)

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func wantErr(t *testing.T, err, want error) {
	t.Helper()
	if !errors.Is(err, want) {
		t.Fatalf("error %v, want %v", err, want)
	}
}

// all reads an iteration to its end; one that goes in circles fails.
func all[T any](t *testing.T, seq iter.Seq2[T, error]) []T {
	t.Helper()
	const most = 10_000 // no subtest writes as many
	var items []T
	for item, err := range seq {
		must(t, err)
		if items = append(items, item); len(items) > most {
			t.Fatalf("an iteration does not end")
		}
	}
	return items
}

func wantEqual[T comparable](t *testing.T, what string, got, want []T) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Fatalf("%s: got %v, want %v", what, got, want)
	}
}

// wantBody compares bodies; one that was written comes back empty at least, never nil.
func wantBody(t *testing.T, got, want []byte) {
	t.Helper()
	if got == nil {
		t.Fatal("a body is nil")
	}
	if !bytes.Equal(got, want) {
		t.Fatalf("body of %d bytes %.60q, want %d bytes %.60q", len(got), got, len(want), want)
	}
}

// atOnce runs do n times at the same moment.
func atOnce(n int, do func(i int)) {
	var wait sync.WaitGroup
	start := make(chan struct{})
	for i := range n {
		wait.Go(func() {
			<-start
			do(i)
		})
	}
	close(start)
	wait.Wait()
}

// record returns a record whose ID follows from n; the same n gives the same record.
func record(unit string, day survey.Day, n int) survey.Record {
	id := sha256.Sum256(binary.BigEndian.AppendUint64(nil, uint64(n)))
	body := []byte(`{"n":` + string(binary.BigEndian.AppendUint16(nil, uint16(0x3030+n%10))) + `}`)
	return survey.Record{
		Bucket: survey.Bucket{Unit: unit, Day: day}, ID: survey.RecordID(id[:16]),
		Kind: survey.KindResponse, Hash: sha256.Sum256(body), Body: body,
	}
}

func appendAll(t *testing.T, store survey.Store, records ...survey.Record) {
	t.Helper()
	for batch := range slices.Chunk(records, batchSize) {
		wantOutcomes(t, store, batch, slices.Repeat([]survey.Outcome{survey.Stored}, len(batch))...)
	}
}

// batchSize keeps a call well within the time that a store allows itself, on a busy machine too.
const batchSize = 100

const (
	firstDay survey.Day = "0001-01-01"
	lastDay  survey.Day = "9999-12-31"
)

// hardKeys are keys that some store might take for a pattern, fold or sort by language; they stand in bytewise order.
var hardKeys = []string{
	`"'`, "$where", "%", "*", "..", "33.74", "33.74.09", "33.740", "A", "B", "Z", `\`, "_", "a", "a b", "a$", "a%", "a.*", "a.b", "aA", "a[b]", "a_",
	"aa", "ab", "a|b", "b", "z", "~", "é", "ü", "日本", "😀",
}
