package mongodb

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"kesan/survey"
	"kesan/survey/storetest"
)

// TestKill kills the server while eight writers store answers. Each repeats its batch until it is acknowledged, through the
// one store that was opened before; in the end every record must be there once.
func TestKill(t *testing.T) {
	t.Parallel()
	const writers, batches, size, kills = 8, 60, 5, 3
	server := storetest.StartWire(t)
	store := openAt(t, server.URI())
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()

	acknowledged := make(chan bool, writers*batches)
	var wait sync.WaitGroup
	for w := range writers {
		wait.Go(func() {
			for b := range batches {
				batch := make([]survey.Record, size)
				for i := range batch {
					batch[i] = record((w*batches+b)*size + i)
				}
				if !appendUntilStored(ctx, t, store, batch) {
					return
				}
				acknowledged <- true
			}
		})
	}
	go func() {
		wait.Wait()
		close(acknowledged)
	}()
	var done int
	for range acknowledged {
		if done++; done%(writers*batches/(kills+1)) == 0 && done < writers*batches {
			server.Kill()
			server.Restart(t)
		}
	}

	if done != writers*batches {
		t.Fatalf("%d batches of %d were acknowledged", done, writers*batches)
	}
	seen := map[survey.RecordID]bool{}
	for r, err := range store.Records(ctx, "", "2026-03-31", "2026-03-31") {
		if err != nil {
			t.Fatal(err)
		}
		if seen[r.ID] {
			t.Errorf("%x is there twice", r.ID)
		}
		seen[r.ID] = true
	}
	for n := range done * size {
		if !seen[record(n).ID] {
			t.Errorf("%d was acknowledged and is not there", n)
		}
	}
	if len(seen) != done*size {
		t.Errorf("%d records, want %d", len(seen), done*size)
	}
}

// appendUntilStored repeats a batch while the store is away; none of its records may be another's.
func appendUntilStored(ctx context.Context, t *testing.T, store *Store, batch []survey.Record) bool {
	for {
		call, cancel := context.WithTimeout(ctx, callTime)
		outcomes, err := store.AppendRecords(call, batch)
		cancel()
		if ctx.Err() != nil {
			t.Errorf("not stored in time: %v", err)
			return false
		}
		if err != nil {
			continue
		}
		for _, outcome := range outcomes {
			if outcome != survey.Stored && outcome != survey.Repeated {
				t.Errorf("outcomes %v", outcomes)
				return false
			}
		}
		return true
	}
}

// A server that is not there is told from an answer that is wrong.
func TestAway(t *testing.T) {
	t.Parallel()
	server := storetest.StartWire(t)
	store := openAt(t, server.URI())
	if err := store.PutEntry(t.Context(), survey.Entry{Key: "sesi"}); err != nil {
		t.Fatal(err)
	}
	server.Kill()
	if err := store.PutEntry(t.Context(), survey.Entry{Key: "sesi"}); !errors.Is(err, survey.ErrAway) {
		t.Errorf("writing: %v", err)
	}
	if _, err := store.Entry(t.Context(), "sesi", time.Now()); !errors.Is(err, survey.ErrAway) {
		t.Errorf("reading: %v", err)
	}
	server.Restart(t)
	if _, err := store.Entry(t.Context(), "sesi", time.Now()); err != nil {
		t.Error(err)
	}
}
