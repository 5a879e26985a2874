package export

import (
	"bytes"
	"fmt"

	"github.com/xuri/excelize/v2"

	"kesan/handlers/locale"
	"kesan/scoring"
)

// Names of the sheets.
const (
	SheetFigures   = "Nilai"
	SheetQuestions = "Jawaban"
	SheetNotes     = "Keterangan"
)

// XLSX writes the table as a workbook: one sheet with the figures, numbers as numbers and NIP as text, and one that says
// what the columns mean and under which rules the figures were made.
func (t Table) XLSX() ([]byte, error) {
	return workbook(SheetFigures, t.columns(), t.Figures, t.notes())
}

// workbook writes a sheet with rows, and one with notes.
func workbook[R any](name string, columns []column[R], rows []R, notes []note) ([]byte, error) {
	book := excelize.NewFile()
	defer func() { _ = book.Close() }() // it is in memory; nothing is lost
	styles, err := newStyles(book)
	if err != nil {
		return nil, fmt.Errorf("workbook: %w", err)
	}
	if err := book.SetSheetName("Sheet1", name); err != nil {
		return nil, fmt.Errorf("workbook: %w", err)
	}
	if _, err := book.NewSheet(SheetNotes); err != nil {
		return nil, fmt.Errorf("workbook: %w", err)
	}
	if err := rowSheet(book, styles, name, columns, rows); err != nil {
		return nil, fmt.Errorf("sheet %s: %w", name, err)
	}
	if err := noteSheet(book, styles, notes); err != nil {
		return nil, fmt.Errorf("sheet %s: %w", SheetNotes, err)
	}
	var file bytes.Buffer
	if err := book.Write(&file); err != nil {
		return nil, fmt.Errorf("workbook: %w", err)
	}
	return file.Bytes(), nil
}

// styles are the looks of cells. 2 and 1 are the built-in formats 0.00 and 0, 49 is text.
type styles struct{ head, figure, count, text, wrap int }

func newStyles(book *excelize.File) (s styles, err error) {
	for _, want := range []struct {
		id    *int
		style excelize.Style
	}{
		{&s.head, excelize.Style{Font: &excelize.Font{Bold: true}, Alignment: &excelize.Alignment{WrapText: true, Vertical: "top"}}},
		{&s.figure, excelize.Style{NumFmt: 2}},
		{&s.count, excelize.Style{NumFmt: 1}},
		{&s.text, excelize.Style{NumFmt: 49}},
		{&s.wrap, excelize.Style{NumFmt: 49, Alignment: &excelize.Alignment{WrapText: true, Vertical: "top"}}},
	} {
		if *want.id, err = book.NewStyle(&want.style); err != nil {
			return styles{}, err
		}
	}
	return s, nil
}

func rowSheet[R any](book *excelize.File, s styles, name string, columns []column[R], rows []R) error {
	w, err := book.NewStreamWriter(name)
	if err != nil {
		return err
	}
	headings := make([]any, len(columns))
	for i, column := range columns {
		headings[i] = excelize.Cell{StyleID: s.head, Value: column.label}
		if err := w.SetColWidth(i+1, i+1, column.width); err != nil {
			return err
		}
	}
	if err := w.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	if err := w.SetRow("A1", headings); err != nil {
		return err
	}
	for i, row := range rows {
		line := make([]any, len(columns))
		for j, column := range columns {
			line[j] = s.cell(column.cell(row))
		}
		if err := w.SetRow(at(1, i+2), line); err != nil {
			return err
		}
	}
	if len(rows) > 0 {
		if err := w.AddTable(&excelize.Table{Range: "A1:" + at(len(columns), len(rows)+1), Name: name}); err != nil {
			return err
		}
	}
	return w.Flush()
}

func (s styles) cell(c cell) any {
	switch {
	case c.figure != nil:
		return excelize.Cell{StyleID: s.figure, Value: number(*c.figure)}
	case c.count != nil:
		return excelize.Cell{StyleID: s.count, Value: *c.count}
	case c.text == "":
		return nil
	}
	return excelize.Cell{StyleID: s.text, Value: safe(c.text)}
}

func at(column, row int) string {
	name, err := excelize.CoordinatesToCellName(column, row)
	if err != nil {
		panic(err) // both are counted from 1 here
	}
	return name
}

func noteSheet(book *excelize.File, s styles, notes []note) error {
	w, err := book.NewStreamWriter(SheetNotes)
	if err != nil {
		return err
	}
	for column, width := range []float64{30, 24, 60, 70} {
		if err := w.SetColWidth(column+1, column+1, width); err != nil {
			return err
		}
	}
	for i, line := range notes {
		style := s.wrap
		if line.head {
			style = s.head
		}
		cells := make([]any, len(line.cells))
		for j, text := range line.cells {
			cells[j] = excelize.Cell{StyleID: style, Value: safe(text)}
		}
		if err := w.SetRow(at(1, i+1), cells); err != nil {
			return err
		}
	}
	return w.Flush()
}

type note struct {
	head  bool
	cells []string
}

// notes say what the file is, what its columns mean and by which rules its figures were made.
func (t Table) notes() []note {
	number := func(n int64) string { return locale.Number(n) }
	notes := []note{
		{true, []string{"Berkas ini"}},
		{false, []string{"Pemerintah daerah", t.Agency}},
		{false, []string{"Siklus", t.Cycle.ID, t.Label}},
		{false, []string{"Periode", string(t.Cycle.From), "sampai " + string(t.Cycle.To)}},
		{false, []string{"Keadaan siklus", StateWord(t.Cycle.State), fmt.Sprintf("versi %d", t.Cycle.Version)}},
		{false, []string{"Sidik jari (SHA-256)", "", t.Digest}},
		{false, []string{"Angka per", "", locale.DateTime(t.AsOf, t.Zone)}},
		{false, []string{"Pilihan baris", "", orAll(t.Filter)}},
		{false, []string{"Kegunaan", "", Purpose}},
		{},
		{true, []string{"Batas", "Angka", "Arti"}},
		{false, []string{"Petugas, ditampilkan", number(t.Policy.OfficerMinimum), "Jawaban paling sedikit agar nilai petugas ditampilkan"}},
		{false, []string{"Petugas, penilaian", number(t.Policy.OfficerAppraisal), "Jawaban paling sedikit agar nilai petugas dapat menjadi bahan penilaian; di bawahnya indikatif"}},
		{false, []string{"Unit, ditampilkan", number(t.Policy.UnitMinimum), "Jawaban paling sedikit agar nilai unit ditampilkan"}},
		{false, []string{"Unit, mantap", number(t.Policy.UnitFirm), "Di bawah ini nilai unit indikatif"}},
		{false, []string{"Bobot penyusutan k", number(t.Policy.ShrinkK), "(n x nilai + k x rata-rata layanan yang sama) / (n + k)"}},
		{false, []string{"Batas capaian (%)", number(t.Policy.MaxAchievement), "Capaian dibatasi pada 0 sampai angka ini"}},
		{false, []string{"Tingkat kepercayaan petugas", number(int64(t.Policy.OfficerMinTrust)), "Tingkat paling rendah jawaban yang membentuk nilai petugas (0 poster, 1 dibantu, 2 layar, 3 tiket)"}},
		{},
		{true, []string{"Kolom", "Nama di API", "Arti"}},
	}
	for _, column := range t.columns() {
		notes = append(notes, note{false, []string{column.label, column.key, column.about}})
	}
	notes = append(notes, note{}, note{true, []string{"Status", "Nama di API", "Arti"}})
	for _, s := range statuses {
		notes = append(notes, note{false, []string{s.word, string(s.status), s.about}})
	}
	notes = append(notes, note{}, note{true, []string{"Indikator", "Cara hitung", "Arti", "Rumus"}})
	for _, i := range scoring.Indicators() {
		notes = append(notes, note{false, []string{i.Label + " (" + i.Unit + ")", i.Recipe, i.Definition, i.Formula}})
	}
	return notes
}

func orAll(filter string) string {
	if filter == "" {
		return "semua"
	}
	return filter
}
