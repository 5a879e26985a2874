package view

import (
	"cmp"
	"slices"

	"kesan/scoring"
	"kesan/survey"
)

// QuestionView says what a profile question or an extra question was answered.
type QuestionView struct {
	Question string
	Form     string // its name, of an extra question of another form than the unit's own
	Options  []OptionView
}

// Known says whether anything can be told of the question.
func (v QuestionView) Known() bool {
	return slices.ContainsFunc(v.Options, func(o OptionView) bool { return o.N != nil && *o.N > 0 })
}

// OptionView is one of its options; N is nil when it is too small to be shown. Percent is its share of those who answered, nil
// where an option is hidden: it would tell how large that is.
type OptionView struct {
	Label   string
	N       *int64
	Width   string
	Percent *scoring.Hundredths
}

// NewQuestion names the options of a figure by the labels of the question and in its order; others come last.
func NewQuestion(figure scoring.QuestionFigure, question survey.Question) QuestionView {
	counts, labels := map[string]*int64{}, map[string]string{}
	for _, option := range figure.Options {
		counts[option.Option] = option.N
	}
	names := question.OptionNames()
	for i, name := range names {
		labels[name] = question.Options[i].Label
	}
	for _, option := range figure.Options {
		if !slices.Contains(names, option.Option) {
			names = append(names, option.Option)
		}
	}
	view := QuestionView{Question: cmp.Or(question.Text, figure.Question)}
	for _, name := range names {
		if n, there := counts[name]; there {
			view.Options = append(view.Options, OptionView{Label: cmp.Or(labels[name], name), N: n})
		}
	}
	view.measure()
	return view
}

// measure draws the options that are shown, the largest in full.
func (v QuestionView) measure() {
	var most, whole int64
	hidden := false
	for _, option := range v.Options {
		if option.N == nil {
			hidden = true
			continue
		}
		most, whole = max(most, *option.N), whole+*option.N
	}
	for i := range v.Options {
		option := &v.Options[i]
		if option.N == nil {
			continue
		}
		option.Width = share(*option.N, most)
		if percent, ok := scoring.Percent(*option.N, whole); ok && !hidden {
			option.Percent = &percent
		}
	}
}
