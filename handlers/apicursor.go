package handlers

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"slices"
	"strings"

	"kesan/scoring"
	"kesan/survey"
)

// place is where a row stands in the API's order: units before officers, then by unit, NIP and indicator. An officer's row
// over all units has no unit and comes before those of one unit. No two rows of a cycle have the same place, so a page can
// go on after a row even when rows came or went in between.
type place struct {
	level     survey.Level
	unit, nip string
	indicator string
}

func placeOf(row scoring.Row) place {
	return place{row.Level, string(row.Unit), string(row.NIP), row.Indicator}
}

func (p place) compare(q place) int {
	return cmp.Or(-cmp.Compare(p.level, q.level), cmp.Compare(p.unit, q.unit), cmp.Compare(p.nip, q.nip),
		cmp.Compare(rank(p.indicator), rank(q.indicator)))
}

func rank(indicator string) int { return slices.Index(indicatorKeys(), indicator) }

// queryMark ties a cursor to the query that it was given for.
type queryMark [6]byte

// mark makes the filter's mark. The limit is not in it: a client may change it on the way.
func (f rowFilter) mark(cycle string) (mark queryMark) {
	sum := sha256.Sum256([]byte(strings.Join([]string{"cursor", cycle, string(f.level), f.unit, f.indicator}, "\x00")))
	copy(mark[:], sum[:])
	return mark
}

// writeCursor names the row after which the next page begins. Addresses are logged on their way, and a NIP tells a birth
// date: the officer stands in it as a tag.
func writeCursor(p place, mark queryMark) string {
	tag := survey.OfficerTag(p.nip)
	text := strings.Join([]string{string(p.level), p.unit, hex.EncodeToString(tag[:]), p.indicator}, "\x00")
	return base64.RawURLEncoding.EncodeToString(append(mark[:], text...))
}

// readCursor reads what writeCursor wrote for the same query, and nothing else.
func readCursor(text string, mark queryMark, office *survey.Office) (place, bool) {
	raw, err := base64.RawURLEncoding.DecodeString(text)
	rest, ours := bytes.CutPrefix(raw, mark[:])
	parts := strings.Split(string(rest), "\x00")
	if err != nil || !ours || len(parts) != 4 {
		return place{}, false
	}
	tag, err := hex.DecodeString(parts[2])
	if err != nil || len(tag) != 8 {
		return place{}, false
	}
	p := place{survey.Level(parts[0]), parts[1], office.OfficerByTag([8]byte(tag)), parts[3]}
	return p, writeCursor(p, mark) == text
}
