package storetest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"kesan/survey"
)

const day survey.Day = "2026-03-31"

var recordCases = []testCase{
	{"an empty store has none", func(t *testing.T, store survey.Store) {
		wantRecords(t, all(t, store.Records(t.Context(), "", firstDay, lastDay)))
		wantRecords(t, all(t, store.Records(t.Context(), "a", firstDay, lastDay)))
		counts, err := store.CountRecords(t.Context(), "", firstDay, lastDay)
		must(t, err)
		wantEqual(t, "counts", counts, nil)
	}},
	{"an empty batch is success", func(t *testing.T, store survey.Store) {
		outcomes, err := store.AppendRecords(t.Context(), nil)
		must(t, err)
		wantEqual(t, "outcomes", outcomes, nil)
	}},
	{"a record comes back as it was", func(t *testing.T, store survey.Store) {
		response, verdict := record("a", day, 1), record("a", day, 2)
		response.Body = []byte(`{"comment":"baik <b>\u00e9</b>",  "z":1, "a":2}`)
		verdict.Kind = survey.KindVerdict
		appendAll(t, store, response, verdict)
		wantRecords(t, all(t, store.Records(t.Context(), "a", day, day)), sorted(response, verdict)...)
	}},
	{"bodies keep their bytes, empty ones too", func(t *testing.T, store survey.Store) {
		var records []survey.Record
		for i, body := range hardBodies() {
			r := record("a", day, i)
			r.Body = body
			records = append(records, r)
		}
		appendAll(t, store, records...)
		wantRecords(t, all(t, store.Records(t.Context(), "a", day, day)), sorted(records...)...)
	}},
	{"IDs are ordered bytewise", func(t *testing.T, store survey.Store) {
		var records []survey.Record
		for _, b := range []byte{0, 1, 0x7f, 0x80, 0xff} {
			for _, position := range []int{0, 15} {
				r := record("a", day, 0)
				r.ID = survey.RecordID{}
				r.ID[position] = b
				if b != 0 || position == 0 {
					records = append(records, r)
				}
			}
		}
		appendAll(t, store, records...)
		wantRecords(t, all(t, store.Records(t.Context(), "a", day, day)), sorted(records...)...)
	}},
	{"records are ordered by unit, day and ID", func(t *testing.T, store survey.Store) {
		var records []survey.Record
		for i, unit := range hardKeys {
			for j, d := range []survey.Day{"2026-01-31", "2026-02-01", "2026-10-01"} {
				records = append(records, record(unit, d, 10*i+2*j), record(unit, d, 10*i+2*j+1))
			}
		}
		want := sorted(records...)
		slices.Reverse(records)
		appendAll(t, store, records...)
		wantRecords(t, all(t, store.Records(t.Context(), "", firstDay, lastDay)), want...)
		wantCounts(t, store, "", firstDay, lastDay, want)
	}},
	{"a unit is that unit alone", func(t *testing.T, store survey.Store) {
		var records []survey.Record
		for i, unit := range hardKeys {
			records = append(records, record(unit, day, i))
		}
		appendAll(t, store, records...)
		for i, unit := range hardKeys {
			wantRecords(t, all(t, store.Records(t.Context(), unit, firstDay, lastDay)), records[i])
			wantCounts(t, store, unit, firstDay, lastDay, records[i:i+1])
		}
		wantRecords(t, all(t, store.Records(t.Context(), "absent", firstDay, lastDay)))
	}},
	{"a range includes both its days", func(t *testing.T, store survey.Store) {
		var records []survey.Record
		for i := range 5 {
			for _, unit := range []string{"a", "ab"} {
				records = append(records, record(unit, survey.Day("2026-02-27").Add(i), i))
			}
		}
		appendAll(t, store, records...)
		for _, r := range []struct{ from, to survey.Day }{
			{"2026-02-28", "2026-03-02"}, {"2026-03-01", "2026-03-01"}, {"2026-01-01", "2026-02-27"}, {"2026-03-04", lastDay}, {"2026-03-02", "2026-02-28"},
		} {
			for _, unit := range []string{"", "a"} {
				want := slices.DeleteFunc(sorted(records...), func(record survey.Record) bool {
					return record.Day < r.from || record.Day > r.to || unit != "" && record.Unit != unit
				})
				wantRecords(t, all(t, store.Records(t.Context(), unit, r.from, r.to)), want...)
				wantCounts(t, store, unit, r.from, r.to, want)
			}
		}
	}},
	{"one ID in two buckets is two records", func(t *testing.T, store survey.Store) {
		records := []survey.Record{record("a", day, 1), record("a", day.Add(1), 1), record("b", day, 1)}
		appendAll(t, store, records...)
		wantRecords(t, all(t, store.Records(t.Context(), "", day, day.Add(1))), records...)
	}},
	{"the same record again is Repeated", func(t *testing.T, store survey.Store) {
		r := record("a", day, 1)
		appendAll(t, store, r)
		wantOutcomes(t, store, []survey.Record{r}, survey.Repeated)
		wantOutcomes(t, store, []survey.Record{r}, survey.Repeated)
		wantRecords(t, all(t, store.Records(t.Context(), "", day, day)), r)
	}},
	{"Repeated goes by the hash alone", func(t *testing.T, store survey.Store) {
		first := record("a", day, 1)
		again := first
		again.Body, again.Kind = []byte("told in other words"), survey.KindVerdict
		appendAll(t, store, first)
		wantOutcomes(t, store, []survey.Record{again}, survey.Repeated)
		wantRecords(t, all(t, store.Records(t.Context(), "", day, day)), first)
	}},
	{"another hash Differs and the first stands", func(t *testing.T, store survey.Store) {
		first := record("a", day, 1)
		second := other(first)
		appendAll(t, store, first)
		wantOutcomes(t, store, []survey.Record{second}, survey.Differs)
		wantOutcomes(t, store, []survey.Record{first, second}, survey.Repeated, survey.Differs)
		wantRecords(t, all(t, store.Records(t.Context(), "", day, day)), first)
	}},
	{"the same record may stand in a batch twice", func(t *testing.T, store survey.Store) {
		a, b := record("a", day, 1), record("a", day, 2)
		wantOutcomes(t, store, []survey.Record{a, b, a, a}, survey.Stored, survey.Stored, survey.Repeated, survey.Repeated)
		wantRecords(t, all(t, store.Records(t.Context(), "", day, day)), sorted(a, b)...)
	}},
	{"a record is known by its bucket and ID", func(t *testing.T, store survey.Store) {
		r := record("a", day, 1)
		wantHas(t, store, false, r)
		appendAll(t, store, r, record("b", day, 2))
		wantHas(t, store, true, r, other(r))
		wantHas(t, store, false, record("a", day, 2), record("a", day.Add(1), 1), record("ab", day, 1), record("b", day, 1))
	}},
	{"of two hashes in a batch the first stands", func(t *testing.T, store survey.Store) {
		a := record("a", day, 1)
		wantOutcomes(t, store, []survey.Record{a, other(a), a}, survey.Stored, survey.Differs, survey.Repeated)
		wantRecords(t, all(t, store.Records(t.Context(), "", day, day)), a)
	}},
	{"outcomes stand in the order given", func(t *testing.T, store survey.Store) {
		var records []survey.Record
		for i := range 6 {
			records = append(records, record("a", day, i))
		}
		appendAll(t, store, records[1], records[4])
		batch := []survey.Record{records[0], records[1], records[2], other(records[4]), records[3], records[4], records[5]}
		wantOutcomes(t, store, batch, survey.Stored, survey.Repeated, survey.Stored, survey.Differs, survey.Stored, survey.Repeated, survey.Stored)
		wantRecords(t, all(t, store.Records(t.Context(), "", day, day)), sorted(records...)...)
	}},
	{"long units", func(t *testing.T, store survey.Store) {
		long := strings.Repeat("33.74.09.", 111)
		a, b := record(long, day, 1), record(long+"0", day, 2)
		appendAll(t, store, b, a)
		wantRecords(t, all(t, store.Records(t.Context(), long, day, day)), a)
		wantRecords(t, all(t, store.Records(t.Context(), "", day, day)), a, b)
	}},
	{"large bodies", func(t *testing.T, store survey.Store) {
		a := record("a", day, 1)
		a.Body = bytes.Repeat([]byte("panjang "), 32_000)
		appendAll(t, store, a)
		wantRecords(t, all(t, store.Records(t.Context(), "", day, day)), a)
	}},
	{"many records come once each, in order", func(t *testing.T, store survey.Store) {
		var records []survey.Record
		for i := range 2500 {
			records = append(records, record([]string{"a", "b", "c"}[i/2000], day.Add(i%2), i))
		}
		appendAll(t, store, records...)
		wantRecords(t, all(t, store.Records(t.Context(), "", firstDay, lastDay)), sorted(records...)...)
		wantCounts(t, store, "", firstDay, lastDay, sorted(records...))
		for batch := range slices.Chunk(records, batchSize) {
			wantOutcomes(t, store, batch, slices.Repeat([]survey.Outcome{survey.Repeated}, len(batch))...)
		}
	}},
	{"a cancelled reading ends with an error, or with everything", func(t *testing.T, store survey.Store) {
		var records []survey.Record
		for i := range 2100 {
			records = append(records, record("a", day, i))
		}
		appendAll(t, store, records...)
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		var read int
		var last error
		for _, err := range store.Records(ctx, "", day, day) {
			cancel()
			if last = err; err == nil {
				read++
			}
		}
		if !errors.Is(last, context.Canceled) && read != len(records) {
			t.Fatalf("read %d of %d, then %v", read, len(records), last)
		}
	}},
	{"an iterator can be used again", func(t *testing.T, store survey.Store) {
		r := record("a", day, 1)
		appendAll(t, store, r)
		seq := store.Records(t.Context(), "", day, day)
		wantRecords(t, all(t, seq), r)
		wantRecords(t, all(t, seq), r)
	}},
}

// other is a record with the same key and another hash.
func other(r survey.Record) survey.Record {
	r.Hash[0]++
	r.Body = []byte(`{"other":true}`)
	return r
}

func hardBodies() [][]byte {
	every := make([]byte, 256)
	for i := range every {
		every[i] = byte(i)
	}
	return [][]byte{nil, {}, {0}, []byte("a\x00b"), every, []byte("{}"), []byte(`{"a": "\u0000"}`), []byte("\xef\xbb\xbf{}"), []byte("é😀"), []byte("\xed\xa0\x80")}
}

// sorted returns the records in the order of the contract.
func sorted(records ...survey.Record) []survey.Record {
	records = slices.Clone(records)
	slices.SortFunc(records, func(a, b survey.Record) int {
		if c := strings.Compare(a.Unit, b.Unit); c != 0 {
			return c
		}
		if c := strings.Compare(string(a.Day), string(b.Day)); c != 0 {
			return c
		}
		return bytes.Compare(a.ID[:], b.ID[:])
	})
	return records
}

func wantRecords(t *testing.T, got []survey.Record, want ...survey.Record) {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("%d records, want %d", len(got), len(want))
	}
	for i, g := range got {
		w := want[i]
		if g.Bucket != w.Bucket || g.ID != w.ID || g.Kind != w.Kind || g.Hash != w.Hash {
			t.Fatalf("record %d: got %v %x, want %v %x", i, g.Bucket, g.ID, w.Bucket, w.ID)
		}
		wantBody(t, g.Body, w.Body)
	}
}

func wantHas(t *testing.T, store survey.Store, want bool, records ...survey.Record) {
	t.Helper()
	for _, r := range records {
		got, err := store.HasRecord(t.Context(), r.Bucket, r.ID)
		must(t, err)
		if got != want {
			t.Errorf("%v has %x: %v, want %v", r.Bucket, r.ID, got, want)
		}
	}
}

func wantCounts(t *testing.T, store survey.Store, unit string, from, to survey.Day, records []survey.Record) {
	t.Helper()
	var want []survey.BucketCount
	for _, r := range records {
		if len(want) == 0 || want[len(want)-1].Bucket != r.Bucket {
			want = append(want, survey.BucketCount{Bucket: r.Bucket})
		}
		want[len(want)-1].N++
	}
	got, err := store.CountRecords(t.Context(), unit, from, to)
	must(t, err)
	wantEqual(t, fmt.Sprintf("counts of %q", unit), got, want)
}

func wantOutcomes(t *testing.T, store survey.Store, batch []survey.Record, want ...survey.Outcome) {
	t.Helper()
	got, err := store.AppendRecords(t.Context(), batch)
	must(t, err)
	wantEqual(t, "outcomes", got, want)
}
