package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

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

func TestOpen(t *testing.T) {
	t.Parallel()
	t.Run("any file name", func(t *testing.T) {
		t.Parallel()
		for _, name := range []string{"a b.db", "100%.db", "a?mode=ro.db", "a#b.db", "ä%20.db", "a&_pragma=x.db", "a'b.db"} {
			path := filepath.Join(t.TempDir(), name)
			openAt(t, path)
			if _, err := os.Stat(path + "-wal"); err != nil {
				t.Errorf("%q: the database is elsewhere: %v", name, err)
			}
		}
	})
	t.Run("the files are the owner's alone", func(t *testing.T) {
		t.Parallel()
		path := filepath.Join(t.TempDir(), "kesan.db")
		if err := os.WriteFile(path, nil, 0o644); err != nil {
			t.Fatal(err)
		}
		openAt(t, path)
		for _, suffix := range []string{"", "-wal", "-shm"} {
			info, err := os.Stat(path + suffix)
			if err != nil || info.Mode().Perm() != 0o600 {
				t.Errorf("%q: %v %v", suffix, info.Mode(), err)
			}
		}
	})
	t.Run("a folder that is not there", func(t *testing.T) {
		t.Parallel()
		_, err := Open(t.Context(), filepath.Join(t.TempDir(), "absent", "kesan.db"))
		if !errors.Is(err, os.ErrNotExist) {
			t.Error(err)
		}
	})
	t.Run("a file that is no database", func(t *testing.T) {
		t.Parallel()
		path := filepath.Join(t.TempDir(), "kesan.db")
		if err := os.WriteFile(path, []byte(strings.Repeat("not a database", 100)), 0o600); err != nil {
			t.Fatal(err)
		}
		_, err := Open(t.Context(), path)
		wantCode(t, err, sqlite3.SQLITE_NOTADB)
	})
	t.Run("a file of a newer program", func(t *testing.T) {
		t.Parallel()
		path := filepath.Join(t.TempDir(), "kesan.db")
		store := openAt(t, path)
		if err := store.exec(t.Context(), "PRAGMA user_version = 99"); err != nil {
			t.Fatal(err)
		}
		if _, err := Open(t.Context(), path); err == nil || !strings.Contains(err.Error(), "newer") {
			t.Error(err)
		}
	})
	t.Run("many at once", func(t *testing.T) {
		t.Parallel()
		path := filepath.Join(t.TempDir(), "kesan.db")
		errs := make(chan error)
		for range 4 {
			go func() {
				store, err := Open(t.Context(), path)
				if err == nil {
					err = store.Close()
				}
				errs <- err
			}()
		}
		for range 4 {
			if err := <-errs; err != nil {
				t.Error(err)
			}
		}
	})
}

func TestSettings(t *testing.T) {
	t.Parallel()
	store := openAt(t, filepath.Join(t.TempDir(), "kesan.db"))
	for db, wait := range map[*sql.DB]string{store.writer: "100", store.reader: "5000"} { // the writer waits in begin
		for pragma, want := range map[string]string{
			"journal_mode": "wal", "synchronous": "2", "foreign_keys": "1", "trusted_schema": "0", "secure_delete": "1", "busy_timeout": wait,
		} {
			var got string
			if err := db.QueryRowContext(t.Context(), "PRAGMA "+pragma).Scan(&got); err != nil || got != want {
				t.Errorf("%s is %s, want %s (%v)", pragma, got, want, err)
			}
		}
	}
}

func TestAtLeast(t *testing.T) {
	t.Parallel()
	for version, want := range map[string]bool{
		"3.51.3": true, "3.51.10": true, "3.53.4": true, "4.0.0": true, "3.51.2": false, "3.9.99": false, "2.99.99": false, "3.51": false, "x": false,
	} {
		if atLeast(version, "3.51.3") != want {
			t.Errorf("%s: want %v", version, want)
		}
	}
}

// TestPlans keeps queries from reading more than they give: no scan of a table and no sorting of bodies.
func TestPlans(t *testing.T) {
	t.Parallel()
	store := openAt(t, filepath.Join(t.TempDir(), "kesan.db"))
	for _, c := range []struct {
		name, query string
		args        []any
		want        []string
	}{
		{"page", selectPage, []any{"a", "", "", ""}, []string{"SEARCH records USING PRIMARY KEY (unit=? AND (day,id)>(?,?) AND day<?)"}},
		{"unit", selectUnit, []any{"a"}, []string{"SEARCH records USING PRIMARY KEY (unit>?)"}},
		{"hash", selectHash, []any{"a", "", ""}, []string{"SEARCH records USING PRIMARY KEY (unit=? AND day=? AND id=?)"}},
		{"count of a unit", countUnit, []any{"a", "", ""}, []string{"SEARCH records USING PRIMARY KEY (unit=? AND day>? AND day<?)"}},
		{"count of all", countAll, []any{"", ""}, []string{"SEARCH records USING COVERING INDEX records_by_day (day>? AND day<?)"}},
		{"documents", documentsFrom, []any{"a", ""}, []string{"SEARCH documents USING PRIMARY KEY (kind=? AND id>?)"}},
		{"heads of a unit", headsOfUnit, selection(survey.TallyQuery{}), []string{"SEARCH tallies USING PRIMARY KEY (grain=? AND unit=? AND span>? AND span<?)"}},
		{"heads of all", headsOfAll, selection(survey.TallyQuery{}), []string{"SEARCH tallies USING COVERING INDEX tallies_by_span (grain=? AND version=? AND span>? AND span<?)"}},
		{"discarding of a unit", deleteTalliesOfUnit, append(selection(survey.TallyQuery{}), sql.Named("below", 0)), []string{
			"SEARCH tallies USING PRIMARY KEY (grain=? AND unit=? AND span>? AND span<?)",
		}},
		{"tallies of all", fmt.Sprintf(bodiesOf, headsOfAll), selection(survey.TallyQuery{}), []string{
			"CO-ROUTINE (subquery-1)", "SEARCH tallies USING COVERING INDEX tallies_by_span (grain=? AND version=? AND span>? AND span<?)",
			"SCAN (subquery-1)", "SEARCH tallies USING PRIMARY KEY (grain=? AND unit=? AND span=? AND version=? AND n=?)",
		}},
		{"expired", deleteExpired, []any{0}, []string{"SEARCH entries USING INDEX entries_by_expiry (expires<?)"}},
	} {
		plan, err := collect(t.Context(), store.reader, "EXPLAIN QUERY PLAN "+c.query, c.args, func(rows *sql.Rows, line *string) error {
			var id, parent, unused int
			return rows.Scan(&id, &parent, &unused, line)
		})
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
		} else if got, want := strings.Join(plan, "\n"), strings.Join(c.want, "\n"); got != want {
			t.Errorf("%s: got\n%s\nwant\n%s", c.name, got, want)
		}
	}
}

// TestFull lets a batch meet a full disk: an error that says so, nothing half-written, and a store that goes on when there
// is room again.
func TestFull(t *testing.T) {
	t.Parallel()
	store := openAt(t, filepath.Join(t.TempDir(), "kesan.db"))
	var pages int
	if err := store.writer.QueryRowContext(t.Context(), "PRAGMA page_count").Scan(&pages); err != nil {
		t.Fatal(err)
	}
	limit := func(pages int) {
		if _, err := store.writer.ExecContext(t.Context(), fmt.Sprintf("PRAGMA max_page_count = %d", pages)); err != nil {
			t.Fatal(err)
		}
	}
	limit(pages + 10)
	_, err := store.AppendRecords(t.Context(), batch(0, 200))
	wantCode(t, err, sqlite3.SQLITE_FULL)
	if !errors.Is(err, ErrFull) || !errors.Is(err, survey.ErrAway) {
		t.Errorf("%v is no store that is away", err)
	}
	if counts, err := store.CountRecords(t.Context(), "", "0001-01-01", "9999-12-31"); err != nil || len(counts) != 0 {
		t.Errorf("%d buckets, %v", len(counts), err)
	}
	limit(1 << 30)
	if outcomes, err := store.AppendRecords(t.Context(), batch(0, 200)); err != nil || len(outcomes) != 200 {
		t.Error(err)
	}
}

func TestReadOnly(t *testing.T) {
	t.Parallel()
	store := openAt(t, filepath.Join(t.TempDir(), "kesan.db"))
	if _, err := store.writer.ExecContext(t.Context(), "PRAGMA query_only = 1"); err != nil {
		t.Fatal(err)
	}
	_, err := store.AppendRecords(t.Context(), batch(0, 1))
	wantCode(t, err, sqlite3.SQLITE_READONLY)
	wantCode(t, store.Check(t.Context()), sqlite3.SQLITE_READONLY)
	if err := store.PutEntry(t.Context(), survey.Entry{Key: "sesi"}); !errors.Is(err, ErrReadOnly) || !errors.Is(err, survey.ErrAway) {
		t.Errorf("%v is no store that is away", err)
	}
}

// TestLocked lets another process keep the write lock: readers go on, a writer whose caller has gone away gives up.
func TestLocked(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "kesan.db")
	store, other := openAt(t, path), openAt(t, path)
	tx, err := other.writer.BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = tx.Rollback() }()
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	errs := make(chan error)
	for range 3 {
		go func() {
			_, err := store.AppendRecords(ctx, batch(0, 1))
			errs <- err
		}()
	}
	if _, err := store.CountRecords(t.Context(), "", "0001-01-01", "9999-12-31"); err != nil {
		t.Error(err)
	}
	for range 3 { // the first waits for the lock, the others for the first
		if err := <-errs; !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("error %v, want the context's", err)
		}
	}
	if err := tx.Rollback(); err != nil {
		t.Fatal(err)
	}
	if _, err := store.AppendRecords(t.Context(), batch(0, 1)); err != nil {
		t.Errorf("after the lock: %v", err)
	}
}

// TestErased looks into the files for what has expired.
func TestErased(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "kesan.db")
	store := openAt(t, path)
	expires := time.UnixMilli(1_700_000_000_000)
	const mark = "a device that was here"
	for i := range 200 {
		entry := survey.Entry{Key: fmt.Sprint(mark, i), Value: []byte(mark), Expires: expires}
		if err := store.PutEntry(t.Context(), entry); err != nil {
			t.Fatal(err)
		}
	}
	found := func() (n int) {
		for _, suffix := range []string{"", "-wal"} {
			content, err := os.ReadFile(path + suffix)
			if err != nil {
				t.Fatal(err)
			}
			n += strings.Count(string(content), mark)
		}
		return n
	}
	if found() == 0 {
		t.Error("the mark is not seen where it must be")
	}
	if err := store.DeleteExpired(t.Context(), expires); err != nil {
		t.Fatal(err)
	}
	if n := found(); n != 0 {
		t.Errorf("found %d times after it was deleted", n)
	}
}

func wantCode(t *testing.T, err error, code int) {
	t.Helper()
	var cause *sqlite.Error
	if !errors.As(err, &cause) || cause.Code()&0xff != code {
		t.Errorf("error %v, want one that wraps code %d", err, code)
	}
}
