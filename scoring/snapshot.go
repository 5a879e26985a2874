package scoring

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"kesan/survey"
)

// A locked cycle is kept as documents: for each unit one of figures and one of inputs, and a manifest that names them all by
// SHA-256. The ID of a document ends in the digest of its bytes, so an attempt to lock that was cut off is simply repeated
// and can never stand in the way of the next. What counts is the manifest that the cycle's last revision names.
const documentKind = "cycle"

// manifest is the head of a locked cycle.
type manifest struct {
	Cycle         CycleHead     `json:"cycle"`
	Policy        survey.Policy `json:"policy"`
	Indicators    []Indicator   `json:"indicators"`
	Configuration int64         `json:"configuration"` // Seq of the change log: rosters, targets, the tree of units
	FoldVersion   int           `json:"fold_version"`
	Records       int64         `json:"records"` // responses and verdicts that the figures rest on
	Figures       []partRef     `json:"figures"`
	Inputs        []partRef     `json:"inputs"`
}

type partRef struct {
	Unit   string `json:"unit"`
	Digest string `json:"digest"`
}

// frozenFigures is what a locked cycle says of a unit; without a unit, of officers over several units.
type frozenFigures struct {
	Unit      string                 `json:"unit"`
	Report    *Report                `json:"report"`
	Staff     []frozenOfficer        `json:"staff"`
	Explained []frozenExplanation    `json:"explained"`
	Shown     map[variable][]cellKey `json:"shown"` // what longer cycles must reckon with
}

type frozenOfficer struct {
	Officer string        `json:"officer"`
	ASN     bool          `json:"asn"`
	Figure  OfficerFigure `json:"figure"`
}

type frozenExplanation struct {
	Officer string `json:"officer,omitempty"`
	Explanation
}

// frozenInputs are the integers that the figures of a unit were computed from, and what each bucket held.
type frozenInputs struct {
	Unit    string         `json:"unit"`
	Months  []frozenMonth  `json:"months"`
	Buckets []frozenBucket `json:"buckets"`
}

type frozenMonth struct {
	Month survey.Month `json:"month"`
	N     int64        `json:"n"`
	Tally []byte       `json:"tally"`
}

type frozenBucket struct {
	Day    survey.Day `json:"day"`
	N      int64      `json:"n"`
	Digest string     `json:"digest"`
}

// encode is the canonical form: fields in the order of their declaration, maps by key, no blanks.
func encode(value any) ([]byte, error) {
	body, err := json.Marshal(value)
	if err != nil {
		return nil, fmt.Errorf("encode snapshot: %w", err)
	}
	return body, nil
}

func digestOf(body []byte) string {
	sum := sha256.Sum256(body)
	return hex.EncodeToString(sum[:])
}

func documentID(cycle survey.Cycle, part, digest string) string {
	return fmt.Sprintf("%s/%d/%s/%s", cycle.ID, cycle.Version, part, digest)
}

// keepDocument writes a part and returns its digest. That it is there already means that it has these very bytes.
func (r *Reader) keepDocument(ctx context.Context, cycle survey.Cycle, part string, value any) (string, error) {
	body, err := encode(value)
	if err != nil {
		return "", err
	}
	digest := digestOf(body)
	err = r.store.InsertDocument(ctx, survey.Document{Kind: documentKind, ID: documentID(cycle, part, digest), Body: body})
	if err != nil && !errors.Is(err, survey.ErrConflict) {
		return "", fmt.Errorf("keep snapshot: %w", err)
	}
	return digest, nil
}

// errDamaged reports a snapshot that is not what the change log says it is.
var errDamaged = errors.New("the snapshot is not what was locked")

// documents returns the bodies of the parts that are wanted, by digest, each compared with its digest.
func (r *Reader) documents(ctx context.Context, cycle survey.Cycle, part string, wanted []partRef) (map[string][]byte, error) {
	bodies := map[string][]byte{}
	prefix := documentID(cycle, part, "")
	for document, err := range r.store.Documents(ctx, documentKind, prefix) {
		if err != nil {
			return nil, fmt.Errorf("read snapshot: %w", err)
		}
		bodies[document.ID[len(prefix):]] = document.Body
	}
	for _, ref := range wanted {
		if body, ok := bodies[ref.Digest]; !ok || digestOf(body) != ref.Digest {
			return nil, fmt.Errorf("cycle %s: %s of unit %q: %w", cycle.ID, part, ref.Unit, errDamaged)
		}
	}
	return bodies, nil
}

func decodePart[T any](body []byte) (T, error) {
	var value T
	if err := json.Unmarshal(body, &value); err != nil {
		return value, fmt.Errorf("decode snapshot: %w", err)
	}
	return value, nil
}

func (r *Reader) manifest(ctx context.Context, cycle survey.Cycle) (manifest, error) {
	bodies, err := r.documents(ctx, cycle, "manifest", []partRef{{Digest: cycle.Digest}})
	if err != nil {
		return manifest{}, err
	}
	return decodePart[manifest](bodies[cycle.Digest])
}

// snapshot is a locked cycle as it is read.
type snapshot struct {
	manifest
	at       time.Time
	parts    []frozenFigures // units in order, then that of officers over several units
	rows     []Row
	reports  map[string]*Report
	officers map[string]*OfficerReport
	reasons  map[figureKey]*Explanation
	past     map[figureKey]pastFigure
	shownIn  map[variable]map[cellKey]bool
}

// snapshot reads a locked cycle. Every byte of it is compared with its digest.
func (r *Reader) snapshot(ctx context.Context, held survey.Held[survey.Cycle]) (*snapshot, error) {
	cycle := held.Value
	if found, ok := r.frozen.get(cycle.Digest); ok {
		return found, nil
	}
	m, err := r.manifest(ctx, cycle)
	if err != nil {
		return nil, err
	}
	bodies, err := r.documents(ctx, cycle, "figures", m.Figures)
	if err != nil {
		return nil, err
	}
	s := &snapshot{manifest: m, at: held.At}
	for _, ref := range m.Figures {
		part, err := decodePart[frozenFigures](bodies[ref.Digest])
		if err != nil {
			return nil, err
		}
		s.parts = append(s.parts, part)
	}
	s.open()
	r.frozen.put(cycle.Digest, s)
	return s, nil
}

// open arranges the parts for reading.
func (s *snapshot) open() {
	s.reports, s.officers = map[string]*Report{}, map[string]*OfficerReport{}
	s.reasons, s.past = map[figureKey]*Explanation{}, map[figureKey]pastFigure{}
	s.shownIn = map[variable]map[cellKey]bool{}
	var staff []Row
	for i := range s.parts {
		part := &s.parts[i]
		if part.Report != nil {
			part.Report.AsOf = s.at
			s.reports[part.Unit] = part.Report
			s.rows = append(s.rows, part.Report.IKM, part.Report.Officers, part.Report.Wait, part.Report.Score)
			s.recall(part.Report.IKM)
		}
		for j := range part.Staff {
			staff = append(staff, s.openOfficer(&part.Staff[j])...)
		}
		for j := range part.Explained {
			e := &part.Explained[j]
			e.Row.Officer = e.Officer
			e.Cycle, e.Policy = s.Cycle, s.Policy
			s.reasons[keyOf(e.Row)] = &e.Explanation
		}
		for v, keys := range part.Shown {
			for _, key := range keys {
				if s.shownIn[v] == nil {
					s.shownIn[v] = map[cellKey]bool{}
				}
				s.shownIn[v][key] = true
			}
		}
	}
	s.rows = append(s.rows, staff...)
	for key, figure := range s.past {
		if reason, ok := s.reasons[key]; ok {
			figure.basis = reason.basis()
			s.past[key] = figure
		}
	}
}

// openOfficer takes in the figures of an officer and returns the rows that HR sees.
func (s *snapshot) openOfficer(f *frozenOfficer) []Row {
	report := s.officers[f.Officer]
	if report == nil {
		report = &OfficerReport{Cycle: s.Cycle, Officer: f.Officer, ASN: f.ASN, AsOf: s.at}
		s.officers[f.Officer] = report
	}
	rows := []*Row{&f.Figure.Value, &f.Figure.Wait, &f.Figure.Score}
	for _, row := range rows {
		row.Officer = f.Officer
	}
	report.Units = append(report.Units, f.Figure)
	s.recall(f.Figure.Value)
	if !f.ASN {
		return nil
	}
	return []Row{*rows[0], *rows[1], *rows[2]}
}

func (s *snapshot) recall(row Row) {
	s.past[keyOf(row)] = pastFigure{point: point(s.Cycle.ID, row)}
}

func (s *snapshot) results() *Results {
	return &Results{Cycle: s.Cycle, Rows: slices.Clip(s.rows), AsOf: s.at}
}

func (s *snapshot) unit(code string) (*Report, bool) {
	report, ok := s.reports[code]
	return report, ok
}

func (s *snapshot) officer(id string) (*OfficerReport, bool) {
	if report, ok := s.officers[id]; ok {
		return report, true
	}
	return &OfficerReport{Cycle: s.Cycle, Officer: id, AsOf: s.at, Units: []OfficerFigure{}}, false
}

func (s *snapshot) explain(key figureKey) (*Explanation, bool) {
	reason, ok := s.reasons[key]
	return reason, ok
}

// shows says whether the locked cycle shows a cell.
func (s *snapshot) shows(v variable, key cellKey) bool { return s.shownIn[v][key] }
