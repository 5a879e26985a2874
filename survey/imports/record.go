package imports

import (
	"encoding/csv"
	"errors"
	"io"
	"iter"
	"strings"
)

// record is one row of a file. line is its number as a spreadsheet shows it: blank rows count, and a cell with line breaks
// still makes one row.
type record struct {
	line  int
	cells []string
}

func (r record) blank() bool {
	for _, cell := range r.cells {
		if cell != "" {
			return false
		}
	}
	return true
}

// records yields the rows that hold anything; a row that cannot be split is told instead.
func records(text string, found *Findings) iter.Seq[record] {
	return func(yield func(record) bool) {
		rows := csv.NewReader(strings.NewReader(text))
		rows.Comma = separator(text)
		rows.FieldsPerRecord = -1 // counted by the header, which says it in plain words
		rows.TrimLeadingSpace = true
		inner := 0 // line breaks within the cells of earlier rows
		for {
			cells, err := rows.Read()
			var bad *csv.ParseError
			switch {
			case errors.As(err, &bad):
				found.add(Problem{Line: bad.StartLine - inner, Key: "import.quote"})
				inner += bad.Line - bad.StartLine
				continue
			case err != nil: // io.EOF: a text in memory has no other end
				return
			}
			start, _ := rows.FieldPos(0)
			r := record{line: start - inner}
			for _, cell := range cells {
				inner += strings.Count(cell, "\n")
				r.cells = append(r.cells, clean(cell))
			}
			if !r.blank() && !yield(r) {
				return
			}
		}
	}
}

// separator takes the separator from the first row: a spreadsheet with Indonesian settings writes semicolons, since the
// comma is its decimal mark.
func separator(text string) rune {
	first := text
	for line := range strings.Lines(text) {
		if first = line; strings.Trim(line, " \t\r\n,;") != "" {
			break
		}
	}
	if strings.Count(first, ";") > strings.Count(first, ",") {
		return ';'
	}
	return ','
}

// writer writes rows that every spreadsheet opens well: semicolons and, before the first, a byte order mark.
func writer(w io.Writer) (*csv.Writer, error) {
	_, err := io.WriteString(w, "\ufeff")
	rows := csv.NewWriter(w)
	rows.Comma = ';'
	return rows, err
}
