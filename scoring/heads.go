package scoring

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"runtime"
	"sync"

	"kesan/survey"
)

// heads are the numbers of records behind the newest month tallies of a period, ordered by unit and month.
type heads []survey.KeptTally

func (r *Reader) heads(ctx context.Context, period Period) (heads, error) {
	list, err := r.store.Tallies(ctx, monthQuery(period, ""))
	if err != nil {
		return nil, fmt.Errorf("read tallies of %s: %w", period.ID, err)
	}
	return list, nil
}

// monthQuery asks for the heads of the month tallies of a period.
func monthQuery(period Period, unit string) survey.TallyQuery {
	return survey.TallyQuery{Unit: unit, Grain: survey.GrainMonth, From: string(period.From.Month()), To: string(period.To.Month()),
		Version: survey.FoldVersion, HeadsOnly: true}
}

// key says what the figures of the period depend on. The heads may be those of a longer one.
func (h heads) key(office *survey.Office, period Period) cycleKey {
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

// material fetches and sums what has not been summed before.
func (r *Reader) material(ctx context.Context, office *survey.Office, period Period, heads heads) (material, error) {
	m := material{office: office, policy: office.Policy(), months: period.months, monthly: map[string][]*sums{}}
	missing := map[string][]survey.KeptTally{} // by month
	for _, head := range heads {
		if found, ok := r.monthly.get(monthKey{head.Unit, head.Span, head.N}); ok {
			m.put(period, head, found)
			continue
		}
		missing[head.Span] = append(missing[head.Span], head)
	}
	for _, month := range period.Months() {
		if err := r.fetch(ctx, m, period, month, missing[string(month)]); err != nil {
			return material{}, err
		}
	}
	return m, nil
}

// few is up to how many tallies of a month are fetched one by one; a new answer changes one, a cold start all.
const few = 8

func (r *Reader) fetch(ctx context.Context, m material, period Period, month survey.Month, missing []survey.KeptTally) error {
	if len(missing) == 0 {
		return nil
	}
	query := survey.TallyQuery{Grain: survey.GrainMonth, From: string(month), To: string(month), Version: survey.FoldVersion}
	units := []string{""}
	if len(missing) <= few {
		units = units[:0]
		for _, head := range missing {
			units = append(units, head.Unit)
		}
	}
	for _, unit := range units {
		query.Unit = unit
		tallies, err := r.store.Tallies(ctx, query)
		if err != nil {
			return fmt.Errorf("read tallies of %s: %w", month, err)
		}
		summed, err := sumAll(tallies)
		if err != nil {
			return err
		}
		for i, tally := range tallies {
			r.monthly.put(monthKey{tally.Unit, tally.Span, tally.N}, summed[i])
			m.put(period, tally, summed[i])
		}
	}
	return nil
}

// sumAll decodes and sums tallies on all cores.
func sumAll(tallies []survey.KeptTally) ([]*sums, error) {
	summed, errs := make([]*sums, len(tallies)), make([]error, len(tallies))
	var next sync.Mutex
	place := 0
	var workers sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), len(tallies)) {
		workers.Go(func() {
			for {
				next.Lock()
				i := place
				place++
				next.Unlock()
				if i >= len(tallies) {
					return
				}
				s, err := sumEncoded(tallies[i].Body)
				if err != nil {
					errs[i] = fmt.Errorf("%s %s: %w", tallies[i].Unit, tallies[i].Span, err)
				}
				summed[i] = s
			}
		})
	}
	workers.Wait()
	for _, err := range errs {
		if err != nil {
			return nil, err
		}
	}
	return summed, nil
}

func (m material) put(period Period, head survey.KeptTally, s *sums) {
	monthly := m.monthly[head.Unit]
	if monthly == nil {
		monthly = make([]*sums, period.months)
		m.monthly[head.Unit] = monthly
	}
	monthly[int(survey.Month(head.Span).First().Date().Month())-1-period.first()] = s
}
