package scoring

import (
	"context"
	"errors"
	"fmt"

	"kesan/survey"
)

// Public is the IKM of a unit that everybody may see.
type Public struct {
	Cycle string
	Row   Row
}

// Published returns the IKM of a unit in the cycle that ended last of all locked ones; of several the longest. There may be
// none, and it may be hidden: then the row has no value. The error says nothing but that the store cannot be read.
func (r *Reader) Published(ctx context.Context, unit string) (Public, error) {
	var last survey.Period
	for id, held := range r.register.Office().Cycles {
		period, err := survey.ParsePeriod(id)
		if err != nil || held.Value.State != survey.CycleLocked {
			continue
		}
		if period.To > last.To || period.To == last.To && period.Contains(last) {
			last = period
		}
	}
	if last.ID == "" {
		return Public{}, nil
	}
	report, err := r.Report(ctx, last.ID, unit)
	switch {
	case errors.Is(err, survey.ErrNotFound): // the unit is younger than the cycle
		return Public{}, nil
	case err != nil:
		return Public{}, fmt.Errorf("published figure: %w", err)
	}
	return Public{Cycle: last.ID, Row: report.IKM}, nil
}
