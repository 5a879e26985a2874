package sqlite

import (
	"path/filepath"
	"testing"

	"kesan/survey"
	"kesan/survey/storetest"
)

func TestStore(t *testing.T) {
	t.Parallel()
	storetest.Run(t, func(t *testing.T) storetest.Opener {
		path := filepath.Join(t.TempDir(), "kesan.db")
		return func(t *testing.T) survey.Store { return openAt(t, path) }
	})
}

func openAt(t testing.TB, path string) *Store {
	t.Helper()
	store, err := Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = store.Close() }) // some tests close it themselves
	return store
}
