package handlers

import (
	"bytes"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"kesan/survey"
	"kesan/survey/keyring"
	"kesan/survey/sqlite"
	"kesan/survey/storetest"
)

// What a browser says of itself is nowhere: not in the database, its log, the keys, or what is logged with every request.
// Only what a citizen wrote is found, and only in the database.
func TestNothingOfTheBrowserIsKept(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	log := &storetest.Buffer{}
	f := newFixture(t, func(system *System, _ *Options) {
		store, err := sqlite.Open(t.Context(), filepath.Join(dir, "kesan.db"))
		must(t, err)
		t.Cleanup(func() { must(t, store.Close()) })
		keys, err := keyring.Open(filepath.Join(dir, "keys"), system.Clock)
		must(t, err)
		register, err := survey.OpenRegister(t.Context(), store, system.Clock)
		must(t, err)
		must(t, register.Write(t.Context(), "admin", "kantor uji", smallOffice()...))
		system.Store, system.Register, system.Keys, system.Minter = store, register, keys, survey.NewMinter(keys)
		system.Log = slog.New(slog.NewJSONHandler(log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	})
	marks := map[string]string{"User-Agent": "MARKAGENT", "Cookie": "sesi=MARKCOOKIE; kesan=MARKSESSION", "X-Forwarded-For": "198.51.100.77", "Forwarded": "for=198.51.100.78", "X-Real-IP": "198.51.100.79",
		"Referer": "http://kesan.test/MARKREFERER", "Accept-Language": "id, en-MARKLANG", "X-Device-Id": "MARKDEVICE", "Sec-CH-UA-Model": "MARKMODEL", "Authorization": "Bearer MARKBEARER", "From": "MARKFROM@kesan.test"}
	var tokens []string
	for i := range 6 {
		form := f.fill(here, survey.FieldComment, "MARKCOMMENT")
		tokens = append(tokens, form.Get("form"))
		switch i {
		case 3:
			form.Set("waktu", "9")
		case 4:
			form.Set(survey.FieldTrap, "MARKTRAP")
		case 5:
			form.Set("MARKFIELD", "MARKVALUE")
		}
		path := here + "?asal=MARKQUERY&" + url.Values{"utm": {"MARKUTM"}}.Encode()
		for range 2 {
			request := httptest.NewRequest(http.MethodPost, path, strings.NewReader(form.Encode()))
			request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			for name, value := range marks {
				request.Header.Set(name, value)
			}
			a := f.anyone().send(request)
			if a.header.Get("Set-Cookie") != "" {
				t.Errorf("a citizen gets a cookie: %q", a.header.Get("Set-Cookie"))
			}
			if place := a.header.Get("Location"); place != "" {
				f.anyone().with("User-Agent", "MARKAGENT").get(place + "&MARKQUERY=1")
			}
		}
		f.anyone().with("User-Agent", "MARKAGENT").get("/s/MARKPATH?MARKQUERY")
		f.anyone().with("User-Agent", "MARKAGENT").post("/masuk?MARKQUERY", url.Values{"nama": {"MARKNAME"}, "sandi": {"MARKPASSWORD"}})
	}
	f.fold()
	if n := len(f.responses(ownUnit)); n != 4 {
		t.Fatalf("%d answers stored, want 4", n)
	}
	commented := 0
	for _, at := range everyFile(t, dir) {
		body, err := os.ReadFile(at)
		must(t, err)
		commented += bytes.Count(body, []byte("MARKCOMMENT"))
		body = bytes.ReplaceAll(body, []byte("MARKCOMMENT"), nil)
		checkMarks(t, filepath.Base(at), body, tokens)
	}
	if commented == 0 {
		t.Error("the comments are not where this test looks")
	}
	checkMarks(t, "the log", []byte(log.String()), append(tokens, "MARKCOMMENT", "/terima-kasih/C", here))
}

// checkMarks looks for what must not be kept, also of a sign-in that failed: people type passwords into the wrong field.
func checkMarks(t *testing.T, where string, body []byte, more []string) {
	t.Helper()
	for _, mark := range append([]string{"MARK", "198.51.100", "markname", "127.0.0.1", "0.0.0.0"}, more...) {
		if i := bytes.Index(body, []byte(mark)); i >= 0 {
			t.Errorf("%s holds %s: %.120q", where, mark, body[max(0, i-40):])
		}
	}
}

func everyFile(t *testing.T, dir string) (files []string) {
	t.Helper()
	must(t, filepath.WalkDir(dir, func(path string, entry os.DirEntry, err error) error {
		if err == nil && !entry.IsDir() {
			files = append(files, path)
		}
		return err
	}))
	if len(files) < 4 { // database, its log, its index, a key
		t.Fatalf("files %v", files)
	}
	return files
}
