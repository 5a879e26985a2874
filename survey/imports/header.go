package imports

import (
	"slices"
	"strings"
)

// header says which column of the kind stands where in a file; -1 is a column without a name.
type header struct {
	line    int
	columns []int
}

func (h header) has(column int) bool { return slices.Contains(h.columns, column) }

// readHeader finds the columns of a kind in the first row. It fails when a column is unknown, missing or there twice.
func readHeader(kind Kind, first record, found *Findings) (header, bool) {
	h := header{line: first.line}
	before := found.Count()
	names := kind.Header()
	for _, cell := range first.cells {
		column := slices.Index(names, headerName(cell))
		switch {
		case cell == "": // spreadsheets leave these behind
			column = -1
		case column < 0:
			found.add(Problem{Line: first.line, Key: "import.column.unknown", Args: []any{quote(cell), strings.Join(names, ", ")}})
		case h.has(column):
			found.add(Problem{Line: first.line, Key: "import.column.twice", Args: []any{names[column]}})
		}
		h.columns = append(h.columns, column)
	}
	for i, column := range kind.Columns {
		if column.Required && !h.has(i) {
			found.add(Problem{Line: first.line, Key: "import.column.missing", Args: []any{column.Name}})
		}
	}
	return h, found.Count() == before
}

// headerName takes "Jenis ASN" for jenis_asn.
func headerName(cell string) string { return strings.Join(strings.Fields(strings.ToLower(cell)), "_") }

// align puts the cells of a row in the order of the kind's columns. It fails when the row does not fit the header.
func (h header) align(r record, columns int, found *Findings) ([]string, bool) {
	if len(r.cells) < len(h.columns) {
		found.add(Problem{Line: r.line, Key: "import.cells", Args: []any{len(r.cells), len(h.columns)}})
		return nil, false
	}
	cells := make([]string, columns)
	for i, cell := range r.cells {
		switch {
		case i >= len(h.columns) && cell != "":
			found.add(Problem{Line: r.line, Key: "import.cells", Args: []any{len(r.cells), len(h.columns)}})
			return nil, false
		case i >= len(h.columns):
		case h.columns[i] >= 0:
			cells[h.columns[i]] = cell
		case cell != "":
			found.add(Problem{Line: r.line, Key: "import.untitled", Args: []any{quote(cell)}})
			return nil, false
		}
	}
	return cells, true
}
