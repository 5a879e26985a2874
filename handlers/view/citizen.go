package view

import (
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"html/template"
	"maps"
	"slices"
	"strconv"
	"strings"

	"kesan/handlers/locale"
	"kesan/public"
	"kesan/survey"
)

//go:embed survey.css
var surveyStyle string

// messageStyle is what the small pages around the survey have beside its style: the survey itself counts its bytes.
//
//go:embed message.css
var messageStyle string

// mistakeStyle is for what is to be mended.
//
//go:embed mistake.css
var mistakeStyle string

// Citizen is what every page for citizens has: one document with its style inside and nothing else to fetch.
type Citizen struct {
	Lang      string
	Title     string
	Agency    string
	Style     template.CSS
	Script    template.JS // empty: the page has none
	Languages []Language  // the others, to change to
	Draft     bool        // no native speaker has reviewed the language
	Demo      bool
	Whole     bool // all is asked because the visitor wants it, which links in the page keep
	Own       bool // of a kiosk: fetches a style and a script from this server
}

// Language is a link to the same page in another language.
type Language struct {
	Tag  string
	Name string
}

// NewCitizen fills the frame of a citizen's page. The title is a key of the texts.
func NewCitizen(words *locale.Words, lang string, agency survey.Agency, title string) Citizen {
	page := Citizen{Lang: lang, Title: words.T(lang, title), Agency: agency.Name, Style: citizenStyle(agency.Colour, surveyStyle, messageStyle, mistakeStyle), Draft: words.Draft(lang)}
	for _, tag := range words.Languages() {
		if tag != lang {
			page.Languages = append(page.Languages, Language{Tag: tag, Name: words.T(tag, "survey.language")})
		}
	}
	return page
}

// Faulty says in the title that something is wrong, if there is a problem.
func (p *Citizen) Faulty(words *locale.Words, problem string) {
	if problem != "" {
		p.Title = words.T(p.Lang, "survey.error_title", p.Title)
	}
}

// Deliver gives a page the script that sends what waits on the phone and says how that went.
func (p *Citizen) Deliver() { p.Script = template.JS(public.SurveyScript) }

// Gone is what the script shows about an answer that could not be delivered.
func (p Citizen) Gone() Note { return GoneNote(p.Lang) }

func citizenStyle(colour string, rules ...string) template.CSS {
	brand := BrandOf(colour)
	return template.CSS(":root{--b:" + brand.Colour + ";--o:" + brand.Text + ";--a:" + brand.Accent + "}" + strings.ReplaceAll(strings.Join(rules, ""), "\n", ""))
}

// CSP returns the policy of the page: its one style and script, known by their hashes, the service worker and answers of this
// server to the script, pictures that stand in the style itself, and forms that go back to this server. The script writes the
// same for the page that it keeps for when there is no connection.
func (p Citizen) CSP() string {
	policy := "default-src 'none'; style-src " + StyleHash(p.Style)
	switch {
	case p.Own:
		policy += " 'self'; script-src 'self'; connect-src 'self'; worker-src 'self'"
	case p.Script != "":
		policy += "; script-src " + inlineHash(string(p.Script)) + "; connect-src 'self'; worker-src 'self'"
	}
	return policy + "; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
}

// StyleHash is how a Content-Security-Policy names an inline style.
func StyleHash(style template.CSS) string { return inlineHash(string(style)) }

func inlineHash(text string) string {
	sum := sha256.Sum256([]byte(text))
	return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}

// Survey is the page with the questions.
type Survey struct {
	Citizen
	Counter  string
	Unit     string
	Short    int         // how many unsur the short form asks; 0: it is the full one
	Service  string      // the only one of the counter; empty: Services are to choose from
	Services *Ask        // nil: nothing to choose
	Asks     []Ask       // unsur and the office's own questions, numbered
	Profile  []Ask       // about the visitor; all optional
	Wait     SurveyField // minutes
	Left     SurveyField // "1": went away unserved
	Comment  SurveyField //
	Notice   string      // key of a sentence on top that is nobody's mistake
	Problems []Wrong     // in the order of the page
	Token    string      // of the form
	Maximum  int         // characters of a comment that the field takes at all
	Trap     TrapName    // the field that people do not see
	Kiosk    *Kiosk      // set on a kiosk
}

// TrapName is the name of a field that must stay empty.
type TrapName string

// Wording is a text of the questionnaire: in the language of the page, in the official Indonesian beside it, or the latter
// alone where the language lacks it.
type Wording struct {
	Text     string
	Official string // empty: Text is all there is to say
}

// Line writes both on one line, where no part can be marked as another language.
func (w Wording) Line() string {
	switch {
	case w.Text == "":
		return w.Official
	case w.Official == "":
		return w.Text
	}
	return w.Text + " (" + w.Official + ")"
}

// Ask is a question with its possible answers.
type Ask struct {
	Wording
	N       int // number on the page; 0: none
	Key     string
	Faces   bool // a face beside each answer, for who reads little
	Select  bool // too many answers to show one below the other
	Choices []SurveyChoice
	Problem string
}

// SurveyChoice is one possible answer.
type SurveyChoice struct {
	Wording
	Value  string
	Chosen bool
}

// SurveyField is a field to type in.
type SurveyField struct {
	Value   string
	Problem string
}

// Wrong is a line of the summary of mistakes: the same words as at the field, and a link to it.
type Wrong struct {
	ID   string
	Text string
}

// Typed is what a visitor has typed, by field, and what is wrong with it.
type Typed struct {
	Values   map[string]string
	Problems survey.Problems
	Notice   string // key of a sentence
}

// maxRadios is how many services are shown one below the other; more go into a list to open.
const maxRadios = 8

// fieldComment is how many characters the field of the comment takes. More than are accepted, so that what is a little too
// long can be shortened by its writer; and never more than fit into a request.
const fieldComment = 1500

// NewSurvey makes the survey page of a visit.
func NewSurvey(words *locale.Words, lang string, agency survey.Agency, unit string, visit survey.Visit, typed Typed) Survey {
	b := surveyBuilder{words: words, lang: lang, typed: typed}
	page := Survey{Citizen: NewCitizen(words, lang, agency, "survey.title"), Counter: visit.Counter.Name, Unit: unit, Token: visit.Token,
		Maximum: fieldComment, Trap: survey.FieldTrap, Notice: typed.Notice}
	page.Deliver()
	page.Style = citizenStyle(agency.Colour, surveyStyle)
	if len(visit.Services) == 1 {
		page.Service = visit.Services[0].Name
	}
	if len(visit.Services) > 1 {
		ask := b.services(visit.Services)
		page.Services = &ask
	}
	if visit.Short() {
		page.Short = len(visit.Form.Unsur)
	}
	page.Wait = b.field(survey.FieldWait)
	page.Left = b.field(survey.FieldLeft)
	for _, question := range visit.Form.Unsur {
		page.Asks = append(page.Asks, b.ask(question, len(page.Asks)+1, hasFaces(survey.Unsur(question.Key))))
	}
	for _, question := range visit.Form.Extra {
		page.Asks = append(page.Asks, b.ask(question, len(page.Asks)+1, false))
	}
	page.Comment = b.field(survey.FieldComment)
	for _, question := range visit.Form.Profile {
		page.Profile = append(page.Profile, b.profile(question))
	}
	page.Problems = append(b.wrong, b.rest()...)
	if len(page.Problems) > 0 {
		page.Style = citizenStyle(agency.Colour, surveyStyle, mistakeStyle)
		page.Title = words.T(lang, "survey.error_title", page.Title)
	}
	return page
}

// hasFaces says whether a face fits the answers: fees and the handling of complaints are facts, not feelings.
func hasFaces(u survey.Unsur) bool { return u != survey.Biaya && u != survey.Pengaduan }

type surveyBuilder struct {
	words *locale.Words
	lang  string
	typed Typed
	wrong []Wrong
	told  map[string]bool
}

// wording shows a text of a question, which is Indonesian first.
func (b *surveyBuilder) wording(question, official string) Wording {
	if b.lang == locale.Default {
		return Wording{Text: official}
	}
	return Wording{Text: b.words.Help(b.lang, question, official), Official: official}
}

func (b *surveyBuilder) services(services []survey.Service) Ask {
	ask := Ask{Key: survey.FieldService, Select: len(services) > maxRadios}
	for _, service := range services {
		ask.Choices = append(ask.Choices, SurveyChoice{Value: service.Code, Wording: Wording{Text: service.Name}, Chosen: b.typed.Values[ask.Key] == service.Code})
	}
	ask.Problem = b.problem(ask.Key, 0)
	return ask
}

func (b *surveyBuilder) ask(question survey.Question, n int, faces bool) Ask {
	ask := Ask{N: n, Key: question.Key, Wording: b.wording(question.Key, question.Text), Faces: faces && len(question.Options) == 4}
	for _, option := range question.Options {
		value := strconv.Itoa(option.Value)
		ask.Choices = append(ask.Choices, SurveyChoice{Value: value, Wording: b.wording(question.Key, option.Label), Chosen: b.typed.Values[ask.Key] == value})
	}
	ask.Problem = b.problem(ask.Key, n)
	return ask
}

func (b *surveyBuilder) profile(question survey.Question) Ask {
	ask := Ask{Key: question.Key, Wording: b.wording(question.Key, question.Text), Select: true}
	for _, option := range question.Options {
		ask.Choices = append(ask.Choices, SurveyChoice{Value: option.Key, Wording: b.wording(question.Key, option.Label), Chosen: b.typed.Values[ask.Key] == option.Key})
	}
	ask.Problem = b.problem(ask.Key, 0)
	return ask
}

func (b *surveyBuilder) field(key string) SurveyField {
	return TypedField(b.typed.Values[key], b.problem(key, 0))
}

// problem returns what is wrong with a field and puts it into the summary, with a link to the element that has its key as ID.
func (b *surveyBuilder) problem(key string, n int) string {
	p, ok := b.typed.Problems.On(key)
	if !ok {
		return ""
	}
	text := b.words.Problem(b.lang, p)
	if n > 0 {
		text = b.words.T(b.lang, "survey.at", n, text)
	}
	if b.told == nil {
		b.told = map[string]bool{}
	}
	b.told[key] = true
	b.wrong = append(b.wrong, Wrong{ID: key, Text: text})
	return text
}

// rest are the problems of fields that the page does not show, such as the one that must stay empty.
func (b *surveyBuilder) rest() []Wrong {
	var rest []Wrong
	for _, p := range b.typed.Problems {
		if !b.told[p.Field] {
			rest = append(rest, Wrong{Text: b.words.Problem(b.lang, p)})
		}
	}
	return rest
}

// Retry is the page of an answer that could not be stored just now. It carries everything that was typed.
type Retry struct {
	Citizen
	Fields []Hidden
}

// Hidden is a field that is carried along unseen.
type Hidden struct{ Name, Value string }

// Note is what the survey's script shows above the questions about an answer that waited on the phone: a piece of a page.
type Note struct {
	Lang    string
	Head    string   // key
	Text    string   // key
	Receipt string   // address; empty: none
	Action  string   // where Fields go
	Fields  []Hidden // of an answer that must be mended
}

// GoneNote tells of an answer that can never be taken.
func GoneNote(lang string) Note {
	return Note{Lang: lang, Head: "survey.gone_head", Text: "survey.gone_text"}
}

// HiddenFields returns what was typed in the order of the names.
func HiddenFields(typed map[string]string) []Hidden {
	var fields []Hidden
	for _, name := range slices.Sorted(maps.Keys(typed)) {
		fields = append(fields, Hidden{Name: name, Value: typed[name]})
	}
	return fields
}

// Receipt is the page after an answer was stored. It knows nothing of what the answer said.
type Receipt struct {
	Citizen
	Code    string
	Counted bool
	Unknown bool   // whether it is counted cannot be told just now
	Contact string // address of the page to leave a contact; empty: none can be left
	Spent   bool   // one was left
}

// TicketCode is the page where the code of a ticket is typed.
type TicketCode struct {
	Citizen
	Code SurveyField
}

// TypedField is a field as it was typed, with what is wrong with it.
func TypedField(value, problem string) SurveyField {
	return SurveyField{Value: strings.ToValidUTF8(value, "\uFFFD"), Problem: problem}
}

// Message is a page that says one thing kindly: a sheet that is not valid, a form sent twice.
type Message struct {
	Citizen
	Head  string   // key
	Texts []string // keys
	Lapor bool     // names the way for complaints
}
