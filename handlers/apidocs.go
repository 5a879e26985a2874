package handlers

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"

	"kesan/handlers/view"
)

// openAPI describes every route of the API. A change of a route or of an answer stands in it in the same commit: tests
// compare both.
//
//go:embed openapi.json
var openAPI []byte

// apiFile answers /api/openapi.json.
func (s *Server) apiFile(c *fiber.Ctx) error { return sendTagged(c, openAPI, "public, no-cache") }

// apiPage answers /api, the same file for people.
func (s *Server) apiPage(c *fiber.Ctx) error {
	docs := s.apiDocs
	docs.Base = s.base(c, "API")
	return s.render(c, "apidocs", docs)
}

// apiFileDoc is what the readable page takes from the OpenAPI file. Objects whose order matters to a reader are kept as
// they stand.
type apiFileDoc struct {
	Info struct{ Summary, Description, Version string }
	Tags []struct{ Name string }

	Paths      map[string]map[string]apiFileOperation
	Components struct {
		SecuritySchemes map[string]struct{ Description string }
		Responses       map[string]apiFileResponse
		Schemas         map[string]apiFileSchema
	}
}

type apiFileOperation struct {
	OperationID string
	Tags        []string
	Summary     string
	Description string
	Security    *[]any
	Parameters  []struct {
		Name, In, Description string
		Required              bool
		Schema                apiFileSchema
		Example               any
	}
	RequestBody struct {
		Content map[string]struct {
			Schema  apiFileSchema
			Example json.RawMessage
		}
	}
	Responses map[string]apiFileResponse
}

type apiFileResponse struct {
	Ref         string `json:"$ref"`
	Description string
	Content     map[string]struct {
		Example  json.RawMessage
		Examples map[string]struct {
			Summary string
			Value   json.RawMessage
		}
	}
}

type apiFileSchema struct {
	Ref         string `json:"$ref"`
	Type        any
	Description string
	Enum        []any
	Required    []string
	Properties  map[string]apiFileSchema
	Items       *apiFileSchema
	Default     any
	Maximum     any
}

// loadAPIDocs reads the OpenAPI file into the readable page; base is the address of this server.
func loadAPIDocs(base string) (view.APIDocs, error) {
	var doc apiFileDoc
	if err := json.Unmarshal(openAPI, &doc); err != nil {
		return view.APIDocs{}, fmt.Errorf("openapi.json: %w", err)
	}
	docs := view.APIDocs{Summary: doc.Info.Summary, Intro: paragraphs(doc.Info.Description), Version: doc.Info.Version,
		Key: doc.Components.SecuritySchemes["key"].Description}
	for _, tag := range doc.Tags {
		for _, path := range slices.Sorted(maps.Keys(doc.Paths)) {
			for method, operation := range doc.Paths[path] {
				if slices.Contains(operation.Tags, tag.Name) {
					docs.Operations = append(docs.Operations, doc.operation(base, strings.ToUpper(method), path, operation))
				}
			}
		}
	}
	for _, name := range []string{"Row", "Cycle", "Results", "Tickets", "Problem"} {
		docs.Schemas = append(docs.Schemas, doc.schema(name))
	}
	return docs, nil
}

func (d apiFileDoc) operation(base, method, path string, o apiFileOperation) view.APIOperation {
	operation := view.APIOperation{ID: o.OperationID, Method: method, Path: path, Summary: o.Summary, About: paragraphs(o.Description)}
	address, query := path, url.Values{}
	for _, p := range o.Parameters {
		operation.Params = append(operation.Params, view.APIField{Name: p.Name, Type: d.typeOf(p.Schema), About: d.about(p.Description, p.Schema), Required: p.Required})
		switch {
		case p.In == "path":
			address = strings.Replace(address, "{"+p.Name+"}", fmt.Sprint(p.Example), 1)
		case p.Example != nil:
			query.Set(p.Name, fmt.Sprint(p.Example))
		}
	}
	if len(query) > 0 {
		address += "?" + query.Encode()
	}
	operation.Curl = `curl "` + base + address + `"`
	if o.Security == nil { // the file's default: a key
		operation.Curl = `curl -H "Authorization: Bearer $KUNCI_KESAN" \` + "\n  \"" + base + address + `"`
	}
	if body, ok := o.RequestBody.Content[fiber.MIMEApplicationJSON]; ok {
		operation.Params = append(operation.Params, d.fields(d.resolve(body.Schema))...)
		operation.Curl += ` \` + "\n  -H \"Content-Type: application/json\" \\\n  -d '" + string(body.Example) + "'"
	}
	for _, status := range slices.Sorted(maps.Keys(o.Responses)) {
		answer := d.answer(status, o.Responses[status])
		if status == "200" || status == "201" {
			operation.Examples, answer.Examples = answer.Examples, nil
		}
		operation.Answers = append(operation.Answers, answer)
	}
	return operation
}

func (d apiFileDoc) answer(status string, r apiFileResponse) view.APIAnswer {
	if r.Ref != "" {
		r = d.Components.Responses[lastPart(r.Ref)]
	}
	answer := view.APIAnswer{Status: status, About: r.Description}
	for _, content := range r.Content {
		if content.Example != nil {
			answer.Examples = append(answer.Examples, view.APIExample{Body: indented(content.Example)})
		}
		for _, name := range slices.Sorted(maps.Keys(content.Examples)) {
			example := content.Examples[name]
			answer.Examples = append(answer.Examples, view.APIExample{Summary: example.Summary, Body: indented(example.Value)})
		}
	}
	return answer
}

func (d apiFileDoc) schema(name string) view.APISchema {
	object := d.Components.Schemas[name]
	return view.APISchema{Name: name, About: object.Description, Fields: d.fields(object)}
}

func (d apiFileDoc) resolve(s apiFileSchema) apiFileSchema {
	if s.Ref != "" {
		return d.Components.Schemas[lastPart(s.Ref)]
	}
	return s
}

// fields lists the fields of an object: those that are always there in the order in which they are sent, then the others.
func (d apiFileDoc) fields(object apiFileSchema) []view.APIField {
	var fields []view.APIField
	names := slices.Clone(object.Required)
	for _, field := range slices.Sorted(maps.Keys(object.Properties)) {
		if !slices.Contains(names, field) {
			names = append(names, field)
		}
	}
	for i, field := range names {
		s := object.Properties[field]
		fields = append(fields, view.APIField{Name: field, Type: d.typeOf(s), About: d.about(s.Description, s), Required: i < len(object.Required)})
	}
	return fields
}

func (d apiFileDoc) typeOf(s apiFileSchema) string {
	if s.Ref != "" {
		name := lastPart(s.Ref)
		if target := d.Components.Schemas[name]; target.Properties == nil {
			return d.typeOf(target)
		}
		return name
	}
	text := fmt.Sprint(s.Type)
	if list, ok := s.Type.([]any); ok {
		words := make([]string, len(list))
		for i, word := range list {
			words[i] = fmt.Sprint(word)
		}
		text = strings.Join(words, " | ")
	}
	if s.Items != nil {
		text = strings.Replace(text, "array", d.typeOf(*s.Items)+"[]", 1)
	}
	return text
}

func (d apiFileDoc) about(text string, s apiFileSchema) string {
	if s.Ref != "" {
		target := d.Components.Schemas[lastPart(s.Ref)]
		if text == "" {
			text = target.Description
		} else if len(target.Enum) > 0 {
			text += " Salah satu: " + strings.Trim(strings.ReplaceAll(fmt.Sprint(target.Enum), " ", ", "), "[]") + "."
		}
		s = target
	}
	if s.Default != nil {
		text += fmt.Sprintf(" Bila tidak ditulis: %v; paling banyak %v.", s.Default, s.Maximum)
	}
	return text
}

func lastPart(ref string) string { return ref[strings.LastIndex(ref, "/")+1:] }

func paragraphs(text string) []string { return strings.Split(text, "\n\n") }

func indented(raw json.RawMessage) string {
	var b bytes.Buffer
	if err := json.Indent(&b, raw, "", "  "); err != nil {
		return string(raw)
	}
	return b.String()
}
