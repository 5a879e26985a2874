package handlers

import (
	"context"
	"errors"
	"strconv"

	"github.com/gofiber/fiber/v2"

	"kesan/handlers/view"
	"kesan/survey"
)

// fieldCode is the field in which the code of a ticket is typed.
const fieldCode = "kode"

// triesOver is how many seconds somebody should wait who typed too many wrong codes.
const triesOver = 60

// askCode answers GET /t: the page where the code of a ticket is typed.
func (z *citizen) askCode(c *fiber.Ctx) error {
	return z.showCode(c, fiber.StatusOK, z.language(c, c.Query(survey.FieldLang)), view.SurveyField{})
}

// takeCode answers POST /t. A code leads to the same address as its QR code.
func (z *citizen) takeCode(c *fiber.Ctx) error {
	typed, _, err := readForm(c)
	if err != nil {
		return err
	}
	lang := z.language(c, typed[survey.FieldLang])
	ctx, cancel := context.WithTimeout(c.UserContext(), submitTime)
	defer cancel()
	token, err := z.Tickets.Find(ctx, typed[fieldCode])
	switch {
	case errors.Is(err, survey.ErrNotFound):
		return z.showCode(c, fiber.StatusUnprocessableEntity, lang, z.wrongCode(lang, typed, "survey.code_wrong"))
	case errors.Is(err, survey.ErrTries):
		c.Set(fiber.HeaderRetryAfter, strconv.Itoa(triesOver))
		return z.showCode(c, fiber.StatusTooManyRequests, lang, z.wrongCode(lang, typed, "survey.code_tries"))
	case err != nil:
		return z.turnAway(c, lang, err)
	}
	return c.Redirect("/s/"+token+"?"+survey.FieldLang+"="+lang, fiber.StatusSeeOther)
}

func (z *citizen) wrongCode(lang string, typed map[string]string, problem string) view.SurveyField {
	return view.TypedField(typed[fieldCode], z.words.T(lang, problem))
}

func (z *citizen) showCode(c *fiber.Ctx, status int, lang string, code view.SurveyField) error {
	page := view.TicketCode{Citizen: z.frame(lang, "survey.code_title"), Code: code}
	page.Faulty(z.words, code.Problem)
	return z.send(c, status, "ticketcode", page, page.Citizen)
}

// spent says whether the ticket of a visit was used already. A store that is away is no reason to turn anybody away.
func (z *citizen) spent(ctx context.Context, visit survey.Visit) bool {
	ctx, cancel := context.WithTimeout(ctx, checkTime)
	defer cancel()
	spent, err := z.Intake.Spent(ctx, visit)
	if err != nil {
		z.Log.Warn("ticket not checked", "error", err)
	}
	return spent
}
