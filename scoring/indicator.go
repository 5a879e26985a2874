package scoring

import "kesan/survey"

// Keys of the indicators that are computed here.
const (
	IKM             = survey.IKM
	KepuasanPetugas = survey.KepuasanPetugas
	WaktuTunggu     = survey.WaktuTunggu
	Nilai           = survey.Nilai
)

// Consolidation says how the figure of a unit follows from the units below it.
type Consolidation string

// The consolidations: pool the answers, or take the plain mean of the units' published figures.
const (
	Pooled           Consolidation = "pooled"
	MeanOfUnitValues Consolidation = "mean_of_units"
	NotAdditive      Consolidation = "none"
)

// Indicator is the definition of an indicator as the manual indikator kinerja holds it (PermenPANRB 6/2022, format A.1).
// Definitions are data: a page or an export that explains a figure prints this.
type Indicator struct {
	Key           string          `json:"key"`
	Label         string          `json:"label"`
	Unit          string          `json:"unit"`
	Polarity      survey.Polarity `json:"polarity"`
	Definition    string          `json:"definition"`
	Formula       string          `json:"formula"`
	Source        Source          `json:"source"`
	Recipe        string          `json:"recipe"` // name@version of the computation
	Consolidation Consolidation   `json:"consolidation"`
	Decimals      int             `json:"decimals"`
	// Weights hold for a subject none of whose targets has a weight, by level; an indicator that is not named weighs 0.
	Weights map[survey.Level]int64 `json:"weights,omitempty"`
}

// Source says where the realisasi comes from.
type Source string

// The sources of figures.
const (
	SourceSurvey   Source = "survey"   // answers of citizens
	SourceReported Source = "reported" // minutes that citizens report
	SourceComputed Source = "computed" // other figures
)

// Indicators returns the definitions in the order in which figures are listed; nilai, which rests on the others, is last.
func Indicators() []Indicator {
	return []Indicator{
		{
			Key: IKM, Label: "Indeks Kepuasan Masyarakat", Unit: "indeks 25-100", Polarity: survey.Maximise,
			Definition: "Tingkat kepuasan masyarakat atas sembilan unsur pelayanan menurut PermenPANRB 14/2017.",
			Formula:    "Rata-rata nilai tiap unsur (NRR) x bobot 1/jumlah unsur, dijumlahkan, x 25.",
			Source:     SourceSurvey, Recipe: "ikm@1", Consolidation: Pooled, Decimals: 2,
			Weights: map[survey.Level]int64{survey.LevelUnit: 100},
		},
		{
			Key: KepuasanPetugas, Label: "Kepuasan atas petugas", Unit: "indeks 25-100", Polarity: survey.Maximise,
			Definition: "Kepuasan masyarakat atas unsur yang berada dalam kendali petugas: kompetensi dan perilaku pelaksana.",
			Formula:    "Rata-rata NRR kompetensi dan NRR perilaku x 25.",
			Source:     SourceSurvey, Recipe: "kepuasan_petugas@1", Consolidation: Pooled, Decimals: 2,
			Weights: map[survey.Level]int64{survey.LevelOfficer: 100},
		},
		{
			Key: WaktuTunggu, Label: "Waktu tunggu", Unit: "menit", Polarity: survey.Minimise,
			Definition: "Lama menunggu sebelum dilayani, menurut yang disampaikan masyarakat.",
			Formula:    "Median (peringkat terdekat) dari menit menunggu semua jawaban; persentil tidak pernah dirata-ratakan.",
			Source:     SourceReported, Recipe: "waktu_tunggu@1", Consolidation: Pooled, Decimals: 0,
		},
		{
			Key: Nilai, Label: "Nilai capaian tertimbang", Unit: "%", Polarity: survey.Maximise,
			Definition: "Capaian semua indikator yang bertarget, ditimbang; bukan predikat kinerja, melainkan bahan pertimbangan.",
			Formula:    "Jumlah (capaian x bobot) / jumlah bobot indikator yang ada datanya; cakupan = bagian bobot yang ada datanya.",
			Source:     SourceComputed, Recipe: "nilai@1", Consolidation: NotAdditive, Decimals: 2,
		},
	}
}

// IndicatorOf returns the definition with the key, or false when there is none.
func IndicatorOf(key string) (Indicator, bool) {
	for _, indicator := range Indicators() {
		if indicator.Key == key {
			return indicator, true
		}
	}
	return Indicator{}, false
}
