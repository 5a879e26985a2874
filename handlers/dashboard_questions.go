package handlers

import (
	"cmp"
	"net/url"

	"github.com/gofiber/fiber/v2"

	"kesan/handlers/export"
	"kesan/handlers/view"
	"kesan/scoring"
	"kesan/survey"
)

// questionsCSV answers /dasbor/unit/:unit/pertanyaan.csv: what the page of the unit shows of extra and profile questions, as a
// file.
func (s *Server) questionsCSV(c *fiber.Ctx) error {
	return s.questionFile(c, "csv", mimeCSV, export.Questions.CSV)
}

// questionsXLSX answers /dasbor/unit/:unit/pertanyaan.xlsx.
func (s *Server) questionsXLSX(c *fiber.Ctx) error {
	return s.questionFile(c, "xlsx", mimeXLSX, export.Questions.XLSX)
}

func (s *Server) questionFile(c *fiber.Ctx, ending, kind string, write func(export.Questions) ([]byte, error)) error {
	unit, err := s.seenUnit(c)
	if err != nil {
		return err
	}
	cycle, err := s.chosenCycle(c, unit.Zone)
	if err != nil {
		return err
	}
	period, err := survey.ParsePeriod(cycle.ID)
	if err != nil {
		return survey.ErrNotFound // there is no cycle yet
	}
	report, err := s.Results.Report(c.UserContext(), cycle.ID, unit.Code)
	if err != nil {
		return err
	}
	office := s.office()
	body, err := write(export.Questions{Agency: office.Agency().Name, Cycle: report.Cycle, Label: period.Label(), Unit: unit, AsOf: report.AsOf,
		Options: questionOptions(report, office)})
	if err != nil {
		return err
	}
	s.audit(c, survey.AuditExport, cycle.ID+" pertanyaan "+unit.Code+"."+ending)
	return attach(c, "kesan-"+cycle.ID+"-"+unit.Code+"-pertanyaan."+ending, kind, body)
}

// questionFiles are the addresses of both files.
func questionFiles(unit, cycle string) []view.Link {
	path := dashboardPath + "/unit/" + url.PathEscape(unit) + "/pertanyaan."
	return []view.Link{{Label: "CSV", URL: address(path+"csv", "siklus", cycle)}, {Label: "XLSX", URL: address(path+"xlsx", "siklus", cycle)}}
}

// questionOptions lists the options of all questions of a report in the order of its page. Where the page shows nothing of a
// question the file has no number either.
func questionOptions(report *scoring.Report, office *survey.Office) []export.Option {
	form, _ := office.FormOf(report.Unit)
	var list []export.Option
	add := func(kind, from string, question view.QuestionView) {
		for _, option := range question.Options {
			line := export.Option{Kind: kind, Form: from, Question: question.Question, Label: option.Label}
			if question.Known() {
				line.N, line.Percent = option.N, option.Percent
			}
			list = append(list, line)
		}
	}
	for _, question := range extraViews(report.Extra, form, office) {
		add("tambahan", cmp.Or(question.Form, form.Name), question)
	}
	for _, question := range profileViews(report.Profile, form) {
		add("responden", "", question)
	}
	return list
}
