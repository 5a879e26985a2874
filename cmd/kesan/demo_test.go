package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"kesan/survey"
)

// The demo as a newcomer and a script meet it, and as an operator carries on with it.
func TestDemo(t *testing.T) {
	if testing.Short() {
		t.Skip("makes a whole region")
	}
	data := t.TempDir()
	begun := time.Now()
	server := start(t, "demo", data, "--quiet")
	t.Logf("ready after %s", time.Since(begun).Round(100*time.Millisecond))
	d := readGuide(t, data, server.url)
	for _, text := range []string{d.Surveys[0], d.URL + "/masuk", d.APIKey, d.Devices[0].URL, "Layar Ruang Periksa 1, Poli Umum\n", "kode keluar kios 123456", filepath.Join(data, "demo.json")} {
		if !strings.Contains(server.out.String(), text) {
			t.Errorf("the demo does not print %s", text)
		}
	}
	for _, a := range d.Accounts {
		response, err := newClient(t).PostForm(d.URL+"/masuk", url.Values{"nama": {a.Username}, "sandi": {a.Password}})
		check(t, err)
		response.Body.Close()
		if response.StatusCode != http.StatusSeeOther || strings.HasPrefix(response.Header.Get("Location"), "/masuk") {
			t.Errorf("sign in as %s: %s", a.Username, response.Status)
		}
	}
	head := newClient(t)
	response, err := head.PostForm(d.URL+"/masuk", url.Values{"nama": {"kepala.gajahmungkur"}, "sandi": {"demo-kepala.gajahmungkur-kesan"}})
	check(t, err)
	response.Body.Close()
	response, err = head.Get(d.URL + "/dasbor/pesan")
	check(t, err)
	inbox, err := io.ReadAll(response.Body)
	check(t, err)
	response.Body.Close()
	for text, there := range map[string]bool{"Baru (2)": true, "Izin usaha saya": true, "Obat saya": false} {
		if strings.Contains(string(inbox), text) != there {
			t.Errorf("a head's messages say %q: %t", text, !there)
		}
	}
	d.grows(t)
	server.stop()

	for _, line := range strings.Split(strings.TrimSpace(kesan(t, "cycle", "list", "--data", data).out), "\n") {
		period, err := survey.ParsePeriod(strings.Fields(line)[0])
		check(t, err)
		if period.To.Date().Add(lockAfter+48*time.Hour).Before(begun) && !strings.Contains(line, "dikunci") {
			t.Errorf("a cycle of the demo that is long over: %s", line)
		}
	}
	kesan(t, "serve", "--data", data, "--store", "sqllite:x").is(t, 2)
	again := startServer(t, data)
	if out := again.out.String(); !strings.HasPrefix(out, "PERINGATAN: ini wilayah peraga.") {
		t.Errorf("serve does not say that this is the demo's data: %q", out)
	}
	if !strings.Contains(again.errs.String(), `"level":"WARN","msg":"this is the demo's office`) {
		t.Errorf("nor does its log: %q", again.errs)
	}
	d.URL = again.url
	d.grows(t)
	again.stop()

	third := start(t, "demo", data, "--quiet") // carries on, too
	third.stop()
	recountDemo(t, data)
	check(t, os.Remove(filepath.Join(data, "demo.json")))
	kesan(t, "demo", "--data", data, "--addr", "127.0.0.1:0").is(t, 1, "terputus")
}

// readGuide checks that demo.json has exactly the documented shape.
func readGuide(t *testing.T, data, at string) guide {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join(data, "demo.json"))
	check(t, err)
	var shape map[string]json.RawMessage
	check(t, json.Unmarshal(raw, &shape))
	if got := fmt.Sprint(slices.Sorted(maps.Keys(shape))); got != "[accounts api_key cycle devices surveys tickets url]" {
		t.Errorf("demo.json has %s", got)
	}
	var accounts []map[string]string
	check(t, json.Unmarshal(shape["accounts"], &accounts))
	roles := map[string]bool{}
	for _, a := range accounts {
		if got := fmt.Sprint(slices.Sorted(maps.Keys(a))); got != "[password role unit username]" || a["username"] == "" || a["password"] == "" {
			t.Errorf("an account has %s", got)
		}
		roles[a["role"]] = true
	}
	if len(roles) != 6 {
		t.Errorf("the accounts have the roles %v", roles)
	}
	var d guide
	decoder := json.NewDecoder(bytes.NewReader(raw))
	decoder.DisallowUnknownFields()
	check(t, decoder.Decode(&d))
	if len(d.Tickets) != demoTickets || !strings.HasPrefix(d.Tickets[0], at+"/s/") {
		t.Errorf("tickets %q", d.Tickets)
	}
	if d.URL != at || len(d.Surveys) == 0 || !strings.HasPrefix(d.Surveys[0], at+"/s/") || d.APIKey == "" || d.Cycle == "" {
		t.Errorf("url %s, %d surveys, cycle %s", d.URL, len(d.Surveys), d.Cycle)
	}
	return d
}

// grows sends an answer to the first survey and waits until the IKM of one unit rests on one more.
func (g guide) grows(t *testing.T) {
	t.Helper()
	page := g.URL + "/s/" + g.Surveys[0][strings.LastIndex(g.Surveys[0], "/")+1:]
	before := g.counts(t)
	response, err := http.Get(page)
	check(t, err)
	body, err := io.ReadAll(response.Body)
	check(t, err)
	response.Body.Close()
	form := url.Values{survey.FieldForm: {formToken.FindStringSubmatch(string(body))[1]}, survey.FieldWait: {"5"}}
	if service := serviceOption.FindStringSubmatch(string(body)); service != nil {
		form.Set(survey.FieldService, service[1])
	}
	for _, unsur := range survey.UnsurList {
		form.Set(string(unsur), "4")
	}
	response, err = newClient(t).PostForm(page, form)
	check(t, err)
	response.Body.Close()
	if response.StatusCode != http.StatusSeeOther {
		t.Fatalf("answer: %s", response.Status)
	}
	for deadline := time.Now().Add(time.Minute); ; time.Sleep(50 * time.Millisecond) {
		grown := 0
		for unit, n := range g.counts(t) {
			if n == before[unit]+1 {
				grown++
			} else if n != before[unit] {
				t.Fatalf("%s went from %d to %d", unit, before[unit], n)
			}
		}
		if grown > 0 {
			return
		}
		if time.Now().After(deadline) {
			t.Fatal("no figure rests on one more answer after a minute")
		}
	}
}

// serviceOption finds a service to choose on a survey page of a counter that has several.
var serviceOption = regexp.MustCompile(`name="?layanan"?[^>]* value="?([^" >]+)"?`)

// counts pulls the cycle of the demo with its key: on how many answers the IKM of each unit rests.
func (g guide) counts(t *testing.T) map[string]int64 {
	t.Helper()
	counts := map[string]int64{}
	for cursor := ""; ; {
		query := url.Values{"level": {"unit"}, "indicator": {"ikm"}}
		if cursor != "" {
			query.Set("cursor", cursor)
		}
		request, err := http.NewRequest(http.MethodGet, g.URL+"/api/v1/cycles/"+g.Cycle+"/results?"+query.Encode(), nil)
		check(t, err)
		request.Header.Set("Authorization", "Bearer "+g.APIKey)
		response, err := http.DefaultClient.Do(request)
		check(t, err)
		var page struct {
			Items []struct {
				Unit string `json:"unit"`
				N    *int64 `json:"n"`
			} `json:"items"`
			Next *string `json:"next"`
		}
		check(t, json.NewDecoder(response.Body).Decode(&page))
		response.Body.Close()
		for _, row := range page.Items {
			if row.N != nil {
				counts[row.Unit] = *row.N
			}
		}
		if page.Next == nil {
			break
		}
		cursor = *page.Next
	}
	if len(counts) == 0 {
		t.Fatalf("the key pulls no rows of %s", g.Cycle)
	}
	return counts
}

// The demo sends invented answers; it must not send them to an office that is somebody's.
func TestDemoKeepsOffAnOffice(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	prepareOffice(t, data)
	kesan(t, "demo", "--data", data, "--addr", "127.0.0.1:0").is(t, 2, "data kantor lain")
	server := startServer(t, data)
	if strings.Contains(server.out.String()+server.errs.String(), "demo") {
		t.Error("an office of one's own is called the demo's")
	}
}
