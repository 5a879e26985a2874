package sqlite

import (
	"errors"
	"fmt"

	driver "modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"kesan/survey"
)

// Errors that an operator acts on.
var (
	ErrDamaged  = errors.New("the file is damaged or no database")
	ErrReadOnly = fmt.Errorf("%w: the file or its folder cannot be written", survey.ErrAway)
	ErrFull     = fmt.Errorf("%w: the disk is full", survey.ErrAway)
	ErrFailing  = fmt.Errorf("%w: the disk cannot be read or written", survey.ErrAway)
	ErrNewer    = errors.New("the file was written by a newer version of kesan")
)

// causes are the driver's codes, without what they are more exactly, that mean something to an operator.
var causes = map[int]error{
	sqlite3.SQLITE_BUSY:     survey.ErrBusy,
	sqlite3.SQLITE_CORRUPT:  ErrDamaged,
	sqlite3.SQLITE_NOTADB:   ErrDamaged,
	sqlite3.SQLITE_READONLY: ErrReadOnly,
	sqlite3.SQLITE_CANTOPEN: ErrReadOnly,
	sqlite3.SQLITE_PERM:     ErrReadOnly,
	sqlite3.SQLITE_FULL:     ErrFull,
	sqlite3.SQLITE_IOERR:    ErrFailing,
}

// cause puts one of the errors above, or survey.ErrBusy, before an error if the driver's code in it means that.
func cause(err error) error {
	var coded *driver.Error
	if errors.As(err, &coded) && causes[coded.Code()&0xff] != nil {
		return fmt.Errorf("%w: %w", causes[coded.Code()&0xff], err)
	}
	return err
}
