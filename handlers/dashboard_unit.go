package handlers

import (
	"net/url"
	"slices"

	"github.com/gofiber/fiber/v2"

	"kesan/handlers/view"
	"kesan/scoring"
	"kesan/survey"
)

// unitPage is the dashboard of a unit in a cycle.
func (s *Server) unitPage(c *fiber.Ctx) error {
	unit, err := s.seenUnit(c)
	if err != nil {
		return err
	}
	office := s.office()
	cycle, err := s.chosenCycle(c, unit.Zone)
	if err != nil {
		return err
	}
	policy := office.Policy()
	page := view.Dashboard{Base: s.base(c, unit.Name), Zone: unit.Zone, Unit: unit, FullName: office.FullName(unit.Code),
		Crumbs:      s.crumbs(c, unit.Code, cycle.ID),
		UnitMinimum: policy.UnitMinimum, OfficerMinimum: policy.OfficerMinimum, OfficerFirm: policy.OfficerAppraisal}
	if page.Awaited, err = s.awaited(c); err != nil {
		return err
	}
	if cycle.ID == "" {
		return s.staffPage(c, "dashboard", page)
	}
	report, err := s.Results.Report(c.UserContext(), cycle.ID, unit.Code)
	if err != nil {
		return err
	}
	path := dashboardPath + "/unit/" + url.PathEscape(unit.Code)
	page.Head, page.AsOf, page.Chooser = cycleHead(cycle), report.AsOf, s.chooser(path, cycle, unit.Zone)
	page.Title += ", " + page.Head.Label
	page.Comments, page.Files = path+"/komentar", questionFiles(unit.Code, cycle.ID)
	explain := func(row scoring.Row) view.FigureView { return figureView(row, path, cycle.ID) }
	page.IKM, page.Officers, page.Wait, page.Score = explain(report.IKM), explain(report.Officers), explain(report.Wait), explain(report.Score)
	form, _ := office.FormOf(unit.Code)
	s.firstScreen(&page, report, form)
	s.details(&page, report, form)
	return s.staffPage(c, "dashboard", page)
}

// crumbs leads from the top of what the reader may see down to the unit.
func (s *Server) crumbs(c *fiber.Ctx, unit, cycle string) []view.Link {
	office, account := s.office(), s.account(c)
	var links []view.Link
	if account.Role != survey.RoleUnitHead {
		links = append(links, view.Link{Label: "Semua unit", URL: address(dashboardPath, "siklus", cycle)})
	}
	for _, above := range office.Path(unit) {
		if above != unit && office.SeesUnit(account, above) {
			links = append(links, view.Link{Label: survey.Name(office.Units, above), URL: unitAddress(above, cycle)})
		}
	}
	return links
}

// figureView gives a figure the address of its explanation, below that of its subject.
func figureView(row scoring.Row, path, cycle string) view.FigureView {
	figure := view.FigureView{Row: row}
	if definition, ok := scoring.IndicatorOf(row.Indicator); ok {
		figure.Label = definition.Label
	}
	if row.Shown() {
		within := ""
		if row.Level == survey.LevelOfficer {
			within = string(row.Unit)
		}
		figure.Explain = address(path+"/angka/"+row.Indicator, "siklus", cycle, "unit", within)
	}
	return figure
}

// firstScreen answers in words: how are we doing, what hurts most, what changed.
func (s *Server) firstScreen(page *view.Dashboard, report *scoring.Report, form survey.Form) {
	page.Scale = view.NewScale(report.IKM)
	page.Users, page.Minimum, page.Before = report.Users, report.Minimum, before(report.Cycle.ID)
	if page.PerUnsur = report.PerUnsur; page.PerUnsur > 0 {
		page.Missing = max(0, report.Minimum-page.PerUnsur)
	} else if report.IKM.N != nil {
		page.Missing = max(0, report.Minimum-*report.IKM.N)
	}
	if weakest := scoring.Weakest(report.Unsur); len(weakest) > 0 {
		for _, figure := range weakest {
			page.Unsur = append(page.Unsur, view.NewUnsurRow(figure, form))
		}
		page.Weakest = &page.Unsur[0]
		if len(page.Unsur) > 1 {
			page.Next = &page.Unsur[1]
		}
	}
	if report.Previous != nil {
		page.Change = &view.ChangeView{Change: *report.Previous, Label: view.CycleLabel(report.Previous.Cycle)}
	}
}

// details fills what stands below the first screen.
func (s *Server) details(page *view.Dashboard, report *scoring.Report, form survey.Form) {
	office, cycle := s.office(), report.Cycle.ID
	page.Trend = view.NewTrend("IKM "+page.Unit.Name+" dari siklus ke siklus", report.Trend, report.IKM.Target)
	page.Waiting, page.Waits, page.Beyond = report.Waiting, view.WaitRows(report.Waiting.Bins, report.Waiting.Standard), report.Waiting.Within.Rest()
	page.Parts = s.parts(report.Parts)
	for _, line := range report.Services {
		page.Services = append(page.Services, view.Line{Line: line, Name: survey.Name(office.Services, line.Code)})
	}
	for _, line := range report.Counters {
		page.Counters = append(page.Counters, view.Line{Line: line, Name: survey.Name(office.Counters, line.Code)})
	}
	for _, line := range report.Staff {
		page.Staff = append(page.Staff, view.Line{Line: line, Name: survey.Name(office.Officers, line.Code), URL: officerAddress(line.Code, cycle)})
	}
	for _, line := range report.Units {
		shown := view.Line{Line: line, Name: survey.Name(office.Units, line.Code), Here: line.Code == page.Unit.Code}
		if !shown.Here {
			shown.URL = unitAddress(line.Code, cycle)
		}
		page.Units = append(page.Units, shown)
	}
	for _, lines := range [][]view.Line{page.Services, page.Counters, page.Staff, page.Units} {
		byName(lines, func(line view.Line) string { return line.Name })
	}
	page.Profile = profileViews(report.Profile, form)
	page.Extra = extraViews(report.Extra, form, office)
	page.LeftOut = s.leftOut(report.LeftOut)
	for _, l := range report.LeftOut {
		page.Left += l.N
	}
}

func (s *Server) parts(parts []scoring.ScorePart) []view.PartView {
	var list []view.PartView
	for _, part := range parts {
		label := part.Indicator
		if definition, ok := scoring.IndicatorOf(part.Indicator); ok {
			label = definition.Label
		}
		list = append(list, view.PartView{ScorePart: part, Label: label})
	}
	return list
}

// profileViews puts the questions in the order of the form; those that it no longer has come last.
func profileViews(figures []scoring.QuestionFigure, form survey.Form) []view.QuestionView {
	var list []view.QuestionView
	for _, question := range form.Profile {
		for _, figure := range figures {
			if figure.Question == question.Key {
				list = append(list, view.NewQuestion(figure, question))
			}
		}
	}
	for _, figure := range figures {
		if !slices.ContainsFunc(form.Profile, func(q survey.Question) bool { return q.Key == figure.Question }) {
			list = append(list, view.NewQuestion(figure, survey.Question{}))
		}
	}
	return list
}

// extraViews names the form of a question where it is another than the unit's own: the same text can stand on both.
func extraViews(figures []scoring.QuestionFigure, own survey.Form, office *survey.Office) []view.QuestionView {
	var list []view.QuestionView
	for _, figure := range figures {
		question := view.NewQuestion(figure, office.ExtraOf(figure.Ref()))
		if figure.Form != own.ID {
			question.Form = office.Forms[figure.Form].Value.Name
		}
		list = append(list, question)
	}
	return list
}
