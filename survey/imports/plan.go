package imports

import (
	"encoding/json"
	"fmt"

	"kesan/survey"
)

// Plan says what a file would change. With problems it has no drafts: a file is taken whole or not at all.
type Plan struct {
	Kind   string
	Drafts []survey.Draft // for one survey.Register.Write
	// New, Changed and Same count the rows by what they are to the office; rows with problems are in none.
	New, Changed, Same int
	Problems           Findings
	Warnings           Findings // worth a look, no obstacle
}

// Audited names the import of a file for the audit.
func (p Plan) Audited(file string) string {
	return fmt.Sprintf("%s: %s (%d baru, %d berubah)", p.Kind, file, p.New, p.Changed)
}

// maxEncoded bounds one change: it is one document in the store, and MongoDB's limit is 16 MiB.
const maxEncoded = 8 << 20

// overhead is what a draft needs beside its body and ID: the kind, the revision and the names of these.
const overhead = 64

// plan compares the rows with what is stored. A row that changes something is based on the revision it was compared with,
// so a change that somebody makes meanwhile is a conflict and not undone.
func (f *file[T]) plan() Plan {
	p := Plan{Kind: f.table.kind.Name}
	size := 0
	for _, r := range f.rows {
		body := encode(r.value)
		switch {
		case len(r.wrong) > 0 || f.lines[r.id] != r.line:
		case !r.known:
			p.New++
		case string(body) == string(encode(r.held.Value)):
			p.Same++
			continue
		default:
			p.Changed++
		}
		p.Drafts = append(p.Drafts, survey.Draft{Object: r.value, Base: r.held.Revision})
		size += len(body) + len(r.id) + overhead
	}
	if size > maxEncoded {
		f.found.add(Problem{Key: "import.big", Args: []any{len(p.Drafts), maxEncoded >> 20}})
	}
	if f.found.Count() > 0 {
		p.Drafts = nil
	}
	p.Problems, p.Warnings = f.found.told(), f.warned.told()
	return p
}

func encode(object survey.Object) []byte {
	body, err := json.Marshal(object)
	if err != nil { // only for types that JSON cannot hold
		panic(err)
	}
	return body
}
