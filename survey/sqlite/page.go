package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
)

// A page ends when it has this many rows or bytes.
const (
	pageRows  = 1000
	pageBytes = 4 << 20
)

// yieldPages yields what load reads page by page, and says whether to go on after the last. No connection is held while
// the caller works on a page, so a slow caller keeps neither a reader nor the WAL, and one that stops leaves nothing open.
// load gets the last item yielded, nil at first, and says whether there may be more.
func yieldPages[T any](what string, yield func(T, error) bool, load func(last *T) ([]T, bool, error)) bool {
	var last *T
	for more := true; more; {
		var page []T
		var err error
		if page, more, err = load(last); err != nil {
			var none T
			yield(none, fmt.Errorf("sqlite: %s: %w", what, cause(err)))
			return false
		}
		for _, item := range page {
			if !yield(item, nil) {
				return false
			}
		}
		if len(page) > 0 {
			last = &page[len(page)-1]
		}
	}
	return true
}

// errEnd says that the row just read and those after it are not wanted.
var errEnd = errors.New("end")

// readPage reads a page of rows and closes them; scan also says how large the row is. more is false when rows ended.
func readPage[T any](rows *sql.Rows, scan func() (T, int, error)) (page []T, more bool, err error) {
	defer func() { _ = rows.Close() }() // Err tells more
	for size := 0; rows.Next(); {
		item, bytes, err := scan()
		if err == errEnd {
			return page, false, nil
		}
		if err != nil {
			return nil, false, err
		}
		page = append(page, item)
		if size += bytes; size >= pageBytes || len(page) == pageRows {
			return page, true, nil
		}
	}
	return page, false, rows.Err()
}

// collect reads all rows of a query.
func collect[T any](ctx context.Context, db *sql.DB, query string, args []any, scan func(*sql.Rows, *T) error) ([]T, error) {
	rows, err := db.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }() // Err tells more
	var all []T
	for rows.Next() {
		var item T
		if err := scan(rows, &item); err != nil {
			return nil, err
		}
		all = append(all, item)
	}
	return all, rows.Err()
}

// notNil returns an empty body for a nil one: a column that holds bodies holds no nulls, and neither do its readers get nil.
func notNil(body []byte) []byte {
	if body == nil {
		return []byte{}
	}
	return body
}
