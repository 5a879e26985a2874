package scoring_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"iter"
	"strings"
	"testing"
	"time"

	"kesan/scoring"
	"kesan/survey"
)

var after = time.Date(2027, 1, 4, 3, 0, 0, 0, time.UTC)

func (r *region) lock(cycle string) error {
	return r.reader.Lock(r.t.Context(), cycle, "admin", "akhir triwulan", false, r.tallier)
}

// said is everything that a cycle says, as bytes.
func (r *region) said(cycle string) string {
	r.t.Helper()
	results, err := r.reader.Results(r.t.Context(), cycle)
	r.must(err)
	everything := []any{results}
	for _, unit := range []string{"A", "A1", "A2"} {
		report, err := r.reader.Report(r.t.Context(), cycle, unit)
		r.must(err)
		everything = append(everything, report)
	}
	for _, officer := range []string{ani, budi, cici} {
		report, err := r.reader.Officer(r.t.Context(), cycle, officer)
		r.must(err)
		everything = append(everything, report)
	}
	explanation, err := r.reader.Explain(r.t.Context(), cycle, survey.LevelUnit, "A1", "", scoring.IKM)
	r.must(err)
	body, err := json.Marshal(append(everything, explanation))
	r.must(err)
	return string(body)
}

func busyRegion(t *testing.T) *region {
	t.Helper()
	r := newRegion(t, survey.Target{Indicator: scoring.IKM, Level: survey.LevelUnit, Unit: "A1", Period: "2026", Value: 8000, Weight: 60})
	r.give(
		answer{n: 40, unit: "A1", officer: ani, value: 4, wait: minutes(10), gender: "l", extra: map[string]int{"tambahan-1-v2": 1}},
		answer{n: 30, unit: "A1", officer: budi, value: 3, wait: minutes(20), gender: "p", day: "2026-11-02", trust: survey.TrustDisplay},
		answer{n: 30, unit: "A2", officer: cici, value: 3, day: "2026-12-30"},
		answer{n: 15, unit: "A2", officer: ani, value: 2, day: "2026-12-31"},
	)
	return r
}

func TestLockedStaysTheSame(t *testing.T) {
	t.Parallel()
	r := busyRegion(t)
	open := r.said("2026-TW4")
	r.now = after
	r.must(r.reader.Advance(t.Context(), "2026-TW4", "admin", ""))
	r.must(r.lock("2026-TW4"))
	locked := r.said("2026-TW4")
	if want := strings.NewReplacer(`"provisional"`, `"final"`, `"state":"open"`, `"state":"locked"`).Replace(open); want != locked {
		t.Errorf("locking changed more than the state:\n%s\n%s", want, locked)
	}
	if extra := `"extra":[{"form":"skm-2017","question":"tambahan-1-v2","options":[{"option":"1","n":40}]}]`; strings.Count(locked, extra) != 2 {
		t.Errorf("of A1, and of A with it, an extra question is not kept as %s:\n%s", extra, locked)
	}
	wantRow(t, r.unit("A1", scoring.IKM), "89,29", 70, scoring.StatusFinal) // (40 x 4 + 30 x 3) / 70 x 25

	// Late answers, another policy, other targets, names, a new unit.
	r.give(answer{n: 50, unit: "A1", officer: ani, value: 1, day: "2026-10-05"}, answer{n: 1, unit: "A1", officer: ani, value: 1, day: "2026-12-01"})
	r.write(
		survey.Agency{Name: "Kota Lain", Policy: survey.Policy{OfficerMinimum: 50, UnitMinimum: 100, OfficerMinTrust: 3}},
		survey.Target{Indicator: scoring.IKM, Level: survey.LevelUnit, Unit: "A1", Period: "2026", Value: 9900, Weight: 10},
		survey.Unit{Code: "A3", Name: "Kelurahan Tiga", Parent: "A", Zone: survey.WIB},
		survey.Unit{Code: "A1", Name: "Bernama lain", Parent: "A", Zone: survey.WIT},
		survey.Service{Code: "KTP", Unit: "A1", Name: "KTP", WaitLimit: 5, UsersPerYear: 1},
	)
	if again := r.said("2026-TW4"); again != locked {
		t.Errorf("a locked cycle changed:\n%s\n%s", locked, again)
	}
	fresh := scoring.NewReader(r.store, r.register, func() time.Time { return r.now })
	r.reader = fresh
	if again := r.said("2026-TW4"); again != locked {
		t.Error("a locked cycle reads otherwise in another process")
	}

	found, err := r.reader.Verify(t.Context(), "2026-TW4", r.tallier)
	r.must(err)
	if !found.Same || len(found.Later) != 2 || found.Later[0] != (survey.Difference{Unit: "A1", Span: "2026-10-05", Kept: 40, Have: 90}) ||
		found.Later[1] != (survey.Difference{Unit: "A1", Span: "2026-12-01", Kept: 0, Have: 1}) {
		t.Errorf("verified: %+v", found)
	}
	if err := r.lock("2026-TW4"); !errors.Is(err, survey.ErrClosed) {
		t.Errorf("second lock: %v", err)
	}
	if err := r.reader.Advance(t.Context(), "2026-TW4", "admin", ""); !errors.Is(err, survey.ErrClosed) {
		t.Errorf("a way back: %v", err)
	}
	if err := r.reader.Open(t.Context(), "2026-11", "admin", ""); !errors.Is(err, survey.ErrClosed) {
		t.Errorf("a month within a locked quarter: %v", err)
	}
}

func TestLockRefused(t *testing.T) {
	t.Parallel()
	r := busyRegion(t)
	if err := r.lock("2026-TW4"); !errors.Is(err, scoring.ErrTooEarly) {
		t.Errorf("before the end: %v", err)
	}
	// 1 January in A2 (WIT, UTC+9) at 15:30Z, still 31 December in A1 (WIB, UTC+7).
	r.now = time.Date(2026, 12, 31, 15, 30, 0, 0, time.UTC)
	if err := r.lock("2026-TW4"); !errors.Is(err, scoring.ErrTooEarly) {
		t.Errorf("in one zone it has not ended: %v", err)
	}
	if err := r.reader.Lock(t.Context(), "2026-TW4", "admin", "", true, r.tallier); !errors.Is(err, scoring.ErrTooEarly) {
		t.Errorf("early without a reason: %v", err)
	}
	r.must(r.reader.Open(t.Context(), "2026-12", "admin", ""))
	if err := r.reader.Lock(t.Context(), "2026-TW4", "admin", "unit dibubarkan", true, r.tallier); !errors.Is(err, scoring.ErrFinerOpen) {
		t.Errorf("before its month: %v", err)
	}
	r.must(r.reader.Lock(t.Context(), "2026-12", "admin", "unit dibubarkan", true, r.tallier))
	r.must(r.reader.Lock(t.Context(), "2026-TW4", "admin", "unit dibubarkan", true, r.tallier))
	if found, err := r.reader.Verify(t.Context(), "2026-TW4", r.tallier); err != nil || !found.Same {
		t.Errorf("verified: %+v, %v", found, err)
	}
	for _, id := range []string{"2026-TW3", "2026-11", "x"} {
		if err := r.lock(id); !errors.Is(err, survey.ErrNotFound) {
			t.Errorf("%s: %v", id, err)
		}
	}
	if err := r.reader.Open(t.Context(), "2026-TW4", "admin", ""); !errors.Is(err, survey.ErrConflict) {
		t.Errorf("open twice: %v", err)
	}
	if err := r.reader.Open(t.Context(), "2026-Q4", "admin", ""); !errors.Is(err, survey.ErrNotFound) {
		t.Errorf("no period: %v", err)
	}
}

// A lock that was cut off before the cycle's revision was written can be repeated, also when answers came in between.
func TestLockAgainAfterACrash(t *testing.T) {
	t.Parallel()
	r := busyRegion(t)
	r.now = after
	clock := func() time.Time { return r.now }
	register, err := survey.OpenRegister(t.Context(), crashing{r.store}, clock)
	r.must(err)
	if err := scoring.NewReader(r.store, register, clock).Lock(t.Context(), "2026-TW4", "admin", "", false, r.tallier); !errors.Is(err, errCrash) {
		t.Fatalf("crash: %v", err)
	}
	r.give(answer{n: 1, unit: "A1", officer: ani, value: 1})
	r.must(r.lock("2026-TW4"))
	wantRow(t, r.unit("A1", scoring.KepuasanPetugas), "88,38", 71, scoring.StatusFinal) // (160 + 90 + 1) / 71 x 25
	if found, err := r.reader.Verify(t.Context(), "2026-TW4", r.tallier); err != nil || !found.Same {
		t.Errorf("verified: %+v, %v", found, err)
	}
}

// crashing is a store that is lost before the change is written.
type crashing struct{ survey.Store }

var errCrash = errors.New("power cut")

func (crashing) AppendChange(context.Context, survey.Change) error { return errCrash }

// tampered is a store in which somebody changed a figure.
type tampered struct{ survey.Store }

func (s tampered) Documents(ctx context.Context, kind, prefix string) iter.Seq2[survey.Document, error] {
	return func(yield func(survey.Document, error) bool) {
		for document, err := range s.Store.Documents(ctx, kind, prefix) {
			document.Body = bytes.Replace(document.Body, []byte(`"value":89.29`), []byte(`"value":99.29`), 1)
			if !yield(document, err) {
				return
			}
		}
	}
}

func TestVerifyFindsTampering(t *testing.T) {
	t.Parallel()
	r := busyRegion(t)
	r.now = after
	r.must(r.lock("2026-TW4"))
	reader := scoring.NewReader(tampered{r.store}, r.register, func() time.Time { return r.now })
	if _, err := reader.Results(t.Context(), "2026-TW4"); err == nil {
		t.Error("a changed snapshot is read")
	}
	found, err := reader.Verify(t.Context(), "2026-TW4", r.tallier)
	r.must(err)
	if found.Same || !strings.Contains(found.First, "figures") {
		t.Errorf("verified: %+v", found)
	}
}
