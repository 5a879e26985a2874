package view

import "kesan/survey/imports"

// Import is the page on which files are taken in and given out.
type Import struct {
	Base
	Problem      string
	Kinds        []ImportKind
	MaxRows      int64
	MaxMegabytes int64
}

// ImportKind is one kind of file.
type ImportKind struct {
	imports.Kind
	Chosen bool
	Export string
	Sample string
}

// Plan is what a file would change. ID names the kept file; empty: there is nothing to write.
type Plan struct {
	Base
	Kind               imports.Kind
	File               string
	ID                 string
	New, Changed, Same int64
	Problems, Warnings []string
}
