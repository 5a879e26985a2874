package scoring

import (
	"slices"

	"kesan/survey"
)

// freeze returns everything that a computation says, one part for each unit and one for the officers over several units.
func (c *computation) freeze(earlier []map[figureKey]pastFigure) []frozenFigures {
	var parts []frozenFigures
	shown := c.shown.byUnit()
	for _, unit := range c.office.AllUnits() {
		part := frozenFigures{Unit: unit, Report: c.report(unit), Staff: []frozenOfficer{}, Explained: []frozenExplanation{},
			Shown: shown[unit]}
		for _, officer := range c.staff[unit] {
			part.Staff = append(part.Staff, c.freezeOfficer(unit, officer))
		}
		parts = append(parts, part)
	}
	pool := frozenFigures{Staff: []frozenOfficer{}, Explained: []frozenExplanation{}, Shown: shown[""]}
	for _, officer := range c.office.Officers.IDs() {
		if len(c.served[officer]) > 1 {
			pool.Staff = append(pool.Staff, c.freezeOfficer("", officer))
		}
	}
	parts = append(parts, pool)
	for i := range parts {
		part := &parts[i]
		if part.Report != nil {
			part.Report.recall(earlier)
		}
		for j := range part.Staff {
			part.Staff[j].Figure.recall(c.head.ID, earlier)
		}
		part.Explained = append(part.Explained, c.freezeReasons(*part)...)
	}
	return parts
}

func (c *computation) freezeOfficer(unit, officer string) frozenOfficer {
	return frozenOfficer{Officer: officer, ASN: c.office.Officers[officer].Value.Employment.ASN(), Figure: c.officerFigure(unit, officer)}
}

// freezeReasons explains every figure of a part that is shown. What is the same for the whole cycle is in the manifest.
func (c *computation) freezeReasons(part frozenFigures) []frozenExplanation {
	var rows []Row
	if r := part.Report; r != nil {
		rows = append(rows, r.IKM, r.Officers, r.Wait, r.Score)
	}
	for _, staff := range part.Staff {
		rows = append(rows, staff.Figure.Value, staff.Figure.Wait, staff.Figure.Score)
	}
	var list []frozenExplanation
	for _, row := range rows {
		if reason, ok := c.explain(keyOf(row)); ok {
			reason.Cycle, reason.Policy = CycleHead{}, survey.Policy{}
			list = append(list, frozenExplanation{Officer: row.Officer, Explanation: *reason})
		}
	}
	return list
}

// byUnit returns the cells that are shown, by unit, in order.
func (d disclosure) byUnit() map[string]map[variable][]cellKey {
	shown := map[string]map[variable][]cellKey{}
	for v, table := range d {
		for i := range table.cells {
			c := &table.cells[i]
			if !c.shown {
				continue
			}
			if shown[c.key.Unit] == nil {
				shown[c.key.Unit] = map[variable][]cellKey{}
			}
			shown[c.key.Unit][v] = append(shown[c.key.Unit][v], c.key)
		}
	}
	for _, tables := range shown {
		for _, keys := range tables {
			slices.SortFunc(keys, cellKey.compare)
		}
	}
	return shown
}
