package survey

import (
	"context"
	"fmt"
)

// Fold brings the tally of one bucket, and of its month, up to date.
func (t *Tallier) Fold(ctx context.Context, bucket Bucket) error {
	if err := t.foldDay(ctx, bucket); err != nil {
		return err
	}
	return t.rollUp(ctx, bucket.Unit, GrainMonth, string(bucket.Day.Month()))
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

// rollUp makes the tally of a month from its days, or of a year from its months. Its N is the sum of theirs, so the larger N
// has seen more here too.
func (t *Tallier) rollUp(ctx context.Context, unit string, into Grain, span string) error {
	from, to := bounds(span)
	parts, err := t.store.Tallies(ctx, TallyQuery{Unit: unit, Grain: into.parts(), From: from, To: to, Version: FoldVersion})
	if err != nil {
		return fmt.Errorf("read the parts of %s: %w", span, err)
	}
	sum := sumMonths
	if into == GrainYear {
		sum = sumYear
	}
	sums, err := sum(parts)
	if err != nil {
		return err
	}
	return t.keep(ctx, sums)
}

// sumYear adds up the month tallies of one unit and year; of no months there is none.
func sumYear(months []KeptTally) ([]KeptTally, error) {
	if len(months) == 0 {
		return nil, nil
	}
	year := KeptTally{Unit: months[0].Unit, Grain: GrainYear, Span: GrainYear.span(months[0].Span), Version: FoldVersion}
	period, err := ParsePeriod(year.Span)
	if err != nil {
		return nil, err
	}
	sum, err := RollUp(period, months)
	if err != nil {
		return nil, err
	}
	for _, month := range months {
		year.N += month.N
	}
	year.Body = sum.Encode()
	return []KeptTally{year}, nil
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
