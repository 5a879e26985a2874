// Package locale holds the texts that people read and the way numbers and dates are written. Indonesian is the language of
// the product; citizens may choose another for the survey. A text that a language lacks is given in Indonesian.
package locale

import (
	"embed"
	"encoding/json"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"kesan/survey"
)

//go:embed id en
var files embed.FS

// Default is the language of the product.
const Default = "id"

// Words are the texts of all languages by key.
type Words struct {
	texts map[string]map[string]string // language -> key -> text
}

// Load reads the embedded texts. Each language is a folder of JSON files, one for each part of the product.
func Load() (*Words, error) {
	w := &Words{texts: map[string]map[string]string{}}
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
	var texts map[string]string
	if err := json.Unmarshal(raw, &texts); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	lang := path.Dir(name)
	if w.texts[lang] == nil {
		w.texts[lang] = map[string]string{}
	}
	for key, text := range texts {
		if _, twice := w.texts[lang][key]; twice {
			return fmt.Errorf("%s: %q stands in another file too", name, key)
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

// T returns a text with its arguments put in, in Indonesian where the language lacks it, and the key itself where no
// language has it: a test fails on that.
func (w *Words) T(lang, key string, args ...any) string {
	text, ok := w.texts[lang][key]
	if !ok {
		text, ok = w.texts[Default][key]
	}
	if !ok {
		return key
	}
	if len(args) == 0 || !strings.Contains(text, "%") {
		return text
	}
	return fmt.Sprintf(text, args...)
}

// Problem returns the sentence of a problem.
func (w *Words) Problem(lang string, p survey.Problem) string { return w.T(lang, p.Key, p.Args...) }
