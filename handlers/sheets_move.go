package handlers

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/gofiber/fiber/v2"

	"kesan/handlers/locale"
	"kesan/handlers/view"
	"kesan/scoring"
	"kesan/survey"
)

// Fields of the page that moves answers.
const (
	fieldMoveFrom = "mulai"
	fieldMoveTo   = "sampai"
	fieldMoveID   = "nomor"
)

// moveForm asks where a sheet hung in fact, and when.
func (s *Server) moveForm(c *fiber.Ctx) error {
	held, ok := s.office().Sheets[c.Params("id")]
	if !ok {
		return survey.ErrNotFound
	}
	return s.showMove(c, fiber.StatusOK, survey.Move{Sheet: held.Value.ID}, nil, nil)
}

// moveAnswers shows what a move would do and, once that has been seen, does it.
func (s *Server) moveAnswers(c *fiber.Ctx) error {
	office := s.office()
	if _, ok := office.Sheets[c.Params("id")]; !ok {
		return survey.ErrNotFound
	}
	move := s.readMove(c)
	if problems := office.CheckMove(move, s.Clock.Now()); len(problems) > 0 {
		return s.showMove(c, fiber.StatusUnprocessableEntity, move, problems, nil)
	}
	if typed(c, "aksi") != "pindahkan" {
		count, err := s.Mover.Preview(c.UserContext(), move)
		if err != nil {
			return err
		}
		return s.showMove(c, fiber.StatusOK, move, nil, &count)
	}
	count, err := s.Mover.Move(c.UserContext(), move)
	if errors.Is(err, survey.ErrClosed) || err == nil && count.Answers == 0 {
		return s.showMove(c, fiber.StatusConflict, move, nil, &count)
	}
	if err != nil {
		return err
	}
	s.audit(c, survey.AuditMove, fmt.Sprintf("%s: %s, %s sampai %s, %d jawaban: %s", move.Sheet, move.Counter, move.From, move.To, count.Answers, move.Reason))
	return c.Redirect(withNotice(sheetPath+"/"+move.Sheet, "jawaban_dipindah"), fiber.StatusSeeOther)
}

// readMove reads the form. A move keeps its ID from the preview on, so that sending it twice is one move.
func (s *Server) readMove(c *fiber.Ctx) survey.Move {
	move := survey.Move{ID: typed(c, fieldMoveID), Sheet: c.Params("id"), Counter: typed(c, fieldSheetCounter), Reason: why(c),
		From: localTime(typed(c, fieldMoveFrom)), To: localTime(typed(c, fieldMoveTo)), Author: s.account(c).Username, At: s.Clock.Now()}
	if !strings.HasPrefix(move.ID, move.Sheet+"-") {
		move.ID = survey.NewMoveID(move.Sheet)
	}
	return move
}

// localTime keeps what cannot be read as it was typed.
func localTime(text string) survey.LocalTime {
	if at, err := survey.ParseLocalTime(text); err == nil {
		return at
	}
	return survey.LocalTime(text)
}

func (s *Server) showMove(c *fiber.Ctx, status int, move survey.Move, found survey.Problems, count *survey.MoveCount) error {
	office := s.office()
	sheet := office.Sheets[move.Sheet].Value
	var problems survey.Problems
	rename(&problems, found, map[string]string{"counter": fieldSheetCounter, "from": fieldMoveFrom, "to": fieldMoveTo, "reason": fieldWhy, "id": fieldMoveID})
	zone := office.Zone(office.Counters[sheet.Counter].Value.Unit)
	form := view.Form{Action: sheetPath + "/" + sheet.ID + "/pindah", General: s.general(problems), Fields: []view.Field{
		{Name: fieldSheetCounter, Label: "Loket tempat lembar itu sebenarnya tergantung", Input: view.InputChoice, Required: true, Choices: chosen(counterChoices(office), move.Counter)},
		{Name: fieldMoveFrom, Label: "Sejak", Input: view.InputHour, Required: true, Value: string(move.From), Help: "Jam penuh, waktu setempat (" + string(zone) + "), misalnya 18 November 2026 pukul 08.00."},
		{Name: fieldMoveTo, Label: "Sampai", Input: view.InputHour, Required: true, Value: string(move.To), Help: "Jam penuh. Jawaban pada jam ini sendiri tidak ikut: sampai pukul 12.00 berarti yang terakhir pukul 11.59."},
		{Name: fieldWhy, Label: "Alasan", Required: true, Value: move.Reason, Help: "Tersimpan bersama setiap jawaban yang dipindahkan dan di catatan audit."},
	}}
	s.mark(form.Fields, problems)
	page := view.MoveSheet{Base: s.formBase(c, "Pindahkan jawaban lembar "+sheet.ID, problems), SheetRow: s.sheetRow(office, sheet), Form: form}
	if count != nil {
		page.Preview = moveOf(office, survey.KeptMove{Move: move, MoveCount: *count})
	}
	c.Status(status)
	return s.render(c, "sheetmove", page)
}

// moveOf puts a move into the words of the pages.
func moveOf(office *survey.Office, kept survey.KeptMove) *view.Move {
	was, is := office.Counters[office.Sheets[kept.Sheet].Value.Counter].Value, office.Counters[kept.Counter].Value
	return &view.Move{KeptMove: kept, WasUnit: was.Unit, IsUnit: is.Unit, Zone: office.Zone(was.Unit), Begins: hourName(kept.From), Ends: hourName(kept.To),
		Was: was.Name + ", " + office.FullName(was.Unit), Is: is.Name + ", " + office.FullName(is.Unit)}
}

// hourName writes a local time as people do: 18 November 2026 10.00.
func hourName(at survey.LocalTime) string {
	day, _, _ := strings.Cut(string(at), "T")
	return locale.Date(survey.Day(day)) + " " + dotted(clockOf(at))
}

// movesOf returns the moves of a sheet, or of all when it is empty, that the pages are to show.
func (s *Server) movesOf(ctx context.Context, sheet string, shows func(*view.Move) bool) ([]*view.Move, error) {
	kept, err := s.Mover.Moves(ctx, sheet)
	if err != nil {
		return nil, err
	}
	var list []*view.Move
	for _, k := range kept {
		if move := moveOf(s.office(), k); shows(move) {
			list = append(list, move)
		}
	}
	return list, nil
}

// movesWithin returns the moves that concern a unit, or one below it, in a cycle.
func (s *Server) movesWithin(ctx context.Context, unit string, head scoring.CycleHead) ([]*view.Move, error) {
	office := s.office()
	return s.movesOf(ctx, "", func(m *view.Move) bool {
		return (office.Within(m.WasUnit, unit) || office.Within(m.IsUnit, unit)) &&
			m.From < survey.LocalTime(head.To.Add(1)) && m.To > survey.LocalTime(head.From)
	})
}
