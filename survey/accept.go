package survey

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Fields of the survey page beside the questions of the form, whose fields are named by their keys.
const (
	FieldForm    = "form" // the form token
	FieldService = "layanan"
	FieldWait    = "menit_tunggu"
	FieldLeft    = "pergi"
	FieldComment = "komentar"
	FieldTrap    = "situs_web" // hidden from people
	FieldLang    = "bahasa"
	FieldWhole   = "lengkap" // in the address: all nine instead of the short form
)

// MaxComment is the longest comment, in characters.
const MaxComment = 1000

// Accept reads what was typed into the form: the answers, or what is wrong with them. services are those that the visitor
// could choose from. The unsur of the form are asked of everybody who was served; who left unserved may answer what they like. An
// answer to an unsur that the short form did not ask is refused: the rotation decides what is answered, not the visitor.
func (f Form) Accept(typed map[string]string, services []Service) (Answers, Problems) {
	r := formReader{typed: typed}
	answers := Answers{
		Service: r.service(services),
		Left:    r.left(),
		Wait:    r.wait(),
		Comment: r.comment(),
		Unsur:   map[Unsur]int{},
		Extra:   map[string]int{},
		Profile: map[string]string{},
	}
	for _, question := range f.Unsur {
		if value, ok := r.choice(question, !answers.Left); ok {
			answers.Unsur[Unsur(question.Key)] = value
		}
	}
	r.unasked(f)
	for _, question := range f.Extra {
		if value, ok := r.choice(question, false); ok {
			answers.Extra[question.Key] = value
		}
	}
	for _, question := range f.Profile {
		if key := r.profile(question); key != "" {
			answers.Profile[question.Key] = key
		}
	}
	if typed[FieldTrap] != "" {
		r.problems.Add(FieldTrap, "survey.trap")
	}
	return answers, r.problems
}

// Refusal returns the rule by which a submission with these problems is recorded as refused, or "" for ordinary mistakes
// that the visitor will mend.
func Refusal(problems Problems) Rule {
	for _, p := range problems {
		switch p.Key {
		case "survey.trap":
			return RuleHoneypot
		case "survey.option", "survey.text", "survey.unasked":
			return RuleMalformed
		}
	}
	return ""
}

type formReader struct {
	typed    map[string]string
	problems Problems
}

func (r *formReader) service(services []Service) string {
	code := r.typed[FieldService]
	if code == "" && len(services) == 1 {
		return services[0].Code
	}
	if code == "" && len(services) > 1 {
		r.problems.Add(FieldService, "survey.service")
		return ""
	}
	for _, service := range services {
		if service.Code == code {
			return code
		}
	}
	if code != "" {
		r.problems.Add(FieldService, "survey.option")
	}
	return ""
}

func (r *formReader) left() bool {
	switch r.typed[FieldLeft] {
	case "":
		return false
	case "1":
		return true
	}
	r.problems.Add(FieldLeft, "survey.option")
	return false
}

func (r *formReader) wait() *int {
	text := strings.TrimSpace(r.typed[FieldWait])
	if text == "" {
		return nil
	}
	minutes, err := strconv.Atoi(text)
	if err != nil || minutes < 0 || minutes > MaxWait {
		r.problems.Add(FieldWait, "survey.wait", MaxWait)
		return nil
	}
	return &minutes
}

func (r *formReader) comment() string {
	text, ok := readable(r.typed[FieldComment])
	if !ok {
		r.problems.Add(FieldComment, "survey.text")
		return ""
	}
	if n := utf8.RuneCountInString(text); n > MaxComment {
		r.problems.Add(FieldComment, "survey.long", n, MaxComment)
		return ""
	}
	return text
}

// readable returns what people can read of a text that was typed, and whether that is all of it.
func readable(typed string) (string, bool) {
	text := strings.TrimSpace(strings.Map(undirected, strings.ReplaceAll(typed, "\r\n", "\n")))
	return text, utf8.ValidString(typed) && strings.IndexFunc(text, unprintable) < 0
}

// undirected leaves out the marks that turn the order of letters around: they are not seen, and a reader can be shown
// something else than what was written. Letters of other scripts run their own way without them.
func undirected(c rune) rune {
	if unicode.Is(unicode.Bidi_Control, c) {
		return -1
	}
	return c
}

func unprintable(c rune) bool { return c != '\n' && c != '\t' && unicode.IsControl(c) }

// choice reads the value of a question with labelled options, and whether it was answered with one.
func (r *formReader) choice(question Question, required bool) (int, bool) {
	text := r.typed[question.Key]
	if text == "" {
		if required {
			r.problems.Add(question.Key, "survey.required")
		}
		return 0, false
	}
	for _, option := range question.Options {
		if strconv.Itoa(option.Value) == text {
			return option.Value, true
		}
	}
	r.problems.Add(question.Key, "survey.option")
	return 0, false
}

// unasked refuses answers to unsur that are not on the form.
func (r *formReader) unasked(form Form) {
	for _, unsur := range UnsurList {
		asked := slices.ContainsFunc(form.Unsur, func(q Question) bool { return q.Key == string(unsur) })
		if !asked && r.typed[string(unsur)] != "" {
			r.problems.Add(string(unsur), "survey.unasked")
		}
	}
}

func (r *formReader) profile(question Question) string {
	key := r.typed[question.Key]
	if key == "" {
		return ""
	}
	for _, option := range question.Options {
		if option.Key == key {
			return key
		}
	}
	r.problems.Add(question.Key, "survey.option")
	return ""
}
