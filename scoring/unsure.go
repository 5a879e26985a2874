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
	a := &admission{rests: map[class]int{}, of: of, policy: d.policy, all: t.all}
	for _, unit := range unsure {
		for m, n := range t.cells[t.index[d.ownKey(unit, 0)]].n {
			if n > 0 {
				a.keys, a.month, a.n, a.units = append(a.keys, atomKey{}), append(a.month, m), append(a.n, n), append(a.units, unit)
			}
		}
	}
	var candidates []cellKey
	for _, v := range append(slices.Clone(finer), d.current(of)) {
		for _, unit := range d.office.AllUnits() {
			for _, key := range slices.Compact([]cellKey{{Unit: unit}, d.ownKey(unit, 0)}) {
				c := &t.cells[t.index[key]]
				switch g := a.unitGroup(d, key, "", v.span); {
				case g.n == 0:
				case !v.known(of, key):
					a.protect(g)
				case v.span == t.all && c.shown && c.fine != t.all:
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
		g := a.unitGroup(d, key, "", t.all)
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
	var list []string
	for _, unit := range d.office.AllUnits() {
		key := d.ownKey(unit, 0)
		hidden := func(v view) bool {
			c := &d.tables[of].cells[d.tables[of].index[key]]
			return c.over(v.span) > 0 && !v.known(of, key)
		}
		if hidden(d.current(of)) || slices.ContainsFunc(finer, hidden) {
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

// assumeUnits takes in what is known of a unit whose own figure is hidden in some cycle: totals in which it stands together
// with other such units. Units that are known everywhere can be taken away from any total, so they do not matter.
func (a *admission) assumeUnits(d *discloser, unit string, unsure []string) {
	t := d.tables[a.of]
	for _, other := range unsure {
		c := &t.cells[t.index[d.ownKey(other, 0)]]
		for m, n := range c.n {
			if other != unit && n > 0 {
				a.keys, a.month, a.n, a.units = append(a.keys, atomKey{}), append(a.month, m), append(a.n, n), append(a.units, other)
			}
		}
	}
	for i := range a.groups { // what is known so far has no part in the new atoms
		a.groups[i].members = append(a.groups[i].members, make([]uint64, (len(a.keys)+63)/64-len(a.groups[i].members))...)
	}
	for i := range a.targets {
		a.targets[i] = append(a.targets[i], make([]uint32, len(a.keys)-len(a.targets[i]))...)
	}
	for i := range a.space.rows {
		a.space.rows[i] = append(a.space.rows[i], make([]uint32, len(a.keys)-len(a.space.rows[i]))...)
	}
	if g := a.group(a.own, t.all); t.unknown(t.index[a.own], t.all) > 0 {
		a.protect(g)
	}
	for _, v := range append(slices.Clone(a.finer), d.current(a.of)) {
		for _, other := range unsure {
			for _, above := range d.office.Path(other) {
				for _, key := range []cellKey{{Unit: above}, d.ownKey(above, 0)} {
					if v.known(a.of, key) {
						a.know(a.unitGroup(d, key, unit, v.span))
					}
				}
			}
		}
	}
}

// unitGroup returns the atoms of a whole unit, as far as they matter.
func (a *admission) unitGroup(d *discloser, key cellKey, unit string, span months) group {
	in := func(other string) bool {
		return other == key.Unit || key.Part == wholeUnit && d.office.Within(other, key.Unit)
	}
	g := group{class: class{part: key.Part, span: span}, members: make([]uint64, (len(a.keys)+63)/64)}
	if unit != "" && in(unit) {
		g = a.group(a.own, span)
	}
	if key.Unit != unit {
		g.class.part = wholeUnit
	}
	for i, other := range a.units {
		if other != "" && span&(1<<a.month[i]) != 0 && in(other) {
			g.members[i/64] |= 1 << (i % 64)
			g.n += a.n[i]
		}
	}
	return g
}
