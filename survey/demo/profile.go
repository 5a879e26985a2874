package demo

import (
	"math/rand/v2"

	"kesan/survey"
)

var (
	ages = []share[string]{{"u17", 3}, {"18-25", 21}, {"26-35", 29}, {"36-45", 24}, {"46-55", 15}, {"56", 8}}
	// patients are older.
	patients = []share[string]{{"u17", 2}, {"18-25", 12}, {"26-35", 25}, {"36-45", 22}, {"46-55", 20}, {"56", 19}}
	mothers  = []share[string]{{"18-25", 36}, {"26-35", 49}, {"36-45", 15}}

	genders = []share[string]{{"l", 45}, {"p", 53}, {"tidak_menjawab", 2}}

	schooling = []share[string]{{"sd", 8}, {"smp", 14}, {"sma", 44}, {"diploma", 11}, {"s1", 19}, {"s2", 3}, {"tidak_sekolah", 1}}
	ofYoung   = []share[string]{{"smp", 22}, {"sma", 64}, {"diploma", 6}, {"s1", 8}}
	ofOld     = []share[string]{{"tidak_sekolah", 4}, {"sd", 30}, {"smp", 20}, {"sma", 29}, {"diploma", 5}, {"s1", 10}, {"s2", 2}}

	work      = []share[string]{{"swasta", 27}, {"wirausaha", 22}, {"petani_nelayan", 12}, {"pns", 9}, {"tni", 2}, {"polri", 2}, {"lainnya", 12}}
	workYoung = []share[string]{{"pelajar", 52}, {"swasta", 26}, {"wirausaha", 8}, {"lainnya", 10}, {"petani_nelayan", 4}}
	workOld   = []share[string]{{"petani_nelayan", 24}, {"wirausaha", 26}, {"lainnya", 36}, {"swasta", 8}, {"pns", 6}}
)

// profile says who answers: one of a kind that occurs, so that a pupil is young and few homemakers are men.
func profile(rng *rand.Rand, b *branch) map[string]string {
	age, gender := draw(rng, ages), draw(rng, genders)
	switch {
	case b.mothers:
		age, gender = draw(rng, mothers), "p"
	case b.clinic:
		age = draw(rng, patients)
	}
	who := map[string]string{survey.ProfileGender: gender, survey.ProfileAge: age}
	switch age {
	case "u17":
		who[survey.ProfileEducation], who[survey.ProfileOccupation] = pick(rng, []string{"smp", "sma", "sd"}), "pelajar"
		return who
	case "18-25":
		who[survey.ProfileEducation], who[survey.ProfileOccupation] = draw(rng, ofYoung), draw(rng, workYoung)
	case "56":
		who[survey.ProfileEducation], who[survey.ProfileOccupation] = draw(rng, ofOld), draw(rng, workOld)
	default:
		who[survey.ProfileEducation], who[survey.ProfileOccupation] = draw(rng, schooling), draw(rng, work)
	}
	if gender == "p" && age != "18-25" && chance(rng, 420) {
		who[survey.ProfileOccupation] = "irt"
	}
	return who
}
