package handlers

import (
	"strings"

	"kesan/scoring"
	"kesan/survey"
)

// rowFilter says which rows of a cycle somebody may see and wants. The API, the page of a cycle and its files share it, so
// that they cannot differ.
type rowFilter struct {
	sees      func(unit string) bool // whether the caller may see a unit's figures
	level     survey.Level           // empty: both
	unit      string                 // this unit and what is below it; empty: all
	indicator string                 // empty: all
	status    scoring.Status         // empty: all
	search    string                 // part of a unit's or officer's name, code or NIP, in lower case
}

// rows returns the rows that the filter lets through, in their order. A row of an officer over all units is let through
// only when every one of these units is: otherwise it would tell about units that are not.
func (f rowFilter) rows(office *survey.Office, all []scoring.Row) []scoring.Row {
	outside := map[string]bool{} // officers who served in a unit that is not let through
	for _, row := range all {
		if row.Officer != "" && row.Unit != "" && !f.wants(office, string(row.Unit)) {
			outside[row.Officer] = true
		}
	}
	var rows []scoring.Row
	for _, row := range all {
		if row.Unit == "" && outside[row.Officer] || row.Unit != "" && !f.wants(office, string(row.Unit)) {
			continue
		}
		if f.fits(office, row) {
			rows = append(rows, row)
		}
	}
	return rows
}

func (f rowFilter) wants(office *survey.Office, unit string) bool {
	return f.sees(unit) && (f.unit == "" || office.Within(unit, f.unit))
}

func (f rowFilter) fits(office *survey.Office, row scoring.Row) bool {
	return (f.level == "" || row.Level == f.level) &&
		(f.indicator == "" || row.Indicator == f.indicator) &&
		(f.status == "" || row.Status == f.status) &&
		(f.search == "" || strings.Contains(searched(office, row), f.search))
}

// searched is what a search looks through.
func searched(office *survey.Office, row scoring.Row) string {
	unit := string(row.Unit)
	words := []string{unit, survey.Name(office.Units, unit)}
	if row.Officer != "" {
		words = append(words, row.Officer, survey.Name(office.Officers, row.Officer))
	}
	return strings.ToLower(strings.Join(words, "\x00"))
}
