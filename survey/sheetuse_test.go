package survey_test

import (
	"testing"

	"kesan/survey"
)

// A sheet of a unit that is open from Monday to Friday, but for a holiday.
func TestOpenDays(t *testing.T) {
	t.Parallel()
	objects := []survey.Object{unit("a", "", survey.WIB), survey.Counter{Code: "L", Unit: "a", Name: "Loket"}, survey.Holiday{Day: "2026-11-16", Name: "Libur"}}
	for day := survey.Day("2026-11-02"); day <= "2026-11-06"; day = day.Add(1) {
		objects = append(objects, survey.OpeningHours{Unit: "a", Weekday: day.Weekday(), Open: "08:00", Close: "16:00"})
	}
	o := office(t, objects...)
	for _, test := range []struct {
		sheet survey.Sheet
		want  int64
	}{
		{survey.Sheet{Counter: "L", ValidFrom: "2026-01-01"}, 21}, // 22 weekdays from 26 October to 24 November, less the holiday
		{survey.Sheet{Counter: "L", ValidFrom: "2026-11-12"}, 8},
		{survey.Sheet{Counter: "L", ValidFrom: "2026-11-12", ValidTo: "2026-11-17"}, 3},
		{survey.Sheet{Counter: "L", ValidFrom: "2026-12-01"}, 0},
		{survey.Sheet{Counter: "?", ValidFrom: "2026-01-01"}, 0},
	} {
		if got := o.OpenDays(test.sheet, "2026-11-24"); got != test.want {
			t.Errorf("%+v: %d open days, want %d", test.sheet, got, test.want)
		}
	}
}

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
