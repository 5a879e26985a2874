package sqlite

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"

	"kesan/survey"
)

// The heads, the largest n of each unit and span, come from the primary key for one unit (the + keeps the planner from the
// index, which would pass all other units) and from the index tallies_by_span for all. Bodies are fetched for the heads
// only: CROSS JOIN makes the planner begin with them.
const (
	insertTally = `INSERT INTO tallies (grain, unit, span, version, n, body) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`

	headsOfUnit = `SELECT unit, span, max(n) AS n FROM tallies
		WHERE grain = :grain AND +version = :version AND span BETWEEN :from AND :to AND unit = :unit GROUP BY unit, span`
	headsOfAll = `SELECT unit, span, max(n) AS n FROM tallies
		WHERE grain = :grain AND version = :version AND span BETWEEN :from AND :to GROUP BY span, unit`
	bodiesOf = `SELECT unit, span, n, body FROM (%s) CROSS JOIN tallies USING (unit, span, n) WHERE grain = :grain AND version = :version`

	deleteTallies = `DELETE FROM tallies
		WHERE grain = :grain AND version = :version AND span BETWEEN :from AND :to AND (n < :below OR :below = 0)`
	deleteTalliesOfUnit = `DELETE FROM tallies
		WHERE grain = :grain AND +version = :version AND span BETWEEN :from AND :to AND unit = :unit AND (n < :below OR :below = 0)`
)

// InsertTallies implements survey.Store.
func (s *Store) InsertTallies(ctx context.Context, tallies []survey.KeptTally) error {
	if len(tallies) == 0 {
		return nil
	}
	err := s.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		insert := tx.StmtContext(ctx, s.insertTally)
		for _, t := range tallies {
			if _, err := insert.ExecContext(ctx, string(t.Grain), t.Unit, t.Span, t.Version, t.N, notNil(t.Body)); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("sqlite: insert tallies: %w", cause(err))
	}
	return nil
}

// Tallies implements survey.Store.
func (s *Store) Tallies(ctx context.Context, query survey.TallyQuery) ([]survey.KeptTally, error) {
	text := headsOfUnit
	if query.Unit == "" {
		text = headsOfAll
	}
	if !query.HeadsOnly {
		text = fmt.Sprintf(bodiesOf, text)
	}
	tallies, err := collect(ctx, s.reader, text, selection(query), func(rows *sql.Rows, t *survey.KeptTally) error {
		t.Grain, t.Version = query.Grain, query.Version
		if query.HeadsOnly {
			return rows.Scan(&t.Unit, &t.Span, &t.N)
		}
		err := rows.Scan(&t.Unit, &t.Span, &t.N, &t.Body)
		t.Body = notNil(t.Body)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("sqlite: tallies: %w", cause(err))
	}
	slices.SortFunc(tallies, func(a, b survey.KeptTally) int {
		if c := strings.Compare(a.Unit, b.Unit); c != 0 {
			return c
		}
		return strings.Compare(a.Span, b.Span)
	})
	return tallies, nil
}

// DiscardTallies implements survey.Store.
func (s *Store) DiscardTallies(ctx context.Context, query survey.TallyQuery, below int64) error {
	text := deleteTalliesOfUnit
	if query.Unit == "" {
		text = deleteTallies
	}
	if err := s.exec(ctx, text, append(selection(query), sql.Named("below", below))...); err != nil {
		return fmt.Errorf("sqlite: discard tallies: %w", cause(err))
	}
	return nil
}

func selection(query survey.TallyQuery) []any {
	return []any{
		sql.Named("grain", string(query.Grain)), sql.Named("version", query.Version), sql.Named("unit", query.Unit),
		sql.Named("from", query.From), sql.Named("to", query.To),
	}
}
