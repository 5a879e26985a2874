package imports

import (
	"regexp"
	"strings"

	"kesan/survey"
)

// format reads and shows the cells of one kind of value. read never sees an empty cell: that is the zero value. What is
// wrong comes back as the key and arguments of a sentence, an empty key meaning nothing.
type format[V any] struct {
	read   func(cell string) (value V, fault fault)
	show   func(V) string
	number bool // limits are limits of the value, not of its length
	long   bool // may have line breaks
	list   bool // several codes
}

// fault is what is wrong with a value, without its place.
type fault struct {
	key  string
	args []any
}

func faulty(key string, args ...any) fault { return fault{key, args} }

func asIs(text string) string { return text }

var (
	text     = format[string]{read: func(cell string) (string, fault) { return cell, fault{} }, show: asIs}
	longText = format[string]{read: text.read, show: asIs, long: true}
	code     = format[string]{read: readCode, show: asIs}
	nip      = format[string]{read: readNIP, show: asIs}
	codes    = format[[]string]{read: readCodes, show: func(list []string) string { return strings.Join(list, " ") }, list: true}
)

// scientific is how Excel shows and saves a long number: 1,99001E+17. Its last digits are lost.
var scientific = regexp.MustCompile(`^\d([.,]\d+)?[eE]\+\d+$`)

func readCode(cell string) (string, fault) {
	if scientific.MatchString(cell) {
		return "", faulty("import.scientific", quote(cell))
	}
	return cell, fault{}
}

func readNIP(cell string) (string, fault) { return readCode(survey.NormaliseNIP(cell)) }

// readCodes reads codes with blanks, commas, semicolons or bars between them.
func readCodes(cell string) ([]string, fault) {
	list := strings.FieldsFunc(cell, func(r rune) bool { return strings.ContainsRune(" ,;|\n\t", r) })
	for _, item := range list {
		if _, bad := readCode(item); bad.key != "" {
			return nil, bad
		}
	}
	return list, fault{}
}

// word is one of the words that a column takes, and the value it stands for.
type word[V comparable] struct {
	word  string
	value V
}

// choice is the format of a column that takes one of a few words, in capitals or not. Of two words for one value the first
// is written.
func choice[V comparable](words ...word[V]) format[V] {
	var names []string
	for _, w := range words {
		names = append(names, w.word)
	}
	last := len(names) - 1
	offer := strings.Join(names[:last], ", ") + " atau " + names[last]
	read := func(cell string) (V, fault) {
		for _, w := range words {
			if strings.EqualFold(w.word, cell) {
				return w.value, fault{}
			}
		}
		var none V
		return none, faulty("import.choice", offer, quote(cell))
	}
	show := func(value V) string {
		for _, w := range words {
			if w.value == value {
				return w.word
			}
		}
		return ""
	}
	return format[V]{read: read, show: show}
}

var yesNo = choice(word[bool]{"ya", true}, word[bool]{"tidak", false})
