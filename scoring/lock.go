package scoring

import (
	"context"
	"errors"
	"fmt"

	"kesan/survey"
)

// A cycle goes open -> provisional -> locked and never back. Provisional says that figures are being checked; locking
// freezes them. The shorter cycles within a cycle are locked before it: the longer one hides what theirs would give away, so
// they must not move any more.

// Errors of the road of a cycle, beside survey.ErrNotFound, ErrConflict and ErrClosed.
var (
	ErrTooEarly   = errors.New("the cycle has not ended in every unit")
	ErrFinerOpen  = errors.New("a shorter cycle within this one is not locked")
	ErrIncomplete = errors.New("tallies and records differ") // sweeping did not help
)

// Open writes a new open cycle. ErrNotFound: no period has that ID. ErrConflict: the cycle exists. ErrClosed: it lies in a
// cycle that is locked, whose figures could be taken apart with it.
func (r *Reader) Open(ctx context.Context, cycle, author, reason string) error {
	period, err := survey.ParsePeriod(cycle)
	if err != nil {
		return err
	}
	if err := r.register.Refresh(ctx); err != nil {
		return err
	}
	for id, held := range r.register.Office().Cycles {
		if longer, err := survey.ParsePeriod(id); err == nil && longer.Contains(period) && held.Value.State == survey.CycleLocked {
			return fmt.Errorf("cycle %s lies in %s, which is locked: %w", cycle, id, survey.ErrClosed)
		}
	}
	return r.register.Write(ctx, author, reason, survey.Draft{Object: survey.Cycle{ID: cycle, State: survey.CycleOpen, Version: 1}})
}

// Advance brings an open cycle to provisional. ErrNotFound: there is no such cycle. ErrClosed: it is locked. A cycle that is
// provisional already stays so.
func (r *Reader) Advance(ctx context.Context, cycle, author, reason string) error {
	held, err := r.unlocked(ctx, cycle)
	if err != nil || held.Value.State == survey.CycleProvisional {
		return err
	}
	held.Value.State = survey.CycleProvisional
	return r.register.Write(ctx, author, reason, survey.Draft{Object: held.Value, Base: held.Revision})
}

// unlocked returns the latest revision of a cycle that can still change.
func (r *Reader) unlocked(ctx context.Context, cycle string) (survey.Held[survey.Cycle], error) {
	var none survey.Held[survey.Cycle]
	if err := r.register.Refresh(ctx); err != nil {
		return none, err
	}
	held, ok := r.register.Office().Cycles[cycle]
	switch {
	case !ok:
		return none, fmt.Errorf("cycle %q: %w", cycle, survey.ErrNotFound)
	case held.Value.State == survey.CycleLocked:
		return none, fmt.Errorf("cycle %s is locked: %w", cycle, survey.ErrClosed)
	}
	return held, nil
}

// Lock freezes a cycle for ever: it makes sure that the tallies are what the records say, writes figures and inputs as
// documents that are never changed, and names their digest in the cycle's last revision. It may be repeated after a crash.
//
// ErrTooEarly: the last day has not passed in every unit; early with a reason locks all the same. ErrFinerOpen: a shorter
// cycle within has to be locked first. ErrClosed: it is locked.
// ErrConflict: somebody else changed the cycle meanwhile. ErrIncomplete: answers keep coming, or tallies are damaged.
func (r *Reader) Lock(ctx context.Context, cycle, author, reason string, early bool, tallier *survey.Tallier) error {
	held, err := r.unlocked(ctx, cycle)
	if err != nil {
		return err
	}
	period, err := survey.ParsePeriod(cycle)
	if err != nil {
		return err
	}
	office := r.register.Office()
	if !(early && reason != "") && !office.Ended(period.To, r.clock.Now()) {
		return fmt.Errorf("cycle %s: %w", cycle, ErrTooEarly)
	}
	for _, within := range period.Within() {
		if finer, ok := office.Cycles[within.ID]; ok && finer.Value.State != survey.CycleLocked {
			return fmt.Errorf("cycle %s is not locked: %w", within.ID, ErrFinerOpen)
		}
	}
	inputs, err := r.settledInputs(ctx, office, period, tallier)
	if err != nil {
		return err
	}
	digest, err := r.keep(ctx, office, held.Value, period, inputs)
	if err != nil {
		return err
	}
	held.Value.State, held.Value.Digest = survey.CycleLocked, digest
	return r.register.Write(ctx, author, reason, survey.Draft{Object: held.Value, Base: held.Revision})
}

// Locked says whether a day lies in a locked cycle, whose figures do not change any more.
func Locked(office *survey.Office, day survey.Day) bool {
	for id, held := range office.Cycles {
		period, err := survey.ParsePeriod(id)
		if err == nil && held.Value.State == survey.CycleLocked && period.From <= day && day <= period.To {
			return true
		}
	}
	return false
}

// settledInputs reads the tallies of a period once they are what the records say. Answers that come in between make another
// turn necessary.
func (r *Reader) settledInputs(ctx context.Context, office *survey.Office, period survey.Period, tallier *survey.Tallier) ([]frozenInputs, error) {
	const turns = 5
	var last error
	for range turns {
		if err := tallier.Sweep(ctx, "", period.From, period.To); err != nil {
			return nil, err
		}
		differences, err := tallier.Compare(ctx, period.From, period.To)
		if err != nil {
			return nil, err
		}
		if len(differences) > 0 {
			d := differences[0]
			last = fmt.Errorf("%s %s has %d records and a tally of %d: %w", d.Unit, d.Span, d.Have, d.Kept, ErrIncomplete)
			continue
		}
		inputs, whole, err := r.inputs(ctx, office, period)
		if err != nil {
			return nil, err
		}
		if whole {
			return inputs, nil
		}
		last = fmt.Errorf("cycle %s: answers keep coming: %w", period.ID, ErrIncomplete)
	}
	return nil, last
}

// inputs reads the month and day tallies of each unit; whole says that each month is the sum of its days.
func (r *Reader) inputs(ctx context.Context, office *survey.Office, period survey.Period) (list []frozenInputs, whole bool, err error) {
	for _, unit := range office.AllUnits() {
		in := frozenInputs{Unit: unit, Months: []frozenMonth{}, Buckets: []frozenBucket{}}
		query := monthQuery(period, unit)
		query.HeadsOnly = false
		months, err := r.store.Tallies(ctx, query)
		if err != nil {
			return nil, false, fmt.Errorf("read tallies: %w", err)
		}
		sum := int64(0)
		for _, m := range months {
			in.Months = append(in.Months, frozenMonth{Month: survey.Month(m.Span), N: m.N, Tally: m.Body})
			sum += m.N
		}
		days, err := r.store.Tallies(ctx, dayQuery(period, unit))
		if err != nil {
			return nil, false, fmt.Errorf("read tallies: %w", err)
		}
		for _, d := range days {
			in.Buckets = append(in.Buckets, frozenBucket{Day: survey.Day(d.Span), N: d.N, Digest: digestOf(d.Body)})
			sum -= d.N
		}
		if sum != 0 {
			return nil, false, nil
		}
		list = append(list, in)
	}
	return list, true, nil
}

func dayQuery(period survey.Period, unit string) survey.TallyQuery {
	return survey.TallyQuery{Unit: unit, Grain: survey.GrainDay, From: string(period.From), To: string(period.To), Version: survey.FoldVersion}
}

// keep computes a cycle from its inputs and writes it down; it returns the digest of the manifest.
func (r *Reader) keep(ctx context.Context, office *survey.Office, cycle survey.Cycle, period survey.Period, inputs []frozenInputs) (string, error) {
	earlier, err := r.recall(ctx, office, cycle.ID)
	if err != nil {
		return "", err
	}
	made, err := r.computeFrozen(ctx, office, cycle, period, inputs, r.Definitions)
	if err != nil {
		return "", err
	}
	m := manifest{Cycle: made.head, Policy: made.policy, Indicators: r.Definitions, Configuration: office.Seq, FoldVersion: survey.FoldVersion,
		Figures: []partRef{}, Inputs: []partRef{}}
	for _, part := range made.freeze(earlier) {
		digest, err := r.keepDocument(ctx, cycle, "figures", part)
		if err != nil {
			return "", err
		}
		m.Figures = append(m.Figures, partRef{part.Unit, digest})
	}
	for _, in := range inputs {
		digest, err := r.keepDocument(ctx, cycle, "inputs", in)
		if err != nil {
			return "", err
		}
		m.Inputs = append(m.Inputs, partRef{in.Unit, digest})
		for _, bucket := range in.Buckets {
			m.Records += bucket.N
		}
	}
	return r.keepDocument(ctx, cycle, "manifest", m)
}

// computeFrozen computes a cycle from kept inputs, as locked. It looks at nothing that has been computed before.
func (r *Reader) computeFrozen(ctx context.Context, office *survey.Office, cycle survey.Cycle, period survey.Period, inputs []frozenInputs,
	definitions []Indicator) (*computation, error) {
	m := material{office: office, policy: office.Policy(), months: period.Length(), ledgers: map[string]*ledger{}}
	var list heads
	for _, in := range inputs {
		var tallies heads
		for _, month := range in.Months {
			tallies = append(tallies, survey.KeptTally{Unit: in.Unit, Span: string(month.Month), N: month.N, Body: month.Tally})
		}
		sum, err := survey.RollUp(period, tallies)
		if err != nil {
			return nil, err
		}
		m.ledgers[in.Unit] = keepLedger(sum)
		list = append(list, tallies...)
	}
	fresh := NewReader(r.store, r.register, r.clock)
	shown, err := fresh.disclose(ctx, m, period, list)
	if err != nil {
		return nil, err
	}
	head := CycleHead{ID: cycle.ID, From: period.From, To: period.To, State: survey.CycleLocked, Version: cycle.Version}
	return compute(head, period, m, shown, definitions), nil
}
