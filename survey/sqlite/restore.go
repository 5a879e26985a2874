package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
)

// ErrForeign is returned by Restore for a database that no Kesan has written.
var ErrForeign = errors.New("the database is not one of kesan")

// Restore puts a copy that Backup made, or a file that was copied while nobody used it, at path, where no file may be. The
// backup is only read. What stands at path is whole: it appears there when every page of it has been checked. Tallies are
// left out, as Backup does. Errors: fs.ErrExist, fs.ErrNotExist, ErrDamaged, ErrForeign, ErrNewer.
func Restore(ctx context.Context, backup, path string) error {
	if err := restorable(backup, path); err != nil {
		return fmt.Errorf("sqlite: restore: %w", err)
	}
	part := path + ".part"
	err := removed(part) // of a restore that was interrupted
	if err == nil {
		err = restoreInto(ctx, backup, part)
	}
	if err == nil {
		err = os.Rename(part, path)
	}
	if err != nil {
		return fmt.Errorf("sqlite: restore: %w", cause(err))
	}
	return nil
}

// restorable finds out by plain means what SQLite would tell less clearly.
func restorable(backup, path string) error {
	if _, err := os.Lstat(path); err == nil {
		return &fs.PathError{Op: "restore", Path: path, Err: fs.ErrExist}
	}
	file, err := os.Open(backup)
	if err != nil {
		return err
	}
	defer file.Close()
	head := make([]byte, len(magic))
	if _, err := io.ReadFull(file, head); errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return ErrDamaged
	} else if err != nil {
		return err
	}
	if string(head) != magic {
		return ErrDamaged
	}
	return nil
}

const magic = "SQLite format 3\x00"

func restoreInto(ctx context.Context, backup, part string) error {
	name, err := fileURL(backup)
	if err != nil {
		return err
	}
	name += "?mode=ro"
	if _, err := os.Stat(backup + "-wal"); err != nil {
		name += "&immutable=1" // nothing is made beside it, so it may lie on a medium that cannot be written
	}
	db, err := sql.Open("sqlite", name)
	if err != nil {
		return err
	}
	if err = checkOrigin(ctx, db); err == nil {
		err = copyInto(ctx, db, part)
	}
	return errors.Join(err, db.Close())
}

// checkOrigin reads every page of a database and says whether this program knows it.
func checkOrigin(ctx context.Context, db *sql.DB) error {
	var found string
	if err := db.QueryRowContext(ctx, "PRAGMA integrity_check(1)").Scan(&found); err != nil {
		return err
	}
	if found != "ok" {
		return fmt.Errorf("%w: %s", ErrDamaged, found)
	}
	var version, tables int
	if err := db.QueryRowContext(ctx, "PRAGMA user_version").Scan(&version); err != nil {
		return err
	}
	if err := db.QueryRowContext(ctx, "SELECT count(*) FROM sqlite_master WHERE name IN ('records', 'revisions', 'tallies')").Scan(&tables); err != nil {
		return err
	}
	switch {
	case tables < 3 || version < 1:
		return ErrForeign
	case version > len(migrations):
		return ErrNewer
	}
	return nil
}

// removed removes a file if there is one.
func removed(path string) error {
	if err := os.Remove(path); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}
