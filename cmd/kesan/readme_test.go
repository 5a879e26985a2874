package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var (
	commandBlock = regexp.MustCompile("(?s)```sh\n.*?```")
	commandShown = regexp.MustCompile(`\bkesan ([a-z]+)([^\n#|&]*)`)
	quotedShown  = regexp.MustCompile("`kesan [^`]*`")
	longFlag     = regexp.MustCompile(`--([a-z-]+)`)
	settingShown = regexp.MustCompile(`KESAN_[A-Z_]*[A-Z]`)
	settingsRow  = regexp.MustCompile("(?m)^\\| `--([a-z-]+)` \\| `(KESAN_[A-Z_]+)` \\|")
)

// shownCommands returns the commands that a text shows in blocks and between backticks.
func shownCommands(text string) [][]string {
	blocks := strings.ReplaceAll(strings.Join(commandBlock.FindAllString(text, -1), "\n"), "./cmd/kesan", "kesan")
	quoted := quotedShown.FindAllString(commandBlock.ReplaceAllString(text, ""), -1)
	for i, line := range quoted {
		quoted[i] = strings.ReplaceAll(strings.Trim(line, "`"), "\n", " ")
	}
	return commandShown.FindAllStringSubmatch(blocks+"\n"+strings.Join(quoted, "\n"), -1)
}

// What operators read shows commands, options and settings that are there, and the table has all of a server.
func TestDocumentsShowWhatIsThere(t *testing.T) {
	t.Parallel()
	help, all := map[string]string{}, ""
	for _, c := range commands() {
		help[c.name] = kesan(t, c.name, "-h").is(t, 0).out
		all += help[c.name]
	}
	seen := map[string]bool{}
	for _, name := range []string{"README.md", "CONTRIBUTING.md", "CHANGELOG.md", "compose.yaml", "Dockerfile"} {
		text := readDocument(t, name)
		for _, shown := range shownCommands(text) {
			seen[shown[1]] = true
			if help[shown[1]] == "" {
				t.Errorf("%s: there is no command %q", name, shown[1])
			}
			for _, flag := range longFlag.FindAllStringSubmatch(shown[2], -1) {
				if !strings.Contains(help[shown[1]], "\n  --"+flag[1]+" ") {
					t.Errorf("%s: kesan %s has no --%s", name, shown[1], flag[1])
				}
			}
		}
		for _, setting := range settingShown.FindAllString(text, -1) {
			flag := strings.ReplaceAll(strings.ToLower(strings.TrimSuffix(strings.TrimPrefix(setting, "KESAN_"), "_FILE")), "_", "-")
			if !strings.HasPrefix(flag, "test-") && setting != "KESAN_PUBLISH" && !strings.Contains(all, "\n  --"+flag+" ") {
				t.Errorf("%s: no command has a flag for %s", name, setting)
			}
		}
	}
	for _, c := range commands() {
		if !seen[c.name] {
			t.Errorf("no document shows kesan %s", c.name)
		}
	}
	rows := settingsRow.FindAllStringSubmatch(readDocument(t, "README.md"), -1)
	if flags := strings.Count(help["serve"], "\n  --"); len(rows) != flags {
		t.Errorf("the table has %d settings, kesan serve %d", len(rows), flags)
	}
	for _, row := range rows {
		if want := "KESAN_" + strings.ToUpper(strings.ReplaceAll(row[1], "-", "_")); row[2] != want {
			t.Errorf("--%s is %s in the environment, not %s", row[1], want, row[2])
		}
	}
}

func readDocument(t *testing.T, name string) string {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join("..", "..", name))
	check(t, err)
	return string(raw)
}
