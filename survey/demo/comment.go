package demo

import (
	"math/rand/v2"

	"kesan/survey"
)

// comment is what a guest writes: about the unsur that was worst, or thanks, now and then in the words of the place.
func comment(rng *rand.Rand, d *desk, a survey.Answers) string {
	if a.Left {
		return pick(rng, aboutLeaving)
	}
	worst, lowest, sum := survey.Unsur(""), 5, 0
	for _, u := range survey.UnsurList {
		value := a.Unsur[u]
		sum += value
		if value < lowest {
			worst, lowest = u, value
		}
	}
	switch {
	case lowest <= 2 && !chance(rng, 150):
		return pick(rng, complaint(worst, d.branch.clinic))
	case sum < 29: // most said 3
		return pick(rng, measured)
	case chance(rng, 250):
		return pick(rng, d.place.flavour)
	case d.branch.clinic && chance(rng, 500):
		return pick(rng, thanksClinic)
	case !d.branch.clinic && chance(rng, 400):
		return pick(rng, thanksOffice)
	}
	return pick(rng, thanks)
}

func complaint(u survey.Unsur, clinic bool) []string {
	if clinic && len(aboutClinic[u]) > 0 {
		return aboutClinic[u]
	}
	return about[u]
}
