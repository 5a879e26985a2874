package imports

import (
	"slices"

	"kesan/survey"
)

func checkTarget(r *row[survey.Target]) {
	if r.good("indikator") && !slices.Contains(survey.TargetIndicators[:], r.value.Indicator) {
		r.bad("indikator", "import.indicator", quote(r.value.Indicator), indicatorKeys())
	}
	checkSubject(r)
	if r.good("indikator") {
		checkBounds(r, "target", r.value.Value)
		if r.value.Upper != 0 {
			checkBounds(r, "target_atas", r.value.Upper)
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

func checkBounds(r *row[survey.Target], column string, value int64) {
	b := boundsOf(r.value.Indicator)
	if r.good(column) && (value < b.low || value > b.high) {
		r.bad(column, "import.bounds", showHundredths(b.low), showHundredths(b.high))
	}
}

// unitIndicators warns of targets that no figure of an officer will ever meet: the SKM is by law a unit instrument.
func unitIndicators(f *file[survey.Target]) {
	for _, r := range f.rows {
		if r.value.Indicator == survey.IKM && r.value.Level == survey.LevelOfficer && len(r.wrong) == 0 {
			f.warned.add(Problem{Line: r.line, Column: "indikator", Key: "import.unitonly", Args: []any{survey.IKM}})
		}
	}
}
