package scoring_test

import (
	"fmt"
	"strings"
	"testing"

	"kesan/scoring"
	"kesan/survey"
)

// staff lists the officers of A1 as the head of the unit sees them: value or "-".
func (r *region) staff(cycle string) string {
	r.t.Helper()
	report, err := r.reader.Report(r.t.Context(), cycle, "A1")
	r.must(err)
	var list []string
	for _, line := range report.Staff {
		list = append(list, line.Code[len(line.Code)-2:]+" "+text(line.Value))
	}
	return strings.Join(list, ", ")
}

// What is hidden cannot be had by subtraction either. Ani, 01, has 4 everywhere, Budi, 02, has 3.
func TestComplementarySuppression(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name             string
		ani, budi, alone int // answers; alone: for nobody
		want             string
	}{
		{"all large enough", 40, 30, 20, "01 100,00, 02 75,00"},
		{"nine would follow from the rest", 40, 9, 0, "01 -, 02 -"},
		{"nine and three for nobody are twelve", 40, 9, 3, "01 100,00, 02 -"},
		{"nine and one for nobody are ten", 40, 9, 1, "01 100,00, 02 -"},
		{"five and four for nobody are nine", 40, 5, 4, "01 100,00, 02 -"},
		{"three for nobody", 40, 30, 3, "01 100,00, 02 -"},
		{"five for nobody", 40, 30, 5, "01 100,00, 02 75,00"},
		{"nobody else", 40, 0, 0, "01 100,00"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			r := newRegion(t)
			r.give(answer{n: tt.ani, unit: "A1", officer: ani, value: 4}, answer{n: tt.budi, unit: "A1", officer: budi, value: 3},
				answer{n: tt.alone, unit: "A1", value: 2})
			if got := r.staff("2026-TW4"); got != tt.want {
				t.Errorf("shown %s, want %s", got, tt.want)
			}
		})
	}
}

func TestUnitsAreNotSubtracted(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name               string
		own, one, two      int
		a, a1, a2, ownLine string
	}{
		{"all shown", 20, 20, 20, "60", "20", "20", "20"},
		{"a small unit hides the smallest beside it", 0, 30, 4, "34", "-", "-", ""},
		{"the unit itself is the smallest beside", 10, 30, 4, "44", "30", "-", "-"},
		{"nothing at all is no secret", 0, 30, 0, "30", "30", "0", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			r := newRegion(t)
			r.give(answer{n: tt.own, unit: "A", value: 3}, answer{n: tt.one, unit: "A1", value: 3}, answer{n: tt.two, unit: "A2", value: 3})
			n := func(count *int64) string {
				if count == nil {
					return "-"
				}
				return fmt.Sprint(*count)
			}
			got := []string{n(r.unit("A", scoring.IKM).N), n(r.unit("A1", scoring.IKM).N), n(r.unit("A2", scoring.IKM).N), ""}
			report, err := r.reader.Report(t.Context(), "2026-TW4", "A")
			r.must(err)
			for _, line := range report.Units {
				if line.Code == "A" {
					got[3] = n(line.N)
				}
			}
			if want := []string{tt.a, tt.a1, tt.a2, tt.ownLine}; fmt.Sprint(got) != fmt.Sprint(want) {
				t.Errorf("n of A, A1, A2 and A itself %q, want %q", got, want)
			}
		})
	}
}

// Budi has 8 in October and 30 in the quarter. Where October is a cycle of its own, the quarter less the other months would
// be October.
func TestLongerCycleHidesWhatShorterOnesHide(t *testing.T) {
	t.Parallel()
	answers := func(r *region) {
		r.give(
			answer{n: 40, unit: "A1", officer: ani, value: 4, day: "2026-10-05"}, answer{n: 8, unit: "A1", officer: budi, value: 3, day: "2026-10-05"},
			answer{n: 12, unit: "A1", value: 2, day: "2026-10-05"},
			answer{n: 40, unit: "A1", officer: ani, value: 4, day: "2026-11-05"}, answer{n: 22, unit: "A1", officer: budi, value: 3, day: "2026-11-05"},
			answer{n: 12, unit: "A1", value: 2, day: "2026-11-05"},
		)
	}
	r := newRegion(t)
	answers(r)
	if got := r.staff("2026-TW4"); got != "01 100,00, 02 75,00" {
		t.Errorf("the quarter alone: %s", got)
	}
	r.must(r.reader.Open(t.Context(), "2026-10", "admin", ""))
	if got := r.staff("2026-TW4"); got != "01 100,00, 02 75,00" {
		t.Errorf("with October, whose rest is not known: %s", got)
	}
	r.must(r.reader.Open(t.Context(), "2026-11", "admin", ""))
	for cycle, want := range map[string]string{"2026-10": "01 100,00, 02 -", "2026-11": "01 100,00, 02 75,00", "2026-TW4": "01 100,00, 02 -"} {
		if got := r.staff(cycle); got != want {
			t.Errorf("%s: %s, want %s", cycle, got, want)
		}
	}
	// The same when October is locked.
	r.must(r.reader.Lock(t.Context(), "2026-10", "admin", "", false, r.tallier))
	if got := r.staff("2026-TW4"); got != "01 100,00, 02 -" {
		t.Errorf("with October locked: %s", got)
	}
	wantRow(t, r.row("2026-10", survey.LevelOfficer, "A1", budi, scoring.KepuasanPetugas), "-", -1, insufficient)
}
