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

func (r *Reader) heads(ctx context.Context, period survey.Period) (heads, error) {
	list, err := r.store.Tallies(ctx, monthQuery(period, ""))
	if err != nil {
		return nil, fmt.Errorf("read tallies of %s: %w", period.ID, err)
	}
	return list, nil
}

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
func (r *Reader) material(ctx context.Context, office *survey.Office, period survey.Period, heads heads) (material, error) {
	m := material{office: office, policy: office.Policy(), months: period.Length(), ledgers: map[string]*ledger{}}
	var missing []string
	for unit, of := range heads.byUnit() {
		if found, ok := r.ledgers.get(of.ledgerKey(period)); ok {
			m.ledgers[unit] = found
			continue
		}
		missing = append(missing, unit)
	}
	fetched, errs := make([]*ledger, len(missing)), make([]error, len(missing))
	each(len(missing), func(i int) { fetched[i], errs[i] = r.fetch(ctx, period, missing[i]) })
	for i, unit := range missing {
		m.ledgers[unit] = fetched[i]
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

// fetch adds up the tallies of a unit.
func (r *Reader) fetch(ctx context.Context, period survey.Period, unit string) (*ledger, error) {
	query := monthQuery(period, unit)
	query.HeadsOnly = false
	var tallies heads
	tallies, err := r.store.Tallies(ctx, query)
	if err != nil {
		return nil, fmt.Errorf("read tallies of %s: %w", unit, err)
	}
	l, err := tallies.ledger(period)
	if err == nil && len(tallies) > 0 {
		r.ledgers.put(tallies.ledgerKey(period), l)
	}
	return l, err
}

// ledger adds up the month tallies of one unit.
func (h heads) ledger(period survey.Period) (*ledger, error) {
	bodies := make([][]byte, period.Length())
	for _, tally := range h {
		bodies[int(survey.Month(tally.Span).First().Date().Month())-1-period.First()] = tally.Body
	}
	l, err := keepLedger(bodies)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", h[0].Unit, err)
	}
	return l, nil
}
