package handlers

import (
	"bytes"
	"unicode/utf8"

	"github.com/gofiber/fiber/v2"
	"golang.org/x/text/unicode/norm"

	"kesan/survey"
)

// maxFields is more than any form has.
const maxFields = 80

// readForm reads the fields of a posted survey: from the body alone, never the address, as copies in NFC. A field that
// comes twice, one whose name is no text, and too many fields are problems; no page of ours sends such.
// fiber.ErrUnsupportedMediaType: it is no form.
func readForm(c *fiber.Ctx) (map[string]string, survey.Problems, error) {
	kind, _, _ := bytes.Cut(c.Request().Header.ContentType(), []byte(";"))
	if string(bytes.TrimSpace(kind)) != fiber.MIMEApplicationForm {
		return nil, nil, fiber.ErrUnsupportedMediaType
	}
	typed := make(map[string]string, 24)
	var problems survey.Problems
	for name, value := range c.Request().PostArgs().All() {
		if _, twice := typed[string(name)]; twice || len(typed) == maxFields || !utf8.Valid(name) {
			problems.Add(norm.NFC.String(string(name)), "survey.option")
			break
		}
		typed[string(name)] = norm.NFC.String(string(value))
	}
	return typed, problems, nil
}
