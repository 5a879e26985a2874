package survey

// Means are the moments of each respondent's own mean over the unsur answered, times MeanScale. The means of the short form
// are not of the same nine unsur, so they are kept by the unsur that they are of: what an unsur of its own adds to the
// difference between two people has no part in the error of the index.
type Means struct {
	Full  Moments
	Short map[UnsurSet]Moments
}

// N is how many answered any of the unsur.
func (m Means) N() int64 { return m.Full.N + m.ShortN() }

// ShortN is how many of them were asked the short form.
func (m Means) ShortN() int64 {
	n := int64(0)
	for _, part := range m.Short {
		n += part.N
	}
	return n
}

// Least is how many answers the unsur got that got the fewest, as far as it lies with the short form; who answered the full
// form counts as having answered all of them.
func (m Means) Least(of UnsurSet) int64 {
	least := m.N()
	for place := range UnsurCount {
		if !of.Has(place) {
			continue
		}
		n := m.Full.N
		for set, part := range m.Short {
			if set.Has(place) {
				n += part.N
			}
		}
		least = min(least, n)
	}
	return least
}

// Add adds the means of other answers.
func (m *Means) Add(o Means) {
	m.Full.Add(o.Full)
	if m.Short == nil && len(o.Short) > 0 {
		m.Short = make(map[UnsurSet]Moments, len(ShortBlocks))
	}
	for set, part := range o.Short {
		part.Add(m.Short[set])
		m.Short[set] = part
	}
}

// own are the answers of one respondent: to which unsur, and their sum.
type own struct {
	set UnsurSet
	sum int
}

func (o *own) add(place, value int) {
	o.set |= 1 << place
	o.sum += value
}

// observe adds one respondent; nobody who answered nothing.
func (m *Means) observe(o own, short bool) {
	if o.set == 0 {
		return
	}
	mean := int64(MeanScale * o.sum / o.set.Len())
	if !short {
		m.Full.observe(mean)
		return
	}
	if m.Short == nil {
		m.Short = map[UnsurSet]Moments{}
	}
	part := m.Short[o.set]
	part.observe(mean)
	m.Short[o.set] = part
}
