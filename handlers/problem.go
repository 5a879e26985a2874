package handlers

import (
	"encoding/json"

	"github.com/gofiber/fiber/v2"

	"kesan/handlers/locale"
	"kesan/survey"
)

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

func problem(c *fiber.Ctx, status int, key, id string, words *locale.Words, fields ...survey.Problem) error {
	details := problemDetails{Type: "about:blank", Title: words.T(locale.Default, key), Status: status, ID: id}
	for _, f := range fields {
		details.Fields = append(details.Fields, fieldProblem{Field: f.Field, Detail: words.Problem(locale.Default, f)})
	}
	body, err := json.Marshal(details)
	if err != nil {
		return err
	}
	c.Status(status).Set(fiber.HeaderContentType, "application/problem+json")
	return c.Send(body)
}
