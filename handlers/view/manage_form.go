package view

import "strings"

// Inputs that a Field can be. Anything else is the type of an HTML input.
const (
	InputText   = "text"
	InputLong   = "long"   // several lines
	InputChoice = "choice" // one of Choices
	InputMany   = "many"   // any of Choices
	InputCheck  = "check"  // yes or no
	InputFixed  = "fixed"  // shown, not typed
	InputHour   = "hour"   // a whole hour of a day
)

// Field is one field of a form, with what was typed into it and what is wrong with that.
type Field struct {
	Name     string
	Label    string
	Help     string
	Value    string
	Input    string
	Choices  []Choice
	Empty    string // what it means to choose none of them
	Required bool
	Auto     string // autocomplete
	Problem  string
	Theirs   string // after a conflict: what somebody else has written here, when it differs
	Differs  bool   // Theirs is to be shown; it may be empty
}

// Choice is one offered value.
type Choice struct {
	Value, Label string
	Chosen       bool
}

// indent sets a choice of a list below the one before it; a list has no other way to show a tree.
const indent = "\u2003"

// Below returns the choice as it stands so many levels below the top of a tree.
func (c Choice) Below(levels int) Choice {
	c.Label = strings.Repeat(indent, levels) + c.Label
	return c
}

// Name is the label without the indent, for what can show a tree by itself.
func (c Choice) Name() string { return strings.TrimLeft(c.Label, indent) }

// Depth is how many levels below the top of its tree the choice stands.
func (c Choice) Depth() int { return strings.Count(c.Label, indent) }

// Type returns the type of the HTML input.
func (f Field) Type() string {
	if f.Input == "" {
		return InputText
	}
	return f.Input
}

// ID returns the id of the field's input.
func (f Field) ID() string { return "isian-" + f.Name }

// Described names the elements that explain the field, for assistive technology.
func (f Field) Described() string {
	list := ""
	if f.Help != "" {
		list = f.ID() + "-bantuan"
	}
	if f.Problem != "" {
		list += " " + f.ID() + "-salah"
	}
	return list
}

// Form is a form of the staff's side. Base is the revision that its values were read from.
type Form struct {
	Action  string
	Base    int
	Fields  []Field
	Submit  string
	General []string // problems of the form as a whole
	CSRF    string
}

// Wrong returns the fields with a problem.
func (f Form) Wrong() []Field {
	var list []Field
	for _, field := range f.Fields {
		if field.Problem != "" {
			list = append(list, field)
		}
	}
	return list
}

// Faulty says whether anything is wrong.
func (f Form) Faulty() bool { return len(f.General) > 0 || len(f.Wrong()) > 0 }
