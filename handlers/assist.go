package handlers

import (
	"context"
	"errors"
	"net/url"

	"github.com/gofiber/fiber/v2"

	"kesan/handlers/locale"
	"kesan/handlers/view"
	"kesan/survey"
)

const assistPath = gatherPath + "/dampingi"

func (s *Server) assistRoutes() []route {
	return []route{
		{fiber.MethodGet, assistPath, gatherers, s.assistPage},
		{fiber.MethodPost, assistPath, gatherers, s.assist},
	}
}

// assistPage asks for the counter, and then shows the questions to be read out.
func (s *Server) assistPage(c *fiber.Ctx) error {
	visit, own, err := s.Intake.Assist(c.Query(fieldCounter), s.account(c))
	switch {
	case errors.Is(err, survey.ErrNotFound), errors.Is(err, survey.ErrDenied), errors.Is(err, survey.ErrClosed):
		office := s.office()
		page := view.CounterChoice{Base: s.base(c, "Dampingi warga"), Path: assistPath, Submit: "Lanjut",
			About: "Untuk warga tanpa HP: bacakan pertanyaannya dan isikan jawabannya. Di loket mana warga itu dilayani?"}
		for _, unit := range office.UnitsAssisted(s.account(c)) {
			page.Counters = append(page.Counters, openCounters(office, unit)...)
		}
		return s.chooseCounter(c, page)
	case err != nil:
		return err
	}
	return s.showAssist(c, fiber.StatusOK, visit, own, view.Typed{})
}

func (s *Server) showAssist(c *fiber.Ctx, status int, visit survey.Visit, own bool, typed view.Typed) error {
	office, account := s.office(), s.account(c)
	entered, err := survey.Entered(c.UserContext(), s.Store, s.today(visit.Unit.Code), account.Username)
	if err != nil {
		return err
	}
	questions := view.NewSurvey(s.words, locale.Default, office.Agency(), office.FullName(visit.Unit.Code), visit, typed)
	page := view.Assist{Base: s.formBase(c, "Dampingi warga: "+visit.Counter.Name, typed.Problems), Survey: questions, Own: own, Entered: entered,
		Counter: visit.Counter.Code}
	c.Status(status)
	return s.render(c, "assist", page)
}

// assist takes the answers that somebody entered and goes straight to the next form.
func (s *Server) assist(c *fiber.Ctx) error {
	typed, doubled, err := readForm(c)
	if err != nil {
		return err
	}
	visit, err := s.Intake.Assisted(typed[survey.FieldForm], s.account(c))
	if errors.Is(err, survey.ErrExpired) || errors.Is(err, survey.ErrNotFound) {
		return s.assistAgain(c, typed)
	} else if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(c.UserContext(), submitTime)
	defer cancel()
	answers, problems := s.Intake.Accept(&visit, typed)
	if problems = append(problems, doubled...); len(problems) > 0 {
		return s.showAssist(c, fiber.StatusUnprocessableEntity, visit, s.rated(c, visit), view.Typed{Values: typed, Problems: problems})
	}
	again, err := s.Intake.Spent(ctx, visit)
	if err != nil {
		s.Log.Warn("entered answer not checked", "error", err)
	}
	next := assistPath + "?" + url.Values{fieldCounter: {visit.Counter.Code}}.Encode()
	switch _, err := s.Intake.Submit(ctx, visit, answers, locale.Default); {
	case errors.Is(err, survey.ErrDiffers):
		return c.Redirect(withNotice(next, "jawaban_lama"), fiber.StatusSeeOther)
	case err != nil:
		s.Log.Error("answer not stored", "error", err)
		return s.showAssist(c, fiber.StatusServiceUnavailable, visit, s.rated(c, visit), view.Typed{Values: typed, Notice: "assist.busy"})
	}
	if !again {
		s.countEntered(c, visit)
	}
	return c.Redirect(withNotice(next, "jawaban_masuk"), fiber.StatusSeeOther)
}

// countEntered counts the answer for who entered it. That it could not be counted is no reason to refuse it.
func (s *Server) countEntered(c *fiber.Ctx, visit survey.Visit) {
	who := s.account(c).Username
	if _, err := survey.CountEntered(c.UserContext(), s.Store, s.today(visit.Unit.Code), who); err != nil {
		s.Log.Error("entered answer not counted", "who", who, "error", err)
	}
}

// rated says whether a form that came back is one about the officer who enters it, so that it names nobody.
func (s *Server) rated(c *fiber.Ctx, visit survey.Visit) bool {
	self := s.account(c).Officer
	return visit.Officer() == "" && self != "" && s.office().OnDuty(visit.Counter.Code, s.Clock.Now()) == self
}

// assistAgain hands out a fresh form with what was typed into one that is too old.
func (s *Server) assistAgain(c *fiber.Ctx, typed map[string]string) error {
	visit, own, err := s.Intake.Assist(typed[fieldCounter], s.account(c))
	if err != nil {
		return err
	}
	return s.showAssist(c, fiber.StatusConflict, visit, own, view.Typed{Values: typed, Notice: "assist.stale"})
}
