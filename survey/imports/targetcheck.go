package imports

import "kesan/survey"

func checkTarget(r *row[survey.Target]) {
	known, ok := findIndicator(r.value.Indicator)
	switch {
	case !r.good("indikator"):
	case r.value.Indicator == "umpan_balik_rekan":
		r.bad("indikator", "import.qualitative")
	case !ok:
		r.bad("indikator", "import.indicator", quote(r.value.Indicator), indicatorKeys())
	}
	checkSubject(r)
	if r.good("indikator") {
		checkBounds(r, known, "target", r.value.Value)
		if r.value.Upper != 0 {
			checkBounds(r, known, "target_atas", r.value.Upper)
		}
	}
	if r.good("target", "target_atas") && r.value.Upper != 0 && r.value.Upper <= r.value.Value {
		r.bad("target_atas", "import.upper")
	}
}

// checkSubject takes one subject for each target: a unit, the officers of a unit, or one officer.
func checkSubject(r *row[survey.Target]) {
	t := r.value
	switch {
	case !r.good("tingkat", "unit", "nip"):
	case t.Level == survey.LevelUnit && t.Officer != "":
		r.bad("nip", "import.unitlevel")
	case t.Level == survey.LevelUnit && t.Unit == "":
		r.bad("unit", "import.required")
	case t.Unit == "" && t.Officer == "":
		r.bad("unit", "import.subject")
	case t.Unit != "" && t.Officer != "":
		r.bad("nip", "import.onesubject")
	}
}

// maxTarget is the largest target of an indicator without bounds of its own, in hundredths.
const maxTarget = 100_000_000

func checkBounds(r *row[survey.Target], i indicator, column string, value int64) {
	low, high := max(i.low, 1), i.high
	if high == 0 {
		high = maxTarget
	}
	if r.good(column) && (value < low || value > high) {
		r.bad(column, "import.bounds", showHundredths(low), showHundredths(high))
	}
}

// unitIndicators warns of targets that no figure of an officer will ever meet.
func unitIndicators(f *file[survey.Target]) {
	for _, r := range f.rows {
		i, _ := findIndicator(r.value.Indicator)
		if i.unitOnly && r.value.Level == survey.LevelOfficer && len(r.wrong) == 0 {
			f.warned.add(Problem{Line: r.line, Column: "indikator", Key: "import.unitonly", Args: []any{i.key}})
		}
	}
}
