package main

import (
	"encoding/csv"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

func TestTickets(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	for _, kind := range []string{"unit", "layanan", "loket"} {
		kesan(t, "import", "--data", data, kind, filepath.Join("..", "..", "public", "contoh", kind+".csv")).is(t, 0)
	}
	issue := func(more ...string) printed {
		return kesan(t, append([]string{"tickets", "--data", data, "--base-url", "https://kesan.test/", "--counter", "L1"}, more...)...)
	}
	slip := regexp.MustCompile(`(?m)^[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}  HTTPS://KESAN\.TEST/S/[A-Z2-7]{71}$`)
	untilEnd := regexp.MustCompile(`(?m)^Berlaku sampai akhir \d{1,2} [A-Z][a-z]+ 20\d\d\. Kode diketik di kesan\.test/t$`)
	if text := issue("--count", "3").is(t, 0, "Loket 1", "kesan.test/t"); len(slip.FindAllString(text.out, -1)) != 3 || !untilEnd.MatchString(text.out) {
		t.Errorf("text:\n%s", text.out)
	}
	rows, err := csv.NewReader(strings.NewReader(issue("--count", "2", "--format", "csv").is(t, 0).out)).ReadAll()
	check(t, err)
	if len(rows) != 3 || strings.Join(rows[0], " ") != "code url expires" || len(rows[1][0]) != 11 {
		t.Errorf("csv: %q", rows)
	}
	page := issue("--count", "2", "--format", "html").is(t, 0, "2 tiket untuk Loket 1", "<svg").out
	if strings.Contains(page, "href=\"/") || strings.Contains(page, "src=") || strings.Count(page, "class=\"slip\"") != 2 {
		t.Error("the page does not stand alone or has not two slips")
	}
	issue("--count", "101").is(t, 2, "--count: ", "100")
	issue("--service", "x").is(t, 2, "--service: ")
	issue("--officer", "x").is(t, 2, "--officer: ")
	issue("--format", "pdf").is(t, 2, "--format")
	kesan(t, "tickets", "--data", data, "--base-url", "https://kesan.test", "--counter", "x").is(t, 2, "--counter: Tidak ada loket")
	kesan(t, "tickets", "--data", data, "--counter", "L1").is(t, 2, "--base-url")
	kesan(t, "tickets", "--data", t.TempDir(), "--base-url", "https://kesan.test", "--counter", "x").is(t, 1, "tidak ada basis data di sana")
}
