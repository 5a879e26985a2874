package demo

import (
	"fmt"

	"kesan/survey"
)

// cycleIDs returns the quarters that the region's days touch, oldest first, then the years.
func (r *Region) cycleIDs() []string {
	var list []string
	for day := quarterOf(r.From); day <= r.Until; day = quarterOf(day.Add(100)) {
		list = append(list, survey.QuarterOf(day).ID)
	}
	for _, year := range r.years() {
		list = append(list, fmt.Sprint(year))
	}
	return list
}

func (r *Region) cycles() []survey.Draft {
	var list []survey.Draft
	for _, id := range r.cycleIDs() {
		list = append(list, survey.Draft{Object: survey.Cycle{ID: id, State: survey.CycleOpen, Version: 1}})
	}
	return list
}

// targets sets, for each year, what every unit and its officers should reach, and for each quarter what the units that serve
// should: a year's value is where the quarters lead to.
func (r *Region) targets() []survey.Draft {
	var list []survey.Draft
	for _, period := range r.cycleIDs() {
		quarter := len(period) > 4
		for _, p := range r.places {
			for i := range p.branches {
				list = append(list, branchTargets(p, &p.branches[i], period, quarter)...)
			}
		}
		if !quarter {
			list = append(list, target(survey.LevelUnit, root, survey.IKM, period, 8000, 100))
			list = append(list, target(survey.LevelOfficer, root, survey.KepuasanPetugas, period, 8000, 100))
		}
	}
	return list
}

func branchTargets(p *place, b *branch, period string, quarter bool) []survey.Draft {
	unit := p.unitCode(b.key)
	if len(b.services) == 0 {
		if quarter {
			return nil
		}
		return []survey.Draft{target(survey.LevelUnit, unit, survey.IKM, period, 8000, 100)}
	}
	goal := int64(8200)
	if b.mean >= 350 {
		goal = 8831
	}
	wait := int64(b.services[0].waitLimit) * 100
	if quarter { // on the way to the year's
		goal -= 100
	}
	return []survey.Draft{
		target(survey.LevelUnit, unit, survey.IKM, period, goal, 60),
		target(survey.LevelUnit, unit, survey.WaktuTunggu, period, wait, 40),
		target(survey.LevelOfficer, unit, survey.KepuasanPetugas, period, goal, 100),
	}
}

func target(level survey.Level, unit, indicator, period string, value, weight int64) survey.Draft {
	return survey.Draft{Object: survey.Target{Indicator: indicator, Level: level, Unit: unit, Period: period, Value: value, Weight: weight}}
}
