package handlers

import (
	"encoding/json"
	"slices"

	"github.com/gofiber/fiber/v2"

	"kesan/handlers/view"
	"kesan/survey"
)

// Fields of the sheet pages.
const (
	fieldSheetCounter = "loket"
	fieldSheetService = "layanan"
	fieldSheetPlace   = "tempat"
	fieldSheetFrom    = "berlaku_mulai"
	fieldSheetTo      = "berlaku_sampai"
	fieldSheetUnit    = "unit"
)

// newSheet shows the form for one new sheet.
func (s *Server) newSheet(c *fiber.Ctx) error {
	return s.sheetForm(c, fiber.StatusOK, survey.Sheet{Counter: c.Query(fieldSheetCounter)}, nil)
}

func (s *Server) sheetForm(c *fiber.Ctx, status int, sheet survey.Sheet, problems survey.Problems) error {
	office := s.office()
	counters := view.Field{Name: fieldSheetCounter, Label: "Loket", Input: view.InputChoice, Required: true}
	var services []string
	for _, unit := range office.AllUnits() {
		for _, code := range office.CountersOf(unit) {
			if counter := office.Counters[code].Value; !counter.Closed && !office.Units[unit].Value.Closed {
				counters.Choices = append(counters.Choices, view.Choice{Value: code, Label: counter.Name + ", " + office.FullName(unit), Chosen: code == sheet.Counter})
			}
		}
		services = append(services, office.ServicesOf(unit)...)
	}
	base := s.formBase(c, "Lembar QR baru", problems)
	form := view.Form{Action: sheetPath + "/baru", Submit: "Buat lembar", Fields: append([]view.Field{counters}, sheetFields(office, sheet, services)...)}
	s.mark(form.Fields, problems)
	c.Status(status)
	return s.render(c, "manage_edit", view.Edit{Base: base, Form: form, Back: view.Link{Label: "Lembar QR", URL: sheetPath}})
}

// sheetFields are the fields of a sheet that may change.
func sheetFields(office *survey.Office, sheet survey.Sheet, services []string) []view.Field {
	service := view.Field{Name: fieldSheetService, Label: "Hanya untuk satu layanan", Input: view.InputChoice,
		Empty: "Warga memilih sendiri", Help: "Warga memilih sendiri: lembar ini untuk semua layanan loket."}
	for _, code := range services {
		service.Choices = append(service.Choices, view.Choice{Value: code, Label: survey.Name(office.Services, code) + ", " + office.FullName(office.Services[code].Value.Unit), Chosen: code == sheet.Service})
	}
	return []view.Field{service,
		{Name: fieldSheetPlace, Label: "Tempat menempel", Value: sheet.Place, Help: "Supaya lembar mudah dicari lagi, misalnya: kaca depan loket."},
		{Name: fieldSheetFrom, Label: "Berlaku mulai", Input: "date", Value: string(sheet.ValidFrom), Help: "Bila kosong: hari ini."},
		{Name: fieldSheetTo, Label: "Berlaku sampai", Input: "date", Value: string(sheet.ValidTo), Help: "Bila kosong: sampai dicabut."}}
}

// readSheet reads the fields that may change into a sheet.
func (s *Server) readSheet(c *fiber.Ctx, sheet survey.Sheet) survey.Sheet {
	sheet.Service, sheet.Place = typed(c, fieldSheetService), typed(c, fieldSheetPlace)
	sheet.ValidFrom, sheet.ValidTo = survey.Day(typed(c, fieldSheetFrom)), survey.Day(typed(c, fieldSheetTo))
	if sheet.ValidFrom == "" {
		sheet.ValidFrom = s.today(s.office().Counters[sheet.Counter].Value.Unit)
	}
	return sheet
}

// createSheet makes one sheet.
func (s *Server) createSheet(c *fiber.Ctx) error {
	sheet := s.readSheet(c, survey.Sheet{ID: survey.NewSheetID(), Counter: typed(c, fieldSheetCounter)})
	if problems := sheetProblems(s.office(), sheet); len(problems) > 0 {
		return s.sheetForm(c, fiber.StatusUnprocessableEntity, sheet, problems)
	}
	if err := s.Register.Write(c.UserContext(), s.account(c).Username, "lembar baru", survey.Draft{Object: sheet}); err != nil {
		return err
	}
	return c.Redirect(withNotice(sheetPath+"/"+sheet.ID, "lembar_dibuat"), fiber.StatusSeeOther)
}

// sheetProblems says what is wrong with a new sheet, by field of its form.
func sheetProblems(office *survey.Office, sheet survey.Sheet) survey.Problems {
	fields := map[string]string{"counter": fieldSheetCounter, "service": fieldSheetService, "place": fieldSheetPlace,
		"valid_from": fieldSheetFrom, "valid_to": fieldSheetTo}
	var problems survey.Problems
	for _, p := range survey.Validate(sheet) {
		p.Field = fields[p.Field]
		problems = append(problems, p)
	}
	if sheet.ValidTo != "" && sheet.ValidTo < sheet.ValidFrom {
		problems.Add(fieldSheetTo, "sheet.order")
	}
	counter, ok := office.Counters[sheet.Counter]
	if sheet.Counter != "" && (!ok || counter.Value.Closed) {
		problems.Add(fieldSheetCounter, "sheet.counter")
	}
	if ok && sheet.Service != "" && !slices.Contains(office.ServicesAt(counter.Value), sheet.Service) {
		problems.Add(fieldSheetService, "sheet.service")
	}
	return problems
}

// createSheets makes a sheet for each counter of a unit, and of the units below, that lacks one.
func (s *Server) createSheets(c *fiber.Ctx) error {
	office := s.office()
	unit := typed(c, fieldSheetUnit)
	if _, ok := office.Units[unit]; !ok {
		return survey.ErrNotFound
	}
	var drafts []survey.Draft
	for _, counter := range office.Unposted(unit, s.Clock.Now()) {
		drafts = append(drafts, survey.Draft{Object: survey.Sheet{ID: survey.NewSheetID(), Counter: counter.Code, ValidFrom: s.today(counter.Unit)}})
	}
	if len(drafts) == 0 {
		return c.Redirect(withNotice(sheetPath, "tetap"), fiber.StatusSeeOther)
	}
	if err := s.Register.Write(c.UserContext(), s.account(c).Username, "lembar untuk loket yang belum punya", drafts...); err != nil {
		return err
	}
	return c.Redirect(withNotice(sheetPath, "lembar_dibuat"), fiber.StatusSeeOther)
}

// sheetChange tells one change of a sheet.
func sheetChange(change survey.Change) view.SheetChange {
	told := view.SheetChange{At: change.At, Author: change.Author, Reason: change.Reason, What: "diubah"}
	var sheet survey.Sheet
	switch err := json.Unmarshal(change.Revisions[0].Body, &sheet); {
	case err == nil && sheet.Revoked:
		told.What = "dicabut"
	case change.Revisions[0].Revision == 1:
		told.What = "dibuat"
	}
	return told
}
