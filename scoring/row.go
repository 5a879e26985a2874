package scoring

import (
	"encoding/json"

	"kesan/survey"
)

// Status says what a figure may be used for.
type Status string

// The statuses of a figure.
const (
	StatusProvisional  Status = "provisional"  // the cycle is not locked yet
	StatusFinal        Status = "final"        // of a locked cycle
	StatusIndicative   Status = "indicative"   // shown, but of too few answers for an appraisal
	StatusInsufficient Status = "insufficient" // too few answers to be shown, or none at all
)

// OrNull is a text whose JSON is null when it is empty.
type OrNull string

// MarshalJSON writes null for the empty text.
func (s OrNull) MarshalJSON() ([]byte, error) {
	if s == "" {
		return []byte("null"), nil
	}
	return json.Marshal(string(s))
}

// Row is one figure of one subject in one cycle, disclosed: what must not be known is not in it. It is what the HR interface
// gives, and the same value stands on every screen and export.
type Row struct {
	Level       survey.Level `json:"level"`
	Unit        OrNull       `json:"unit"` // null: all units that the officer served in
	NIP         OrNull       `json:"nip"`  // of an ASN; null for units
	Officer     string       `json:"-"`    // ID of the officer, also of staff who are not ASN; empty for units
	Indicator   string       `json:"indicator"`
	Value       *Hundredths  `json:"value"`
	Grade       OrNull       `json:"grade"`
	Target      *Hundredths  `json:"target"` // of a range the lower bound
	TargetUpper *Hundredths  `json:"target_upper,omitempty"`
	Achievement *Hundredths  `json:"achievement"` // percent
	N           *int64       `json:"n"`
	Short       *int64       `json:"short,omitempty"` // of these, answers to the short form; nil: none
	Interval    *Interval    `json:"interval"`
	Shrunk      *Hundredths  `json:"shrunk"`
	Verified    *Second      `json:"verified"`
	Source      Source       `json:"source"`
	Coverage    *Hundredths  `json:"coverage"` // share, 0 to 1
	Status      Status       `json:"status"`
	Recipe      string       `json:"recipe"`
}

// Second is a second value of a figure, over other answers than its own.
type Second struct {
	Value Hundredths `json:"value"`
	N     int64      `json:"n"`
}

// Shown says whether the row has a value.
func (r Row) Shown() bool { return r.Value != nil }

// countShort says how many of the answers are short, if the row has a value and there are any.
func (r *Row) countShort(n int64) {
	if r.Shown() && n > 0 {
		r.Short = &n
	}
}

// Empty says that there is no answer at all, which is not the same as too few.
func (r Row) Empty() bool { return r.Value == nil && r.N != nil && *r.N == 0 }

// Band returns the class that the value is in: of an index the mutu, of nilai the class of achievement. False: the
// indicator has no classes, or there is no value.
func (r Row) Band() (Band, bool) {
	if r.Value == nil {
		return Band{}, false
	}
	switch r.Indicator {
	case IKM, KepuasanPetugas:
		bands, ok := IKMBands(BandsVersions[0])
		return bands.Of(*r.Value), ok
	case Nilai:
		return AchievementBands().Of(*r.Value), true
	}
	return Band{}, false
}
