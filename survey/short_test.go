package survey_test

import (
	"maps"
	"reflect"
	"slices"
	"testing"

	"kesan/survey"
)

// shortDesk is a desk whose unit smg.09 asks the short form, because the unit above it does.
func shortDesk(t *testing.T) *desk {
	t.Helper()
	d := newDesk(t, "2026-11-23T03:10:20Z")
	short := unit("smg", "", survey.WIB)
	short.Mode = survey.FormShort
	if err := d.register.Write(t.Context(), "tes", "", survey.Draft{Object: short, Base: 1}); err != nil {
		t.Fatal(err)
	}
	return d
}

func asked(visit survey.Visit) []string {
	var keys []string
	for _, question := range visit.Form.Unsur {
		keys = append(keys, question.Key)
	}
	return keys
}

// Of 120 visitors of a counter every unsur is asked of 40, every pair of unsur of 10, and 70 are asked about the officer.
func TestShortFormIsBalanced(t *testing.T) {
	t.Parallel()
	d := shortDesk(t)
	single, pairs, officer := map[string]int{}, map[[2]string]int{}, 0
	for range 120 {
		visit := d.open(smgSheet)
		keys := asked(visit)
		if len(keys) != 3 || len(visit.Form.Profile) != 0 || !visit.Short() || visit.Asked().Len() != 3 {
			t.Fatalf("asked %v and %d about the visitor", keys, len(visit.Form.Profile))
		}
		for i, key := range keys {
			single[key]++
			for _, other := range keys[i+1:] {
				pairs[[2]string{key, other}]++
			}
		}
		if slices.Contains(keys, "kompetensi") || slices.Contains(keys, "perilaku") {
			officer++
		}
	}
	for _, u := range survey.UnsurList {
		if single[string(u)] != 40 {
			t.Errorf("%s asked of %d, want 40", u, single[string(u)])
		}
	}
	if len(pairs) != 36 || slices.Min(slices.Collect(maps.Values(pairs))) != 10 || slices.Max(slices.Collect(maps.Values(pairs))) != 10 {
		t.Errorf("%d pairs: %v; want 36, each asked of 10", len(pairs), pairs)
	}
	if officer != 70 {
		t.Errorf("%d asked about the officer, want 70", officer)
	}
}

// What is asked is in the form itself: it stays when the form comes back, after a restart, and when the unit changes its mind.
func TestShortFormStaysTheSame(t *testing.T) {
	t.Parallel()
	d := shortDesk(t)
	for range 12 {
		visit := d.open(smgSheet)
		want := asked(visit)
		restarted := &survey.Intake{Register: d.register, Keys: d.keys, Minter: d.intake.Minter, Writer: d.intake.Writer, Clock: d.clock}
		back, err := restarted.Resume(visit.Token)
		if err != nil || !slices.Equal(asked(back), want) || !back.Short() {
			t.Errorf("asked %v first and %v then, %v", want, asked(back), err)
		}
	}
	visit := d.open(smgSheet)
	full := unit("smg.09", "smg", survey.WIB)
	full.Mode = survey.FormFull
	if err := d.register.Write(t.Context(), "tes", "", survey.Draft{Object: full, Base: 1}); err != nil {
		t.Fatal(err)
	}
	if back, err := d.intake.Resume(visit.Token); err != nil || !slices.Equal(asked(back), asked(visit)) {
		t.Errorf("asked %v, %v after the unit went back to the full form", asked(back), err)
	}
	if now := d.open(smgSheet); now.Short() || len(now.Form.Unsur) != 9 || len(now.Form.Profile) != 4 {
		t.Errorf("the unit's own mode does not hold: asked %v", asked(now))
	}
	if other := d.open(jprSheet); other.Short() {
		t.Errorf("another unit is asked %v", asked(other))
	}
}

func TestShortFormTakesWhatItAsked(t *testing.T) {
	t.Parallel()
	d := shortDesk(t)
	visit := d.open(smgSheet)
	typed := map[string]string{"layanan": "ktp", "menit_tunggu": "5"}
	want := map[survey.Unsur]int{}
	for _, key := range asked(visit) {
		typed[key] = "3"
		want[survey.Unsur(key)] = 3
	}
	answers, problems := visit.Form.Accept(typed, visit.Services)
	if len(problems) > 0 || !maps.Equal(answers.Unsur, want) {
		t.Fatalf("took %v, problems %v", answers.Unsur, problems)
	}
	d.mustSend(visit.Token, answers)
	if stored, _ := d.stored(); len(stored) != 1 || !stored[0].Short || !maps.Equal(stored[0].Unsur, want) {
		t.Errorf("stored %+v", stored)
	}

	delete(typed, asked(visit)[1])
	if _, problems := visit.Form.Accept(typed, visit.Services); len(problems) != 1 || problems[0].Field != asked(visit)[1] || problems[0].Key != "survey.required" {
		t.Errorf("one of three left out: %v", problems)
	}
	_, problems = visit.Form.Accept(typedAll(map[string]string{"layanan": "ktp"}), visit.Services)
	if len(problems) != 6 || problems[0].Key != "survey.unasked" || survey.Refusal(problems) != survey.RuleMalformed {
		t.Errorf("six answers to what was not asked: %v", problems)
	}
}

// Who wants to answer all nine may, and the answer is a full one.
func TestFullFormInsteadOfTheShort(t *testing.T) {
	t.Parallel()
	d := shortDesk(t)
	visit, err := d.intake.Full(d.open(smgSheet))
	if err != nil || visit.Short() || len(visit.Form.Unsur) != 9 || len(visit.Form.Profile) != 4 {
		t.Fatalf("asked %v, %v", asked(visit), err)
	}
	back, err := d.intake.Resume(visit.Token)
	if err != nil || len(back.Form.Unsur) != 9 {
		t.Errorf("asked %v when it came back, %v", asked(back), err)
	}
	d.mustSend(visit.Token, all(4))
	if stored, _ := d.stored(); len(stored) != 1 || stored[0].Short || len(stored[0].Unsur) != 9 {
		t.Errorf("stored %+v", stored)
	}
}

// A member of staff who reads the questions out reads all of them.
func TestAssistedFormIsFull(t *testing.T) {
	t.Parallel()
	d := shortDesk(t)
	visit, _, err := d.intake.Assist("S1", survey.Account{Username: "kepala", Role: survey.RoleUnitHead, Unit: "smg"})
	if err != nil || visit.Short() || len(visit.Form.Unsur) != 9 {
		t.Errorf("asked %v, %v", asked(visit), err)
	}
}

// Short answers are counted in cells of their own, by the unsur that they are about: 4 and 2 to unsur 1, 6 and 7 (prosedur,
// kompetensi, perilaku) and 3 to persyaratan alone, by somebody who left.
func TestShortAnswersInTallies(t *testing.T) {
	t.Parallel()
	got := &survey.Counts{}
	for _, value := range []int{4, 2} {
		got.Observe(survey.Answers{Unsur: map[survey.Unsur]int{"prosedur": value, "kompetensi": value, "perilaku": value}}, survey.Cell{Short: true})
	}
	got.Observe(survey.Answers{Left: true, Unsur: map[survey.Unsur]int{"persyaratan": 3}}, survey.Cell{Short: true})
	got.Observe(all(1), survey.Cell{})
	two := survey.Moments{N: 2, Sum: 15120, SumSq: 127008000} // 10080 and 5040
	one := survey.Moments{N: 1, Sum: 2520, SumSq: 6350400}
	index := survey.Means{Full: one, Short: map[survey.UnsurSet]survey.Moments{1<<1 | 1<<5 | 1<<6: two, 1 << 0: {N: 1, Sum: 7560, SumSq: 57153600}}}
	officer := survey.Means{Full: one, Short: map[survey.UnsurSet]survey.Moments{survey.OfficerUnsur: two}}
	if !reflect.DeepEqual(got.Index, index) || !reflect.DeepEqual(got.Officer, officer) || got.N != 4 {
		t.Errorf("got %+v and %+v", got.Index, got.Officer)
	}
	if got.Index.N() != 4 || got.Index.ShortN() != 3 || got.Index.Least(survey.AllUnsur) != 1 || got.Index.Least(1<<1|1<<5) != 3 ||
		got.Officer.N() != 3 || got.Officer.Least(survey.OfficerUnsur) != 3 {
		t.Errorf("%d answers, %d short, the least %d and %d", got.Index.N(), got.Index.ShortN(), got.Index.Least(survey.AllUnsur), got.Index.Least(1<<1|1<<5))
	}

	keys := newDesk(t, "2026-11-23T03:00:00Z")
	short, full := answer(monday, 1, all(3)), answer(monday, 2, all(3))
	short.Short = true
	keep(t, keys.store, short.Record())
	keep(t, keys.store, full.Record())
	fold(t, keys.store, monday)
	tally := readTally(t, keys.store, survey.GrainDay, "smg.09", "2026-11-23")
	if cells := tally.Cells(); len(cells) != 2 || cells[0].Short || !cells[1].Short || tally[cells[1]].Index.ShortN() != 1 || tally[cells[0]].Index.Full.N != 1 {
		t.Errorf("cells %+v", cells)
	}
}
