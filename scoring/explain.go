package scoring

import (
	"fmt"
	"math/big"
	"strings"

	"kesan/survey"
)

// figureKey names a figure of a cycle.
type figureKey struct {
	level                    survey.Level
	unit, officer, indicator string
}

func keyOf(r Row) figureKey { return figureKey{r.Level, string(r.Unit), r.Officer, r.Indicator} }

// explain says how a figure came about, or false when it is not shown.
func (c *computation) explain(key figureKey) (*Explanation, bool) {
	rows, parts, counts := c.figure(key)
	for _, row := range rows {
		if row.Indicator == key.indicator && row.Shown() {
			return c.explanation(key, row, parts, counts), true
		}
	}
	return nil, false
}

// figure returns the rows of a subject with what they are made of.
func (c *computation) figure(key figureKey) ([]Row, []ScorePart, *survey.Counts) {
	if key.level == survey.LevelUnit {
		if c.total[key.unit] == nil {
			return nil, nil, nil
		}
		rows, parts := c.unitFigures(key.unit)
		return rows, parts, &c.total[key.unit].all
	}
	served := c.served[key.officer]
	known := key.unit == "" && len(served) > 1
	for _, unit := range served {
		known = known || unit == key.unit
	}
	if !known {
		return nil, nil, nil
	}
	figure := c.officerFigure(key.unit, key.officer)
	return []Row{figure.Value, figure.Wait, figure.Score}, figure.Parts, c.staffCounts(key.unit, key.officer, c.policy.OfficerMinTrust)
}

func (c *computation) explanation(key figureKey, row Row, parts []ScorePart, counts *survey.Counts) *Explanation {
	e := &Explanation{Cycle: c.head, Row: row, Indicator: c.indicators[row.Indicator], LeftOut: leftOut(counts), Policy: c.policy}
	if row.Level == survey.LevelOfficer {
		e.MinTrust = c.policy.OfficerMinTrust
	}
	switch row.Indicator {
	case IKM:
		if c.isMean(string(row.Unit)) {
			e.Steps = []string{fmt.Sprintf("rata-rata IKM unit yang ditampilkan = %s", row.Value)}
			break
		}
		e.index(indexAnswers(counts), c.shown.unsurShown(key.unit))
	case KepuasanPetugas:
		e.index(officerAnswers(counts), c.officerUnsurs(key))
		if row.Shrunk != nil {
			prior, _ := c.prior(key.unit, key.officer)
			e.shrunk(prior)
		}
	case WaktuTunggu:
		e.wait(waits(counts), row.Level == survey.LevelUnit)
		e.standard(c.standard(key.unit), c.kept(key, waits(counts)))
	case Nilai:
		e.Parts = parts
		e.score()
	}
	if row.Indicator != Nilai {
		e.achievement()
	}
	return e
}

// officerUnsurs says whether the unsur behind a kepuasan_petugas may be told apart.
func (c *computation) officerUnsurs(key figureKey) bool {
	if key.level == survey.LevelUnit {
		return c.shown.shown(ofUnsur, cellKey{Unit: key.unit})
	}
	return c.officerUnsurShown(key.unit, key.officer)
}

// index puts the numbers into the formula of an index: 105 / 29 = 3,6207 for each unsur, then the mean x 25.
func (e *Explanation) index(a answers, unsurShown bool) {
	e.Moments, e.Short = a.means.Full, a.means.Short
	e.unsur(a.elements, unsurShown)
	if i := e.Row.Interval; i != nil {
		e.Steps = append(e.Steps, fmt.Sprintf("selang kepercayaan 95 %% dari %s: %s sampai %s", e.people(a), i[0], i[1]))
	}
}

// shrunk gives the prior: what the services that the officer gave are valued at in the unit.
func (e *Explanation) shrunk(prior *big.Rat) {
	n, k := *e.Row.N, e.Policy.ShrinkK
	e.Steps = append(e.Steps, fmt.Sprintf("nilai disusutkan ke arah acuan, nilai layanan yang sama di unit: (%d x %s + %d x %s) / %d = %s",
		n, e.Row.Value, k, Publish(prior), n+k, e.Row.Shrunk))
}

// people says how many answered, and how many of them the short form.
func (e *Explanation) people(a answers) string {
	if e.Row.Short == nil {
		return fmt.Sprintf("%d jawaban", a.n())
	}
	return fmt.Sprintf("%d jawaban, di antaranya %d singkat, tiap unsur dengan jumlah jawabannya sendiri", a.n(), *e.Row.Short)
}

// unsur gives the NRR that the index is the mean of, where they may be told apart.
func (e *Explanation) unsur(elements []Element, shown bool) {
	if !shown {
		e.Steps = append(e.Steps, fmt.Sprintf("rata-rata NRR x 25 = %s; jawaban tiap unsur terlalu sedikit untuk diuraikan", e.Row.Value))
		return
	}
	var names []string
	for i, unsur := range survey.UnsurList {
		element := elements[i]
		nrr, ok := element.NRR()
		if !ok {
			continue
		}
		e.Unsur = append(e.Unsur, UnsurSum{Unsur: unsur, N: element.N, Sum: element.Sum})
		e.Steps = append(e.Steps, fmt.Sprintf("NRR %s = %d / %d = %s", unsur, element.Sum, element.N, PublishNRR(nrr)))
		names = append(names, fmt.Sprintf("%d/%d", element.Sum, element.N))
	}
	e.Steps = append(e.Steps, fmt.Sprintf("(%s) x 1/%d x 25 = %s", strings.Join(names, " + "), len(names), e.Row.Value))
}

// wait gives the rank of the median and what stands beside it. How the minutes are distributed is shown for units alone.
func (e *Explanation) wait(w Waits, distribution bool) {
	if distribution {
		e.Waits = bins(w, 0)
	}
	mean, _ := w.Mean()
	p90, _ := w.P90()
	e.Steps = append(e.Steps,
		fmt.Sprintf("median dari %d jawaban menurut laporan warga = jawaban ke-%d setelah diurutkan = %s menit", w.N(), w.rank(50), e.Row.Value),
		fmt.Sprintf("P90 = jawaban ke-%d setelah diurutkan = %d menit", w.rank(90), p90),
		fmt.Sprintf("rata-rata = %d / %d = %s menit", w.Sum(), w.N(), mean))
}

// standard gives the share that kept the standard, of so many minutes or, when services differ, of each.
func (e *Explanation) standard(minutes int, kept *Share) {
	if kept == nil {
		return
	}
	of := "tiap layanan"
	if minutes > 0 {
		of = fmt.Sprintf("%d menit", minutes)
	}
	e.Steps = append(e.Steps, fmt.Sprintf("dalam standar %s: %d / %d = %s %%, selang kepercayaan 95 %% %s sampai %s",
		of, kept.Part, kept.Whole, kept.Percent, kept.Interval[0], kept.Interval[1]))
}

func (e *Explanation) score() {
	var over, under []string
	for _, part := range e.Parts {
		if part.Achievement != nil && part.Weight > 0 {
			over = append(over, fmt.Sprintf("%s x %d", part.Achievement, part.Weight))
			under = append(under, fmt.Sprint(part.Weight))
		}
	}
	e.Steps = append(e.Steps, fmt.Sprintf("(%s) / (%s) = %s", strings.Join(over, " + "), strings.Join(under, " + "), e.Row.Value),
		fmt.Sprintf("cakupan %s: %d dari %d indikator ada datanya", e.Row.Coverage, len(over), len(e.Parts)))
}

func (e *Explanation) achievement() {
	row := e.Row
	if row.Achievement == nil {
		return
	}
	target := Target{Polarity: e.Indicator.Polarity, Lower: *row.Target, Upper: *row.Target}
	if row.TargetUpper != nil {
		target.Upper = *row.TargetUpper
	}
	raw, err := target.Achievement(*row.Value)
	if err != nil {
		return
	}
	formula := fmt.Sprintf("%s / %s", row.Value, target.Lower)
	switch {
	case target.Lower != target.Upper:
		formula = fmt.Sprintf("%s terhadap %s sampai %s", row.Value, target.Lower, target.Upper)
	case e.Indicator.Polarity == survey.Minimise:
		formula = fmt.Sprintf("1 + (1 - %s / %s)", row.Value, target.Lower)
	}
	step := fmt.Sprintf("capaian = %s = %s %%", formula, raw)
	if raw != *row.Achievement {
		step += fmt.Sprintf(", dibatasi menjadi %s %%", *row.Achievement)
	}
	e.Steps = append(e.Steps, step)
}

// basis returns the integers behind an explained index, for comparison with another cycle's.
func (e *Explanation) basis() answers {
	a := answers{survey.AllUnsur, make([]Element, survey.UnsurCount), survey.Means{Full: e.Moments, Short: e.Short}}
	if e.Row.Indicator == KepuasanPetugas {
		a.of = survey.OfficerUnsur
	}
	for _, u := range e.Unsur {
		a.elements[u.Unsur.Index()] = Element{N: u.N, Sum: u.Sum}
	}
	return a
}
