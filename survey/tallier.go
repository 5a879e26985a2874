package survey

import (
	"context"
	"log/slog"
	"sync"
	"time"
)

// Tallier keeps the tallies in step with the records. Records are only ever added, so the number of records in a bucket
// says whether its tally is complete: a scan that saw as many records as are there afterwards saw exactly those. It inserts
// tallies under (bucket, FoldVersion, n) and never updates anything; a crash, a second process or a scan that is not a
// snapshot can only leave a smaller n behind, which the next fold passes.
type Tallier struct {
	store Store
	clock Clock
	log   *slog.Logger

	mu      sync.Mutex
	pending map[Bucket]hint
	rested  time.Time // no fold before, so that folding stays a small share of the work however many buckets are busy
	wake    chan struct{}
}

// hint says that a bucket has got records. Its times only measure how long something takes, so they are the machine's own
// and not the clock's, which may be set back.
type hint struct {
	since   time.Time // waits since; zero: nothing came after the last scan began
	folding time.Time // since when waits what the running fold will count; zero: none runs
	retry   time.Time // after a fold that failed: not before
}

// oldest returns since when the bucket's tally has been behind; zero when it is not.
func (h hint) oldest() time.Time {
	if h.folding.IsZero() {
		return h.since
	}
	return h.folding
}

// NewTallier makes a tallier; Run starts it.
func NewTallier(store Store, clock Clock, log *slog.Logger) *Tallier {
	return &Tallier{store: store, clock: clock, log: log, pending: map[Bucket]hint{}, wake: make(chan struct{}, 1)}
}

// Touch says that buckets have got records. It never waits.
func (t *Tallier) Touch(buckets ...Bucket) {
	now := time.Now()
	t.mu.Lock()
	for _, bucket := range buckets {
		if h := t.pending[bucket]; h.since.IsZero() {
			h.since = now
			t.pending[bucket] = h
		}
	}
	t.mu.Unlock()
	select {
	case t.wake <- struct{}{}:
	default:
	}
}

// Pending returns how many buckets wait to be folded or are being folded, and for how long the oldest has.
func (t *Tallier) Pending() (n int, age time.Duration) {
	now := time.Now()
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, h := range t.pending {
		if since := h.oldest(); !since.IsZero() {
			n++
			age = max(age, now.Sub(since))
		}
	}
	return n, age
}

// The sweeps find what hints missed: a crash between a durable write and its hint, or the records of another process.
const (
	recentSweep = 30 * time.Second
	recentDays  = 3
	wideSweep   = time.Hour
)

// Run folds what is touched and sweeps until the context ends. wide names the days that open cycles cover; an
// empty day says that none is open.
func (t *Tallier) Run(ctx context.Context, wide func() (from, to Day)) {
	recent, hourly := time.NewTicker(recentSweep), time.NewTicker(wideSweep)
	defer recent.Stop()
	defer hourly.Stop()
	t.sweepWide(ctx, wide)
	for {
		wait := t.foldNext(ctx)
		select {
		case <-ctx.Done():
			return
		case <-t.wake:
		case <-time.After(wait):
		case <-recent.C:
			today := DayOf(t.clock.Now(), WIB)
			t.logged(t.Sweep(ctx, "", today.Add(-recentDays), today.Add(1)))
		case <-hourly.C:
			t.sweepWide(ctx, wide)
		}
	}
}

func (t *Tallier) sweepWide(ctx context.Context, wide func() (from, to Day)) {
	if from, to := wide(); from != "" {
		t.logged(t.Sweep(ctx, "", from, to))
	}
}

func (t *Tallier) logged(err error) {
	if err != nil {
		t.log.Error("tallies are behind", "error", err)
	}
}

// foldNext folds the bucket that has waited longest and returns how long to wait for the next. It folds one at a time, so
// that many busy buckets do not keep the sweeps from their turn.
func (t *Tallier) foldNext(ctx context.Context) time.Duration {
	bucket, wait, ok := t.next()
	if !ok {
		return wait
	}
	begun := time.Now()
	err := t.Fold(ctx, bucket)
	if ctx.Err() == nil {
		t.logged(err)
	}
	t.rest(bucket, time.Since(begun), err)
	return 0
}

// next takes the bucket that may be folded now and has waited longest. Its hint is cleared before the scan, so that a record
// that the scan misses leaves a new one.
func (t *Tallier) next() (next Bucket, wait time.Duration, ok bool) {
	now := time.Now()
	wait = recentSweep
	t.mu.Lock()
	defer t.mu.Unlock()
	for bucket, h := range t.pending {
		switch {
		case h.since.IsZero():
			delete(t.pending, bucket)
		case h.retry.After(now):
			wait = min(wait, h.retry.Sub(now))
		case !ok || h.since.Before(t.pending[next].since):
			next, ok = bucket, true
		}
	}
	if !ok {
		return Bucket{}, wait, false
	}
	if rest := t.rested.Sub(now); rest > 0 && now.Sub(t.pending[next].since) < longestWait {
		return Bucket{}, min(wait, rest), false
	}
	t.pending[next] = hint{folding: t.pending[next].since}
	return next, 0, true
}

const (
	leastRest  = 20 * time.Millisecond
	failedRest = time.Second
	// longestWait is how long a bucket may be behind before it is folded without rest: half of what is promised.
	longestWait = 30 * time.Second
)

// rest lets the tallier wait ten times as long as a fold took, so that folding costs a tenth of a core. What a failed fold was
// to count still waits, and since as long as before.
func (t *Tallier) rest(bucket Bucket, took time.Duration, err error) {
	now := time.Now()
	t.mu.Lock()
	defer t.mu.Unlock()
	t.rested = now.Add(max(10*took, leastRest))
	h := t.pending[bucket]
	if err != nil {
		h.since, h.retry = h.folding, now.Add(failedRest)
	}
	h.folding = time.Time{}
	t.pending[bucket] = h
}
