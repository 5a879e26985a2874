package scoring_test

import (
	"slices"
	"testing"

	"kesan/scoring"
	"kesan/survey"
)

// unsurN returns how many answers the unsur of a unit are shown with, -1 for each that is not shown.
func (r *region) unsurN(unit string) []int64 {
	r.t.Helper()
	report, err := r.reader.Report(r.t.Context(), "2026-TW4", unit)
	r.must(err)
	return shownN(report.Unsur)
}

func shownN(figures []scoring.UnsurFigure) []int64 {
	var list []int64
	for _, figure := range figures {
		if figure.NRR == nil {
			list = append(list, -1)
		} else {
			list = append(list, *figure.N)
		}
	}
	return list
}

func nine(n int64) []int64 {
	list := make([]int64, survey.UnsurCount)
	for i := range list {
		list[i] = n
	}
	return list
}

// Each unsur must have the least number of answers by itself, and so must what one unit leaves of another. 40 people answer
// A1's full form with 3, 12 and then 24 the short one of A2 with 4: 4 and 8 answers to each unsur.
func TestUnsurOfShortFormsNeedEnoughAnswers(t *testing.T) {
	t.Parallel()
	r := newRegion(t)
	r.give(answer{n: 40, unit: "A1", officer: ani, value: 3}, answer{n: 12, unit: "A2", officer: cici, value: 4, short: true})
	wantRow(t, r.unit("A2", scoring.IKM), "100,00", 12, scoring.StatusIndicative)
	wantRow(t, r.unit("A1", scoring.IKM), "75,00", 40, scoring.StatusProvisional)
	wantRow(t, r.unit("A", scoring.IKM), "77,27", 52, scoring.StatusProvisional) // (40 x 3 + 4 x 4) / 44 x 25
	if got := r.unsurN("A2"); !slices.Equal(got, nine(-1)) {
		t.Errorf("unsur of four answers are shown: %v", got)
	}
	if slices.Equal(r.unsurN("A"), nine(44)) && slices.Equal(r.unsurN("A1"), nine(40)) {
		t.Error("the unsur of A less those of A1 are the four answers of A2")
	}

	r.give(answer{n: 12, unit: "A2", officer: cici, value: 4, short: true})
	for unit, n := range map[string]int64{"A": 48, "A1": 40, "A2": 8} {
		if got := r.unsurN(unit); !slices.Equal(got, nine(n)) {
			t.Errorf("%s: unsur of %v answers, want %d each", unit, got, n)
		}
	}
	if short := r.unit("A", scoring.IKM).Short; short == nil || *short != 24 {
		t.Errorf("%d short answers in A, want 24", count(short))
	}
	if short := r.unit("A1", scoring.IKM).Short; short != nil {
		t.Errorf("%d short answers in A1, want none said", *short)
	}
}

// Of 24 people 14 are asked about the officer, 8 of each unsur. The figure stands; the two are not told apart, for they could be
// taken from the unit's.
func TestOfficerOfShortForms(t *testing.T) {
	t.Parallel()
	r := newRegion(t)
	r.give(answer{n: 24, unit: "A2", officer: budi, value: 4, short: true}, answer{n: 30, unit: "A1", officer: ani, value: 3})
	row := r.officer("A2", budi)
	if text(row.Value) != "100,00" || count(row.N) != 14 || count(row.Short) != 14 || row.Status != scoring.StatusIndicative {
		t.Errorf("%s of %d answers, %d short, %s", text(row.Value), count(row.N), count(row.Short), row.Status)
	}
	for officer, want := range map[string]int64{budi: -1, ani: 30} {
		report, err := r.reader.Officer(t.Context(), "2026-TW4", officer)
		r.must(err)
		if got := shownN(report.Units[0].Unsur); !slices.Equal(got, []int64{want, want}) {
			t.Errorf("%s: unsur of %v answers", officer, got)
		}
	}
	e, err := r.reader.Explain(t.Context(), "2026-TW4", survey.LevelOfficer, "A2", budi, scoring.KepuasanPetugas)
	r.must(err)
	if len(e.Unsur) != 0 {
		t.Errorf("the explanation tells %v", e.Unsur)
	}
	r.give(answer{n: 14, unit: "A2", officer: ani, value: 4, short: true})
	if row := r.officer("A2", ani); row.Shown() || row.N != nil { // 8 of 14 are asked about her, and 10 are needed
		t.Errorf("%s of %d answers", text(row.Value), count(row.N))
	}
}

// Before every unsur has been asked there is no index: the mean of those that were would be another one.
func TestShortIndexNeedsEveryUnsur(t *testing.T) {
	t.Parallel()
	r := newRegion(t)
	r.give(answer{n: 36, unit: "A1", only: map[survey.Unsur]int{"persyaratan": 4, "prosedur": 4, "waktu": 4}, short: true})
	if row := r.unit("A1", scoring.IKM); row.Shown() || row.N != nil {
		t.Errorf("%s of %d answers", text(row.Value), count(row.N))
	}
}

// The mean of units' figures says how many of their answers are short, too.
func TestMeanOfUnitsCountsShort(t *testing.T) {
	t.Parallel()
	r := newRegion(t)
	for i := range r.reader.Definitions {
		if r.reader.Definitions[i].Key == scoring.IKM {
			r.reader.Definitions[i].Consolidation = scoring.MeanOfUnitValues
		}
	}
	r.give(answer{n: 40, unit: "A1", value: 3}, answer{n: 24, unit: "A2", value: 4, short: true})
	row := r.unit("A", scoring.IKM)
	if text(row.Value) != "87,50" || count(row.N) != 64 || count(row.Short) != 24 { // (75 + 100) / 2
		t.Errorf("%s of %d answers, %d short", text(row.Value), count(row.N), count(row.Short))
	}
}

// A locked cycle with short answers is what it was when open, and is recomputed to the byte.
func TestLockedShortForms(t *testing.T) {
	t.Parallel()
	r := newRegion(t)
	r.give(answer{n: 36, unit: "A1", officer: ani, value: 3, short: true}, answer{n: 20, unit: "A1", officer: ani, value: 2},
		answer{n: 40, unit: "A2", officer: cici, value: 4})
	open := r.unit("A1", scoring.IKM)
	r.now = after
	r.must(r.reader.Advance(t.Context(), "2026-TW4", "admin", ""))
	r.must(r.lock("2026-TW4"))
	locked := r.unit("A1", scoring.IKM)
	if text(open.Value) != "59,38" || text(locked.Value) != "59,38" || *locked.Interval != *open.Interval || count(locked.Short) != 36 { // (12 x 3 + 20 x 2) / 32 x 25
		t.Errorf("%s %v open, %s %v locked", text(open.Value), open.Interval, text(locked.Value), locked.Interval)
	}
	found, err := r.reader.Verify(t.Context(), "2026-TW4", r.tallier)
	if err != nil || !found.Same {
		t.Errorf("verified: %+v, %v", found, err)
	}
}
