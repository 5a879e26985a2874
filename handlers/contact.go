package handlers

import (
	"context"
	"errors"
	"net/url"

	"github.com/gofiber/fiber/v2"

	"kesan/handlers/view"
	"kesan/survey"
)

// After an answer, a citizen may leave a contact and a message for the head of the unit: on a page of its own, kept apart
// from the answer, only with a receipt that still opens, and once with each.

// contactPath returns the address of the contact page of the request's receipt.
func contactPath(c *fiber.Ctx, lang string) string {
	return receiptPath + c.Params("receipt") + "/pesan?" + url.Values{survey.FieldLang: {lang}}.Encode()
}

func (z *citizen) contactPage(c *fiber.Ctx) error {
	lang := z.language(c, c.Query(survey.FieldLang))
	receipt, unit, err := z.contactable(c)
	if err != nil {
		return z.noReceipt(c, lang, err)
	}
	spent, err := z.contacts.Spent(c.UserContext(), receipt)
	if err != nil {
		return z.noReceipt(c, lang, err)
	}
	if spent {
		return z.toReceipt(c, lang)
	}
	return z.showContact(c, fiber.StatusOK, lang, unit, view.Typed{})
}

// contactable returns what a contact can be left with and for. survey.ErrNotFound: it is no receipt, or nobody would read
// what its unit is sent; survey.ErrExpired: its time is over.
func (z *citizen) contactable(c *fiber.Ctx) (survey.Receipt, survey.Unit, error) {
	receipt, err := survey.ReadReceipt(z.Keys, c.Params("receipt"))
	if err != nil {
		return survey.Receipt{}, survey.Unit{}, err
	}
	unit, err := z.unitOf(receipt)
	if err == nil && !z.office().ContactsRead(unit.Code) {
		err = survey.ErrNotFound
	}
	return receipt, unit, err
}

func (z *citizen) showContact(c *fiber.Ctx, status int, lang string, unit survey.Unit, typed view.Typed) error {
	page := view.NewContact(z.words, lang, z.office().Agency(), unit.Name, typed)
	page.Demo, page.Back = z.options.Demo, receiptAddress(c, lang)
	return z.send(c, status, "contact", page, page.Citizen)
}

func receiptAddress(c *fiber.Ctx, lang string) string {
	return receiptPath + c.Params("receipt") + "?" + url.Values{survey.FieldLang: {lang}}.Encode()
}

func (z *citizen) toReceipt(c *fiber.Ctx, lang string) error {
	return c.Redirect(receiptAddress(c, lang), fiber.StatusSeeOther)
}

// leaveContact keeps what was typed. Sending it again keeps nothing more.
func (z *citizen) leaveContact(c *fiber.Ctx) error {
	typed, doubled, err := readForm(c)
	if err != nil {
		return err
	}
	lang := z.language(c, typed[survey.FieldLang])
	receipt, unit, err := z.contactable(c)
	if err != nil {
		return z.noReceipt(c, lang, err)
	}
	contact, problems := survey.ReadContact(typed)
	if problems = append(problems, doubled...); len(problems) > 0 {
		return z.showContact(c, fiber.StatusUnprocessableEntity, lang, unit, view.Typed{Values: typed, Problems: problems})
	}
	ctx, cancel := context.WithTimeout(c.UserContext(), submitTime)
	defer cancel()
	err = z.contacts.Leave(ctx, receipt, unit, contact, z.office().Agency().ContactDays())
	switch {
	case err == nil, errors.Is(err, survey.ErrConflict):
		return z.toReceipt(c, lang)
	case errors.Is(err, survey.ErrExpired):
		return z.noReceipt(c, lang, err)
	}
	z.Log.Error("contact not kept", "error", err)
	return z.showContact(c, fiber.StatusServiceUnavailable, lang, unit, view.Typed{Values: typed, Notice: "survey.contact_busy"})
}
