package survey

import (
	"context"
	"fmt"
	"maps"
	"sync"
)

// SheetUse is how much a sheet is used: how many people answered by it, over stretches so long that no single visitor shows.
type SheetUse struct {
	Week, Month int64 // the last 7 and 30 days, today included
	Last        Day   // the last day with an answer within these; empty: none
}

// SheetUses counts the answers of sheets. What it has counted of a day it keeps as long as the day has got nothing more.
type SheetUses struct {
	store Store

	mu   sync.Mutex
	days map[Bucket]dayUse
}

type dayUse struct {
	n       int64 // records counted
	answers map[string]int64
}

// NewSheetUses makes a counter that knows nothing yet.
func NewSheetUses(store Store) *SheetUses { return &SheetUses{store: store, days: map[Bucket]dayUse{}} }

const (
	useWeek  = 7
	useMonth = 30
)

// Of returns the use of the sheets of a unit until a day. An answer that was moved counts for its sheet once. A sheet without
// answers is not in it.
func (u *SheetUses) Of(ctx context.Context, unit string, today Day) (map[string]SheetUse, error) {
	u.mu.Lock()
	defer u.mu.Unlock()
	first := today.Add(1 - useMonth)
	counts, err := u.store.CountRecords(ctx, unit, first, today)
	if err != nil {
		return nil, fmt.Errorf("count records: %w", err)
	}
	maps.DeleteFunc(u.days, func(b Bucket, _ dayUse) bool { return b.Unit == unit && b.Day < first })
	uses := map[string]SheetUse{}
	for _, c := range counts {
		day, ok := u.days[c.Bucket]
		if !ok || day.n != c.N {
			if day, err = u.count(ctx, c.Bucket); err != nil {
				return nil, err
			}
			u.days[c.Bucket] = day
		}
		for sheet, n := range day.answers {
			use := uses[sheet]
			use.Month += n
			if c.Day > today.Add(-useWeek) {
				use.Week += n
			}
			use.Last = max(use.Last, c.Day)
			uses[sheet] = use
		}
	}
	return uses, nil
}

func (u *SheetUses) count(ctx context.Context, bucket Bucket) (dayUse, error) {
	day := dayUse{answers: map[string]int64{}}
	for record, err := range u.store.Records(ctx, bucket.Unit, bucket.Day, bucket.Day) {
		if err != nil {
			return dayUse{}, fmt.Errorf("read records: %w", err)
		}
		day.n++
		if record.Kind != KindResponse {
			continue
		}
		response, err := DecodeResponse(record)
		if err != nil {
			return dayUse{}, err
		}
		if response.Sheet != "" && response.Origin == nil {
			day.answers[response.Sheet]++
		}
	}
	return day, nil
}

// SilentDays returns on how many days until yesterday a sheet could be used and its unit was open, since it was last used.
// It looks back over two months.
func (o *Office) SilentDays(sheet Sheet, lastUsed, today Day) int {
	unit := o.Counters[sheet.Counter].Value.Unit
	silent := 0
	for day := today.Add(-1); day > lastUsed && day >= sheet.ValidFrom && day > today.Add(-2*useMonth); day = day.Add(-1) {
		if open, _ := o.HoursOn(unit, day); open != "" {
			silent++
		}
	}
	return silent
}

// OpenDays returns on how many of the last 30 days, today included, a sheet could be used and its unit was open.
func (o *Office) OpenDays(sheet Sheet, today Day) int64 {
	unit, days := o.Counters[sheet.Counter].Value.Unit, int64(0)
	for day := max(sheet.ValidFrom, today.Add(1-useMonth)); day <= today && (sheet.ValidTo == "" || day <= sheet.ValidTo); day = day.Add(1) {
		if open, _ := o.HoursOn(unit, day); open != "" {
			days++
		}
	}
	return days
}

// Silent is on how many open days in a row a sheet must not be used for the pages to ask whether it still hangs.
const Silent = 3
