package demo

import "kesan/survey"

// desk is a counter with all that belongs to it.
type desk struct {
	survey.Counter
	place    *place
	branch   *branch
	rate     int
	way      way
	rota     rota
	services []string
	sheet    string
	// planned says how many answers come on a day, where that is not left to chance; such a desk gets no others later.
	planned map[survey.Day]int
}

// unitCode returns the code of a branch's unit.
func (p *place) unitCode(key string) string {
	if key == "" {
		return p.code
	}
	return p.code + "-" + key
}

// parentOf returns the code of the unit above a branch.
func (p *place) parentOf(b *branch) string {
	if b.key == "" {
		return root
	}
	return p.unitCode(b.under)
}

// settle opens the desks of every branch and staffs them.
func (r *Region) settle() {
	g := newRegistrar()
	r.appoint(g.employ(r.places[2].people, headOf(root, "%s, S.H., M.Si.")), "")
	for _, p := range r.places {
		for i := range p.branches {
			b := &p.branches[i]
			r.appoint(g.employ(p.people, headOf(p.unitCode(b.key), b.head)), p.parentOf(b))
			for n := range b.counters {
				r.open(g, p, b, n)
			}
		}
	}
}

func headOf(unit, title string) job {
	return job{unit: unit, title: title, employment: survey.PNS, head: true}
}

// appoint makes a person the head of the own unit; the head of the unit above is the appraiser.
func (r *Region) appoint(head *person, above string) {
	if superior := r.heads[above]; superior != nil {
		head.Appraiser = superior.ID
	}
	r.heads[head.Unit] = head
	r.people = append(r.people, head)
}

func (r *Region) open(g *registrar, p *place, b *branch, n int) {
	c, unit := b.counters[n], p.unitCode(b.key)
	d := &desk{place: p, branch: b, rate: c.rate, way: c.way, rota: c.rota,
		Counter: survey.Counter{Code: unit + "-L" + string(rune('1'+n)), Unit: unit, Name: c.name}}
	if d.way.channel == "" {
		d.way = byPoster
	}
	for _, key := range c.services {
		d.Services = append(d.Services, unit+"-"+key)
	}
	d.services = d.Services
	if d.services == nil {
		for _, s := range b.services {
			d.services = append(d.services, unit+"-"+s.key)
		}
	}
	d.sheet = r.sheetID(d.Code)
	r.desks = append(r.desks, d)
	for i := range c.staff {
		member := g.employ(p.people, job{unit: unit, title: b.titles[(n+i)%len(b.titles)], employment: employment(b, n+i)})
		member.Appraiser = r.heads[unit].ID
		member.posts = []post{{d.Code, r.rosterFrom()}}
		r.people = append(r.people, member)
	}
}

// employment says how the i-th member of a branch's staff is employed.
func employment(b *branch, i int) survey.Employment {
	kinds := []survey.Employment{survey.PNS, survey.PPPK, survey.PNS}
	if b.clinic {
		kinds = []survey.Employment{survey.PNS, survey.PPPK, survey.NonASN}
	}
	return kinds[i%len(kinds)]
}

// staffOf returns who serves at a counter on a day, in order of employment.
func (r *Region) staffOf(counter string, day survey.Day) []*person {
	var list []*person
	for _, p := range r.people {
		if p.at(day) == counter {
			list = append(list, p)
		}
	}
	return list
}

func (r *Region) desk(counter string) *desk {
	for _, d := range r.desks {
		if d.Code == counter {
			return d
		}
	}
	panic("no counter " + counter)
}
