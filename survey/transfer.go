package survey

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"
)

// transfer is one answer on its way: what it was, what is decided, and whether the decision is stored already.
type transfer struct {
	response Response
	standing Verdict // on the answer before; without a decision there was none
	verdict  Verdict
	kept     bool
}

// of says whether it is that move which decides.
func (t transfer) of(move Move) bool { return t.verdict.To.Move == move.ID }

// movedAtOnce is how many answers may be on their way when the process ends.
const movedAtOnce = 200

func (c *MoveCount) add(t transfer) {
	c.Answers++
	if t.verdict.To.Officer != "" {
		c.Named++
	}
	if !t.standing.Decision.Counts() {
		c.Held++
	}
}

// plan finds the answers of a move: those that came by the sheet in that time and count for another counter, and those that
// were moved away before, in case their arrival is missing.
func (m *Mover) plan(ctx context.Context, move Move) ([]transfer, MoveCount, error) {
	office := m.Register.Office()
	zone := office.zoneOfSheet(move.Sheet)
	from, to := move.From.In(zone), move.To.In(zone)
	units, err := m.units(ctx, office, move.Sheet)
	if err != nil {
		return nil, MoveCount{}, err
	}
	var list []transfer
	for _, unit := range units {
		found, err := m.answersOf(ctx, office, move, unit, from, to)
		if err != nil {
			return nil, MoveCount{}, err
		}
		list = append(list, found...)
	}
	slices.SortFunc(list, func(a, b transfer) int {
		return cmp.Or(cmp.Compare(a.response.Day, b.response.Day), cmp.Compare(a.response.Unit, b.response.Unit), bytes.Compare(a.response.ID[:], b.response.ID[:]))
	})
	return list, m.countOf(office, list), nil
}

// units returns where answers of a sheet may be: at its counter, and wherever they have been moved to.
func (m *Mover) units(ctx context.Context, office *Office, sheet string) ([]string, error) {
	moves, err := m.Moves(ctx, sheet+"-")
	if err != nil {
		return nil, err
	}
	units := []string{office.Counters[office.Sheets[sheet].Value.Counter].Value.Unit}
	for _, move := range moves {
		units = append(units, office.Counters[move.Counter].Value.Unit)
	}
	slices.Sort(units)
	return slices.Compact(units), nil
}

func (m *Mover) answersOf(ctx context.Context, office *Office, move Move, unit string, from, to time.Time) ([]transfer, error) {
	zone := office.Zone(unit)
	f := newFolder()
	for record, err := range m.Store.Records(ctx, unit, DayOf(from, zone), DayOf(to, zone)) {
		if err != nil {
			return nil, fmt.Errorf("read records: %w", err)
		}
		if err := f.add(record); err != nil {
			return nil, err
		}
	}
	var list []transfer
	for id, response := range f.responses {
		begin := response.begin(zone)
		if response.Sheet != move.Sheet || begin.Before(from) || !begin.Before(to) {
			continue
		}
		verdict, kept := f.moved[id]
		if !kept && response.Counter == move.Counter {
			continue
		}
		if !kept {
			verdict = Verdict{Bucket: response.Bucket, Response: id, Seq: 1, Decision: Moved, Rule: RuleMisplaced, Reason: move.Reason,
				Author: move.Author, Hour: response.Hour, To: office.destination(response, move.ID, move.Counter)}
		}
		list = append(list, transfer{response, f.latest[id], verdict, kept})
	}
	return list, nil
}

func (m *Mover) countOf(office *Office, list []transfer) MoveCount {
	var count MoveCount
	for _, t := range list {
		if t.kept {
			count.Before++
			continue
		}
		count.add(t)
		for _, day := range []Day{t.response.Day, t.verdict.To.Day} {
			if m.Locked(office, day) && (count.Locked == "" || day < count.Locked) {
				count.Locked = day
			}
		}
	}
	return count
}

// transfer stores the verdicts, then the answers where they count now, and returns what has arrived. Where somebody else has
// moved an answer meanwhile, that verdict stands, and the answer is the other's to bring.
func (m *Mover) transfer(ctx context.Context, list []transfer) ([]transfer, error) {
	verdicts := make([]Record, len(list))
	for i, t := range list {
		verdicts[i] = t.verdict.Record()
	}
	outcomes, err := m.Store.AppendRecords(ctx, verdicts)
	if err != nil {
		return nil, fmt.Errorf("store verdicts: %w", err)
	}
	var brought []transfer
	var arrivals []Record
	for i, t := range list {
		if t.kept || outcomes[i] != Differs {
			brought, arrivals = append(brought, t), append(arrivals, t.arrivals()...)
		}
	}
	if _, err := m.Store.AppendRecords(ctx, arrivals); err != nil {
		return nil, fmt.Errorf("store moved answers: %w", err)
	}
	return brought, nil
}

// arrivals returns the records of an answer in its new place: the answer, and the verdict that keeps it out of the figures
// there as it did before.
func (t transfer) arrivals() []Record {
	response := t.verdict.arrival(t.response)
	records := []Record{response.Record()}
	if v := t.standing; !v.Decision.Counts() {
		v.Bucket, v.Response, v.Seq, v.Hour = response.Bucket, response.ID, 1, response.Hour
		records = append(records, v.Record())
	}
	return records
}
