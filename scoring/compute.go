package scoring

import (
	"slices"
	"time"

	"kesan/survey"
)

// computation holds everything that the figures of one cycle are made of. It never changes once made, so many readers may
// share it; what is shown of a unit or officer is worked out when somebody asks.
type computation struct {
	material
	head       CycleHead
	period     survey.Period
	asOf       time.Time
	indicators map[string]Indicator
	aims       []string // periods whose targets hold
	keys       []string // of the indicators that a score may be made of
	shown      disclosure
	own        map[string]*sums    // each unit itself over the whole period
	total      map[string]*pooled  // each unit with those below
	served     map[string][]string // officer -> units served in
	staff      map[string][]string // unit -> officers who served in it, by ID
}

// pooled are the answers of a unit and all units below it.
type pooled struct{ all, verified survey.Counts }

// compute adds up the material. Nothing is published yet.
func compute(head CycleHead, period survey.Period, m material, shown disclosure, indicators []Indicator) *computation {
	c := &computation{material: m, head: head, period: period, shown: shown, indicators: map[string]Indicator{},
		own: map[string]*sums{}, total: map[string]*pooled{}, served: map[string][]string{}, staff: map[string][]string{}}
	for _, indicator := range indicators {
		c.indicators[indicator.Key] = indicator
	}
	c.aims, c.keys = aimsOf(m.office, period), scoreKeys(m.office)
	units := m.office.AllUnits()
	for _, unit := range units {
		c.own[unit], c.total[unit] = newSums(), &pooled{}
		if l := m.ledgers[unit]; l != nil {
			c.own[unit] = l.sums
		}
		c.staff[unit] = m.census(unit).staff()
		for _, officer := range c.staff[unit] {
			c.served[officer] = append(c.served[officer], unit)
		}
	}
	// Children first: what stands below is complete before it is added to the unit above.
	for i := len(units) - 1; i >= 0; i-- {
		total := c.total[units[i]]
		total.all.Add(&c.own[units[i]].all)
		total.verified.Add(&c.own[units[i]].verified)
		if parent := c.total[m.office.Units[units[i]].Value.Parent]; parent != nil {
			parent.all.Add(&total.all)
			parent.verified.Add(&total.verified)
		}
	}
	return c
}

// rows returns all rows of the cycle that HR sees.
func (c *computation) rows() []Row {
	units := c.office.AllUnits()
	own, staff := make([][]Row, len(units)), make([][]Row, len(units))
	each(len(units), func(i int) {
		own[i], _ = c.unitFigures(units[i])
		for _, officer := range c.staff[units[i]] {
			staff[i] = append(staff[i], c.officerRows(units[i], officer)...)
		}
	})
	rows := append(slices.Concat(own...), slices.Concat(staff...)...)
	for _, officer := range c.office.Officers.IDs() {
		if len(c.served[officer]) > 1 {
			rows = append(rows, c.officerRows("", officer)...)
		}
	}
	return rows
}

// officerRows returns the rows of an officer in a unit, or over all units when it is empty; none of who is not ASN.
func (c *computation) officerRows(unit, officer string) []Row {
	if !c.office.Officers[officer].Value.Employment.ASN() {
		return nil
	}
	f := c.officerFigure(unit, officer)
	return []Row{f.Value, f.Wait, f.Score}
}
