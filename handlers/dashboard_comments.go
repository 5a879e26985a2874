package handlers

import (
	"errors"
	"net/url"

	"github.com/gofiber/fiber/v2"

	"kesan/handlers/locale"
	"kesan/handlers/view"
	"kesan/survey"
)

// monthsBack is how many months the comments page offers.
const monthsBack = 12

// commentsPage shows what citizens wrote about a unit in a month that is over.
func (s *Server) commentsPage(c *fiber.Ctx) error {
	unit, err := s.seenUnit(c)
	if err != nil {
		return err
	}
	office := s.office()
	last := lastMonth(survey.DayOf(s.Clock.Now(), unit.Zone))
	month := survey.Month(c.Query("bulan", string(last)))
	if period, err := survey.ParsePeriod(string(month)); err != nil || len(period.Months()) != 1 {
		return survey.ErrNotFound
	}
	path := dashboardPath + "/unit/" + url.PathEscape(unit.Code)
	label := view.CycleLabel(string(month))
	page := view.Comments{Base: s.base(c, "Komentar "+unit.Name+", "+label), Unit: unit, Month: label, Minimum: office.Policy().OfficerMinimum,
		Months: view.Chooser{Path: path + "/komentar"}, Back: view.Link{Label: unit.Name, URL: unitAddress(unit.Code, "")},
		Ready: locale.Date(month.Last().Add(1))}
	for m, i := last, 0; i < monthsBack; m, i = lastMonth(m.First()), i+1 {
		page.Months.Cycles = append(page.Months.Cycles, view.Choice{Value: string(m), Label: view.CycleLabel(string(m)), Chosen: m == month})
	}
	for _, below := range office.Children(unit.Code) {
		page.Units = append(page.Units, view.Link{Label: survey.Name(office.Units, below),
			URL: address(dashboardPath+"/unit/"+url.PathEscape(below)+"/komentar", "bulan", string(month))})
	}
	comments, err := survey.Comments(c.UserContext(), s.Store, s.Clock, unit, month, page.Minimum)
	if errors.Is(err, survey.ErrClosed) {
		page.Open = true
		return s.staffPage(c, "comments", page)
	}
	if err != nil {
		return err
	}
	for _, comment := range comments {
		line := view.CommentLine{Text: comment.Text}
		if comment.Service != "" {
			line.Service = survey.Name(office.Services, comment.Service)
		}
		if comment.Low {
			page.Low = append(page.Low, line)
		} else {
			page.Other = append(page.Other, line)
		}
	}
	return s.staffPage(c, "comments", page)
}

// lastMonth is the month before that of a day: the last one that is over.
func lastMonth(day survey.Day) survey.Month { return day.Month().First().Add(-1).Month() }
