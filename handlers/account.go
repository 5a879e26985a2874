package handlers

import (
	"net/url"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/gofiber/fiber/v2"

	"kesan/handlers/auth"
	"kesan/handlers/locale"
	"kesan/handlers/view"
	"kesan/survey"
)

const (
	signInPath  = "/masuk"
	signOutPath = "/keluar"
	accountPath = "/akun"
	setupPath   = "/pasang"
)

func (s *Server) accountRoutes() []route {
	return []route{
		{fiber.MethodGet, "/", everyone, s.front},
		{fiber.MethodGet, signInPath, everyone, s.signInPage},
		{fiber.MethodPost, signInPath, everyone, s.signIn},
		{fiber.MethodPost, signOutPath, signedIn, s.signOut},
		{fiber.MethodGet, accountPath, signedIn, s.accountPage},
		{fiber.MethodPost, accountPath, signedIn, s.changePassword},
		{fiber.MethodGet, setupPath, everyone, s.setupPage},
		{fiber.MethodPost, setupPath, everyone, s.setup},
	}
}

// front sends people who are signed in to their place, and tells others what this is.
func (s *Server) front(c *fiber.Ctx) error {
	if account := s.account(c); account.Username != "" {
		return c.Redirect(home(account), fiber.StatusSeeOther)
	}
	return s.render(c, "front", view.Front{Base: s.base(c, "Survei kepuasan masyarakat"), Fresh: s.fresh()})
}

// home is where an account's work is: the first item of its menu.
func home(account survey.Account) string {
	if menu := (view.Base{Account: account}).Menu(); len(menu) > 0 {
		return menu[0].Path
	}
	return accountPath
}

// begin hands the browser the cookie of a session, and one by which it is known for the account from now on. Without the
// second somebody may have to wait where others try passwords; that is no reason to refuse the first.
func (s *Server) begin(c *fiber.Ctx, username, secret string) {
	c.Cookie(s.cookie(secret))
	browser, err := s.auth.Remember(c.UserContext(), username, s.browser(c))
	if err != nil {
		s.Log.Warn("browser not remembered", "error", err)
		return
	}
	known := s.cookie(browser)
	known.Name, known.SessionOnly, known.MaxAge = s.auth.BrowserCookie(), false, int(auth.BrowserLife/time.Second)
	c.Cookie(known)
}

// browser returns the value by which the caller's browser is known to accounts, or "".
func (s *Server) browser(c *fiber.Ctx) string { return c.Cookies(s.auth.BrowserCookie()) }

func (s *Server) cookie(value string) *fiber.Cookie {
	return &fiber.Cookie{Name: s.auth.CookieName(), Value: value, Path: "/", HTTPOnly: true, Secure: s.auth.Secure(),
		SameSite: fiber.CookieSameSiteLaxMode, SessionOnly: true}
}

// typed returns a field of a form's body, never of the address, without the blanks around it.
func typed(c *fiber.Ctx, name string) string { return strings.TrimSpace(secretly(c, name)) }

// secretly returns a field of a form's body exactly as it was typed. What is not text counts as empty.
func secretly(c *fiber.Ctx, name string) string {
	value := string(c.Request().PostArgs().Peek(name))
	if form, err := c.MultipartForm(); err == nil && len(form.Value[name]) > 0 {
		value = form.Value[name][0]
	}
	if !utf8.ValidString(value) || strings.ContainsRune(value, 0) {
		return ""
	}
	return value
}

// fields puts what was typed and what is wrong with it into the fields of a form. Passwords are not given back.
func (s *Server) fields(c *fiber.Ctx, problems survey.Problems, fields ...view.Field) []view.Field {
	for i := range fields {
		if fields[i].Input != "password" && c.Method() == fiber.MethodPost {
			fields[i].Value = typed(c, fields[i].Name)
		}
	}
	s.mark(fields, problems)
	return fields
}

// mark puts the first problem of each field beside it.
func (s *Server) mark(fields []view.Field, problems survey.Problems) {
	for i := range fields {
		if p, wrong := problems.On(fields[i].Name); wrong {
			fields[i].Problem = s.words.Problem(locale.Default, p)
		}
	}
}

// general returns the sentences of problems that belong to no field.
func (s *Server) general(problems survey.Problems) []string {
	var list []string
	for _, p := range problems {
		if p.Field == "" {
			list = append(list, s.words.Problem(locale.Default, p))
		}
	}
	return list
}

// local returns where to go after signing in: a page of ours that needs it, or "" for anything else. The address is
// rebuilt from its parts, so that nothing a browser reads differently can come through.
func (s *Server) local(target string) string {
	u, err := url.Parse(target)
	if err != nil || u.IsAbs() || u.Host != "" || u.User != nil || !strings.HasPrefix(u.Path, "/") ||
		strings.HasPrefix(u.Path, "//") || strings.ContainsAny(u.Path, "\\\r\n\t") {
		return ""
	}
	for _, r := range s.routes() {
		closed := len(r.allow.roles) > 0
		if closed && r.method == fiber.MethodGet && fiber.RoutePatternMatch(u.Path, r.path, s.app.Config()) {
			return (&url.URL{Path: u.Path, RawQuery: u.Query().Encode()}).String()
		}
	}
	return ""
}
