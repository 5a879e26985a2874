package survey

import (
	"bytes"
	"context"
	"crypto/sha256"
	"fmt"
	"slices"
)

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
	return t.sweepSums(ctx, "", GrainYear, from, to)
}

// Discard throws all tallies of the days away, and sums before their parts; Rebuild makes them again.
func (t *Tallier) Discard(ctx context.Context, from, to Day) error {
	for _, grain := range grains {
		q := TallyQuery{Grain: grain.Grain, From: grain.span(string(from)), To: grain.span(string(to)), Version: FoldVersion}
		if err := t.store.DiscardTallies(ctx, q, 0); err != nil {
			return fmt.Errorf("discard tallies: %w", err)
		}
	}
	return nil
}

// Intact says whether a record is what was stored: its body must still give its hash. The hash of a response covers what was
// answered; for whom it counts is in its tally and in what locked cycles keep.
func (r Record) Intact() bool {
	if r.Kind == KindVerdict {
		return r.Hash == sha256.Sum256(r.Body)
	}
	response, err := DecodeResponse(r)
	return err == nil && r.Hash == response.Answers.Hash()
}

// Difference is a bucket, month or year whose kept tally is not what its records say.
type Difference struct {
	Unit string
	Span string
	Kept int64 // records in the kept tally, 0: there is none
	Have int64 // records in the store
}

// Days returns the first and last day of the span.
func (d Difference) Days() (from, to Day) {
	switch month := Month(d.Span); len(d.Span) {
	case len("2026"):
		return Day(d.Span + "-01-01"), Day(d.Span + "-12-31")
	case len("2026-11"):
		return month.First(), month.Last()
	}
	return Day(d.Span), Day(d.Span)
}

// Compare folds all records of the days anew and compares the result, byte by byte, with the kept tallies. None different
// means that every figure rests on exactly the records that are there. A year that is behind its months is not read by any
// figure and no difference.
func (t *Tallier) Compare(ctx context.Context, from, to Day) ([]Difference, error) {
	var differences []Difference
	for m := from.Month(); m <= to.Month(); m = m.Next() {
		found, err := t.compareMonth(ctx, m)
		if err != nil {
			return nil, err
		}
		differences = append(differences, found...)
	}
	found, err := t.compareYears(ctx, GrainYear.span(string(from)), GrainYear.span(string(to)))
	if err != nil {
		return nil, err
	}
	differences = append(differences, found...)
	slices.SortFunc(differences, func(a, b Difference) int {
		return slices.Compare([]string{a.Unit, a.Span}, []string{b.Unit, b.Span})
	})
	return differences, nil
}

func (t *Tallier) compareMonth(ctx context.Context, m Month) ([]Difference, error) {
	days, err := t.fold(ctx, "", m.First(), m.Last())
	if err != nil {
		return nil, err
	}
	months, err := sumMonths(days)
	if err != nil {
		return nil, err
	}
	var differences []Difference
	for grain, fresh := range map[Grain][]KeptTally{GrainDay: days, GrainMonth: months} {
		q := TallyQuery{Grain: grain, From: grain.span(string(m.First())), To: grain.span(string(m.Last())), Version: FoldVersion}
		kept, err := t.store.Tallies(ctx, q)
		if err != nil {
			return nil, fmt.Errorf("read tallies: %w", err)
		}
		differences = append(differences, compareTallies(kept, fresh)...)
	}
	return differences, nil
}

func (t *Tallier) compareYears(ctx context.Context, from, to string) ([]Difference, error) {
	years, err := t.store.Tallies(ctx, TallyQuery{Grain: GrainYear, From: from, To: to, Version: FoldVersion})
	if err != nil {
		return nil, fmt.Errorf("read tallies: %w", err)
	}
	var differences []Difference
	for _, year := range years {
		first, last := bounds(year.Span)
		months, err := t.store.Tallies(ctx, TallyQuery{Unit: year.Unit, Grain: GrainMonth, From: first, To: last, Version: FoldVersion})
		if err != nil {
			return nil, fmt.Errorf("read tallies: %w", err)
		}
		fresh, err := sumYear(months)
		if err != nil {
			return nil, err
		}
		if len(fresh) == 1 && fresh[0].N == year.N {
			differences = append(differences, compareTallies([]KeptTally{year}, fresh)...)
		}
	}
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
