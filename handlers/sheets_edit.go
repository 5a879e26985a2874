package handlers

import (
	"errors"
	"strconv"

	"github.com/gofiber/fiber/v2"

	"kesan/handlers/view"
	"kesan/survey"
)

// editSheet shows what of a sheet may change. Its counter may not: answers of a sheet that hung elsewhere are moved, and a
// counter that needs a sheet gets one of its own.
func (s *Server) editSheet(c *fiber.Ctx) error {
	held, ok := s.office().Sheets[c.Params("id")]
	if !ok {
		return survey.ErrNotFound
	}
	return s.showSheetEdit(c, fiber.StatusOK, held.Value, held.Revision, nil, "")
}

func (s *Server) saveSheet(c *fiber.Ctx) error {
	office := s.office()
	held, ok := office.Sheets[c.Params("id")]
	if !ok {
		return survey.ErrNotFound
	}
	base, err := strconv.Atoi(typed(c, fieldBase))
	if err != nil {
		return fiber.ErrBadRequest
	}
	sheet := s.readSheet(c, held.Value)
	if problems := sheetProblems(office, sheet); len(problems) > 0 {
		return s.showSheetEdit(c, fiber.StatusUnprocessableEntity, sheet, base, problems, "")
	}
	if sheet == held.Value {
		return c.Redirect(withNotice(sheetPath+"/"+sheet.ID, "tetap"), fiber.StatusSeeOther)
	}
	err = s.Register.Write(c.UserContext(), s.account(c).Username, why(c), survey.Draft{Object: sheet, Base: base})
	if errors.Is(err, survey.ErrConflict) {
		held = s.office().Sheets[sheet.ID]
		return s.showSheetEdit(c, fiber.StatusConflict, sheet, held.Revision, nil, "oleh "+held.Author)
	}
	if err != nil {
		return err
	}
	return c.Redirect(withNotice(sheetPath+"/"+sheet.ID, "tersimpan"), fiber.StatusSeeOther)
}

func (s *Server) showSheetEdit(c *fiber.Ctx, status int, sheet survey.Sheet, base int, problems survey.Problems, conflict string) error {
	office := s.office()
	counter := office.Counters[sheet.Counter].Value
	services := office.ServicesAt(counter)
	fields, stored := sheetFields(office, sheet, services), sheetFields(office, office.Sheets[sheet.ID].Value, services)
	for i := range fields {
		if theirs := shownValue(stored[i]); conflict != "" && theirs != shownValue(fields[i]) {
			fields[i].Theirs, fields[i].Differs = theirs, true
		}
	}
	s.mark(fields, problems)
	page := view.Edit{Base: s.formBase(c, "Ubah lembar "+sheet.ID, problems), Back: view.Link{Label: "Lembar " + sheet.ID, URL: sheetPath + "/" + sheet.ID},
		About:    "Lembar di " + counter.Name + ", " + office.FullName(counter.Unit) + ". QR dan alamatnya tetap sama, jadi poster yang tergantung tetap dapat dipakai; cetak lagi bila tulisannya berubah.",
		Conflict: conflict, History: historyOf("sheet", sheet.ID),
		Form: view.Form{Action: sheetPath + "/" + sheet.ID + "/ubah", Base: base, Fields: append(fields, whyField(c)), Submit: "Simpan", General: s.general(problems)}}
	c.Status(status)
	return s.render(c, "manage_edit", page)
}

// shownValue is what a field shows: what was typed, or the label of what was chosen.
func shownValue(field view.Field) string {
	for _, choice := range field.Choices {
		if choice.Chosen {
			return choice.Label
		}
	}
	return field.Value
}
