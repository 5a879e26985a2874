package sqlite

import (
	"context"
	"database/sql"
	"fmt"
	"iter"
	"time"

	"kesan/survey"
)

const (
	insertChange    = `INSERT INTO changes (seq, at, author, reason) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING`
	insertRevision  = `INSERT INTO revisions (seq, position, kind, id, revision, body) VALUES (?, ?, ?, ?, ?, ?)`
	selectChanges   = `SELECT seq, at, author, reason FROM changes WHERE seq > ? ORDER BY seq`
	selectRevisions = `SELECT kind, id, revision, body FROM revisions WHERE seq = ? ORDER BY position`
)

// AppendChange implements survey.Store.
func (s *Store) AppendChange(ctx context.Context, change survey.Change) error {
	err := s.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		if err := insertOne(ctx, tx, insertChange, change.Seq, change.At.UnixMilli(), change.Author, change.Reason); err != nil {
			return err
		}
		insert := tx.StmtContext(ctx, s.insertRevision)
		for i, r := range change.Revisions {
			if _, err := insert.ExecContext(ctx, change.Seq, i, string(r.Kind), r.ID, r.Revision, notNil(r.Body)); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("sqlite: append change %d: %w", change.Seq, cause(err))
	}
	return nil
}

// insertOne inserts a row; ErrConflict when its key is taken.
func insertOne(ctx context.Context, tx *sql.Tx, query string, args ...any) error {
	result, err := tx.ExecContext(ctx, query, args...)
	if err != nil {
		return err
	}
	inserted, err := result.RowsAffected()
	if err == nil && inserted == 0 {
		return survey.ErrConflict
	}
	return err
}

// Changes implements survey.Store.
func (s *Store) Changes(ctx context.Context, after int64) iter.Seq2[survey.Change, error] {
	return func(yield func(survey.Change, error) bool) {
		yieldPages("changes", yield, func(last *survey.Change) ([]survey.Change, bool, error) {
			if last != nil {
				after = last.Seq
			}
			return s.changePage(ctx, after)
		})
	}
}

func (s *Store) changePage(ctx context.Context, after int64) (page []survey.Change, more bool, err error) {
	rows, err := s.reader.QueryContext(ctx, selectChanges, after)
	if err != nil {
		return nil, false, err
	}
	page, more, err = readPage(rows, func() (survey.Change, int, error) {
		var change survey.Change
		var at int64
		err := rows.Scan(&change.Seq, &at, &change.Author, &change.Reason)
		change.At = time.UnixMilli(at).UTC()
		return change, len(change.Author) + len(change.Reason), err
	})
	if err != nil {
		return nil, false, err
	}
	// A change is visible whole or not at all, so its revisions are there when it is.
	for i := range page {
		page[i].Revisions, err = collect(ctx, s.reader, selectRevisions, []any{page[i].Seq}, func(rows *sql.Rows, r *survey.Revision) error {
			err := rows.Scan(&r.Kind, &r.ID, &r.Revision, (*[]byte)(&r.Body))
			r.Body = notNil(r.Body)
			return err
		})
		if err != nil {
			return nil, false, err
		}
	}
	return page, more, nil
}
