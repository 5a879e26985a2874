package survey

import "errors"

// Sentinels that callers act on. Adapters translate driver errors into these by type or code, never by text.
var (
	ErrNotFound = errors.New("not found")
	ErrConflict = errors.New("somebody else changed it first")
	ErrDenied   = errors.New("not allowed")
	ErrClosed   = errors.New("closed")
	ErrRevoked  = errors.New("revoked")
	ErrExpired  = errors.New("expired")
	ErrBusy     = errors.New("busy, try again in a moment")  // too much waits, or another process holds the store
	ErrAway     = errors.New("the store cannot be used now") // no room, no leave to write, a failing disk, no server
)

// Problem is one thing that is wrong with an input: the field it stands in, a key of the locale files that says what is
// wrong and what to do, and the arguments of that sentence.
type Problem struct {
	Field string
	Key   string
	Args  []any
}

// Problems are what is wrong with an input; none means that it is good. They are a value, not an error: bad input is an
// ordinary thing.
type Problems []Problem

// Add appends a problem.
func (p *Problems) Add(field, key string, args ...any) {
	*p = append(*p, Problem{Field: field, Key: key, Args: args})
}

// On returns the first problem of a field, and whether there is one.
func (p Problems) On(field string) (Problem, bool) {
	for _, problem := range p {
		if problem.Field == field {
			return problem, true
		}
	}
	return Problem{}, false
}
