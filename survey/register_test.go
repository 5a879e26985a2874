package survey_test

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"kesan/survey"
	"kesan/survey/sqlite"
)

func TestRegisterStartsWithTheSKM(t *testing.T) {
	t.Parallel()
	store := openStore(t)
	clock := pin(t, "2026-11-21T01:00:00Z").clock
	first, second := openRegister(t, store, clock), openRegister(t, store, clock)
	for _, register := range []*survey.Register{first, second} {
		o := register.Office()
		if o.Seq != 1 || o.Forms[survey.DefaultForm].Revision != 1 || len(o.Versions["skm-2017@1"].Unsur) != 9 {
			t.Errorf("seq %d, revision %d: want the built-in form once", o.Seq, o.Forms[survey.DefaultForm].Revision)
		}
	}
}

func TestRegisterConflict(t *testing.T) {
	t.Parallel()
	store := openStore(t)
	clock := pin(t, "2026-11-21T01:00:00Z").clock
	siti, agus := openRegister(t, store, clock), openRegister(t, store, clock) // two processes
	write(t, siti, unit("u", "", survey.WIB))
	if err := agus.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	renamed := unit("u", "", survey.WIB)
	renamed.Name = "Siti's"
	write(t, siti, renamed)
	renamed.Name = "Agus's"
	err := agus.Write(t.Context(), "agus", "", survey.Draft{Object: renamed, Base: 1}) // agus still looks at revision 1
	if !errors.Is(err, survey.ErrConflict) {
		t.Errorf("second writer of one revision: got %v, want ErrConflict", err)
	}
	for name, register := range map[string]*survey.Register{"siti": siti, "agus": agus} {
		if got := register.Office().Units["u"]; got.Value.Name != "Siti's" || got.Revision != 2 || got.Author != "siti" {
			t.Errorf("%s sees %+v, want Siti's at revision 2", name, got)
		}
	}
	if err := agus.Write(t.Context(), "agus", "", survey.Draft{Object: renamed, Base: 2}); err != nil {
		t.Errorf("after looking again: %v", err)
	}
}

// TestRegisterLostRace: two processes write different objects; whoever finds the place in the log taken tries the next.
func TestRegisterLostRace(t *testing.T) {
	t.Parallel()
	store := openStore(t)
	clock := pin(t, "2026-11-21T01:00:00Z").clock
	siti, agus := openRegister(t, store, clock), openRegister(t, store, clock)
	write(t, siti, unit("a", "", survey.WIB))
	if err := agus.Write(t.Context(), "agus", "", survey.Draft{Object: unit("b", "", survey.WIB)}); err != nil {
		t.Fatal(err)
	}
	o := agus.Office()
	if o.Seq != 3 || len(o.Units) != 2 {
		t.Errorf("seq %d with %d units, want 3 with both", o.Seq, len(o.Units))
	}
}

func TestRegisterAllOrNothing(t *testing.T) {
	t.Parallel()
	store := openStore(t)
	register := openRegister(t, store, pin(t, "2026-11-21T01:00:00Z").clock)
	write(t, register, unit("old", "", survey.WIB))
	tests := map[string][]survey.Draft{
		"one object moved on":      {{Object: unit("new", "", survey.WIB)}, {Object: unit("old", "", survey.WIT), Base: 0}},
		"one object is not there":  {{Object: unit("new", "", survey.WIB)}, {Object: unit("none", "", survey.WIT), Base: 3}},
		"one object stands twice":  {{Object: unit("new", "", survey.WIB)}, {Object: unit("new", "", survey.WIT)}},
		"the same revision, twice": {{Object: unit("old", "", survey.WIB), Base: 1}, {Object: unit("old", "", survey.WIT), Base: 1}},
	}
	for name, drafts := range tests {
		if err := register.Write(t.Context(), "siti", "", drafts...); !errors.Is(err, survey.ErrConflict) {
			t.Errorf("%s: got %v, want ErrConflict", name, err)
		}
	}
	again := openRegister(t, store, pin(t, "2026-11-21T01:00:00Z").clock)
	for _, register := range []*survey.Register{register, again} {
		if o := register.Office(); o.Seq != 2 || len(o.Units) != 1 || o.Units["old"].Value.Zone != survey.WIB {
			t.Errorf("seq %d with units %v, want 2 with the old one as it was", o.Seq, o.Units)
		}
	}
	if err := register.Write(t.Context(), "siti", "nothing"); err != nil || register.Office().Seq != 2 {
		t.Errorf("writing nothing: %v, seq %d", err, register.Office().Seq)
	}
}

func TestRegisterHistory(t *testing.T) {
	t.Parallel()
	store, clock := openStore(t), pin(t, "2026-11-21T01:00:00.5Z")
	register := openRegister(t, store, clock.clock)
	write(t, register, unit("u", "", survey.WIB), unit("other", "", survey.WIB))
	write(t, register, unit("other", "", survey.WITA))
	clock.now = instant(t, "2026-11-22T02:00:00Z")
	if err := register.Write(t.Context(), "agus", "salah zona", survey.Draft{Object: unit("u", "", survey.WIT), Base: 1}); err != nil {
		t.Fatal(err)
	}
	history, err := register.History(t.Context(), survey.KindUnit, "u")
	if err != nil || len(history) != 2 {
		t.Fatalf("got %d changes, %v; want 2", len(history), err)
	}
	first, second := history[0], history[1]
	if first.Author != "siti" || !first.At.Equal(instant(t, "2026-11-21T01:00:00.5Z")) || len(first.Revisions) != 1 || first.Revisions[0].Revision != 1 {
		t.Errorf("first: %+v", first)
	}
	if second.Author != "agus" || second.Reason != "salah zona" || !second.At.Equal(clock.now) || second.Revisions[0].Revision != 2 ||
		!strings.Contains(string(second.Revisions[0].Body), "WIT") {
		t.Errorf("second: %+v", second)
	}
	if none, err := register.History(t.Context(), survey.KindUnit, "nowhere"); err != nil || len(none) != 0 {
		t.Errorf("history of nothing: %v, %v", none, err)
	}
}

// TestOfficeNeverChanges: who holds an Office reads the same from it whatever is written later.
func TestOfficeNeverChanges(t *testing.T) {
	t.Parallel()
	register := openRegister(t, openStore(t), pin(t, "2026-11-21T01:00:00Z").clock)
	write(t, register, unit("u", "", survey.WIB))
	before := register.Office()
	write(t, register, unit("u", "", survey.WIT), unit("u.1", "u", survey.WIT))
	if before.Zone("u") != survey.WIB || len(before.Units) != 1 || len(before.Children("u")) != 0 {
		t.Error("an office changed in the hands of its reader")
	}
	if _, err := before.Units.Value("u.1"); !errors.Is(err, survey.ErrNotFound) {
		t.Errorf("got %v, want ErrNotFound", err)
	}
}

func TestRegisterUnknownKind(t *testing.T) {
	t.Parallel()
	store := openStore(t)
	register := openRegister(t, store, pin(t, "2026-11-21T01:00:00Z").clock)
	change := survey.Change{Seq: 2, Revisions: []survey.Revision{{Kind: "robot", ID: "r2", Revision: 1, Body: []byte("{}")}}}
	if err := store.AppendChange(t.Context(), change); err != nil {
		t.Fatal(err)
	}
	if err := register.Refresh(t.Context()); err == nil || !strings.Contains(err.Error(), "newer version") {
		t.Errorf("got %v, want that the log is newer than the program", err)
	}
}

// TestRegisterManyWriters has two processes of many goroutines each add to one counter of revisions. Each success must be
// one revision, and each refusal a conflict.
func TestRegisterManyWriters(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "kesan.db")
	const processes, writers, each = 2, 4, 5
	var group sync.WaitGroup
	var mu sync.Mutex
	won := 0
	for p := range processes {
		store, err := sqlite.Open(t.Context(), path)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = store.Close() })
		register := openRegister(t, store, pin(t, "2026-11-21T01:00:00Z").clock)
		for w := range writers {
			group.Go(func() {
				for i := range each {
					own := unit(fmt.Sprintf("own-%d-%d-%d", p, w, i), "", survey.WIB)
					if err := register.Write(t.Context(), "siti", "", survey.Draft{Object: own}); err != nil {
						t.Errorf("an object of one's own: %v", err)
					}
					base := register.Office().Units["shared"].Revision
					err := register.Write(t.Context(), "siti", "", survey.Draft{Object: unit("shared", "", survey.WIB), Base: base})
					switch {
					case err == nil:
						mu.Lock()
						won++
						mu.Unlock()
					case !errors.Is(err, survey.ErrConflict):
						t.Errorf("the shared object: %v", err)
					}
				}
			})
		}
	}
	group.Wait()
	store, err := sqlite.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = store.Close() })
	register := openRegister(t, store, pin(t, "2026-11-21T01:00:00Z").clock)
	o := register.Office()
	if len(o.Units) != processes*writers*each+1 || o.Units["shared"].Revision != won {
		t.Errorf("%d units and shared at revision %d, want 41 and %d", len(o.Units), o.Units["shared"].Revision, won)
	}
	history, err := register.History(t.Context(), survey.KindUnit, "shared")
	if err != nil || len(history) != won {
		t.Fatalf("%d changes, %v; want %d", len(history), err, won)
	}
	for i, change := range history {
		if change.Revisions[0].Revision != i+1 {
			t.Errorf("change %d holds revision %d", i, change.Revisions[0].Revision)
		}
	}
}

func TestRegisterStoreAway(t *testing.T) {
	t.Parallel()
	register := openRegister(t, openStore(t), pin(t, "2026-11-21T01:00:00Z").clock)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	err := register.Write(ctx, "siti", "", survey.Draft{Object: unit("u", "", survey.WIB)})
	if err == nil || errors.Is(err, survey.ErrConflict) {
		t.Errorf("got %v, want that the store is away", err)
	}
	write(t, register, unit("u", "", survey.WIB))
}
