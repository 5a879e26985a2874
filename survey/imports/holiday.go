package imports

import "kesan/survey"

var holidays = table[survey.Holiday]{
	kind: Kind{Name: "libur", Title: "Hari libur", About: "Hari libur nasional, cuti bersama dan libur setempat; dipakai untuk menghitung hari kerja."},
	set:  func(o *survey.Office) survey.Set[survey.Holiday] { return o.Holidays },
	key:  []string{"tanggal", "unit"},
	columns: []column[survey.Holiday]{
		at(Column{"tanggal", true, "2026-03-19", "Tanggal, seperti 2026-03-19 atau 19/03/2026."}, "day", day,
			func(h *survey.Holiday) *survey.Day { return &h.Day }),
		at(Column{"nama", true, "Hari Suci Nyepi", "Nama hari libur."}, "name", text,
			func(h *survey.Holiday) *string { return &h.Name }),
		at(Column{"cuti_bersama", false, "tidak", "ya bila cuti bersama."}, "joint", yesNo,
			func(h *survey.Holiday) *bool { return &h.Joint }),
		at(Column{"unit", false, "", "Kode unit untuk libur setempat (berlaku juga bagi unit di bawahnya); kosong berarti semua."}, "unit", code,
			func(h *survey.Holiday) *string { return &h.Unit }).to(unitExists),
		at(Column{"batal", false, "tidak", "ya bila ternyata bukan hari libur."}, "cancelled", yesNo,
			func(h *survey.Holiday) *bool { return &h.Cancelled }),
	},
}
