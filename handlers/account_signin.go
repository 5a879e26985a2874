package handlers

import (
	"errors"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"kesan/handlers/auth"
	"kesan/handlers/view"
	"kesan/survey"
)

// maxUsername keeps what cannot be a username out of the store of attempts.
const maxUsername = 60

func (s *Server) signInPage(c *fiber.Ctx) error {
	target := s.local(c.Query("tujuan"))
	if account := s.account(c); account.Username != "" {
		if target == "" {
			target = home(account)
		}
		return c.Redirect(target, fiber.StatusSeeOther)
	}
	return s.showSignIn(c, fiber.StatusOK, target, nil)
}

func (s *Server) showSignIn(c *fiber.Ctx, status int, target string, problems survey.Problems) error {
	form := view.Form{General: s.general(problems), Fields: s.fields(c, problems,
		view.Field{Name: "nama", Label: "Nama pengguna", Required: true, Auto: "username"},
		view.Field{Name: "sandi", Label: "Kata sandi", Required: true, Input: "password", Auto: "current-password"})}
	c.Status(status)
	return s.render(c, "signin", view.SignIn{Base: s.formBase(c, "Masuk", problems), Form: form, Target: target})
}

// formBase fills what a page with a form shows around it; its title says before anything else that there are problems.
func (s *Server) formBase(c *fiber.Ctx, name string, problems survey.Problems) view.Base {
	base := s.base(c, name)
	base.Faulty = len(problems) > 0
	return base
}

// signIn begins a session. It always gets a new name, so that a cookie planted before is worth nothing after.
func (s *Server) signIn(c *fiber.Ctx) error {
	username, target := strings.ToLower(typed(c, "nama")), s.local(typed(c, "tujuan"))
	secret, err := s.openSession(c, username, secretly(c, "sandi"))
	var paused auth.PausedError
	switch {
	case errors.As(err, &paused):
		return s.showSignIn(c, fiber.StatusTooManyRequests, target, survey.Problems{{Key: "signin.paused", Args: []any{paused.Minutes(s.Clock.Now())}}})
	case errors.Is(err, auth.ErrWrong):
		return s.showSignIn(c, fiber.StatusUnprocessableEntity, target, survey.Problems{{Key: "signin.wrong"}})
	case err != nil:
		return err
	}
	if err := s.auth.SignOut(c.UserContext(), c.Cookies(s.auth.CookieName())); err != nil {
		return err
	}
	s.begin(c, username, secret)
	s.Audit.Keep(c.UserContext(), username, survey.AuditSignIn, "")
	if target == "" {
		target = "/"
	}
	return c.Redirect(target, fiber.StatusSeeOther)
}

// openSession signs an account in that may do so. Wrong tries at names that do not exist are not audited: people type
// passwords into the wrong field.
func (s *Server) openSession(c *fiber.Ctx, username, password string) (string, error) {
	if username == "" || len(username) > maxUsername {
		return "", auth.ErrWrong
	}
	secret, err := s.auth.SignIn(c.UserContext(), username, password, s.browser(c))
	held, known := s.office().Accounts[username]
	switch {
	case errors.Is(err, auth.ErrWrong) && known:
		s.Audit.Keep(c.UserContext(), username, survey.AuditSignInFailed, "")
	case err == nil && (!known || held.Value.Disabled):
		return "", errors.Join(auth.ErrWrong, s.auth.SignOut(c.UserContext(), secret))
	}
	return secret, err
}

func (s *Server) signOut(c *fiber.Ctx) error {
	if err := s.auth.SignOut(c.UserContext(), c.Cookies(s.auth.CookieName())); err != nil {
		return err
	}
	s.audit(c, survey.AuditSignOut, "")
	gone := s.cookie("")
	gone.SessionOnly, gone.MaxAge, gone.Expires = false, -1, time.Unix(1, 0)
	c.Cookie(gone)
	return c.Redirect(withNotice(signInPath, "keluar"), fiber.StatusSeeOther)
}
