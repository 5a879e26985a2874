package survey

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"sync"
	"sync/atomic"
)

// Register is the configuration of an office: the change log of a store, read into memory. Reading never touches the
// store. It is safe for use by many goroutines; several processes may share a log, and each sees the others' changes when
// it calls Refresh or writes.
type Register struct {
	store  Store
	clock  Clock
	office atomic.Pointer[Office]
	mu     sync.Mutex // one reader of the log at a time
}

// OpenRegister reads the whole log. A log without a form gets the built-in ones.
func OpenRegister(ctx context.Context, store Store, clock Clock) (*Register, error) {
	r := &Register{store: store, clock: clock}
	r.office.Store(newOffice())
	if err := r.Refresh(ctx); err != nil {
		return nil, err
	}
	if _, ok := r.Office().Forms[DefaultForm]; !ok {
		err := r.Write(ctx, "kesan", "kuesioner bawaan", Draft{Object: SKM2017()})
		if err != nil && !errors.Is(err, ErrConflict) { // another process may have been faster
			return nil, err
		}
	}
	return r, r.Refresh(ctx)
}

// Office returns the configuration as of the last change that this process has read.
func (r *Register) Office() *Office { return r.office.Load() }

// Refresh reads what others have changed.
func (r *Register) Refresh(ctx context.Context) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.refresh(ctx)
}

func (r *Register) refresh(ctx context.Context) error {
	current := r.office.Load()
	var next *Office
	for change, err := range r.store.Changes(ctx, current.Seq) {
		if err != nil {
			return fmt.Errorf("read change log: %w", err)
		}
		if next == nil {
			next = current.clone()
		}
		if err := next.apply(change); err != nil {
			return err
		}
	}
	if next != nil {
		next.reindex()
		r.office.Store(next)
	}
	return nil
}

// Write appends the drafts as one change: all of them or none. ErrConflict: one of the objects is not at the revision that
// its draft was made from, or is drafted twice.
func (r *Register) Write(ctx context.Context, author, reason string, drafts ...Draft) error {
	if len(drafts) == 0 {
		return nil
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	for {
		change, err := r.change(author, reason, drafts)
		if err != nil {
			return err
		}
		err = r.store.AppendChange(ctx, change)
		if err != nil && !errors.Is(err, ErrConflict) {
			return fmt.Errorf("write change %d: %w", change.Seq, err)
		}
		// Whoever lost the race for a Seq looks at what was written first and tries again; each turn the log is longer, and
		// a real conflict ends the loop in r.change.
		if refreshErr := r.refresh(ctx); refreshErr != nil {
			return refreshErr
		}
		if err == nil {
			return nil
		}
	}
}

func (r *Register) change(author, reason string, drafts []Draft) (Change, error) {
	office := r.office.Load()
	change := Change{Seq: office.Seq + 1, At: r.clock.Now(), Author: author, Reason: reason}
	type key struct {
		kind Kind
		id   string
	}
	seen := make(map[key]bool, len(drafts))
	for _, draft := range drafts {
		kind, id := draft.Object.ObjectKey()
		if seen[key{kind, id}] {
			return Change{}, fmt.Errorf("%s %s stands twice in one change: %w", kind, id, ErrConflict)
		}
		seen[key{kind, id}] = true
		if current := office.set(kind).revision(id); current != draft.Base {
			return Change{}, fmt.Errorf("%s %s is at revision %d, not %d: %w", kind, id, current, draft.Base, ErrConflict)
		}
		body, err := json.Marshal(draft.Object)
		if err != nil {
			return Change{}, fmt.Errorf("encode %s %s: %w", kind, id, err)
		}
		change.Revisions = append(change.Revisions, Revision{Kind: kind, ID: id, Revision: draft.Base + 1, Body: body})
	}
	return change, nil
}

// History yields the changes that touched an object, oldest first, each cut down to that object.
func (r *Register) History(ctx context.Context, kind Kind, id string) ([]Change, error) {
	var history []Change
	for change, err := range r.store.Changes(ctx, 0) {
		if err != nil {
			return nil, fmt.Errorf("read change log: %w", err)
		}
		for _, revision := range change.Revisions {
			if revision.Kind == kind && revision.ID == id {
				change.Revisions = []Revision{revision}
				history = append(history, change)
				break
			}
		}
	}
	return history, nil
}

func newOffice() *Office {
	office := &Office{
		Agencies: Set[Agency]{}, Units: Set[Unit]{}, Services: Set[Service]{}, Counters: Set[Counter]{}, Officers: Set[Officer]{}, Duties: Set[Duty]{},
		Hours: Set[OpeningHours]{}, Holidays: Set[Holiday]{}, Sheets: Set[Sheet]{}, Devices: Set[Device]{}, Batches: Set[Batch]{}, Targets: Set[Target]{}, Cycles: Set[Cycle]{},
		Accounts: Set[Account]{}, APIKeys: Set[APIKey]{}, Forms: Set[Form]{}, Versions: map[FormRef]Form{},
	}
	office.reindex()
	return office
}

func (o *Office) clone() *Office {
	next := *o
	next.Agencies, next.Units, next.Services = maps.Clone(o.Agencies), maps.Clone(o.Units), maps.Clone(o.Services)
	next.Counters = maps.Clone(o.Counters)
	next.Officers, next.Duties, next.Hours = maps.Clone(o.Officers), maps.Clone(o.Duties), maps.Clone(o.Hours)
	next.Holidays, next.Sheets, next.Targets = maps.Clone(o.Holidays), maps.Clone(o.Sheets), maps.Clone(o.Targets)
	next.Devices = maps.Clone(o.Devices)
	next.Batches = maps.Clone(o.Batches)
	next.Cycles, next.Accounts, next.APIKeys = maps.Clone(o.Cycles), maps.Clone(o.Accounts), maps.Clone(o.APIKeys)
	next.Forms, next.Versions = maps.Clone(o.Forms), maps.Clone(o.Versions)
	return &next
}

func (o *Office) apply(change Change) error {
	for _, revision := range change.Revisions {
		if err := o.put(change, revision); err != nil {
			return fmt.Errorf("change %d: %s %s: %w", change.Seq, revision.Kind, revision.ID, err)
		}
	}
	o.Seq = change.Seq
	return nil
}

func (o *Office) put(change Change, revision Revision) error {
	set := o.set(revision.Kind)
	if set == nil {
		return errors.New("unknown kind; the log was written by a newer version of kesan")
	}
	if err := set.put(change, revision); err != nil {
		return err
	}
	if revision.Kind == KindForm {
		o.Versions[Ref(revision.ID, revision.Revision)] = o.Forms[revision.ID].Value
	}
	return nil
}

// objects is what a Set is to the log.
type objects interface {
	put(Change, Revision) error
	revision(id string) int
}

// set returns the objects of a kind, or nil for a kind that this version does not know.
func (o *Office) set(kind Kind) objects {
	switch kind {
	case KindAgency:
		return o.Agencies
	case KindUnit:
		return o.Units
	case KindService:
		return o.Services
	case KindCounter:
		return o.Counters
	case KindOfficer:
		return o.Officers
	case KindDuty:
		return o.Duties
	case KindHours:
		return o.Hours
	case KindHoliday:
		return o.Holidays
	case KindForm:
		return o.Forms
	case KindSheet:
		return o.Sheets
	case KindDevice:
		return o.Devices
	case KindBatch:
		return o.Batches
	case KindTarget:
		return o.Targets
	case KindCycle:
		return o.Cycles
	case KindAccount:
		return o.Accounts
	case KindAPIKey:
		return o.APIKeys
	}
	return nil
}

func (s Set[T]) put(change Change, revision Revision) error {
	var value T
	if err := json.Unmarshal(revision.Body, &value); err != nil {
		return err
	}
	s[revision.ID] = Held[T]{Value: value, Revision: revision.Revision, At: change.At, Author: change.Author}
	return nil
}

func (s Set[T]) revision(id string) int { return s[id].Revision }
