package survey_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"kesan/survey"
)

func TestParsePeriod(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		id, from, to, previous, label string
		within                        string
	}{
		{"2026-11", "2026-11-01", "2026-11-30", "2026-10", "November 2026", ""},
		{"2024-02", "2024-02-01", "2024-02-29", "2024-01", "Februari 2024", ""},
		{"2026-01", "2026-01-01", "2026-01-31", "2025-12", "Januari 2026", ""},
		{"2026-TW4", "2026-10-01", "2026-12-31", "2026-TW3", "Triwulan IV 2026", "2026-10 2026-11 2026-12"},
		{"2026-TW1", "2026-01-01", "2026-03-31", "2025-TW4", "Triwulan I 2026", "2026-01 2026-02 2026-03"},
		{"2026-S2", "2026-07-01", "2026-12-31", "2026-S1", "Semester II 2026",
			"2026-TW3 2026-TW4 2026-07 2026-08 2026-09 2026-10 2026-11 2026-12"},
		{"2026-S1", "2026-01-01", "2026-06-30", "2025-S2", "Semester I 2026",
			"2026-TW1 2026-TW2 2026-01 2026-02 2026-03 2026-04 2026-05 2026-06"},
		{"2026", "2026-01-01", "2026-12-31", "2025", "Tahun 2026", "2026-S1 2026-S2 2026-TW1 2026-TW2 2026-TW3 2026-TW4 " +
			"2026-01 2026-02 2026-03 2026-04 2026-05 2026-06 2026-07 2026-08 2026-09 2026-10 2026-11 2026-12"},
	} {
		p, err := survey.ParsePeriod(tt.id)
		if err != nil {
			t.Errorf("%s: %v", tt.id, err)
			continue
		}
		var within []string
		for _, part := range p.Within() {
			within = append(within, part.ID)
			if !p.Contains(part) || part.Contains(p) {
				t.Errorf("%s does not contain %s", tt.id, part.ID)
			}
		}
		if p.ID != tt.id || string(p.From) != tt.from || string(p.To) != tt.to || p.Previous().ID != tt.previous || p.Label() != tt.label ||
			strings.Join(within, " ") != tt.within {
			t.Errorf("%s: %+v, before it %s, %q, within %v", tt.id, p, p.Previous().ID, p.Label(), within)
		}
	}
	quarter, _ := survey.ParsePeriod("2026-TW4")
	if !slices.Equal(quarter.Months(), []survey.Month{"2026-10", "2026-11", "2026-12"}) || quarter.Contains(quarter) || quarter.Year().ID != "2026" {
		t.Errorf("months %v", quarter.Months())
	}
}

func TestNoPeriod(t *testing.T) {
	t.Parallel()
	for _, id := range []string{"", "2026-", "2026-0", "2026-00", "2026-13", "2026-TW0", "2026-TW5", "2026-S0", "2026-S3", "2026-tw4", "26-11", "1999",
		"2026-11-01", " 2026", "2026 ", "2026-Q4", "2026-TW", "2026-011", "２０２６", "2026\n"} {
		if p, err := survey.ParsePeriod(id); !errors.Is(err, survey.ErrNotFound) {
			t.Errorf("%q is %v, %v", id, p, err)
		}
	}
}
