package main

import (
	"html"
	"io"
	"net/http"
	"net/url"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// What is done on the command line stands in the audit and the history of the pages, with who did it; what was refused or
// only looked at leaves nothing there.
func TestCommandsInAudit(t *testing.T) {
	t.Parallel()
	const password = "hujan deras di sore hari"
	data, away := t.TempDir(), t.TempDir()
	prepareOffice(t, data)
	units := filepath.Join("..", "..", "public", "contoh", "unit.csv")
	run := func(code int, stdin string, args ...string) {
		t.Helper()
		call{stdin: stdin}.kesan(t, append(args, "--data", data)...).is(t, code)
	}
	run(0, password, "account", "password", "admin", "--password-stdin")
	run(0, "", "account", "add", "sdm", "--role", "hr")
	run(0, "", "account", "disable", "sdm")
	run(0, "", "tickets", "--counter", "L1", "--count", "3", "--base-url", "https://kesan.test")
	run(0, "", "import", "unit", units)
	run(0, "", "cycle", "open", pastCycle, "--reason", "susulan")
	run(0, "", "backup", filepath.Join(away, "salinan.db"))
	run(0, "", "key", "rotate")
	run(0, "", "key", "retire", "1")
	run(0, passphrase, "key", "backup", filepath.Join(away, "kunci.cadangan"))
	run(0, "", "key", "confirm-clock")

	run(2, "pendek", "account", "password", "admin", "--password-stdin")
	run(2, "", "tickets", "--counter", "L9", "--base-url", "https://kesan.test")
	run(0, "", "import", "unit", units, "--dry-run")
	run(1, "", "key", "retire", "2")
	run(2, "", "key", "backup", filepath.Join(away, "kedua"))
	run(1, passphrase, "key", "restore", filepath.Join(away, "kunci.cadangan"))
	run(0, "", "account", "list")
	run(0, "", "key", "list")
	run(0, "", "verify")

	server := startServer(t, data)
	admin := newClient(t)
	response, err := admin.PostForm(server.url+"/masuk", url.Values{"nama": {"admin"}, "sandi": {password}})
	check(t, err)
	response.Body.Close()
	audit := rows(t, admin, server.url+"/kelola/riwayat/audit")
	if len(audit) != 10 || !strings.HasPrefix(audit[0], "admin | Masuk") {
		t.Fatalf("audit of %d lines:\n%s", len(audit), strings.Join(audit, "\n"))
	}
	who := "baris perintah (wati) | "
	if got, want := audit[1:], []string{
		who + "Membenarkan jam komputer yang melompat maju | ",
		who + "Mencadangkan kunci induk | kunci.cadangan",
		who + "Memusnahkan kunci induk | 1",
		who + "Membuat kunci induk baru | 2",
		who + "Mencadangkan basis data | salinan.db",
		who + "Mengimpor berkas | unit: unit.csv (3 baru, 0 berubah)",
		who + "Membuat tiket sekali pakai | L1 3",
		who + "Mengatur ulang kata sandi | sdm",
		who + "Mengatur ulang kata sandi | admin",
	}; !slices.Equal(got, want) {
		t.Errorf("audit:\n%s\nwant:\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	history := readPage(t, admin, server.url+"/kelola/riwayat")
	for _, text := range []string{"baris perintah (wati)", "susulan", "akun baru", "impor unit: unit.csv (3 baru, 0 berubah)"} {
		if !strings.Contains(history, text) {
			t.Errorf("the history lacks %q", text)
		}
	}

	restored := t.TempDir()
	restore(t, restored, filepath.Join(away, "salinan.db"), filepath.Join(away, "kunci.cadangan"))
	again := startServer(t, restored)
	response, err = admin.PostForm(again.url+"/masuk", url.Values{"nama": {"admin"}, "sandi": {password}})
	check(t, err)
	response.Body.Close()
	if got := rows(t, admin, again.url+"/kelola/riwayat/audit"); len(got) < 3 || got[1] != who+"Memulihkan kunci induk dari cadangan | kunci.cadangan" ||
		got[2] != who+"Memulihkan basis data dari cadangan | salinan.db" {
		t.Errorf("audit after a restore:\n%s", strings.Join(got, "\n"))
	}
}

// readPage returns what stands on a page.
func readPage(t *testing.T, client *http.Client, address string) string {
	t.Helper()
	response, err := client.Get(address)
	check(t, err)
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	check(t, err)
	if response.StatusCode != http.StatusOK {
		t.Fatalf("%s: %s", address, response.Status)
	}
	return html.UnescapeString(string(body))
}

var tableCell = regexp.MustCompile(`<td[^>]*>([^<]*)`)

// rows returns the rows of the first table of a page without their headings.
func rows(t *testing.T, client *http.Client, address string) []string {
	t.Helper()
	_, body, _ := strings.Cut(readPage(t, client, address), "<tbody>")
	body, _, _ = strings.Cut(body, "</tbody>")
	var list []string
	for row := range strings.SplitSeq(body, "<tr>") {
		var cells []string
		for _, cell := range tableCell.FindAllStringSubmatch(row, -1) {
			cells = append(cells, cell[1])
		}
		if len(cells) > 0 {
			list = append(list, strings.Join(cells, " | "))
		}
	}
	return list
}
