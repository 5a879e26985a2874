package imports_test

import (
	"strings"
	"testing"
	"time"

	"kesan/survey"
	"kesan/survey/imports"
)

// A sample file imports without a problem in order, is what an export of it says, and changes nothing the second time.
func TestSamples(t *testing.T) {
	t.Parallel()
	rows := map[string]int{"unit": 3, "layanan": 3, "loket": 3, "petugas": 6, "jadwal": 25, "jam": 5, "libur": 25, "target": 8}
	register := openRegister(t)
	for _, kind := range imports.Kinds() {
		n := rows[kind.Name]
		file := string(sample(t, kind.Name))
		if got, want := count(take(t, register, kind.Name, file)), (counts{fresh: n, drafts: n}); got != want {
			t.Errorf("%s: got %+v, want %+v", kind.Name, got, want)
		}
		if got := written(t, register.Office(), kind.Name); got != file {
			t.Errorf("%s: an export of the sample is\n%s", kind.Name, got)
		}
		if got, want := count(read(t, register.Office(), kind.Name, file)), (counts{same: n}); got != want {
			t.Errorf("%s again: got %+v, want %+v", kind.Name, got, want)
		}
	}
}

func TestSampleOffice(t *testing.T) {
	t.Parallel()
	office := sampleRegister(t).Office()
	monday := time.Date(2026, 1, 5, 2, 0, 0, 0, time.UTC) // 09:00 in WIB
	if got := office.OnDuty("L1", monday); got != "199001152015031999" {
		t.Errorf("at L1 on Monday at 9: %q", got)
	}
	if from, to := office.HoursOn("DPP.01", "2026-01-09"); from != "08:00" || to != "15:00" {
		t.Errorf("Friday: %s to %s", from, to)
	}
	if got := office.HolidayOn("DPP.02", "2026-02-16"); got != "Cuti bersama Tahun Baru Imlek" {
		t.Errorf("16 February 2026: %q", got)
	}
	joint := 0
	for _, held := range office.Holidays {
		if held.Value.Joint {
			joint++
		}
	}
	if joint != 8 {
		t.Errorf("%d days of cuti bersama, want 8", joint)
	}
	target := office.Targets["2026|unit|DPP.02||ikm"].Value
	if want := (survey.Target{Indicator: "ikm", Level: "unit", Unit: "DPP.02", Period: "2026", Value: 8000, Upper: 9000, Weight: 100}); target != want {
		t.Errorf("target: got %+v", target)
	}
}

// The example of every column fits its column: the help page must not mislead.
func TestExamples(t *testing.T) {
	t.Parallel()
	office := sampleRegister(t).Office()
	for _, kind := range imports.Kinds() {
		var cells []string
		for _, column := range kind.Columns {
			if column.About == "" || column.Required && column.Example == "" {
				t.Errorf("%s: column %s explains nothing", kind.Name, column.Name)
			}
			cells = append(cells, column.Example)
		}
		plan := read(t, office, kind.Name, strings.Join(kind.Header(), ";")+"\n"+strings.Join(cells, ";"))
		for _, p := range plan.Problems.List {
			if p.Key != "import.absent" && p.Key != "import.absent.both" && p.Key != "import.fixed" {
				t.Errorf("%s: %s", kind.Name, p.Sentence())
			}
		}
	}
}
