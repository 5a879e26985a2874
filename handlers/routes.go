package handlers

import (
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"

	"kesan/survey"
)

// allow says who may call a route.
type allow struct {
	everyone bool          // no sign-in
	key      survey.Scope  // an API key that may be used for this
	device   bool          // the paired device that the address names
	roles    []survey.Role // these roles
}

var (
	everyone = allow{everyone: true}
	apiKey   = allow{key: survey.ScopeResults}
	// ticketKey is the key of a queue system.
	ticketKey = allow{key: survey.ScopeTickets}
	signedIn  = roles(survey.RoleAdmin, survey.RoleUnitHead, survey.RoleAppraiser, survey.RoleHR, survey.RoleReviewer, survey.RoleOfficer)
	admin     = roles(survey.RoleAdmin)
	paired    = allow{device: true}
	// readers see figures of units; which units is survey.Office.SeesUnit's to say.
	readers = roles(survey.RoleAdmin, survey.RoleHR, survey.RoleUnitHead)
	// personnel sees the cycle's table of officers and units.
	personnel = roles(survey.RoleAdmin, survey.RoleHR)
)

func roles(list ...survey.Role) allow { return allow{roles: list} }

func (a allow) admits(role survey.Role) bool { return slices.Contains(a.roles, role) }

// route is one line of the table: everything that can be called, and by whom.
type route struct {
	method string
	path   string
	allow  allow
	handle fiber.Handler
}

// routes lists every route of the product, in order.
func (s *Server) routes() []route {
	return slices.Concat(s.citizenRoutes(), s.deviceRoutes(), s.accountRoutes(), s.dashboardRoutes(), s.inboxRoutes(), s.cycleRoutes(), s.manageRoutes(),
		s.gatherRoutes(), s.apiRoutes(), s.operatorRoutes())
}

// anyPath is where the handlers stand that see every request. Unlike "/" it is the path of no route in the table.
const anyPath = "/*"

// mount registers the table. What it does not name is not found.
func (s *Server) mount() {
	s.app.Use(anyPath, s.observe, s.recovered, s.headers, s.guard)
	for _, r := range s.routes() {
		s.app.Add(r.method, r.path, s.admit(r), r.handle)
		if r.method == fiber.MethodGet {
			s.app.Add(fiber.MethodHead, r.path, s.admit(r), r.handle)
		}
	}
	s.app.Use(anyPath, s.unrouted)
}

// routeOf names the route that a request came to, for the log and the metrics. What came to none, or was refused on the way
// there, is "unrouted" whatever its address: strangers make up addresses without end.
func routeOf(c *fiber.Ctx) string {
	if path := c.Route().Path; path != anyPath {
		return path
	}
	return "unrouted"
}

// unrouted answers what the table does not name. Under /api/ an address that is known by another method is told from one
// that is not; people who follow links only need to know that there is no such page.
func (s *Server) unrouted(c *fiber.Ctx) error {
	if !strings.HasPrefix(c.Path(), "/api/") {
		return survey.ErrNotFound
	}
	for _, r := range s.apiRoutes() {
		if fiber.RoutePatternMatch(c.Path(), r.path, fiber.Config{CaseSensitive: true, StrictRouting: true}) {
			methods := r.method
			if r.method == fiber.MethodGet {
				methods += ", " + fiber.MethodHead
			}
			c.Set(fiber.HeaderAllow, methods)
			return fiber.ErrMethodNotAllowed
		}
	}
	return survey.ErrNotFound
}
