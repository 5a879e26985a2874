package handlers

import (
	"github.com/gofiber/fiber/v2"

	"kesan/handlers/poster"
	"kesan/handlers/view"
	"kesan/survey"
)

func (s *Server) shortAddress(sheet string) string { return poster.Short(s.options.BaseURL, sheet) }

// poster is the page that prints one sheet.
func (s *Server) poster(c *fiber.Ctx) error {
	held, ok := s.office().Sheets[c.Params("id")]
	if !ok {
		return survey.ErrNotFound
	}
	return s.print(c, sheetPath+"/"+held.Value.ID, held.Value)
}

// posters is the page that prints all sheets of a unit, and of those below, that people may use now or later.
func (s *Server) posters(c *fiber.Ctx) error {
	office := s.office()
	unit := c.Query(fieldSheetUnit)
	if _, ok := office.Units[unit]; !ok {
		return survey.ErrNotFound
	}
	byCounter := sheetsByCounter(office)
	var sheets []survey.Sheet
	for _, below := range office.Subtree(unit) {
		for _, row := range s.sheetRows(office, byCounter, below) {
			if row.Usable() {
				sheets = append(sheets, row.Sheet)
			}
		}
	}
	return s.print(c, sheetPath, sheets...)
}

// print shows the posters, one page of paper each.
func (s *Server) print(c *fiber.Ctx, back string, sheets ...survey.Sheet) error {
	if s.unreachable() {
		return s.refusePoster(c)
	}
	office := s.office()
	page := view.Posters{Base: s.base(c, "Poster QR"), Back: back, Style: view.BrandStyle(office.Agency().Colour)}
	for _, sheet := range sheets {
		made, err := poster.Of(office, s.Minter, s.options.BaseURL, sheet)
		if err != nil {
			return err
		}
		page.Posters = append(page.Posters, made)
	}
	allowStyle(c, page.Style)
	return s.render(c, "poster", page)
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
