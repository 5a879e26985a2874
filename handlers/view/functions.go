package view

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"html/template"
	"time"

	"kesan/handlers/locale"
	"kesan/public"
	"kesan/survey"
)

// functions are what templates may call: texts, and the Indonesian way to write numbers and dates.
func functions(words *locale.Words) template.FuncMap {
	return template.FuncMap{
		"t":       func(lang, key string, args ...any) template.HTML { return marked(words, lang, key, args) },
		"aset":    asset,
		"angka":   locale.Number,
		"nomor":   func(i int) int { return i + 1 }, // of what is counted from 0; the page after a page
		"lingkar": survey.PaperMark,
		"sebelum": func(i int) int { return i - 1 },
		"tanggal": locale.Date,
		"peran":   func(role survey.Role) string { return words.T(locale.Default, "role."+string(role)) },
		"jam":     func(t time.Time, zone survey.Zone) string { return locale.DateTime(t, zone) },
	}
}

// marked returns a text of a page; one that the page's language lacks is marked as the Indonesian that it is.
func marked(words *locale.Words, lang, key string, args []any) template.HTML {
	text := template.HTMLEscapeString(words.T(lang, key, args...))
	if words.In(lang, key) != lang {
		text = `<span lang="` + locale.Default + `">` + text + `</span>`
	}
	return template.HTML(text)
}

// asset returns the address of a file under /aset. It carries the file's hash, so that browsers may keep it for ever.
func asset(name string) (string, error) {
	body, err := public.Assets.ReadFile("asset/" + name)
	if err != nil {
		return "", fmt.Errorf("asset: %w", err)
	}
	sum := sha256.Sum256(body)
	return "/aset/" + name + "?v=" + hex.EncodeToString(sum[:4]), nil
}
