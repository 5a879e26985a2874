package handlers

import (
	"errors"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"kesan/handlers/auth"
	"kesan/handlers/locale"
	"kesan/handlers/view"
	"kesan/public"
	"kesan/survey"
)

const (
	displayPath  = "/layar"
	kioskPath    = "/kios"
	fieldPairing = "kode"
	// fieldKey admits a browser to a device of the demo, whose secrets everybody knows.
	fieldKey    = "kunci"
	pairingLife = auth.PairingLife
)

// deviceRoutes are what displays and kiosks open. What they show to a browser that is not paired is no secret.
func (s *Server) deviceRoutes() []route {
	z := &citizen{Server: s}
	return []route{
		{fiber.MethodGet, displayPath, everyone, z.pairPage},
		{fiber.MethodPost, displayPath, everyone, z.pair},
		{fiber.MethodGet, displayPath + "/:device", everyone, z.display},
		{fiber.MethodGet, kioskPath, everyone, z.pairPage},
		{fiber.MethodPost, kioskPath, everyone, z.pair},
		{fiber.MethodGet, kioskPath + "/sw.js", everyone, z.worker(public.KioskWorker)},
		{fiber.MethodGet, kioskPath + "/keluar", everyone, z.exitPage}, // no ID of a device is written like that
		{fiber.MethodPost, kioskPath + "/keluar", everyone, z.exit},
		{fiber.MethodGet, kioskPath + "/:token", everyone, z.kiosk},
		{fiber.MethodPost, kioskPath + "/:token", everyone, z.submit},
		{fiber.MethodGet, kioskPath + "/:token/terima-kasih", everyone, z.kioskThanks},
		{fiber.MethodGet, kioskPath + "/:device/formulir", paired, z.kioskAdvance},
	}
}

// pairPath is where devices of a kind are paired, and the beginning of their addresses.
func pairPath(kind survey.DeviceKind) string {
	if kind == survey.DeviceKiosk {
		return kioskPath
	}
	return displayPath
}

// pairPage sends a paired device to its page and asks others for a pairing code.
func (z *citizen) pairPage(c *fiber.Ctx) error {
	id, _, _ := strings.Cut(c.Cookies(z.auth.DeviceCookie()), ".")
	if device, err := z.office().Devices.Value(id); err == nil && c.Query(fieldPairing) == "" {
		if paired, err := z.paired(c, device); err != nil {
			return err
		} else if paired {
			return c.Redirect(pairPath(device.Kind)+"/"+id, fiber.StatusSeeOther)
		}
	}
	return z.showPairing(c, fiber.StatusOK, c.Query(fieldPairing), "")
}

func (z *citizen) showPairing(c *fiber.Ctx, status int, code, problem string) error {
	page := view.PairForm{Citizen: z.frame(locale.Default, "device.pair_title"), Code: code, Problem: problem}
	page.Languages = nil
	page.Faulty(z.words, problem)
	return z.send(c, status, "pair", page, page.Citizen)
}

// pair admits the browser as the device whose code was typed. Its secret replaces the one that another browser had.
func (z *citizen) pair(c *fiber.Ctx) error {
	code := typed(c, fieldPairing)
	id, secret, err := z.auth.Pair(c.UserContext(), code)
	var paused auth.PausedError
	switch {
	case errors.As(err, &paused):
		return z.showPairing(c, fiber.StatusTooManyRequests, code, z.words.T(locale.Default, "device.code_paused"))
	case errors.Is(err, auth.ErrWrong):
		return z.showPairing(c, fiber.StatusUnprocessableEntity, code, z.words.T(locale.Default, "device.code_wrong"))
	case err != nil:
		return err
	}
	device, err := z.office().Devices.Value(id)
	if err != nil {
		return err
	}
	z.Audit.Keep(c.UserContext(), "", survey.AuditDevicePaired, id)
	z.keepDevice(c, id+"."+secret)
	return c.Redirect(pairPath(device.Kind)+"/"+id, fiber.StatusSeeOther)
}

// keepDevice hands the browser the cookie of a device, or renews it.
func (s *Server) keepDevice(c *fiber.Ctx, value string) {
	c.Cookie(&fiber.Cookie{Name: s.auth.DeviceCookie(), Value: value, Path: "/", HTTPOnly: true, Secure: s.auth.Secure(),
		SameSite: fiber.CookieSameSiteLaxMode, MaxAge: int(auth.DeviceCookieLife / time.Second)})
}

// paired says whether the browser was admitted as the device, notes that it was heard of and renews its cookie.
func (s *Server) paired(c *fiber.Ctx, device survey.Device) (bool, error) {
	id, secret, _ := strings.Cut(c.Cookies(s.auth.DeviceCookie()), ".")
	if s.options.Demo && c.Query(fieldKey) != "" {
		id, secret = device.ID, c.Query(fieldKey)
	}
	if id != device.ID || device.Revoked {
		return false, nil
	}
	err := s.auth.CheckDevice(c.UserContext(), id, secret)
	if errors.Is(err, survey.ErrNotFound) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	s.auth.Contact(c.UserContext(), id)
	s.keepDevice(c, id+"."+secret)
	return true, nil
}

// addressed returns the device of a kind that an address names. survey.ErrNotFound: there is none.
func (s *Server) addressed(id string, kind survey.DeviceKind) (survey.Device, error) {
	device, err := s.office().Devices.Value(strings.ToUpper(id))
	if err == nil && device.Kind != kind {
		err = survey.ErrNotFound
	}
	return device, err
}

// admitDevice lets through the paired kiosk that the address names.
func (s *Server) admitDevice(c *fiber.Ctx) error {
	device, err := s.addressed(c.Params("device"), survey.DeviceKiosk)
	if err != nil {
		return survey.ErrDenied
	}
	paired, err := s.paired(c, device)
	if err != nil {
		return err
	}
	if !paired {
		return survey.ErrDenied
	}
	return c.Next()
}

// DemoDevice returns the path of a device of the demo, with the secret that admits whoever opens it.
func DemoDevice(device survey.Device, secret string) string {
	return pairPath(device.Kind) + "/" + device.ID + "?" + fieldKey + "=" + secret
}
