package survey

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"slices"
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

// Fold brings the tally of one bucket, and of its month, up to date.
func (t *Tallier) Fold(ctx context.Context, bucket Bucket) error {
	if err := t.foldDay(ctx, bucket); err != nil {
		return err
	}
	return t.rollUp(ctx, bucket.Unit, bucket.Day.Month())
}

func (t *Tallier) foldDay(ctx context.Context, bucket Bucket) error {
	kept, err := t.fold(ctx, bucket.Unit, bucket.Day, bucket.Day)
	if err != nil {
		return err
	}
	return t.keep(ctx, kept)
}

// keep inserts day tallies and drops the smaller ones that they replace.
func (t *Tallier) keep(ctx context.Context, kept []KeptTally) error {
	if err := t.store.InsertTallies(ctx, kept); err != nil {
		return fmt.Errorf("keep tallies: %w", err)
	}
	for _, k := range kept {
		query := TallyQuery{Unit: k.Unit, Grain: k.Grain, From: k.Span, To: k.Span, Version: k.Version}
		if err := t.store.DiscardTallies(ctx, query, k.N); err != nil {
			return fmt.Errorf("drop older tallies: %w", err)
		}
	}
	return nil
}

// fold scans the records of the days and returns one tally for each bucket that has any.
func (t *Tallier) fold(ctx context.Context, unit string, from, to Day) ([]KeptTally, error) {
	var kept []KeptTally
	var bucket Bucket
	var f *folder
	flush := func() {
		if f != nil {
			kept = append(kept, KeptTally{Unit: bucket.Unit, Grain: GrainDay, Span: string(bucket.Day), Version: FoldVersion,
				N: int64(len(f.seen)), Body: f.tally().Encode()})
		}
	}
	for record, err := range t.store.Records(ctx, unit, from, to) {
		if err != nil {
			return nil, fmt.Errorf("read records: %w", err)
		}
		if f == nil || record.Bucket != bucket {
			flush()
			bucket, f = record.Bucket, newFolder()
		}
		if err := f.add(record); err != nil {
			return nil, err
		}
	}
	flush()
	return kept, nil
}

// rollUp makes the month tally of a unit from its day tallies. A month's N is the sum of its days' N, so the larger N has
// seen more here too.
func (t *Tallier) rollUp(ctx context.Context, unit string, month Month) error {
	days, err := t.store.Tallies(ctx, TallyQuery{Unit: unit, Grain: GrainDay, From: string(month.First()), To: string(month.Last()), Version: FoldVersion})
	if err != nil {
		return fmt.Errorf("read day tallies: %w", err)
	}
	months, err := sumMonths(days)
	if err != nil {
		return err
	}
	return t.keep(ctx, months)
}

// sumMonths adds up day tallies, which come ordered by unit and day.
func sumMonths(days []KeptTally) ([]KeptTally, error) {
	var months []KeptTally
	sum := Tally{}
	for i, day := range days {
		tally, err := DecodeTally(day.Body)
		if err != nil {
			return nil, fmt.Errorf("%s %s: %w", day.Unit, day.Span, err)
		}
		month := string(Day(day.Span).Month())
		if last := len(months) - 1; last < 0 || months[last].Unit != day.Unit || months[last].Span != month {
			months = append(months, KeptTally{Unit: day.Unit, Grain: GrainMonth, Span: month, Version: FoldVersion})
			sum = Tally{}
		}
		sum.Add(tally)
		current := &months[len(months)-1]
		current.N += day.N
		if next := i + 1; next == len(days) || days[next].Unit != day.Unit || string(Day(days[next].Span).Month()) != month {
			current.Body = sum.Encode()
		}
	}
	return months, nil
}

// Sweep compares the number of records of every bucket with its tally, and the months of these days with their days, and
// makes those that differ anew. An empty unit means all. A bucket that cannot be folded does not keep the others from their
// turn; the first error is returned.
func (t *Tallier) Sweep(ctx context.Context, unit string, from, to Day) error {
	stale, err := t.stale(ctx, unit, from, to)
	if err != nil {
		return err
	}
	var failed error
	for _, bucket := range stale {
		if err := t.foldDay(ctx, bucket); err != nil && failed == nil {
			failed = err
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
	}
	if err := t.sweepMonths(ctx, unit, from.Month(), to.Month()); err != nil {
		return err
	}
	return failed
}

// sweepMonths rolls up the months whose N is not the sum of their days': a crash may have come between the two. The months
// are read first: then a month can only be behind, and one that is ahead of its days was made from days that are gone.
func (t *Tallier) sweepMonths(ctx context.Context, unit string, from, to Month) error {
	months, err := t.heads(ctx, unit, GrainMonth, string(from), string(to))
	if err != nil {
		return err
	}
	days, err := t.heads(ctx, unit, GrainDay, string(from.First()), string(to.Last()))
	if err != nil {
		return err
	}
	type key struct {
		unit  string
		month Month
	}
	behind := map[key]int64{}
	for _, month := range months {
		behind[key{month.Unit, Month(month.Span)}] -= month.N
	}
	for _, day := range days {
		behind[key{day.Unit, Day(day.Span).Month()}] += day.N
	}
	for k, n := range behind {
		if n < 0 {
			if err := t.discard(ctx, k.unit, GrainMonth, string(k.month)); err != nil {
				return err
			}
		}
		if n != 0 {
			if err := t.rollUp(ctx, k.unit, k.month); err != nil {
				return err
			}
		}
	}
	return nil
}

func (t *Tallier) heads(ctx context.Context, unit string, grain Grain, from, to string) ([]KeptTally, error) {
	heads, err := t.store.Tallies(ctx, TallyQuery{Unit: unit, Grain: grain, From: from, To: to, Version: FoldVersion, HeadsOnly: true})
	if err != nil {
		return nil, fmt.Errorf("read tallies: %w", err)
	}
	return heads, nil
}

// stale returns the buckets whose newest tally has another number of records than the bucket. The tallies are read first:
// then a tally can only be behind the count, and one that is ahead of it was made from records that are gone, as after a
// restore, and is discarded.
func (t *Tallier) stale(ctx context.Context, unit string, from, to Day) ([]Bucket, error) {
	heads, err := t.heads(ctx, unit, GrainDay, string(from), string(to))
	if err != nil {
		return nil, err
	}
	folded := make(map[Bucket]int64, len(heads))
	for _, head := range heads {
		folded[Bucket{head.Unit, Day(head.Span)}] = head.N
	}
	counts, err := t.store.CountRecords(ctx, unit, from, to)
	if err != nil {
		return nil, fmt.Errorf("count records: %w", err)
	}
	var stale []Bucket
	for _, c := range counts {
		if folded[c.Bucket] > c.N {
			if err := t.discardAhead(ctx, c.Bucket); err != nil {
				return nil, err
			}
		}
		if folded[c.Bucket] != c.N {
			stale = append(stale, c.Bucket)
		}
		delete(folded, c.Bucket)
	}
	for bucket := range folded { // tallies of buckets that have no records at all
		if err := t.discardAhead(ctx, bucket); err != nil {
			return nil, err
		}
	}
	return stale, nil
}

// discardAhead throws away a day tally that is ahead of its records. Its month goes first: without it, the month is made
// anew wherever a crash may come; with it, the month could have the right N by chance.
func (t *Tallier) discardAhead(ctx context.Context, bucket Bucket) error {
	if err := t.discard(ctx, bucket.Unit, GrainMonth, string(bucket.Day.Month())); err != nil {
		return err
	}
	return t.discard(ctx, bucket.Unit, GrainDay, string(bucket.Day))
}

func (t *Tallier) discard(ctx context.Context, unit string, grain Grain, span string) error {
	query := TallyQuery{Unit: unit, Grain: grain, From: span, To: span, Version: FoldVersion}
	if err := t.store.DiscardTallies(ctx, query, 0); err != nil {
		return fmt.Errorf("discard tally: %w", err)
	}
	return nil
}

// Rebuild makes all tallies of the days anew from the records, month by month, and keeps them where none are. progress is
// told the share done, 0 to 1.
func (t *Tallier) Rebuild(ctx context.Context, from, to Day, progress func(float64)) error {
	first, last := from.Month(), to.Month()
	all := 0
	for m := first; m <= last; m = m.Next() {
		all++
	}
	done := 0
	for m := first; m <= last; m = m.Next() {
		kept, err := t.fold(ctx, "", m.First(), m.Last())
		if err != nil {
			return err
		}
		if err := t.store.InsertTallies(ctx, kept); err != nil {
			return fmt.Errorf("keep tallies: %w", err)
		}
		months, err := sumMonths(kept)
		if err != nil {
			return err
		}
		if err := t.store.InsertTallies(ctx, months); err != nil {
			return fmt.Errorf("keep months: %w", err)
		}
		done++
		progress(float64(done) / float64(all))
	}
	return nil
}

// Discard throws all tallies of the days away; Rebuild makes them again.
func (t *Tallier) Discard(ctx context.Context, from, to Day) error {
	for _, q := range []TallyQuery{
		{Grain: GrainDay, From: string(from), To: string(to), Version: FoldVersion},
		{Grain: GrainMonth, From: string(from.Month()), To: string(to.Month()), Version: FoldVersion},
	} {
		if err := t.store.DiscardTallies(ctx, q, 0); err != nil {
			return fmt.Errorf("discard tallies: %w", err)
		}
	}
	return nil
}

// Difference is a bucket or month whose kept tally is not what its records say.
type Difference struct {
	Unit string
	Span string
	Kept int64 // records in the kept tally, 0: there is none
	Have int64 // records in the store
}

// Compare folds all records of the days anew and compares the result, byte by byte, with the kept tallies. None different
// means that every figure rests on exactly the records that are there.
func (t *Tallier) Compare(ctx context.Context, from, to Day) ([]Difference, error) {
	var differences []Difference
	for m := from.Month(); m <= to.Month(); m = m.Next() {
		days, err := t.fold(ctx, "", m.First(), m.Last())
		if err != nil {
			return nil, err
		}
		months, err := sumMonths(days)
		if err != nil {
			return nil, err
		}
		for grain, fresh := range map[Grain][]KeptTally{GrainDay: days, GrainMonth: months} {
			q := TallyQuery{Grain: grain, From: string(m.First()), To: string(m.Last()), Version: FoldVersion}
			if grain == GrainMonth {
				q.From, q.To = string(m), string(m)
			}
			kept, err := t.store.Tallies(ctx, q)
			if err != nil {
				return nil, fmt.Errorf("read tallies: %w", err)
			}
			differences = append(differences, compareTallies(kept, fresh)...)
		}
	}
	slices.SortFunc(differences, func(a, b Difference) int {
		return slices.Compare([]string{a.Unit, a.Span}, []string{b.Unit, b.Span})
	})
	return differences, nil
}

func compareTallies(kept, fresh []KeptTally) []Difference {
	type key struct{ unit, span string }
	have := map[key]KeptTally{}
	for _, k := range kept {
		have[key{k.Unit, k.Span}] = k
	}
	var differences []Difference
	for _, f := range fresh {
		k := have[key{f.Unit, f.Span}]
		if k.N != f.N || !bytes.Equal(k.Body, f.Body) {
			differences = append(differences, Difference{f.Unit, f.Span, k.N, f.N})
		}
		delete(have, key{f.Unit, f.Span})
	}
	for _, k := range have {
		differences = append(differences, Difference{k.Unit, k.Span, k.N, 0})
	}
	return differences
}
