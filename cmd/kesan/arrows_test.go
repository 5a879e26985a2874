package main

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const module = "kesan/"

// arrows says which packages of ours a package may import, tests apart. "..." ends a name that stands for all below it too.
var arrows = map[string][]string{
	"public":           nil,
	"survey":           nil,
	"survey/demo":      {"survey"},
	"survey/imports":   {"survey"},
	"survey/keyring":   {"survey"},
	"survey/mongodb":   {"survey"},
	"survey/sqlite":    {"survey"},
	"survey/storetest": {"survey"},
	"scoring":          {"survey"},
	"handlers":         {"survey", "survey/imports", "scoring", "public", "handlers/..."},
	"handlers/auth":    {"survey"},
	"handlers/export":  {"survey", "scoring", "handlers/locale"},
	"handlers/locale":  {"survey"},
	"handlers/poster":  {"survey", "public", "handlers/locale"},
	// For tests alone, as survey/storetest.
	"handlers/poster/postertest": nil,
	"handlers/view":              {"survey", "survey/imports", "scoring", "public", "handlers/locale", "handlers/poster"},
	"cmd/kesan":                  {"handlers/...", "survey/...", "scoring"},
}

// homes says which packages may import a library, tests apart. A library that is not listed may be imported anywhere but in
// the packages of pure.
var homes = map[string][]string{
	"github.com/gofiber/":       {"handlers/..."},
	"github.com/valyala/":       {"handlers/..."},
	"github.com/prometheus/":    {"handlers/..."},
	"github.com/xuri/excelize/": {"handlers/export"},
	"go.mongodb.org/":           {"survey/mongodb"},
	"modernc.org/":              {"survey/sqlite"},
	"database/sql":              {"survey/sqlite"},
	"github.com/go-playground/": {"survey"},
}

// pure lists packages that need nothing but the standard library, with what they may have beside it.
var pure = map[string][]string{
	"survey":         {"github.com/go-playground/validator/"},
	"survey/demo":    nil,
	"survey/imports": nil,
	"scoring":        nil,
	"public":         nil,
}

// source is one import in one file.
type source struct {
	file, dir, path string
	test            bool
}

func TestArrows(t *testing.T) {
	t.Parallel()
	all := readImports(t, "../..")
	if len(all) < 100 {
		t.Fatalf("only %d imports found: the test looks in the wrong place", len(all))
	}
	for _, s := range all {
		if s.test {
			continue
		}
		may, known := arrows[s.dir]
		if !known {
			t.Errorf("%s: package %s has no line in the table", s.file, s.dir)
			continue
		}
		if own, ok := strings.CutPrefix(s.path, module); ok {
			if !within(own, may) {
				t.Errorf("%s: %s must not import %s", s.file, s.dir, own)
			}
			continue
		}
		for library, home := range homes {
			if strings.HasPrefix(s.path+"/", library) && !within(s.dir, home) {
				t.Errorf("%s: only %s may import %s", s.file, strings.Join(home, ", "), s.path)
			}
		}
		if beside, ok := pure[s.dir]; ok && isLibrary(s.path) && !hasPrefix(s.path+"/", beside) {
			t.Errorf("%s: %s makes do with the standard library, without %s", s.file, s.dir, s.path)
		}
	}
}

// TestTopLevel: the customer fixed what stands at the top.
func TestTopLevel(t *testing.T) {
	t.Parallel()
	entries, err := os.ReadDir("../..")
	if err != nil {
		t.Fatal(err)
	}
	folders := []string{"cmd", "handlers", "public", "scoring", "survey"}
	for _, entry := range entries {
		if entry.IsDir() && !strings.HasPrefix(entry.Name(), ".") && entry.Name() != "data" && !slices.Contains(folders, entry.Name()) {
			t.Errorf("folder %s at the top: only %v and hidden ones", entry.Name(), folders)
		}
	}
}

func readImports(t *testing.T, root string) []source {
	t.Helper()
	var all []source
	err := filepath.WalkDir(root, func(file string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() {
			hidden := strings.HasPrefix(entry.Name(), ".") && file != root
			if hidden || entry.Name() == "testdata" || file == filepath.Join(root, "data") {
				return filepath.SkipDir
			}
			return nil
		}
		if !strings.HasSuffix(file, ".go") {
			return nil
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		name, err := filepath.Rel(root, file)
		if err != nil {
			return err
		}
		name = filepath.ToSlash(name)
		for _, spec := range parsed.Imports {
			imported, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				return err
			}
			all = append(all, source{name, path.Dir(name), imported, strings.HasSuffix(name, "_test.go")})
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// within says whether a package is one of a list.
func within(name string, list []string) bool {
	return slices.ContainsFunc(list, func(entry string) bool {
		above, all := strings.CutSuffix(entry, "/...")
		return name == above || all && strings.HasPrefix(name, above+"/")
	})
}

func hasPrefix(path string, prefixes []string) bool {
	return slices.ContainsFunc(prefixes, func(prefix string) bool { return strings.HasPrefix(path, prefix) })
}

// isLibrary says whether an import path is not the standard library's: those have a host with a dot.
func isLibrary(path string) bool {
	host, _, _ := strings.Cut(path, "/")
	return strings.Contains(host, ".")
}
