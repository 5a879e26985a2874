package handlers

import (
	"errors"
	"net/http"
	"net/url"

	"github.com/gofiber/fiber/v2"

	"kesan/handlers/auth"
	"kesan/survey"
)

// local names what admit leaves for the handler.
type local int

const (
	localSession local = iota
	localKey
)

// admit lets through who may call the route, and for changing requests checks that they were meant.
func (s *Server) admit(r route) fiber.Handler {
	switch {
	case r.allow.everyone:
		return func(c *fiber.Ctx) error {
			if err := s.sameOrigin(c); err != nil {
				return err
			}
			s.recognise(c)
			return c.Next()
		}
	case r.allow.key != "":
		return s.admitKey(r.allow.key)
	case r.allow.device:
		return s.admitDevice
	}
	return func(c *fiber.Ctx) error {
		if err := s.recognise(c); errors.Is(err, survey.ErrNotFound) {
			return s.toSignIn(c)
		} else if err != nil {
			return err // the store is away: who is signed in stays so
		}
		if !r.allow.admits(s.account(c).Role) {
			return survey.ErrDenied
		}
		if s.session(c).Temporary && c.Path() != accountPath && c.Path() != signOutPath {
			return c.Redirect(accountPath, fiber.StatusSeeOther)
		}
		if changes(c.Method()) {
			if err := s.sameOrigin(c); err != nil {
				return err
			}
			if !s.session(c).CheckCSRF(secretly(c, auth.FieldCSRF)) {
				return errStale
			}
		}
		return c.Next()
	}
}

// errStale is answered when a form of a signed-in page does not carry its session's mark.
var errStale = errors.New("form of another session")

func changes(method string) bool { return method != fiber.MethodGet && method != fiber.MethodHead }

// sameOrigin refuses changing requests that another site made the browser send, by the standard library's rules. A browser
// without either header, and any other client, is let through: the session's own mark protects signed-in pages.
func (s *Server) sameOrigin(c *fiber.Ctx) error {
	target, err := url.Parse(s.options.BaseURL)
	if err != nil {
		return err
	}
	request := &http.Request{Method: c.Method(), Host: c.Hostname(), URL: target, Header: http.Header{}}
	for _, name := range []string{"Sec-Fetch-Site", "Origin"} {
		if value := c.Get(name); value != "" {
			request.Header.Set(name, value)
		}
	}
	if err := http.NewCrossOriginProtection().Check(request); err != nil {
		return survey.ErrDenied
	}
	return nil
}

// recognise finds the session of the request's cookie. survey.ErrNotFound: there is none.
func (s *Server) recognise(c *fiber.Ctx) error {
	session, err := s.auth.Session(c.UserContext(), c.Cookies(s.auth.CookieName()))
	if err != nil {
		return err
	}
	held, ok := s.Register.Office().Accounts[session.Username]
	if !ok || held.Value.Disabled {
		return survey.ErrNotFound
	}
	session.Account = held.Value
	c.Locals(localSession, &session)
	return nil
}

func (s *Server) session(c *fiber.Ctx) *auth.Session {
	session, _ := c.Locals(localSession).(*auth.Session)
	return session
}

// account returns who is signed in; on routes for everyone it may be nobody, with an empty username.
func (s *Server) account(c *fiber.Ctx) survey.Account {
	if session := s.session(c); session != nil {
		return session.Account
	}
	return survey.Account{}
}

// toSignIn sends a browser to the sign-in page and back to where it wanted to go.
func (s *Server) toSignIn(c *fiber.Ctx) error {
	target := signInPath
	if c.Method() == fiber.MethodGet {
		target += "?" + url.Values{"tujuan": {c.OriginalURL()}}.Encode()
	}
	return c.Redirect(target, fiber.StatusSeeOther)
}
