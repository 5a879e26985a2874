// Package view turns page structs into HTML. Every page is one struct and one template; a template that does not fit its
// struct fails the tests, which execute all of them.
package view

import (
	"bytes"
	"embed"
	"fmt"
	"html/template"
	"io"
	"io/fs"
	"path"
	"strings"
	"sync"

	"kesan/handlers/locale"
	"kesan/survey"
)

//go:embed templates
var files embed.FS

// Base is what every page of the staff's side shows around its content.
type Base struct {
	Title   string
	Faulty  bool // it came back with something to correct
	Path    string
	Agency  survey.Agency
	Account survey.Account // empty username: nobody is signed in
	CSRF    string
	Demo    bool
	Notice  string       // a sentence about what was just done
	Style   template.CSS // the agency's colour, if it is not the product's own
}

// Error is the page of a request that failed.
type Error struct {
	Base
	Status int
	ID     string
	Stale  bool // the form that was sent is of a session that has ended
}

// Views are the templates by name. Each is parsed when it is first shown: nobody uses all, and each holds the shared parts.
type Views struct {
	pages map[string]func() (*template.Template, error)
}

// Load finds the templates: those in templates/staff within the frame of the staff's side, those in templates/bare as whole
// documents. templates/part holds what several share.
func Load(words *locale.Words) (*Views, error) {
	v := &Views{pages: map[string]func() (*template.Template, error){}}
	shared, err := template.New("").Funcs(functions(words)).ParseFS(files, "templates/part/*.html")
	if err != nil {
		return nil, fmt.Errorf("templates: %w", err)
	}
	for _, folder := range []string{"staff", "bare"} {
		names, err := fs.Glob(files, "templates/"+folder+"/*.html")
		if err != nil {
			return nil, fmt.Errorf("templates: %w", err)
		}
		for _, name := range names {
			v.pages[strings.TrimSuffix(path.Base(name), ".html")] = sync.OnceValues(func() (*template.Template, error) {
				return template.Must(shared.Clone()).ParseFS(files, name)
			})
		}
	}
	return v, nil
}

// Render writes a page. A template that fails half-way writes nothing.
func (v *Views) Render(w io.Writer, name string, page any) error {
	parsed := v.pages[name]
	if parsed == nil {
		return fmt.Errorf("no template %q", name)
	}
	t, err := parsed()
	if err != nil {
		return fmt.Errorf("template %s: %w", name, err)
	}
	var buffer bytes.Buffer
	if err := t.ExecuteTemplate(&buffer, name+".html", page); err != nil {
		return fmt.Errorf("page %s: %w", name, err)
	}
	_, err = buffer.WriteTo(w)
	return err
}
