// Package export writes the rows of a cycle as files that a spreadsheet opens: CSV and XLSX. It changes no figure and
// leaves none out: what a caller may see is decided before.
package export

import (
	"strings"
	"time"
	"unicode"

	"kesan/scoring"
	"kesan/survey"
)

// Figure is a row with the names of what it is about.
type Figure struct {
	scoring.Row
	UnitName, OfficerName string
}

// Table is what a file holds: the figures, and what is needed to judge them years later.
type Table struct {
	Agency  string
	Cycle   scoring.CycleHead
	Label   string // of the period: "Triwulan IV 2026"
	Digest  string // of a locked cycle
	AsOf    time.Time
	Zone    survey.Zone
	Filter  string // which rows were chosen, in words; empty: all
	Policy  survey.Policy
	Figures []Figure
}

// cell is a text, or a number of one of two kinds. With neither it is empty.
type cell struct {
	text   string
	figure *scoring.Hundredths
	count  *int64
}

// column is one column of a file with rows of a kind: its heading, the name that the API gives it, and what it means.
type column[R any] struct {
	label, key, about string
	width             float64
	cell              func(R) cell
}

func text(value string) cell                    { return cell{text: value} }
func figureCell(value *scoring.Hundredths) cell { return cell{figure: value} }
func bound(interval *scoring.Interval, i int) cell {
	if interval == nil {
		return cell{}
	}
	return cell{figure: &interval[i]}
}

// columns lists the columns of a table in order.
func (t Table) columns() []column[Figure] {
	return []column[Figure]{
		{"Siklus", "cycle.id", "ID siklus", 10, func(Figure) cell { return text(t.Cycle.ID) }},
		{"Versi", "cycle.version", "Versi siklus; koreksi atas siklus terkunci menjadi versi baru", 7, func(Figure) cell {
			version := int64(t.Cycle.Version)
			return cell{count: &version}
		}},
		{"Tingkat", "level", "Unit atau petugas", 9, func(f Figure) cell { return text(levels[f.Level]) }},
		{"Kode unit", "unit", "Kosong: gabungan semua unit tempat petugas bertugas", 14, func(f Figure) cell { return text(string(f.Unit)) }},
		{"Nama unit", "", "Nama unit saat berkas dibuat", 34, func(f Figure) cell { return text(f.UnitName) }},
		{"NIP", "nip", "NIP petugas ASN; di CSV dipenggal 8-6-1-3 agar tidak dibaca sebagai bilangan", 22, func(f Figure) cell { return text(string(f.NIP)) }},
		{"Nama petugas", "", "Nama petugas saat berkas dibuat", 28, func(f Figure) cell { return text(f.OfficerName) }},
		{"Kode indikator", "indicator", "Kunci indikator", 18, func(f Figure) cell { return text(f.Indicator) }},
		{"Indikator", "", "Nama indikator", 30, func(f Figure) cell { return text(label(f.Indicator)) }},
		{"Nilai", "value", "Realisasi; kosong berarti jawaban belum cukup, tidak pernah berarti 0", 9, func(f Figure) cell { return figureCell(f.Value) }},
		{"Mutu", "grade", "Indeks: mutu pelayanan A-D (PermenPANRB 14/2017); nilai: golongan capaian, bukan predikat kinerja", 7, func(f Figure) cell { return text(string(f.Grade)) }},
		{"Target", "target", "Target; untuk target rentang, batas bawah", 9, func(f Figure) cell { return figureCell(f.Target) }},
		{"Target atas", "target_upper", "Batas atas target rentang", 9, func(f Figure) cell { return figureCell(f.TargetUpper) }},
		{"Capaian (%)", "achievement", "Capaian terhadap target, setelah dibatasi", 11, func(f Figure) cell { return figureCell(f.Achievement) }},
		{"Jumlah jawaban", "n", "Banyaknya jawaban yang dihitung; kosong bila angka itu sendiri mengungkap sesuatu", 10, func(f Figure) cell { return cell{count: f.N} }},
		{"Selang bawah", "interval[0]", "Batas bawah selang kepercayaan 95 %", 9, func(f Figure) cell { return bound(f.Interval, 0) }},
		{"Selang atas", "interval[1]", "Batas atas selang kepercayaan 95 %", 9, func(f Figure) cell { return bound(f.Interval, 1) }},
		{"Nilai disusutkan", "shrunk", "Nilai yang ditarik ke rata-rata layanan yang sama di unit yang sama, untuk jawaban sedikit", 11, func(f Figure) cell { return figureCell(f.Shrunk) }},
		{"Nilai terverifikasi", "verified.value", "Nilai dari jawaban terverifikasi saja (layar atau tiket)", 12, func(f Figure) cell {
			if f.Verified == nil {
				return cell{}
			}
			return figureCell(&f.Verified.Value)
		}},
		{"Jawaban terverifikasi", "verified.n", "Banyaknya jawaban terverifikasi", 12, func(f Figure) cell {
			if f.Verified == nil {
				return cell{}
			}
			return cell{count: &f.Verified.N}
		}},
		{"Sumber", "source", "Asal angka", 18, func(f Figure) cell { return text(source(f.Source)) }},
		{"Cakupan", "coverage", "Bagian bobot yang ada datanya, 0 sampai 1", 9, func(f Figure) cell { return figureCell(f.Coverage) }},
		{"Status", "status", "Untuk apa angka boleh dipakai", 14, func(f Figure) cell { return text(StatusWord(f.Status)) }},
		{"Cara hitung", "recipe", "Nama dan versi cara hitung", 20, func(f Figure) cell { return text(f.Recipe) }},
		{"Jawaban singkat", "short", "Berapa di antaranya jawaban bentuk singkat (tiga unsur); kosong bila tidak ada", 10, func(f Figure) cell { return cell{count: f.Short} }},
	}
}

var levels = map[survey.Level]string{survey.LevelUnit: "unit", survey.LevelOfficer: "petugas"}

var sources = map[scoring.Source]string{
	scoring.SourceSurvey: "jawaban warga", scoring.SourceReported: "menit menurut warga", scoring.SourceComputed: "dihitung",
}

func source(s scoring.Source) string {
	if word, ok := sources[s]; ok {
		return word
	}
	return string(s)
}

// statuses are the statuses of figures as people read them.
var statuses = []struct {
	status      scoring.Status
	word, about string
}{
	{scoring.StatusProvisional, "belum final", "Siklus belum dikunci; angka masih dapat berubah."},
	{scoring.StatusFinal, "final", "Siklus sudah dikunci; angka tidak berubah lagi."},
	{scoring.StatusIndicative, "indikatif", "Terlalu sedikit jawaban untuk penilaian kinerja."},
	{scoring.StatusInsufficient, "belum cukup", "Terlalu sedikit jawaban untuk ditampilkan, atau belum ada."},
}

// StatusWord names a status for people.
func StatusWord(status scoring.Status) string {
	for _, s := range statuses {
		if s.status == status {
			return s.word
		}
	}
	return string(status)
}

func label(indicator string) string {
	definition, _ := scoring.IndicatorOf(indicator)
	return definition.Label
}

// safe keeps a name from running as a formula where the file is opened, or where it is saved as another kind of file later:
// a leading = + - or @, also in the wide forms that some programs take for them, gets an apostrophe, and what is not printed
// becomes a blank. Marks that do not show are left out before it, since some programs drop them.
func safe(name string) string {
	name = strings.Map(func(c rune) rune {
		if unicode.IsControl(c) || c == '\u2028' || c == '\u2029' || c == unicode.ReplacementChar {
			return ' '
		}
		return c
	}, name)
	name = strings.TrimFunc(name, func(c rune) bool { return unicode.IsSpace(c) || unicode.Is(unicode.Cf, c) })
	if name != "" && strings.ContainsRune("=+-@\uff1d\uff0b\uff0d\uff20", []rune(name)[0]) {
		return "'" + name
	}
	return name
}
