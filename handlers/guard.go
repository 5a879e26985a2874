package handlers

import (
	"bytes"
	"fmt"
	"runtime/debug"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"
)

// guard refuses requests whose framing a proxy and this server could read differently, and bodies that no page sends.
// fasthttp has parsed the request by now; what it tolerates and other servers do not is refused here.
func (s *Server) guard(c *fiber.Ctx) error {
	if problem := framing(c); problem != "" {
		c.Context().SetConnectionClose()
		return fiber.NewError(fiber.StatusBadRequest, problem)
	}
	if c.Get(fiber.HeaderContentEncoding) != "" {
		return fiber.NewError(fiber.StatusUnsupportedMediaType, "content encoding")
	}
	if len(c.Request().Body()) > bodyLimit && !takesFiles(c.Path()) {
		return fiber.ErrRequestEntityTooLarge
	}
	return c.Next()
}

// takesFiles says whether files are uploaded at a path; only there a request may be larger.
func takesFiles(path string) bool { return strings.HasPrefix(path, importPath) || path == logoPath }

// readLimit is how much of a body is read at all, asked before it is: a little more than is taken, so that who wrote too
// much is told so, and no more than thousands of connections may hold at once.
func readLimit(header *fasthttp.RequestHeader) fasthttp.RequestConfig {
	if takesFiles(string(header.RequestURI())) {
		return fasthttp.RequestConfig{MaxRequestBodySize: importLimit}
	}
	return fasthttp.RequestConfig{MaxRequestBodySize: 4 * bodyLimit}
}

func framing(c *fiber.Ctx) string {
	header := &c.Request().Header
	raw := header.RawHeaders()
	hosts, lengths := 0, 0
	for line := range bytes.SplitSeq(bytes.TrimSuffix(raw, []byte("\n")), []byte("\n")) {
		if !bytes.HasSuffix(line, []byte("\r")) && len(line) > 0 {
			return "bare line feed"
		}
		line = bytes.TrimSuffix(line, []byte("\r"))
		if len(line) > 0 && (line[0] == ' ' || line[0] == '\t') {
			return "folded header"
		}
		if bytes.ContainsAny(line, "\x00\r") {
			return "control character in header"
		}
		name, value, _ := bytes.Cut(line, []byte(":"))
		if len(line) > 0 && !isToken(name) {
			return "header name"
		}
		switch strings.ToLower(string(name)) {
		case "host":
			hosts++
			if bytes.ContainsAny(value, "<>\"'`@/\\?#,;") {
				return "host"
			}
		case "content-length":
			lengths++
		case "transfer-encoding":
			return "transfer encoding"
		}
	}
	switch {
	case hosts != 1 || lengths > 1:
		return "ambiguous host or length"
	case !bytes.HasPrefix(header.RequestURI(), []byte("/")):
		return "target"
	case !changes(c.Method()) && len(c.Request().Body()) > 0:
		return "body"
	}
	return ""
}

// isToken says whether a header's name is made of the characters that RFC 9110, section 5.6.2, allows. A blank in it is how
// a length or a coding is hidden from one of two readers.
func isToken(name []byte) bool {
	for _, c := range name {
		switch {
		case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', '0' <= c && c <= '9', strings.IndexByte("!#$%&'*+-.^_`|~", c) >= 0:
		default:
			return false
		}
	}
	return len(name) > 0
}

// recovered turns a panic into an answer; one broken page must not end the service.
func (s *Server) recovered(c *fiber.Ctx) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("panic: %v\n%s", r, debug.Stack())
		}
	}()
	return c.Next()
}

// csp allows nothing but our own files. Pages with an inline style or script add its hash; see view.
const csp = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

func (s *Server) headers(c *fiber.Ctx) error {
	s.setHeaders(c)
	return c.Next()
}

func (s *Server) setHeaders(c *fiber.Ctx) {
	c.Set("Content-Security-Policy", csp)
	c.Set("X-Content-Type-Options", "nosniff")
	c.Set("Referrer-Policy", "same-origin")
	c.Set("Cross-Origin-Opener-Policy", "same-origin")
	c.Set("Cross-Origin-Resource-Policy", "same-origin")
	c.Set("Cache-Control", "no-store")
	if s.options.secure() {
		c.Set("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
	}
}

// observe logs route, status and time of a request, never its address, agent or parameters, and counts it.
func (s *Server) observe(c *fiber.Ctx) error {
	begun := time.Now()
	if s.draining.Load() {
		c.Context().SetConnectionClose() // whoever has more to ask goes elsewhere
	}
	err := c.Next()
	if err != nil {
		if err := s.failed(c, err); err != nil {
			return err
		}
	}
	took := time.Since(begun)
	s.metrics.request(routeOf(c), c.Response().StatusCode(), took)
	s.Log.Debug("request", "method", c.Method(), "route", routeOf(c), "status", c.Response().StatusCode(), "ms", took.Milliseconds())
	return nil
}
