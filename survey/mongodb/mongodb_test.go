package mongodb

import (
	"context"
	"encoding/binary"
	"slices"
	"strings"
	"testing"
	"time"

	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo"

	"kesan/survey"
	"kesan/survey/storetest"
)

func TestStore(t *testing.T) {
	t.Parallel()
	server := storetest.StartMongoDB(t)
	storetest.Run(t, func(t *testing.T) storetest.Opener {
		uri := freshDatabase(t, server)
		return func(t *testing.T) survey.Store { return openAt(t, uri) }
	})
}

// freshDatabase returns the address of a new database that is dropped after the test.
func freshDatabase(t *testing.T, server *storetest.MongoDB) string {
	t.Helper()
	uri := server.URI()
	t.Cleanup(func() {
		store, err := Open(context.Background(), uri)
		if err != nil {
			t.Error(err)
			return
		}
		defer func() { _ = store.Close() }() // nothing is lost with it
		if err := store.records.Database().Drop(context.Background()); err != nil {
			t.Error(err)
		}
	})
	return uri
}

func openAt(t *testing.T, uri string) *Store {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second) // many tests begin at once
	defer cancel()
	store, err := Open(ctx, uri)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = store.Close() }) // some tests close it themselves
	return store
}

func TestOpenRefuses(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ uri, want string }{
		"write concern":   {"mongodb://u:rahasia@localhost/kesan?w=1", "leave these to the program"},
		"journal":         {"mongodb://u:rahasia@localhost/kesan?journal=false", "leave these to the program"},
		"read concern":    {"mongodb://u:rahasia@localhost/kesan?readConcernLevel=local", "leave these to the program"},
		"read preference": {"mongodb://u:rahasia@localhost/kesan?readPreference=secondary", "leave these to the program"},
		"scheme":          {"postgres://u:rahasia@localhost/kesan", "the address"},
		"unescaped":       {"mongodb://u:rahasia/@localhost:x/kesan", "the address"},
		"no server":       {"mongodb://u:rahasia@127.0.0.1:1/kesan?serverSelectionTimeoutMS=60000", "open kesan"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			began := time.Now()
			store, err := Open(t.Context(), c.uri)
			if err == nil {
				_ = store.Close()
				t.Fatal("opened")
			}
			if !strings.Contains(err.Error(), c.want) || strings.Contains(err.Error(), "rahasia") {
				t.Errorf("error %q, want one with %q and without the password", err, c.want)
			}
			if took := time.Since(began); took > 2*callTime {
				t.Errorf("took %v", took)
			}
		})
	}
}

// TestKept looks at what stands in the database, as a person with mongosh would.
func TestKept(t *testing.T) {
	t.Parallel()
	store := openAt(t, freshDatabase(t, storetest.StartMongoDB(t)))
	text := record(1)
	text.Body = []byte(`{"hour":9}`)
	other := record(2)
	other.Body = []byte{0xff}
	if _, err := store.AppendRecords(t.Context(), []survey.Record{text, other}); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		record survey.Record
		want   bson.Type
	}{{text, bson.TypeString}, {other, bson.TypeBinary}} {
		raw, err := store.records.FindOne(t.Context(), bson.D{{Key: "_id", Value: recordID(c.record.Bucket, c.record.ID)}}).Raw()
		if err != nil {
			t.Fatal(err)
		}
		if got := raw.Lookup("body").Type; got != c.want {
			t.Errorf("body %q is kept as %v, want %v", c.record.Body, got, c.want)
		}
	}
	const id = "2026-03-31/33.74/00000000000000000000000000000001"
	if got := recordID(text.Bucket, text.ID); got != id {
		t.Errorf("_id %q, want %q", got, id)
	}
	for collection, want := range map[*mongo.Collection]string{
		store.records: "day_1_unit_1__id_1", store.tallies: "grain_1_version_1_span_1_unit_1_n_-1", store.entries: "expires_1",
	} {
		indexes, err := collection.Indexes().ListSpecifications(t.Context())
		if err != nil || !slices.ContainsFunc(indexes, func(i mongo.IndexSpecification) bool { return i.Name == want }) {
			t.Errorf("%s lacks the index %s: %v", collection.Name(), want, err)
		}
	}
}

// TestSlowReader lets a caller work longer on a part of an answer than one call may take.
func TestSlowReader(t *testing.T) {
	t.Parallel()
	store := openAt(t, freshDatabase(t, storetest.StartMongoDB(t)))
	records := make([]survey.Record, 300) // the first part of an answer has 101
	for i := range records {
		records[i] = record(i)
	}
	if _, err := store.AppendRecords(t.Context(), records); err != nil {
		t.Fatal(err)
	}
	var read int
	for _, err := range store.Records(t.Context(), "33.74", "2026-03-31", "2026-03-31") {
		if err != nil {
			t.Fatalf("after %d: %v", read, err)
		}
		if read++; read == 1 {
			<-time.After(callTime + 200*time.Millisecond)
		}
	}
	if read != len(records) {
		t.Errorf("read %d of %d", read, len(records))
	}
}

func TestAfter(t *testing.T) {
	t.Parallel()
	for prefix, want := range map[string]string{
		"a": "b", "ab": "ac", "a\U0010FFFF": "b", "a\uD7FF": "a\uE000", "a\x7f": "a\u0080", "é": "ê", "kind\x00": "kind\x01", "\U0010FFFF": "\U0010FFFF\U0010FFFF",
	} {
		if got := after(prefix); got != want {
			t.Errorf("after %q: %q, want %q", prefix, got, want)
		}
	}
}

func record(n int) survey.Record {
	r := survey.Record{Bucket: survey.Bucket{Unit: "33.74", Day: "2026-03-31"}, Kind: survey.KindResponse, Body: []byte("{}")}
	binary.BigEndian.PutUint64(r.ID[8:], uint64(n))
	return r
}
