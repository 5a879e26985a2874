package export

import "kesan/survey"

// Purpose says what figures are for; it stands on every file and page that leaves for an appraisal.
const Purpose = "Umpan balik pihak lain yang berhubungan dengan kinerja pegawai (PermenPANRB 6/2022 Pasal 18): salah satu bahan pertimbangan, bukan predikat kinerja."

// StateWord names a cycle's state for people.
func StateWord(state survey.CycleState) string {
	switch state {
	case survey.CycleOpen:
		return "berjalan"
	case survey.CycleProvisional:
		return "sementara"
	case survey.CycleLocked:
		return "dikunci"
	}
	return string(state)
}
