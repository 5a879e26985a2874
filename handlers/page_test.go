package handlers

import (
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// element is an element of a parsed page, for assertions by selector.
type element struct {
	t    testing.TB
	node *html.Node
}

// page parses the answer's body.
func (a *answer) page() element {
	a.t.Helper()
	node, err := html.Parse(strings.NewReader(a.body))
	must(a.t, err)
	return element{a.t, node}
}

// all returns the elements that a selector names, in document order. A selector is one or more of tag, .class, #id, [name]
// and [name=value] written together; a blank means "within".
func (e element) all(selector string) []element {
	found := []element{e}
	for step := range strings.FieldsSeq(selector) {
		var next []element
		seen := map[*html.Node]bool{}
		for _, above := range found {
			for node := range above.node.Descendants() {
				if node.Type == html.ElementNode && !seen[node] && fits(node, step) {
					seen[node] = true
					next = append(next, element{e.t, node})
				}
			}
		}
		found = next
	}
	return found
}

// elements counts the elements within.
func (e element) elements() int {
	n := 0
	for node := range e.node.Descendants() {
		if node.Type == html.ElementNode {
			n++
		}
	}
	return n
}

// one returns the only element that a selector names, and fails the test when there is none or another.
func (e element) one(selector string) element {
	e.t.Helper()
	found := e.all(selector)
	if len(found) != 1 {
		e.t.Fatalf("%d elements are %q, want one", len(found), selector)
	}
	return found[0]
}

func fits(node *html.Node, step string) bool {
	end := strings.IndexAny(step, ".#[")
	if end < 0 {
		end = len(step)
	}
	if tag := step[:end]; tag != "" && tag != node.Data {
		return false
	}
	for step = step[end:]; step != ""; {
		kind, rest := step[0], step[1:]
		end := strings.IndexAny(rest, ".#[")
		if kind == '[' {
			end = strings.IndexByte(rest, ']')
		}
		if end < 0 {
			end = len(rest)
		}
		part := rest[:end]
		step = strings.TrimPrefix(rest[end:], "]")
		if !has(node, kind, part) {
			return false
		}
	}
	return true
}

func has(node *html.Node, kind byte, part string) bool {
	switch kind {
	case '.':
		class, _ := attribute(node, "class")
		return strings.Contains(" "+class+" ", " "+part+" ")
	case '#':
		id, _ := attribute(node, "id")
		return id == part
	}
	name, want, valued := strings.Cut(part, "=")
	value, ok := attribute(node, name)
	return ok && (!valued || value == strings.Trim(want, `"`))
}

func attribute(node *html.Node, name string) (string, bool) {
	for _, a := range node.Attr {
		if a.Key == name {
			return a.Val, true
		}
	}
	return "", false
}

// attr returns an attribute of the element, or "".
func (e element) attr(name string) string {
	value, _ := attribute(e.node, name)
	return value
}

// has says whether the element has an attribute.
func (e element) has(name string) bool {
	_, ok := attribute(e.node, name)
	return ok
}

// text returns what the element shows, with blanks folded. Styles and scripts show nothing.
func (e element) text() string {
	var b strings.Builder
	write(&b, e.node)
	return strings.Join(strings.Fields(b.String()), " ")
}

func write(b *strings.Builder, node *html.Node) {
	if node.Type == html.ElementNode && (node.Data == "style" || node.Data == "script") {
		return
	}
	if node.Type == html.TextNode {
		b.WriteString(node.Data)
	}
	for child := range node.ChildNodes() {
		write(b, child)
	}
	if node.Type == html.ElementNode {
		b.WriteString(" ")
	}
}
