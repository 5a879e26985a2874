package imports_test

import (
	"errors"
	"strings"
	"testing"

	"kesan/survey"
	"kesan/survey/imports"
)

// A row that is listed reads back as the same object, for every object of every kind.
func TestRows(t *testing.T) {
	t.Parallel()
	office := sampleRegister(t).Office()
	for _, kind := range imports.Kinds() {
		rows, err := imports.Rows(kind.Name, office)
		if err != nil || len(rows) == 0 {
			t.Fatalf("%s: %d rows, %v", kind.Name, len(rows), err)
		}
		for _, row := range rows {
			one, err := imports.Stored(kind.Name, row.ID, office)
			if err != nil || strings.Join(one.Cells, "|") != strings.Join(row.Cells, "|") || one.Revision != 1 {
				t.Errorf("%s %s: %+v, %v", kind.Name, row.ID, one, err)
			}
			plan, err := imports.ReadRow(kind.Name, row.Cells, office)
			if err != nil || plan.Same != 1 || plan.Problems.Count() > 0 || len(plan.Drafts) > 0 {
				t.Errorf("%s %s: %+v, %v", kind.Name, row.ID, plan, err)
			}
		}
	}
}

func TestReadRow(t *testing.T) {
	t.Parallel()
	office := sampleRegister(t).Office()
	cases := []struct {
		name  string
		cells []string
		want  string
	}{
		{"new", []string{"X.1", "Unit <b>baru</b>", "", "WITA", "", "", "", "singkat", "tidak"}, ""},
		{"as it was typed", []string{" X.2 ", "'2 apostrophe", "", "WIT"}, ""},
		{"nothing", nil, "kode nama zona"},
		{"nothing but blanks", []string{" ", "\t", "\u00a0", ""}, "kode nama zona"},
		{"bad", []string{"X 1", "Unit", "tidak-ada", "WIX"}, "zona kode induk"},
		{"too many", []string{"X.3", "Unit", "", "WIB", "", "", "", "", "", "lebih"}, ""},
		{"control character", []string{"X.4", "a\x00b", "", "WIB"}, "nama"},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			plan, err := imports.ReadRow("unit", tc.cells, office)
			if err != nil {
				t.Fatal(err)
			}
			var columns []string
			for _, p := range plan.Problems.List {
				columns = append(columns, p.Column)
			}
			if got := strings.Join(columns, " "); got != tc.want {
				t.Errorf("problems in %q, want %q", got, tc.want)
			}
			if tc.want == "" && len(plan.Drafts) != 1 {
				t.Errorf("plan %+v", plan)
			}
		})
	}
	plan, err := imports.ReadRow("unit", []string{"X.5", "'2026 apostrophe", "", "WIB"}, office)
	if err != nil || plan.Drafts[0].Object.(survey.Unit).Name != "'2026 apostrophe" {
		t.Errorf("%+v, %v", plan, err)
	}
}

func TestRowsOfNoKind(t *testing.T) {
	t.Parallel()
	office := sampleRegister(t).Office()
	_, rows := imports.Rows("lain", office)
	_, stored := imports.Stored("lain", "x", office)
	_, missing := imports.Stored("unit", "x", office)
	_, read := imports.ReadRow("lain", nil, office)
	_, fixed := imports.Fixed("lain")
	for _, err := range []error{rows, stored, missing, read, fixed} {
		if !errors.Is(err, survey.ErrNotFound) {
			t.Errorf("got %v", err)
		}
	}
}

func TestFixed(t *testing.T) {
	t.Parallel()
	for kind, want := range map[string]string{"unit": "kode", "loket": "kode unit", "jadwal": "loket tanggal mulai", "libur": "tanggal unit"} {
		columns, err := imports.Fixed(kind)
		if got := strings.Join(columns, " "); err != nil || got != want {
			t.Errorf("%s: %q, %v, want %q", kind, got, err, want)
		}
	}
}
