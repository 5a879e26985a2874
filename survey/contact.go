package survey

import (
	"cmp"
	"net/mail"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Contact is what a citizen who wants a reply leaves after an answer, of free will and apart from it: it knows the unit and
// the day alone, and nothing in it leads to the answer, its receipt or its sheet. It is destroyed when the days that the
// citizen agreed to are over, or when the head of the unit deletes it.
type Contact struct {
	ID      string `json:"-"` // see Contacts
	Unit    string `json:"-"`
	Day     Day    `json:"-"`
	Until   Day    `json:"-"` // it is destroyed as this day begins in UTC
	Name    string `json:"name,omitempty"`
	Reach   string `json:"reach"` // one telephone number or e-mail address
	Message string `json:"message"`
	Handled bool   `json:"handled,omitempty"`
}

// Fields of the contact page.
const (
	FieldName    = "nama"
	FieldReach   = "kontak"
	FieldMessage = "pesan"
	FieldConsent = "setuju"
)

// The longest of each, in characters.
const (
	MaxName    = 80
	MaxReach   = 80
	MaxMessage = 1000
)

// ReadContact reads what was typed into the contact page, or says what is wrong with it. Without consent nothing is taken.
func ReadContact(typed map[string]string) (Contact, Problems) {
	var problems Problems
	read := func(field, missing, long string, limit int) string {
		text, ok := readable(typed[field])
		n := utf8.RuneCountInString(text)
		switch {
		case !ok:
			problems.Add(field, "survey.contact_text")
		case n == 0 && missing != "":
			problems.Add(field, missing)
		case n > limit:
			problems.Add(field, long, n, limit)
		}
		return text
	}
	contact := Contact{
		Name:    read(FieldName, "", "survey.contact_name_long", MaxName),
		Reach:   read(FieldReach, "survey.contact_reach_missing", "survey.contact_reach_long", MaxReach),
		Message: read(FieldMessage, "survey.contact_message_missing", "survey.contact_message_long", MaxMessage),
	}
	if _, wrong := problems.On(FieldReach); !wrong && !reaches(contact.Reach) {
		problems.Add(FieldReach, "survey.contact_reach_wrong")
	}
	if typed[FieldConsent] != "1" {
		problems.Add(FieldConsent, "survey.contact_consent_missing")
	}
	return contact, problems
}

// reaches says whether a text looks like an e-mail address or a telephone number of 8 to 15 digits (ITU-T E.164).
func reaches(text string) bool {
	if strings.Contains(text, "@") {
		address, err := mail.ParseAddress(text)
		return err == nil && address.Address == text
	}
	digits := 0
	for _, c := range text {
		switch {
		case '0' <= c && c <= '9':
			digits++
		case c != '+' && c != '-' && c != '.' && c != '(' && c != ')' && !unicode.IsSpace(c):
			return false
		}
	}
	return 8 <= digits && digits <= 15
}

// ContactLife is how many days a contact is kept where the agency has not said.
const ContactLife = 90

// ContactDays returns for how many days a contact is kept.
func (a Agency) ContactDays() int64 { return cmp.Or(a.KeepContacts, ContactLife) }

// ReadsContacts says whether an account may read what citizens of a unit have left: the head of the unit or of one above.
func (o *Office) ReadsContacts(a Account, unit string) bool {
	return a.Role == RoleUnitHead && !a.Disabled && o.SeesUnit(a, unit)
}

// ContactsRead says whether anybody reads what citizens of a unit leave. Where nobody does none are asked for.
func (o *Office) ContactsRead(unit string) bool {
	for _, held := range o.Accounts {
		if o.ReadsContacts(held.Value, unit) {
			return true
		}
	}
	return false
}
