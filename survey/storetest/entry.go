package storetest

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"

	"kesan/survey"
)

var entryCases = []testCase{
	{"what is not there is not found", func(t *testing.T, store survey.Store) {
		_, err := store.Entry(t.Context(), "absent", at)
		wantErr(t, err, survey.ErrNotFound)
	}},
	{"values keep their bytes, empty ones too", func(t *testing.T, store survey.Store) {
		for i, value := range hardBodies() {
			entry := survey.Entry{Key: fmt.Sprint(i), Value: value}
			must(t, store.PutEntry(t.Context(), entry))
			wantEntry(t, store, entry)
		}
	}},
	{"a key is that key alone", func(t *testing.T, store survey.Store) {
		for _, key := range hardKeys {
			must(t, store.PutEntry(t.Context(), survey.Entry{Key: key, Value: []byte(key)}))
		}
		for _, key := range hardKeys {
			wantEntry(t, store, survey.Entry{Key: key, Value: []byte(key)})
		}
		must(t, store.DeleteEntry(t.Context(), "a"))
		wantEntry(t, store, survey.Entry{Key: "ab", Value: []byte("ab")})
		wantEntry(t, store, survey.Entry{Key: "A", Value: []byte("A")})
	}},
	{"an entry is replaced whole", func(t *testing.T, store survey.Store) {
		must(t, store.PutEntry(t.Context(), survey.Entry{Key: "k", Value: []byte("a long first value"), Expires: at.Add(time.Hour)}))
		second := survey.Entry{Key: "k", Value: []byte("second")} // and it never expires
		must(t, store.PutEntry(t.Context(), second))
		wantEntry(t, store, second)
		if _, err := store.Entry(t.Context(), "k", at.Add(1000*time.Hour)); err != nil {
			t.Fatal(err)
		}
	}},
	{"an entry lives until it expires", func(t *testing.T, store survey.Store) {
		entry := survey.Entry{Key: "k", Value: []byte("v"), Expires: at.Add(time.Second)}
		must(t, store.PutEntry(t.Context(), entry))
		wantEntry(t, store, entry)
		if _, err := store.Entry(t.Context(), "k", entry.Expires.Add(-time.Millisecond)); err != nil {
			t.Fatal(err)
		}
		for _, now := range []time.Time{entry.Expires, entry.Expires.Add(time.Millisecond), entry.Expires.In(survey.WIT.Location())} {
			_, err := store.Entry(t.Context(), "k", now)
			wantErr(t, err, survey.ErrNotFound)
		}
		entry.Expires = at.Add(time.Hour) // an expired one may be written anew
		must(t, store.PutEntry(t.Context(), entry))
		wantEntry(t, store, entry)
	}},
	{"deleting twice is success", func(t *testing.T, store survey.Store) {
		must(t, store.PutEntry(t.Context(), survey.Entry{Key: "k", Value: []byte("v")}))
		must(t, store.DeleteEntry(t.Context(), "k"))
		must(t, store.DeleteEntry(t.Context(), "k"))
		_, err := store.Entry(t.Context(), "k", at)
		wantErr(t, err, survey.ErrNotFound)
	}},
	{"long keys and large values", func(t *testing.T, store survey.Store) {
		entry := survey.Entry{Key: strings.Repeat("kunci", 200), Value: bytes.Repeat([]byte{0xff, 0}, 500_000)}
		must(t, store.PutEntry(t.Context(), entry))
		wantEntry(t, store, entry)
	}},
	{"parallel writers of one key leave one of their values", func(t *testing.T, store survey.Store) {
		atOnce(8, func(i int) {
			if err := store.PutEntry(t.Context(), survey.Entry{Key: "k", Value: bytes.Repeat([]byte{byte(i)}, 100)}); err != nil {
				t.Error(err)
			}
		})
		got, err := store.Entry(t.Context(), "k", at)
		must(t, err)
		if len(got.Value) != 100 || bytes.Count(got.Value, got.Value[:1]) != 100 {
			t.Fatalf("value %x", got.Value)
		}
	}},
	{"what has expired can be deleted at once", func(t *testing.T, store survey.Store) {
		never, later := survey.Entry{Key: "never"}, survey.Entry{Key: "later", Expires: at.Add(time.Second)}
		for _, entry := range []survey.Entry{never, later, {Key: "sooner", Expires: at.Add(-time.Millisecond)}, {Key: "now", Expires: at}} {
			must(t, store.PutEntry(t.Context(), entry))
		}
		must(t, store.DeleteExpired(t.Context(), at))
		must(t, store.DeleteExpired(t.Context(), at))
		wantEntry(t, store, never)
		wantEntry(t, store, later)
		for _, key := range []string{"sooner", "now"} {
			_, err := store.Entry(t.Context(), key, at.Add(-time.Hour))
			wantErr(t, err, survey.ErrNotFound)
		}
	}},
}

func wantEntry(t *testing.T, store survey.Store, want survey.Entry) {
	t.Helper()
	got, err := store.Entry(t.Context(), want.Key, at)
	must(t, err)
	wantBody(t, got.Value, want.Value)
	if got.Key != want.Key || !got.Expires.Equal(want.Expires) || got.Expires.Location() != time.UTC {
		t.Fatalf("got %q until %v, want %q until %v", got.Key, got.Expires, want.Key, want.Expires)
	}
}
