package demo

import (
	"math/rand/v2"

	"kesan/survey"
)

const (
	tellsWait = 820 // per mille who say how long they waited
	comments  = 120 // per mille who write something
	keepsBack = 500 // per mille of those who left who do not say who they are
)

// answers are what a guest of a counter says on a day about a service and the officer, "" when nobody knows which.
func (r *Region) answers(rng *rand.Rand, d *desk, officer string, day survey.Day) survey.Answers {
	service := d.asked(rng)
	truth := r.Truths.Services[service]
	g := newGuest(rng, truth)
	a := survey.Answers{Service: service, Unsur: g.ratings(r.meansOn(truth, officer, day), truth.Left), Left: g.left}
	if chance(rng, tellsWait) {
		minutes := g.waited(truth.Wait)
		a.Wait = &minutes
	}
	if !g.left || !chance(rng, keepsBack) {
		a.Profile = profile(rng, d.branch)
	}
	if chance(rng, comments) {
		a.Comment = comment(rng, d, a)
	}
	return a
}

// asked draws the service that somebody came for; the first ones are asked for most.
func (d *desk) asked(rng *rand.Rand) string {
	return d.services[min(rng.IntN(len(d.services)), rng.IntN(len(d.services)))]
}

// language is what page the guest read.
func language(rng *rand.Rand) string {
	if chance(rng, 12) {
		return "en"
	}
	return "id"
}
