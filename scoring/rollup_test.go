package scoring_test

import (
	"encoding/json"
	"testing"
	"time"

	"kesan/scoring"
	"kesan/survey"
)

// readAnew returns everything that a reader who has read nothing yet says of the year.
func (r *region) readAnew() string {
	r.t.Helper()
	r.reader = scoring.NewReader(r.store, r.register, func() time.Time { return r.now })
	results, err := r.reader.Results(r.t.Context(), "2026")
	r.must(err)
	said := []any{results}
	for _, unit := range []string{"A", "A1", "A2"} {
		report, err := r.reader.Report(r.t.Context(), "2026", unit)
		r.must(err)
		said = append(said, report)
	}
	officer, err := r.reader.Officer(r.t.Context(), "2026", ani)
	r.must(err)
	body, err := json.Marshal(append(said, officer))
	r.must(err)
	return string(body)
}

// year replaces the stored roll-up of A1 by another, or by none.
func (r *region) year(n int64, body []byte) {
	r.t.Helper()
	query := survey.TallyQuery{Unit: "A1", Grain: survey.GrainYear, From: "2026", To: "2026", Version: survey.FoldVersion}
	r.must(r.store.DiscardTallies(r.t.Context(), query, 0))
	if body != nil {
		r.must(r.store.InsertTallies(r.t.Context(), []survey.KeptTally{{Unit: "A1", Grain: survey.GrainYear, Span: "2026", Version: survey.FoldVersion, N: n, Body: body}}))
	}
}

// A year says the same from its roll-up as from its months, with a shorter cycle within and small groups to hide; the roll-up
// is read when it is made from as many records, and only then.
func TestYearFromItsRollup(t *testing.T) {
	t.Parallel()
	r := newRegion(t)
	r.must(r.reader.Open(t.Context(), "2026", "admin", ""))
	r.give(
		answer{n: 20, unit: "A1", officer: ani, value: 3, day: "2026-02-03", wait: minutes(12), gender: "p"},
		answer{n: 12, unit: "A1", officer: budi, value: 4, day: "2026-02-04", wait: minutes(50), gender: "l"},
		answer{n: 6, unit: "A1", officer: budi, value: 2, day: "2026-10-06", trust: survey.TrustTicket},
		answer{n: 4, unit: "A1", officer: budi, value: 2, day: "2026-11-06", left: true},
		answer{n: 12, unit: "A2", officer: cici, value: 4, day: "2026-11-07", short: true},
		answer{n: 9, unit: "A2", officer: ani, value: 1, day: "2026-05-07"})
	fromRollup := r.readAnew()
	ikm := r.row("2026", survey.LevelUnit, "A1", "", scoring.IKM)
	wantRow(t, ikm, "76,19", 42, ikm.Status) // (20 x 3 + 12 x 4 + 10 x 2) / 42 = 128 / 42 = 3,0476; x 25

	r.year(0, nil)
	if fromMonths := r.readAnew(); fromMonths != fromRollup {
		t.Errorf("from the roll-up\n%s\nfrom the months\n%s", fromRollup, fromMonths)
	}

	year, _ := survey.ParsePeriod("2026")
	other := survey.Tally{}
	for range 42 {
		other.Cell(survey.Cell{Service: "KTP", Counter: "L1", Officer: ani}).Observe(r.response(answer{unit: "A1", value: 4}).Answers, survey.Cell{})
	}
	sum, err := survey.RollUp(year, []survey.KeptTally{{Unit: "A1", Span: "2026-10", Body: other.Encode()}})
	r.must(err)
	r.year(41, sum.Encode())
	if behind := r.readAnew(); behind != fromRollup {
		t.Errorf("read a roll-up that is behind: %s", behind)
	}
	r.year(42, sum.Encode())
	r.readAnew()
	ikm = r.row("2026", survey.LevelUnit, "A1", "", scoring.IKM)
	wantRow(t, ikm, "100,00", 42, ikm.Status) // the roll-up alone was read

	r.year(42, []byte{7})
	if _, err := scoring.NewReader(r.store, r.register, func() time.Time { return r.now }).Results(t.Context(), "2026"); err == nil {
		t.Error("a damaged roll-up passes")
	}
}
