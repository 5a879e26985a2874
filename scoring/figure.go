package scoring

import (
	"math/big"
	"slices"

	"kesan/survey"
)

// answers are the integers that a figure is computed from. Which unsur make the index depends on the indicator.
type answers struct {
	of       survey.UnsurSet // what the index is made of
	elements []Element
	means    survey.Means
}

func indexAnswers(c *survey.Counts) answers {
	return answers{survey.AllUnsur, elements(c, survey.AllUnsur), c.Index}
}

func officerAnswers(c *survey.Counts) answers {
	return answers{survey.OfficerUnsur, elements(c, survey.OfficerUnsur), c.Officer}
}

// n is how many answered.
func (a answers) n() int64 { return a.means.N() }

// estimate returns the index. It is false without answers, and as long as the short form has not come to each unsur: the mean
// of those that happen to be answered would be another index.
func (a answers) estimate() (Estimate, bool) {
	index, ok := Index(a.elements, WeightExact)
	e := Estimate{Index: index, Means: a.means, Elements: a.elements}
	return e, ok && (len(a.means.Short) == 0 || e.scope() == a.of)
}

// second is the published value over these answers.
func (a answers) second() *Second {
	estimate, ok := a.estimate()
	if !ok {
		return nil
	}
	return &Second{Value: Publish(estimate.Index), N: a.n()}
}

// newRow makes a row without a figure.
func (c *computation) newRow(s subject, indicator Indicator) Row {
	row := Row{Level: s.level, Unit: OrNull(s.unit), Officer: s.officer, Indicator: indicator.Key, Source: indicator.Source,
		Status: StatusInsufficient, Recipe: indicator.Recipe}
	if s.officer != "" && c.office.Officers[s.officer].Value.Employment.ASN() {
		row.NIP = OrNull(s.officer)
	}
	if target, ok := c.target(s, indicator.Key); ok && indicator.Key != Nilai {
		row.aim(target)
	}
	return row
}

// status says what a shown figure may be used for.
func (c *computation) status(firm bool) Status {
	switch {
	case !firm:
		return StatusIndicative
	case c.head.State == survey.CycleLocked:
		return StatusFinal
	}
	return StatusProvisional
}

// put writes a shown figure into a row; without one it stays insufficient, and says n only when that is 0.
func (c *computation) put(row *Row, shown bool, value Hundredths, n int64) {
	if !shown || n == 0 {
		row.N = zeroOnly(n)
		return
	}
	firm := c.policy.UnitFirm
	if row.Level == survey.LevelOfficer {
		firm = c.policy.OfficerAppraisal
	}
	one := Hundredths(100)
	row.Value, row.N, row.Coverage, row.Status = &value, &n, &one, c.status(n >= firm)
	if band, ok := row.Band(); ok {
		row.Grade = OrNull(band.Grade)
	}
	row.achieve(c.indicators[row.Indicator].Polarity, c.policy)
}

func zeroOnly(n int64) *int64 {
	if n != 0 {
		return nil
	}
	return &n
}

// putIndex writes an index with its interval.
func (c *computation) putIndex(row *Row, shown bool, a answers) {
	estimate, ok := a.estimate()
	if !ok {
		c.put(row, false, 0, a.n())
		return
	}
	c.put(row, shown, Publish(estimate.Index), a.n())
	if row.Value == nil {
		return
	}
	if interval, ok := estimate.Interval(); ok {
		row.Interval = &interval
	}
	row.countShort(a.means.ShortN())
}

// putWait writes a waiting time: the median in minutes.
func (c *computation) putWait(row *Row, shown bool, w Waits) {
	median, _ := w.Median()
	c.put(row, shown, Hundredths(median)*100, w.N())
}

// unitFigures returns the rows of a unit in the order of Indicators, and what its score is made of.
func (c *computation) unitFigures(unit string) ([]Row, []ScorePart) {
	s, key, total := subject{level: survey.LevelUnit, unit: unit}, cellKey{Unit: unit}, c.total[unit]
	verified := cellKey{Unit: unit, Trust: survey.TrustDisplay}

	index := c.newRow(s, c.indicators[IKM])
	if c.isMean(unit) {
		c.putMean(&index, unit)
	} else {
		c.putIndex(&index, c.shown.shown(ofIndex, key), indexAnswers(&total.all))
		if index.Shown() && c.shown.shown(ofIndex, verified) {
			index.Verified = indexAnswers(&total.verified).second()
		}
	}
	officers := c.newRow(s, c.indicators[KepuasanPetugas])
	c.putIndex(&officers, c.shown.shown(ofOfficer, key), officerAnswers(&total.all))
	if officers.Shown() && c.shown.shown(ofOfficer, verified) {
		officers.Verified = officerAnswers(&total.verified).second()
	}
	wait := c.newRow(s, c.indicators[WaktuTunggu])
	c.putWait(&wait, c.shown.shown(ofWait, key), waits(&total.all))

	rows := []Row{index, officers, wait}
	score, parts := c.score(s, rows)
	return append(rows, score), parts
}

// isMean says whether the IKM of a unit is the mean of units' figures.
func (c *computation) isMean(unit string) bool {
	return c.indicators[IKM].Consolidation == MeanOfUnitValues && len(c.office.Children(unit)) > 0
}

// putMean writes the plain mean of the IKM of all units in the subtree that are shown themselves. Units without a figure
// are left out, and n is that of the units which are in.
func (c *computation) putMean(row *Row, unit string) {
	var values []Hundredths
	n, all, short := int64(0), int64(0), int64(0)
	for _, below := range c.office.Subtree(unit) {
		all += c.own[below].all.Index.N()
		estimate, ok := indexAnswers(&c.own[below].all).estimate()
		if ok && c.shown.shown(ofIndex, c.ownKey(below, 0)) {
			values = append(values, Publish(estimate.Index))
			n += estimate.Means.N()
			short += estimate.Means.ShortN()
		}
	}
	mean, ok := MeanOfUnits(values)
	if !ok {
		n = all
	}
	c.put(row, ok, mean, n)
	row.countShort(short)
}

// staffCounts returns the counts of an officer in a unit, or over all units when it is empty, from a trust level up.
func (c *computation) staffCounts(unit, officer string, least survey.Trust) *survey.Counts {
	if unit != "" {
		return c.own[unit].staff(officer, least)
	}
	pool := &survey.Counts{}
	for _, u := range c.served[officer] {
		pool.Add(c.own[u].staff(officer, least))
	}
	return pool
}

// officerFigure returns the figures of an officer in a unit, or over all units when it is empty.
func (c *computation) officerFigure(unit, officer string) OfficerFigure {
	s, least := subject{survey.LevelOfficer, unit, officer}, c.policy.OfficerMinTrust
	key := cellKey{Unit: unit, Part: partOfficer, Code: officer, Trust: least}
	counts := c.staffCounts(unit, officer, least)
	figure := OfficerFigure{Unit: OrNull(unit), basis: officerAnswers(counts)}

	row := c.newRow(s, c.indicators[KepuasanPetugas])
	c.putIndex(&row, c.shown.shown(ofOfficer, key), officerAnswers(counts))
	if row.Shown() {
		row.Shrunk = c.shrunk(unit, officer, officerAnswers(counts))
		row.Verified = c.officerSecond(key, survey.TrustDisplay)
		figure.All = c.officerSecond(key, survey.TrustPoster)
	}
	figure.Value, figure.Unsur = row, unsurFigures(counts, survey.OfficerUnsur, row.Shown() && c.officerUnsurShown(unit, officer), row.N)
	figure.Wait = c.newRow(s, c.indicators[WaktuTunggu])
	c.putWait(&figure.Wait, c.shown.shown(ofWait, key), waits(counts))
	figure.Score, figure.Parts = c.score(s, []Row{figure.Value, figure.Wait})
	return figure
}

// officerUnsurShown says whether kompetensi and perilaku of an officer may be told apart. Where the short form was asked each
// of them has fewer answers than the figure, and what colleagues' add up to could be taken from the unit's: so not there.
func (c *computation) officerUnsurShown(unit, officer string) bool {
	units := []string{unit}
	if unit == "" {
		units = c.served[officer]
	}
	return !slices.ContainsFunc(units, func(u string) bool { return c.own[u].all.Index.ShortN() > 0 })
}

// officerSecond is the value over answers of another trust level, if it may be shown beside the figure.
func (c *computation) officerSecond(key cellKey, least survey.Trust) *Second {
	key.Trust = least
	if !c.shown.shown(ofOfficer, key) {
		return nil
	}
	return officerAnswers(c.staffCounts(key.Unit, key.Code, least)).second()
}

// shrunk draws the value towards the figure of the same services in the same unit, each weighted by how many of the
// officer's answers are about it. Only figures that may be shown serve, as the prior can be worked out from the result:
// where one of the services is hidden the unit itself is the prior, and where that is hidden too there is none.
func (c *computation) shrunk(unit, officer string, a answers) *Hundredths {
	estimate, ok := a.estimate()
	prior, known := c.prior(unit, officer)
	if !ok || !known {
		return nil
	}
	value, _ := Shrink(a.n(), estimate.Index, c.policy.ShrinkK, prior)
	published := Publish(value)
	return &published
}

func (c *computation) prior(unit, officer string) (*big.Rat, bool) {
	units := []string{unit}
	if unit == "" {
		units = c.served[officer]
	}
	sum, weight := new(big.Rat), int64(0)
	for _, u := range units {
		for service, n := range c.own[u].servicesOf(officer, c.policy.OfficerMinTrust) {
			value, ok := c.priorOf(u, service)
			if !ok {
				return nil, false
			}
			sum.Add(sum, value.Mul(value, big.NewRat(n, 1)))
			weight += n
		}
	}
	if weight == 0 {
		return nil, false
	}
	return sum.Quo(sum, big.NewRat(weight, 1)), true
}

func (c *computation) priorOf(unit, service string) (*big.Rat, bool) {
	counts := c.own[unit].services[service]
	if service == "" || counts == nil || !c.shown.shown(ofOfficer, cellKey{Unit: unit, Part: partService, Code: service}) {
		if !c.shown.shown(ofOfficer, c.ownKey(unit, 0)) {
			return nil, false
		}
		counts = &c.own[unit].all
	}
	estimate, ok := officerAnswers(counts).estimate()
	return estimate.Index, ok
}

// servicesOf returns how many of an officer's answers are about each service.
func (s *sums) servicesOf(officer string, least survey.Trust) map[string]int64 {
	list := map[string]int64{}
	for key, n := range s.about {
		if key.officer == officer && key.trust >= least && n > 0 {
			list[key.service] += n
		}
	}
	return list
}

// unsurFigures returns the unsur of an index; without numbers where it is not shown, save for n when there is no answer.
func unsurFigures(counts *survey.Counts, of survey.UnsurSet, shown bool, none *int64) []UnsurFigure {
	var list []UnsurFigure
	for i, unsur := range survey.UnsurList {
		if !of.Has(i) {
			continue
		}
		figure := UnsurFigure{Unsur: unsur}
		element := ElementOf(counts.Unsur[i])
		switch nrr, ok := element.NRR(); {
		case !shown:
			figure.N = none
		default:
			histogram, low := counts.Unsur[i], counts.Unsur[i][0]+counts.Unsur[i][1]
			figure.N, figure.Histogram, figure.Low = &element.N, &histogram, &low
			if ok {
				value, index := PublishNRR(nrr), Publish(new(big.Rat).Mul(nrr, big.NewRat(25, 1)))
				figure.NRR, figure.Index = &value, &index
			}
		}
		list = append(list, figure)
	}
	return list
}
