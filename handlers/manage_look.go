package handlers

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"

	"github.com/gofiber/fiber/v2"

	"kesan/handlers/locale"
	"kesan/handlers/poster"
	"kesan/handlers/view"
	"kesan/survey"
)

// logoPath is where posters get their colour and logo.
const logoPath = "/kelola/logo"

// kindLogo is the kind of document that holds a logo under its digest.
const kindLogo = "logo"

// Fields of the page.
const (
	fieldLogo   = "berkas"
	fieldNoLogo = "hapus"
)

func (s *Server) lookRoutes() []route {
	return []route{
		{fiber.MethodGet, logoPath, admin, s.lookPage},
		{fiber.MethodPost, logoPath, admin, s.saveLook},
		{fiber.MethodGet, logoPath + "/:id", admin, s.logoFile},
	}
}

// look is the colour and logo of a unit, or the logo of the agency where the unit is empty.
type look struct {
	unit, colour, logo string
	base               int
}

func lookOf(office *survey.Office, unit string) (look, error) {
	if unit == "" {
		held := office.Agencies[survey.AgencyID]
		return look{colour: held.Value.Colour, logo: held.Value.Logo, base: held.Revision}, nil
	}
	held, ok := office.Units[unit]
	if !ok {
		return look{}, survey.ErrNotFound
	}
	return look{unit, held.Value.Colour, held.Value.Logo, held.Revision}, nil
}

// object returns the unit or the agency with the look.
func (l look) object(office *survey.Office) survey.Object {
	if l.unit == "" {
		agency := office.Agency()
		agency.Logo = l.logo
		return agency
	}
	unit := office.Units[l.unit].Value
	unit.Colour, unit.Logo = l.colour, l.logo
	return unit
}

func (s *Server) lookPage(c *fiber.Ctx) error {
	now, err := lookOf(s.office(), c.Query(fieldSheetUnit))
	if err != nil {
		return err
	}
	return s.showLook(c, fiber.StatusOK, now, nil, false)
}

func (s *Server) saveLook(c *fiber.Ctx) error {
	office := s.office()
	next, err := lookOf(office, typed(c, fieldSheetUnit))
	if err != nil {
		return err
	}
	if next.base, err = strconv.Atoi(typed(c, fieldBase)); err != nil {
		return fiber.ErrBadRequest
	}
	next.colour = typed(c, "colour")
	logo, problems, err := uploadedLogo(c)
	if err != nil {
		return err
	}
	switch {
	case logo.Digest != "":
		next.logo = logo.Digest
	case typed(c, fieldNoLogo) == "ya":
		next.logo = ""
	}
	object := next.object(office)
	if problems = append(problems, survey.Validate(object)...); len(problems) > 0 {
		return s.showLook(c, fiber.StatusUnprocessableEntity, next, problems, false)
	}
	if logo.Digest != "" {
		err := s.Store.InsertDocument(c.UserContext(), survey.Document{Kind: kindLogo, ID: logo.Digest, Body: logo.Body})
		if err != nil && !errors.Is(err, survey.ErrConflict) { // the same picture is there already
			return fmt.Errorf("keep logo: %w", err)
		}
	}
	err = s.Register.Write(c.UserContext(), s.account(c).Username, why(c), survey.Draft{Object: object, Base: next.base})
	if errors.Is(err, survey.ErrConflict) {
		now, err := lookOf(s.office(), next.unit)
		if err != nil {
			return err
		}
		now.colour = next.colour
		return s.showLook(c, fiber.StatusConflict, now, nil, true)
	}
	if err != nil {
		return err
	}
	return c.Redirect(withNotice(address(logoPath, fieldSheetUnit, next.unit), "tersimpan"), fiber.StatusSeeOther)
}

// uploadedLogo reads the file of the form; none gives none.
func uploadedLogo(c *fiber.Ctx) (poster.Logo, survey.Problems, error) {
	header, err := c.FormFile(fieldLogo)
	if err != nil || header.Size == 0 {
		return poster.Logo{}, nil, nil
	}
	opened, err := header.Open()
	if err != nil {
		return poster.Logo{}, nil, fmt.Errorf("open logo: %w", err)
	}
	defer opened.Close()
	raw, err := io.ReadAll(io.LimitReader(opened, poster.MaxLogo+1))
	if err != nil {
		return poster.Logo{}, nil, fmt.Errorf("read logo: %w", err)
	}
	logo, found := poster.ReadLogo(raw)
	var problems survey.Problems
	rename(&problems, found, map[string]string{"": fieldLogo})
	return logo, problems, nil
}

func (s *Server) showLook(c *fiber.Ctx, status int, now look, problems survey.Problems, conflict bool) error {
	office := s.office()
	page := view.Look{Base: s.formBase(c, "Warna dan logo poster", problems), Unit: now.unit, Logo: now.logo, Revision: now.base, Conflict: conflict,
		Subject: office.Agency().Name, Units: chosen(unitChoices(office), now.unit),
		File: view.Field{Name: fieldLogo, Label: "Berkas logo", Help: fmt.Sprintf("PNG atau JPEG, paling besar %d KB dan %d piksel. Hanya tampil di poster.", poster.MaxLogo>>10, poster.MaxLogoSide)}}
	if now.unit != "" {
		page.Subject = office.FullName(now.unit)
		above := office.Units[now.unit].Value.Parent
		page.Inherited = office.LogoOf(above)
		page.Fields = append(page.Fields, view.Field{Name: "colour", Label: "Warna poster", Value: now.colour,
			Help: "Ditulis seperti #0b5d4a. Bila kosong: " + view.BrandOf(office.ColourOf(above)).Colour + ", warna induknya. Warna yang terlalu terang digelapkan sampai terbaca di atas kertas putih."})
	}
	page.Fields = append(page.Fields, whyField(c))
	s.mark(page.Fields, problems)
	if p, wrong := problems.On(fieldLogo); wrong {
		page.File.Problem = s.words.Problem(locale.Default, p)
	}
	for _, code := range office.AllUnits() {
		if u := office.Units[code].Value; u.Colour != "" || u.Logo != "" {
			page.Own = append(page.Own, view.Link{Label: office.FullName(code), URL: address(logoPath, fieldSheetUnit, code)})
		}
	}
	c.Status(status)
	return s.render(c, "look", page)
}

// logoFile answers with a logo. It is a picture of our own making, and a browser that takes it for something else may do nothing.
func (s *Server) logoFile(c *fiber.Ctx) error {
	for document, err := range s.Store.Documents(c.UserContext(), kindLogo, c.Params("id")) {
		if err != nil {
			return err
		}
		if document.ID == c.Params("id") {
			c.Set(fiber.HeaderContentSecurityPolicy, "default-src 'none'; sandbox")
			c.Set(fiber.HeaderCacheControl, "private, max-age=31536000, immutable")
			c.Set(fiber.HeaderContentType, http.DetectContentType(document.Body))
			return c.Send(document.Body)
		}
	}
	return survey.ErrNotFound
}
