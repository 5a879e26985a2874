package imports

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode"
)

// Problem is one thing that is wrong or worth a look in a file.
type Problem struct {
	Line   int    // the row as a spreadsheet numbers it, the header included; 0: the file as a whole
	Column string // empty: the row as a whole
	Key    string // of texts
	Args   []any
}

// Sentence says the problem in Indonesian, with its place.
func (p Problem) Sentence() string {
	text := fmt.Sprintf(texts[p.Key], p.Args...)
	switch {
	case p.Line == 0:
		return text
	case p.Column == "":
		return fmt.Sprintf("baris %d: %s", p.Line, text)
	}
	return fmt.Sprintf("baris %d, kolom %s: %s", p.Line, p.Column, text)
}

// MaxFindings is how many problems of one file are told one by one: enough to repair it by.
const MaxFindings = 200

// Findings are problems in the order of the rows. More counts those beyond MaxFindings.
type Findings struct {
	List []Problem
	More int
}

// Count returns how many there are, told or not.
func (f Findings) Count() int { return len(f.List) + f.More }

// Sentences says the problems in Indonesian, the last line being "dan N lagi" when not all are told.
func (f Findings) Sentences() []string {
	var lines []string
	for _, p := range f.List {
		lines = append(lines, p.Sentence())
	}
	if f.More > 0 {
		lines = append(lines, fmt.Sprintf("dan %d lagi", f.More))
	}
	return lines
}

// maxCollected bounds what is held of a file that is wrong from end to end; the rest is only counted.
const maxCollected = 50 * MaxFindings

func (f *Findings) add(p Problem) {
	if len(f.List) >= maxCollected {
		f.More++
		return
	}
	f.List = append(f.List, p)
}

// told returns the findings by row, cut to MaxFindings.
func (f Findings) told() Findings {
	slices.SortStableFunc(f.List, func(a, b Problem) int { return cmp.Compare(a.Line, b.Line) })
	if over := len(f.List) - MaxFindings; over > 0 {
		return Findings{List: slices.Clone(f.List[:MaxFindings]), More: f.More + over}
	}
	return f
}

// maxQuoted is how much of a cell a sentence repeats, in characters.
const maxQuoted = 40

// quote cuts what stands in a cell to what a sentence can hold, without anything that acts on a terminal.
func quote(cell string) string {
	clean := strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) {
			return ' '
		}
		return r
	}, cell)
	if letters := []rune(clean); len(letters) > maxQuoted {
		return string(letters[:maxQuoted]) + "…"
	}
	return clean
}
