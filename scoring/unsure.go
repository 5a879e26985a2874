package scoring

import (
	"cmp"
	"slices"
)

// units decides among whole units where shorter cycles hide some: the relations between units look at one stretch of
// months at a time, and here all of them are looked at together.
func (d *discloser) units(of variable, finer []view) {
	unsure := d.unsure(of, finer)
	if len(finer) == 0 || len(unsure) == 0 {
		return
	}
	t := d.tables[of]
	a := newAdmission(d, of, finer)
	a.addUnits(d, unsure)
	var candidates []cellKey
	for _, v := range append(slices.Clone(finer), d.current(of)) {
		for _, unit := range d.office.AllUnits() {
			for _, key := range slices.Compact([]cellKey{{Unit: unit}, d.ownKey(unit, 0)}) {
				c := &t.cells[t.index[key]]
				switch g := a.unitGroup(d, key, v.span); {
				case g.n == 0:
				case !v.known(of, key):
					a.protect(g)
				case v.span == t.all && c.shown && !c.given && c.fine != t.all:
					candidates = append(candidates, key)
				default:
					a.know(g)
				}
			}
		}
	}
	slices.SortFunc(candidates, func(x, y cellKey) int {
		return cmp.Or(cmp.Compare(t.cells[t.index[y]].over(t.all), t.cells[t.index[x]].over(t.all)), x.compare(y))
	})
	for _, key := range candidates {
		g := a.unitGroup(d, key, t.all)
		if a.betrays(g) {
			t.cells[t.index[key]].shown = false
			a.protect(g)
			continue
		}
		a.know(g)
	}
}

// unsure returns the units whose own figure is hidden in this cycle or in a shorter one.
func (d *discloser) unsure(of variable, finer []view) []string {
	t, now := d.tables[of], d.current(of)
	var list []string
	for _, unit := range d.office.AllUnits() {
		key := d.ownKey(unit, 0)
		c := &t.cells[t.index[key]]
		hidden := c.over(t.all) > 0 && !now.known(of, key)
		for i, v := range finer {
			hidden = hidden || c.over(v.span) > 0 && !c.seenIn(i)
		}
		if hidden {
			list = append(list, unit)
		}
	}
	return list
}

// current is what is decided about whole units in this cycle, as a view.
func (d *discloser) current(of variable) view {
	t := d.tables[of]
	return view{span: t.all, shown: func(v variable, key cellKey) bool {
		i, ok := d.tables[v].index[key]
		return ok && (d.tables[v].cells[i].shown || v == of && t.unknown(i, t.all) == 0)
	}}
}

// addUnits adds the columns of other units as a whole.
func (a *admission) addUnits(d *discloser, units []string) {
	t, spans := d.tables[a.of], stretches(a.all, a.finer)
	for _, unit := range units {
		c := &t.cells[t.index[d.ownKey(unit, 0)]]
		a.add(atomKey{}, unit, spans, func(month int) int64 { return c.n[month] })
	}
}

// assumeUnits takes in what views show of a unit whose own figure is hidden in some cycle: totals in which it stands together
// with other such units. Units that are known everywhere can be taken away from any total, so they do not matter.
func (a *admission) assumeUnits(d *discloser, unsure []string, views ...view) {
	for _, v := range views {
		for _, other := range unsure {
			for _, above := range d.office.Path(other) {
				for _, key := range []cellKey{{Unit: above}, d.ownKey(above, 0)} {
					if v.known(a.of, key) {
						a.know(a.unitGroup(d, key, v.span))
					}
				}
			}
		}
	}
}

// admitOwn hides the figure of a unit itself where, together with what shorter cycles show of its insides but not of itself, it
// would give something away.
func (a *admission) admitOwn(t *table) {
	g := a.group(a.own, t.all)
	if c := a.own.cell; c.shown && !c.given && g.n > 0 && a.betrays(g) {
		c.shown = false
	}
	if t.unknown(a.own.place, t.all) > 0 {
		a.protect(g)
	}
}

// unitGroup returns the columns of a whole unit, as far as they matter.
func (a *admission) unitGroup(d *discloser, key cellKey, span months) group {
	in := func(other string) bool {
		return other == key.Unit || key.Part == wholeUnit && d.office.Within(other, key.Unit)
	}
	g := group{class: class{part: wholeUnit, span: span}}
	if a.own != nil && in(a.own.cell.key.Unit) {
		own := a.group(a.own, span)
		g.class.span, g.members, g.n = own.class.span, own.members, own.n
		if key.Unit == a.own.cell.key.Unit {
			g.class.part = own.class.part
		}
	}
	if g.members == nil {
		g.members = a.none()
	}
	for i := range a.columns {
		if c := &a.columns[i]; c.unit != "" && span&c.months != 0 && in(c.unit) {
			g.members.add(i)
			g.n += c.n
		}
	}
	return g
}
