package survey

import (
	"context"
	"fmt"
)

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
