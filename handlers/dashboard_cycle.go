package handlers

import (
	"github.com/gofiber/fiber/v2"

	"kesan/handlers/view"
	"kesan/survey"
)

// chosenCycle returns the cycle that the address names, else the usual one; without any cycle an empty one.
// survey.ErrNotFound: there is no such cycle.
func (s *Server) chosenCycle(c *fiber.Ctx, zone survey.Zone) (survey.Cycle, error) {
	if id := c.Query("siklus"); id != "" {
		return s.office().Cycles.Value(id)
	}
	return usualCycle(s.cycles(), survey.DayOf(s.Clock.Now(), zone)), nil
}

// usualCycle is what most people want to see: the quarter that runs today, else another cycle that does, the shortest first;
// else the last one that has begun, else any.
func usualCycle(cycles []survey.Cycle, today survey.Day) survey.Cycle {
	var usual survey.Cycle
	best, end := 0, survey.Day("")
	for _, cycle := range cycles {
		period, err := survey.ParsePeriod(cycle.ID)
		if err != nil {
			continue
		}
		rank := 1
		switch months := len(period.Months()); {
		case period.From > today:
		case period.To < today:
			rank = 2
		case months == 3:
			rank = 20
		default:
			rank = 15 - months
		}
		if rank > best || rank == best && period.To > end {
			usual, best, end = cycle, rank, period.To
		}
	}
	return usual
}

// chooser offers the cycles that have begun, the latest first.
func (s *Server) chooser(path string, chosen survey.Cycle, zone survey.Zone, kept ...view.Choice) view.Chooser {
	chooser := view.Chooser{Path: path}
	today := survey.DayOf(s.Clock.Now(), zone)
	for _, cycle := range s.cycles() {
		if head := headOf(cycle); head.From <= today || cycle.ID == chosen.ID {
			chooser.Cycles = append(chooser.Cycles, view.Choice{Value: cycle.ID, Label: view.CycleLabel(cycle.ID), Chosen: cycle.ID == chosen.ID})
		}
	}
	for _, k := range kept {
		if k.Value != "" {
			chooser.Kept = append(chooser.Kept, k)
		}
	}
	return chooser
}

// before names the cycle of the same kind before.
func before(cycle string) string {
	period, err := survey.ParsePeriod(cycle)
	if err != nil {
		return ""
	}
	return period.Previous().Label()
}
