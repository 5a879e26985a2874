package survey_test

import (
	"errors"
	"maps"
	"reflect"
	"strings"
	"testing"

	"kesan/survey"
)

const budi = "budi"

var (
	smg = survey.Bucket{Unit: "smg.09", Day: "2026-11-23"}
	jpr = survey.Bucket{Unit: "jpr", Day: "2026-11-23"}
)

// newMover makes a desk at whose sheet of counter S1 three people answered at ten, two at eleven and one at one o'clock, and
// what moves their answers. Budi was at S2 from eight to twelve.
func newMover(t *testing.T, store survey.Store) (*desk, *survey.Mover) {
	t.Helper()
	d := newDeskOn(t, store, "2026-11-23T03:10:00Z")
	write(t, d.register, survey.Counter{Code: "S2", Unit: "smg.09", Name: "Loket 2", Services: []string{"ktp", "kk"}},
		survey.Duty{Counter: "S2", Officer: budi, From: "2026-11-23T08:00", To: "2026-11-23T12:00"})
	for _, at := range []string{"03:10", "03:20", "03:59", "04:00", "04:59", "06:00"} {
		d.turn("2026-11-23T" + at + ":00Z")
		answers := all(1)
		answers.Service = "ktp"
		d.mustSend(d.open(smgSheet).Token, answers)
	}
	d.turn("2026-11-24T01:00:00Z")
	fold(t, store, smg)
	return d, &survey.Mover{Register: d.register, Store: store, Tallier: d.tallier,
		Locked: func(*survey.Office, survey.Day) bool { return false }}
}

// tenToTwelve moves five of the six.
func tenToTwelve(counter string) survey.Move {
	return survey.Move{ID: smgSheet + "-" + counter, Sheet: smgSheet, Counter: counter, From: "2026-11-23T10:00", To: "2026-11-23T12:00",
		Reason: "Lembar tertukar", Author: "admin"}
}

func move(t *testing.T, m *survey.Mover, order survey.Move) survey.MoveCount {
	t.Helper()
	count, err := m.Move(t.Context(), order)
	if err != nil {
		t.Fatal(err)
	}
	return count
}

// at returns how many answers count at a counter, and how many of them for an officer.
func at(t *testing.T, d *desk, bucket survey.Bucket, counter, officer string) (counted, named int64) {
	t.Helper()
	for cell, counts := range dayTally(t, d.store, bucket) {
		if cell.Counter == counter {
			counted += counts.N
			if cell.Officer == officer {
				named += counts.N
			}
		}
	}
	return counted, named
}

// intact fails the test unless all tallies are what the records say.
func intact(t *testing.T, d *desk) {
	t.Helper()
	differences, err := d.tallier.Compare(t.Context(), "2026-11-01", "2026-11-30")
	if err != nil || len(differences) > 0 {
		t.Errorf("tallies differ: %v, %v", differences, err)
	}
}

// Moving answers means the same on every store.
func TestMove(t *testing.T) {
	t.Parallel()
	onStores(t, map[string]func(t *testing.T, open opener){
		"once": moves, "to another zone": movesToAnotherZone, "again": movesAgain, "cut off": movesCutOff,
		"in a race": movesInARace, "of a locked day": movesOfLockedDay, "of a held answer": movesOfHeldAnswer,
	})
}

func moves(t *testing.T, open opener) {
	d, m := newMover(t, open(t))
	before, _ := d.stored()
	preview, err := m.Preview(t.Context(), tenToTwelve("S2"))
	if want := (survey.MoveCount{Answers: 5, Named: 5}); err != nil || preview != want {
		t.Fatalf("preview %+v, %v; want %+v", preview, err, want)
	}
	if again, _ := d.stored(); len(again) != len(before) {
		t.Fatal("a preview writes")
	}
	if got := move(t, m, tenToTwelve("S2")); got != preview {
		t.Errorf("moved %+v, preview %+v", got, preview)
	}
	if n, sri := at(t, d, smg, "S1", "199001152015031999"); n != 1 || sri != 0 {
		t.Errorf("S1 has %d, %d of them Sri's; want the one of one o'clock, nobody's", n, sri)
	}
	if n, hers := at(t, d, smg, "S2", budi); n != 5 || hers != 5 {
		t.Errorf("S2 has %d, %d of them Budi's; want 5 and 5", n, hers)
	}
	if left := totalOf(dayTally(t, d.store, smg)).LeftOut; left[survey.LeftOut{Decision: "moved", Rule: "misplaced"}] != 5 {
		t.Errorf("left out %v, want 5 moved", left)
	}
	intact(t, d)

	after, verdicts := d.stored()
	kept := map[survey.RecordID]survey.Response{}
	for _, r := range after {
		kept[r.ID] = r
	}
	for _, r := range before {
		if !reflect.DeepEqual(kept[r.ID], r) {
			t.Error("an answer was edited")
		}
	}
	for _, v := range verdicts {
		if v.Reason != "Lembar tertukar" || v.Author != "admin" || v.To.Move != "SMG00001-S2" {
			t.Errorf("verdict %+v", v)
		}
	}
	for _, r := range after {
		if o := r.Origin; o != nil && (o.Unit != "smg.09" || o.Day != smg.Day || kept[survey.RecordID(o.Response)].Counter != "S1") {
			t.Errorf("origin %+v", o)
		}
	}
	moves, err := m.Moves(t.Context(), smgSheet)
	if err != nil || len(moves) != 1 || !moves[0].Done || moves[0].Answers != 5 || moves[0].Reason != "Lembar tertukar" {
		t.Errorf("kept %+v, %v", moves, err)
	}
}

// The same hour is another one further east, and the day may be the next; the other unit's services are others.
func movesToAnotherZone(t *testing.T, open opener) {
	d, m := newMover(t, open(t))
	d.turn("2026-11-23T15:30:00Z") // 22.30 in Semarang, half past midnight in Jayapura
	d.mustSend(d.open(smgSheet).Token, all(2))
	d.turn("2026-11-24T01:00:00Z")
	order := tenToTwelve("J1")
	order.To = "2026-11-24T00:00"
	if got := move(t, m, order); got != (survey.MoveCount{Answers: 7}) {
		t.Errorf("moved %+v, want 7 for no officer", got)
	}
	tomorrow := survey.Bucket{Unit: "jpr", Day: "2026-11-24"}
	if n, _ := at(t, d, jpr, "J1", ""); n != 6 {
		t.Errorf("%d in Jayapura, want 6", n)
	}
	if n, _ := at(t, d, tomorrow, "J1", ""); n != 1 {
		t.Errorf("%d in Jayapura after midnight, want 1", n)
	}
	responses, _ := d.stored()
	hours := map[int]int{}
	for _, r := range responses {
		if r.Origin == nil {
			continue
		}
		hours[r.Hour]++
		if r.Service != "izin" || r.Unit != "jpr" || r.Path[0] != "jpr" {
			t.Errorf("arrived as %+v", r)
		}
	}
	if want := map[int]int{12: 3, 13: 2, 15: 1, 0: 1}; !maps.Equal(hours, want) {
		t.Errorf("hours %v, want %v", hours, want)
	}
	intact(t, d)
}

func movesAgain(t *testing.T, open opener) {
	d, m := newMover(t, open(t))
	move(t, m, tenToTwelve("S2"))
	responses, verdicts := d.stored()
	if got := move(t, m, tenToTwelve("S2")); got != (survey.MoveCount{Answers: 5, Named: 5}) {
		t.Errorf("the same move again says %+v", got)
	}
	other := tenToTwelve("S2")
	other.ID = smgSheet + "-LAGI"
	if got := move(t, m, other); got != (survey.MoveCount{}) {
		t.Errorf("another move of the same says %+v", got)
	}
	r, v := d.stored()
	if len(r) != len(responses) || len(v) != len(verdicts) {
		t.Errorf("%d answers and %d verdicts, before %d and %d", len(r), len(v), len(responses), len(verdicts))
	}
	if moves, err := m.Moves(t.Context(), ""); err != nil || len(moves) != 1 {
		t.Errorf("%d moves, %v", len(moves), err)
	}
	other.ID, other.From = smgSheet+"-S2", "2026-11-23T13:00"
	other.To = "2026-11-23T14:00"
	if _, err := m.Move(t.Context(), other); !errors.Is(err, survey.ErrConflict) {
		t.Errorf("another move with the ID of the first: %v", err)
	}

	// It was wrong after all: back to where it hung.
	back := tenToTwelve("S1")
	if got := move(t, m, back); got != (survey.MoveCount{Answers: 5, Named: 5}) { // Sri was there until twelve
		t.Errorf("back %+v", got)
	}
	if n, _ := at(t, d, smg, "S1", ""); n != 6 {
		t.Errorf("S1 has %d, want all 6 again", n)
	}
	if n, _ := at(t, d, smg, "S2", ""); n != 0 {
		t.Errorf("S2 still has %d", n)
	}
	intact(t, d)
}

// Whatever write the process dies at, before it or after: every answer counts once when the move has been taken up again.
func movesCutOff(t *testing.T, open opener) {
	for _, after := range []bool{false, true} {
		for write := 1; write <= 2; write++ {
			store := &faulty{Store: open(t)}
			d, m := newMover(t, store)
			n := 0
			fail := func() error {
				if n++; n == write {
					return errAway
				}
				return nil
			}
			if after {
				store.stored = fail
			} else {
				store.append = func([]survey.Record) error { return fail() }
			}
			if _, err := m.Move(t.Context(), tenToTwelve("S2")); !errors.Is(err, errAway) {
				t.Fatalf("write %d: %v", write, err)
			}
			fold(t, store, smg)
			if total := totalOf(dayTally(t, store, smg)).N; total > 6 {
				t.Errorf("write %d: %d count while it is cut off, 6 answered", write, total)
			}
			moves, err := m.Moves(t.Context(), "")
			if err != nil || len(moves) != 1 || moves[0].Done {
				t.Fatalf("write %d: %+v, %v; want one that has not ended", write, moves, err)
			}
			for range 2 {
				if err := m.Resume(t.Context()); err != nil {
					t.Fatal(err)
				}
			}
			one, _ := at(t, d, smg, "S1", "")
			two, _ := at(t, d, smg, "S2", "")
			if one != 1 || two != 5 {
				t.Errorf("write %d: %d and %d, want 1 and 5", write, one, two)
			}
			if moves, err = m.Moves(t.Context(), ""); err != nil || !moves[0].Done || moves[0].Answers != 5 {
				t.Errorf("write %d: %+v, %v", write, moves, err)
			}
			intact(t, d)
		}
	}
}

// Two people move the same answers to different counters in the same moment: each answer goes one way.
func movesInARace(t *testing.T, open opener) {
	store := &faulty{Store: open(t)}
	d, m := newMover(t, store)
	store.append = func([]survey.Record) error {
		store.append = nil
		move(t, m, tenToTwelve("J1"))
		return nil
	}
	if got := move(t, m, tenToTwelve("S2")); got != (survey.MoveCount{}) {
		t.Errorf("the slower one moved %+v", got)
	}
	two, _ := at(t, d, smg, "S2", "")
	east, _ := at(t, d, jpr, "J1", "")
	if two != 0 || east != 5 {
		t.Errorf("%d and %d, want 0 and 5", two, east)
	}
	intact(t, d)
}

func movesOfLockedDay(t *testing.T, open opener) {
	d, m := newMover(t, open(t))
	m.Locked = func(_ *survey.Office, day survey.Day) bool { return day == "2026-11-23" }
	count, err := m.Move(t.Context(), tenToTwelve("S2"))
	if !errors.Is(err, survey.ErrClosed) || count.Locked != "2026-11-23" {
		t.Errorf("%+v, %v", count, err)
	}
	if _, verdicts := d.stored(); len(verdicts) > 0 {
		t.Error("it wrote")
	}
}

// What was held back stays so where it arrives, and what is decided about it in the old place changes nothing any more.
func movesOfHeldAnswer(t *testing.T, open opener) {
	d, m := newMover(t, open(t))
	responses, _ := d.stored()
	held := responses[0]
	for _, r := range responses {
		if r.Hour == 10 {
			held = r
		}
	}
	keep(t, d.store, verdict(held, 1, survey.Quarantined, survey.RuleBurst).Record())
	if got := move(t, m, tenToTwelve("S2")); got != (survey.MoveCount{Answers: 5, Named: 5, Held: 1}) {
		t.Errorf("moved %+v", got)
	}
	keep(t, d.store, verdict(held, 2, survey.Restored, survey.RuleBurst).Record())
	fold(t, d.store, smg)
	one, _ := at(t, d, smg, "S1", "")
	two, _ := at(t, d, smg, "S2", "")
	if one != 1 || two != 4 {
		t.Errorf("%d and %d, want 1 and 4", one, two)
	}
	left := totalOf(dayTally(t, d.store, smg)).LeftOut
	if left[survey.LeftOut{Decision: "moved", Rule: "misplaced"}] != 5 || left[survey.LeftOut{Decision: "quarantined", Rule: "burst"}] != 1 {
		t.Errorf("left out %v", left)
	}
	intact(t, d)
}

func TestCheckMove(t *testing.T) {
	t.Parallel()
	d, _ := newMover(t, openStore(t)) // 08.00 in Semarang, on the 24th
	for name, test := range map[string]struct {
		change func(*survey.Move)
		want   string
	}{
		"good":              {func(*survey.Move) {}, ""},
		"no reason":         {func(m *survey.Move) { m.Reason = "" }, "reason field.required"},
		"half an hour":      {func(m *survey.Move) { m.From = "2026-11-23T10:30" }, "from move.hour"},
		"backwards":         {func(m *survey.Move) { m.To = "2026-11-23T09:00" }, "to field.gtfield"},
		"no day":            {func(m *survey.Move) { m.To = "2026-11-31T09:00" }, "to field.datetime"},
		"this hour":         {func(m *survey.Move) { m.To = "2026-11-24T09:00" }, ""},
		"the next hour":     {func(m *survey.Move) { m.To = "2026-11-24T10:00" }, "to move.future"},
		"unknown counter":   {func(m *survey.Move) { m.Counter = "S3" }, "counter move.counter"},
		"reason turned":     {func(m *survey.Move) { m.Reason = "a\u202eb" }, "reason field.plain"},
		"nothing filled in": {func(m *survey.Move) { m.From, m.To, m.Counter = "", "", "" }, "counter field.required from field.required to field.required"},
	} {
		order := tenToTwelve("S2")
		test.change(&order)
		var got []string
		for _, p := range d.register.Office().CheckMove(order, d.now) {
			got = append(got, p.Field+" "+p.Key)
		}
		if strings.Join(got, " ") != test.want {
			t.Errorf("%s: %q, want %q", name, got, test.want)
		}
	}
}

func TestOnDutyThrough(t *testing.T) {
	t.Parallel()
	d, _ := newMover(t, openStore(t))
	write(t, d.register, survey.Duty{Counter: "J1", Officer: "a", From: "2026-11-23T08:00", To: "2026-11-23T10:20"},
		survey.Duty{Counter: "J1", Officer: "b", From: "2026-11-23T10:20", To: "2026-11-23T12:50"},
		survey.Duty{Counter: "J1", Officer: "b", From: "2026-11-23T12:50", To: "2026-11-23T15:00"},
		survey.Duty{Counter: "J1", Officer: "c", From: "2026-11-23T15:00", To: "2026-11-23T17:00"})
	for from, want := range map[string]string{
		"07": "", "08": "a", "09": "a", "10": "", "11": "b", "12": "b", "14": "b",
		"15": "", // c takes over as it begins
		"16": "c", "17": "", "18": "",
	} {
		begin := survey.LocalTime("2026-11-23T" + from + ":00").In(survey.WIT)
		end := survey.LocalTime("2026-11-23T" + from + ":59").In(survey.WIT)
		if got := d.register.Office().OnDutyThrough("J1", begin, end); got != want {
			t.Errorf("from %s: %q, want %q", from, got, want)
		}
	}
}
