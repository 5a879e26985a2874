package handlers

import (
	"errors"

	"github.com/gofiber/fiber/v2"

	"kesan/handlers/auth"
	"kesan/handlers/view"
	"kesan/survey"
)

func (s *Server) accountPage(c *fiber.Ctx) error {
	return s.showAccount(c, fiber.StatusOK, nil)
}

func (s *Server) showAccount(c *fiber.Ctx, status int, problems survey.Problems) error {
	account := s.account(c)
	form := view.Form{General: s.general(problems), Fields: s.fields(c, problems,
		view.Field{Name: "lama", Label: "Kata sandi sekarang", Required: true, Input: "password", Auto: "current-password"},
		newPasswordField(), repeatField())}
	page := view.Account{Base: s.formBase(c, "Akun saya", problems), Form: form, Temporary: s.session(c).Temporary}
	if account.Unit != "" {
		page.Scope = survey.Name(s.office().Units, account.Unit)
	}
	c.Status(status)
	return s.render(c, "account", page)
}

func newPasswordField() view.Field {
	return view.Field{Name: "sandi", Label: "Kata sandi baru", Required: true, Input: "password", Auto: "new-password",
		Help: "Sedikitnya 12 karakter. Beberapa kata yang mudah Anda ingat lebih baik daripada satu kata yang rumit."}
}

func repeatField() view.Field {
	return view.Field{Name: "ulangi", Label: "Ulangi kata sandi baru", Required: true, Input: "password", Auto: "new-password"}
}

// newPassword reads a new password, typed twice, and says what is wrong with it.
func newPassword(c *fiber.Ctx, username string, problems *survey.Problems) string {
	password := secretly(c, "sandi")
	if key, args := auth.CheckNew(password, username); key != "" {
		problems.Add("sandi", key, args...)
	} else if secretly(c, "ulangi") != password {
		problems.Add("ulangi", "password.repeat")
	}
	return password
}

// changePassword replaces the caller's password and session; every other session of the account ends.
func (s *Server) changePassword(c *fiber.Ctx) error {
	var problems survey.Problems
	username := s.account(c).Username
	password := newPassword(c, username, &problems)
	if len(problems) == 0 && password == secretly(c, "lama") {
		problems.Add("sandi", "password.same")
	}
	if len(problems) > 0 {
		return s.showAccount(c, fiber.StatusUnprocessableEntity, problems)
	}
	secret, err := s.auth.Change(c.UserContext(), username, secretly(c, "lama"), password, s.browser(c))
	var paused auth.PausedError
	switch {
	case errors.As(err, &paused):
		return s.showAccount(c, fiber.StatusTooManyRequests, survey.Problems{{Key: "signin.paused", Args: []any{paused.Minutes(s.Clock.Now())}}})
	case errors.Is(err, auth.ErrWrong):
		s.audit(c, survey.AuditSignInFailed, "")
		return s.showAccount(c, fiber.StatusUnprocessableEntity, survey.Problems{{Field: "lama", Key: "password.old"}})
	case err != nil:
		return err
	}
	s.audit(c, survey.AuditPassword, "")
	s.begin(c, username, secret)
	return c.Redirect(withNotice(accountPath, "sandi"), fiber.StatusSeeOther)
}
