package export

import (
	"fmt"
	"time"

	"kesan/handlers/locale"
	"kesan/scoring"
	"kesan/survey"
)

// Questions hold what was answered in a unit, and in those below it, to the questions beside the nine unsur.
type Questions struct {
	Agency  string
	Cycle   scoring.CycleHead
	Label   string // of the period
	Unit    survey.Unit
	AsOf    time.Time
	Options []Option
}

// Option is one possible answer to a question; N is nil where it is too small to be told.
type Option struct {
	Kind     string // about whom or what the question is
	Form     string // name of the questionnaire of an extra question
	Question string
	Label    string
	N        *int64
	Percent  *scoring.Hundredths // of those who answered the question; nil where that would tell a hidden number
}

// Few stands where a number is too small to be told.
const Few = "terlalu sedikit"

func (q Questions) columns() []column[Option] {
	return []column[Option]{
		{label: "Siklus", about: "ID siklus", width: 10, cell: func(Option) cell { return text(q.Cycle.ID) }},
		{label: "Kode unit", about: "Unit, dengan semua unit di bawahnya", width: 14, cell: func(Option) cell { return text(q.Unit.Code) }},
		{label: "Nama unit", about: "Nama unit saat berkas dibuat", width: 34, cell: func(Option) cell { return text(q.Unit.Name) }},
		{label: "Jenis", about: "Pertanyaan tambahan instansi, atau tentang responden; keduanya tidak masuk IKM", width: 14, cell: func(o Option) cell { return text(o.Kind) }},
		{label: "Kuesioner", about: "Kuesioner asal pertanyaan tambahan", width: 30, cell: func(o Option) cell { return text(o.Form) }},
		{label: "Pertanyaan", about: "Bunyi pertanyaan", width: 44, cell: func(o Option) cell { return text(o.Question) }},
		{label: "Pilihan", about: "Pilihan jawaban", width: 26, cell: func(o Option) cell { return text(o.Label) }},
		{label: "Jawaban", about: "Banyaknya yang memilih; kosong bila terlalu sedikit, tidak pernah berarti 0", width: 9, cell: func(o Option) cell { return cell{count: o.N} }},
		{label: "Persen", about: "Dari yang menjawab pertanyaan itu; kosong bila akan membuka angka yang terlalu sedikit", width: 9, cell: func(o Option) cell { return figureCell(o.Percent) }},
		{label: "Catatan", about: "Mengapa kosong", width: 14, cell: func(o Option) cell {
			if o.N == nil {
				return text(Few)
			}
			return cell{}
		}},
	}
}

// CSV writes the answers; the first line holds the headings.
func (q Questions) CSV() ([]byte, error) {
	var headings []string
	for _, column := range q.columns() {
		headings = append(headings, column.label)
	}
	return csvFile(append([][]string{headings}, csvLines(q.columns(), q.Options)...))
}

// XLSX writes the answers as a workbook: one sheet with the numbers, and one that says what they are.
func (q Questions) XLSX() ([]byte, error) {
	return workbook(SheetQuestions, q.columns(), q.Options, q.notes())
}

func (q Questions) notes() []note {
	notes := []note{
		{true, []string{"Berkas ini"}},
		{false, []string{"Pemerintah daerah", q.Agency}},
		{false, []string{"Siklus", q.Cycle.ID, q.Label}},
		{false, []string{"Keadaan siklus", StateWord(q.Cycle.State), fmt.Sprintf("versi %d", q.Cycle.Version)}},
		{false, []string{"Unit", q.Unit.Code, q.Unit.Name}},
		{false, []string{"Angka per", "", locale.DateTime(q.AsOf, q.Unit.Zone)}},
		{},
		{true, []string{"Kolom", "", "Arti"}},
	}
	for _, column := range q.columns() {
		notes = append(notes, note{false, []string{column.label, "", column.about}})
	}
	return notes
}
