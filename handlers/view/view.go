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

// Views are the parsed templates.
type Views struct {
	pages map[string]*template.Template
}

// Load parses all templates: those in templates/staff within the frame of the staff's side, those in templates/bare as
// whole documents. templates/part holds what several share.
func Load(words *locale.Words) (*Views, error) {
	v := &Views{pages: map[string]*template.Template{}}
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
			page, err := template.Must(shared.Clone()).ParseFS(files, name)
			if err != nil {
				return nil, fmt.Errorf("template %s: %w", name, err)
			}
			v.pages[strings.TrimSuffix(path.Base(name), ".html")] = page
		}
	}
	return v, nil
}

// Render writes a page. A template that fails half-way writes nothing.
func (v *Views) Render(w io.Writer, name string, page any) error {
	t := v.pages[name]
	if t == nil {
		return fmt.Errorf("no template %q", name)
	}
	var buffer bytes.Buffer
	if err := t.ExecuteTemplate(&buffer, name+".html", page); err != nil {
		return fmt.Errorf("page %s: %w", name, err)
	}
	_, err := buffer.WriteTo(w)
	return err
}
