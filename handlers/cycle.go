package handlers

import (
	"errors"
	"slices"
	"time"

	"github.com/gofiber/fiber/v2"

	"kesan/handlers/export"
	"kesan/handlers/locale"
	"kesan/handlers/view"
	"kesan/scoring"
	"kesan/survey"
)

// cyclesPath is where the cycles are listed; each has its pages below.
const cyclesPath = "/dasbor/siklus"

func cycleAddress(id string) string { return cyclesPath + "/" + id }

func (s *Server) cycleRoutes() []route {
	return []route{
		{fiber.MethodGet, cyclesPath, personnel, s.cycleList},
		{fiber.MethodPost, cyclesPath, personnel, s.openCycle},
		{fiber.MethodGet, cyclesPath + "/:cycle", personnel, s.cyclePage},
		{fiber.MethodGet, cyclesPath + "/:cycle/nilai.csv", personnel, s.cycleCSV},
		{fiber.MethodGet, cyclesPath + "/:cycle/nilai.xlsx", personnel, s.cycleXLSX},
		{fiber.MethodGet, cyclesPath + "/:cycle/langkah", personnel, s.cycleStep},
		{fiber.MethodPost, cyclesPath + "/:cycle/langkah", personnel, s.takeCycleStep},
		{fiber.MethodGet, cyclesPath + "/:cycle/bukti/:nip", signedIn, s.evidencePage},
	}
}

// cycleList answers /dasbor/siklus.
func (s *Server) cycleList(c *fiber.Ctx) error { return s.showCycles(c, "", "") }

func (s *Server) showCycles(c *fiber.Ctx, chosen, problem string) error {
	office, account := s.office(), s.account(c)
	page := view.Cycles{Base: s.base(c, "Siklus penilaian")}
	for _, cycle := range s.cycles() {
		results, err := s.Results.Results(c.UserContext(), cycle.ID)
		if err != nil {
			return err
		}
		gaps := scoring.FindGaps(office, results.Cycle, results.Rows, s.seenBy(c))
		page.Cycles = append(page.Cycles, view.CycleLine{CycleHead: cycleHead(cycle), Units: gaps.Units, Officers: gaps.Officers})
	}
	if office.MovesCycles(account) {
		page.Faulty = problem != ""
		page.Open = &view.CycleOpening{Groups: openable(office, s.today("")), Chosen: chosen, CSRF: page.CSRF, Problem: problem}
	}
	return s.render(c, "cycles", page)
}

// seenBy returns whether the signed-in account may see a unit's figures.
func (s *Server) seenBy(c *fiber.Ctx) func(unit string) bool {
	office, account := s.office(), s.account(c)
	return func(unit string) bool { return office.SeesUnit(account, unit) }
}

// cycleHead says what pages say of a cycle.
func cycleHead(cycle survey.Cycle) view.CycleHead {
	period, _ := survey.ParsePeriod(cycle.ID) // only IDs that can be read are ever opened
	return view.CycleHead{CycleHead: headOf(cycle), Label: period.Label(), State: export.StateWord(cycle.State), Digest: cycle.Digest}
}

// How far back and ahead a cycle can be opened on the page; the command opens any.
const (
	openBack  = -400
	openAhead = 100
)

// openable lists the periods around today that have no cycle yet, the latest first, by kind.
func openable(office *survey.Office, today survey.Day) []view.PeriodGroup {
	groups := []view.PeriodGroup{{Label: "Bulan"}, {Label: "Triwulan"}, {Label: "Semester"}, {Label: "Tahun"}}
	kinds := map[int]int{1: 0, 3: 1, 6: 2, 12: 3}
	for year := today.Date().Year() + 1; year >= today.Date().Year()-2; year-- {
		whole, err := survey.ParsePeriod(time.Date(year, 1, 1, 0, 0, 0, 0, time.UTC).Format("2006"))
		if err != nil {
			continue
		}
		within := append(whole.Within(), whole)
		slices.Reverse(within)
		for _, period := range within {
			_, opened := office.Cycles[period.ID]
			if kind, ok := kinds[len(period.Months())]; ok && !opened && period.To >= today.Add(openBack) && period.From <= today.Add(openAhead) {
				groups[kind].Periods = append(groups[kind].Periods, period)
			}
		}
	}
	return slices.DeleteFunc(groups, func(g view.PeriodGroup) bool { return len(g.Periods) == 0 })
}

// openCycle answers the form that opens a cycle.
func (s *Server) openCycle(c *fiber.Ctx) error {
	account := s.account(c)
	if !s.office().MovesCycles(account) {
		return survey.ErrDenied
	}
	id := typed(c, "siklus")
	err := s.Results.Open(c.UserContext(), id, account.Username, "")
	key := ""
	switch {
	case err == nil:
		return c.Redirect(withNotice(cycleAddress(id), "siklus_dibuka"), fiber.StatusSeeOther)
	case errors.Is(err, survey.ErrNotFound):
		key = "cycle.period"
	case errors.Is(err, survey.ErrConflict):
		key = "cycle.exists"
	case errors.Is(err, survey.ErrClosed):
		key = "cycle.closed"
	default:
		return err
	}
	c.Status(fiber.StatusUnprocessableEntity)
	return s.showCycles(c, id, s.words.T(locale.Default, key))
}

// cycleOf returns the cycle that the address names.
func (s *Server) cycleOf(c *fiber.Ctx) (survey.Cycle, error) {
	return s.office().Cycles.Value(c.Params("cycle"))
}
