package handlers

import (
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

// rendered holds the names of the pages that the tests have shown.
var rendered sync.Map

// recorder notes every page that is shown.
type recorder struct{ renderer }

func (r recorder) Render(w io.Writer, name string, page any) error {
	rendered.Store(name, true)
	return r.renderer.Render(w, name, page)
}

// TestMain fails a whole run that never shows a page: a template is only known to fit its struct once it has been executed.
func TestMain(m *testing.M) {
	code := m.Run()
	for _, name := range []string{"test.run", "test.skip", "test.bench", "test.fuzz", "test.list"} {
		if flag.Lookup(name).Value.String() != "" {
			os.Exit(code) // only a part was asked for
		}
	}
	for _, folder := range []string{"staff", "bare"} {
		names, err := filepath.Glob("view/templates/" + folder + "/*.html")
		if err != nil || len(names) == 0 {
			fmt.Println("no templates found:", err)
			code = 1
		}
		for _, name := range names {
			if _, shown := rendered.Load(strings.TrimSuffix(filepath.Base(name), ".html")); !shown {
				fmt.Println("no test shows", name)
				code = 1
			}
		}
	}
	os.Exit(code)
}
