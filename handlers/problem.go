package handlers

import (
	"encoding/json"
	"strconv"

	"github.com/gofiber/fiber/v2"

	"kesan/handlers/locale"
	"kesan/survey"
)

// refusal is an answer of the API that says more than its status: a sentence, the parameters that are wrong, and what to
// present instead.
type refusal struct {
	status    int
	detail    string // key of the texts
	args      []any
	fields    survey.Problems
	challenge string // WWW-Authenticate
}

// Error names the sentence; only the log sees it.
func (r refusal) Error() string { return r.detail }

// Unwrap gives the status, so that a refusal is answered like any other error that has one.
func (r refusal) Unwrap() error { return fiber.NewError(r.status, r.detail) }

// problemDetails is an error of the API, RFC 9457. The id stands in the log too.
type problemDetails struct {
	Type   string         `json:"type"`
	Title  string         `json:"title"`
	Status int            `json:"status"`
	Detail string         `json:"detail,omitempty"`
	ID     string         `json:"id"`
	Fields []fieldProblem `json:"fields,omitempty"`
}

type fieldProblem struct {
	Field  string `json:"field"`
	Detail string `json:"detail"`
}

// problem answers an error under /api/.
func (s *Server) problem(c *fiber.Ctx, status int, id string, refused refusal) error {
	details := problemDetails{Type: "about:blank", Title: s.words.T(locale.Default, "error."+strconv.Itoa(status)), Status: status, ID: id}
	if refused.detail != "" {
		details.Detail = s.words.T(locale.Default, refused.detail, refused.args...)
	}
	for _, f := range refused.fields {
		details.Fields = append(details.Fields, fieldProblem{Field: f.Field, Detail: s.words.Problem(locale.Default, f)})
	}
	body, err := json.Marshal(details)
	if err != nil {
		return err
	}
	if refused.challenge != "" {
		c.Set(fiber.HeaderWWWAuthenticate, refused.challenge)
	}
	c.Status(status).Set(fiber.HeaderContentType, "application/problem+json")
	return c.Send(body)
}
