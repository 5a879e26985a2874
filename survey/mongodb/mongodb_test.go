package mongodb

import (
	"context"
	"testing"
	"time"

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
