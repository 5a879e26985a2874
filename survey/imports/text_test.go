package imports

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// Every key that the code tells has a sentence, and every sentence is told.
func TestTexts(t *testing.T) {
	t.Parallel()
	names, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	told := map[string]bool{}
	for _, name := range append(names, "../nip.go") {
		if strings.HasSuffix(name, "_test.go") || name == "text.go" {
			continue
		}
		source, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, key := range regexp.MustCompile(`"((?:import|nip)\.[a-z0-9.]+)"`).FindAllStringSubmatch(string(source), -1) {
			told[key[1]] = true
		}
	}
	for key := range told {
		if texts[key] == "" {
			t.Errorf("no sentence for %s", key)
		}
	}
	for key := range texts {
		if !told[key] {
			t.Errorf("nothing tells %s", key)
		}
	}
}
