package view

import (
	"strings"

	"kesan/scoring"
	"kesan/survey"
)

// State says in a word why a figure is not shown or how far it can be relied on; empty: fully.
type State string

// The states of figures.
const (
	NoData     State = "belum ada data"
	TooFew     State = "terlalu sedikit"
	Indicative State = "indikatif"
)

// StateOf returns the state of a figure.
func StateOf(status scoring.Status, n *int64) State {
	switch {
	case status == scoring.StatusInsufficient && n != nil && *n == 0:
		return NoData
	case status == scoring.StatusInsufficient:
		return TooFew
	case status == scoring.StatusIndicative:
		return Indicative
	}
	return ""
}

// Class names the state in the style sheet.
func (s State) Class() string { return strings.ReplaceAll(string(s), " ", "-") }

// FigureView is a figure with the address of the page that explains it; without one it is not shown.
type FigureView struct {
	scoring.Row
	Explain string
	Label   string
}

// State returns the state of the figure.
func (f FigureView) State() State { return StateOf(f.Status, f.N) }

// GradeLabel is the official wording of the class.
func (f FigureView) GradeLabel() string {
	band, _ := f.Band()
	return band.Label
}

// Reached says whether the target is reached.
func (f FigureView) Reached() bool { return f.Achievement != nil && *f.Achievement >= 100_00 }

// Minutes is the value in whole minutes.
func (f FigureView) Minutes() int64 { return int64(*f.Value) / 100 }

// TargetMinutes is the target in whole minutes.
func (f FigureView) TargetMinutes() int64 { return int64(*f.Target) / 100 }

// Line is a row of a table of services, counters, officers or units.
type Line struct {
	scoring.Line
	Name string
	URL  string
	Here bool // of a unit: the unit itself, without those below
}

// State returns the state of the line's index.
func (l Line) State() State { return StateOf(l.Status, l.N) }

// WaitState returns the state of its waiting time.
func (l Line) WaitState() State { return StateOf(l.WaitStatus, l.WaitN) }

// Width is the length of the bar of its index.
func (l Line) Width() string {
	if l.Value == nil {
		return along(0)
	}
	return along(onScale(*l.Value))
}

// UnsurRow is one unsur of a table.
type UnsurRow struct {
	scoring.UnsurFigure
	Name     string
	LowWords string    // the two lowest labels: "tidak atau kurang cepat"
	Labels   [4]string // all four
}

// Mean is the NRR with two decimals, rounded once from the answers.
func (u UnsurRow) Mean() scoring.Hundredths {
	nrr, ok := scoring.ElementOf(*u.Histogram).NRR()
	if !ok {
		return 0
	}
	return scoring.Publish(nrr)
}

// Grade is the class of the unsur's index.
func (u UnsurRow) Grade() string {
	bands, _ := scoring.IKMBands(scoring.BandsVersions[0])
	return bands.Of(*u.Index).Grade
}

// Complained says whether anybody chose 1 or 2.
func (u UnsurRow) Complained() bool { return *u.Low > 0 }

// LowPercent is the share of the answers 1 and 2.
func (u UnsurRow) LowPercent() scoring.Hundredths {
	percent, _ := scoring.Percent(*u.Low, *u.N)
	return percent
}

// Segments are the parts of its bar.
func (u UnsurRow) Segments() []Segment { return segments(*u.Histogram) }

// Text says what the bar shows.
func (u UnsurRow) Text() string {
	var parts []string
	for i, n := range u.Histogram {
		parts = append(parts, u.Labels[i]+": "+people(n))
	}
	return strings.Join(parts, "; ")
}

// NewUnsurRow names an unsur with the labels of the form that the unit uses.
func NewUnsurRow(figure scoring.UnsurFigure, form survey.Form) UnsurRow {
	row := UnsurRow{UnsurFigure: figure, Name: figure.Unsur.Name()}
	for _, question := range form.Unsur {
		if question.Key != string(figure.Unsur) {
			continue
		}
		for _, option := range question.Options {
			if option.Value >= 1 && option.Value <= len(row.Labels) {
				row.Labels[option.Value-1] = option.Label
			}
		}
	}
	row.LowWords = eitherOf(row.Labels[0], row.Labels[1])
	return row
}

// eitherOf joins two labels and says once what they share at the end: "Tidak cepat" and "Kurang cepat" are "tidak atau kurang
// cepat".
func eitherOf(a, b string) string {
	x, y := strings.Fields(strings.ToLower(a)), strings.Fields(strings.ToLower(b))
	common := 0
	for common < min(len(x), len(y))-1 && x[len(x)-1-common] == y[len(y)-1-common] {
		common++
	}
	return strings.Join(append(append(append([]string{}, x[:len(x)-common]...), "atau"), y...), " ")
}

// ChangeView compares with the cycle before.
type ChangeView struct {
	scoring.Change
	Label string // of the cycle before
}

// Word says which way.
func (c ChangeView) Word() string {
	switch {
	case c.Difference > 0:
		return "Naik"
	case c.Difference < 0:
		return "Turun"
	}
	return "Tetap"
}

// Size is the difference without its sign.
func (c ChangeView) Size() scoring.Hundredths { return max(c.Difference, -c.Difference) }

// PartView is one indicator within a weighted score.
type PartView struct {
	scoring.ScorePart
	Label string
}

// WaitRow is a bin of the waiting times.
type WaitRow struct {
	scoring.Bin
	Width   string
	Percent scoring.Hundredths
	Beyond  bool // longer than the standard
	Limit   bool // the standard is the end of this bin
}

// WaitRows are the bins up to the longest wait, and at least up to the standard.
func WaitRows(bins []scoring.Bin, standard int) []WaitRow {
	last, most, total := -1, int64(0), int64(0)
	for i, bin := range bins {
		if bin.N > 0 || bin.To == standard {
			last = i
		}
		most, total = max(most, bin.N), total+bin.N
	}
	var rows []WaitRow
	for _, bin := range bins[:last+1] {
		percent, _ := scoring.Percent(bin.N, total)
		rows = append(rows, WaitRow{Bin: bin, Width: share(bin.N, most), Percent: percent, Beyond: standard > 0 && bin.From > standard,
			Limit: standard > 0 && bin.To == standard})
	}
	return rows
}

// Percent writes a coverage of 0 to 1 as a whole percentage.
func (f FigureView) Percent() int64 { return int64(*f.Coverage) }
