package storetest

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"kesan/survey"
)

var changeCases = []testCase{
	{"empty log has no changes", func(t *testing.T, store survey.Store) {
		if got := all(t, store.Changes(t.Context(), 0)); len(got) != 0 {
			t.Fatalf("got %v", got)
		}
	}},
	{"a change comes back as it was", func(t *testing.T, store survey.Store) {
		want := change(1, "siti")
		want.Reason = "pindah tugas – \"rotasi\" <b>"
		must(t, store.AppendChange(t.Context(), want))
		wantChange(t, all(t, store.Changes(t.Context(), 0))[0], want)
	}},
	{"revisions keep their order and their bytes", func(t *testing.T, store survey.Store) {
		want := change(1, "siti")
		want.Revisions = nil
		for i, body := range []string{`{"b":1, "a" : "<&>"}`, ` [1,2]`, `"é\u00e9"`, `1.50`, `null`, "not JSON \xff", ""} {
			want.Revisions = append(want.Revisions, survey.Revision{Kind: survey.KindUnit, ID: fmt.Sprint("z", 9-i), Revision: i, Body: json.RawMessage(body)})
		}
		must(t, store.AppendChange(t.Context(), want))
		wantChange(t, all(t, store.Changes(t.Context(), 0))[0], want)
	}},
	{"a change without revisions", func(t *testing.T, store survey.Store) {
		want := survey.Change{Seq: 1, At: at}
		must(t, store.AppendChange(t.Context(), want))
		wantChange(t, all(t, store.Changes(t.Context(), 0))[0], want)
	}},
	{"times are cut to the millisecond, in UTC", func(t *testing.T, store survey.Store) {
		given := change(1, "siti")
		given.At = at.Add(999_999).In(survey.WIT.Location())
		must(t, store.AppendChange(t.Context(), given))
		got := all(t, store.Changes(t.Context(), 0))[0].At
		if !got.Equal(at) || got.Location() != time.UTC {
			t.Fatalf("got %v, want %v", got, at)
		}
	}},
	{"changes are ordered by number and begin after the one given", func(t *testing.T, store survey.Store) {
		for _, seq := range []int64{10, 9, 2, 1, 100, 1 << 40} {
			must(t, store.AppendChange(t.Context(), change(seq, "siti")))
		}
		for after, want := range map[int64][]int64{0: {1, 2, 9, 10, 100, 1 << 40}, 9: {10, 100, 1 << 40}, 3: {9, 10, 100, 1 << 40}, 1 << 40: nil} {
			var got []int64
			for _, c := range all(t, store.Changes(t.Context(), after)) {
				got = append(got, c.Seq)
			}
			wantEqual(t, fmt.Sprint("after ", after), got, want)
		}
	}},
	{"a taken Seq is a conflict and leaves nothing", func(t *testing.T, store survey.Store) {
		first, second := change(1, "siti"), change(1, "budi")
		second.Revisions = append(second.Revisions, survey.Revision{Kind: survey.KindUnit, ID: "more", Revision: 1, Body: json.RawMessage(`{}`)})
		must(t, store.AppendChange(t.Context(), first))
		wantErr(t, store.AppendChange(t.Context(), second), survey.ErrConflict)
		wantErr(t, store.AppendChange(t.Context(), first), survey.ErrConflict)
		got := all(t, store.Changes(t.Context(), 0))
		if len(got) != 1 {
			t.Fatalf("%d changes", len(got))
		}
		wantChange(t, got[0], first)
	}},
	{"of parallel writers of one Seq exactly one wins", func(t *testing.T, store survey.Store) {
		const writers, rounds = 8, 5
		for seq := range int64(rounds) {
			var won atomic.Int64
			winner := make(chan string, writers)
			atOnce(writers, func(i int) {
				author := fmt.Sprint("writer ", i)
				switch err := store.AppendChange(t.Context(), change(seq+1, author)); {
				case err == nil:
					won.Add(1)
					winner <- author
				case !errors.Is(err, survey.ErrConflict):
					t.Errorf("writer %d: %v", i, err)
				}
			})
			if won.Load() != 1 {
				t.Fatalf("%d winners", won.Load())
			}
			if got := all(t, store.Changes(t.Context(), seq)); len(got) != 1 || got[0].Author != <-winner {
				t.Fatalf("kept %v", got)
			}
		}
	}},
	{"a change of two thousand objects", func(t *testing.T, store survey.Store) {
		want := change(1, "impor")
		want.Revisions = nil
		for i := range 2000 {
			body := fmt.Sprintf(`{"name":%q,"n":%d}`, strings.Repeat("x", 200), i)
			want.Revisions = append(want.Revisions, survey.Revision{Kind: survey.KindOfficer, ID: fmt.Sprint(i), Revision: 1, Body: json.RawMessage(body)})
		}
		must(t, store.AppendChange(t.Context(), want))
		wantChange(t, all(t, store.Changes(t.Context(), 0))[0], want)
	}},
	{"many changes come once each, in order", func(t *testing.T, store survey.Store) {
		const n = 1100
		for seq := range int64(n) {
			must(t, store.AppendChange(t.Context(), survey.Change{Seq: seq + 1, At: at}))
		}
		var last int64
		for c, err := range store.Changes(t.Context(), 0) {
			must(t, err)
			if c.Seq != last+1 {
				t.Fatalf("%d after %d", c.Seq, last)
			}
			last = c.Seq
		}
		if last != n {
			t.Fatalf("ended at %d", last)
		}
	}},
}

func change(seq int64, author string) survey.Change {
	return survey.Change{Seq: seq, At: at, Author: author, Reason: "uji", Revisions: []survey.Revision{
		{Kind: survey.KindUnit, ID: "33.74", Revision: 1, Body: json.RawMessage(`{"name":"Kota"}`)},
		{Kind: survey.KindCounter, ID: "L01", Revision: 12, Body: json.RawMessage(`{"name":"Loket 1"}`)},
	}}
}

func wantChange(t *testing.T, got, want survey.Change) {
	t.Helper()
	if got.Seq != want.Seq || !got.At.Equal(want.At) || got.Author != want.Author || got.Reason != want.Reason {
		t.Fatalf("got %+v, want %+v", got, want)
	}
	if len(got.Revisions) != len(want.Revisions) {
		t.Fatalf("%d revisions, want %d", len(got.Revisions), len(want.Revisions))
	}
	for i, g := range got.Revisions {
		w := want.Revisions[i]
		if g.Kind != w.Kind || g.ID != w.ID || g.Revision != w.Revision || !bytes.Equal(g.Body, w.Body) || g.Body == nil {
			t.Fatalf("revision %d: got %+v, want %+v", i, g, w)
		}
	}
}
