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
		"t":       words.T,
		"aset":    asset,
		"angka":   locale.Number,
		"tanggal": locale.Date,
		"peran":   func(role survey.Role) string { return words.T(locale.Default, "role."+string(role)) },
		"jam":     func(t time.Time, zone survey.Zone) string { return locale.DateTime(t, zone) },
	}
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
