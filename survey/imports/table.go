package imports

import (
	"strings"

	"kesan/survey"
)

// table says how files of one kind are read, checked and written.
type table[T survey.Object] struct {
	kind    Kind // its Columns are those of columns
	set     func(*survey.Office) survey.Set[T]
	columns []column[T]
	key     []string         // the columns that tell rows apart
	row     func(*row[T])    // what one row must fulfil; may be nil
	rows    func(*file[T])   // what rows must fulfil together; may be nil
	order   func(a, b T) int // of a written file; nil: by ID
}

// column ties a column to the values of its objects.
type column[T any] struct {
	Column
	field  string // JSON name in the object
	read   func(cell string, to *T) fault
	show   func(of T) string
	number bool
	long   bool
	list   bool      // holds several codes
	fixed  bool      // never changes once it is stored
	refers reference // what the cell names
}

// at is a column whose cells are the values of one field.
func at[T, V any](c Column, field string, f format[V], place func(*T) *V) column[T] {
	read := func(cell string, to *T) fault {
		var value V
		var bad fault
		if cell != "" {
			value, bad = f.read(cell)
		}
		*place(to) = value
		return bad
	}
	show := func(of T) string { return f.show(*place(&of)) }
	return column[T]{Column: c, field: field, read: read, show: show, number: f.number, long: f.long, list: f.list}
}

// never says that the values of a column cannot change once they are stored.
func (c column[T]) never() column[T] { c.fixed = true; return c }

// to says what the cells of a column name.
func (c column[T]) to(r reference) column[T] { c.refers = r; return c }

// names returns the codes that the cell of an object holds.
func (c column[T]) names(of T) []string {
	cell := c.show(of)
	switch {
	case cell == "":
		return nil
	case c.list:
		return strings.Fields(cell)
	}
	return []string{cell}
}

// set reads one cell into an object; one that is faulty leaves the zero value.
func (c column[T]) set(cell string, to *T) fault {
	switch {
	case cell == "" && c.Required:
		return faulty("import.required")
	case control(cell, c.long):
		return faulty("import.control")
	}
	return c.read(cell, to)
}

func (t table[T]) describe() Kind {
	kind := t.kind
	for _, c := range t.columns {
		kind.Columns = append(kind.Columns, c.Column)
	}
	return kind
}

// byField returns the column of a JSON field.
func (t table[T]) byField(field string) (column[T], bool) {
	for _, c := range t.columns {
		if c.field == field {
			return c, true
		}
	}
	return column[T]{}, false
}
