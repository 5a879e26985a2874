package imports

import (
	"cmp"
	"time"

	"kesan/survey"
)

var weekdays = choice(
	word[time.Weekday]{"senin", time.Monday}, word[time.Weekday]{"selasa", time.Tuesday}, word[time.Weekday]{"rabu", time.Wednesday},
	word[time.Weekday]{"kamis", time.Thursday}, word[time.Weekday]{"jumat", time.Friday}, word[time.Weekday]{"sabtu", time.Saturday},
	word[time.Weekday]{"minggu", time.Sunday})

var hours = table[survey.OpeningHours]{
	kind: Kind{Name: "jam", Title: "Jam buka", About: "Jam buka setiap unit pada hari-hari kerjanya. Unit tanpa baris mengikuti induknya; hari tanpa baris tutup. Impor unit lebih dulu."},
	set:  func(o *survey.Office) survey.Set[survey.OpeningHours] { return o.Hours },
	key:  []string{"unit", "hari"},
	row:  checkHours,
	order: func(a, b survey.OpeningHours) int {
		return cmp.Or(cmp.Compare(a.Unit, b.Unit), cmp.Compare((a.Weekday+6)%7, (b.Weekday+6)%7)) // Monday first
	},
	columns: []column[survey.OpeningHours]{
		at(unitColumn, "unit", code,
			func(h *survey.OpeningHours) *string { return &h.Unit }).to(unitExists),
		at(Column{"hari", true, "senin", "senin, selasa, rabu, kamis, jumat, sabtu atau minggu."}, "weekday", weekdays,
			func(h *survey.OpeningHours) *time.Weekday { return &h.Weekday }),
		at(Column{"buka", true, "08:00", "Jam unit mulai melayani."}, "open", clock,
			func(h *survey.OpeningHours) *string { return &h.Open }),
		at(Column{"tutup", true, "16:00", "Jam unit selesai melayani."}, "close", clock,
			func(h *survey.OpeningHours) *string { return &h.Close }),
		at(Column{"batal", false, "tidak", "ya bila unit tidak lagi buka pada hari itu."}, "closed", yesNo,
			func(h *survey.OpeningHours) *bool { return &h.Closed }),
	},
}

func checkHours(r *row[survey.OpeningHours]) {
	if r.good("buka", "tutup") && r.value.Close <= r.value.Open {
		r.bad("tutup", "import.after", "buka")
	}
}
