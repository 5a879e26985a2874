package scoring

import (
	"slices"

	"kesan/survey"
)

// Coverage says how many of those that should have a figure have one.
type Coverage struct{ Shown, All int }

// Gaps say what the figures of a cycle lack, so that it can be mended while the cycle is open. Units and officers are named
// by code and ID, in order.
type Gaps struct {
	Units    Coverage // open units that serve people, by their IKM
	Officers Coverage // ASN who were on duty, by their kepuasan_petugas

	Counters           []string // open counters at which nobody was on duty: their answers count for the unit alone
	Unrostered         []string // ASN who were never on duty: they have no figure
	UnitsSilent        []string // units without a single answer
	OfficersSilent     []string // ASN on duty without a single answer
	UnitsFew           []string // too few answers to be shown
	OfficersFew        []string
	UnitsIndicative    []string // too few answers for an appraisal
	OfficersIndicative []string
	UnitsAimless       []string // without a target
	OfficersAimless    []string
}

// FindGaps looks at the rows of a cycle in the units that sees lets through. An officer who served in several units is
// looked at over all of them.
func FindGaps(office *survey.Office, cycle CycleHead, rows []Row, sees func(unit string) bool) Gaps {
	var g Gaps
	serving, rostered := onDuty(office, cycle)
	units, officers := mainRows(rows)
	for _, unit := range office.AllUnits() {
		if row, ok := units[unit]; ok && sees(unit) && serves(office, unit) {
			g.Units.look(row, unit, &g.UnitsSilent, &g.UnitsFew, &g.UnitsIndicative, &g.UnitsAimless)
		}
	}
	for _, code := range office.Counters.IDs() {
		counter := office.Counters[code].Value
		if !counter.Closed && !office.Units[counter.Unit].Value.Closed && sees(counter.Unit) && !serving[code] {
			g.Counters = append(g.Counters, code)
		}
	}
	for _, id := range office.Officers.IDs() {
		officer := office.Officers[id].Value
		if !officer.Employment.ASN() || officer.Closed || !sees(officer.Unit) {
			continue
		}
		row, answered := officers[id]
		switch {
		case answered:
			g.Officers.look(row, id, &g.OfficersSilent, &g.OfficersFew, &g.OfficersIndicative, &g.OfficersAimless)
		case rostered[id]:
			g.Officers.All++
			g.OfficersSilent = append(g.OfficersSilent, id)
		default:
			g.Unrostered = append(g.Unrostered, id)
		}
	}
	return g
}

func (c *Coverage) look(row Row, id string, silent, few, indicative, aimless *[]string) {
	c.All++
	switch {
	case row.Shown():
		c.Shown++
		if row.Status == StatusIndicative {
			*indicative = append(*indicative, id)
		}
	case row.Empty():
		*silent = append(*silent, id)
	default:
		*few = append(*few, id)
	}
	if row.Target == nil {
		*aimless = append(*aimless, id)
	}
}

// onDuty returns the counters and the officers that had a duty, or a sheet of their own, in the cycle.
func onDuty(office *survey.Office, cycle CycleHead) (counters, officers map[string]bool) {
	counters, officers = map[string]bool{}, map[string]bool{}
	for _, held := range office.Duties {
		d := held.Value
		if !d.Cancelled && string(d.From) < string(cycle.To.Add(1)) && string(d.To) > string(cycle.From) {
			counters[d.Counter], officers[d.Officer] = true, true
		}
	}
	for _, held := range office.Sheets {
		s := held.Value
		if s.Officer != "" && !s.Revoked && s.ValidFrom <= cycle.To && (s.ValidTo == "" || s.ValidTo >= cycle.From) {
			counters[s.Counter], officers[s.Officer] = true, true
		}
	}
	return counters, officers
}

// serves says whether people are served in a unit or below it.
func serves(office *survey.Office, unit string) bool {
	return !office.Units[unit].Value.Closed && slices.ContainsFunc(office.Subtree(unit), func(below string) bool {
		return slices.ContainsFunc(office.CountersOf(below), func(code string) bool { return !office.Counters[code].Value.Closed })
	})
}

// mainRows returns the row by which each unit and each officer is measured.
func mainRows(rows []Row) (units, officers map[string]Row) {
	units, officers = map[string]Row{}, map[string]Row{}
	for _, row := range rows {
		switch {
		case row.Level == survey.LevelUnit && row.Indicator == IKM:
			units[string(row.Unit)] = row
		case row.Level == survey.LevelOfficer && row.Indicator == KepuasanPetugas:
			if _, there := officers[row.Officer]; !there || row.Unit == "" {
				officers[row.Officer] = row
			}
		}
	}
	return units, officers
}
