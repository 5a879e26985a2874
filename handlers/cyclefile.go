package handlers

import (
	"context"
	"fmt"
	"net/url"
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"

	"kesan/handlers/export"
	"kesan/scoring"
	"kesan/survey"
)

// Kinds of files that a spreadsheet opens.
const (
	mimeCSV  = "text/csv; charset=utf-8"
	mimeXLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
)

// cycleCSV answers /dasbor/siklus/:cycle/nilai.csv, the rows of the page as a file.
func (s *Server) cycleCSV(c *fiber.Ctx) error {
	return s.cycleFile(c, "csv", mimeCSV, export.Table.CSV)
}

// cycleXLSX answers /dasbor/siklus/:cycle/nilai.xlsx.
func (s *Server) cycleXLSX(c *fiber.Ctx) error {
	return s.cycleFile(c, "xlsx", mimeXLSX, export.Table.XLSX)
}

func (s *Server) cycleFile(c *fiber.Ctx, ending, kind string, write func(export.Table) ([]byte, error)) error {
	cycle, err := s.cycleOf(c)
	if err != nil {
		return err
	}
	results, err := s.Results.Results(c.UserContext(), cycle.ID)
	if err != nil {
		return err
	}
	office := s.office()
	filter, chosen := s.tableQuery(c)
	period, err := survey.ParsePeriod(cycle.ID)
	if err != nil {
		return err
	}
	policy, err := s.policyOf(c.UserContext(), results)
	if err != nil {
		return err
	}
	body, err := write(export.Table{
		Agency: office.Agency().Name, Cycle: results.Cycle, Label: period.Label(), Digest: cycle.Digest, AsOf: results.AsOf,
		Zone: office.Zone(s.account(c).Unit), Filter: filterWords(office, filter), Policy: policy,
		Figures: figures(office, filter.rows(office, results.Rows)),
	})
	if err != nil {
		return err
	}
	s.audit(c, survey.AuditExport, strings.TrimSuffix(cycle.ID+"."+ending+" "+logged(chosen), " "))
	return attach(c, fmt.Sprintf("kesan-%s-v%d.%s", cycle.ID, cycle.Version, ending), kind, body)
}

// policyOf returns the policy by which the figures of a cycle were made. A locked cycle keeps its own: any figure that is
// shown tells it.
func (s *Server) policyOf(ctx context.Context, results *scoring.Results) (survey.Policy, error) {
	i := slices.IndexFunc(results.Rows, scoring.Row.Shown)
	if i < 0 {
		return s.office().Policy(), nil
	}
	row := results.Rows[i]
	explanation, err := s.Results.Explain(ctx, results.Cycle.ID, row.Level, string(row.Unit), row.Officer, row.Indicator)
	if err != nil {
		return survey.Policy{}, err
	}
	return explanation.Policy, nil
}

// logged names the chosen rows for the audit. What somebody searched for may be a name, so it only says that there was one.
func logged(chosen url.Values) string {
	rest := without(chosen, queryOrder)
	if rest.Has(querySearch) {
		rest.Set(querySearch, "ya")
	}
	return rest.Encode()
}

// filterWords says which rows a file holds.
func filterWords(office *survey.Office, f rowFilter) string {
	var words []string
	add := func(label, value string) {
		if value != "" {
			words = append(words, label+": "+value)
		}
	}
	if f.unit != "" {
		add("unit", survey.Name(office.Units, f.unit)+" ("+f.unit+") dan unit di bawahnya")
	}
	add("tingkat", map[survey.Level]string{survey.LevelUnit: "unit", survey.LevelOfficer: "petugas"}[f.level])
	if indicator, ok := scoring.IndicatorOf(f.indicator); ok {
		add("indikator", indicator.Label)
	}
	if f.status != "" {
		add("status", export.StatusWord(f.status))
	}
	add("cari", f.search)
	return strings.Join(words, "; ")
}
