package survey_test

import (
	"testing"

	"kesan/survey"
)

// An answer that was moved came by its sheet once, and new answers are seen at once.
func TestSheetUses(t *testing.T) {
	t.Parallel()
	d, m := newMover(t, openStore(t))
	uses := survey.NewSheetUses(d.store)
	of := func(unit, sheet string, today survey.Day) survey.SheetUse {
		t.Helper()
		found, err := uses.Of(t.Context(), unit, today)
		if err != nil {
			t.Fatal(err)
		}
		return found[sheet]
	}
	six := survey.SheetUse{Week: 6, Month: 6, Last: "2026-11-23"}
	for _, step := range []func(){
		func() {}, func() { move(t, m, tenToTwelve("S2")) },
		func() { back := tenToTwelve("J1"); back.ID = smgSheet + "-TIMUR"; move(t, m, back) },
	} {
		step()
		if got := of("smg.09", smgSheet, "2026-11-24"); got != six {
			t.Errorf("used %+v, want %+v", got, six)
		}
		if got := of("jpr", smgSheet, "2026-11-24"); got != (survey.SheetUse{}) {
			t.Errorf("used %+v in Jayapura", got)
		}
	}
	d.mustSend(d.open(smgSheet).Token, all(2))
	for today, want := range map[survey.Day]survey.SheetUse{
		"2026-11-24": {Week: 7, Month: 7, Last: "2026-11-24"}, "2026-11-30": {Week: 1, Month: 7, Last: "2026-11-24"},
		"2026-12-22": {Month: 7, Last: "2026-11-24"}, "2026-12-23": {Month: 1, Last: "2026-11-24"}, "2026-12-24": {},
	} {
		if got := of("smg.09", smgSheet, today); got != want {
			t.Errorf("on %s: %+v, want %+v", today, got, want)
		}
	}
}
