package survey

// Unsur names one of the nine elements of the SKM by meaning. The U-numbers differ between the rule's text (pengaduan U8)
// and its questionnaire (sarana 8th), so a number is never stored; it is a matter of display and export.
type Unsur string

// The nine unsur in the order of the questionnaire, PermenPANRB 14/2017, annex.
const (
	Persyaratan Unsur = "persyaratan"
	Prosedur    Unsur = "prosedur"
	Waktu       Unsur = "waktu"
	Biaya       Unsur = "biaya"
	Produk      Unsur = "produk"
	Kompetensi  Unsur = "kompetensi"
	Perilaku    Unsur = "perilaku"
	Sarana      Unsur = "sarana"
	Pengaduan   Unsur = "pengaduan"
)

// UnsurCount is how many unsur the SKM has.
const UnsurCount = 9

// UnsurList holds the nine unsur in the order of the questionnaire; tallies index their counts by it.
var UnsurList = [UnsurCount]Unsur{Persyaratan, Prosedur, Waktu, Biaya, Produk, Kompetensi, Perilaku, Sarana, Pengaduan}

var unsurIndex = func() map[Unsur]int {
	index := make(map[Unsur]int, UnsurCount)
	for i, u := range UnsurList {
		index[u] = i
	}
	return index
}()

// Index returns the place of the unsur in UnsurList, or -1.
func (u Unsur) Index() int {
	if i, ok := unsurIndex[u]; ok {
		return i
	}
	return -1
}

// OfOfficer says whether the unsur is within the control of the officer at the counter. Only these enter an officer's
// figure; the other seven are the unit's.
func (u Unsur) OfOfficer() bool { return u == Kompetensi || u == Perilaku }

var unsurNames = map[Unsur]string{
	Persyaratan: "Persyaratan",
	Prosedur:    "Sistem, Mekanisme, dan Prosedur",
	Waktu:       "Waktu Penyelesaian",
	Biaya:       "Biaya/Tarif",
	Produk:      "Produk Spesifikasi Jenis Pelayanan",
	Kompetensi:  "Kompetensi Pelaksana",
	Perilaku:    "Perilaku Pelaksana",
	Sarana:      "Sarana dan Prasarana",
	Pengaduan:   "Penanganan Pengaduan, Saran dan Masukan",
}

// Name returns the official name of the unsur.
func (u Unsur) Name() string { return unsurNames[u] }
