package survey

import (
	"encoding/json"
	"time"
)

// Change is one entry of the change log: everything that one person changed in one go, all of it or nothing. The log is
// the history and the audit of the configuration, and because a Seq can be taken only once it is also the one place where
// two writers meet: whoever comes second must look again.
//
// Every object is a chain of revisions keyed by (kind, ID, revision). An import of a thousand officers is one change, so it
// is atomic on every store without a transaction.
type Change struct {
	Seq       int64      `json:"seq"`
	At        time.Time  `json:"at"`
	Author    string     `json:"author"`
	Reason    string     `json:"reason,omitempty"`
	Revisions []Revision `json:"revisions"`
}

// Revision is one version of one object.
type Revision struct {
	Kind     Kind            `json:"kind"`
	ID       string          `json:"id"`
	Revision int             `json:"revision"` // 1 for the first
	Body     json.RawMessage `json:"body"`
}

// Kind names a kind of configuration or workflow object.
type Kind string

// The kinds of objects.
const (
	KindAgency  Kind = "agency"
	KindUnit    Kind = "unit"
	KindService Kind = "service"
	KindCounter Kind = "counter"
	KindOfficer Kind = "officer"
	KindDuty    Kind = "duty"
	KindHours   Kind = "hours"
	KindHoliday Kind = "holiday"
	KindForm    Kind = "form"
	KindSheet   Kind = "sheet"
	KindDevice  Kind = "device"
	KindTarget  Kind = "target"
	KindCycle   Kind = "cycle"
	KindAccount Kind = "account"
	KindAPIKey  Kind = "apikey"
	KindBatch   Kind = "batch"
)

// Object is a configuration or workflow object: it knows its kind and its ID.
type Object interface {
	ObjectKey() (Kind, string)
}

// Draft is an object that somebody wants to write. Base is the revision it was made from, 0 for a new object: if the
// object has moved on since, the write is refused with ErrConflict instead of undoing somebody else's.
type Draft struct {
	Object Object
	Base   int
}
