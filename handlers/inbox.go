package handlers

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"kesan/handlers/view"
	"kesan/survey"
)

const inboxPath = "/dasbor/pesan"

// heads read what citizens of their units left to be contacted; nobody else does.
var heads = roles(survey.RoleUnitHead)

func (s *Server) inboxRoutes() []route {
	return []route{
		{fiber.MethodGet, inboxPath, roles(survey.RoleUnitHead, survey.RoleAdmin), s.inboxPage},
		{fiber.MethodPost, inboxPath + "/tangani", heads, s.handleContact},
		{fiber.MethodPost, inboxPath + "/hapus", heads, s.deleteContact},
	}
}

// inboxPage shows the head of a unit what citizens left, and the administrator how much of it there is. That somebody read
// it is on record.
func (s *Server) inboxPage(c *fiber.Ctx) error {
	account, office := s.account(c), s.office()
	page := view.Inbox{Base: s.base(c, "Pesan warga"), Days: office.Agency().ContactDays(), Reads: heads.admits(account.Role)}
	contacts, err := s.contacts.List(c.UserContext(), func(unit string) bool { return !page.Reads || office.ReadsContacts(account, unit) })
	if err != nil {
		return err
	}
	if !page.Reads {
		page.Counts = countContacts(office, contacts)
		return s.staffPage(c, "inbox", page)
	}
	for _, contact := range contacts {
		line := view.InboxLine{Contact: contact, UnitName: survey.Name(office.Units, contact.Unit), CSRF: page.CSRF}
		if contact.Handled {
			page.Handled = append(page.Handled, line)
		} else {
			page.New = append(page.New, line)
		}
	}
	if len(contacts) > 0 {
		s.audit(c, survey.AuditContacts, account.Unit)
	}
	return s.staffPage(c, "inbox", page)
}

// awaited returns how many citizens wait for a reply of the reader, who is told on the dashboard.
func (s *Server) awaited(c *fiber.Ctx) (int64, error) {
	account, office := s.account(c), s.office()
	if !heads.admits(account.Role) {
		return 0, nil
	}
	return s.contacts.Waiting(c.UserContext(), func(unit string) bool { return office.ReadsContacts(account, unit) })
}

func countContacts(office *survey.Office, contacts []survey.Contact) []view.InboxCount {
	counts := map[string]*view.InboxCount{}
	for _, contact := range contacts {
		count := counts[contact.Unit]
		if count == nil {
			count = &view.InboxCount{Unit: office.FullName(contact.Unit)}
			counts[contact.Unit] = count
		}
		if contact.Handled {
			count.Handled++
		} else {
			count.New++
		}
	}
	var list []view.InboxCount
	for _, count := range counts {
		list = append(list, *count)
	}
	slices.SortFunc(list, func(a, b view.InboxCount) int { return strings.Compare(a.Unit, b.Unit) })
	return list
}

func (s *Server) handleContact(c *fiber.Ctx) error {
	contact, err := s.readableContact(c)
	if err != nil {
		return err
	}
	if err := s.contacts.Handle(c.UserContext(), contact.ID, !contact.Handled); err != nil {
		return err
	}
	if contact.Handled {
		return c.Redirect(withNotice(inboxPath, "pesan_dibuka"), fiber.StatusSeeOther)
	}
	return c.Redirect(withNotice(inboxPath, "pesan_ditangani"), fiber.StatusSeeOther)
}

func (s *Server) deleteContact(c *fiber.Ctx) error {
	contact, err := s.readableContact(c)
	if err != nil {
		return err
	}
	if err := s.contacts.Delete(c.UserContext(), contact.ID); err != nil {
		return err
	}
	s.audit(c, survey.AuditContactGone, contact.Unit)
	return c.Redirect(withNotice(inboxPath, "pesan_dihapus"), fiber.StatusSeeOther)
}

// contactTime is how long an answer waits for a contact.
const contactTime = 2 * time.Second

// readableContact returns the contact that a form names, if the reader may read it. One of another unit is not found, like
// one that does not exist.
func (s *Server) readableContact(c *fiber.Ctx) (survey.Contact, error) {
	ctx, cancel := context.WithTimeout(c.UserContext(), contactTime)
	defer cancel()
	contact, err := s.contacts.Contact(ctx, typed(c, "pesan"))
	if err != nil {
		return survey.Contact{}, err
	}
	if !s.office().ReadsContacts(s.account(c), contact.Unit) {
		return survey.Contact{}, survey.ErrNotFound
	}
	return contact, nil
}
