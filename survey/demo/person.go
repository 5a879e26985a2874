package demo

import (
	"fmt"
	"math/rand/v2"
	"strings"

	"kesan/survey"
)

// names are the names of a place. Where women carry other last names, daughters has them.
type names struct{ men, women, family, daughters []string }

// person is an officer, and where the person serves from when on.
type person struct {
	survey.Officer
	posts []post
}

// post is a counter from a day on; an empty counter means none.
type post struct {
	counter string
	from    survey.Day
}

// at returns the counter at which the person serves on a day.
func (p *person) at(day survey.Day) string {
	counter := ""
	for _, post := range p.posts {
		if post.from <= day {
			counter = post.counter
		}
	}
	return counter
}

// registrar invents people, every name and number once. The same people are there for every seed.
type registrar struct {
	rng    *rand.Rand
	taken  map[string]bool
	serial int
	nurses int
}

func newRegistrar() *registrar {
	return &registrar{rng: stream(0, "people"), taken: map[string]bool{}}
}

// job is what an officer is employed for; title is how the name is written.
type job struct {
	unit, title string
	employment  survey.Employment
	head        bool
}

// employ invents an officer. Midwives are women.
func (g *registrar) employ(n names, j job) *person {
	woman := g.rng.IntN(100) < 52 || strings.HasSuffix(j.title, "Keb.")
	officer := survey.Officer{Employment: j.employment, Unit: j.unit, Name: fmt.Sprintf(j.title, g.name(n, woman))}
	if j.employment == survey.NonASN {
		g.nurses++
		officer.ID = fmt.Sprintf("KONTRAK-%03d", g.nurses)
	} else {
		officer.ID = g.nip(woman, j)
	}
	return &person{Officer: officer}
}

func (g *registrar) name(n names, woman bool) string {
	first, last := n.men, n.family
	if woman {
		first = n.women
		if n.daughters != nil {
			last = n.daughters
		}
	}
	for {
		name := pick(g.rng, first) + " " + pick(g.rng, last)
		if !g.taken[name] {
			g.taken[name] = true
			return name
		}
	}
}

// nip invents a number. Serials from 900 up are rare, so that it is hardly anybody's.
func (g *registrar) nip(woman bool, j job) string {
	born := 1974 + g.rng.IntN(23)
	if j.head {
		born = 1969 + g.rng.IntN(15)
	}
	appointed := fmt.Sprintf("%d%02d", min(born+23+g.rng.IntN(5), 2022), 1+g.rng.IntN(12))
	if j.employment == survey.PPPK { // two digits that are not a month
		appointed = fmt.Sprintf("%d21", 2021+g.rng.IntN(4))
	}
	gender := 1
	if woman {
		gender = 2
	}
	g.serial++
	return fmt.Sprintf("%d%02d%02d%s%d%d", born, 1+g.rng.IntN(12), 1+g.rng.IntN(28), appointed, gender, 900+g.serial%100)
}
