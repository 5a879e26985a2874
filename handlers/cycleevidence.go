package handlers

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"

	"kesan/handlers/export"
	"kesan/handlers/locale"
	"kesan/handlers/view"
	"kesan/scoring"
	"kesan/survey"
)

// evidencePage answers /dasbor/siklus/:cycle/bukti/:nip, one printed page about one officer. Whoever may not see it learns
// not even whether there is such an officer, and a head reads no figure of a unit that is not the head's.
func (s *Server) evidencePage(c *fiber.Ctx) error {
	office, account := s.office(), s.account(c)
	id := c.Params("nip")
	if !office.SeesOfficer(account, id) {
		return survey.ErrDenied
	}
	cycle, err := s.cycleOf(c)
	if err != nil {
		return err
	}
	report, err := s.Results.Officer(c.UserContext(), cycle.ID, id)
	if err != nil {
		return err
	}
	officer := office.Officers[id].Value
	page := view.Evidence{Base: s.base(c, "Bukti nilai "+cycle.ID), Head: cycleHead(cycle), AsOf: report.AsOf, Printed: s.Clock.Now(),
		Zone: office.Zone(officer.Unit), Officer: officer, Kind: officer.Employment.Name(), IDLabel: "NIP",
		UnitName: office.FullName(officer.Unit), Purpose: export.Purpose}
	if !officer.Employment.ASN() {
		page.IDLabel = "Kode"
	}
	if officer.Appraiser != "" {
		page.Appraiser = survey.Name(office.Officers, officer.Appraiser)
	}
	page.Back = evidenceBack(account, page)
	seen := report.Units[:0:0]
	for _, figure := range report.Units {
		if s.seesFigure(c, report, string(figure.Unit)) {
			seen = append(seen, figure)
		}
	}
	page.Hidden = len(seen) < len(report.Units)
	if err := s.evidenceFigures(c.UserContext(), office, report.Cycle.ID, seen, &page); err != nil {
		return err
	}
	s.audit(c, survey.AuditExport, cycle.ID+" bukti "+id)
	return s.render(c, "evidence", page)
}

// evidenceBack leads to where the reader's way to the page began.
func evidenceBack(account survey.Account, page view.Evidence) view.Link {
	switch {
	case personnel.admits(account.Role):
		return view.Link{Label: page.Head.Label, URL: page.Head.Path()}
	case account.Officer == page.Officer.ID:
		return view.Link{Label: "Nilai saya", URL: address(ownPath, "siklus", page.Head.ID)}
	}
	return view.Link{Label: page.Officer.Name, URL: officerAddress(page.Officer.ID, page.Head.ID)}
}

// evidenceFigures fills in the figures with how they came about.
func (s *Server) evidenceFigures(ctx context.Context, office *survey.Office, cycle string, figures []scoring.OfficerFigure, page *view.Evidence) error {
	for _, figure := range figures {
		shown := view.EvidenceFigure{Code: string(figure.Unit)}
		if figure.Unit != "" {
			shown.Unit = survey.Name(office.Units, string(figure.Unit))
		}
		for _, row := range []scoring.Row{figure.Value, figure.Wait, figure.Score} {
			line := evidenceRow(row)
			explanation, err := s.Results.Explain(ctx, cycle, row.Level, string(row.Unit), row.Officer, row.Indicator)
			if err != nil && !errors.Is(err, survey.ErrNotFound) {
				return err
			}
			if err == nil {
				line.Steps = view.Steps(explanation.Steps)
				policy := explanation.Policy
				policy.OfficerMinTrust = explanation.MinTrust
				page.Policy = &policy
			}
			if row.Recipe != "" && !slices.Contains(page.Recipes, row.Recipe) {
				page.Recipes = append(page.Recipes, row.Recipe)
			}
			shown.Rows = append(shown.Rows, line)
		}
		page.Figures = append(page.Figures, shown)
	}
	return nil
}

func evidenceRow(row scoring.Row) view.EvidenceRow {
	definition, _ := scoring.IndicatorOf(row.Indicator)
	line := view.EvidenceRow{Row: row, Label: definition.Label, Measure: strings.TrimPrefix(definition.Unit, "indeks "), StatusIs: export.StatusWord(row.Status), Decimals: definition.Decimals}
	if row.Empty() {
		line.StatusIs = "belum ada data"
	}
	return line
}

// leftOut names the answers that do not count, by decision and rule.
func (s *Server) leftOut(list []scoring.LeftOut) []view.EvidenceLeftOut {
	var named []view.EvidenceLeftOut
	for _, l := range list {
		why := s.words.T(locale.Default, "evidence.decision."+string(l.Decision))
		if l.Rule != "" {
			why += " (" + s.words.T(locale.Default, "evidence.rule."+string(l.Rule)) + ")"
		}
		named = append(named, view.EvidenceLeftOut{Why: why, N: l.N})
	}
	return named
}
