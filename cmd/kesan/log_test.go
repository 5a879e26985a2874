package main

import (
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"kesan/survey"
)

var shownID = regexp.MustCompile(`Kode kejadian: <code>([a-z2-7]+)</code>`)

// The log tells operators what happened, never who came or what was said, even when everything is logged and the store
// fails. What a page gives as the code of an incident stands in the log.
func TestLogHoldsNoPerson(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	page := prepareOffice(t, data)
	server := startServer(t, data, "--debug")
	client := newClient(t)
	send := func(method, path string, form url.Values) (int, string) {
		t.Helper()
		request, err := http.NewRequest(method, server.url+path, strings.NewReader(form.Encode()))
		check(t, err)
		for name, value := range map[string]string{"User-Agent": "TANDA-peramban", "Cookie": "kesan=TANDA-kue; lain=TANDA-lain", "Referer": server.url + "/TANDA-rujukan",
			"X-Forwarded-For": "203.0.113.77", "Authorization": "Bearer TANDA-kunci", "Accept-Language": "id,TANDA"} {
			request.Header.Set(name, value)
		}
		if method == http.MethodPost {
			request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		}
		response, err := client.Do(request)
		check(t, err)
		defer response.Body.Close()
		body, err := io.ReadAll(response.Body)
		check(t, err)
		return response.StatusCode, string(body)
	}
	answer := func() url.Values {
		_, body := send("GET", page+"?asal=TANDA-asal", nil)
		form := url.Values{survey.FieldForm: {formToken.FindStringSubmatch(body)[1]}, survey.FieldComment: {"TANDA-komentar 081234567890"}}
		for _, unsur := range survey.UnsurList {
			form.Set(string(unsur), "2")
		}
		return form
	}
	if status, _ := send("POST", page, answer()); status != http.StatusSeeOther {
		t.Fatalf("answer: %d", status)
	}
	late := answer()
	if status, body := send("GET", "/TANDA-alamat?nama=TANDA-nama", nil); status != http.StatusNotFound || shownID.MatchString(body) {
		t.Errorf("a page that is not there: %d, with a code that nobody can look up: %v", status, shownID.FindString(body))
	}
	login := url.Values{"nama": {"TANDA-pengguna"}, "sandi": {"TANDA-kata sandi"}}
	send("POST", "/masuk", login)
	_, refused := send("GET", "/api/v1/cycles?unit=TANDA-unit", nil)

	alter(t, data, "ALTER TABLE entries RENAME TO lost")
	alter(t, data, "ALTER TABLE records RENAME TO lost_too")
	if status, body := send("POST", page, late); status != http.StatusServiceUnavailable || !strings.Contains(body, "TANDA-komentar") {
		t.Errorf("a store that fails: %d, and the page must keep what was typed", status)
	}
	status, failed := send("POST", "/masuk", login)
	server.stop()

	log := server.errs.String()
	for _, mark := range []string{"TANDA", "203.0.113.77", "081234567890", "127.0.0.1:", late.Get(survey.FieldForm), strings.TrimPrefix(page, "/s/")} {
		if strings.Contains(log, mark) {
			t.Errorf("the log holds %q", mark)
		}
	}
	ids := map[string]string{}
	for line := range strings.Lines(log) {
		var entry struct{ Msg, Level, ID, Route string }
		if err := json.Unmarshal([]byte(line), &entry); err != nil || entry.Msg == "" || entry.Level == "" {
			t.Errorf("not a line of JSON: %q, %v", line, err)
		}
		ids[entry.ID] = entry.Route
	}
	if found := shownID.FindStringSubmatch(failed); status != http.StatusInternalServerError || found == nil || ids[found[1]] != "/masuk" {
		t.Errorf("sign-in while the store fails: %d, code %v, in the log %v", status, found, ids)
	}
	var problem struct{ ID string }
	check(t, json.Unmarshal([]byte(refused), &problem))
	if ids[problem.ID] != "/api/v1/cycles" {
		t.Errorf("the API gave the code %q, in the log are %v", problem.ID, ids)
	}
	if !strings.Contains(log, "answer not stored") {
		t.Error("the log does not say that an answer could not be stored")
	}
}
