package imports

import (
	"strings"
	"unicode/utf8"

	"kesan/survey"
)

// check finds what is wrong with rows that could be read, from the narrow to the wide: only the first problem of a cell is
// told.
func (f *file[T]) check() {
	f.duplicates()
	for _, r := range f.rows {
		if f.table.row != nil {
			f.table.row(r)
		}
		f.validate(r)
		f.references(r)
		f.unchanged(r)
	}
	if f.table.rows != nil {
		f.table.rows(f)
	}
}

// duplicates refuses a second row for one object, naming the first.
func (f *file[T]) duplicates() {
	for _, r := range f.rows {
		if r.id == "" {
			continue
		}
		if first, ok := f.lines[r.id]; ok {
			f.found.add(Problem{Line: r.line, Key: "import.duplicate", Args: []any{strings.Join(f.table.key, ", "), first}})
			continue
		}
		f.lines[r.id] = r.line
	}
}

// validate applies the struct tags of the domain.
func (f *file[T]) validate(r *row[T]) {
	for _, p := range survey.Validate(r.value) {
		field, _, _ := strings.Cut(p.Field, "[") // services[2]
		c, ok := f.table.byField(field)
		if !ok || p.Key == "field.gtfield" && len(r.wrong) > 0 {
			continue // it compares two cells, and one that is wrong says nothing about the other
		}
		bad := explain(p, c.number, c.show(r.value))
		r.bad(c.Name, bad.key, bad.args...)
	}
}

// explain puts a tag of the domain into the words of a file.
func explain(p survey.Problem, number bool, cell string) fault {
	switch {
	case p.Key == "field.required" && !number:
		return faulty("import.required")
	case p.Key == "field.required":
		return faulty("import.least", 1)
	case p.Key == "field.max":
		return faulty("import.most", p.Args[0])
	case p.Key == "field.long":
		return faulty("import.long", p.Args[0], utf8.RuneCountInString(cell))
	case p.Key == "field.code":
		return faulty("import.code", quote(cell))
	case p.Key == "field.area":
		return faulty("import.area", quote(cell))
	}
	return faulty("import.refused", quote(cell))
}

// reference is what the cells of a column name: objects of the office, and those of the same file where own is set.
type reference struct {
	what string // for people
	has  func(*survey.Office, string) bool
	own  bool
}

// references refuses names of what does not exist.
func (f *file[T]) references(r *row[T]) {
	for _, c := range f.table.columns {
		if c.refers.has == nil || !r.good(c.Name) {
			continue
		}
		for _, id := range c.names(r.value) {
			_, here := f.lines[id]
			switch {
			case c.refers.has(f.office, id) || here && c.refers.own:
			case c.refers.own:
				r.bad(c.Name, "import.absent.both", c.refers.what, quote(id))
			default:
				r.bad(c.Name, "import.absent", c.refers.what, quote(id))
			}
		}
	}
}

// unchanged refuses other values for what never changes: answers already given name them.
func (f *file[T]) unchanged(r *row[T]) {
	for _, c := range f.table.columns {
		if !c.fixed || !r.known || !r.good(c.Name) {
			continue
		}
		if before := c.show(r.held.Value); before != c.show(r.value) {
			r.bad(c.Name, "import.fixed", quote(before))
		}
	}
}

// has is the reference test of a set.
func has[T any](set func(*survey.Office) survey.Set[T]) func(*survey.Office, string) bool {
	return func(o *survey.Office, id string) bool { _, ok := set(o)[id]; return ok }
}
