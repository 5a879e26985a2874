package handlers

import (
	"github.com/gofiber/fiber/v2"

	"kesan/survey"
)

// audit keeps a line about what the caller of the request did.
func (s *Server) audit(c *fiber.Ctx, action survey.AuditAction, object string) {
	s.Audit.Keep(c.UserContext(), s.caller(c), action, object)
}

// caller names who calls: the account, or the API key that admitKey left as a survey.APIKey under localKey.
func (s *Server) caller(c *fiber.Ctx) string {
	if key, ok := c.Locals(localKey).(survey.APIKey); ok {
		return "api:" + key.ID
	}
	return s.account(c).Username
}
