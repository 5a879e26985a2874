package imports

import "kesan/survey"

// The begin of a duty stands in two columns, its end in one or two: the day is the first one's unless another is given.
var (
	dutyDay = column[survey.Duty]{
		Column: Column{"tanggal", true, "2026-01-05", "Tanggal mulai, seperti 2026-01-05 atau 05/01/2026."}, field: "from",
		read: func(cell string, to *survey.Duty) fault {
			d, bad := day.read(cell)
			to.From = join(string(d), "")
			return bad
		},
		show: func(d survey.Duty) string { return dayOf(d.From) },
	}
	dutyFrom = column[survey.Duty]{
		Column: Column{"mulai", true, "08:00", "Jam mulai menurut zona waktu unit."},
		read: func(cell string, to *survey.Duty) fault {
			c, bad := clock.read(cell)
			to.From = join(dayOf(to.From), c)
			return bad
		},
		show: func(d survey.Duty) string { return clockOf(d.From) },
	}
	dutyTo = column[survey.Duty]{
		Column: Column{"selesai", true, "12:00", "Jam selesai."}, field: "to",
		read: func(cell string, to *survey.Duty) fault {
			c, bad := clock.read(cell)
			to.To = join(dayOf(to.From), c)
			return bad
		},
		show: func(d survey.Duty) string { return clockOf(d.To) },
	}
	dutyLast = column[survey.Duty]{
		Column: Column{"tanggal_selesai", false, "", "Hanya untuk dinas yang melewati tengah malam: tanggal selesainya."},
		read: func(cell string, to *survey.Duty) fault {
			if cell == "" {
				return fault{}
			}
			d, bad := day.read(cell)
			to.To = join(string(d), clockOf(to.To))
			return bad
		},
		show: func(d survey.Duty) string {
			if last := dayOf(d.To); last != dayOf(d.From) {
				return last
			}
			return ""
		},
	}
)

var duties = table[survey.Duty]{
	kind: Kind{Name: "jadwal", Title: "Jadwal petugas", About: "Siapa melayani di loket mana, dari jam berapa sampai jam berapa. Impor loket dan petugas lebih dulu. Jawaban warga dihitung untuk petugas yang terjadwal saat halaman survei dibuka."},
	set:  func(o *survey.Office) survey.Set[survey.Duty] { return o.Duties },
	key:  []string{"loket", "tanggal", "mulai"},
	row:  checkDuty,
	rows: overlaps,
	columns: []column[survey.Duty]{
		at(Column{"loket", true, "L1", "Kode loket."}, "counter", code,
			func(d *survey.Duty) *string { return &d.Counter }).to(counterExists),
		at(Column{"nip", true, "199001152015031999", "NIP atau kode internal petugas."}, "officer", nip,
			func(d *survey.Duty) *string { return &d.Officer }).to(officerExists),
		dutyDay, dutyFrom, dutyTo, dutyLast,
		at(Column{"batal", false, "tidak", "ya bila jadwal ini tidak jadi."}, "cancelled", yesNo,
			func(d *survey.Duty) *bool { return &d.Cancelled }),
	},
}

func checkDuty(r *row[survey.Duty]) {
	switch {
	case !r.good("tanggal", "mulai", "selesai", "tanggal_selesai"):
	case r.value.To <= r.value.From && dayOf(r.value.To) == dayOf(r.value.From):
		r.bad("selesai", "import.night", clockOf(r.value.From))
	case r.value.To <= r.value.From:
		r.bad("tanggal_selesai", "import.after", "tanggal")
	}
}
