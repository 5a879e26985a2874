package export

import (
	"bytes"
	"encoding/csv"
	"strconv"
	"strings"

	"kesan/scoring"
)

// byteOrderMark tells Excel that the file is UTF-8.
const byteOrderMark = "\uFEFF"

// CSV writes the table: the first line holds the headings, the second the names that the API gives the columns.
func (t Table) CSV() ([]byte, error) {
	columns := t.columns()
	headings, keys := make([]string, len(columns)), make([]string, len(columns))
	for i, column := range columns {
		headings[i], keys[i] = column.label, column.key
	}
	return csvFile(append([][]string{headings, keys}, csvLines(columns, t.Figures)...))
}

// csvFile writes lines as an Excel set to Indonesian opens them by a double click: UTF-8 with a byte order mark, columns parted
// by semicolons, decimals after a comma.
func csvFile(lines [][]string) ([]byte, error) {
	var file bytes.Buffer
	file.WriteString(byteOrderMark)
	w := csv.NewWriter(&file)
	w.Comma, w.UseCRLF = ';', true
	if err := w.WriteAll(lines); err != nil {
		return nil, err
	}
	return file.Bytes(), nil
}

func csvLines[R any](columns []column[R], rows []R) [][]string {
	lines := make([][]string, len(rows))
	for i, row := range rows {
		for _, column := range columns {
			lines[i] = append(lines[i], csvCell(column.key, column.cell(row)))
		}
	}
	return lines
}

func csvCell(key string, cell cell) string {
	switch {
	case cell.figure != nil:
		return cell.figure.String()
	case cell.count != nil:
		return strconv.FormatInt(*cell.count, 10)
	case key == "nip":
		return groupNIP(cell.text)
	}
	return safe(cell.text)
}

// groupNIP writes a NIP as it is printed on letters, 19900115 201503 1 999. Without the blanks Excel would read a number,
// of which it keeps 15 digits.
func groupNIP(nip string) string {
	if len(nip) != 18 {
		return safe(nip)
	}
	return strings.Join([]string{nip[:8], nip[8:14], nip[14:15], nip[15:]}, " ")
}

// number returns a published figure as a spreadsheet keeps it.
func number(h scoring.Hundredths) float64 { return float64(h) / 100 }
