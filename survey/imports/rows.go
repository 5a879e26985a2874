package imports

import (
	"fmt"
	"strings"

	"kesan/survey"
)

// Row is one object as the cells of its kind's columns, for a page that lists or edits objects by the rules of a file.
type Row struct {
	ID       string
	Revision int
	Author   string
	Cells    []string
}

// Rows returns the objects of a kind in the order of a written file. survey.ErrNotFound: there is no such kind.
func Rows(kind string, office *survey.Office) ([]Row, error) {
	s, err := find(kind)
	if err != nil {
		return nil, err
	}
	return s.list(office), nil
}

// Stored returns one object of a kind. survey.ErrNotFound: there is no such kind or object.
func Stored(kind, id string, office *survey.Office) (Row, error) {
	s, err := find(kind)
	if err != nil {
		return Row{}, err
	}
	return s.one(office, id)
}

// ReadRow reads one row as Read reads a file that holds nothing else. The cells stand in the order of the kind's columns.
func ReadRow(kind string, cells []string, office *survey.Office) (Plan, error) {
	s, err := find(kind)
	if err != nil {
		return Plan{}, err
	}
	return s.readRow(cells, office), nil
}

// Fixed returns the columns whose cells cannot change once an object is stored: its key, and what answers name.
func Fixed(kind string) ([]string, error) {
	s, err := find(kind)
	if err != nil {
		return nil, err
	}
	return s.settled(), nil
}

func (t table[T]) list(office *survey.Office) []Row {
	var list []Row
	for _, object := range t.sorted(office) {
		_, id := object.ObjectKey()
		list = append(list, t.rowOf(id, t.set(office)[id]))
	}
	return list
}

func (t table[T]) one(office *survey.Office, id string) (Row, error) {
	held, ok := t.set(office)[id]
	if !ok {
		return Row{}, fmt.Errorf("%s %q: %w", t.kind.Name, id, survey.ErrNotFound)
	}
	return t.rowOf(id, held), nil
}

func (t table[T]) rowOf(id string, held survey.Held[T]) Row {
	row := Row{ID: id, Revision: held.Revision, Author: held.Author}
	for _, c := range t.columns {
		row.Cells = append(row.Cells, c.show(held.Value))
	}
	return row
}

func (t table[T]) readRow(cells []string, office *survey.Office) Plan {
	f := &file[T]{table: t, office: office, held: t.set(office), lines: map[string]int{}}
	all := header{line: 1}
	trimmed := make([]string, len(t.columns))
	for i := range t.columns {
		all.columns = append(all.columns, i)
		if i < len(cells) {
			trimmed[i] = strings.TrimFunc(cells[i], surrounding)
		}
	}
	f.take(all, record{line: 1, cells: trimmed})
	f.check()
	return f.plan()
}

func (t table[T]) settled() []string {
	list := t.key
	for _, c := range t.columns {
		if c.fixed {
			list = append(list[:len(list):len(list)], c.Name)
		}
	}
	return list
}
