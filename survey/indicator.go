package survey

// Keys of the indicators of which figures are given. What they are and how they are computed is scoring's.
const (
	IKM             = "ikm"
	KepuasanPetugas = "kepuasan_petugas"
	WaktuTunggu     = "waktu_tunggu"
	Nilai           = "nilai" // the weighted score; it rests on the others and has no target of its own
)

// TargetIndicators are the keys of the indicators that may have targets, in the order in which figures are listed.
var TargetIndicators = [...]string{IKM, KepuasanPetugas, WaktuTunggu}
