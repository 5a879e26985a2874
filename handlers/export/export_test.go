package export

import (
	"bytes"
	"encoding/csv"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"kesan/scoring"
	"kesan/survey"
)

func figure(value scoring.Hundredths) *scoring.Hundredths { return &value }

func table() Table {
	n := int64(1123)
	return Table{
		Agency: "=Pemerintah Kota", Label: "Triwulan IV 2026", Zone: survey.WIB, AsOf: time.Date(2026, 11, 18, 3, 0, 0, 0, time.UTC),
		Cycle:  scoring.CycleHead{ID: "2026-TW4", From: "2026-10-01", To: "2026-12-31", State: survey.CycleOpen, Version: 1},
		Policy: survey.Policy{}.OrDefault(),
		Figures: []Figure{
			{UnitName: `=HYPERLINK("http://x";"klik")`, Row: scoring.Row{Level: survey.LevelUnit, Unit: "33.74.09.01", Indicator: scoring.IKM,
				Value: figure(8331), Grade: "B", Target: figure(8000), Achievement: figure(10414), N: &n, Interval: &scoring.Interval{8102, 8560},
				Source: scoring.SourceSurvey, Coverage: figure(100), Status: scoring.StatusProvisional, Recipe: "ikm@1"}},
			{UnitName: "Seksi; Umum", OfficerName: "@SUM(1+1)", Row: scoring.Row{Level: survey.LevelOfficer, Unit: "33.74.09.01", NIP: "199001152015031999",
				Officer: "199001152015031999", Indicator: scoring.KepuasanPetugas, Source: scoring.SourceSurvey, Status: scoring.StatusInsufficient, Recipe: "kepuasan_petugas@1"}},
		},
	}
}

func TestCSV(t *testing.T) {
	t.Parallel()
	file, err := table().CSV()
	if err != nil {
		t.Fatal(err)
	}
	text, marked := strings.CutPrefix(string(file), "\uFEFF")
	if !marked || !strings.HasPrefix(text, "Siklus;Versi;") || !strings.Contains(text, "\r\n") {
		t.Errorf("no mark, semicolons or line ends of Excel: %.60q", file)
	}
	r := csv.NewReader(strings.NewReader(text))
	r.Comma = ';'
	lines, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if len(lines) != 4 {
		t.Fatalf("%d lines, want headings, names and two rows", len(lines))
	}
	for _, want := range []struct {
		line       int
		column, is string
	}{
		{1, "Nilai", "value"},
		{2, "Nama unit", `'=HYPERLINK("http://x";"klik")`},
		{2, "Nilai", "83,31"},
		{2, "Capaian (%)", "104,14"},
		{2, "Selang atas", "85,60"},
		{2, "Jumlah jawaban", "1123"},
		{2, "NIP", ""},
		{3, "NIP", "19900115 201503 1 999"},
		{3, "Nama petugas", "'@SUM(1+1)"},
		{3, "Nama unit", "Seksi; Umum"},
		{3, "Nilai", ""},
		{3, "Status", "belum cukup"},
	} {
		if got := lines[want.line][slices.Index(lines[0], want.column)]; got != want.is {
			t.Errorf("line %d, %s: %q, want %q", want.line, want.column, got, want.is)
		}
	}
}

func TestXLSX(t *testing.T) {
	t.Parallel()
	file, err := table().XLSX()
	if err != nil {
		t.Fatal(err)
	}
	book, err := excelize.OpenReader(bytes.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	for _, want := range []struct {
		cell, is string
		kind     excelize.CellType
	}{
		{"A1", "Siklus", excelize.CellTypeInlineString},
		{"E2", `'=HYPERLINK("http://x";"klik")`, excelize.CellTypeInlineString},
		{"F3", "199001152015031999", excelize.CellTypeInlineString},
		{"G3", "'@SUM(1+1)", excelize.CellTypeInlineString},
		{"J2", "83.31", excelize.CellTypeNumber},
		{"N2", "104.14", excelize.CellTypeNumber},
		{"O2", "1123", excelize.CellTypeNumber},
		{"J3", "", excelize.CellTypeUnset},
	} {
		got, err := book.GetCellValue(SheetFigures, want.cell, excelize.Options{RawCellValue: true})
		if err != nil {
			t.Fatal(err)
		}
		kind, err := book.GetCellType(SheetFigures, want.cell)
		if err != nil {
			t.Fatal(err)
		}
		if kind == excelize.CellTypeUnset && want.kind == excelize.CellTypeNumber {
			kind = excelize.CellTypeNumber // a number needs no type in the file
		}
		if got != want.is || kind != want.kind {
			t.Errorf("%s: %q of type %d, want %q of type %d", want.cell, got, kind, want.is, want.kind)
		}
		if formula, _ := book.GetCellFormula(SheetFigures, want.cell); formula != "" {
			t.Errorf("%s holds the formula %q", want.cell, formula)
		}
	}
	notes, err := book.GetRows(SheetNotes)
	if err != nil {
		t.Fatal(err)
	}
	if got := notes[1][1]; got != "'=Pemerintah Kota" {
		t.Errorf("agency in the notes: %q", got)
	}
}

func TestXLSXWithoutRows(t *testing.T) {
	t.Parallel()
	empty := table()
	empty.Figures = nil
	file, err := empty.XLSX()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := excelize.OpenReader(bytes.NewReader(file)); err != nil {
		t.Error(err)
	}
}

func FuzzSafe(f *testing.F) {
	for _, name := range []string{"Loket 1", "=1+1", "\t=1+1", "\r\n@x", " -2", "+62", "＝1", "\x00=1", ""} {
		f.Add(name)
	}
	f.Fuzz(func(t *testing.T, name string) {
		got := safe(name)
		if strings.ContainsAny(got, "\t\r\n\x00") || got != "" && strings.ContainsRune("=+-@＝＋－＠ ", []rune(got)[0]) {
			t.Errorf("safe(%q) = %q runs", name, got)
		}
	})
}
