package scoring

import (
	"bytes"
	"context"
	"errors"
	"fmt"

	"kesan/survey"
)

// Verification is what Verify found.
type Verification struct {
	Same  bool                // recomputed from the records, the snapshot has the same bytes
	First string              // where it differs first, for an operator and so in Indonesian; empty when it does not
	Later []survey.Difference // buckets that got more records after the lock: Kept then, Have now; not in the figures
}

// Verify recomputes a locked cycle from the records and compares it with its snapshot, byte by byte.
//
// Tallies are made sure to be what the records say; each bucket that holds as many records as at the lock must have the same
// tally. A bucket that has more got late answers or verdicts: these belong to no locked figure and are listed in Later, and
// its month is taken from the kept inputs, as records do not tell which of them came first. Then all figures are computed
// anew, with the configuration of that time, and every part must have the same bytes. What earlier cycles said, the trend,
// is taken as it was kept.
//
// ErrNotFound: there is no such cycle, or it is not locked.
func (r *Reader) Verify(ctx context.Context, cycle string, tallier *survey.Tallier) (Verification, error) {
	held, ok := r.register.Office().Cycles[cycle]
	if !ok || held.Value.State != survey.CycleLocked {
		return Verification{}, fmt.Errorf("locked cycle %q: %w", cycle, survey.ErrNotFound)
	}
	v := verifier{Reader: r, cycle: held.Value}
	err := v.run(ctx, tallier)
	if found := difference(""); errors.As(err, &found) {
		return Verification{First: string(found), Later: v.later}, nil
	}
	if errors.Is(err, errDamaged) {
		return Verification{First: fmt.Sprintf("yang disimpan saat dikunci rusak atau hilang (%v)", err), Later: v.later}, nil
	}
	return Verification{Same: err == nil, Later: v.later}, err
}

type verifier struct {
	*Reader
	cycle survey.Cycle
	later []survey.Difference
}

// difference is what is not as it was locked.
type difference string

func (d difference) Error() string { return string(d) }

func differs(format string, args ...any) error { return difference(fmt.Sprintf(format, args...)) }

func (v *verifier) run(ctx context.Context, tallier *survey.Tallier) error {
	period, err := survey.ParsePeriod(v.cycle.ID)
	if err != nil {
		return err
	}
	m, err := v.manifest(ctx, v.cycle)
	if err != nil {
		return err
	}
	inputs, err := v.kept(ctx, m)
	if err != nil {
		return err
	}
	if err := v.fold(ctx, period, tallier); err != nil {
		return err
	}
	for i := range inputs {
		if err := v.compareInputs(ctx, period, &inputs[i]); err != nil {
			return err
		}
	}
	return v.compareFigures(ctx, m, period, inputs)
}

func (v *verifier) kept(ctx context.Context, m manifest) ([]frozenInputs, error) {
	bodies, err := v.documents(ctx, v.cycle, "inputs", m.Inputs)
	if err != nil {
		return nil, err
	}
	var list []frozenInputs
	for _, ref := range m.Inputs {
		in, err := decodePart[frozenInputs](bodies[ref.Digest])
		if err != nil {
			return nil, err
		}
		list = append(list, in)
	}
	return list, nil
}

// fold makes sure that the tallies are what the records say.
func (v *verifier) fold(ctx context.Context, period survey.Period, tallier *survey.Tallier) error {
	if err := tallier.Sweep(ctx, "", period.From, period.To); err != nil {
		return err
	}
	differences, err := tallier.Compare(ctx, period.From, period.To)
	if err != nil {
		return err
	}
	if len(differences) > 0 {
		d := differences[0]
		return differs("unit %s, %s: ada %d catatan, hitungan yang disimpan menyebut %d dan tidak cocok", d.Unit, d.Span, d.Have, d.Kept)
	}
	return nil
}

// compareInputs compares the buckets of a unit with what they held at the lock, and puts the recomputed tally of each month
// that got nothing since in the place of the kept one.
func (v *verifier) compareInputs(ctx context.Context, period survey.Period, in *frozenInputs) error {
	days, err := v.store.Tallies(ctx, dayQuery(period, in.Unit))
	if err != nil {
		return fmt.Errorf("read tallies: %w", err)
	}
	now := map[survey.Day]survey.KeptTally{}
	for _, day := range days {
		now[survey.Day(day.Span)] = day
	}
	grown := map[survey.Month]bool{}
	for _, then := range in.Buckets {
		have := now[then.Day]
		switch {
		case have.N < then.N:
			return differs("unit %s, %s: sekarang %d catatan, saat dikunci %d", in.Unit, then.Day, have.N, then.N)
		case have.N > then.N:
			v.grew(in.Unit, then.Day, then.N, have.N, grown)
		case digestOf(have.Body) != then.Digest:
			return differs("unit %s, %s: catatannya lain daripada saat dikunci", in.Unit, then.Day)
		}
		delete(now, then.Day)
	}
	for _, day := range days {
		if have, ok := now[survey.Day(day.Span)]; ok {
			v.grew(in.Unit, survey.Day(day.Span), 0, have.N, grown)
		}
	}
	return v.recompute(in, days, grown)
}

func (v *verifier) grew(unit string, day survey.Day, then, now int64, grown map[survey.Month]bool) {
	v.later = append(v.later, survey.Difference{Unit: unit, Span: string(day), Kept: then, Have: now})
	grown[day.Month()] = true
}

func (v *verifier) recompute(in *frozenInputs, days []survey.KeptTally, grown map[survey.Month]bool) error {
	months := map[survey.Month]survey.Tally{}
	for _, day := range days {
		month := survey.Day(day.Span).Month()
		tally, err := survey.DecodeTally(day.Body)
		if err != nil {
			return fmt.Errorf("%s %s: %w", in.Unit, day.Span, err)
		}
		if months[month] == nil {
			months[month] = survey.Tally{}
		}
		months[month].Add(tally)
	}
	for i, kept := range in.Months {
		if grown[kept.Month] {
			continue
		}
		body := months[kept.Month].Encode()
		if !bytes.Equal(body, kept.Tally) {
			return differs("unit %s, %s: jumlahnya lain daripada saat dikunci", in.Unit, kept.Month)
		}
		in.Months[i].Tally = body
	}
	return nil
}

// compareFigures computes all figures anew and compares the parts.
func (v *verifier) compareFigures(ctx context.Context, m manifest, period survey.Period, inputs []frozenInputs) error {
	bodies, err := v.documents(ctx, v.cycle, "figures", m.Figures)
	if err != nil {
		return err
	}
	office, err := v.register.OfficeAt(ctx, m.Configuration)
	if err != nil {
		return err
	}
	made, err := v.computeFrozen(ctx, office, v.cycle, period, inputs, m.Indicators)
	if err != nil {
		return err
	}
	parts := made.freeze(nil)
	if len(parts) != len(m.Figures) {
		return differs("sekarang %d bagian, saat dikunci %d", len(parts), len(m.Figures))
	}
	for i, part := range parts {
		kept := bodies[m.Figures[i].Digest]
		if err := part.takeTrend(kept); err != nil {
			return err
		}
		body, err := encode(part)
		if err != nil {
			return err
		}
		if at := firstDifference(kept, body); at >= 0 {
			return differs("unit %q: tersimpan %q, hasil hitung ulang %q", part.Unit, excerpt(kept, at), excerpt(body, at))
		}
	}
	return nil
}

// takeTrend takes over what the kept part says of earlier cycles.
func (f *frozenFigures) takeTrend(body []byte) error {
	kept, err := decodePart[frozenFigures](body)
	if err != nil {
		return err
	}
	if f.Report != nil && kept.Report != nil {
		f.Report.Trend, f.Report.Previous = kept.Report.Trend, kept.Report.Previous
	}
	for i := range min(len(f.Staff), len(kept.Staff)) {
		f.Staff[i].Figure.Trend, f.Staff[i].Figure.Previous = kept.Staff[i].Figure.Trend, kept.Staff[i].Figure.Previous
	}
	return nil
}

// firstDifference returns the first place at which two texts differ, or -1.
func firstDifference(a, b []byte) int {
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			return i
		}
	}
	if len(a) != len(b) {
		return min(len(a), len(b))
	}
	return -1
}

func excerpt(body []byte, at int) []byte { return body[max(at-60, 0):min(at+20, len(body))] }
