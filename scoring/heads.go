package scoring

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"iter"

	"kesan/survey"
)

// heads are the numbers of records behind the newest month tallies of a period, ordered by unit and month.
type heads []survey.KeptTally

// monthQuery asks for the heads of the month tallies of a period.
func monthQuery(period survey.Period, unit string) survey.TallyQuery {
	return survey.TallyQuery{Unit: unit, Grain: survey.GrainMonth, From: string(period.From.Month()), To: string(period.To.Month()),
		Version: survey.FoldVersion, HeadsOnly: true}
}

// key says what the figures of the period depend on. The heads may be those of a longer one.
func (h heads) key(office *survey.Office, period survey.Period) cycleKey {
	from, to := string(period.From.Month()), string(period.To.Month())
	buffer := make([]byte, 0, 32*len(h))
	for _, head := range h {
		if head.Span < from || head.Span > to {
			continue
		}
		buffer = append(buffer, head.Unit...)
		buffer = append(buffer, 0)
		buffer = append(buffer, head.Span...)
		buffer = binary.BigEndian.AppendUint64(buffer, uint64(head.N))
	}
	return cycleKey{cycle: period.ID, seq: office.Seq, heads: sha256.Sum256(buffer)}
}

// material fetches and adds up what has not been added up before.
func (r *Reader) material(ctx context.Context, office *survey.Office, period survey.Period, list heads, years map[string]int64) (material, error) {
	m := material{office: office, policy: office.Policy(), months: period.Length(), ledgers: map[string]*ledger{}}
	var missing []heads
	for unit, of := range list.byUnit() {
		if found, ok := r.ledgers.get(of.ledgerKey(period)); ok {
			m.ledgers[unit] = found
			continue
		}
		missing = append(missing, of)
	}
	fetched, errs := make([]*ledger, len(missing)), make([]error, len(missing))
	each(len(missing), func(i int) { fetched[i], errs[i] = r.fetch(ctx, period, missing[i], years[missing[i][0].Unit]) })
	for i, of := range missing {
		m.ledgers[of[0].Unit] = fetched[i]
	}
	return m, errors.Join(errs...)
}

// byUnit yields the heads of each unit.
func (h heads) byUnit() iter.Seq2[string, heads] {
	return func(yield func(string, heads) bool) {
		for from, to := 0, 0; from < len(h); from = to {
			for to = from + 1; to < len(h) && h[to].Unit == h[from].Unit; to++ {
			}
			if !yield(h[from].Unit, h[from:to]) {
				return
			}
		}
	}
}

// ledgerKey says what the ledger of the one unit that the heads are of depends on.
func (h heads) ledgerKey(period survey.Period) ledgerKey {
	records := make([]byte, 0, 16*len(h))
	for _, head := range h {
		records = append(records, head.Span...)
		records = binary.BigEndian.AppendUint64(records, uint64(head.N))
	}
	return ledgerKey{period.ID, h[0].Unit, string(records)}
}

// years returns how many records are behind the roll-up of each unit's year. They are read before the heads of the months:
// a year of as many records as its months have afterwards was made from exactly those.
func (r *Reader) years(ctx context.Context, period survey.Period) (map[string]int64, error) {
	if period.Length() < 12 {
		return nil, nil
	}
	query := yearQuery(period, "")
	query.HeadsOnly = true
	years, err := r.tallies(ctx, query)
	if err != nil {
		return nil, err
	}
	records := make(map[string]int64, len(years))
	for _, year := range years {
		records[year.Unit] = year.N
	}
	return records, nil
}

func yearQuery(period survey.Period, unit string) survey.TallyQuery {
	return survey.TallyQuery{Unit: unit, Grain: survey.GrainYear, From: period.ID, To: period.ID, Version: survey.FoldVersion}
}

// fetch adds up the tallies of the unit that the heads are of. year is how many records are behind its stored roll-up.
func (r *Reader) fetch(ctx context.Context, period survey.Period, of heads, year int64) (*ledger, error) {
	unit := of[0].Unit
	sum, of, err := r.rollup(ctx, period, of, year)
	if err != nil {
		return nil, fmt.Errorf("add up %s in %s: %w", unit, period.ID, err)
	}
	l := keepLedger(sum)
	if len(of) > 0 {
		r.ledgers.put(of.ledgerKey(period), l)
	}
	return l, nil
}

// rollup returns what is stored of a unit's year when it is as complete as the heads, else its months added up, and the heads
// of these.
func (r *Reader) rollup(ctx context.Context, period survey.Period, of heads, year int64) (*survey.Rollup, heads, error) {
	unit := of[0].Unit
	if year == of.records() {
		kept, err := r.tallies(ctx, yearQuery(period, unit))
		if err != nil {
			return nil, nil, err
		}
		if len(kept) == 1 && kept[0].N == year {
			sum, err := survey.DecodeRollup(kept[0].Body)
			return sum, of, err
		}
	}
	query := monthQuery(period, unit)
	query.HeadsOnly = false
	months, err := r.tallies(ctx, query)
	if err != nil {
		return nil, nil, err
	}
	sum, err := survey.RollUp(period, months)
	return sum, months, err
}

func (r *Reader) tallies(ctx context.Context, query survey.TallyQuery) (heads, error) {
	list, err := r.store.Tallies(ctx, query)
	if err != nil {
		return nil, fmt.Errorf("read tallies: %w", err)
	}
	return list, nil
}

// records returns how many records there are behind the heads.
func (h heads) records() int64 {
	sum := int64(0)
	for _, head := range h {
		sum += head.N
	}
	return sum
}
