package imports

import (
	"cmp"
	"strings"

	"kesan/survey"
)

// bounds are the smallest and the largest target of an indicator, in hundredths.
type bounds struct{ low, high int64 }

// boundsOf returns the bounds of an indicator: indices lie on the scale 25..100.
func boundsOf(indicator string) bounds {
	switch indicator {
	case survey.IKM, survey.KepuasanPetugas:
		return bounds{25_00, 100_00}
	}
	return bounds{1, 1_000_000_00}
}

func indicatorKeys() string { return strings.Join(survey.TargetIndicators[:], ", ") }

var levels = choice(word[survey.Level]{"unit", survey.LevelUnit}, word[survey.Level]{"petugas", survey.LevelOfficer})

var targets = table[survey.Target]{
	kind: Kind{Name: "target", Title: "Target", About: "Target indikator per periode. Target setahun berlaku bagi setiap periode di dalamnya yang tidak punya target sendiri. Impor unit dan petugas lebih dulu."},
	set:  func(o *survey.Office) survey.Set[survey.Target] { return o.Targets },
	key:  []string{"indikator", "tingkat", "unit", "nip", "periode"},
	row:  checkTarget,
	rows: unitIndicators,
	order: func(a, b survey.Target) int {
		return cmp.Or(cmp.Compare(a.Period, b.Period), cmp.Compare(b.Level, a.Level), cmp.Compare(a.Unit, b.Unit),
			cmp.Compare(a.Officer, b.Officer), cmp.Compare(a.Indicator, b.Indicator)) // units before officers
	},
	columns: []column[survey.Target]{
		at(Column{"indikator", true, "ikm", "Kunci indikator: " + indicatorKeys() + "."}, "indicator", code,
			func(t *survey.Target) *string { return &t.Indicator }),
		at(Column{"tingkat", true, "unit", "unit atau petugas."}, "level", levels,
			func(t *survey.Target) *survey.Level { return &t.Level }),
		at(Column{"unit", false, "33.74.09.01", "Kode unit; pada tingkat petugas berlaku bagi semua petugas unit itu dan di bawahnya."}, "unit", code,
			func(t *survey.Target) *string { return &t.Unit }).to(unitExists),
		at(Column{"nip", false, "", "Hanya pada tingkat petugas: target untuk satu petugas; kolom unit lalu dikosongkan."}, "officer", nip,
			func(t *survey.Target) *string { return &t.Officer }).to(officerExists),
		at(Column{"periode", true, "2026", "Setahun 2026, semester 2026-S2, triwulan 2026-TW4 atau bulan 2026-11."}, "period", period,
			func(t *survey.Target) *string { return &t.Period }),
		at(Column{"target", true, "83,5", "Nilai target, paling banyak dua angka di belakang koma."}, "value", hundredths,
			func(t *survey.Target) *int64 { return &t.Value }),
		at(Column{"target_atas", false, "", "Hanya untuk target berupa rentang: batas atasnya."}, "upper", hundredths,
			func(t *survey.Target) *int64 { return &t.Upper }),
		at(Column{"bobot", false, "50", "Bobot dalam nilai gabungan, 0 sampai 100."}, "weight", whole[int64](),
			func(t *survey.Target) *int64 { return &t.Weight }),
		at(Column{"batal", false, "tidak", "ya bila target ini dicabut."}, "cancelled", yesNo,
			func(t *survey.Target) *bool { return &t.Cancelled }),
	},
}

var period = format[string]{read: readPeriod, show: asIs}

func readPeriod(cell string) (string, fault) {
	period, err := survey.ParsePeriod(strings.ToUpper(cell))
	if err != nil {
		return "", faulty("import.period", quote(cell))
	}
	return period.ID, fault{}
}
