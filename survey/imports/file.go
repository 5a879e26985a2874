package imports

import (
	"strings"

	"kesan/survey"
)

// file is one file while it is read.
type file[T survey.Object] struct {
	table  table[T]
	office *survey.Office
	held   survey.Set[T]
	rows   []*row[T]
	lines  map[string]int // ID -> the first row that has it
	found  Findings
	warned Findings
}

// row is one row of a file and the object it makes.
type row[T survey.Object] struct {
	line  int
	value T
	id    string // empty while its key is not good
	held  survey.Held[T]
	known bool // held is what the office has under id
	found *Findings
	wrong map[string]bool // columns that have a problem
}

// bad says that a column of the row is wrong. Only the first problem of a column is told, as the others follow from it.
func (r *row[T]) bad(column, key string, args ...any) {
	if r.wrong[column] {
		return
	}
	if r.wrong == nil {
		r.wrong = map[string]bool{}
	}
	r.wrong[column] = true
	r.found.add(Problem{Line: r.line, Column: column, Key: key, Args: args})
}

// good says whether columns of the row have no problem so far.
func (r *row[T]) good(columns ...string) bool {
	for _, column := range columns {
		if r.wrong[column] {
			return false
		}
	}
	return true
}

// read reads a whole file.
func (t table[T]) read(text string, office *survey.Office) Plan {
	f := &file[T]{table: t, office: office, held: t.set(office), lines: map[string]int{}}
	if f.split(text) {
		f.check()
	}
	return f.plan()
}

// split reads the rows. Without a good header there is nothing to check.
func (f *file[T]) split(text string) bool {
	kind := f.table.describe()
	var head *header
	for r := range records(text, &f.found) {
		switch {
		case f.found.Count() > 0 && head == nil: // the header could not be split
			return false
		case head == nil:
			h, ok := readHeader(kind, r, &f.found)
			if !ok {
				return false
			}
			head = &h
		case len(f.rows) == MaxRows:
			f.found.add(Problem{Key: "import.rows", Args: []any{MaxRows}})
			return false
		default:
			f.take(*head, r)
		}
	}
	switch {
	case head == nil && f.found.Count() == 0:
		f.found.add(Problem{Key: "import.empty", Args: []any{strings.Join(kind.Header(), ", ")}})
	case head != nil && len(f.rows) == 0:
		f.warned.add(Problem{Key: "import.headeronly"})
	}
	return head != nil
}

// take reads one row. An object that is stored already is read over what is stored, so that columns which are not in the
// file keep their values.
func (f *file[T]) take(head header, rec record) {
	cells, ok := head.align(rec, len(f.table.columns), &f.found)
	if !ok {
		return
	}
	r := &row[T]{line: rec.line, found: &f.found}
	f.rows = append(f.rows, r)
	for i, c := range f.table.columns {
		if bad := c.set(cells[i], &r.value); bad.key != "" {
			r.bad(c.Name, bad.key, bad.args...)
		}
	}
	if !r.good(f.table.key...) {
		return
	}
	_, r.id = r.value.ObjectKey()
	if r.held, r.known = f.held[r.id]; !r.known {
		return
	}
	r.value = r.held.Value
	for i, c := range f.table.columns {
		if head.has(i) {
			_ = c.set(cells[i], &r.value) // what is wrong has been told
		}
	}
}
