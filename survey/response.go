package survey

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
)

// MaxWait is the longest waiting time that is recorded, in minutes (eight hours).
const MaxWait = 480

// Answers are what a citizen said. No field of it can carry an identity; Comment is free text and leaves only through the
// disclosure rules.
type Answers struct {
	Service string            `json:"service,omitempty"` // code of the service received
	Unsur   map[Unsur]int     `json:"unsur,omitempty"`   // 1 (worst) to 4 (best); a missing key was not answered
	Extra   map[string]int    `json:"extra,omitempty"`   // questions of the office; never part of the IKM
	Profile map[string]string `json:"profile,omitempty"` // question key -> option key
	Wait    *int              `json:"wait,omitempty"`    // minutes, 0 to MaxWait
	Left    bool              `json:"left,omitempty"`    // left without being served
	Comment string            `json:"comment,omitempty"`
}

// Hash returns the SHA-256 of the answers in canonical form; the same answers always hash alike. Each part is preceded by its
// length or ends with a byte that it cannot hold, so that no two answers share a form.
func (a Answers) Hash() [32]byte {
	form := make([]byte, 0, 256)
	text := func(s string) { form = append(binary.AppendUvarint(form, uint64(len(s))), s...) }
	text(a.Service)
	for _, unsur := range UnsurList {
		form = append(form, byte(a.Unsur[unsur]))
	}
	form = binary.AppendUvarint(form, uint64(len(a.Extra)))
	for _, key := range slices.Sorted(maps.Keys(a.Extra)) {
		text(key)
		form = binary.AppendVarint(form, int64(a.Extra[key]))
	}
	form = binary.AppendUvarint(form, uint64(len(a.Profile)))
	for _, key := range slices.Sorted(maps.Keys(a.Profile)) {
		text(key)
		text(a.Profile[key])
	}
	wait := -1
	if a.Wait != nil {
		wait = *a.Wait
	}
	form = binary.AppendVarint(form, int64(wait))
	form = strconv.AppendBool(form, a.Left)
	text(a.Comment)
	return sha256.Sum256(form)
}

// Attribution says for what and whom an answer counts. It is decided when the page is opened and copied into the response,
// so that later changes of rosters and counters never move an answer.
type Attribution struct {
	Path    []string `json:"path"` // codes from the root unit down to the unit of the bucket
	Counter string   `json:"counter"`
	Officer string   `json:"officer,omitempty"` // empty: the unit's alone
	Sheet   string   `json:"sheet,omitempty"`   // the poster, when it came by one
	Channel Channel  `json:"channel"`
	Trust   Trust    `json:"trust"`
	Form    FormRef  `json:"form"`
	Short   bool     `json:"short,omitempty"` // the short form was asked, see FormShort
}

// Response is one stored answer. It holds the hour of day at most: no address, no device, no exact time.
type Response struct {
	Bucket `json:"-"`
	ID     RecordID `json:"-"`
	Attribution
	Answers
	Hour int    `json:"hour"` // 0-23, local
	Lang string `json:"lang,omitempty"`
	Late bool   `json:"late,omitempty"` // the form was older than half an hour
	// Origin is where an answer was moved from; nil for one that has never been.
	Origin *Origin `json:"origin,omitempty"`
}

// Record encodes the response for a store.
func (r Response) Record() Record {
	body, err := json.Marshal(r)
	if err != nil {
		panic(fmt.Sprintf("response cannot be encoded: %v", err))
	}
	return Record{Bucket: r.Bucket, ID: r.ID, Kind: KindResponse, Hash: r.Answers.Hash(), Body: body}
}

// DecodeResponse reads a response back from its record.
func DecodeResponse(record Record) (Response, error) {
	response := Response{Bucket: record.Bucket, ID: record.ID}
	if err := json.Unmarshal(record.Body, &response); err != nil {
		return Response{}, fmt.Errorf("response %x of %v: %w", record.ID, record.Bucket, err)
	}
	return response, nil
}
