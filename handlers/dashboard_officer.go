package handlers

import (
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"

	"kesan/handlers/locale"
	"kesan/handlers/view"
	"kesan/scoring"
	"kesan/survey"
)

// ownPage shows the reader's own figures.
func (s *Server) ownPage(c *fiber.Ctx) error {
	officer := s.office().Officers[s.account(c).Officer].Value
	return s.showOfficer(c, officer, true, ownPath)
}

// officerPage shows an officer's figures to whoever may see them.
func (s *Server) officerPage(c *fiber.Ctx) error {
	officer, err := s.seenOfficer(c)
	if err != nil {
		return err
	}
	if s.account(c).Officer == officer.ID && persons.admits(s.account(c).Role) {
		return c.Redirect(address(ownPath, "siklus", c.Query("siklus")), fiber.StatusSeeOther)
	}
	return s.showOfficer(c, officer, false, officerAddress(officer.ID, ""))
}

func (s *Server) showOfficer(c *fiber.Ctx, officer survey.Officer, own bool, path string) error {
	office := s.office()
	policy, zone := office.Policy(), office.Zone(officer.Unit)
	page := view.Officer{Base: s.base(c, officer.Name), Own: own, Officer: officer, Unit: office.FullName(officer.Unit), Kind: officer.Employment.Name(),
		Zone: zone, Verified: policy.OfficerMinTrust.Verified(), OfficerMinimum: policy.OfficerMinimum, OfficerFirm: policy.OfficerAppraisal, ShrinkK: policy.ShrinkK}
	if own {
		page.Title = "Nilai saya"
	}
	cycle, err := s.chosenCycle(c, zone)
	if err != nil {
		return err
	}
	if !own {
		page.Back = s.aboveOfficer(s.account(c).Role, officer, cycle.ID)
	}
	if officer.ID == "" || cycle.ID == "" {
		return s.staffPage(c, "officer", page)
	}
	report, err := s.Results.Officer(c.UserContext(), cycle.ID, officer.ID)
	if err != nil {
		return err
	}
	page.Head, page.AsOf, page.Chooser = cycleHead(cycle), report.AsOf, s.chooser(path, cycle, zone)
	page.Evidence = evidencePath(cycle.ID, officer.ID)
	for _, figure := range report.Units {
		if s.seesFigure(c, report, string(figure.Unit)) {
			page.Figures = append(page.Figures, s.officerFigure(figure, officer.ID, cycle.ID))
		} else {
			page.Hidden = true
		}
	}
	page.Duties = s.comingDuties(officer.ID, survey.DayOf(s.Clock.Now(), zone))
	return s.staffPage(c, "officer", page)
}

// aboveOfficer is the page that leads to an officer's.
func (s *Server) aboveOfficer(reader survey.Role, officer survey.Officer, cycle string) view.Link {
	if reader == survey.RoleAppraiser {
		return view.Link{Label: "Tim saya", URL: address(teamPath, "siklus", cycle)}
	}
	return view.Link{Label: survey.Name(s.office().Units, officer.Unit), URL: unitAddress(officer.Unit, cycle)}
}

func (s *Server) officerFigure(figure scoring.OfficerFigure, officer, cycle string) view.OfficerFigure {
	office, path := s.office(), officerAddress(officer, "")
	shown := view.OfficerFigure{Value: figureView(figure.Value, path, cycle), Scale: view.NewScale(figure.Value), Wait: figureView(figure.Wait, path, cycle),
		Score: figureView(figure.Score, path, cycle), Parts: s.parts(figure.Parts), Before: before(cycle),
		Trend: view.NewTrend("Kepuasan atas petugas dari siklus ke siklus", figure.Trend, figure.Value.Target)}
	form, _ := office.FormOf(string(figure.Unit))
	if figure.Unit != "" {
		shown.Unit = survey.Name(office.Units, string(figure.Unit))
	}
	for _, unsur := range figure.Unsur {
		if unsur.NRR != nil {
			shown.Unsur = append(shown.Unsur, view.NewUnsurRow(unsur, form))
		}
	}
	if all := figure.All; all != nil && figure.Value.N != nil && all.N != *figure.Value.N {
		shown.All = &view.FigureNote{Value: all.Value.String(), N: all.N}
	}
	if figure.Previous != nil {
		shown.Change = &view.ChangeView{Change: *figure.Previous, Label: view.CycleLabel(figure.Previous.Cycle)}
	}
	return shown
}

// rosterAhead is how many days of coming duties are shown.
const rosterAhead = 14

// comingDuties lists the officer's duties from today on, by day.
func (s *Server) comingDuties(officer string, today survey.Day) []view.DutyDay {
	office := s.office()
	first, last := survey.LocalTime(today+"T00:00"), survey.LocalTime(today.Add(rosterAhead)+"T00:00")
	var duties []survey.Duty
	for _, held := range office.Duties {
		if d := held.Value; d.Officer == officer && !d.Cancelled && d.To > first && d.From < last {
			duties = append(duties, d)
		}
	}
	slices.SortFunc(duties, func(a, b survey.Duty) int {
		return strings.Compare(string(a.From)+a.Counter, string(b.From)+b.Counter)
	})
	var days []view.DutyDay
	for _, d := range duties {
		day, from, _ := strings.Cut(string(d.From), "T")
		until, to, _ := strings.Cut(string(d.To), "T")
		counter := office.Counters[d.Counter].Value
		text := strings.ReplaceAll(from+"-"+to, ":", ".")
		if until != day {
			text = strings.ReplaceAll(from, ":", ".") + " sampai " + locale.Date(survey.Day(until)) + " " + strings.ReplaceAll(to, ":", ".") + ","
		}
		text += " " + survey.Name(office.Counters, d.Counter) + ", " + survey.Name(office.Units, counter.Unit)
		label := weekdays[survey.Day(day).Weekday()] + ", " + locale.Date(survey.Day(day))
		if n := len(days); n == 0 || days[n-1].Day != label {
			days = append(days, view.DutyDay{Day: label})
		}
		days[len(days)-1].Duties = append(days[len(days)-1].Duties, text)
	}
	return days
}

// teamPage lists the officers whose direct superior the reader is, by name.
func (s *Server) teamPage(c *fiber.Ctx) error {
	office, account := s.office(), s.account(c)
	policy, zone := office.Policy(), office.Zone(office.Officers[account.Officer].Value.Unit)
	page := view.Team{Base: s.base(c, "Tim saya"), Zone: zone, OfficerMinimum: policy.OfficerMinimum, OfficerFirm: policy.OfficerAppraisal}
	cycle, err := s.chosenCycle(c, zone)
	if err != nil {
		return err
	}
	if cycle.ID == "" {
		return s.staffPage(c, "team", page)
	}
	page.Head, page.AsOf, page.Chooser = cycleHead(cycle), s.Clock.Now(), s.chooser(teamPath, cycle, zone)
	for _, id := range office.Team(account.Officer) {
		officer := office.Officers[id].Value
		report, err := s.Results.Officer(c.UserContext(), cycle.ID, id)
		if err != nil {
			return err
		}
		if member, ok := member(office, officer, report, cycle.ID); ok {
			page.AsOf = report.AsOf
			page.Members = append(page.Members, member)
		}
	}
	byName(page.Members, func(m view.Member) string { return m.Name })
	return s.staffPage(c, "team", page)
}

// member shows an officer by the figure over all units served in. Who has left and has no answers is left out.
func member(office *survey.Office, officer survey.Officer, report *scoring.OfficerReport, cycle string) (view.Member, bool) {
	m := view.Member{ID: officer.ID, Kind: officer.Employment.Name(), Name: officer.Name, Unit: survey.Name(office.Units, officer.Unit),
		URL: officerAddress(officer.ID, cycle), Evidence: evidencePath(cycle, officer.ID), None: len(report.Units) == 0}
	if m.None {
		return m, !officer.Closed
	}
	whole := report.Units[len(report.Units)-1]
	m.FigureView = figureView(whole.Value, officerAddress(officer.ID, ""), cycle)
	m.Units = max(1, len(report.Units)-1)
	return m, true
}
