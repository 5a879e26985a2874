package survey

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"fmt"
)

// Decision is what a verdict says about an answer.
type Decision string

// The decisions. The latest verdict on a response holds; a response without one is counted. A refused submission was never
// stored as an answer: its verdict stands alone, without content, so that figures can say how many were left out and why.
// A moved answer counts in another place for good, whatever is decided here later; see Mover.
const (
	Counted     Decision = "counted"
	Quarantined Decision = "quarantined"
	Excluded    Decision = "excluded"
	Restored    Decision = "restored"
	Refused     Decision = "refused"
	Moved       Decision = "moved"
)

// Counts says whether an answer with this decision, or with none, enters the figures.
func (d Decision) Counts() bool { return d == "" || d == Counted || d == Restored }

// Rule names the check that led to a verdict.
type Rule string

// The rules that apply when a form is sent.
const (
	RuleHoneypot  Rule = "honeypot"  // a field was filled that people do not see
	RuleMalformed Rule = "malformed" // a value that no page of ours can send
	RuleRepeated  Rule = "repeated"  // the same form sent again with other answers
)

// The rules by which answers are held back afterwards, for people to look at.
const (
	RuleBurst   Rule = "burst"   // many answers at a counter in a short time
	RuleBombing Rule = "bombing" // many lowest ratings of one officer in an hour
)

// RuleMisplaced moves answers of a sheet that hung at another counter.
const RuleMisplaced Rule = "misplaced"

// Verdict is a decision on an answer. It is a record of the answer's bucket: never edited, only followed by another.
type Verdict struct {
	Bucket   `json:"-"`
	Response RecordID `json:"-"`
	Seq      int      `json:"seq"` // 1 for the first verdict on a response
	Decision Decision `json:"decision"`
	Rule     Rule     `json:"rule"`
	Reason   string   `json:"reason,omitempty"`
	Author   string   `json:"author,omitempty"` // empty: the machine
	Hour     int      `json:"hour"`
	// Of says what a refused submission was about; nil for verdicts on stored responses.
	Of *Attribution `json:"of,omitempty"`
	// To says where a moved answer counts; nil for every other decision.
	To *Destination `json:"to,omitempty"`
}

type storedVerdict struct {
	Response []byte `json:"response"`
	Verdict
}

// Record encodes the verdict for a store. Its ID follows from the response and Seq, so two verdicts can never share a place.
func (v Verdict) Record() Record {
	body, err := json.Marshal(storedVerdict{Response: v.Response[:], Verdict: v})
	if err != nil {
		panic(fmt.Sprintf("verdict cannot be encoded: %v", err))
	}
	return Record{Bucket: v.Bucket, ID: v.id(), Kind: KindVerdict, Hash: sha256.Sum256(body), Body: body}
}

func (v Verdict) id() RecordID {
	seq := binary.BigEndian.AppendUint64([]byte("verdict"), uint64(v.Seq))
	if v.Decision == Refused || v.Decision == Moved {
		// One form can be refused once, by the rule that met it first: forms are free to open, and what is sent in their
		// place must not fill the store. An answer can be moved away once, so that it never counts in two places. The word
		// keeps the place of a verdict on an answer that the form gave.
		seq = append(seq, v.Decision...)
	}
	sum := sha256.Sum256(append(seq, v.Response[:]...))
	return RecordID(sum[:16])
}

// DecodeVerdict reads a verdict back from its record.
func DecodeVerdict(record Record) (Verdict, error) {
	var stored storedVerdict
	if err := json.Unmarshal(record.Body, &stored); err != nil {
		return Verdict{}, fmt.Errorf("verdict %x of %v: %w", record.ID, record.Bucket, err)
	}
	verdict := stored.Verdict
	verdict.Bucket = record.Bucket
	copy(verdict.Response[:], stored.Response)
	return verdict, nil
}
