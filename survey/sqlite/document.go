package sqlite

import (
	"context"
	"database/sql"
	"fmt"
	"iter"
	"strings"

	"kesan/survey"
)

const (
	insertDocument = `INSERT INTO documents (kind, id, body) VALUES (?, ?, ?) ON CONFLICT DO NOTHING`
	documentsFrom  = `SELECT id, body FROM documents WHERE kind = ? AND id >= ? ORDER BY id`
	documentsAfter = `SELECT id, body FROM documents WHERE kind = ? AND id > ? ORDER BY id`
)

// InsertDocument implements survey.Store.
func (s *Store) InsertDocument(ctx context.Context, document survey.Document) error {
	err := s.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		return insertOne(ctx, tx, insertDocument, document.Kind, document.ID, notNil(document.Body))
	})
	if err != nil {
		return fmt.Errorf("sqlite: insert document %s %s: %w", document.Kind, document.ID, cause(err))
	}
	return nil
}

// Documents implements survey.Store. IDs that begin with prefix stand together, so it reads from the first of them on and
// stops at the first that does not.
func (s *Store) Documents(ctx context.Context, kind, prefix string) iter.Seq2[survey.Document, error] {
	return func(yield func(survey.Document, error) bool) {
		yieldPages("documents", yield, func(last *survey.Document) ([]survey.Document, bool, error) {
			query, start := documentsFrom, prefix
			if last != nil {
				query, start = documentsAfter, last.ID
			}
			rows, err := s.reader.QueryContext(ctx, query, kind, start)
			if err != nil {
				return nil, false, err
			}
			return readPage(rows, func() (survey.Document, int, error) {
				document := survey.Document{Kind: kind}
				if err := rows.Scan(&document.ID, &document.Body); err != nil {
					return document, 0, err
				}
				if !strings.HasPrefix(document.ID, prefix) {
					return document, 0, errEnd
				}
				document.Body = notNil(document.Body)
				return document, len(document.Body), nil
			})
		})
	}
}
