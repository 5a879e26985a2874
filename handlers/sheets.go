package handlers

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"kesan/handlers/locale"
	"kesan/handlers/view"
	"kesan/survey"
)

// sheetRoutes are the pages of the QR sheets. Fixed words come before :id; the ID of a sheet has eight letters in upper case.
func (s *Server) sheetRoutes() []route {
	return []route{
		{fiber.MethodGet, sheetPath, admin, s.sheets},
		{fiber.MethodGet, sheetPath + "/baru", admin, s.newSheet},
		{fiber.MethodPost, sheetPath + "/baru", admin, s.createSheet},
		{fiber.MethodPost, sheetPath + "/unit", admin, s.createSheets},
		{fiber.MethodGet, sheetPath + "/poster", admin, s.posters},
		{fiber.MethodGet, sheetPath + "/:id", admin, s.sheet},
		{fiber.MethodGet, sheetPath + "/:id/ubah", admin, s.editSheet},
		{fiber.MethodPost, sheetPath + "/:id/ubah", admin, s.saveSheet},
		{fiber.MethodPost, sheetPath + "/:id/cabut", admin, s.revokeSheet},
		{fiber.MethodGet, sheetPath + "/:id/pindah", admin, s.moveForm},
		{fiber.MethodPost, sheetPath + "/:id/pindah", admin, s.moveAnswers},
		{fiber.MethodGet, sheetPath + "/:id/poster", admin, s.poster},
		{fiber.MethodGet, sheetPath + "/:id/qr.png", admin, s.sheetPNG},
		{fiber.MethodGet, sheetPath + "/:id/qr.svg", admin, s.sheetSVG},
	}
}

// sheetsPerPage is how many sheets the list shows at once.
const sheetsPerPage = 50

// sheets lists the sheets and how they are used, and says which counters lack one. Search, order and page stand in the address.
func (s *Server) sheets(c *fiber.Ctx) error {
	office := s.office()
	page := view.Sheets{Base: s.base(c, "Lembar QR"), Search: strings.TrimSpace(c.Query("cari")), All: c.Query("semua") == "ya",
		OnlySilent: c.Query("sunyi") == "ya", Sort: c.Query("urut"), SilentAfter: survey.Silent}
	sheets := sheetsByCounter(office)
	lacking := map[string]int64{}
	for _, root := range office.Children("") {
		for _, counter := range office.Unposted(root, s.Clock.Now()) {
			lacking[counter.Unit]++
		}
	}
	for _, unit := range office.AllUnits() {
		group := view.SheetUnit{Code: unit, Name: office.FullName(unit), Lacking: lacking[unit]}
		rows := s.sheetRows(office, sheets, unit)
		if err := s.use(c.UserContext(), unit, rows); err != nil {
			return err
		}
		for _, row := range rows {
			if row.Usable() {
				group.Usable++
				page.Usable++
			}
			if row.Matches(page.Search) && (page.All || row.Usable()) && (!page.OnlySilent || row.Silent()) {
				page.Rows = append(page.Rows, row)
			}
		}
		if group.Lacking > 0 || group.Usable > 0 {
			page.Units = append(page.Units, group)
		}
	}
	page.Order()
	page.Cut(c.QueryInt("hal", 1), sheetsPerPage)
	return s.render(c, "sheets", page)
}

// use fills in how the sheets of a unit are used.
func (s *Server) use(ctx context.Context, unit string, rows []view.SheetRow) error {
	if len(rows) == 0 {
		return nil
	}
	today := s.today(unit)
	uses, err := s.SheetUses.Of(ctx, unit, today)
	if err != nil {
		return err
	}
	for i := range rows {
		row := &rows[i]
		row.Use = uses[row.Sheet.ID]
		scanned, err := s.Scans.Last(ctx, row.Sheet.ID)
		if err != nil {
			return err
		}
		row.LastUsed, row.OpenDays = max(scanned, row.Use.Last), s.office().OpenDays(row.Sheet, today)
		if row.State == view.SheetValid {
			row.SilentDays = int64(s.office().SilentDays(row.Sheet, row.LastUsed, today))
		}
	}
	return nil
}

// sheetsByCounter returns the sheets of each counter, the newest first.
func sheetsByCounter(office *survey.Office) map[string][]survey.Sheet {
	sheets := map[string][]survey.Sheet{}
	for _, id := range office.Sheets.IDs() {
		sheet := office.Sheets[id].Value
		sheets[sheet.Counter] = append(sheets[sheet.Counter], sheet)
	}
	for _, list := range sheets {
		slices.SortStableFunc(list, func(a, b survey.Sheet) int { return strings.Compare(string(b.ValidFrom), string(a.ValidFrom)) })
	}
	return sheets
}

// sheetRows returns the sheets of a unit's counters in order of counter.
func (s *Server) sheetRows(office *survey.Office, sheets map[string][]survey.Sheet, unit string) []view.SheetRow {
	var rows []view.SheetRow
	for _, counter := range office.CountersOf(unit) {
		for _, sheet := range sheets[counter] {
			rows = append(rows, s.sheetRow(office, sheet))
		}
	}
	return rows
}

func (s *Server) sheetRow(office *survey.Office, sheet survey.Sheet) view.SheetRow {
	counter := office.Counters[sheet.Counter].Value
	row := view.SheetRow{Sheet: sheet, Counter: counter.Name, Unit: office.FullName(counter.Unit)}
	if sheet.Service != "" {
		row.Service = survey.Name(office.Services, sheet.Service)
	}
	switch err := office.CheckSheet(sheet, s.Clock.Now()); {
	case err == nil:
		row.State = view.SheetValid
	case errors.Is(err, survey.ErrRevoked):
		row.State = view.SheetRevoked
	case errors.Is(err, survey.ErrClosed):
		row.State = view.SheetClosed
	case sheet.ValidFrom > s.today(counter.Unit):
		row.State = view.SheetEarly
	default:
		row.State = view.SheetOver
	}
	return row
}

// sheet shows one sheet, its history and the ways to print and to revoke it.
func (s *Server) sheet(c *fiber.Ctx) error {
	return s.showSheet(c, fiber.StatusOK, nil)
}

func (s *Server) showSheet(c *fiber.Ctx, status int, change func(*view.Sheet)) error {
	office := s.office()
	held, ok := office.Sheets[c.Params("id")]
	if !ok {
		return survey.ErrNotFound
	}
	unit := office.Counters[held.Value.Counter].Value.Unit
	rows := []view.SheetRow{s.sheetRow(office, held.Value)}
	if err := s.use(c.UserContext(), unit, rows); err != nil {
		return err
	}
	page := view.Sheet{Base: s.base(c, "Lembar "+held.Value.ID), SheetRow: rows[0], Short: s.shortAddress(held.Value.ID), Base0: held.Revision,
		Zone: office.Zone(unit), Changes: historyOf("sheet", held.Value.ID),
		Printed: address(historyPath+"/audit", "cari", held.Value.ID)}
	history, err := s.Register.History(c.UserContext(), survey.KindSheet, held.Value.ID)
	if err != nil {
		return err
	}
	for _, change := range history {
		page.History = append(page.History, sheetChange(change))
	}
	page.Moves, err = s.movesOf(c.UserContext(), held.Value.ID, func(*view.Move) bool { return true })
	if err != nil {
		return err
	}
	if change != nil {
		change(&page)
	}
	c.Status(status)
	return s.render(c, "sheet", page)
}

// revokeSheet withdraws a sheet for good and, where that is asked for, makes another one for the same place in the same
// change. Forms that were handed out before are still taken.
func (s *Server) revokeSheet(c *fiber.Ctx) error {
	held, ok := s.office().Sheets[c.Params("id")]
	if !ok {
		return survey.ErrNotFound
	}
	sheet := held.Value
	sheet.Revoked, sheet.Why = true, typed(c, fieldWhy)
	if sheet.Why == "" || len(survey.Validate(sheet)) > 0 {
		return s.showSheet(c, fiber.StatusUnprocessableEntity, func(page *view.Sheet) {
			page.Faulty, page.Why, page.Problem = true, sheet.Why, s.words.T(locale.Default, "sheet.why")
		})
	}
	base, err := strconv.Atoi(typed(c, fieldBase))
	if err != nil {
		return fiber.ErrBadRequest
	}
	drafts := []survey.Draft{{Object: sheet, Base: base}}
	shown := sheet.ID
	if typed(c, "aksi") == "ganti" {
		next := held.Value
		next.ID, next.ValidFrom = survey.NewSheetID(), s.today(s.office().Counters[sheet.Counter].Value.Unit)
		drafts, shown = append(drafts, survey.Draft{Object: next}), next.ID
	}
	err = s.Register.Write(c.UserContext(), s.account(c).Username, sheet.Why, drafts...)
	if errors.Is(err, survey.ErrConflict) {
		return s.showSheet(c, fiber.StatusConflict, func(page *view.Sheet) { page.Why, page.Conflict = sheet.Why, true })
	}
	if err != nil {
		return err
	}
	if shown != sheet.ID {
		return c.Redirect(withNotice(sheetPath+"/"+shown, "lembar_diganti"), fiber.StatusSeeOther)
	}
	return c.Redirect(withNotice(sheetPath+"/"+shown, "lembar_dicabut"), fiber.StatusSeeOther)
}
