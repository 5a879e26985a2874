package handlers

import (
	"bytes"
	"errors"
	"time"

	"github.com/gofiber/fiber/v2"

	"kesan/handlers/poster"
	"kesan/handlers/view"
	"kesan/survey"
)

// display answers /layar/:device: what stands on the screen at a counter. A paired one shows a code that changes; any other
// browser shows the code of the counter's poster, which everybody may see, and says so.
func (z *citizen) display(c *fiber.Ctx) error {
	page, err := z.shown(c)
	if err != nil {
		comeBack(c)
		return err
	}
	return z.sendScreen(c, page)
}

func (z *citizen) shown(c *fiber.Ctx) (view.Screen, error) {
	device, err := z.addressed(c.Params("device"), survey.DeviceDisplay)
	if err != nil {
		return view.Screen{}, err
	}
	paired, err := z.paired(c, device)
	if err != nil {
		return view.Screen{}, err
	}
	page, err := z.screen(c, device)
	if err != nil {
		return view.Screen{}, err
	}
	if paired {
		err = z.turning(device, &page)
	} else {
		err = z.standing(device, &page)
	}
	return page, err
}

// screen fills what both show.
func (z *citizen) screen(c *fiber.Ctx, device survey.Device) (view.Screen, error) {
	office := z.office()
	agency, counter := office.Agency(), office.Counters[device.Counter].Value
	page := view.Screen{Agency: agency.Name, Style: view.ScreenStyle(agency.Colour), Counter: counter.Name, Unit: office.FullName(counter.Unit),
		Demo: z.options.Demo, Next: int(survey.DisplaySlot / time.Second)}
	if officer := office.OnDuty(counter.Code, z.Clock.Now()); agency.Policy.ShowOfficer && officer != "" {
		page.Officer = survey.Name(office.Officers, officer)
	}
	ikm, err := z.Results.Published(c.UserContext(), counter.Unit)
	if band, ok := ikm.Row.Band(); ok && err == nil {
		page.Score = &view.Score{Value: ikm.Row.Value.String(), Grade: band.Grade, Word: band.Label, Period: view.CycleLabel(ikm.Cycle), N: *ikm.Row.N}
	}
	return page, err
}

// turning puts the code of a paired display on the page, or why there is none.
func (z *citizen) turning(device survey.Device, page *view.Screen) error {
	token, next, err := z.Intake.Show(device)
	switch {
	case errors.Is(err, survey.ErrClosed):
		page.Texts = []string{"device.closed"}
		return nil
	case errors.Is(err, survey.ErrBehind):
		z.Log.Error("display stopped", "device", device.ID, "error", err)
		page.Texts = []string{"device.clock", "device.clock_do"}
		return nil
	case err != nil:
		return err
	}
	page.Changes, page.Next = true, int(next.Sub(z.Clock.Now())/time.Second)+1
	return z.encode(page, token)
}

// standing puts the code of the counter's poster on the page of a browser that is not paired.
func (z *citizen) standing(device survey.Device, page *view.Screen) error {
	switch {
	case device.Revoked:
		page.Texts = []string{"device.revoked"}
		return nil
	case z.office().CheckDevice(device) != nil:
		page.Texts = []string{"device.closed"}
		return nil
	}
	page.Texts = []string{"device.unpaired", "device.unpaired_do"}
	sheet, err := z.office().PosterOf(device.Counter, z.Clock.Now())
	if errors.Is(err, survey.ErrNotFound) {
		page.Texts[0] = "device.unpaired_bare"
		return nil
	}
	token, err := z.Minter.Poster(sheet.ID)
	if err != nil {
		return err
	}
	return z.encode(page, token)
}

// encode puts a code on the page, unless no phone could open its address.
func (z *citizen) encode(page *view.Screen, token string) error {
	if z.unreachable() {
		page.Texts = []string{"device.unreachable"}
		return nil
	}
	code, err := poster.Encode(poster.Address(z.options.BaseURL, token))
	page.Code = &code
	return err
}

func (z *citizen) sendScreen(c *fiber.Ctx, page view.Screen) error {
	var html bytes.Buffer
	if err := z.views.Render(&html, "screen", page); err != nil {
		return err
	}
	allowStyle(c, page.Style)
	c.Set(fiber.HeaderContentType, fiber.MIMETextHTMLCharsetUTF8)
	return c.Send(html.Bytes())
}
