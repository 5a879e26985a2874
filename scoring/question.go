package scoring

import (
	"maps"
	"slices"

	"kesan/survey"
)

// QuestionFigure says how many chose each option of a profile question or of an extra question.
type QuestionFigure struct {
	Form     string         `json:"form,omitempty"` // of an extra question
	Question string         `json:"question"`       // key
	Options  []OptionFigure `json:"options"`        // in order of name
}

// Ref names the question.
func (f QuestionFigure) Ref() survey.QuestionRef {
	return survey.QuestionRef{Form: f.Form, Key: f.Question}
}

// OptionFigure is one option, by its name; N is nil when it is too small to be shown.
type OptionFigure struct {
	Option string `json:"option"`
	N      *int64 `json:"n"`
}

// questions says who answered, and what to extra questions that anybody answered.
func (c *computation) questions(unit string) (profile, extra []QuestionFigure) {
	options := map[survey.QuestionRef][]string{}
	for _, have := range c.total[unit].all.Choices {
		options[have.Question] = append(options[have.Question], have.Option)
	}
	form, _ := c.office.FormOf(unit)
	for _, question := range form.Profile {
		ref := survey.QuestionRef{Key: question.Key}
		options[ref] = append(options[ref], question.OptionNames()...)
	}
	for _, ref := range slices.SortedFunc(maps.Keys(options), survey.QuestionRef.Compare) {
		if ref.Form == "" {
			profile = append(profile, c.question(unit, ref, options[ref]))
		} else {
			extra = append(extra, c.question(unit, ref, append(options[ref], c.office.ExtraOf(ref).OptionNames()...)))
		}
	}
	return profile, extra
}

// question counts the options of a question, some of which may be named twice. Those too small to be shown have no n; one that
// nobody chose has 0.
func (c *computation) question(unit string, ref survey.QuestionRef, options []string) QuestionFigure {
	figure := QuestionFigure{Form: ref.Form, Question: ref.Key}
	people := c.shown.shown(ofPeople, cellKey{Unit: unit})
	slices.Sort(options)
	for _, option := range slices.Compact(options) {
		choice := survey.Choice{Question: ref, Option: option}
		n := c.total[unit].all.Choices.Of(choice)
		entry := OptionFigure{Option: option}
		if people && (n == 0 || c.shown.shown(ofPeople, cellKey{Unit: unit, Part: partOption, Code: choiceCode(choice)})) {
			entry.N = &n
		}
		figure.Options = append(figure.Options, entry)
	}
	return figure
}
