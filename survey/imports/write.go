package imports

import (
	"fmt"
	"io"
	"slices"

	"kesan/survey"
)

// write writes every object of the kind, also those that no longer hold: reading the file back changes nothing.
func (t table[T]) write(office *survey.Office, w io.Writer) error {
	rows, err := writer(w)
	if err != nil {
		return fmt.Errorf("write %s file: %w", t.kind.Name, err)
	}
	lines := [][]string{t.describe().Header()}
	for _, object := range t.sorted(office) {
		line := make([]string, len(t.columns))
		for i, c := range t.columns {
			line[i] = guard(c.show(object))
		}
		lines = append(lines, line)
	}
	if err := rows.WriteAll(lines); err != nil {
		return fmt.Errorf("write %s file: %w", t.kind.Name, err)
	}
	return nil
}

func (t table[T]) sorted(office *survey.Office) []T {
	set := t.set(office)
	list := make([]T, 0, len(set))
	for _, id := range set.IDs() {
		list = append(list, set[id].Value)
	}
	if t.order != nil {
		slices.SortStableFunc(list, t.order)
	}
	return list
}
