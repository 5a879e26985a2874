package handlers

import (
	"context"
	"errors"
	"time"

	"github.com/gofiber/fiber/v2"

	"kesan/handlers/view"
	"kesan/survey"
)

// receipt shows that an answer was received and whether it is counted, never what it said.
func (z *citizen) receipt(c *fiber.Ctx) error {
	lang := z.language(c, c.Query(survey.FieldLang))
	receipt, err := survey.ReadReceipt(z.Keys, c.Params("receipt"))
	switch {
	case errors.Is(err, survey.ErrExpired):
		return z.message(c, fiber.StatusGone, lang, "survey.receipt_gone_title", true, "survey.receipt_gone_text")
	case errors.Is(err, survey.ErrNotFound):
		return z.message(c, fiber.StatusNotFound, lang, "survey.receipt_unknown_title", false, "survey.receipt_unknown_text")
	case err != nil:
		return z.turnAway(c, lang, err)
	}
	page := view.Receipt{Citizen: z.frame(lang, "survey.thanks_title"), Code: receipt.Code[:4] + "-" + receipt.Code[4:]}
	page.Counted, err = z.counted(c.UserContext(), receipt)
	if err != nil {
		z.Log.Warn("receipt not checked", "error", err)
		page.Unknown = true
	}
	return z.send(c, fiber.StatusOK, "receipt", page, page.Citizen)
}

// checkTime bounds the look at the store: the thanks are true without it.
const checkTime = time.Second

func (z *citizen) counted(ctx context.Context, receipt survey.Receipt) (bool, error) {
	ctx, cancel := context.WithTimeout(ctx, checkTime)
	defer cancel()
	office := z.office()
	counter, err := office.CounterByTag(receipt.Counter)
	if err != nil {
		return false, err
	}
	return survey.BucketCounted(ctx, z.Store, survey.Bucket{Unit: counter.Unit, Day: receipt.Day})
}
