package view

// Look is the page that gives posters their colour and logo.
type Look struct {
	Base
	Subject   string // unit or agency
	Unit      string // code; empty: the agency
	Revision  int
	Logo      string // digest of the own one
	Inherited string // digest of the one that holds while there is none
	Fields    []Field
	File      Field
	Units     []Choice
	Own       []Link // units with a look of their own
	Conflict  bool
}

// Form returns the fields for the summary of problems.
func (l Look) Form() Form { return Form{Fields: append([]Field{l.File}, l.Fields...)} }
