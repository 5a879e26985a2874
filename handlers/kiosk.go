package handlers

import (
	"bytes"
	"errors"
	"strconv"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"kesan/handlers/locale"
	"kesan/handlers/view"
	"kesan/survey"
)

// kiosk answers GET /kios/:token: the survey for who stands before the kiosk. On a paired one the form is that of the present
// interval; any other browser gets the form of the counter's poster, and is told so.
func (z *citizen) kiosk(c *fiber.Ctx) error {
	lang := z.chosen(c)
	device, visit, err := z.kioskVisit(c)
	switch {
	case errors.Is(err, errTooSoon):
		return z.tooSoon(c, lang, device)
	case errors.Is(err, survey.ErrNotFound) && device.ID != "":
		return z.message(c, fiber.StatusNotFound, lang, "survey.kiosk_bare_title", false, "survey.kiosk_bare_text")
	case err == nil:
		visit, err = z.whole(c, visit)
	}
	if err != nil {
		return z.turnAway(c, lang, err)
	}
	notice := ""
	if visit.Point.Channel == survey.ChannelPoster {
		notice = "survey.kiosk_unpaired"
	}
	page := z.form(lang, visit, view.Typed{Notice: notice})
	page.Kiosk = z.kioskFrame(lang, device, visit)
	page.Own, page.Script = true, ""
	return z.sendKiosk(c, page)
}

// sendKiosk writes the page of a kiosk, unless the kiosk holds it already but for the form token.
func (z *citizen) sendKiosk(c *fiber.Ctx, page view.Survey) error {
	var html bytes.Buffer
	if err := z.views.Render(&html, "survey", page); err != nil {
		return err
	}
	tag := etag(bytes.ReplaceAll(html.Bytes(), []byte(page.Token), nil))
	c.Set(fiber.HeaderETag, tag)
	if c.Get(fiber.HeaderIfNoneMatch) == tag {
		return c.SendStatus(fiber.StatusNotModified)
	}
	sendHTML(c, fiber.StatusOK, html.Bytes(), page.CSP())
	return nil
}

// chosen returns the language that was chosen on a kiosk. What its browser asks for is the language of whoever installed it, not
// of who stands before it.
func (z *citizen) chosen(c *fiber.Ctx) string {
	if lang := c.Query(survey.FieldLang); z.words.Has(lang) {
		return lang
	}
	return locale.Default
}

// errTooSoon: the form of the present interval has been used.
var errTooSoon = errors.New("the kiosk has just been used")

// kioskVisit opens a form for the kiosk that the address names. errTooSoon: see there. survey.ErrNotFound: there is no such
// kiosk, or, with its device, it is not paired and there is no poster at its counter.
func (z *citizen) kioskVisit(c *fiber.Ctx) (survey.Device, survey.Visit, error) {
	device, err := z.addressed(c.Params("token"), survey.DeviceKiosk)
	if err != nil {
		return survey.Device{}, survey.Visit{}, err
	}
	paired, err := z.paired(c, device)
	if err != nil {
		return device, survey.Visit{}, err
	}
	if !paired {
		sheet, err := z.office().PosterOf(device.Counter, z.Clock.Now())
		if err != nil {
			return device, survey.Visit{}, err
		}
		visit, err := z.Intake.Open(sheet.ID)
		return device, visit, err
	}
	visit, err := z.Intake.OpenKiosk(device, z.Clock.Now())
	if err == nil && z.spent(c.UserContext(), visit) {
		err = errTooSoon
	}
	return device, visit, err
}

// tooSoon asks for a little patience and lets the page come back by itself.
func (z *citizen) tooSoon(c *fiber.Ctx, lang string, device survey.Device) error {
	now := z.Clock.Now()
	left := int(now.Truncate(device.Pause()).Add(device.Pause()).Sub(now)/time.Second) + 1
	c.Set(headerRefresh, strconv.Itoa(left))
	c.Set(fiber.HeaderRetryAfter, strconv.Itoa(left))
	return z.message(c, fiber.StatusTooManyRequests, lang, "survey.kiosk_soon_title", false, "survey.kiosk_soon_text")
}

// thanksTime is how long a kiosk thanks before it begins again.
const thanksTime = 8 * time.Second

// kioskThanks is the page after an answer, for kiosks without scripts. It names no receipt: nobody could keep it.
func (z *citizen) kioskThanks(c *fiber.Ctx) error {
	device, err := z.addressed(c.Params("token"), survey.DeviceKiosk)
	if err != nil {
		return err
	}
	c.Set(headerRefresh, strconv.Itoa(int(thanksTime/time.Second))+"; url="+kioskPath+"/"+device.ID)
	return z.message(c, fiber.StatusOK, z.chosen(c), "survey.thanks_head", false, "survey.thanks_text")
}

// opened opens the form of the request's address.
func (z *citizen) opened(c *fiber.Ctx) (survey.Visit, error) {
	if atKiosk(c) {
		_, visit, err := z.kioskVisit(c)
		return visit, err
	}
	return z.Intake.Open(c.Params("token"))
}

// thanks returns where an answer is thanked for.
func (z *citizen) thanks(c *fiber.Ctx, receipt, lang string) string {
	address := receiptPath + receipt
	if atKiosk(c) {
		address = kioskPath + "/" + strings.ToUpper(c.Params("token")) + "/terima-kasih"
	}
	return address + "?" + survey.FieldLang + "=" + lang
}

func (z *citizen) kioskFrame(lang string, device survey.Device, visit survey.Visit) *view.Kiosk {
	var unsur []string
	for _, u := range survey.UnsurList {
		unsur = append(unsur, string(u))
	}
	paired := visit.Point.Channel == survey.ChannelKiosk
	return &view.Kiosk{Lang: lang, Unsur: strings.Join(unsur, " "), Paired: paired, Exit: paired && device.Exit != "", Longest: survey.MaxWait, Thanks: int(thanksTime / time.Second)}
}
