package scoring

import (
	"context"

	"kesan/survey"
)

// Reader turns tallies into disclosed figures. It is safe for use by many goroutines.
type Reader struct {
	store    survey.Store
	register *survey.Register
	clock    survey.Clock
}

// NewReader makes a reader of the tallies in a store.
func NewReader(store survey.Store, register *survey.Register, clock survey.Clock) *Reader {
	return &Reader{store: store, register: register, clock: clock}
}

// Results returns all rows of a cycle. ErrNotFound: there is no such cycle.
func (r *Reader) Results(ctx context.Context, cycle string) (*Results, error) {
	return nil, survey.ErrNotFound
}

// Report returns what the head of a unit sees. ErrNotFound: there is no such cycle or unit.
func (r *Reader) Report(ctx context.Context, cycle, unit string) (*Report, error) {
	return nil, survey.ErrNotFound
}

// Officer returns the figures of one officer. ErrNotFound: there is no such cycle or officer. An officer without answers
// has no units in it.
func (r *Reader) Officer(ctx context.Context, cycle, officer string) (*OfficerReport, error) {
	return nil, survey.ErrNotFound
}

// Explain says how a figure came about. unit is empty for an officer's figure over all units. ErrNotFound: there is no such
// cycle or figure, or the figure is not shown.
func (r *Reader) Explain(ctx context.Context, cycle string, level survey.Level, unit, officer, indicator string) (*Explanation, error) {
	return nil, survey.ErrNotFound
}
