package view

import (
	"fmt"
	"strconv"
	"strings"

	"kesan/handlers/locale"
	"kesan/scoring"
	"kesan/survey"
)

// Charts are drawn as SVG without a viewBox: what lies along the width is in percent, what lies along the height and all
// text in pixels. So a chart is as wide as the page and its text has the same size on a phone, a screen and on paper.

// along writes a place on the width, 0 to 1.
func along(share float64) string {
	return strconv.FormatFloat(max(0, min(1, share))*100, 'f', 2, 64) + "%"
}

// share writes part of whole as a width; nothing of nothing is nothing.
func share(part, whole int64) string {
	if whole <= 0 {
		return along(0)
	}
	return along(float64(part) / float64(whole))
}

// onScale is the place of an index between 25 and 100.
func onScale(index scoring.Hundredths) float64 { return float64(index-25_00) / 75_00 }

// Scale is the D-C-B-A scale with an index, its interval and its target.
type Scale struct {
	Bands      []ScaleBand // from D to A
	Value      string
	Low, High  string // ends of the interval; empty: none
	Target     string // place; empty: none
	TargetText string
	Anchor     string // of the target's text
	Text       string // the same in words
}

// ScaleBand is one class of the scale.
type ScaleBand struct {
	Letter, From            string
	Left, Width, Centre     string
	Current, First, Covered bool
}

// NewScale draws an index; nil when it is not shown.
func NewScale(row scoring.Row) *Scale {
	if row.Value == nil {
		return nil
	}
	current, _ := row.Band()
	scale := &Scale{Value: along(onScale(*row.Value)), Text: "Nilai " + row.Value.String() + ", mutu " + current.Grade}
	bands, _ := scoring.IKMBands(scoring.BandsVersions[0])
	upper := scoring.Hundredths(100_00)
	for _, band := range bands {
		from, to := onScale(band.From), onScale(upper)
		scale.Bands = append([]ScaleBand{{Letter: band.Grade, From: strings.TrimSuffix(band.From.String(), ",00"), Left: along(from),
			Width: along(to - from), Centre: along((from + to) / 2), Current: band.Grade == current.Grade, First: band.From == 25_00}}, scale.Bands...)
		upper = band.From
	}
	if i := row.Interval; i != nil {
		scale.Low, scale.High = along(onScale(i[0])), along(onScale(i[1]))
		scale.Text += fmt.Sprintf(", selang kepercayaan %s sampai %s", i[0], i[1])
	}
	if t := row.Target; t != nil && *t >= 25_00 && *t <= 100_00 {
		place := onScale(*t)
		scale.Target, scale.Anchor = along(place), anchor(place)
		scale.TargetText = "target " + t.String()
		scale.Text += ", " + scale.TargetText
	}
	return scale
}

// anchor keeps a text within the chart.
func anchor(place float64) string {
	switch {
	case place < .15:
		return "start"
	case place > .85:
		return "end"
	}
	return "middle"
}

// Trend is a line of figures over cycles, with the target as a line across.
type Trend struct {
	Title, Text string
	Grid        []TrendGrid
	Points      []TrendPoint
	Lines       []TrendLine
	Target      *TrendTarget
	Base        int  // height of the axis, pixels
	Noted       bool // a figure has a state
}

// TrendGrid is a line across the chart.
type TrendGrid struct {
	Y     int
	Label string
}

// TrendTarget is the line of the target; its text stands where it is not in the way of a point.
type TrendTarget struct {
	TrendGrid
	Right bool // the text stands at the right end
	Drop  int  // of the text from the line
}

// TrendPoint is one cycle. A figure that is not shown has no mark, only its place on the axis.
type TrendPoint struct {
	scoring.Point
	Share       float64 // place on the width, 0 to 1
	X           string
	Y           int
	Short, Year string
	Label       string
	State       State
}

// TrendLine joins two cycles that follow on one another.
type TrendLine struct {
	X1, X2 string
	Y1, Y2 int
}

// Size of a trend, in pixels.
const (
	trendTop    = 26
	trendBottom = 176
)

// NewTrend draws the figures of several cycles; nil when fewer than two of them are shown.
func NewTrend(title string, points []scoring.Point, target *scoring.Hundredths) *Trend {
	low, high, shown := scoring.Hundredths(100_00), scoring.Hundredths(25_00), 0
	for _, p := range points {
		if p.Value != nil {
			low, high, shown = min(low, *p.Value), max(high, *p.Value), shown+1
		}
	}
	if shown < 2 {
		return nil
	}
	if target != nil {
		low, high = min(low, *target), max(high, *target)
	}
	low, high = max(low/5_00*5_00-5_00, 25_00), min((high+4_99)/5_00*5_00+2_50, 102_50)
	height := func(v scoring.Hundredths) int {
		return trendBottom - int(float64(v-low)/float64(high-low)*(trendBottom-trendTop)+.5)
	}
	trend := &Trend{Title: title, Base: trendBottom}
	step := scoring.Hundredths(5_00)
	for (high-low)/step > 5 {
		step *= 2
	}
	for v := low; v <= min(high, 100_00); v += step {
		trend.Grid = append(trend.Grid, TrendGrid{height(v), strings.TrimSuffix(v.String(), ",00")})
	}
	trend.plot(points, height)
	if target != nil {
		trend.aim(height(*target), "target "+target.String())
	}
	trend.Text = trend.words(target)
	return trend
}

func (t *Trend) plot(points []scoring.Point, height func(scoring.Hundredths) int) {
	const left, right = .12, .95
	year := ""
	for i, p := range points {
		place := (left + right) / 2
		if len(points) > 1 {
			place = left + float64(i)*(right-left)/float64(len(points)-1)
		}
		point := TrendPoint{Point: p, Share: place, X: along(place), Label: CycleLabel(p.Cycle), State: StateOf(p.Status, p.N)}
		point.Short, point.Year = shortCycle(p.Cycle)
		if point.Year == year {
			point.Year = ""
		} else {
			year = point.Year
		}
		t.Noted = t.Noted || point.State != ""
		if p.Value != nil {
			point.Y = height(*p.Value)
			if i > 0 && points[i-1].Value != nil {
				before := t.Points[i-1]
				t.Lines = append(t.Lines, TrendLine{before.X, point.X, before.Y, point.Y})
			}
		}
		t.Points = append(t.Points, point)
	}
}

// aim draws the target.
func (t *Trend) aim(y int, label string) {
	t.Target = &TrendTarget{TrendGrid: TrendGrid{y, label}, Right: true, Drop: -5}
	for i := range t.Grid { // the line would run through the label
		if over := t.Grid[i].Y - y; over > 0 && over < 16 {
			t.Grid[i].Label = ""
		}
	}
	most := 0
	for _, place := range []struct {
		right bool
		drop  int
	}{{true, -5}, {true, 14}, {false, -5}, {false, 14}, {true, 22}, {false, 22}} { // above the line, below it, below the marks on it
		if room := t.room(place.right, y+place.drop); room > most && (most == 0 || place.drop < 22) {
			most, t.Target.Right, t.Target.Drop = room, place.right, place.drop
		}
	}
}

// room is how far a text on a baseline at one end of the chart stays from the figures there and their marks, in pixels; 0 when
// it touches one or the axis. On a phone the text takes a third of the width.
func (t *Trend) room(right bool, baseline int) int {
	const rise, fall, valueRise, dotFall = 11, 3, 23, 5
	room := trendBottom - baseline - fall
	for _, p := range t.Points {
		if p.Value == nil || right && p.Share < .6 || !right && p.Share > .4 {
			continue
		}
		above, below := p.Y-valueRise-(baseline+fall), baseline-rise-(p.Y+dotFall)
		room = min(room, max(above, below))
	}
	return max(room, 0)
}

func (t *Trend) words(target *scoring.Hundredths) string {
	var parts []string
	for _, p := range t.Points {
		if p.Value != nil {
			parts = append(parts, p.Label+" "+p.Value.String())
		} else {
			parts = append(parts, p.Label+" "+string(p.State))
		}
	}
	text := strings.Join(parts, "; ")
	if target != nil {
		text += "; target " + target.String()
	}
	return text
}

// CycleLabel names a cycle for people; an ID that is none is given as it is.
func CycleLabel(id string) string {
	period, err := survey.ParsePeriod(id)
	if err != nil {
		return id
	}
	return period.Label()
}

// shortCycle names a cycle below a chart: "TW4" and "2026", "Nov" and "2026"; a year is only itself.
func shortCycle(id string) (short, year string) {
	year, short, part := strings.Cut(id, "-")
	if !part {
		return year, ""
	}
	if period, err := survey.ParsePeriod(id); err == nil && len(short) == 2 && short[0] != 'S' {
		return period.Label()[:3], year
	}
	return short, year
}

// Segment is a part of a bar that stands for so many people.
type Segment struct {
	Left, Width string
	Level       int // 1 (worst) to 4 (best)
}

// segments divides a bar among the four answers.
func segments(histogram [4]int64) []Segment {
	total := histogram[0] + histogram[1] + histogram[2] + histogram[3]
	var list []Segment
	before := int64(0)
	for i, n := range histogram {
		if n > 0 {
			list = append(list, Segment{Left: share(before, total), Width: share(n, total), Level: i + 1})
		}
		before += n
	}
	return list
}

// people writes "1 orang" or "1.234 orang".
func people(n int64) string { return locale.Number(n) + " orang" }
