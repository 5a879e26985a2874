package imports

import (
	"cmp"
	"regexp"
	"strings"

	"kesan/survey"
)

// indicator is what an import must know of one: the bounds of its targets in hundredths, 0 meaning none.
type indicator struct {
	key       string
	low, high int64
	unitOnly  bool // no officer gets a figure of it
}

// indicators are those that have a number. Umpan balik rekan has none and therefore no target.
var indicators = []indicator{
	{key: "ikm", low: 2500, high: 10000, unitOnly: true}, // the SKM is by law a unit instrument
	{key: "kepuasan_petugas", low: 2500, high: 10000},
	{key: "waktu_tunggu"},
	{key: "waktu_penyelesaian"},
	{key: "tepat_waktu", high: 10000},
	{key: "respon_pengaduan"},
	{key: "akurasi_data", high: 10000},
	{key: "tindak_lanjut", high: 10000},
}

func findIndicator(key string) (indicator, bool) {
	for _, i := range indicators {
		if i.key == key {
			return i, true
		}
	}
	return indicator{}, false
}

func indicatorKeys() string {
	var keys []string
	for _, i := range indicators {
		keys = append(keys, i.key)
	}
	return strings.Join(keys, ", ")
}

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

var (
	period        = format[string]{read: readPeriod, show: asIs}
	periodPattern = regexp.MustCompile(`^20\d\d(-(TW[1-4]|S[12]|0[1-9]|1[0-2]))?$`)
)

func readPeriod(cell string) (string, fault) {
	id := strings.ToUpper(cell)
	if !periodPattern.MatchString(id) {
		return "", faulty("import.period", quote(cell))
	}
	return id, fault{}
}
