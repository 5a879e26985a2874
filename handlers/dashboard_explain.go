package handlers

import (
	"errors"

	"github.com/gofiber/fiber/v2"

	"kesan/handlers/view"
	"kesan/scoring"
	"kesan/survey"
)

// unitExplainPage says how a figure of a unit came about.
func (s *Server) unitExplainPage(c *fiber.Ctx) error {
	unit, err := s.seenUnit(c)
	if err != nil {
		return err
	}
	cycle, err := s.chosenCycle(c, unit.Zone)
	if err != nil {
		return err
	}
	page := view.Explain{Zone: unit.Zone, Subject: s.office().FullName(unit.Code),
		Back: view.Link{Label: unit.Name, URL: unitAddress(unit.Code, cycle.ID)}}
	return s.explain(c, page, cycle, survey.LevelUnit, unit.Code, "")
}

// officerExplainPage does the same for an officer; the unit stands in the query, none means all units together.
func (s *Server) officerExplainPage(c *fiber.Ctx) error {
	officer, err := s.seenOfficer(c)
	if err != nil {
		return err
	}
	office, unit := s.office(), c.Query("unit")
	zone := office.Zone(officer.Unit)
	cycle, err := s.chosenCycle(c, zone)
	if err != nil {
		return err
	}
	report, err := s.Results.Officer(c.UserContext(), cycle.ID, officer.ID)
	if err != nil {
		return err
	}
	if !s.seesFigure(c, report, unit) {
		return survey.ErrDenied
	}
	page := view.Explain{Zone: zone, Officer: true, Subject: officer.Name + ", semua unit",
		Back: view.Link{Label: officer.Name, URL: officerAddress(officer.ID, cycle.ID)}}
	if unit != "" {
		page.Subject = officer.Name + ", " + survey.Name(office.Units, unit)
	}
	if s.account(c).Officer == officer.ID {
		page.Back = view.Link{Label: "Nilai saya", URL: address(ownPath, "siklus", cycle.ID)}
	}
	return s.explain(c, page, cycle, survey.LevelOfficer, unit, officer.ID)
}

// explain fills and writes the page. A figure that is not shown has a page too, which says why.
func (s *Server) explain(c *fiber.Ctx, page view.Explain, cycle survey.Cycle, level survey.Level, unit, officer string) error {
	indicator, ok := scoring.IndicatorOf(c.Params("indicator"))
	if !ok || cycle.ID == "" {
		return survey.ErrNotFound
	}
	page.Base, page.Head, page.Indicator = s.base(c, indicator.Label+", "+page.Back.Label), cycleHead(cycle), indicator
	page.Policy, page.Printed = s.office().Policy(), s.Clock.Now()
	found, err := s.Results.Explain(c.UserContext(), cycle.ID, level, unit, officer, indicator.Key)
	if errors.Is(err, survey.ErrNotFound) {
		return s.staffPage(c, "explain", page)
	}
	if err != nil {
		return err
	}
	page.Found, page.Indicator, page.Figure = true, found.Indicator, figureView(found.Row, "", cycle.ID)
	page.Moments, page.Steps, page.Policy, page.MinTrust = found.Moments, view.Steps(found.Steps), found.Policy, found.MinTrust
	page.Waits, page.Parts, page.LeftOut = view.WaitRows(found.Waits, 0), s.parts(found.Parts), s.leftOut(found.LeftOut)
	if level == survey.LevelUnit {
		if page.Moves, err = s.movesWithin(c.UserContext(), unit, page.Head.CycleHead); err != nil {
			return err
		}
	}
	for _, sum := range found.Unsur {
		row := view.ExplainUnsur{UnsurSum: sum, Name: sum.Unsur.Name()}
		if nrr, ok := (scoring.Element{N: sum.N, Sum: sum.Sum}).NRR(); ok {
			row.NRR = scoring.PublishNRR(nrr)
		}
		page.Unsur = append(page.Unsur, row)
	}
	if scale := view.NewScale(found.Row); scale != nil && len(page.Unsur) > 0 {
		page.Bands = scale.Bands
	}
	return s.staffPage(c, "explain", page)
}

// seenOfficer returns the officer that the address names, if the reader may see the figures. Whoever may not learns not even
// whether there is such an officer.
func (s *Server) seenOfficer(c *fiber.Ctx) (survey.Officer, error) {
	id, err := segment(c, "officer")
	if err != nil {
		return survey.Officer{}, err
	}
	office := s.office()
	if !office.SeesOfficer(s.account(c), id) {
		return survey.Officer{}, survey.ErrDenied
	}
	return office.Officers.Value(id)
}

// seesFigure says whether the reader may see the officer's figure in a unit, or over all units when it is empty.
func (s *Server) seesFigure(c *fiber.Ctx, report *scoring.OfficerReport, unit string) bool {
	served := make([]string, 0, len(report.Units))
	for _, figure := range report.Units {
		if figure.Unit != "" {
			served = append(served, string(figure.Unit))
		}
	}
	return s.office().SeesOfficerIn(s.account(c), report.Officer, unit, served)
}
