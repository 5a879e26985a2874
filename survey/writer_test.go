package survey_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"kesan/survey"
)

func newWriter(t testing.TB, store survey.Store) *survey.Writer {
	t.Helper()
	writer := survey.NewWriter(store, newTallier(t, store))
	t.Cleanup(writer.Close)
	return writer
}

func storedCount(t testing.TB, store survey.Store) int64 {
	t.Helper()
	counts, err := store.CountRecords(context.Background(), "", "2000-01-01", "2099-12-31")
	if err != nil {
		t.Fatal(err)
	}
	var n int64
	for _, c := range counts {
		n += c.N
	}
	return n
}

// numbered is an answer with a two-byte number for an ID.
func numbered(n int) survey.Response {
	response := answer(monday, byte(n), all(3))
	response.ID[1] = byte(n >> 8)
	return response
}

func TestWriterOutcomes(t *testing.T) {
	t.Parallel()
	store := openStore(t)
	writer := newWriter(t, store)
	var writes, took atomic.Int64
	writer.Watch(func(d time.Duration) { writes.Add(1); took.Add(int64(d)) })
	other := numbered(1)
	other.Answers = all(1)
	for _, test := range []struct {
		record survey.Record
		want   survey.Outcome
	}{{numbered(1).Record(), survey.Stored}, {numbered(1).Record(), survey.Repeated}, {other.Record(), survey.Differs}, {numbered(2).Record(), survey.Stored}} {
		if got, err := writer.Append(t.Context(), test.record); err != nil || got != test.want {
			t.Errorf("got %d, %v; want %d", got, err, test.want)
		}
	}
	if writer.Accepted.Load() != 2 || writer.Repeated.Load() != 1 || writer.Refused.Load() != 0 || writer.Waiting() != 0 {
		t.Errorf("accepted %d, repeated %d, refused %d", writer.Accepted.Load(), writer.Repeated.Load(), writer.Refused.Load())
	}
	if writes.Load() != 4 || took.Load() <= 0 { // one after the other: nothing to group
		t.Errorf("watched %d writes in %s", writes.Load(), time.Duration(took.Load()))
	}
}

// TestWriterOneWinner: many send the same form at once, some with other answers.
func TestWriterOneWinner(t *testing.T) {
	t.Parallel()
	store := openStore(t)
	writer := newWriter(t, store)
	var outcomes [4]atomic.Int64
	var group sync.WaitGroup
	for i := range 40 {
		group.Go(func() {
			response := numbered(1)
			response.Answers = all(1 + i%2)
			outcome, err := writer.Append(t.Context(), response.Record())
			if err != nil {
				t.Error(err)
			}
			outcomes[outcome].Add(1)
		})
	}
	group.Wait()
	if stored, repeated, differs := outcomes[survey.Stored].Load(), outcomes[survey.Repeated].Load(), outcomes[survey.Differs].Load(); stored != 1 || repeated != 19 || differs != 20 {
		t.Errorf("stored %d, repeated %d, differs %d; want 1, 19 and 20", stored, repeated, differs)
	}
	if n := storedCount(t, store); n != 1 {
		t.Errorf("%d records, want 1", n)
	}
}

// groups is a store that keeps nothing but how many records it was given at once.
type groups struct {
	survey.Store
	sizes []int
}

func (g *groups) AppendRecords(_ context.Context, records []survey.Record) ([]survey.Outcome, error) {
	g.sizes = append(g.sizes, len(records))
	return slices.Repeat([]survey.Outcome{survey.Repeated}, len(records)), nil
}

// TestWriterGathers: what comes within two milliseconds is written as one group, and nobody waits longer for company.
func TestWriterGathers(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		store := &groups{}
		writer := survey.NewWriter(store, nil)
		begun := time.Now()
		var group sync.WaitGroup
		for n, at := range []time.Duration{0, 1900 * time.Microsecond, 2100 * time.Microsecond} {
			group.Go(func() {
				time.Sleep(at)
				if _, err := writer.Append(t.Context(), numbered(n).Record()); err != nil {
					t.Error(err)
				}
				if waited := time.Since(begun) - at; waited > 2*time.Millisecond {
					t.Errorf("answer %d waited %s", n, waited)
				}
			})
		}
		group.Wait()
		writer.Close()
		if !slices.Equal(store.sizes, []int{2, 1}) {
			t.Errorf("written in groups of %v, want two and one", store.sizes)
		}
	})
}

// TestWriterTurnsAway: while the store hangs, 64 may wait and the rest hears so at once.
func TestWriterTurnsAway(t *testing.T) {
	t.Parallel()
	store := &faulty{Store: openStore(t)}
	entered, release := make(chan struct{}, 64), make(chan struct{})
	store.append = func([]survey.Record) error { entered <- struct{}{}; <-release; return nil }
	writer := newWriter(t, store)
	var group sync.WaitGroup
	var stored, busy atomic.Int64
	send := func(n int) {
		group.Go(func() {
			switch outcome, err := writer.Append(t.Context(), numbered(n).Record()); {
			case err == nil && outcome == survey.Stored:
				stored.Add(1)
			case errors.Is(err, survey.ErrBusy):
				busy.Add(1)
			default:
				t.Errorf("outcome %d, %v", outcome, err)
			}
		})
	}
	send(0)
	<-entered
	for n := 1; n <= 300; n++ {
		send(n)
	}
	eventually(t, "the rest is turned away", func() bool { return busy.Load() == 300-64 })
	if n := writer.Waiting(); n != 64 {
		t.Errorf("%d wait, want 64", n)
	}
	close(release)
	group.Wait()
	if stored.Load() != 65 || storedCount(t, store) != 65 || writer.Refused.Load() != 236 {
		t.Errorf("%d told that they are stored, %d are, %d turned away; want 65, 65 and 236", stored.Load(), storedCount(t, store), writer.Refused.Load())
	}
}

// TestWriterStoreAway: an error never passes as success, and the same answer may be sent again.
func TestWriterStoreAway(t *testing.T) {
	t.Parallel()
	tests := map[string]func(*faulty, error){
		"before it was stored": func(f *faulty, err error) { f.append = func([]survey.Record) error { return err } },
		"after it was stored":  func(f *faulty, err error) { f.stored = func() error { return err } },
	}
	for name, fail := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			store := &faulty{Store: openStore(t)}
			fail(store, errAway)
			writer := newWriter(t, store)
			if outcome, err := writer.Append(t.Context(), numbered(1).Record()); !errors.Is(err, errAway) || outcome != 0 {
				t.Errorf("got outcome %d, %v; want the store's error", outcome, err)
			}
			writer.Close()
			again := newWriter(t, store.Store)
			if _, err := again.Append(t.Context(), numbered(1).Record()); err != nil {
				t.Errorf("sent again: %v", err)
			}
			if n := storedCount(t, store); n != 1 {
				t.Errorf("%d stored, want 1", n)
			}
		})
	}
}

func TestWriterVisitorGone(t *testing.T) {
	t.Parallel()
	store := &faulty{Store: openStore(t)}
	entered, release := make(chan struct{}), make(chan struct{})
	store.append = func([]survey.Record) error { entered <- struct{}{}; <-release; return nil }
	writer := newWriter(t, store)
	ctx, cancel := context.WithCancel(t.Context())
	failed := make(chan error)
	go func() { _, err := writer.Append(ctx, numbered(1).Record()); failed <- err }()
	<-entered
	cancel()
	if err := <-failed; !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want that the visitor is gone", err)
	}
	close(release)
	writer.Close()
	if n := storedCount(t, store); n != 1 {
		t.Errorf("%d stored, want what was on its way", n)
	}
}

// TestWriterCloses while many append: each is either stored or told to come back, and nobody waits for ever.
func TestWriterCloses(t *testing.T) {
	t.Parallel()
	for round := range 20 {
		store := openStore(t)
		writer := survey.NewWriter(store, newTallier(t, store))
		var stored atomic.Int64
		var group sync.WaitGroup
		begun := make(chan struct{}, 1000)
		for g := range 16 {
			group.Go(func() {
				for n := 0; ; n++ {
					outcome, err := writer.Append(context.Background(), numbered(g*1000+n).Record())
					if errors.Is(err, survey.ErrBusy) {
						return
					}
					if err != nil || outcome != survey.Stored {
						t.Errorf("outcome %d, %v", outcome, err)
						return
					}
					stored.Add(1)
					select {
					case begun <- struct{}{}:
					default:
					}
				}
			})
		}
		for range round {
			<-begun
		}
		writer.Close()
		done := make(chan struct{})
		go func() { group.Wait(); close(done) }()
		select {
		case <-done:
		case <-time.After(time.Minute):
			t.Fatal("somebody waits for a writer that is closed")
		}
		if n := storedCount(t, store); n != stored.Load() {
			t.Errorf("%d told that they are stored, %d are", stored.Load(), n)
		}
		writer.Close()
		if _, err := writer.Append(t.Context(), numbered(0).Record()); !errors.Is(err, survey.ErrBusy) {
			t.Errorf("after closing: %v, want ErrBusy", err)
		}
	}
}

func BenchmarkWriter(b *testing.B) {
	for _, clients := range []int{1, 64} {
		b.Run(fmt.Sprint(clients), func(b *testing.B) {
			store := openStore(b)
			writer := survey.NewWriter(store, survey.NewTallier(store, time.Now, silent))
			defer writer.Close()
			var n atomic.Int64
			b.SetParallelism(clients)
			b.RunParallel(func(p *testing.PB) {
				for p.Next() {
					response := numbered(0)
					i := n.Add(1)
					for at := range 8 {
						response.ID[at] = byte(i >> (8 * at))
					}
					for {
						if _, err := writer.Append(context.Background(), response.Record()); err == nil {
							break
						} else if !errors.Is(err, survey.ErrBusy) {
							b.Error(err)
							return
						}
					}
				}
			})
		})
	}
}
