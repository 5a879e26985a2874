package handlers

import (
	"errors"
	"strconv"

	"github.com/gofiber/fiber/v2"

	"kesan/handlers/view"
	"kesan/scoring"
	"kesan/survey"
)

// Fields of the form that brings a cycle on.
const (
	fieldEarly = "lebih_awal"
	fieldState = "keadaan" // the state that the page was about
)

// nextStep returns the link to a cycle's next step.
func nextStep(office *survey.Office, account survey.Account, cycle survey.Cycle) *view.CycleNext {
	if !office.MovesCycles(account) {
		return nil
	}
	path := cycleAddress(cycle.ID) + "/langkah"
	switch cycle.State {
	case survey.CycleOpen:
		return &view.CycleNext{Label: "Jadikan sementara", Path: path}
	case survey.CycleProvisional:
		return &view.CycleNext{Label: "Kunci siklus", Path: path}
	}
	return nil
}

// cycleStep answers /dasbor/siklus/:cycle/langkah, which says what the next step means before it is taken.
func (s *Server) cycleStep(c *fiber.Ctx) error { return s.showStep(c, fiber.StatusOK, nil) }

func (s *Server) showStep(c *fiber.Ctx, status int, problems survey.Problems) error {
	cycle, err := s.cycleOf(c)
	if err != nil {
		return err
	}
	office, account := s.office(), s.account(c)
	if !office.MovesCycles(account) {
		return survey.ErrDenied
	}
	if nextStep(office, account, cycle) == nil { // it is locked; nothing comes after
		return c.Redirect(cycleAddress(cycle.ID), fiber.StatusSeeOther)
	}
	results, err := s.Results.Results(c.UserContext(), cycle.ID)
	if err != nil {
		return err
	}
	gaps := scoring.FindGaps(office, results.Cycle, results.Rows, s.seenBy(c))
	page := view.CycleStep{Head: cycleHead(cycle), Gaps: gapList(office, cycle.ID, gaps), Units: gaps.Units, Staff: gaps.Officers,
		Lock: cycle.State == survey.CycleProvisional, Early: !office.Ended(results.Cycle.To, s.Clock.Now())}
	page.Base = s.formBase(c, nextStep(office, account, cycle).Label, problems)
	page.Form = s.stepForm(c, page, problems)
	c.Status(status)
	return s.render(c, "cyclestep", page)
}

func (s *Server) stepForm(c *fiber.Ctx, page view.CycleStep, problems survey.Problems) view.Form {
	form := view.Form{Action: page.Head.Path() + "/langkah", CSRF: page.CSRF, Submit: "Jadikan sementara"}
	reason := view.Field{Name: fieldWhy, Label: "Alasan atau catatan", Input: view.InputLong, Value: typed(c, fieldWhy),
		Help: "Tercatat bersama langkah ini."}
	if page.Lock {
		form.Submit = "Kunci untuk seterusnya"
		reason.Required = page.Early
	}
	form.Fields = append(form.Fields, reason)
	if page.Lock && page.Early {
		form.Fields = append(form.Fields, view.Field{Name: fieldEarly, Input: view.InputCheck, Value: typed(c, fieldEarly),
			Label: "Ya, kunci sebelum periode siklus berakhir; jawaban yang datang sesudahnya tidak masuk siklus ini."})
	}
	s.mark(form.Fields, problems)
	form.General = s.general(problems)
	return form
}

// takeCycleStep answers the form of the page above.
func (s *Server) takeCycleStep(c *fiber.Ctx) error {
	cycle, err := s.cycleOf(c)
	if err != nil {
		return err
	}
	account := s.account(c)
	if !s.office().MovesCycles(account) {
		return survey.ErrDenied
	}
	reason, early := typed(c, fieldWhy), typed(c, fieldEarly) == "ya"
	var problems survey.Problems
	if len([]rune(reason)) > maxReason {
		problems.Add(fieldWhy, "field.long", strconv.Itoa(maxReason))
	}
	if early && reason == "" {
		problems.Add(fieldWhy, "cycle.reason")
	}
	if problems != nil {
		return s.showStep(c, fiber.StatusUnprocessableEntity, problems)
	}
	done := withNotice(cycleAddress(cycle.ID), "siklus_sementara")
	switch {
	case typed(c, fieldState) != string(cycle.State):
		err = survey.ErrConflict // somebody else brought it on while this page was open
	case cycle.State == survey.CycleOpen:
		err = s.Results.Advance(c.UserContext(), cycle.ID, account.Username, reason)
	default:
		done = withNotice(cycleAddress(cycle.ID), "siklus_dikunci")
		err = s.Results.Lock(c.UserContext(), cycle.ID, account.Username, reason, early, s.Tallier)
	}
	if err == nil {
		return c.Redirect(done, fiber.StatusSeeOther)
	}
	return s.stepRefused(c, err)
}

// maxReason bounds a reason, in characters.
const maxReason = 500

// stepRefused shows the page again with what stands in the way.
func (s *Server) stepRefused(c *fiber.Ctx, err error) error {
	var problems survey.Problems
	status := fiber.StatusUnprocessableEntity
	switch {
	case errors.Is(err, scoring.ErrTooEarly):
		problems.Add(fieldEarly, "cycle.early")
	case errors.Is(err, scoring.ErrFinerOpen):
		problems.Add("", "cycle.finer")
	case errors.Is(err, scoring.ErrIncomplete):
		problems.Add("", "cycle.incomplete")
		status = fiber.StatusConflict
	case errors.Is(err, survey.ErrConflict), errors.Is(err, survey.ErrClosed):
		problems.Add("", "cycle.moved")
		status = fiber.StatusConflict
	default:
		return err
	}
	return s.showStep(c, status, problems)
}
