package handlers

import (
	"html/template"
	"net/url"
	"strings"

	"github.com/gofiber/fiber/v2"

	"kesan/handlers/locale"
	"kesan/handlers/view"
	"kesan/survey"
)

// render writes a page of the staff's side or an error page.
func (s *Server) render(c *fiber.Ctx, name string, page any) error {
	c.Type("html", "utf-8")
	return s.views.Render(c.Response().BodyWriter(), name, page)
}

// base fills what every page of the staff's side shows.
func (s *Server) base(c *fiber.Ctx, title string) view.Base {
	base := view.Base{Title: title, Path: c.Path(), Agency: s.Register.Office().Agency(), Demo: s.options.Demo}
	if session := s.session(c); session != nil {
		base.Account, base.CSRF = session.Account, session.CSRF()
	}
	base.Notice = s.notice(c)
	if base.Style = view.StaffStyle(base.Agency.Colour); base.Style != "" {
		allowStyle(c, base.Style)
	}
	return base
}

// allowStyle lets the page carry a style of its own.
func allowStyle(c *fiber.Ctx, style template.CSS) {
	c.Set(fiber.HeaderContentSecurityPolicy, strings.Replace(csp, "style-src 'self'", "style-src 'self' "+view.StyleHash(style), 1))
}

// notice returns the sentence about what was just done. A handler that changed something redirects with ?kabar= and the
// last part of a key "notice."; anything else in the address says nothing.
func (s *Server) notice(c *fiber.Ctx) string {
	key := "notice." + c.Query("kabar")
	if text := s.words.T(locale.Default, key); text != key {
		return text
	}
	return ""
}

// withNotice adds what was done to an address of ours.
func withNotice(address, notice string) string {
	if strings.Contains(address, "?") {
		return address + "&kabar=" + notice
	}
	return address + "?kabar=" + notice
}

// attach answers with a file to keep. Names are our own, of letters, digits, points and hyphens.
func attach(c *fiber.Ctx, name, kind string, body []byte) error {
	c.Set(fiber.HeaderContentType, kind)
	c.Set(fiber.HeaderContentDisposition, `attachment; filename="`+url.PathEscape(name)+`"`)
	return c.Send(body)
}

// today returns the day in a unit; of none, that of the agency.
func (s *Server) today(unit string) survey.Day {
	return survey.DayOf(s.Clock.Now(), s.office().Zone(unit))
}

// office returns the configuration as it is now.
func (s *Server) office() *survey.Office { return s.Register.Office() }
