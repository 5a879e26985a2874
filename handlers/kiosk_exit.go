package handlers

import (
	"errors"
	"strconv"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"kesan/handlers/auth"
	"kesan/handlers/locale"
	"kesan/handlers/view"
	"kesan/survey"
)

// exitPage asks staff for the code with which they leave the kiosk.
func (z *citizen) exitPage(c *fiber.Ctx) error {
	device, err := z.ownDevice(c)
	if err != nil {
		return err
	}
	return z.showExit(c, fiber.StatusOK, device, "", false)
}

// exitTime is how long a kiosk waits for the code. Visitors come here, too, and walk away.
const exitTime = time.Minute

func (z *citizen) showExit(c *fiber.Ctx, status int, device survey.Device, problem string, open bool) error {
	page := view.KioskExit{Citizen: z.frame(locale.Default, "device.exit_title"), Back: kioskPath + "/" + device.ID, Problem: problem, Open: open,
		Name: device.Name, None: device.Exit == ""}
	page.Languages = nil
	page.Faulty(z.words, problem)
	if !open {
		c.Set(headerRefresh, strconv.Itoa(int(exitTime/time.Second))+"; url="+page.Back)
	}
	return z.send(c, status, "kioskexit", page, page.Citizen)
}

// exit checks the code. Leaving the page has ended the full screen already; what stays closed without the code is the way on.
func (z *citizen) exit(c *fiber.Ctx) error {
	device, err := z.ownDevice(c)
	if err != nil {
		return err
	}
	err = z.auth.TryCode(device.Exit != "" && typed(c, fieldPairing) == device.Exit)
	var paused auth.PausedError
	switch {
	case errors.As(err, &paused):
		return z.showExit(c, fiber.StatusTooManyRequests, device, z.words.T(locale.Default, "device.code_paused"), false)
	case err != nil:
		return z.showExit(c, fiber.StatusUnprocessableEntity, device, z.words.T(locale.Default, "device.exit_wrong"), false)
	}
	return z.showExit(c, fiber.StatusOK, device, "", true)
}

// ownDevice returns the kiosk that the browser was admitted as. survey.ErrDenied: it was not.
func (z *citizen) ownDevice(c *fiber.Ctx) (survey.Device, error) {
	id, _, _ := strings.Cut(c.Cookies(z.auth.DeviceCookie()), ".")
	device, err := z.addressed(id, survey.DeviceKiosk)
	if err != nil {
		return device, survey.ErrDenied
	}
	paired, err := z.paired(c, device)
	if err == nil && !paired {
		err = survey.ErrDenied
	}
	return device, err
}
