package demo

import (
	"math/rand/v2"

	"kesan/survey"
)

// guest is somebody who came to a counter, and how the person feels about it.
type guest struct {
	rng   *rand.Rand
	mood  int // -100 to 100, the same for all unsur
	delay int // -100 to 100, place within the waiting times: the longest wait is 100
	angry bool
	left  bool
}

// meansOn returns the means from which a guest of a service rates on a day.
func (r *Region) meansOn(truth ServiceTruth, officer string, day survey.Day) [survey.UnsurCount]int {
	means := truth.Means
	if own, ok := r.Truths.Officers[officer]; ok {
		means[survey.Kompetensi.Index()], means[survey.Perilaku.Index()] = own.Kompetensi, own.Perilaku
	}
	for _, fall := range r.Truths.Falls {
		if fall.Unit == truth.Unit && day >= fall.From {
			for u := range means {
				means[u] = fallen(means[u], fall.By)
			}
		}
	}
	return means
}

func newGuest(rng *rand.Rand, truth ServiceTruth) guest {
	g := guest{rng: rng, mood: between(rng, 100), delay: between(rng, 100), left: chance(rng, truth.Left)}
	if g.left { // who left had waited long
		g.delay = max(g.delay, -g.delay)
	}
	g.angry = !g.left && chance(rng, angry)
	return g
}

// ratings are what the guest chooses. Who left unserved rates only what can be seen from the waiting room.
func (g guest) ratings(means [survey.UnsurCount]int, leave int) map[survey.Unsur]int {
	chosen := make(map[survey.Unsur]int, survey.UnsurCount)
	for u, name := range survey.UnsurList {
		mean := means[u] * 100 // in ten-thousandths of a point from here on
		switch name {
		case survey.Waktu:
			if g.left {
				chosen[name] = 1 + g.rng.IntN(2)
			} else {
				chosen[name] = g.rate(rest(mean, leave), -g.delay)
			}
		case survey.Prosedur, survey.Sarana:
			chosen[name] = g.rate(mean, between(g.rng, 100))
		default:
			if !g.left {
				chosen[name] = g.rate(mean, between(g.rng, 100))
			}
		}
	}
	return chosen
}

const point = 10_000

// rate draws 1 to 4 with the given mean: the mean moved by mood and noise as far as the scale allows on both sides, then
// rounded up or down by chance, neither of which shifts the mean.
func (g guest) rate(mean, noise int) int {
	if mean >= free*100 {
		return 4
	}
	if g.angry {
		return 1 + g.rng.IntN(2)
	}
	calm := min(rest(mean, angry), 4*point)
	reach := min(point, 4*point-calm, calm-point)
	value := calm + reach*(g.mood+noise)/200
	return (value + g.rng.IntN(point)) / point
}

// rest returns the mean of the others when perMille of all answer 1 or 2. With mean 3.20 and 20 per mille: 3.2347.
func rest(mean, perMille int) int {
	return (mean*1000 - bad*100*perMille) / (1000 - perMille)
}

// spread says how waiting times lie around their median, in percent of it, at every twentieth of the people: a log-normal
// curve with a sigma of 0.5, cut at both ends.
var spread = [21]int{31, 44, 53, 60, 66, 71, 77, 83, 88, 94, 100, 107, 114, 121, 130, 140, 152, 168, 190, 228, 320}

// waited returns the minutes that a guest waited.
func (g guest) waited(median int) int {
	at := min(max(g.delay+100, 0), 199) // 0 to 199, ten steps for each twentieth
	low, high := spread[at/10], spread[at/10+1]
	percent := low*10 + (high-low)*(at%10)
	return min((median*percent+500)/1000, survey.MaxWait)
}
