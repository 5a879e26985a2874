package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
)

// Backup copies the store to a file that must not exist, while the store is in use; a failed copy leaves none. The copy is one moment of it. Tallies
// are left out: whoever opens the copy makes them anew from its records, so they cannot be those of another moment.
func (s *Store) Backup(ctx context.Context, path string) error {
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return fmt.Errorf("sqlite: backup: %w", cause(err))
	}
	if err := file.Close(); err != nil {
		return fmt.Errorf("sqlite: backup: %w", cause(err))
	}
	if _, err := s.reader.ExecContext(ctx, "VACUUM INTO ?", path); err != nil { // an empty file is as good as none
		return fmt.Errorf("sqlite: backup: %w", cause(errors.Join(err, os.Remove(path))))
	}
	if err := dropTallies(ctx, path); err != nil {
		return errors.Join(err, os.Remove(path))
	}
	return nil
}

func dropTallies(ctx context.Context, path string) error {
	db, err := sql.Open("sqlite", path)
	if err != nil {
		return fmt.Errorf("sqlite: backup: %w", cause(err))
	}
	_, err = db.ExecContext(ctx, "DELETE FROM tallies; VACUUM")
	if err := errors.Join(err, db.Close()); err != nil {
		return fmt.Errorf("sqlite: backup: %w", cause(err))
	}
	file, err := os.Open(path)
	if err != nil {
		return fmt.Errorf("sqlite: backup: %w", cause(err))
	}
	return errors.Join(file.Sync(), file.Close())
}
