package scoring_test

import (
	"encoding/binary"
	"io"
	"log/slog"
	"path/filepath"
	"testing"
	"time"

	"kesan/scoring"
	"kesan/survey"
	"kesan/survey/sqlite"
)

// region is a small local government on a real store: agency A with the units A1 and A2 below, each with a counter and a
// service, and three officers.
type region struct {
	t        *testing.T
	store    survey.Store
	register *survey.Register
	tallier  *survey.Tallier
	reader   *scoring.Reader
	now      time.Time
	answers  uint64
	waiting  []survey.Record
}

const (
	ani  = "199001152015031001"
	budi = "199001152015031002"
	cici = "K-03" // not an ASN
)

func newRegion(t *testing.T, drafts ...survey.Object) *region {
	t.Helper()
	r := &region{t: t, now: time.Date(2026, 11, 15, 3, 0, 0, 0, time.UTC)}
	clock := survey.Clock(func() time.Time { return r.now })
	store, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "kesan.db"))
	r.must(err)
	t.Cleanup(func() { _ = store.Close() })
	r.store = store
	r.register, err = survey.OpenRegister(t.Context(), store, clock)
	r.must(err)
	r.tallier = survey.NewTallier(store, clock, slog.New(slog.NewTextHandler(io.Discard, nil)))
	r.reader = scoring.NewReader(store, r.register, clock)
	r.write(append([]survey.Object{
		survey.Agency{Name: "Kota Contoh"},
		survey.Unit{Code: "A", Name: "Dinas", Zone: survey.WIB},
		survey.Unit{Code: "A1", Name: "Kelurahan Satu", Parent: "A", Zone: survey.WIB},
		survey.Unit{Code: "A2", Name: "Kelurahan Dua", Parent: "A", Zone: survey.WIT},
		survey.Service{Code: "KTP", Unit: "A1", Name: "KTP", WaitLimit: 30, UsersPerYear: 1200},
		survey.Service{Code: "KK", Unit: "A2", Name: "KK", UsersPerYear: 4800},
		survey.Counter{Code: "L1", Unit: "A1", Name: "Loket 1"},
		survey.Counter{Code: "L2", Unit: "A2", Name: "Loket 2"},
		survey.Officer{ID: ani, Employment: survey.PNS, Name: "Ani", Unit: "A1"},
		survey.Officer{ID: budi, Employment: survey.PNS, Name: "Budi", Unit: "A1"},
		survey.Officer{ID: cici, Employment: survey.NonASN, Name: "Cici", Unit: "A2"},
	}, drafts...)...)
	for _, cycle := range []string{"2026-TW4"} {
		r.must(r.reader.Open(t.Context(), cycle, "admin", ""))
	}
	return r
}

func (r *region) must(err error) {
	r.t.Helper()
	if err != nil {
		r.t.Fatal(err)
	}
}

// write writes objects over whatever revision there is.
func (r *region) write(objects ...survey.Object) {
	r.t.Helper()
	var drafts []survey.Draft
	for _, object := range objects {
		drafts = append(drafts, survey.Draft{Object: object, Base: r.revision(object)})
	}
	r.must(r.register.Write(r.t.Context(), "admin", "", drafts...))
}

func (r *region) revision(object survey.Object) int {
	office := r.register.Office()
	switch kind, id := object.ObjectKey(); kind {
	case survey.KindAgency:
		return office.Agencies[id].Revision
	case survey.KindTarget:
		return office.Targets[id].Revision
	case survey.KindUnit:
		return office.Units[id].Revision
	case survey.KindService:
		return office.Services[id].Revision
	}
	return 0
}

// answer is a group of equal answers. Zero values: counter, service and form of the unit, poster, no waiting time.
type answer struct {
	n       int
	day     survey.Day
	unit    string
	officer string
	trust   survey.Trust
	counter string
	service string
	value   int // to all nine unsur
	only    map[survey.Unsur]int
	short   bool // each is asked three unsur, in turn
	wait    *int
	left    bool
	gender  string
	extra   map[string]int
}

func minutes(n int) *int { return &n }

// give stores answers as records and brings the tallies up to date.
func (r *region) give(groups ...answer) {
	r.t.Helper()
	r.queue(groups...)
	r.flush()
}

func (r *region) queue(groups ...answer) {
	for _, g := range groups {
		for i := range g.n {
			response := r.response(g)
			if g.short {
				response.Short, response.Answers = true, response.Answers.To(survey.ShortBlocks[i%12])
			}
			r.waiting = append(r.waiting, response.Record())
		}
	}
}

func (r *region) flush() {
	r.t.Helper()
	_, err := r.store.AppendRecords(r.t.Context(), r.waiting)
	r.must(err)
	r.waiting = nil
	r.must(r.tallier.Sweep(r.t.Context(), "", "2025-01-01", "2026-12-31"))
}

func (r *region) response(g answer) survey.Response {
	if g.day == "" {
		g.day = "2026-10-05"
	}
	if g.counter == "" {
		g.counter = map[string]string{"A1": "L1", "A2": "L2"}[g.unit]
	}
	if g.service == "" {
		g.service = map[string]string{"A1": "KTP", "A2": "KK"}[g.unit]
	}
	answers := survey.Answers{Service: g.service, Unsur: g.only, Wait: g.wait, Left: g.left, Extra: g.extra}
	if g.value > 0 {
		answers.Unsur = map[survey.Unsur]int{}
		for _, unsur := range survey.UnsurList {
			answers.Unsur[unsur] = g.value
		}
	}
	if g.gender != "" {
		answers.Profile = map[string]string{survey.ProfileGender: g.gender}
	}
	r.answers++
	var id survey.RecordID
	binary.BigEndian.PutUint64(id[:], r.answers)
	return survey.Response{Bucket: survey.Bucket{Unit: g.unit, Day: g.day}, ID: id, Answers: answers,
		Attribution: survey.Attribution{Path: []string{"A", g.unit}, Counter: g.counter, Officer: g.officer, Trust: g.trust,
			Channel: survey.ChannelPoster, Form: "skm-2017@1"}}
}

// row returns a row of the results, or fails.
func (r *region) row(cycle string, level survey.Level, unit, officer, indicator string) scoring.Row {
	r.t.Helper()
	results, err := r.reader.Results(r.t.Context(), cycle)
	r.must(err)
	for _, row := range results.Rows {
		if row.Level == level && string(row.Unit) == unit && row.Officer == officer && row.Indicator == indicator {
			return row
		}
	}
	r.t.Fatalf("no row %s %q %q %s", level, unit, officer, indicator)
	return scoring.Row{}
}

func (r *region) unit(unit, indicator string) scoring.Row {
	r.t.Helper()
	return r.row("2026-TW4", survey.LevelUnit, unit, "", indicator)
}

func (r *region) officer(unit, officer string) scoring.Row {
	r.t.Helper()
	return r.row("2026-TW4", survey.LevelOfficer, unit, officer, scoring.KepuasanPetugas)
}

// text writes a figure for comparison, "-" where there is none.
func text(value *scoring.Hundredths) string {
	if value == nil {
		return "-"
	}
	return value.String()
}

func count(n *int64) int64 {
	if n == nil {
		return -1
	}
	return *n
}

func wantRow(t *testing.T, row scoring.Row, value string, n int64, status scoring.Status) {
	t.Helper()
	if text(row.Value) != value || count(row.N) != n || row.Status != status {
		t.Errorf("%s %s %s: value %s, n %d, %s; want %s, %d, %s", row.Indicator, row.Unit, row.Officer, text(row.Value), count(row.N), row.Status, value, n, status)
	}
}
