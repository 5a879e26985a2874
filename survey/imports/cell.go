package imports

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// clean takes off what surrounds the content of a cell: blanks, invisible marks that come with copied text, and the
// apostrophe that keeps a spreadsheet from reading it as a number or formula.
func clean(cell string) string {
	cell = strings.TrimFunc(cell, surrounding)
	if marked(cell) {
		return cell[1:]
	}
	return cell
}

func surrounding(r rune) bool { return unicode.IsSpace(r) || unicode.Is(unicode.Cf, r) }

// marked says whether a cell begins with an apostrophe that is no part of its content. The one of the name 'Aisyiyah is.
func marked(cell string) bool {
	if len(cell) < 2 || cell[0] != '\'' {
		return false
	}
	next := cell[1]
	return next == '\'' || formula(cell[1:]) || next >= '0' && next <= '9'
}

// formula says whether a spreadsheet would run a cell. Some take wide forms of the signs too, or drop what does not show.
func formula(cell string) bool {
	if cell != "" && (cell[0] == '\t' || cell[0] == '\r') {
		return true
	}
	first, _ := utf8.DecodeRuneInString(strings.TrimLeftFunc(cell, func(r rune) bool { return surrounding(r) || unicode.IsControl(r) }))
	return strings.ContainsRune("=+-@\uff1d\uff0b\uff0d\uff20", first)
}

// guard writes a cell so that no spreadsheet runs it and clean gives it back.
func guard(cell string) string {
	if formula(cell) || marked(cell) {
		return "'" + cell
	}
	return cell
}

// control says whether a cell holds control characters that no column takes; long text may have line breaks.
func control(cell string, long bool) bool {
	return strings.ContainsFunc(cell, func(r rune) bool { return unicode.IsControl(r) && !(long && (r == '\n' || r == '\t')) })
}
