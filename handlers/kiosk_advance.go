package handlers

import (
	"encoding/json"
	"slices"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"kesan/survey"
)

// kioskForms are the forms that a kiosk holds in advance.
type kioskForms struct {
	Now      int64       `json:"now"`      // of this server's clock; all times in seconds since 1970
	Interval int64       `json:"interval"` // seconds
	Hours    []kioskHour `json:"hours"`
}

// kioskHour has one form for each interval from From on; of an hour that the kiosk holds already it has the mark alone.
type kioskHour struct {
	Mark   string   `json:"mark"`
	From   int64    `json:"from,omitempty"`
	Tokens []string `json:"tokens,omitempty"`
	// Asks says which unsur each form asks, bit i for survey.UnsurList[i]; without it all nine.
	Asks []survey.UnsurSet `json:"asks,omitempty"`
}

// fieldHeld names, with commas between them, the marks of the hours that a kiosk holds.
const fieldHeld = "ada"

// kioskAdvance hands a paired kiosk those of its forms for a day that it does not hold yet, or not as they are now: the roster may
// have changed.
func (z *citizen) kioskAdvance(c *fiber.Ctx) error {
	device, err := z.addressed(c.Params("device"), survey.DeviceKiosk)
	if err != nil {
		return err
	}
	hours, err := z.Intake.Advance(device)
	if err != nil {
		return err
	}
	held := strings.Split(c.Query(fieldHeld), ",")
	forms := kioskForms{Now: z.Clock.Now().Unix(), Interval: int64(device.Pause() / time.Second)}
	for _, hour := range hours {
		if slices.Contains(held, hour.Mark) {
			forms.Hours = append(forms.Hours, kioskHour{Mark: hour.Mark})
			continue
		}
		forms.Hours = append(forms.Hours, kioskHour{Mark: hour.Mark, From: hour.From.Unix(), Tokens: hour.Tokens, Asks: hour.Asks})
	}
	body, err := json.Marshal(forms)
	if err != nil {
		return err
	}
	c.Set(fiber.HeaderContentType, fiber.MIMEApplicationJSON)
	compressed(c, body)
	return nil
}
