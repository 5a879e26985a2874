package handlers

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/gofiber/fiber/v2"

	"kesan/scoring"
	"kesan/survey"
)

// Bounds of a page of rows.
const (
	defaultLimit = 100
	maxLimit     = 1000
)

// apiQuery reads the query, in which only the named parameters may stand, each once: a misspelt filter must not give
// everything.
func (s *Server) apiQuery(c *fiber.Ctx, names ...string) (map[string]string, error) {
	var problems survey.Problems
	query := map[string]string{}
	for key, value := range c.Context().QueryArgs().All() {
		name, text := string(key), string(value)
		switch _, twice := query[name]; {
		case !slices.Contains(names, name):
			problems.Add(strings.ToValidUTF8(name, "?"), "api.unknown")
		case twice:
			problems.Add(name, "api.twice")
		case text == "" || !utf8.ValidString(text):
			problems.Add(name, "api.empty")
		}
		query[name] = text
	}
	if problems != nil {
		return nil, invalid(problems)
	}
	return query, nil
}

// invalid refuses parameters and says which.
func invalid(problems survey.Problems) error {
	return refusal{status: fiber.StatusUnprocessableEntity, detail: "api.invalid", fields: problems}
}

// apiFilter says which rows of a cycle a client wants.
type apiFilter struct {
	rowFilter
	limit  int
	cursor string
}

// String names the filter for the audit.
func (f apiFilter) String() string {
	var parts []string
	for _, p := range []struct{ name, value string }{
		{"level", string(f.level)}, {"unit", f.unit}, {"indicator", f.indicator}, {"limit", strconv.Itoa(f.limit)},
	} {
		if p.value != "" {
			parts = append(parts, p.name+"="+p.value)
		}
	}
	return strings.Join(parts, " ")
}

// readAPIFilter reads the parameters of a pull. A unit that the key may not see is refused with 403; without a unit the key
// gets what it may see.
func readAPIFilter(office *survey.Office, key survey.APIKey, query map[string]string) (apiFilter, error) {
	var problems survey.Problems
	filter := apiFilter{limit: defaultLimit, cursor: query["cursor"], rowFilter: rowFilter{
		level: survey.Level(query["level"]), unit: query["unit"], indicator: query["indicator"],
		sees: func(unit string) bool { return office.KeySees(key, unit) },
	}}
	if filter.level != "" && filter.level != survey.LevelUnit && filter.level != survey.LevelOfficer {
		problems.Add("level", "field.oneof", "unit, officer")
	}
	if _, ok := scoring.IndicatorOf(filter.indicator); filter.indicator != "" && !ok {
		problems.Add("indicator", "field.oneof", strings.Join(indicatorKeys(), ", "))
	}
	if _, ok := office.Units[filter.unit]; filter.unit != "" && !ok {
		problems.Add("unit", "api.unit")
	}
	if text := query["limit"]; text != "" {
		n, err := strconv.Atoi(text)
		if err != nil || n < 1 || n > maxLimit || strconv.Itoa(n) != text {
			problems.Add("limit", "api.limit", maxLimit)
		}
		filter.limit = n
	}
	if problems != nil {
		return apiFilter{}, invalid(problems)
	}
	if filter.unit != "" && !office.KeySees(key, filter.unit) {
		return apiFilter{}, refusal{status: fiber.StatusForbidden, detail: "api.unit_denied"}
	}
	return filter, nil
}

func indicatorKeys() []string {
	var keys []string
	for _, indicator := range scoring.Indicators() {
		keys = append(keys, indicator.Key)
	}
	return keys
}

// page cuts the page out of the rows that the filter lets through.
func (s *Server) page(office *survey.Office, results *scoring.Results, filter apiFilter) (resultsAnswer, error) {
	rows, cursors := filter.rows(office, results.Rows), s.cursors(results.Cycle.ID, filter.rowFilter)
	slices.SortStableFunc(rows, func(a, b scoring.Row) int { return placeOf(a).compare(placeOf(b)) })
	if filter.cursor != "" {
		last, ok := cursors.read(filter.cursor)
		if !ok {
			return resultsAnswer{}, invalid(survey.Problems{{Field: "cursor", Key: "api.cursor"}})
		}
		i, _ := slices.BinarySearchFunc(rows, last, func(row scoring.Row, last place) int {
			if placeOf(row).compare(last) <= 0 {
				return -1
			}
			return 1
		})
		rows = rows[i:]
	}
	answer := resultsAnswer{Cycle: results.Cycle, Items: []scoring.Row{}}
	if len(rows) > filter.limit {
		rows = rows[:filter.limit]
		next := cursors.write(placeOf(rows[len(rows)-1]))
		answer.Next = &next
	}
	answer.Items = append(answer.Items, rows...)
	return answer, nil
}
