package scoring

import (
	"context"
	"slices"

	"kesan/survey"
)

// pastFigure is what a later cycle needs of a figure: its point on the line, and the integers to tell a change from noise.
type pastFigure struct {
	point Point
	basis answers
}

// trendLength is how many cycles a trend shows.
const trendLength = 8

// recall returns the cycles of the same kind before a cycle, oldest first, as far back as they follow on one another.
func (r *Reader) recall(ctx context.Context, office *survey.Office, cycle string) ([]map[figureKey]pastFigure, error) {
	period, err := survey.ParsePeriod(cycle)
	if err != nil {
		return nil, err
	}
	var list []map[figureKey]pastFigure
	for range trendLength - 1 {
		period = period.Previous()
		if _, ok := office.Cycles[period.ID]; !ok {
			break
		}
		past, err := r.pastOf(ctx, office, period)
		if err != nil {
			return nil, err
		}
		list = append(list, past)
	}
	slices.Reverse(list)
	return list, nil
}

func (r *Reader) pastOf(ctx context.Context, office *survey.Office, period survey.Period) (map[figureKey]pastFigure, error) {
	held := office.Cycles[period.ID]
	if held.Value.State == survey.CycleLocked {
		frozen, err := r.snapshot(ctx, held)
		if err != nil {
			return nil, err
		}
		return frozen.past, nil
	}
	heads, err := r.tallies(ctx, monthQuery(period, ""))
	if err != nil {
		return nil, err
	}
	key := heads.key(office, period)
	if past, ok := r.past.get(key); ok {
		return past, nil
	}
	found, err := r.compute(ctx, office, held.Value)
	if err != nil {
		return nil, err
	}
	past := found.(shared).past()
	r.past.put(key, past)
	return past, nil
}

// past gathers the figures that later cycles compare with: the IKM of units and the kepuasan_petugas of officers.
func (c *computation) past() map[figureKey]pastFigure {
	past := map[figureKey]pastFigure{}
	keep := func(row Row, a answers) {
		figure := pastFigure{point: point(c.head.ID, row)}
		if row.Shown() {
			figure.basis = a
		}
		past[keyOf(row)] = figure
	}
	for unit, total := range c.total {
		rows, _ := c.unitFigures(unit)
		keep(rows[0], c.basis(unit, &total.all))
	}
	for officer, units := range c.served {
		if len(units) > 1 {
			units = append(slices.Clone(units), "")
		}
		for _, unit := range units {
			keep(c.officerFigure(unit, officer).Value, officerAnswers(c.staffCounts(unit, officer, c.policy.OfficerMinTrust)))
		}
	}
	return past
}

// basis returns the answers behind the IKM of a unit; none where it is a mean of units, which has no interval.
func (c *computation) basis(unit string, counts *survey.Counts) answers {
	if c.isMean(unit) {
		return answers{}
	}
	return indexAnswers(counts)
}

func point(cycle string, row Row) Point {
	return Point{Cycle: cycle, Value: row.Value, N: row.N, Status: row.Status}
}

// trend draws the line of a figure and its change since the cycle before.
func trend(earlier []map[figureKey]pastFigure, now pastFigure, key figureKey) ([]Point, *Change) {
	var points []Point
	var change *Change
	for i, past := range earlier {
		figure, ok := past[key]
		if !ok {
			continue
		}
		points = append(points, figure.point)
		if i == len(earlier)-1 {
			change = changed(figure, now)
		}
	}
	return append(points, now.point), change
}

// changed compares two figures; nil unless both are shown.
func changed(before, after pastFigure) *Change {
	if before.point.Value == nil || after.point.Value == nil {
		return nil
	}
	b, ok1 := before.basis.estimate()
	a, ok2 := after.basis.estimate()
	return &Change{Cycle: before.point.Cycle, Value: *before.point.Value, Difference: *after.point.Value - *before.point.Value,
		Noise: !ok1 || !ok2 || !Changed(b, a)}
}

// recall adds what earlier cycles say.
func (r *Report) recall(earlier []map[figureKey]pastFigure) {
	now := pastFigure{point(r.Cycle.ID, r.IKM), r.basis}
	r.Trend, r.Previous = trend(earlier, now, keyOf(r.IKM))
}

func (f *OfficerFigure) recall(cycle string, earlier []map[figureKey]pastFigure) {
	now := pastFigure{point(cycle, f.Value), f.basis}
	f.Trend, f.Previous = trend(earlier, now, keyOf(f.Value))
}
