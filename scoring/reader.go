package scoring

import (
	"context"
	"fmt"
	"sync"
	"time"

	"kesan/survey"
)

// Reader turns tallies into disclosed figures. It is safe for use by many goroutines.
//
// What it has computed it keeps as long as no bucket of the cycle has got another record and the configuration is the same;
// to know that it asks the store for the numbers of records only. A locked cycle is read from its snapshot alone.
type Reader struct {
	store    survey.Store
	register *survey.Register
	clock    survey.Clock

	// Definitions are the indicators and how they are consolidated; set before first use.
	Definitions []Indicator

	making    sync.Mutex // one computation at a time, so that the same one is not made twice
	ledgers   *cache[ledgerKey, *ledger]
	computed  *cache[cycleKey, *computation]
	disclosed *cache[cycleKey, disclosure]
	listed    *cache[cycleKey, []Row]
	past      *cache[cycleKey, map[figureKey]pastFigure]
	frozen    *cache[string, *snapshot]
}

// NewReader makes a reader of the tallies in a store.
func NewReader(store survey.Store, register *survey.Register, clock survey.Clock) *Reader {
	return &Reader{store: store, register: register, clock: clock, Definitions: Indicators(),
		ledgers:   newCache[ledgerKey, *ledger](2000), // ten cycles of a city of 200 units
		computed:  newCache[cycleKey, *computation](8),
		disclosed: newCache[cycleKey, disclosure](20), // a year looks at 18 shorter cycles
		listed:    newCache[cycleKey, []Row](8),
		past:      newCache[cycleKey, map[figureKey]pastFigure](20),
		frozen:    newCache[string, *snapshot](8),
	}
}

// figures is a cycle as it is read: computed now, or frozen.
type figures interface {
	results() *Results
	unit(code string) (*Report, bool)
	officer(id string) (*OfficerReport, bool)
	explain(key figureKey) (*Explanation, bool)
}

// Results returns all rows of a cycle. ErrNotFound: there is no such cycle. Rows are shared: do not write into them.
func (r *Reader) Results(ctx context.Context, cycle string) (*Results, error) {
	found, err := r.figures(ctx, r.register.Office(), cycle)
	if err != nil {
		return nil, err
	}
	return found.results(), nil
}

// Report returns what the head of a unit sees. ErrNotFound: there is no such cycle or unit.
func (r *Reader) Report(ctx context.Context, cycle, unit string) (*Report, error) {
	office := r.register.Office()
	found, err := r.figures(ctx, office, cycle)
	if err != nil {
		return nil, err
	}
	report, ok := found.unit(unit)
	if !ok {
		return nil, fmt.Errorf("unit %q in cycle %s: %w", unit, cycle, survey.ErrNotFound)
	}
	if _, frozen := found.(*snapshot); frozen {
		return report, nil // its trend is frozen too
	}
	earlier, err := r.recall(ctx, office, cycle)
	if err != nil {
		return nil, err
	}
	report.recall(earlier)
	return report, nil
}

// Officer returns the figures of one officer. ErrNotFound: there is no such cycle or officer. An officer without answers
// has no units in it.
func (r *Reader) Officer(ctx context.Context, cycle, officer string) (*OfficerReport, error) {
	office := r.register.Office()
	found, err := r.figures(ctx, office, cycle)
	if err != nil {
		return nil, err
	}
	report, ok := found.officer(officer)
	if !ok {
		if _, known := office.Officers[officer]; !known {
			return nil, fmt.Errorf("officer in cycle %s: %w", cycle, survey.ErrNotFound)
		}
		report.ASN = office.Officers[officer].Value.Employment.ASN()
		return report, nil
	}
	if _, frozen := found.(*snapshot); frozen {
		return report, nil
	}
	earlier, err := r.recall(ctx, office, cycle)
	if err != nil {
		return nil, err
	}
	for i := range report.Units {
		report.Units[i].recall(cycle, earlier)
	}
	return report, nil
}

// Explain says how a figure came about. unit is empty for an officer's figure over all units. ErrNotFound: there is no such
// cycle or figure, or the figure is not shown.
func (r *Reader) Explain(ctx context.Context, cycle string, level survey.Level, unit, officer, indicator string) (*Explanation, error) {
	found, err := r.figures(ctx, r.register.Office(), cycle)
	if err != nil {
		return nil, err
	}
	explanation, ok := found.explain(figureKey{level, unit, officer, indicator})
	if !ok {
		return nil, fmt.Errorf("%s in cycle %s: %w", indicator, cycle, survey.ErrNotFound)
	}
	return explanation, nil
}

func (r *Reader) figures(ctx context.Context, office *survey.Office, id string) (figures, error) {
	held, ok := office.Cycles[id]
	if !ok {
		return nil, fmt.Errorf("cycle %q: %w", id, survey.ErrNotFound)
	}
	if held.Value.State == survey.CycleLocked {
		return r.snapshot(ctx, held)
	}
	return r.compute(ctx, office, held.Value)
}

// cycleKey is what the figures of an open cycle depend on: the records, told by their numbers, and the configuration.
type cycleKey struct {
	cycle string
	seq   int64
	heads [32]byte
}

// ledgerKey is what the ledger of a unit depends on: the numbers of records of its months.
type ledgerKey struct {
	cycle, unit, records string
}

// shared is a computation with the rows that were made from it.
type shared struct {
	*computation
	reader *Reader
	key    cycleKey
}

func (s shared) results() *Results {
	rows, ok := s.reader.listed.get(s.key)
	if !ok {
		rows = s.rows()
		s.reader.listed.put(s.key, rows)
	}
	return &Results{Cycle: s.head, Rows: rows, AsOf: s.asOf}
}

func (s shared) unit(code string) (*Report, bool) {
	if s.total[code] == nil {
		return nil, false
	}
	return s.report(code), true
}

func (s shared) officer(id string) (*OfficerReport, bool) {
	report := s.officerReport(id)
	return report, len(report.Units) > 0
}

// compute returns the figures of a cycle that is not locked, as of now.
func (r *Reader) compute(ctx context.Context, office *survey.Office, cycle survey.Cycle) (figures, error) {
	period, err := survey.ParsePeriod(cycle.ID)
	if err != nil {
		return nil, err
	}
	years, err := r.years(ctx, period)
	if err != nil {
		return nil, err
	}
	heads, err := r.tallies(ctx, monthQuery(period, ""))
	if err != nil {
		return nil, err
	}
	key := heads.key(office, period)
	if found, ok := r.computed.get(key); ok {
		return shared{found.asOfNow(r.clock.Now()), r, key}, nil
	}
	r.making.Lock()
	defer r.making.Unlock()
	if found, ok := r.computed.get(key); ok {
		return shared{found.asOfNow(r.clock.Now()), r, key}, nil
	}
	m, err := r.material(ctx, office, period, heads, years)
	if err != nil {
		return nil, err
	}
	shown, err := r.disclose(ctx, m, period, heads)
	if err != nil {
		return nil, err
	}
	head := CycleHead{ID: cycle.ID, From: period.From, To: period.To, State: cycle.State, Version: cycle.Version}
	made := compute(head, period, m, shown, r.Definitions)
	r.computed.put(key, made)
	return shared{made.asOfNow(r.clock.Now()), r, key}, nil
}

// asOfNow returns the computation with the time at which it was found to be up to date.
func (c *computation) asOfNow(now time.Time) *computation {
	as := *c
	as.asOf = now
	return &as
}
