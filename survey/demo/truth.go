package demo

import "kesan/survey"

// Truths are what the answers were drawn from: what honest figures should come near to. Means are in hundredths, 320 is
// 3.20, over all who answer an unsur, those included who left unserved.
type Truths struct {
	Services map[string]ServiceTruth // by service
	Officers map[string]OfficerTruth // by officer
	Grades   map[string]string       // unit that serves -> mutu A to D before any fall
	Falls    []Fall
	Moves    []Move
	Cheats   []Cheat
	// New is an officer with three answers in all, Indicative one with 18 in the quarter of the last day.
	New, Indicative string
}

// ServiceTruth is how a service is. Kompetensi and perilaku are the officer's where one is known.
type ServiceTruth struct {
	Unit  string
	Means [survey.UnsurCount]int
	Wait  int // median, minutes
	Left  int // per mille who leave unserved
}

// OfficerTruth is how an officer is, wherever the officer serves.
type OfficerTruth struct{ Kompetensi, Perilaku int }

// Fall is a unit that becomes worse by so many hundredths in every unsur that is not free of charge.
type Fall struct {
	Unit  string
	From  survey.Day
	By    int
	Grade string // afterwards
}

// Move is an officer who goes to another unit.
type Move struct {
	Officer, From, To string
	On                survey.Day
}

const (
	// free is the mean from which everybody answers 4, as for what costs nothing.
	free = 395
	// angry per mille of those who are served answer 1 or 2 to everything.
	angry = 20
	bad   = 150 // the mean of 1 and 2, in hundredths
)

func (r *Region) tellTruths() {
	r.Truths.Services, r.Truths.Officers, r.Truths.Grades = map[string]ServiceTruth{}, map[string]OfficerTruth{}, map[string]string{}
	for _, p := range r.places {
		for i := range p.branches {
			if b := &p.branches[i]; len(b.services) > 0 {
				r.tellServices(p, b)
			}
		}
	}
	for _, officer := range r.people {
		if b := r.branchOf(officer); b != nil {
			r.Truths.Officers[officer.ID] = r.skill(officer.ID, b)
		}
	}
	r.tellFall()
}

func (r *Region) tellServices(p *place, b *branch) {
	unit, sum := p.unitCode(b.key), 0
	for _, s := range b.services {
		rng := stream(r.seed, "service", unit, s.key)
		truth := ServiceTruth{Unit: unit, Wait: s.wait, Left: 12 + min(s.wait/2, 30)}
		for u, name := range survey.UnsurList {
			mean := b.mean + b.tilt[name] + between(rng, 4)
			if mean >= free {
				mean = 400
			}
			truth.Means[u] = mean
			sum += mean
		}
		r.Truths.Services[unit+"-"+s.key] = truth
	}
	r.Truths.Grades[unit] = grade(sum, survey.UnsurCount*len(b.services))
}

// grade classifies a mean by the bands of 2017: sum hundredths over n, times 25, against the lower bounds.
func grade(sum, n int) string {
	switch index := sum * 25 / n; { // in hundredths of the index
	case index >= 8831:
		return "A"
	case index >= 7661:
		return "B"
	case index >= 6500:
		return "C"
	}
	return "D"
}

// skill makes most officers as good as their branch, some better and a few worse.
func (r *Region) skill(officer string, b *branch) OfficerTruth {
	rng := stream(r.seed, "skill", officer)
	own := draw(rng, []share[int]{{0, 70}, {22, 18}, {-38, 12}})
	level := func(u survey.Unsur) int {
		return min(max(b.mean+b.tilt[u]+own+between(rng, 12), 180), 385)
	}
	return OfficerTruth{Kompetensi: level(survey.Kompetensi), Perilaku: level(survey.Perilaku)}
}

// branchOf returns the branch that an officer works in at first, or nil for those who serve nobody.
func (r *Region) branchOf(officer *person) *branch {
	for _, d := range r.desks {
		if d.Unit == officer.Unit {
			return d.branch
		}
	}
	return nil
}

// tellFall lets the permits desk of Gajahmungkur fall, long enough ago to show in its quarter's figures.
func (r *Region) tellFall() {
	fall := Fall{Unit: "33.74.09-IZIN", From: quarterOf(r.Until.Add(-45)), By: 38}
	sum, n := 0, 0
	for _, truth := range r.Truths.Services {
		if truth.Unit == fall.Unit {
			for _, mean := range truth.Means {
				sum, n = sum+fallen(mean, fall.By), n+1
			}
		}
	}
	fall.Grade = grade(sum, n)
	r.Truths.Falls = []Fall{fall}
}

func fallen(mean, by int) int {
	if mean >= free {
		return mean
	}
	return mean - by
}
