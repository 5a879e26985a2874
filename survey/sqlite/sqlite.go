// Package sqlite keeps an office's data in one SQLite file. It hides SQL and the driver; it holds no rules.
//
// One connection writes and four read, so a long report never delays an answer. Every write is one transaction that is on
// the disk (synchronous=FULL) when the method returns. Other processes may use the same file.
package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	driver "modernc.org/sqlite" // pure Go
	sqlite3 "modernc.org/sqlite/lib"

	"kesan/survey"
)

const readers = 4

// oldestSQLite is the first release without a known way to corrupt a database in WAL mode.
const oldestSQLite = "3.51.3"

// Store is a survey.Store on SQLite.
type Store struct {
	writer, reader *sql.DB
	statements
}

var _ survey.Store = (*Store)(nil)

// Open opens the file at path, makes it when it is not there (mode 0600) and brings its schema up to date.
func Open(ctx context.Context, path string) (*Store, error) {
	if err := private(path); err != nil {
		return nil, fmt.Errorf("sqlite: %w", cause(err))
	}
	name, err := dataSource(path)
	if err != nil {
		return nil, fmt.Errorf("sqlite: %w", cause(err))
	}
	store := &Store{}
	if err := store.open(ctx, name); err != nil {
		_ = store.Close() // the first error is the one that matters
		return nil, fmt.Errorf("sqlite: open %s: %w", path, cause(err))
	}
	return store, nil
}

func (s *Store) open(ctx context.Context, name string) error {
	var err error
	// The writer's cache holds the pages that a large batch touches; in keyed-hash order nearly every record touches its own.
	if s.writer, err = pool(name+"&_pragma=cache_size(-16000)", 1); err != nil {
		return err
	}
	if s.reader, err = pool(name+"&_pragma=cache_size(-4000)", readers); err != nil {
		return err
	}
	if err := checkVersion(ctx, s.writer); err != nil {
		return err
	}
	if err := migrate(ctx, s.writer); err != nil {
		return err
	}
	if err := s.prepare(ctx); err != nil {
		return err
	}
	_, err = s.writer.ExecContext(ctx, "PRAGMA busy_timeout(100)") // from now on begin waits
	return err
}

func pool(name string, size int) (*sql.DB, error) {
	db, err := sql.Open("sqlite", name)
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(size)
	db.SetMaxIdleConns(size)
	return db, nil
}

// private makes the file readable by its owner alone; SQLite gives the WAL the mode of the database.
func private(path string) error {
	file, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return err
	}
	defer func() { _ = file.Close() }()
	info, err := file.Stat()
	if err != nil {
		return err
	}
	if info.Mode().Perm()&0o077 == 0 {
		return nil
	}
	return file.Chmod(0o600)
}

// dataSource returns the name under which every connection, present or future, gets the same settings.
func dataSource(path string) (string, error) {
	name, err := fileURL(path)
	if err != nil {
		return "", err
	}
	return name + "?_pragma=busy_timeout(5000)&_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)&_pragma=foreign_keys(1)" +
		"&_pragma=trusted_schema(0)&_pragma=secure_delete(1)" +
		"&_pragma=wal_autocheckpoint(4000)&_txlock=immediate", nil // 16 MB: a checkpoint every few large batches
}

// fileURL names a file to SQLite, whatever characters its path has.
func fileURL(path string) (string, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return "", err
	}
	path = filepath.ToSlash(path)
	if !strings.HasPrefix(path, "/") {
		path = "/" + path // C:/data
	}
	return (&url.URL{Scheme: "file", Path: path}).String(), nil
}

func checkVersion(ctx context.Context, db *sql.DB) error {
	var version string
	if err := db.QueryRowContext(ctx, "SELECT sqlite_version()").Scan(&version); err != nil {
		return err
	}
	if !atLeast(version, oldestSQLite) {
		return fmt.Errorf("this program was built with SQLite %s, it needs %s or later", version, oldestSQLite)
	}
	return nil
}

// atLeast compares versions of three numbers.
func atLeast(version, oldest string) bool {
	have, want := strings.Split(version, "."), strings.Split(oldest, ".")
	for i := range want {
		if i >= len(have) {
			return false
		}
		h, err := strconv.Atoi(have[i])
		w, _ := strconv.Atoi(want[i])
		if err != nil || h != w {
			return err == nil && h > w
		}
	}
	return true
}

// write runs do in one transaction. Waiting for the writer ends with ctx; once begun the transaction runs to its end, as
// it takes milliseconds and a half-cancelled one would leave open what became of it.
func (s *Store) write(ctx context.Context, do func(ctx context.Context, tx *sql.Tx) error) error {
	conn, err := s.writer.Conn(ctx)
	if err != nil {
		return err
	}
	defer func() { _ = conn.Close() }() // gives the connection back
	if err := ctx.Err(); err != nil {
		return err
	}
	tx, err := begin(ctx, conn)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }() // does nothing after the commit
	ctx = context.WithoutCancel(ctx)
	if err := do(ctx, tx); err != nil {
		return err
	}
	return tx.Commit()
}

// lockTime is how long a write waits for another process that writes, unless its context ends before.
const lockTime = 5 * time.Second

// begin begins a transaction once no other process writes; ErrBusy after lockTime. SQLite itself would wait on after the context is done, so it
// waits a tenth of a second at a time. No other statement of a transaction that has begun so can find the file busy.
func begin(ctx context.Context, conn *sql.Conn) (*sql.Tx, error) {
	for begun := time.Now(); ; {
		tx, err := conn.BeginTx(context.WithoutCancel(ctx), nil)
		switch {
		case err == nil || !busy(err):
			return tx, err
		case time.Since(begun) > lockTime:
			return nil, fmt.Errorf("another process has been writing for %v: %w", lockTime, survey.ErrBusy)
		}
		if err := ctx.Err(); err != nil {
			return nil, err
		}
	}
}

func busy(err error) bool {
	var coded *driver.Error
	return errors.As(err, &coded) && coded.Code()&0xff == sqlite3.SQLITE_BUSY
}

// exec writes with one statement.
func (s *Store) exec(ctx context.Context, statement string, args ...any) error {
	return s.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, statement, args...)
		return err
	})
}

// Check reads and writes a row.
func (s *Store) Check(ctx context.Context) error {
	if err := s.exec(ctx, "UPDATE checks SET at = ?", time.Now().UnixMilli()); err != nil {
		return fmt.Errorf("sqlite: check by writing: %w", cause(err))
	}
	var at int64
	if err := s.reader.QueryRowContext(ctx, "SELECT at FROM checks").Scan(&at); err != nil {
		return fmt.Errorf("sqlite: check by reading: %w", cause(err))
	}
	return nil
}

// Close ends the use of the file. The last process to close it leaves no WAL behind.
func (s *Store) Close() error {
	var first error
	for _, db := range []*sql.DB{s.reader, s.writer} {
		if db == nil {
			continue
		}
		if err := db.Close(); err != nil && first == nil {
			first = fmt.Errorf("sqlite: close: %w", cause(err))
		}
	}
	return first
}
