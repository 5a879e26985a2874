package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
)

// Backup copies the store to a file that must not exist, while the store is in use; a failed copy leaves none. The copy is
// one moment of it. Tallies are left out: whoever opens the copy makes them anew from its records, so they cannot be those
// of another moment.
func (s *Store) Backup(ctx context.Context, path string) error {
	if err := copyInto(ctx, s.reader, path); err != nil {
		return fmt.Errorf("sqlite: backup: %w", cause(err))
	}
	return nil
}

// copyInto copies a database but its tallies to a new file, readable by its owner alone and on the disk.
func copyInto(ctx context.Context, db *sql.DB, path string) error {
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = db.ExecContext(ctx, "VACUUM INTO ?", path) // an empty file is as good as none
	if err == nil {
		err = dropTallies(ctx, path)
	}
	if err == nil {
		err = file.Sync()
	}
	if err := errors.Join(err, file.Close()); err != nil {
		return errors.Join(err, os.Remove(path))
	}
	return nil
}

func dropTallies(ctx context.Context, path string) error {
	name, err := fileURL(path)
	if err != nil {
		return err
	}
	db, err := sql.Open("sqlite", name)
	if err != nil {
		return err
	}
	_, err = db.ExecContext(ctx, "DELETE FROM tallies; VACUUM")
	return errors.Join(err, db.Close())
}
