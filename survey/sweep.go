package survey

import (
	"context"
	"fmt"
)

// Sweep compares the number of records of every bucket with its tally, the months of these days with their days and the years
// with their months, and makes those that differ anew. An empty unit means all. A bucket that cannot be folded does not keep
// the others from their turn; the first error is returned.
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
	for _, grain := range []Grain{GrainMonth, GrainYear} {
		if err := t.sweepSums(ctx, unit, grain, from, to); err != nil {
			return err
		}
	}
	return failed
}

// sweepSums rolls up the months, or years, whose N is not the sum of their parts': a crash may have come between the two, and
// years are left to this. The sums are read first: then one can only be behind, and one that is ahead of its parts was made
// from some that are gone.
func (t *Tallier) sweepSums(ctx context.Context, unit string, grain Grain, from, to Day) error {
	first, last := grain.span(string(from)), grain.span(string(to))
	sums, err := t.heads(ctx, unit, grain, first, last)
	if err != nil {
		return err
	}
	first, _ = bounds(first)
	_, last = bounds(last)
	parts, err := t.heads(ctx, unit, grain.parts(), first, last)
	if err != nil {
		return err
	}
	type key struct{ unit, span string }
	behind := map[key]int64{}
	for _, sum := range sums {
		behind[key{sum.Unit, sum.Span}] -= sum.N
	}
	for _, part := range parts {
		behind[key{part.Unit, grain.span(part.Span)}] += part.N
	}
	for k, n := range behind {
		if n < 0 {
			if err := t.discard(ctx, k.unit, grain, k.span); err != nil {
				return err
			}
		}
		if n != 0 {
			if err := t.rollUp(ctx, k.unit, grain, k.span); err != nil {
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
			if err := t.discard(ctx, c.Unit, GrainDay, string(c.Day)); err != nil {
				return nil, err
			}
		}
		if folded[c.Bucket] != c.N {
			stale = append(stale, c.Bucket)
		}
		delete(folded, c.Bucket)
	}
	for bucket := range folded { // tallies of buckets that have no records at all
		if err := t.discard(ctx, bucket.Unit, GrainDay, string(bucket.Day)); err != nil {
			return nil, err
		}
	}
	return stale, nil
}

// discard throws away a tally that is ahead of what it was made from. The sums that it is in go first: without them, they are
// made anew wherever a crash may come; with them, one could have the right N by chance.
func (t *Tallier) discard(ctx context.Context, unit string, grain Grain, span string) error {
	for _, sum := range grains {
		of := sum.span(span)
		query := TallyQuery{Unit: unit, Grain: sum.Grain, From: of, To: of, Version: FoldVersion}
		if err := t.store.DiscardTallies(ctx, query, 0); err != nil {
			return fmt.Errorf("discard tally: %w", err)
		}
		if sum.Grain == grain {
			break
		}
	}
	return nil
}
