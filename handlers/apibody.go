package handlers

import (
	"bytes"
	"encoding/json"
	"io"
	"mime"
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"

	"kesan/survey"
)

// readJSON reads the object in a request's body, each field into its place. A field without a place, one that comes twice and
// one of another kind are problems: what a client wrote must not be half understood. A body that is no JSON object is refused
// with 400, and anything but JSON with 415.
func readJSON(c *fiber.Ctx, places map[string]any) (survey.Problems, error) {
	if kind, _, err := mime.ParseMediaType(c.Get(fiber.HeaderContentType)); err != nil || kind != fiber.MIMEApplicationJSON {
		return nil, refusal{status: fiber.StatusUnsupportedMediaType, detail: "api.json_type"}
	}
	decoder := json.NewDecoder(bytes.NewReader(c.Body()))
	broken := refusal{status: fiber.StatusBadRequest, detail: "api.json"}
	if begin, err := decoder.Token(); err != nil || begin != json.Delim('{') {
		return nil, broken
	}
	var problems survey.Problems
	var seen []string
	for decoder.More() {
		name, err := decoder.Token()
		var value json.RawMessage
		if err != nil || decoder.Decode(&value) != nil {
			return nil, broken
		}
		field, _ := name.(string)
		switch place, known := places[field]; {
		case !known:
			problems.Add(strings.ToValidUTF8(field, "?"), "api.unknown")
		case slices.Contains(seen, field):
			problems.Add(field, "api.twice")
		case string(value) == "null" || json.Unmarshal(value, place) != nil:
			problems.Add(field, "api.kind")
		}
		seen = append(seen, field)
	}
	if _, err := decoder.Token(); err != nil {
		return nil, broken
	}
	if _, err := decoder.Token(); err != io.EOF {
		return nil, broken
	}
	return problems, nil
}
