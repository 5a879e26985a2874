package handlers

import (
	"net/url"
	"strings"

	"github.com/gofiber/fiber/v2"

	"kesan/handlers/view"
	"kesan/scoring"
	"kesan/survey"
)

// Addresses of the dashboards.
const (
	dashboardPath = "/dasbor"
	teamPath      = "/dasbor/tim"
	ownPath       = "/saya"
)

var (
	// colleagues may see figures of officers; which officers is survey.Office.SeesOfficer's to say.
	colleagues = roles(survey.RoleAdmin, survey.RoleHR, survey.RoleUnitHead, survey.RoleAppraiser, survey.RoleOfficer)
	persons    = roles(survey.RoleOfficer, survey.RoleAppraiser)
	appraisers = roles(survey.RoleAppraiser)
)

func (s *Server) dashboardRoutes() []route {
	return []route{
		{fiber.MethodGet, dashboardPath, readers, s.homePage},
		{fiber.MethodGet, teamPath, appraisers, s.teamPage},
		{fiber.MethodGet, "/dasbor/unit/:unit", readers, s.unitPage},
		{fiber.MethodGet, "/dasbor/unit/:unit/komentar", readers, s.commentsPage},
		{fiber.MethodGet, "/dasbor/unit/:unit/pertanyaan.csv", readers, s.questionsCSV},
		{fiber.MethodGet, "/dasbor/unit/:unit/pertanyaan.xlsx", readers, s.questionsXLSX},
		{fiber.MethodGet, "/dasbor/unit/:unit/angka/:indicator", readers, s.unitExplainPage},
		{fiber.MethodGet, "/dasbor/petugas/:officer", colleagues, s.officerPage},
		{fiber.MethodGet, "/dasbor/petugas/:officer/angka/:indicator", colleagues, s.officerExplainPage},
		{fiber.MethodGet, ownPath, persons, s.ownPage},
	}
}

// segment reads a part of the address's path.
func segment(c *fiber.Ctx, name string) (string, error) {
	text, err := url.PathUnescape(c.Params(name))
	if err != nil {
		return "", survey.ErrNotFound
	}
	return text, nil
}

// seenUnit returns the unit that the address names, if the reader may see its figures.
func (s *Server) seenUnit(c *fiber.Ctx) (survey.Unit, error) {
	code, err := segment(c, "unit")
	if err != nil {
		return survey.Unit{}, err
	}
	office := s.office()
	if !office.SeesUnit(s.account(c), code) {
		return survey.Unit{}, survey.ErrDenied
	}
	return office.Units.Value(code)
}

// address writes an address with a query; empty values are left out.
func address(path string, pairs ...string) string {
	query := url.Values{}
	for i := 0; i < len(pairs); i += 2 {
		if pairs[i+1] != "" {
			query.Set(pairs[i], pairs[i+1])
		}
	}
	return view.PageQuery(path, query)
}

func unitAddress(unit, cycle string) string {
	return address(dashboardPath+"/unit/"+url.PathEscape(unit), "siklus", cycle)
}

func officerAddress(officer, cycle string) string {
	return address(dashboardPath+"/petugas/"+url.PathEscape(officer), "siklus", cycle)
}

// homePage lists the units that the reader may see, as they stand in the tree. A unit head is taken to the own unit.
func (s *Server) homePage(c *fiber.Ctx) error {
	account, office := s.account(c), s.office()
	if account.Role == survey.RoleUnitHead {
		return c.Redirect(unitAddress(account.Unit, c.Query("siklus")), fiber.StatusSeeOther)
	}
	page := view.Home{Base: s.base(c, "Dasbor"), Search: strings.TrimSpace(c.Query("cari")), Zone: office.Zone(account.Unit)}
	seen := office.UnitsSeen(account)
	page.Known = int64(len(seen))
	cycle, err := s.chosenCycle(c, page.Zone)
	if err != nil {
		return err
	}
	if cycle.ID == "" || len(seen) == 0 {
		return s.staffPage(c, "home", page)
	}
	results, err := s.Results.Results(c.UserContext(), cycle.ID)
	if err != nil {
		return err
	}
	page.Head, page.AsOf = cycleHead(cycle), results.AsOf
	page.Chooser = s.chooser(dashboardPath, cycle, page.Zone, view.Choice{Label: "cari", Value: page.Search})
	figures := map[string]scoring.Row{}
	for _, row := range results.Rows {
		if row.Level == survey.LevelUnit && row.Indicator == scoring.IKM {
			figures[string(row.Unit)] = row
		}
	}
	for _, code := range seen {
		row, there := figures[code]
		if !there { // of a locked cycle, in which the unit was not there yet
			nobody := int64(0)
			row = scoring.Row{Status: scoring.StatusInsufficient, N: &nobody}
		}
		page.Add(s.homeUnit(office, code, cycle.ID, account.Unit, row))
	}
	return s.staffPage(c, "home", page)
}

func (s *Server) homeUnit(office *survey.Office, code, cycle, top string, row scoring.Row) view.HomeUnit {
	unit := office.Units[code].Value
	line := view.HomeUnit{FigureView: view.FigureView{Row: row}, Code: code, Name: unit.Name, Closed: unit.Closed,
		URL: unitAddress(code, cycle), Depth: len(office.Path(code)) - max(1, len(office.Path(top)))}
	if unit.Parent != "" {
		line.Above = office.FullName(unit.Parent)
	}
	return line
}
