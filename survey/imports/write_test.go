package imports_test

import (
	"slices"
	"strings"
	"testing"

	"kesan/survey"
	"kesan/survey/imports"
)

// A cell that a spreadsheet would run is written with an apostrophe, and comes back as it was.
func TestFormulas(t *testing.T) {
	t.Parallel()
	names := []string{`=HYPERLINK("http://x","klik")`, "+62", "-1", "@SUM(A1)", "'=1", "''", "'1", "'Aisyiyah", "a;b,\"c\"", "Loket 1"}
	register := openRegister(t)
	var drafts []survey.Draft
	for i, name := range names {
		drafts = append(drafts, survey.Draft{Object: survey.Unit{Code: string(rune('A' + i)), Name: name, Zone: "WIB"}})
	}
	if err := register.Write(t.Context(), "tes", "", drafts...); err != nil {
		t.Fatal(err)
	}
	file := written(t, register.Office(), "unit")
	for line := range strings.Lines(file) {
		for cell := range strings.SplitSeq(line, ";") {
			if strings.ContainsAny(strings.Trim(cell, `"`)[:min(1, len(strings.Trim(cell, `"`)))], "=+-@\t\r") {
				t.Errorf("%q runs in a spreadsheet", cell)
			}
		}
	}
	if got, want := count(read(t, register.Office(), "unit", file)), (counts{same: len(names)}); got != want {
		t.Errorf("read back: got %+v, want %+v", got, want)
	}
	fresh := openRegister(t)
	take(t, fresh, "unit", file)
	var got []string
	for _, id := range fresh.Office().Units.IDs() {
		got = append(got, fresh.Office().Units[id].Value.Name)
	}
	if !slices.Equal(got, names) {
		t.Errorf("got %q", got)
	}
}

// What an export of a whole office says fits an office that is empty, and nothing is lost on the way.
func TestRoundTrip(t *testing.T) {
	t.Parallel()
	from, to := sampleRegister(t), openRegister(t)
	take(t, from, "jadwal", "loket;nip;tanggal;mulai;selesai;tanggal_selesai;batal\nL1;TK-01;2026-01-12;22:00;06:00;2026-01-13;\nL2;TK-01;2026-01-12;08:00;12:00;;ya\n")
	take(t, from, "unit", "kode;nama;zona;tutup;alamat\nX;Lama;WIT;ya;\"Jl. A\nKota B\"\n")
	for _, kind := range imports.Kinds() {
		file := written(t, from.Office(), kind.Name)
		take(t, to, kind.Name, file)
		if got := written(t, to.Office(), kind.Name); got != file {
			t.Errorf("%s: got\n%s\nwant\n%s", kind.Name, got, file)
		}
	}
	if got := to.Office().Duties["L1|2026-01-12T22:00"].Value.To; got != "2026-01-13T06:00" {
		t.Errorf("the night duty ends %s", got)
	}
}

func TestWriteEmpty(t *testing.T) {
	t.Parallel()
	if got, want := written(t, openRegister(t).Office(), "jam"), "\ufeffunit;hari;buka;tutup;batal\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
