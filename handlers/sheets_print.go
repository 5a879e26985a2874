package handlers

import (
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"kesan/handlers/poster"
	"kesan/handlers/view"
	"kesan/survey"
)

func (s *Server) shortAddress(sheet string) string { return poster.Short(s.options.BaseURL, sheet) }

// Fields of the address of a page that prints.
const (
	fieldPaper = "ukuran"
	fieldPart  = "bagian"
)

// poster is the page that prints one sheet.
func (s *Server) poster(c *fiber.Ctx) error {
	held, ok := s.office().Sheets[c.Params("id")]
	if !ok {
		return survey.ErrNotFound
	}
	return s.print(c, sheetPath+"/"+held.Value.ID, []survey.Sheet{held.Value})
}

// posters is the page that prints the sheets of a unit and of those below, or of all units, that people may use now or later.
func (s *Server) posters(c *fiber.Ctx) error {
	office := s.office()
	units := office.AllUnits()
	if unit := c.Query(fieldSheetUnit); unit != "" {
		if _, ok := office.Units[unit]; !ok {
			return survey.ErrNotFound
		}
		units = office.Subtree(unit)
	}
	byCounter := sheetsByCounter(office)
	var sheets []survey.Sheet
	for _, unit := range units {
		for _, row := range s.sheetRows(office, byCounter, unit) {
			if row.Usable() {
				sheets = append(sheets, row.Sheet)
			}
		}
	}
	return s.print(c, sheetPath, sheets)
}

// postersPerPart is how many posters stand on one page: an old office PC prints as many without trouble.
const postersPerPart = 100

// print shows one part of the posters, a sheet of paper each. Whoever opens it is taken to print it, so the audit says so.
func (s *Server) print(c *fiber.Ctx, back string, sheets []survey.Sheet) error {
	if s.unreachable() {
		return s.refusePoster(c)
	}
	page := view.Posters{Base: s.base(c, "Poster QR"), Back: back, Paper: poster.PaperOf(c.Query(fieldPaper)), Total: int64(len(sheets))}
	parts := (len(sheets) + postersPerPart - 1) / postersPerPart
	part := max(1, min(c.QueryInt(fieldPart, 1), parts))
	link := func(paper poster.Paper, part int) string {
		return address(c.Path(), fieldSheetUnit, c.Query(fieldSheetUnit), fieldPaper, paper.Key, fieldPart, strconv.Itoa(part))
	}
	for _, paper := range poster.Papers {
		page.Papers = append(page.Papers, view.PaperLink{Paper: paper, URL: link(paper, part), Current: paper == page.Paper})
	}
	for i := range parts {
		page.Parts = append(page.Parts, view.PartLink{Number: i + 1, URL: link(page.Paper, i+1), Current: i+1 == part})
	}
	if part < parts {
		page.Next = link(page.Paper, part+1)
	}
	from := (part - 1) * postersPerPart
	sheets, page.From = sheets[from:min(from+postersPerPart, len(sheets))], int64(from+1)
	made, err := s.made(sheets)
	if err != nil {
		return err
	}
	page.Dress(made)
	allowStyle(c, page.Style)
	if len(sheets) > 0 {
		s.audit(c, survey.AuditPrint, printed(page.Paper, sheets))
	}
	return s.render(c, "poster", page)
}

// made makes the posters of sheets.
func (s *Server) made(sheets []survey.Sheet) ([]poster.Poster, error) {
	office := s.office()
	list := make([]poster.Poster, 0, len(sheets))
	for _, sheet := range sheets {
		made, err := poster.Of(office, s.Minter, s.options.BaseURL, sheet)
		if err != nil {
			return nil, err
		}
		list = append(list, made)
	}
	return list, nil
}

// printed says in the audit which posters were opened for printing.
func printed(paper poster.Paper, sheets []survey.Sheet) string {
	ids := make([]string, len(sheets))
	for i, sheet := range sheets {
		ids[i] = sheet.ID
	}
	return paper.Name + ": " + strings.Join(ids, " ")
}

// unreachable says that nobody's phone could open the address on a poster.
func (s *Server) unreachable() bool { return !s.options.Demo && LocalHost(s.options.BaseURL) }

// refusePoster names the setting to change, before anybody prints a hundred sheets that no phone can open.
func (s *Server) refusePoster(c *fiber.Ctx) error {
	c.Status(fiber.StatusConflict)
	return s.render(c, "posterrefused", view.PosterRefused{Base: s.base(c, "Poster belum dapat dicetak"), Address: s.options.BaseURL})
}

// qrWidth is how many pixels a QR picture has at least: sharp on 10 cm of paper.
const qrWidth = 1200

func (s *Server) sheetPNG(c *fiber.Ctx) error {
	code, err := s.sheetCode(c)
	if err != nil || s.unreachable() {
		return s.noCode(c, err)
	}
	picture, err := code.PNG(qrWidth)
	if err != nil {
		return err
	}
	return attach(c, "kesan-"+c.Params("id")+".png", "image/png", picture)
}

func (s *Server) sheetSVG(c *fiber.Ctx) error {
	code, err := s.sheetCode(c)
	if err != nil || s.unreachable() {
		return s.noCode(c, err)
	}
	return attach(c, "kesan-"+c.Params("id")+".svg", "image/svg+xml", code.SVG())
}

func (s *Server) noCode(c *fiber.Ctx, err error) error {
	if err != nil {
		return err
	}
	return s.refusePoster(c)
}

func (s *Server) sheetCode(c *fiber.Ctx) (poster.Code, error) {
	held, ok := s.office().Sheets[c.Params("id")]
	if !ok {
		return poster.Code{}, survey.ErrNotFound
	}
	made, err := poster.Of(s.office(), s.Minter, s.options.BaseURL, held.Value)
	return made.Code, err
}
