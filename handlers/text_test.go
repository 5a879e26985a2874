package handlers

import (
	"encoding/json"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"net/http"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"kesan/handlers/locale"
	"kesan/survey"
)

// Every text that code and templates ask for is there, in the files of the product's language, and none is there that
// nothing asks for.
func TestTexts(t *testing.T) {
	t.Parallel()
	words, err := locale.Load()
	must(t, err)
	keys := words.Keys(locale.Default)
	families := map[string]bool{}
	for _, key := range keys {
		family, _, _ := strings.Cut(key, ".")
		families[family] = true
	}
	asked := map[string]bool{}
	for _, text := range literals(t) {
		if family, _, _ := strings.Cut(text, "."); families[family] && keyPattern.MatchString(text) {
			asked[text] = true
		}
	}
	for _, key := range composed(t) {
		asked[key] = true
	}
	for key := range asked {
		if !slices.Contains(keys, key) {
			t.Errorf("%s has no text", key)
		}
	}
	for _, key := range keys {
		status, found := strings.CutPrefix(key, "error.")
		if code, err := strconv.Atoi(status); found && err == nil && http.StatusText(code) != "" {
			continue // an answer's status is what the framework or a sentinel makes it
		}
		if !asked[key] {
			t.Errorf("nothing asks for %s", key)
		}
	}
}

// Each folder is a language, with a name to choose it by. English, and whichever a native speaker has reviewed, has the citizen's
// pages whole; a draft may lack texts. None has others, or other arguments.
func TestTranslations(t *testing.T) {
	t.Parallel()
	words, err := locale.Load()
	must(t, err)
	folders, err := filepath.Glob("locale/*/survey*.json")
	must(t, err)
	if got := words.Languages(); len(folders) < 5 || len(got) != len(folders) || words.Draft("id") || words.Draft("en") {
		t.Errorf("languages %v in %v", got, folders)
	}
	citizens := slices.DeleteFunc(words.Keys(locale.Default), func(key string) bool { return !strings.HasPrefix(key, "survey.") })
	for _, lang := range words.Languages()[1:] {
		keys := words.Keys(lang)
		if words.In(lang, "survey.language") != lang {
			t.Errorf("%s has no name", lang)
		}
		if !words.Draft(lang) && !slices.Equal(keys, citizens) {
			t.Errorf("%s has other keys than %s:\n%q\n%q", lang, locale.Default, keys, citizens)
		}
		for _, key := range keys {
			if !slices.Contains(citizens, key) {
				t.Errorf("%s: nothing asks for %s", lang, key)
			}
			if own, other := words.T(locale.Default, key), words.T(lang, key); !slices.Equal(verbs.FindAllString(own, -1), verbs.FindAllString(other, -1)) {
				t.Errorf("%s: arguments of %q and %q differ", key, own, other)
			}
		}
	}
}

// English explains every text of the questionnaire; a draft may leave some to the official wording. Neither explains a text
// that the questionnaire does not have.
func TestExplainedQuestions(t *testing.T) {
	t.Parallel()
	words, err := locale.Load()
	must(t, err)
	form, official := survey.SKM2017(), map[string][]string{}
	for _, question := range slices.Concat(form.Unsur, form.Profile) {
		official[question.Key] = []string{question.Text}
		for _, option := range question.Options {
			official[question.Key] = append(official[question.Key], option.Label)
		}
	}
	for key, texts := range official {
		for _, text := range texts {
			if words.Help("en", key, text) == "" {
				t.Errorf("%s: English does not say what %q means", key, text)
			}
		}
	}
	files, err := filepath.Glob("locale/*/questions*.json")
	must(t, err)
	if len(files) != len(words.Languages())-1 {
		t.Errorf("questions are explained in %q", files)
	}
	for _, name := range files {
		raw, err := os.ReadFile(name)
		must(t, err)
		var explained map[string]map[string]string
		must(t, json.Unmarshal(raw, &explained))
		for key, texts := range explained {
			for text, help := range texts {
				if !slices.Contains(official[key], text) || help == text {
					t.Errorf("%s: %s does not say %q, or %q helps nobody", name, key, text, help)
				}
			}
		}
	}
	if got := words.Help("en", "biaya", "Gratis"); got != "Free of charge" {
		t.Errorf("Gratis is %q", got)
	}
	if got := words.Help("en", "biaya", "Sangat wajar"); got != "" {
		t.Errorf("another label is %q, want none", got)
	}
}

var (
	keyPattern = regexp.MustCompile(`^[a-z]+(\.[a-z0-9_]+)+$`)
	quoted     = regexp.MustCompile(`"([a-z]+\.[a-z0-9_.]+)"`)
	verbs      = regexp.MustCompile(`%[a-z]`)
)

// literals returns all string literals of the packages that ask for texts, and whatever looks like a key in the templates. The names
// of columns in package export look like keys and are none.
func literals(t *testing.T) []string {
	var list []string
	for _, pattern := range []string{".", "auth", "view", "poster", "../survey"} {
		for _, file := range sources(t, pattern) {
			ast.Inspect(file, func(n ast.Node) bool {
				if literal, ok := n.(*ast.BasicLit); ok && literal.Kind == token.STRING {
					list = append(list, unquoted(t, literal))
				}
				return true
			})
		}
	}
	for _, name := range templates(t) {
		body, err := os.ReadFile(name)
		must(t, err)
		for _, found := range quoted.FindAllStringSubmatch(string(body), -1) {
			list = append(list, found[1])
		}
	}
	return slices.DeleteFunc(list, func(text string) bool { return slices.Contains([]string{".html", ".css", ".csv"}, filepath.Ext(text)) })
}

// composed returns the keys that are put together from a family and a part that varies.
func composed(t *testing.T) []string {
	var keys []string
	for _, role := range allRoles {
		keys = append(keys, "role."+string(role))
	}
	for _, decision := range []survey.Decision{survey.Quarantined, survey.Excluded, survey.Refused, survey.Moved} {
		keys = append(keys, "evidence.decision."+string(decision))
	}
	for _, rule := range []survey.Rule{survey.RuleHoneypot, survey.RuleMalformed, survey.RuleRepeated, survey.RuleBurst, survey.RuleBombing, survey.RuleMisplaced} {
		keys = append(keys, "evidence.rule."+string(rule))
	}
	for _, file := range sources(t, ".") {
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.CallExpr: // withNotice(path, "tersimpan")
				if name, ok := n.Fun.(*ast.Ident); ok && name.Name == "withNotice" {
					keys = append(keys, "notice."+unquoted(t, n.Args[1]))
				}
			}
			return true
		})
	}
	for _, file := range sources(t, "../survey") {
		ast.Inspect(file, func(n ast.Node) bool { // AuditSignIn AuditAction = "signin"
			if spec, ok := n.(*ast.ValueSpec); ok && fmt.Sprint(spec.Type) == "AuditAction" {
				keys = append(keys, "audit."+unquoted(t, spec.Values[0]))
			}
			return true
		})
	}
	for _, object := range []any{survey.Agency{}, survey.Policy{}, survey.Unit{}, survey.Service{}, survey.Counter{}, survey.Officer{}, survey.Duty{},
		survey.OpeningHours{}, survey.Holiday{}, survey.Form{}, survey.Question{}, survey.Option{}, survey.Sheet{}, survey.Batch{}, survey.Device{}, survey.Target{}, survey.Cycle{},
		survey.Account{}, survey.APIKey{}} {
		for _, field := range reflect.VisibleFields(reflect.TypeOf(object)) {
			for rule := range strings.SplitSeq(field.Tag.Get("validate"), ",") {
				name, _, _ := strings.Cut(rule, "=")
				if field.Type.Kind() == reflect.String && (name == "min" || name == "max") {
					name = map[string]string{"min": "short", "max": "long"}[name]
				}
				if name != "" && name != "omitempty" && name != "dive" {
					keys = append(keys, "field."+name)
				}
			}
		}
	}
	return keys
}

// sources parses the files of a package, but not its tests.
func sources(t *testing.T, dir string) []*ast.File {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(dir, "*.go"))
	must(t, err)
	var files []*ast.File
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		must(t, err)
		files = append(files, file)
	}
	return files
}

// templates names the files of all templates.
func templates(t *testing.T) []string {
	t.Helper()
	names, err := filepath.Glob("view/templates/*/*.html")
	must(t, err)
	return names
}

// unquoted returns the text of a literal; a part of a key that is not one cannot be checked.
func unquoted(t *testing.T, node ast.Expr) string {
	t.Helper()
	literal, ok := node.(*ast.BasicLit)
	if !ok {
		t.Fatalf("not a literal: %v", node)
	}
	text, err := strconv.Unquote(literal.Value)
	must(t, err)
	return text
}
