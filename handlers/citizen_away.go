package handlers

import (
	"errors"
	"strconv"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"kesan/handlers/view"
	"kesan/survey"
)

// retry answers when an answer could not be stored: a small page, since many may need one at once, that holds all that was
// typed and the same form token, so that sending it again counts once.
func (z *citizen) retry(c *fiber.Ctx, lang string, typed map[string]string, err error) error {
	if !errors.Is(err, survey.ErrBusy) {
		z.Log.Error("answer not stored", "error", err)
	}
	page := view.Retry{Citizen: z.frame(lang, "survey.busy_title"), Fields: view.HiddenFields(typed)}
	c.Set(fiber.HeaderRetryAfter, strconv.Itoa(retryAfter))
	return z.send(c, fiber.StatusServiceUnavailable, "retry", page, page.Citizen)
}

// turnAway tells kindly why there is no form to fill.
func (z *citizen) turnAway(c *fiber.Ctx, lang string, err error) error {
	switch {
	case errors.Is(err, survey.ErrNotFound):
		return z.message(c, fiber.StatusNotFound, lang, "survey.unknown_title", false, "survey.unknown_text")
	case errors.Is(err, survey.ErrTurned):
		return z.message(c, fiber.StatusGone, lang, "survey.turned_title", false, "survey.turned_text")
	case errors.Is(err, survey.ErrCrowded):
		c.Set(fiber.HeaderRetryAfter, strconv.Itoa(int(survey.DisplaySlot/time.Second)))
		return z.message(c, fiber.StatusTooManyRequests, lang, "survey.crowded_title", false, "survey.crowded_text")
	case errors.Is(err, survey.ErrRevoked):
		return z.message(c, fiber.StatusGone, lang, "survey.revoked_title", false, "survey.revoked_text")
	case errors.Is(err, survey.ErrTicketOver):
		return z.message(c, fiber.StatusGone, lang, "survey.over_title", false, "survey.over_text")
	case errors.Is(err, survey.ErrExpired):
		return z.message(c, fiber.StatusGone, lang, "survey.expired_title", false, "survey.expired_text")
	case errors.Is(err, survey.ErrClosed):
		return z.message(c, fiber.StatusGone, lang, "survey.closed_title", true, "survey.closed_text")
	}
	z.Log.Error("survey cannot be opened", "error", err)
	c.Set(fiber.HeaderRetryAfter, strconv.Itoa(retryAfter))
	return z.message(c, fiber.StatusServiceUnavailable, lang, "survey.broken_title", false, "survey.broken_text")
}

// alreadySent tells that there is one answer to a ticket or form, and that it is here.
func (z *citizen) alreadySent(c *fiber.Ctx, lang string, visit survey.Visit) error {
	if visit.Point.Channel == survey.ChannelTicket {
		return z.message(c, fiber.StatusGone, lang, "survey.spent_title", true, "survey.spent_text")
	}
	return z.message(c, fiber.StatusGone, lang, "survey.form_sent_title", true, "survey.form_sent_text")
}

// message shows a page of a few sentences, given by their keys. In the place of a survey it sends what waits on the phone: the
// person was told to open this address again. On a kiosk it goes on by itself and leads nowhere else.
func (z *citizen) message(c *fiber.Ctx, status int, lang, title string, lapor bool, texts ...string) error {
	page := view.Message{Citizen: z.frame(lang, title), Head: title, Texts: texts, Lapor: lapor && !atKiosk(c)}
	switch {
	case atKiosk(c):
		comeBack(c)
	case strings.HasPrefix(strings.ToLower(c.Path()), "/s/"):
		page.Deliver()
	}
	return z.send(c, status, "message", page, page.Citizen)
}

func (z *citizen) frame(lang, title string) view.Citizen {
	frame := view.NewCitizen(z.words, lang, z.office().Agency(), title)
	frame.Demo = z.options.Demo
	return frame
}
