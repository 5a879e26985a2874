package sqlite

import (
	"context"
	"database/sql"
	"fmt"
)

// migrations bring a file from one user_version to the next. A line that was released is never edited.
//
// Records have no rowid: their order in the file is that of their keyed-hash IDs, so it does not tell who came first.
var migrations = []string{
	`CREATE TABLE changes (
		seq    INTEGER PRIMARY KEY,
		at     INTEGER NOT NULL, -- milliseconds since 1970, as all times here
		author TEXT NOT NULL,
		reason TEXT NOT NULL
	) STRICT;
	CREATE TABLE revisions (
		seq      INTEGER NOT NULL REFERENCES changes,
		position INTEGER NOT NULL, -- within the change
		kind     TEXT NOT NULL,
		id       TEXT NOT NULL,
		revision INTEGER NOT NULL,
		body     BLOB NOT NULL,
		PRIMARY KEY (seq, position)
	) STRICT, WITHOUT ROWID;
	CREATE TABLE records (
		unit TEXT NOT NULL,
		day  TEXT NOT NULL,
		id   BLOB NOT NULL,
		kind TEXT NOT NULL,
		hash BLOB NOT NULL,
		body BLOB NOT NULL,
		PRIMARY KEY (unit, day, id)
	) STRICT, WITHOUT ROWID;
	CREATE INDEX records_by_day ON records (day, unit);
	CREATE TABLE tallies (
		grain   TEXT NOT NULL,
		unit    TEXT NOT NULL,
		span    TEXT NOT NULL,
		version INTEGER NOT NULL,
		n       INTEGER NOT NULL,
		body    BLOB NOT NULL,
		PRIMARY KEY (grain, unit, span, version, n)
	) STRICT, WITHOUT ROWID;
	CREATE INDEX tallies_by_span ON tallies (grain, version, span, unit, n);
	CREATE TABLE documents (
		kind TEXT NOT NULL,
		id   TEXT NOT NULL,
		body BLOB NOT NULL,
		PRIMARY KEY (kind, id)
	) STRICT, WITHOUT ROWID;
	CREATE TABLE entries (
		key     TEXT PRIMARY KEY,
		value   BLOB NOT NULL,
		expires INTEGER -- null: never
	) STRICT, WITHOUT ROWID;
	CREATE INDEX entries_by_expiry ON entries (expires) WHERE expires IS NOT NULL;
	CREATE TABLE checks (at INTEGER NOT NULL) STRICT;
	INSERT INTO checks VALUES (0);`,
}

// migrate runs what is missing, each step whole or not at all. Two processes that start at once take turns.
func migrate(ctx context.Context, db *sql.DB) error {
	for {
		done, err := migrateOnce(ctx, db)
		if err != nil || done {
			return err
		}
	}
}

func migrateOnce(ctx context.Context, db *sql.DB) (done bool, err error) {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return false, err
	}
	defer func() { _ = tx.Rollback() }() // does nothing after the commit
	var version int
	if err := tx.QueryRowContext(ctx, "PRAGMA user_version").Scan(&version); err != nil {
		return false, err
	}
	if version == len(migrations) {
		return true, nil
	}
	if version < 0 || version > len(migrations) {
		return false, fmt.Errorf("schema %d, this program knows up to %d: %w", version, len(migrations), ErrNewer)
	}
	if _, err := tx.ExecContext(ctx, migrations[version]); err != nil {
		return false, fmt.Errorf("schema %d: %w", version+1, err)
	}
	if _, err := tx.ExecContext(ctx, fmt.Sprintf("PRAGMA user_version = %d", version+1)); err != nil {
		return false, err
	}
	return false, tx.Commit()
}
