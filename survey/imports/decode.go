package imports

import (
	"bytes"
	"unicode/utf8"
)

// Limits of one file. An office of 2,000 counters fits a month's roster into them.
const (
	MaxSize = 4 << 20 // bytes
	MaxRows = 50_000  // without the header
)

// foreign are the first bytes of files that people take for CSV, and what to tell them.
var foreign = []struct{ begin, key string }{
	{"PK\x03\x04", "import.excel"},
	{"\xd0\xcf\x11\xe0", "import.excel"},
	{"\xff\xfe", "import.utf16"}, // "Unicode Text" of Excel
	{"\xfe\xff", "import.utf16"},
}

// decode returns the text of a file without its byte order mark, or why it cannot be read.
func decode(raw []byte) (string, *Problem) {
	if len(raw) > MaxSize {
		return "", &Problem{Key: "import.size", Args: []any{MaxSize >> 20}}
	}
	for _, f := range foreign {
		if bytes.HasPrefix(raw, []byte(f.begin)) {
			return "", &Problem{Key: f.key}
		}
	}
	raw = bytes.TrimPrefix(raw, []byte("\ufeff"))
	if bad := firstInvalid(raw); bad >= 0 {
		return "", &Problem{Line: 1 + bytes.Count(raw[:bad], []byte("\n")), Key: "import.encoding"}
	}
	if !bytes.Contains(raw, []byte("\n")) { // an old Mac ends its rows with CR alone
		raw = bytes.ReplaceAll(raw, []byte("\r"), []byte("\n"))
	}
	return string(raw), nil
}

// firstInvalid returns where the text stops being UTF-8, or -1. An Excel that saves "CSV" instead of "CSV UTF-8" writes
// Windows-1252, in which any letter with an accent is invalid.
func firstInvalid(raw []byte) int {
	for i := 0; i < len(raw); {
		r, size := utf8.DecodeRune(raw[i:])
		if r == utf8.RuneError && size == 1 {
			return i
		}
		i += size
	}
	return -1
}
