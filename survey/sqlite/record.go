package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"

	"kesan/survey"
)

const (
	insertRecord = `INSERT INTO records (unit, day, id, kind, hash, body) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`
	selectHash   = `SELECT hash FROM records WHERE unit = ? AND day = ? AND id = ?`
	selectPage   = `SELECT day, id, kind, hash, body FROM records WHERE unit = ? AND (day, id) > (?, ?) AND day <= ? ORDER BY day, id`
	selectUnit   = `SELECT min(unit) FROM records WHERE unit > ?`

	countUnit = `SELECT unit, day, count(*) FROM records WHERE unit = ? AND day BETWEEN ? AND ? GROUP BY unit, day`
	countAll  = `SELECT unit, day, count(*) FROM records WHERE day BETWEEN ? AND ? GROUP BY day, unit`
)

// AppendRecords implements survey.Store in one transaction.
func (s *Store) AppendRecords(ctx context.Context, records []survey.Record) ([]survey.Outcome, error) {
	if len(records) == 0 {
		return nil, nil
	}
	outcomes := make([]survey.Outcome, len(records))
	err := s.write(ctx, func(ctx context.Context, tx *sql.Tx) error {
		insert := tx.StmtContext(ctx, s.insertRecord)
		for i := range records {
			outcome, err := s.appendRecord(ctx, tx, insert, &records[i])
			if err != nil {
				return err
			}
			outcomes[i] = outcome
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("sqlite: append records: %w", cause(err))
	}
	return outcomes, nil
}

func (s *Store) appendRecord(ctx context.Context, tx *sql.Tx, insert *sql.Stmt, record *survey.Record) (survey.Outcome, error) {
	result, err := insert.ExecContext(ctx, record.Unit, string(record.Day), record.ID[:], string(record.Kind), record.Hash[:], notNil(record.Body))
	if err != nil {
		return 0, err
	}
	inserted, err := result.RowsAffected()
	if err != nil {
		return 0, err
	}
	if inserted == 1 {
		return survey.Stored, nil
	}
	var hash []byte
	if err := tx.QueryRowContext(ctx, selectHash, record.Unit, string(record.Day), record.ID[:]).Scan(&hash); err != nil {
		return 0, err
	}
	if string(hash) == string(record.Hash[:]) {
		return survey.Repeated, nil
	}
	return survey.Differs, nil
}

// Records implements survey.Store. It goes from unit to unit along the primary key.
func (s *Store) Records(ctx context.Context, unit string, from, to survey.Day) iter.Seq2[survey.Record, error] {
	return func(yield func(survey.Record, error) bool) {
		if unit != "" {
			s.yieldUnit(ctx, unit, from, to, yield)
			return
		}
		for {
			next, err := s.unitAfter(ctx, unit)
			if err != nil {
				yield(survey.Record{}, fmt.Errorf("sqlite: records: %w", cause(err)))
				return
			}
			if next == "" || !s.yieldUnit(ctx, next, from, to, yield) {
				return
			}
			unit = next
		}
	}
}

func (s *Store) unitAfter(ctx context.Context, unit string) (string, error) {
	var next sql.NullString
	err := s.selectUnit.QueryRowContext(ctx, unit).Scan(&next)
	return next.String, err
}

// yieldUnit yields the records of one unit and says whether to go on.
func (s *Store) yieldUnit(ctx context.Context, unit string, from, to survey.Day, yield func(survey.Record, error) bool) bool {
	first := survey.Record{Bucket: survey.Bucket{Unit: unit, Day: from}}
	return yieldPages("records", yield, func(last *survey.Record) ([]survey.Record, bool, error) {
		after, id := first.Day, []byte{} // less than every ID
		if last != nil {
			after, id = last.Day, last.ID[:]
		}
		rows, err := s.selectPage.QueryContext(ctx, unit, string(after), id, string(to))
		if err != nil {
			return nil, false, err
		}
		var scan recordScan
		return readPage(rows, func() (survey.Record, int, error) {
			record, err := scan.record(rows, unit)
			return record, len(record.Body), err
		})
	})
}

// recordScan reads rows with one allocation each, for the body: a million of them are read when a cycle is locked.
type recordScan struct {
	day, id, kind, hash sql.RawBytes
	lastDay             survey.Day
}

func (s *recordScan) record(rows *sql.Rows, unit string) (survey.Record, error) {
	record := survey.Record{Body: []byte{}}
	record.Unit = unit
	if err := rows.Scan(&s.day, &s.id, &s.kind, &s.hash, &record.Body); err != nil {
		return record, err
	}
	if len(s.id) != len(record.ID) || len(s.hash) != len(record.Hash) {
		return record, errors.New("a record has an ID or a hash of the wrong length")
	}
	record.Body = notNil(record.Body)
	record.ID, record.Hash = survey.RecordID(s.id), [32]byte(s.hash)
	if string(s.day) != string(s.lastDay) {
		s.lastDay = survey.Day(s.day)
	}
	record.Day = s.lastDay
	record.Kind = recordKind(s.kind)
	return record, nil
}

func recordKind(kind []byte) survey.RecordKind {
	switch string(kind) { // without copying the usual ones
	case string(survey.KindResponse):
		return survey.KindResponse
	case string(survey.KindVerdict):
		return survey.KindVerdict
	}
	return survey.RecordKind(kind)
}

// HasRecord implements survey.Store.
func (s *Store) HasRecord(ctx context.Context, bucket survey.Bucket, id survey.RecordID) (bool, error) {
	var hash []byte
	err := s.reader.QueryRowContext(ctx, selectHash, bucket.Unit, string(bucket.Day), id[:]).Scan(&hash)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("sqlite: has record: %w", cause(err))
	}
	return true, nil
}

// CountRecords implements survey.Store.
func (s *Store) CountRecords(ctx context.Context, unit string, from, to survey.Day) ([]survey.BucketCount, error) {
	query, args := countAll, []any{string(from), string(to)}
	if unit != "" {
		query, args = countUnit, []any{unit, string(from), string(to)}
	}
	counts, err := collect(ctx, s.reader, query, args, func(rows *sql.Rows, count *survey.BucketCount) error {
		return rows.Scan(&count.Unit, &count.Day, &count.N)
	})
	if err != nil {
		return nil, fmt.Errorf("sqlite: count records: %w", cause(err))
	}
	slices.SortFunc(counts, func(a, b survey.BucketCount) int {
		if c := strings.Compare(a.Unit, b.Unit); c != 0 {
			return c
		}
		return strings.Compare(string(a.Day), string(b.Day))
	})
	return counts, nil
}
