// Package locale holds the texts that people read and the way numbers and dates are written. Indonesian is the language of
// the product; citizens may choose another for the survey. A text that a language lacks is given in Indonesian.
//
// A folder is a language, named by its tag (BCP 47), with a JSON file for each part of the product. A further language is a
// further folder with a survey.json and a questions.json; no code changes. It is a draft, and its pages say so, while a file of
// it ends in .draft.json: a native speaker who has reviewed it drops that word from the name. A draft may lack texts, but not
// add any.
//
// What questions.json says of a question stands under the official Indonesian text that it explains, so that it falls away by
// itself where an office words its questionnaire otherwise.
package locale

import (
	"embed"
	"encoding/json"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"golang.org/x/text/language"

	"kesan/survey"
)

//go:embed */*.json
var files embed.FS

// Default is the language of the product.
const Default = "id"

// Words are the texts of all languages by key.
type Words struct {
	texts  map[string]map[string]string // language -> key -> text
	drafts map[string]bool              // languages that no native speaker has reviewed

	questions map[string]explained // by language
}

// explained holds, by the key of a question, what its official texts mean in another language.
type explained map[string]map[string]string

// Load reads the embedded texts.
func Load() (*Words, error) {
	w := &Words{texts: map[string]map[string]string{}, drafts: map[string]bool{}, questions: map[string]explained{}}
	err := fs.WalkDir(files, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		return w.load(name)
	})
	if err != nil {
		return nil, fmt.Errorf("load texts: %w", err)
	}
	return w, nil
}

func (w *Words) load(name string) error {
	raw, err := files.ReadFile(name)
	if err != nil {
		return err
	}
	lang := path.Dir(name)
	part, draft := strings.CutSuffix(strings.TrimSuffix(path.Base(name), ".json"), ".draft")
	if draft {
		w.drafts[lang] = true
	}
	if part == "questions" {
		err = w.addQuestions(lang, raw)
	} else {
		err = w.addTexts(lang, raw)
	}
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}

func (w *Words) addQuestions(lang string, raw []byte) error {
	var questions explained
	err := json.Unmarshal(raw, &questions)
	w.questions[lang] = questions
	return err
}

func (w *Words) addTexts(lang string, raw []byte) error {
	var texts map[string]string
	if err := json.Unmarshal(raw, &texts); err != nil {
		return err
	}
	if w.texts[lang] == nil {
		w.texts[lang] = map[string]string{}
	}
	for key, text := range texts {
		if _, twice := w.texts[lang][key]; twice {
			return fmt.Errorf("%q stands in another file too", key)
		}
		w.texts[lang][key] = text
	}
	return nil
}

// Languages lists the languages, Indonesian first.
func (w *Words) Languages() []string {
	var list []string
	for lang := range w.texts {
		if lang != Default {
			list = append(list, lang)
		}
	}
	slices.Sort(list)
	return append([]string{Default}, list...)
}

// Keys lists the keys of a language in order.
func (w *Words) Keys(lang string) []string {
	var list []string
	for key := range w.texts[lang] {
		list = append(list, key)
	}
	slices.Sort(list)
	return list
}

// Has says whether a language is known.
func (w *Words) Has(lang string) bool { return w.texts[lang] != nil }

// Draft says whether no native speaker has reviewed a language.
func (w *Words) Draft(lang string) bool { return w.drafts[lang] }

// Match returns the language that suits somebody best: Indonesian, the official wording, where it is among those that the
// person asks for, else the first of them that is known. A language is never taken for another that is like it.
func (w *Words) Match(accept string) string {
	wanted, _, err := language.ParseAcceptLanguage(accept)
	if err != nil {
		return Default
	}
	best := Default
	for _, tag := range slices.Backward(wanted) {
		base, _, _ := tag.Raw()
		if base.String() == Default {
			return Default
		}
		if w.Has(base.String()) {
			best = base.String()
		}
	}
	return best
}

// In returns the language in which T gives a text: the one asked for, or Indonesian.
func (w *Words) In(lang, key string) string {
	if _, ok := w.texts[lang][key]; ok {
		return lang
	}
	return Default
}

// Help returns what an official text of a question means in another language, or "" where the language does not say.
func (w *Words) Help(lang, question, official string) string {
	return w.questions[lang][question][official]
}

// T returns a text with its arguments put in for each %s, in Indonesian where the language lacks it, and the key itself
// where no language has it: a test fails on that.
func (w *Words) T(lang, key string, args ...any) string {
	text, ok := w.texts[w.In(lang, key)][key]
	if !ok {
		return key
	}
	if len(args) == 0 || !strings.Contains(text, "%") {
		return text
	}
	return fmt.Sprintf(text, written(args)...)
}

// written writes the numbers among arguments the Indonesian way, which is that of all pages.
func written(args []any) []any {
	args = slices.Clone(args)
	for i, arg := range args {
		switch n := arg.(type) {
		case int:
			args[i] = Number(int64(n))
		case int64:
			args[i] = Number(n)
		}
	}
	return args
}

// Problem returns the sentence of a problem.
func (w *Words) Problem(lang string, p survey.Problem) string { return w.T(lang, p.Key, p.Args...) }
