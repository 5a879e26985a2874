package survey

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"
)

// Option is one possible answer. Unsur and extra questions store Value; profile questions store Key. The label is Indonesian,
// the official one where the rule has one.
type Option struct {
	Value int    `json:"value,omitempty"`
	Key   string `json:"key,omitempty"`
	Label string `json:"label"`
}

// Name is how tallies name the option: its key, or its value where it has none.
func (o Option) Name() string { return cmp.Or(o.Key, strconv.Itoa(o.Value)) }

// Question is one question of a form, in Indonesian.
type Question struct {
	Key     string   `json:"key" validate:"required,max=40,code"`
	Text    string   `json:"text" validate:"required"`
	Options []Option `json:"options" validate:"min=2,max=12"`
}

// OptionNames names the options, in order.
func (q Question) OptionNames() []string {
	names := make([]string, len(q.Options))
	for i, option := range q.Options {
		names[i] = option.Name()
	}
	return names
}

// Form is a questionnaire. Its revisions are its versions: an answer names the one it was given to, and a version that
// has been published never changes. The nine unsur make the IKM; extra questions stay out of it.
type Form struct {
	ID      string     `json:"id" validate:"required,max=40,code"`
	Name    string     `json:"name" validate:"required,max=120"`
	Unsur   []Question `json:"unsur" validate:"len=9,dive"`
	Extra   []Question `json:"extra,omitempty" validate:"max=5,dive"`
	Profile []Question `json:"profile" validate:"max=8,dive"`
}

// FormRef names a version of a form, "skm-2017@1".
type FormRef string

// Ref returns the reference to a version of a form.
func Ref(id string, version int) FormRef { return FormRef(fmt.Sprintf("%s@%d", id, version)) }

// Version returns the version number of the reference, 0 when it has none.
func (r FormRef) Version() int {
	_, version, _ := strings.Cut(string(r), "@")
	n, _ := strconv.Atoi(version)
	return n
}

// ID returns the ID of the form.
func (r FormRef) ID() string {
	id, _, _ := strings.Cut(string(r), "@")
	return id
}

// QuestionRef names a profile question, which is the same on every form, or an extra question, which is its form's own.
type QuestionRef struct {
	Form string // ID; empty for a profile question
	Key  string
}

// Compare orders profile questions before extra questions.
func (q QuestionRef) Compare(o QuestionRef) int {
	return cmp.Or(cmp.Compare(q.Form, o.Form), cmp.Compare(q.Key, o.Key))
}

// DefaultForm is the ID of the form of a unit that names none: the SKM of PermenPANRB 14/2017.
const DefaultForm = "skm-2017"
