package handlers

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"

	"kesan/scoring"
	"kesan/survey"
)

// apiRoutes are what other systems call, and what tells people how.
func (s *Server) apiRoutes() []route {
	return []route{
		{fiber.MethodGet, "/api", everyone, s.apiPage},
		{fiber.MethodGet, "/api/openapi.json", everyone, s.apiFile},
		{fiber.MethodGet, "/api/v1/cycles", apiKey, s.apiCycles},
		{fiber.MethodGet, "/api/v1/cycles/:cycle/results", apiKey, s.apiResults},
		{fiber.MethodPost, "/api/v1/tickets", ticketKey, s.apiTickets},
	}
}

// admitKey lets through whoever presents the secret of a valid key with a scope as a bearer token. Expired and revoked keys
// are told apart from unknown ones: only who holds the secret can learn that, and must know whom to ask.
func (s *Server) admitKey(scope survey.Scope) fiber.Handler {
	return func(c *fiber.Ctx) error {
		key, err := s.presented(c)
		if err != nil {
			return err
		}
		if !key.May(scope) {
			return refusal{status: fiber.StatusForbidden, detail: "api.scope"}
		}
		c.Locals(localKey, key)
		return c.Next()
	}
}

// presented returns the valid key that a request presents.
func (s *Server) presented(c *fiber.Ctx) (survey.APIKey, error) {
	secret, given := bearer(c.Get(fiber.HeaderAuthorization))
	if !given {
		return survey.APIKey{}, unauthorised("api.key_missing", "")
	}
	// A key that was made or revoked by another process counts from its next use.
	if err := s.Register.Refresh(c.UserContext()); err != nil {
		return survey.APIKey{}, err
	}
	key, err := s.office().KeyBySecret(secret, s.today(""))
	switch {
	case errors.Is(err, survey.ErrRevoked):
		return survey.APIKey{}, unauthorised("api.key_revoked", "the key has been revoked")
	case errors.Is(err, survey.ErrExpired):
		return survey.APIKey{}, unauthorised("api.key_expired", "the key has expired")
	case errors.Is(err, survey.ErrNotFound):
		return survey.APIKey{}, unauthorised("api.key_unknown", "the key is unknown")
	}
	return key, err
}

// bearer reads "Bearer SECRET"; the scheme's case does not matter (RFC 9110, section 11.1).
func bearer(header string) (string, bool) {
	scheme, secret, _ := strings.Cut(header, " ")
	secret = strings.TrimSpace(secret)
	return secret, strings.EqualFold(scheme, "bearer") && secret != ""
}

// unauthorised refuses a key; the challenge has the form of RFC 6750, section 3.
func unauthorised(detail, description string) error {
	challenge := `Bearer realm="Kesan"`
	if description != "" {
		challenge += `, error="invalid_token", error_description="` + description + `"`
	}
	return refusal{status: fiber.StatusUnauthorized, detail: detail, challenge: challenge}
}

// key returns the key of the request.
func (s *Server) key(c *fiber.Ctx) survey.APIKey {
	key, _ := c.Locals(localKey).(survey.APIKey)
	return key
}

// cycleItem is one cycle of the list.
type cycleItem struct {
	scoring.CycleHead
	Digest string `json:"digest,omitempty"` // of a locked cycle
}

// apiCycles answers GET /api/v1/cycles: all cycles, the one that ends last first.
func (s *Server) apiCycles(c *fiber.Ctx) error {
	if _, err := s.apiQuery(c); err != nil {
		return err
	}
	answer := struct {
		Items []cycleItem `json:"items"`
	}{Items: []cycleItem{}}
	for _, cycle := range s.cycles() {
		answer.Items = append(answer.Items, cycleItem{headOf(cycle), cycle.Digest})
	}
	s.audit(c, survey.AuditHRPull, "cycles")
	return sendJSON(c, answer)
}

// cycles returns all cycles, the one that ends last first; of those that end together the shorter first.
func (s *Server) cycles() []survey.Cycle {
	office := s.office()
	var list []survey.Cycle
	for _, id := range office.Cycles.IDs() {
		list = append(list, office.Cycles[id].Value)
	}
	slices.SortStableFunc(list, func(a, b survey.Cycle) int {
		p, q := headOf(a), headOf(b)
		if p.To != q.To {
			return strings.Compare(string(q.To), string(p.To))
		}
		return strings.Compare(string(q.From), string(p.From))
	})
	return list
}

func headOf(cycle survey.Cycle) scoring.CycleHead {
	period, _ := survey.ParsePeriod(cycle.ID) // only IDs that can be read are ever opened
	return scoring.CycleHead{ID: cycle.ID, From: period.From, To: period.To, State: cycle.State, Version: cycle.Version}
}

// resultsAnswer is a page of rows.
type resultsAnswer struct {
	Cycle scoring.CycleHead `json:"cycle"`
	Items []scoring.Row     `json:"items"`
	Next  *string           `json:"next"` // cursor of the page after; null on the last
}

// apiResults answers GET /api/v1/cycles/{cycle}/results.
func (s *Server) apiResults(c *fiber.Ctx) error {
	query, err := s.apiQuery(c, "level", "unit", "indicator", "cursor", "limit")
	if err != nil {
		return err
	}
	office, key := s.office(), s.key(c)
	if _, ok := office.Cycles[c.Params("cycle")]; !ok {
		return refusal{status: fiber.StatusNotFound, detail: "api.cycle_unknown"}
	}
	filter, err := readAPIFilter(office, key, query)
	if err != nil {
		return err
	}
	results, err := s.Results.Results(c.UserContext(), c.Params("cycle"))
	if err != nil {
		return err
	}
	answer, err := s.page(office, results, filter)
	if err != nil {
		return err
	}
	s.audit(c, survey.AuditHRPull, results.Cycle.ID+" "+filter.String())
	return sendJSON(c, answer)
}

// sendJSON sends an answer of the API with an ETag of its bytes, or says that the client has them already. Figures are
// nobody else's: only the client may keep them, and must ask each time.
func sendJSON(c *fiber.Ctx, answer any) error {
	body, err := json.Marshal(answer)
	if err != nil {
		return err
	}
	return sendTagged(c, body, "private, no-cache")
}

func sendTagged(c *fiber.Ctx, body []byte, caching string) error {
	sum := sha256.Sum256(body)
	etag := `"` + hex.EncodeToString(sum[:16]) + `"`
	c.Set(fiber.HeaderCacheControl, caching)
	c.Set(fiber.HeaderETag, etag)
	c.Set(fiber.HeaderVary, fiber.HeaderAuthorization)
	if known(c.Get(fiber.HeaderIfNoneMatch), etag) {
		c.Status(fiber.StatusNotModified)
		return nil
	}
	c.Set(fiber.HeaderContentType, fiber.MIMEApplicationJSON)
	return c.Send(body)
}

// known says whether If-None-Match names the tag; a proxy that compressed the answer may have made it a weak one.
func known(header, etag string) bool {
	for tag := range strings.SplitSeq(header, ",") {
		tag = strings.TrimSpace(tag)
		if tag == "*" || strings.TrimPrefix(tag, "W/") == etag {
			return true
		}
	}
	return false
}
