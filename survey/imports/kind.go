package imports

import (
	"fmt"
	"io"

	"kesan/survey"
)

// Kind describes one kind of file, for people.
type Kind struct {
	Name    string // as in the command, the file name and the address: "unit"
	Title   string
	About   string
	Columns []Column
}

// Column describes one column of a file.
type Column struct {
	Name     string
	Required bool // in every file and in every row
	Example  string
	About    string
}

// Header returns the names of the columns in their usual order.
func (k Kind) Header() []string {
	names := make([]string, len(k.Columns))
	for i, column := range k.Columns {
		names[i] = column.Name
	}
	return names
}

// source is what a table is to the rest, whatever it holds.
type source interface {
	describe() Kind
	read(text string, office *survey.Office) Plan
	write(office *survey.Office, w io.Writer) error
	list(office *survey.Office) []Row
	one(office *survey.Office, id string) (Row, error)
	readRow(cells []string, office *survey.Office) Plan
	settled() []string
}

// sources holds the tables in an order in which an empty register can take their files.
var sources = []source{units, services, counters, officers, duties, hours, holidays, targets}

// Kinds returns the kinds of files in an order in which an empty register can take them.
func Kinds() []Kind {
	kinds := make([]Kind, len(sources))
	for i, s := range sources {
		kinds[i] = s.describe()
	}
	return kinds
}

// Find returns the kind with a name. survey.ErrNotFound: there is none.
func Find(name string) (Kind, error) {
	s, err := find(name)
	if err != nil {
		return Kind{}, err
	}
	return s.describe(), nil
}

func find(name string) (source, error) {
	for _, s := range sources {
		if s.describe().Name == name {
			return s, nil
		}
	}
	return nil, fmt.Errorf("kind of file %q: %w", name, survey.ErrNotFound)
}

// Read reads a file of a kind and compares it with the office. What is wrong with the file is in the plan; an error means
// that it could not be read at all, or, survey.ErrNotFound, that there is no such kind.
func Read(kind string, in io.Reader, office *survey.Office) (Plan, error) {
	s, err := find(kind)
	if err != nil {
		return Plan{}, err
	}
	raw, err := io.ReadAll(io.LimitReader(in, MaxSize+1))
	if err != nil {
		return Plan{}, fmt.Errorf("read %s file: %w", kind, err)
	}
	text, bad := decode(raw)
	if bad != nil {
		return Plan{Kind: kind, Problems: Findings{List: []Problem{*bad}}}, nil
	}
	return s.read(text, office), nil
}

// Write writes the objects of a kind as a file that Read takes. survey.ErrNotFound: there is no such kind.
func Write(kind string, office *survey.Office, w io.Writer) error {
	s, err := find(kind)
	if err != nil {
		return err
	}
	return s.write(office, w)
}
