package storetest

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"kesan/survey"
)

var documentCases = []testCase{
	{"an empty store has none", func(t *testing.T, store survey.Store) {
		wantDocuments(t, store, "cycle", "")
	}},
	{"documents keep their bytes, empty ones too", func(t *testing.T, store survey.Store) {
		var want []survey.Document
		for i, body := range hardBodies() {
			want = append(want, survey.Document{Kind: "cycle", ID: fmt.Sprintf("%03d", i), Body: body})
		}
		insertAll(t, store, want)
		wantDocuments(t, store, "cycle", "", want...)
	}},
	{"a taken key is a conflict and the first stands", func(t *testing.T, store survey.Store) {
		first := document("cycle", "2026-TW1/1")
		second := first
		second.Body = []byte("second")
		insertAll(t, store, []survey.Document{first})
		wantErr(t, store.InsertDocument(t.Context(), second), survey.ErrConflict)
		wantErr(t, store.InsertDocument(t.Context(), first), survey.ErrConflict)
		wantDocuments(t, store, "cycle", "", first)
	}},
	{"of parallel writers of one key exactly one wins", func(t *testing.T, store survey.Store) {
		var won atomic.Int64
		atOnce(8, func(i int) {
			err := store.InsertDocument(t.Context(), survey.Document{Kind: "cycle", ID: "1", Body: fmt.Append(nil, i)})
			if err == nil {
				won.Add(1)
			} else if !errors.Is(err, survey.ErrConflict) {
				t.Error(err)
			}
		})
		if won.Load() != 1 || len(all(t, store.Documents(t.Context(), "cycle", ""))) != 1 {
			t.Fatalf("%d winners", won.Load())
		}
	}},
	{"IDs are ordered bytewise", func(t *testing.T, store survey.Store) {
		var want []survey.Document
		for _, id := range hardKeys {
			want = append(want, document("audit", id))
		}
		reversed := slices.Clone(want)
		slices.Reverse(reversed)
		insertAll(t, store, reversed)
		wantDocuments(t, store, "audit", "", want...)
	}},
	{"a prefix is text, not a pattern", func(t *testing.T, store survey.Store) {
		var documents []survey.Document
		for _, id := range hardKeys {
			documents = append(documents, document("audit", id), document("audit", id+"/x"))
		}
		insertAll(t, store, documents)
		slices.SortFunc(documents, func(a, b survey.Document) int { return strings.Compare(a.ID, b.ID) })
		prefixes := append(slices.Clone(hardKeys), "absent", "a/", "aé", "3", "\U0010ffff")
		for _, prefix := range prefixes {
			var want []survey.Document
			for _, d := range documents {
				if strings.HasPrefix(d.ID, prefix) {
					want = append(want, d)
				}
			}
			wantDocuments(t, store, "audit", prefix, want...)
		}
	}},
	{"a kind is that kind alone", func(t *testing.T, store survey.Store) {
		for _, kind := range hardKeys {
			insertAll(t, store, []survey.Document{document(kind, "1")})
		}
		for _, kind := range hardKeys {
			wantDocuments(t, store, kind, "", document(kind, "1"))
		}
		wantDocuments(t, store, "absent", "")
	}},
	{"long IDs", func(t *testing.T, store survey.Store) {
		long := strings.Repeat("2026-TW1/", 111)
		insertAll(t, store, []survey.Document{document("cycle", long+"2"), document("cycle", long+"1")})
		wantDocuments(t, store, "cycle", long, document("cycle", long+"1"), document("cycle", long+"2"))
	}},
	{"large documents", func(t *testing.T, store survey.Store) {
		var want []survey.Document
		for i := range 3 {
			want = append(want, survey.Document{Kind: "cycle", ID: fmt.Sprint(i), Body: bytes.Repeat(fmt.Appendf(nil, `{"n":%d}`, i), 5<<20/7)})
		}
		insertAll(t, store, want)
		wantDocuments(t, store, "cycle", "", want...)
	}},
	{"many documents come once each, in order", func(t *testing.T, store survey.Store) {
		var want []survey.Document
		for i := range 1100 {
			want = append(want, document("audit", fmt.Sprintf("%05d", i)))
		}
		insertAll(t, store, want)
		insertAll(t, store, []survey.Document{document("audit", "1")})
		wantDocuments(t, store, "audit", "0", want...)
	}},
}

func document(kind, id string) survey.Document {
	return survey.Document{Kind: kind, ID: id, Body: []byte(kind + " " + id)}
}

func insertAll(t *testing.T, store survey.Store, documents []survey.Document) {
	t.Helper()
	for _, d := range documents {
		must(t, store.InsertDocument(t.Context(), d))
	}
}

func wantDocuments(t *testing.T, store survey.Store, kind, prefix string, want ...survey.Document) {
	t.Helper()
	var got []survey.Document
	for d, err := range store.Documents(t.Context(), kind, prefix) {
		must(t, err)
		if got = append(got, d); len(got) > len(want) { // before large ones that never end fill the memory
			break
		}
	}
	if len(got) != len(want) {
		t.Fatalf("%d documents begin with %q, want %d", len(got), prefix, len(want))
	}
	for i, g := range got {
		if g.Kind != kind || g.ID != want[i].ID {
			t.Fatalf("document %d: got %q %q, want %q", i, g.Kind, g.ID, want[i].ID)
		}
		wantBody(t, g.Body, want[i].Body)
	}
}
