package survey

import (
	"context"
	"fmt"
)

// OfficeAt returns the configuration as it was after the change with the given Seq, read anew from the log: what a locked
// cycle was computed with.
func (r *Register) OfficeAt(ctx context.Context, seq int64) (*Office, error) {
	office := newOffice()
	for change, err := range r.store.Changes(ctx, 0) {
		if err != nil {
			return nil, fmt.Errorf("read change log: %w", err)
		}
		if change.Seq > seq {
			break
		}
		if err := office.apply(change); err != nil {
			return nil, err
		}
	}
	office.reindex()
	return office, nil
}
