package sqlite

import (
	"context"
	"database/sql"
)

// statements are those that run often enough to be worth keeping prepared.
type statements struct {
	insertRecord, insertRevision, insertTally *sql.Stmt // on the writer
	selectPage, selectUnit, selectEntry       *sql.Stmt // on the readers
}

func (s *Store) prepare(ctx context.Context) error {
	for _, p := range []struct {
		statement **sql.Stmt
		db        *sql.DB
		text      string
	}{
		{&s.insertRecord, s.writer, insertRecord},
		{&s.insertRevision, s.writer, insertRevision},
		{&s.insertTally, s.writer, insertTally},
		{&s.selectPage, s.reader, selectPage},
		{&s.selectUnit, s.reader, selectUnit},
		{&s.selectEntry, s.reader, selectEntry},
	} {
		var err error
		if *p.statement, err = p.db.PrepareContext(ctx, p.text); err != nil {
			return err
		}
	}
	return nil
}
