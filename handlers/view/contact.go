package view

import (
	"kesan/handlers/locale"
	"kesan/survey"
)

// Contact is the page on which a citizen leaves a message apart from the answer.
type Contact struct {
	Citizen
	Unit     string
	Days     int64 // for how long it is kept
	Back     string
	Name     SurveyField
	Reach    SurveyField
	Message  SurveyField
	Consent  SurveyField
	Notice   string  // key of a sentence on top that is nobody's mistake
	Problems []Wrong // in the order of the page
	Maximum  int     // characters of a message that the field takes at all
}

// NewContact makes the page for a unit.
func NewContact(words *locale.Words, lang string, agency survey.Agency, unit string, typed Typed) Contact {
	b := surveyBuilder{words: words, lang: lang, typed: typed}
	page := Contact{Citizen: NewCitizen(words, lang, agency, "survey.contact_title"), Unit: unit, Days: agency.ContactDays(),
		Name: b.field(survey.FieldName), Reach: b.field(survey.FieldReach),
		Message: b.field(survey.FieldMessage), Consent: b.field(survey.FieldConsent),
		Notice: typed.Notice, Maximum: fieldComment}
	page.Problems = append(b.wrong, b.rest()...)
	if len(page.Problems) > 0 {
		page.Title = words.T(lang, "survey.error_title", page.Title)
	}
	return page
}
