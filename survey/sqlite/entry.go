package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"kesan/survey"
)

const (
	putEntry = `INSERT INTO entries (key, value, expires) VALUES (?, ?, ?)
		ON CONFLICT (key) DO UPDATE SET value = excluded.value, expires = excluded.expires`
	selectEntry   = `SELECT value, expires FROM entries WHERE key = ?`
	deleteEntry   = `DELETE FROM entries WHERE key = ?`
	deleteExpired = `DELETE FROM entries WHERE expires <= ?`
)

// PutEntry implements survey.Store.
func (s *Store) PutEntry(ctx context.Context, entry survey.Entry) error {
	var expires any
	if !entry.Expires.IsZero() {
		expires = entry.Expires.UnixMilli()
	}
	if err := s.exec(ctx, putEntry, entry.Key, notNil(entry.Value), expires); err != nil {
		return fmt.Errorf("sqlite: put entry: %w", cause(err))
	}
	return nil
}

// Entry implements survey.Store.
func (s *Store) Entry(ctx context.Context, key string, now time.Time) (survey.Entry, error) {
	entry := survey.Entry{Key: key}
	var expires sql.NullInt64
	err := s.selectEntry.QueryRowContext(ctx, key).Scan(&entry.Value, &expires)
	if errors.Is(err, sql.ErrNoRows) || err == nil && expires.Valid && expires.Int64 <= now.UnixMilli() {
		return survey.Entry{}, fmt.Errorf("sqlite: entry: %w", survey.ErrNotFound)
	}
	if err != nil {
		return survey.Entry{}, fmt.Errorf("sqlite: entry: %w", cause(err))
	}
	if expires.Valid {
		entry.Expires = time.UnixMilli(expires.Int64).UTC()
	}
	entry.Value = notNil(entry.Value)
	return entry, nil
}

// DeleteEntry implements survey.Store.
func (s *Store) DeleteEntry(ctx context.Context, key string) error {
	if err := s.exec(ctx, deleteEntry, key); err != nil {
		return fmt.Errorf("sqlite: delete entry: %w", cause(err))
	}
	return nil
}

// DeleteExpired removes the entries that have expired by now, from the files too: secure_delete overwrites them in the
// database, and emptying the WAL removes the pages that still hold them there.
func (s *Store) DeleteExpired(ctx context.Context, now time.Time) error {
	err := s.exec(ctx, deleteExpired, now.UnixMilli())
	if err == nil {
		_, err = s.writer.ExecContext(ctx, "PRAGMA wal_checkpoint(TRUNCATE)")
	}
	if err != nil {
		return fmt.Errorf("sqlite: delete expired entries: %w", cause(err))
	}
	return nil
}
