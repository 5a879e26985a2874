package scoring

import (
	"context"
	"errors"
	"slices"

	"kesan/survey"
)

// disclose decides what of a period may be shown, after the shorter cycles in it.
func (r *Reader) disclose(ctx context.Context, m material, period survey.Period, heads heads) (disclosure, error) {
	key := heads.key(m.office, period)
	if found, ok := r.disclosed.get(key); ok {
		return found, nil
	}
	finer, err := r.finer(ctx, m, period, heads)
	if err != nil {
		return nil, err
	}
	made := disclose(m, finer)
	r.disclosed.put(key, made)
	return made, nil
}

// finer returns what the shorter cycles in a period show. Those of one length are looked at together, the shortest first, as
// the longer ones depend on them.
func (r *Reader) finer(ctx context.Context, m material, period survey.Period, heads heads) ([]view, error) {
	within := slices.DeleteFunc(period.Within(), func(p survey.Period) bool {
		_, ok := m.office.Cycles[p.ID]
		return !ok
	})
	views, errs := make([]view, len(within)), make([]error, len(within))
	for from, to := 0, len(within); to > 0; to = from {
		from = slices.IndexFunc(within, func(p survey.Period) bool { return p.Length() == within[to-1].Length() })
		each(to-from, func(i int) {
			views[from+i], errs[from+i] = r.view(ctx, m.part(period, within[from+i]), period, within[from+i], heads)
		})
	}
	return views, errors.Join(errs...)
}

// view returns what a shorter cycle shows.
func (r *Reader) view(ctx context.Context, m material, whole, within survey.Period, heads heads) (view, error) {
	v := view{span: (1<<within.Length() - 1) << (within.First() - whole.First())}
	if held := m.office.Cycles[within.ID]; held.Value.State == survey.CycleLocked {
		frozen, err := r.snapshot(ctx, held)
		if err != nil {
			return view{}, err
		}
		v.shown = frozen.shows
		return v, nil
	}
	shown, err := r.disclose(ctx, m, within, heads)
	v.shown = shown.shown
	return v, err
}

// part cuts the material down to a shorter period within.
func (m material) part(whole, within survey.Period) material {
	from := within.First() - whole.First()
	cut := material{office: m.office, policy: m.policy, months: within.Length(), ledgers: make(map[string]*ledger, len(m.ledgers))}
	for unit, l := range m.ledgers {
		cut.ledgers[unit] = &ledger{census: l.census.part(from, within.Length())}
	}
	return cut
}
