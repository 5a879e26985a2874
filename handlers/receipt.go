package handlers

import (
	"context"
	"errors"
	"time"

	"github.com/gofiber/fiber/v2"

	"kesan/handlers/view"
	"kesan/survey"
)

// receipt shows that an answer was received and whether it is counted, never what it said. Whoever waits may look again by
// the link; the page does not reload by itself, which would pull a reader back to its top (WCAG 2.2, 2.2.2 and F41).
func (z *citizen) receipt(c *fiber.Ctx) error {
	lang := z.language(c, c.Query(survey.FieldLang))
	receipt, err := survey.ReadReceipt(z.Keys, c.Params("receipt"))
	if err != nil {
		return z.noReceipt(c, lang, err)
	}
	page := view.Receipt{Citizen: z.frame(lang, "survey.thanks_title"), Code: receipt.Code[:4] + "-" + receipt.Code[4:]}
	ctx, cancel := context.WithTimeout(c.UserContext(), checkTime)
	defer cancel()
	unit, err := z.unitOf(receipt)
	if err == nil {
		page.Counted, err = survey.BucketCounted(ctx, z.Store, survey.Bucket{Unit: unit.Code, Day: receipt.Day})
	}
	if err != nil {
		z.Log.Warn("receipt not checked", "error", err)
		page.Unknown = true
		return z.send(c, fiber.StatusOK, "receipt", page, page.Citizen)
	}
	if page.Spent, err = z.contacts.Spent(ctx, receipt); err != nil {
		z.Log.Warn("contact of a receipt not checked", "error", err)
	} else if !page.Spent && z.office().ContactsRead(unit.Code) {
		page.Contact = contactPath(c, lang)
	}
	return z.send(c, fiber.StatusOK, "receipt", page, page.Citizen)
}

// noReceipt tells why a receipt opens nothing.
func (z *citizen) noReceipt(c *fiber.Ctx, lang string, err error) error {
	switch {
	case errors.Is(err, survey.ErrExpired):
		return z.message(c, fiber.StatusGone, lang, "survey.receipt_gone_title", true, "survey.receipt_gone_text")
	case errors.Is(err, survey.ErrNotFound):
		return z.message(c, fiber.StatusNotFound, lang, "survey.receipt_unknown_title", false, "survey.receipt_unknown_text")
	}
	return z.turnAway(c, lang, err)
}

// checkTime bounds the look at the store: the thanks are true without it.
const checkTime = time.Second

// unitOf returns the unit whose counter gave the receipt.
func (z *citizen) unitOf(receipt survey.Receipt) (survey.Unit, error) {
	counter, err := z.office().CounterByTag(receipt.Counter)
	if err != nil {
		return survey.Unit{}, err
	}
	return z.office().Units.Value(counter.Unit)
}
