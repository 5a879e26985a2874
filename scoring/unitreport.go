package scoring

import (
	"cmp"
	"slices"

	"kesan/survey"
)

// report returns what the head of a unit sees, save for earlier cycles.
func (c *computation) report(unit string) *Report {
	rows, parts := c.unitFigures(unit)
	total := &c.total[unit].all
	people := c.shown.shown(ofPeople, cellKey{Unit: unit})
	// The nine unsur are those of the pooled answers, also where the IKM is a mean of units.
	open := c.shown.unsurShown(unit)
	report := &Report{
		Cycle: c.head, Unit: unit, AsOf: c.asOf,
		IKM: rows[0], Officers: rows[1], Wait: rows[2], Score: rows[3], Parts: parts,
		Unsur:    unsurFigures(total, survey.AllUnsur, open, zeroOnly(total.Index.N())),
		Waiting:  c.waiting(unit, total, people),
		LeftOut:  leftOut(total),
		Services: c.lines(unit, partService, c.office.ServicesOf(unit)),
		Counters: c.lines(unit, partCounter, c.office.CountersOf(unit)),
		Staff:    c.staffLines(unit),
		Units:    c.unitLines(unit),
	}
	report.Profile, report.Extra = c.questions(unit)
	report.Users, report.basis = c.users(unit), c.basis(unit, total)
	report.Minimum = SampleSize(report.Users)
	if report.IKM.Short != nil {
		report.PerUnsur = total.Index.Least(survey.AllUnsur)
	}
	return report
}

// users returns how many people use the services of a unit and of those below in a period as long as the cycle's; 0 unless
// every open service says so.
func (c *computation) users(unit string) int64 {
	perYear := int64(0)
	for _, below := range c.office.Subtree(unit) {
		for _, service := range c.office.ServicesOf(below) {
			n := c.office.Services[service].Value.UsersPerYear
			if n == 0 {
				return 0
			}
			perYear += n
		}
	}
	return (perYear*int64(c.material.months) + 11) / 12
}

// binEdges are the last minutes of the bins of a waiting-time histogram.
var binEdges = []int{5, 10, 15, 30, 45, 60, 90, 120, 240, survey.MaxWait}

// bins sorts waits into bins; the standard is always the end of one.
func bins(w Waits, standard int) []Bin {
	edges := binEdges
	if standard > 0 && !slices.Contains(edges, standard) {
		edges = slices.Sorted(slices.Values(append(slices.Clone(edges), standard)))
	}
	list := make([]Bin, len(edges))
	from := 0
	for i, to := range edges {
		list[i] = Bin{From: from, To: to}
		from = to + 1
	}
	for minutes, n := range w.Minutes {
		i, _ := slices.BinarySearch(edges, minutes)
		list[min(i, len(list)-1)].N += n
	}
	return list
}

// waiting returns the distribution of waiting times of a unit and those below.
func (c *computation) waiting(unit string, total *survey.Counts, people bool) Waiting {
	w := waits(total)
	waiting := Waiting{Status: StatusInsufficient, N: zeroOnly(w.N()), Standard: c.standard(unit)}
	if people {
		waiting.Left = share(w.Left, w.People)
	}
	median, ok := w.Median()
	if !ok || !c.shown.shown(ofWait, cellKey{Unit: unit}) {
		return waiting
	}
	n, mean := w.N(), Hundredths(0)
	mean, _ = w.Mean()
	p90, _ := w.P90()
	waiting.Status = c.status(n >= c.policy.UnitFirm)
	waiting.N, waiting.Median, waiting.P90, waiting.Mean = &n, &median, &p90, &mean
	waiting.Bins = bins(w, waiting.Standard)
	waiting.Within = c.withinStandard(unit)
	return waiting
}

func share(part, whole int64) *Share {
	percent, ok := Percent(part, whole)
	interval, ok2 := Wilson(part, whole)
	if !ok || !ok2 {
		return nil
	}
	return &Share{Part: part, Whole: whole, Percent: percent, Interval: interval}
}

// Rest is the other part of the whole: of 9 of 12 it is 3 of 12. Of no share there is none.
func (s *Share) Rest() *Share {
	if s == nil {
		return nil
	}
	return share(s.Whole-s.Part, s.Whole)
}

// standard returns the waiting standard of a unit's services and of those below, if it is the same for all that have one.
func (c *computation) standard(unit string) int {
	standard := 0
	for _, below := range c.office.Subtree(unit) {
		for _, service := range c.office.ServicesOf(below) {
			limit := c.office.Services[service].Value.WaitLimit
			if limit == 0 || limit == standard {
				continue
			}
			if standard != 0 {
				return 0
			}
			standard = limit
		}
	}
	return standard
}

// withinStandard is the share of a unit's waits for services with a standard that kept it; nil where these are too few.
func (c *computation) withinStandard(unit string) *Share {
	kept, whole := int64(0), int64(0)
	for _, below := range c.office.Subtree(unit) {
		for service, counts := range c.own[below].services {
			limit := c.office.Services[service].Value.WaitLimit
			if limit == 0 {
				continue
			}
			w := waits(counts)
			whole, kept = whole+w.N(), kept+w.Kept(limit)
		}
	}
	if whole < c.policy.UnitMinimum {
		return nil
	}
	return share(kept, whole)
}

// kept is the share of a subject's waits that kept the standard. Of officers it is known only where one standard holds for all
// waits of the unit: else colleagues' waits for some services could be worked out, which may be few.
func (c *computation) kept(key figureKey, w Waits) *Share {
	if c.total[key.unit] == nil {
		return nil // an officer in several units
	}
	unit, standard := c.withinStandard(key.unit), c.standard(key.unit)
	if key.level == survey.LevelUnit {
		return unit
	}
	if unit == nil || standard == 0 || unit.Whole != waits(&c.total[key.unit].all).N() {
		return nil
	}
	return share(w.Kept(standard), w.N())
}

func leftOut(total *survey.Counts) []LeftOut {
	list := []LeftOut{}
	for key, n := range total.LeftOut {
		list = append(list, LeftOut{Decision: key.Decision, Rule: key.Rule, N: n})
	}
	slices.SortFunc(list, func(a, b LeftOut) int {
		return cmp.Or(cmp.Compare(a.Decision, b.Decision), cmp.Compare(a.Rule, b.Rule))
	})
	return list
}

// line makes one row of a table from its counts.
func (c *computation) line(code string, a answers, shown bool, counts *survey.Counts, waitShown bool, firm int64) Line {
	line := Line{Code: code, N: zeroOnly(a.n()), Status: StatusInsufficient, WaitStatus: StatusInsufficient}
	if estimate, ok := a.estimate(); ok && shown {
		value, n := Publish(estimate.Index), a.n()
		bands, _ := IKMBands(BandsVersions[0])
		line.Value, line.N, line.Status, line.Grade = &value, &n, c.status(n >= firm), OrNull(bands.Of(value).Grade)
		if interval, ok := estimate.Interval(); ok {
			line.Interval = &interval
		}
	}
	w := waits(counts)
	n := w.N()
	line.WaitN = zeroOnly(n)
	if median, ok := w.Median(); ok && waitShown {
		line.Median, line.WaitN, line.WaitStatus = &median, &n, c.status(n >= firm)
	}
	return line
}

// lines lists the services or counters of a unit: those it has now and those that got answers.
func (c *computation) lines(unit string, p part, have []string) []Line {
	codes := slices.Concat(have, c.census(unit).codes(p))
	slices.Sort(codes)
	lines := []Line{}
	for _, code := range slices.Compact(codes) {
		key := cellKey{Unit: unit, Part: p, Code: code}
		part := c.own[unit].group(p)[code]
		if part == nil {
			part = &survey.Counts{}
		}
		lines = append(lines, c.line(code, indexAnswers(part), c.shown.shown(ofIndex, key), part, c.shown.shown(ofWait, key), c.policy.UnitFirm))
	}
	return lines
}

func (c *computation) staffLines(unit string) []Line {
	lines := []Line{}
	for _, officer := range c.staff[unit] {
		key := cellKey{Unit: unit, Part: partOfficer, Code: officer, Trust: c.policy.OfficerMinTrust}
		counts := c.staffCounts(unit, officer, c.policy.OfficerMinTrust)
		lines = append(lines, c.line(officer, officerAnswers(counts), c.shown.shown(ofOfficer, key), counts, c.shown.shown(ofWait, key),
			c.policy.OfficerAppraisal))
	}
	return lines
}

func (c *computation) unitLines(unit string) []Line {
	lines := []Line{}
	children := c.office.Children(unit)
	if own := &c.own[unit].all; len(children) > 0 && own.N > 0 {
		key := c.ownKey(unit, 0)
		lines = append(lines, c.line(unit, indexAnswers(own), c.shown.shown(ofIndex, key), own, c.shown.shown(ofWait, key), c.policy.UnitFirm))
	}
	for _, child := range children {
		key, counts := cellKey{Unit: child}, &c.total[child].all
		lines = append(lines, c.line(child, indexAnswers(counts), c.shown.shown(ofIndex, key), counts, c.shown.shown(ofWait, key), c.policy.UnitFirm))
	}
	return lines
}

// officerReport returns the figures of an officer, save for earlier cycles.
func (c *computation) officerReport(officer string) *OfficerReport {
	report := &OfficerReport{Cycle: c.head, Officer: officer, ASN: c.office.Officers[officer].Value.Employment.ASN(), AsOf: c.asOf,
		Units: []OfficerFigure{}}
	for _, unit := range c.served[officer] {
		report.Units = append(report.Units, c.officerFigure(unit, officer))
	}
	if len(report.Units) > 1 {
		report.Units = append(report.Units, c.officerFigure("", officer))
	}
	return report
}
