package survey

import (
	"context"
	"iter"
	"time"
)

// Store keeps everything that must survive. Adapters hold no rules: they keep bytes under unique keys and give them back
// in order. Every promise below is a case of package storetest, so that the same calls mean the same on every store.
//
// Three kinds of things are kept. The change log and the records are insert-only: nothing is ever edited or deleted.
// Tallies are derived from records and may be thrown away. Entries are small things that may be replaced and expire; no
// figure depends on one.
//
// All methods may be called from many goroutines and processes at once. Errors other than the sentinels named here mean
// that the store is away or broken; whether a write took place is then unknown, and the same write may be repeated. ErrAway
// is among them when somebody outside the program must act or wait: the disk is full, read-only or failing, the server is
// not there. A call whose context is done returns the context's error.
//
// Keys are UTF-8 text without NUL, compared byte by byte. Bodies and values are any bytes and come back as they were; a nil
// one comes back empty. Times come back in UTC, cut to the millisecond.
//
// Adapters hold up to ten million records, so they need five orders kept as indexes: changes by Seq; records by (Unit, Day,
// ID), unique, for reading a unit in order, and by (Day, Unit) for counting all units without reading a body; tallies by
// (Grain, Unit, Span, Version, N), unique, and by (Grain, Version, Span, Unit, N), where the largest N of a query's spans
// stands beside its unit; documents by (Kind, ID), unique, for prefixes; entries by Key, unique, and by Expires for removing
// the expired ones. A key of text may hold the parts in another order as long as it is unique and the answers keep theirs.
//
// An iteration ends with its first error. It is no snapshot: what is written while it runs may come or not, but what was
// there before comes exactly once. The caller may stop early and may call the store in between.
type Store interface {
	// AppendChange adds a change at change.Seq. It is durable and visible to every process when the call returns.
	// ErrConflict: that Seq is taken; nothing was written.
	AppendChange(ctx context.Context, change Change) error

	// Changes yields the changes with Seq > after, by Seq.
	Changes(ctx context.Context, after int64) iter.Seq2[Change, error]

	// AppendRecords stores a batch durably (a machine that loses power after the call returns has lost nothing) and says
	// for each record what became of it, in the order given. A record whose (Bucket, ID) exists is not written again.
	// The same record may stand in a batch twice. On error some records may have been stored.
	AppendRecords(ctx context.Context, records []Record) ([]Outcome, error)

	// Records yields the records of the buckets in [from, to], both days included, ordered by unit, day and ID.
	// An empty unit means all units. It reads what every acknowledged AppendRecords before the call has stored.
	Records(ctx context.Context, unit string, from, to Day) iter.Seq2[Record, error]

	// HasRecord says whether a bucket holds a record with the ID, reading as Records does.
	HasRecord(ctx context.Context, bucket Bucket, id RecordID) (bool, error)

	// CountRecords returns how many records each bucket in [from, to] holds, ordered by unit and day; empty buckets are
	// left out. An empty unit means all units.
	CountRecords(ctx context.Context, unit string, from, to Day) ([]BucketCount, error)

	// InsertTallies keeps tallies; one whose (Unit, Span, Version, N) exists is left as it is.
	InsertTallies(ctx context.Context, tallies []KeptTally) error

	// Tallies returns, for each (Unit, Span) that the query selects, the tally with the largest N, ordered by unit and span.
	Tallies(ctx context.Context, query TallyQuery) ([]KeptTally, error)

	// DiscardTallies deletes the tallies that the query selects with N below `below`; with below 0 all of them. It is never
	// needed for correctness, and deleting what is not there is success.
	DiscardTallies(ctx context.Context, query TallyQuery, below int64) error

	// InsertDocument keeps a document under (kind, id) for ever. ErrConflict: the key is taken; nothing was written.
	InsertDocument(ctx context.Context, document Document) error

	// Documents yields the documents of a kind whose ID begins with prefix, ordered by ID bytewise.
	Documents(ctx context.Context, kind, prefix string) iter.Seq2[Document, error]

	// PutEntry writes an entry, replacing one with the same key.
	PutEntry(ctx context.Context, entry Entry) error

	// Entry returns the entry of a key. ErrNotFound: there is none, or its Expires is not after now.
	Entry(ctx context.Context, key string, now time.Time) (Entry, error)

	// DeleteEntry removes an entry; removing what is not there is success.
	DeleteEntry(ctx context.Context, key string) error

	// DeleteExpired removes the entries that have expired by now, from the files too where the store can.
	DeleteExpired(ctx context.Context, now time.Time) error

	// Check says whether the store can be read and written now.
	Check(ctx context.Context) error

	// Close ends the use of the store.
	Close() error
}

// Bucket is one unit on one local day. It is fixed when a form is handed out, so a retry after midnight lands in the same.
type Bucket struct {
	Unit string
	Day  Day
}

// BucketCount says how many records a bucket holds.
type BucketCount struct {
	Bucket
	N int64
}

// RecordID names a record within its bucket. It is a keyed hash, so it tells neither order nor origin.
type RecordID [16]byte

// RecordKind tells responses from verdicts.
type RecordKind string

// The kinds of records.
const (
	KindResponse RecordKind = "response"
	KindVerdict  RecordKind = "verdict"
)

// Record is what a bucket holds: a response or a verdict, encoded. Hash tells a repeated write from a different one.
type Record struct {
	Bucket
	ID   RecordID
	Kind RecordKind
	Hash [32]byte
	Body []byte
}

// Outcome is what became of a record that was to be appended.
type Outcome int

// The outcomes of appending.
const (
	// Stored: the record was not there and is now.
	Stored Outcome = iota + 1
	// Repeated: a record with this ID and the same hash is there; nothing was written.
	Repeated
	// Differs: a record with this ID and another hash is there; the first one stands.
	Differs
)

// KeptTally is an encoded Tally, of a year a Rollup, under its key. N is the number of records it was made from: of two tallies of one
// (Unit, Grain, Span, Version), the one with the larger N has seen more.
type KeptTally struct {
	Unit    string
	Grain   Grain
	Span    string // a Day, a Month or a year
	Version int    // version of the fold that made it
	N       int64
	Body    []byte
}

// TallyQuery selects tallies. Empty Unit: all units. From and To are inclusive and compared as text with Span.
type TallyQuery struct {
	Unit      string
	Grain     Grain
	From, To  string
	Version   int
	HeadsOnly bool // leave Body nil
}

// Document is something that is written once and never changes: a part of a locked cycle, an audit line.
type Document struct {
	Kind string
	ID   string
	Body []byte
}

// Entry is a small replaceable value: a session, a password hash, an attempt counter. A zero Expires means never.
type Entry struct {
	Key     string
	Value   []byte
	Expires time.Time
}
