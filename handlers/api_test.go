package handlers

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"kesan/scoring"
	"kesan/survey"
	"kesan/survey/keyring"
)

const (
	secret      = "kesan_rahasia-untuk-uji"
	otherSecret = "kesan_rahasia-yang-lain"

	resultsPath = "/api/v1/cycles/2026-TW4/results"
	// sheetCamat hangs at a counter of the unit above, where Siti serves too.
	sheetCamat = "KESAN004"
)

// key gives another system a key and returns it as a client.
func (f *fixture) key(key survey.APIKey, secret string) client {
	f.t.Helper()
	hash := sha256.Sum256([]byte(secret))
	key.Hash = hash[:]
	f.write(key)
	return f.anyone().with("Authorization", "Bearer "+secret)
}

// busyOffice is an office with enough answers for every kind of figure: Siti has 40 in her own unit and 30 in the unit
// above, Budi 12 (indicative), the health centre 6, and Ratna none.
func busyOffice(t *testing.T) *fixture {
	t.Helper()
	f := newFixture(t)
	f.write(
		survey.Counter{Code: "loket-camat", Unit: parentUnit, Name: "Loket Camat"},
		survey.Service{Code: "surat", Unit: parentUnit, Name: "Surat Pengantar"},
		survey.Sheet{ID: sheetCamat, Counter: "loket-camat", ValidFrom: "2026-01-01"},
		survey.Duty{Counter: "loket-camat", Officer: officerSiti, From: "2026-11-18T08:00", To: "2026-11-18T16:00"},
		survey.Target{Indicator: scoring.IKM, Level: survey.LevelUnit, Unit: ownUnit, Period: "2026", Value: 8000},
		survey.Target{Indicator: scoring.KepuasanPetugas, Level: survey.LevelOfficer, Unit: ownUnit, Period: "2026-TW4", Value: 8000},
	)
	f.give(sheetOne, "ktp", 40)
	f.give(sheetTwo, "kk", 12)
	f.give(sheetCamat, "surat", 30)
	f.give(sheetForeign, "poli", 6)
	f.fold()
	return f
}

// give gives answers at a sheet: every fourth person chose 4 everywhere, the others 3; each waited 10 minutes.
func (f *fixture) give(sheet, service string, n int) {
	f.t.Helper()
	for i := range n {
		answers := served(service, 3+(i+1)%4/3)
		wait := 10
		answers.Wait = &wait
		f.answer(sheet, answers)
	}
}

// rows reads the items of an answer.
func (a *answer) rows() (rows []json.RawMessage, next string) {
	a.t.Helper()
	var body struct {
		Items []json.RawMessage
		Next  *string
	}
	must(a.t, json.Unmarshal([]byte(a.is(200).body), &body))
	if body.Next != nil {
		next = *body.Next
	}
	return body.Items, next
}

// problem reads an error and checks what every error has.
func (a *answer) problem(status int) problemDetails {
	a.t.Helper()
	var p problemDetails
	must(a.t, json.Unmarshal([]byte(a.is(status).body), &p))
	if got := a.header.Get("Content-Type"); got != "application/problem+json" {
		a.t.Errorf("content type %q", got)
	}
	if p.Status != status || p.Type != "about:blank" || p.ID == "" || p.Title == "" || strings.HasPrefix(p.Title, "error.") {
		a.t.Errorf("problem lacks something: %s", a.body)
	}
	return p
}

func TestAPIKeys(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	good := f.key(survey.APIKey{ID: "simpeg", Name: "SIMPEG"}, secret)
	second := f.key(survey.APIKey{ID: "dua", Name: "Kunci pengganti"}, otherSecret)
	revoked := f.key(survey.APIKey{ID: "lama", Name: "Lama", Revoked: true}, "kesan_lama")
	lasting := f.key(survey.APIKey{ID: "hari-ini", Name: "Sampai hari ini", Expires: "2026-11-18"}, "kesan_hari-ini")
	expired := f.key(survey.APIKey{ID: "kemarin", Name: "Sampai kemarin", Expires: "2026-11-17"}, "kesan_kemarin")
	for _, test := range []struct {
		name      string
		client    client
		status    int
		detail    string
		challenge string
	}{
		{"good", good, 200, "", ""},
		{"second beside it", second, 200, "", ""},
		{"scheme in lower case", f.anyone().with("Authorization", "bearer "+secret), 200, "", ""},
		{"last day", lasting, 200, "", ""},
		{"none", f.anyone(), 401, "Sertakan kunci API", `Bearer realm="Kesan"`},
		{"empty", f.anyone().with("Authorization", "Bearer "), 401, "Sertakan kunci API", `Bearer realm="Kesan"`},
		{"basic", f.anyone().with("Authorization", "Basic "+secret), 401, "Sertakan kunci API", `Bearer realm="Kesan"`},
		{"unknown", f.anyone().with("Authorization", "Bearer kesan_tebakan"), 401, "tidak dikenal", `Bearer realm="Kesan", error="invalid_token", error_description="the key is unknown"`},
		{"revoked", revoked, 401, "sudah dicabut", `Bearer realm="Kesan", error="invalid_token", error_description="the key has been revoked"`},
		{"expired", expired, 401, "sudah habis", `Bearer realm="Kesan", error="invalid_token", error_description="the key has expired"`},
		{"signed in without key", f.as(survey.RoleHR), 401, "Sertakan kunci API", `Bearer realm="Kesan"`},
	} {
		for _, path := range []string{"/api/v1/cycles", resultsPath} {
			a := test.client.get(path)
			if a.is(test.status); test.status == 200 {
				continue
			}
			if p := a.problem(401); !strings.Contains(p.Detail, test.detail) {
				t.Errorf("%s, %s: detail %q, want %q", test.name, path, p.Detail, test.detail)
			}
			if got := a.header.Get("WWW-Authenticate"); got != test.challenge {
				t.Errorf("%s, %s: challenge %q, want %q", test.name, path, got, test.challenge)
			}
			a.hides("simpeg", secret)
		}
	}
	f.pass(24 * time.Hour)
	lasting.get("/api/v1/cycles").problem(401)
}

func TestAPICycles(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	digest := strings.Repeat("0a", 32)
	f.write(survey.Cycle{ID: "2026-TW3", State: survey.CycleLocked, Version: 1, Digest: digest},
		survey.Cycle{ID: "2026-12", State: survey.CycleOpen, Version: 1}, survey.Cycle{ID: "2026", State: survey.CycleOpen, Version: 1})
	a := f.key(survey.APIKey{ID: "simpeg", Name: "SIMPEG"}, secret).get("/api/v1/cycles").is(200)
	want := `{"items":[{"id":"2026-12","from":"2026-12-01","to":"2026-12-31","state":"open","version":1},` +
		`{"id":"2026-TW4","from":"2026-10-01","to":"2026-12-31","state":"open","version":1},` +
		`{"id":"2026","from":"2026-01-01","to":"2026-12-31","state":"open","version":1},` +
		`{"id":"2026-TW3","from":"2026-07-01","to":"2026-09-30","state":"locked","version":1,"digest":"` + digest + `"}]}`
	if a.body != want {
		t.Errorf("got  %s\nwant %s", a.body, want)
	}
	if got := a.header.Get("Cache-Control"); !strings.HasPrefix(got, "private") {
		t.Errorf("cache control %q", got)
	}
}

func TestAPIResults(t *testing.T) {
	t.Parallel()
	f := busyOffice(t)
	hr := f.key(survey.APIKey{ID: "simpeg", Name: "SIMPEG"}, secret)
	a := hr.get(resultsPath + "?level=officer&unit=" + ownUnit + "&indicator=kepuasan_petugas").is(200)
	// Of Siti's 40 answers in this unit ten are 4 and thirty are 3: (30 x 3 + 10 x 4) / 40 x 25 = 81,25.
	for _, want := range []string{
		`{"cycle":{"id":"2026-TW4","from":"2026-10-01","to":"2026-12-31","state":"open","version":1},"items":[`,
		`{"level":"officer","unit":"33.74.09.01","nip":"199001152015032001","indicator":"kepuasan_petugas","value":81.25,"grade":"B",` +
			`"target":80,"achievement":101.56,"n":40,`,
		`"source":"survey","coverage":1,"status":"provisional","recipe":"kepuasan_petugas@1"}`,
		`"nip":"198505202010011002"`, `"status":"indicative"`,
		`"next":null}`,
	} {
		if !strings.Contains(a.body, want) {
			t.Errorf("answer lacks %s:\n%s", want, a.body)
		}
	}
	all := hr.get(resultsPath).is(200).hides("PKM-07", "Siti", "Yohana", foreignUnit+`","nip":"`)
	results, err := f.Results.Results(t.Context(), "2026-TW4")
	must(t, err)
	for _, row := range results.Rows {
		item, err := json.Marshal(row)
		must(t, err)
		if !strings.Contains(all.body, string(item)) {
			t.Errorf("answer lacks the row %s", item)
		}
	}
	if items, next := all.rows(); len(items) != len(results.Rows) || next != "" {
		t.Errorf("%d of %d rows, next %q", len(items), len(results.Rows), next)
	}
}

func TestAPIKeyOfUnit(t *testing.T) {
	t.Parallel()
	f := busyOffice(t)
	limited := f.key(survey.APIKey{ID: "dinas", Name: "Dinas", Units: []string{ownUnit}}, secret)
	both := f.key(survey.APIKey{ID: "camat", Name: "Camat", Units: []string{parentUnit}}, otherSecret)

	items, _ := limited.get(resultsPath).rows()
	for _, item := range items {
		if !strings.Contains(string(item), `"unit":"`+ownUnit+`"`) {
			t.Errorf("a key of %s sees %s", ownUnit, item)
		}
	}
	if len(items) == 0 {
		t.Error("a key of a unit sees nothing")
	}
	for _, unit := range []string{parentUnit, foreignUnit} {
		if p := limited.get(resultsPath + "?unit=" + unit).problem(403); !strings.Contains(p.Detail, "tidak berlaku untuk unit") {
			t.Errorf("detail %q", p.Detail)
		}
	}
	// Siti served in both units of the district: its key sees her figures over all of them, her section's does not.
	pooled := `"level":"officer","unit":null,"nip":"` + officerSiti
	if body := both.get(resultsPath).is(200).hides(foreignUnit).body; !strings.Contains(body, pooled) {
		t.Errorf("the district's key lacks the officer over all units: %s", body)
	}
	both.get(resultsPath + "?unit=" + ownUnit).is(200).hides(pooled)
}

func TestAPIErrors(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	hr := f.key(survey.APIKey{ID: "simpeg", Name: "SIMPEG"}, secret)
	for _, test := range []struct {
		query string
		field string
	}{
		{"level=desa", "level"},
		{"level=", "level"},
		{"unit=99.99", "unit"},
		{"unit=%ff", "unit"},
		{"indicator=ipm", "indicator"},
		{"limit=0", "limit"},
		{"limit=1001", "limit"},
		{"limit=-1", "limit"},
		{"limit=+5", "limit"},
		{"limit=5x", "limit"},
		{"cursor=x", "cursor"},
		{"cursor=AAAA", "cursor"},
		{"cursor=" + strings.Repeat("A", 3000), "cursor"},
		{"unti=33.74.09.01", "unti"},
		{"Level=unit", "Level"},
		{"level=unit&level=officer", "level"},
		{"%ff=1", "?"},
		{"level=unit&limit=0", "limit"},
	} {
		a := hr.get(resultsPath + "?" + test.query)
		p := a.problem(422)
		if len(p.Fields) != 1 || p.Fields[0].Field != test.field || p.Fields[0].Detail == "" || strings.HasPrefix(p.Fields[0].Detail, "api.") {
			t.Errorf("%.40s: fields %v, want %s", test.query, p.Fields, test.field)
		}
	}
	hr.get("/api/v1/cycles?limit=5").problem(422)
	for _, path := range []string{"/api/v1/cycles/2027-TW1/results", "/api/v1/cycles/../results", "/api/v1/cycles/%00/results", "/api/v1/x", "/api/", "/api/v1/cycles/"} {
		hr.get(path).problem(404)
	}
	for _, method := range []string{http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete, http.MethodOptions} {
		for _, path := range []string{"/api/v1/cycles", resultsPath, "/api/openapi.json"} {
			a := hr.send(httptest.NewRequest(method, path, http.NoBody))
			a.problem(405)
			if got := a.header.Get("Allow"); got != "GET, HEAD" {
				t.Errorf("%s %s: allow %q", method, path, got)
			}
		}
	}
	hr.with("Content-Encoding", "gzip").get("/api/v1/cycles").problem(415)
}

func TestAPIPages(t *testing.T) {
	t.Parallel()
	f := busyOffice(t)
	hr := f.key(survey.APIKey{ID: "simpeg", Name: "SIMPEG"}, secret)
	for _, query := range []url.Values{{}, {"level": {"officer"}}, {"unit": {ownUnit}}, {"indicator": {"nilai"}}} {
		whole, next := hr.get(resultsPath + "?" + query.Encode() + "&limit=1000").rows()
		if next != "" || len(whole) < 3 {
			t.Fatalf("%v: %d rows, next %q", query, len(whole), next)
		}
		for _, limit := range []int{1, 2, 3, 7, len(whole), len(whole) + 1} {
			var walked []json.RawMessage
			page := plus(query, "limit", fmt.Sprint(limit))
			for steps := 0; ; steps++ {
				if steps > len(whole) {
					t.Fatalf("%v by %d: the pages do not end", query, limit)
				}
				items, next := hr.get(resultsPath + "?" + page.Encode()).rows()
				walked = append(walked, items...)
				if next == "" {
					break
				}
				page.Set("cursor", next)
				if strings.Contains(next, officerSiti) {
					t.Errorf("the cursor %q shows a NIP", next)
				}
			}
			if !slices.EqualFunc(whole, walked, func(a, b json.RawMessage) bool { return string(a) == string(b) }) {
				t.Errorf("%v by %d: %d rows walked, %d whole", query, limit, len(walked), len(whole))
			}
		}
	}
	// A cursor goes on with the query that it was given for, with another number of rows too, and with no other.
	_, next := hr.get(resultsPath + "?level=officer&limit=2").rows()
	hr.get(resultsPath + "?level=officer&limit=5&cursor=" + next).is(200)
	hr.get(resultsPath + "?level=unit&limit=2&cursor=" + next).problem(422)
	hr.get(resultsPath + "?limit=2&cursor=" + next).problem(422)
	hr.get(resultsPath + "?level=officer&cursor=" + next[:len(next)-2]).problem(422)
	hr.get(resultsPath + "?level=officer&cursor=" + next + "%0a").problem(422)
}

// plus returns the query with one more parameter.
func plus(query url.Values, name, value string) url.Values {
	more := url.Values{name: {value}}
	for key, values := range query {
		more[key] = values
	}
	return more
}

// A page goes on at the right place even when officers appear between two calls.
func TestAPIPageAfterNewRows(t *testing.T) {
	t.Parallel()
	f := busyOffice(t)
	hr := f.key(survey.APIKey{ID: "simpeg", Name: "SIMPEG"}, secret)
	before, _ := hr.get(resultsPath + "?level=officer&limit=1000").rows()
	_, next := hr.get(resultsPath + "?level=officer&limit=4").rows()
	const early = "197001011995031001" // stands before everybody
	f.write(survey.Officer{ID: early, Employment: survey.PNS, Name: "Awal", Unit: parentUnit},
		survey.Duty{Counter: "loket-camat", Officer: early, From: "2026-11-19T08:00", To: "2026-11-19T16:00"})
	f.pass(24 * time.Hour)
	f.give(sheetCamat, "surat", 12)
	f.fold()
	items, _ := hr.get(resultsPath + "?level=officer&limit=1000&cursor=" + next).rows()
	if len(items) != len(before)-4 {
		t.Errorf("%d rows after the first four of %d", len(items), len(before))
	}
	for _, item := range items {
		if strings.Contains(string(item), early) {
			t.Errorf("a row that stands before the cursor came after it: %s", item)
		}
	}
}

func TestAPITag(t *testing.T) {
	t.Parallel()
	f := busyOffice(t)
	hr := f.key(survey.APIKey{ID: "simpeg", Name: "SIMPEG"}, secret)
	const path = resultsPath + "?level=unit"
	first := hr.get(path).is(200)
	tag := first.header.Get("ETag")
	if len(tag) < 10 || first.header.Get("Cache-Control") != "private, no-cache" || first.header.Get("Vary") != "Authorization" {
		t.Errorf("headers %v", first.header)
	}
	f.pass(time.Hour)
	if again := hr.get(path).is(200); again.header.Get("ETag") != tag || again.body != first.body {
		t.Error("another tag or body an hour later without another answer")
	}
	for _, known := range []string{tag, `"x", ` + tag, "W/" + tag, "*"} {
		if a := hr.with("If-None-Match", known).get(path).is(304); a.body != "" || a.header.Get("ETag") != tag {
			t.Errorf("304 for %s: %q %v", known, a.body, a.header)
		}
	}
	hr.with("If-None-Match", `"x"`).get(path).is(200)
	f.anyone().with("If-None-Match", tag).get(path).is(401)

	head := hr.send(httptest.NewRequest(http.MethodHead, path, http.NoBody)).is(200)
	if head.body != "" || head.header.Get("ETag") != tag || head.header.Get("Content-Length") != fmt.Sprint(len(first.body)) {
		t.Errorf("HEAD: %q %v", head.body, head.header)
	}

	f.give(sheetOne, "ktp", 20)
	f.fold()
	if changed := hr.with("If-None-Match", tag).get(path).is(200); changed.header.Get("ETag") == tag {
		t.Error("the same tag after twenty more answers")
	}
}

func TestAPIAudit(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	hr := f.key(survey.APIKey{ID: "simpeg", Name: "SIMPEG"}, secret)
	hr.get("/api/v1/cycles").is(200)
	hr.get(resultsPath + "?level=officer&limit=5").is(200)
	hr.get(resultsPath + "?level=desa").is(422)
	f.anyone().get(resultsPath).is(401)
	lines, err := f.Audit.Lines(t.Context(), "2026-11")
	must(t, err)
	var got []string
	for _, line := range lines {
		got = append(got, line.Who+" "+string(line.Action)+" "+line.Object)
	}
	slices.Sort(got)
	if want := []string{"api:simpeg hr_pull 2026-TW4 level=officer limit=5", "api:simpeg hr_pull cycles"}; !slices.Equal(got, want) {
		t.Errorf("audit %q, want %q", got, want)
	}
}

// A cursor tells nothing to who reads the log of a proxy, is the same each time, and opens for its own query alone.
func TestCursor(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	query := f.cursors("2026-TW4", rowFilter{level: survey.LevelOfficer})
	row := place{survey.LevelOfficer, ownUnit, officerSiti, scoring.IKM}
	text := query.write(row)
	raw, err := base64.RawURLEncoding.DecodeString(text)
	must(t, err)
	if bytes.Contains(raw, []byte(officerSiti)) || bytes.Contains(raw, []byte(ownUnit)) || query.write(row) != text {
		t.Errorf("cursor %q, then %q", raw, query.write(row))
	}
	if got, ok := query.read(text); !ok || got != row {
		t.Errorf("read %v, %v", got, ok)
	}
	for name, other := range map[string]cursors{"another cycle": f.cursors("2026-TW3", rowFilter{level: survey.LevelOfficer}),
		"another filter": f.cursors("2026-TW4", rowFilter{level: survey.LevelOfficer, unit: ownUnit}), "another deployment": newFixture(t).cursors("2026-TW4", rowFilter{level: survey.LevelOfficer})} {
		if got, ok := other.read(text); ok {
			t.Errorf("%s: read %v", name, got)
		}
	}
}

func FuzzCursor(f *testing.F) {
	keys, err := keyring.Open(filepath.Join(f.TempDir(), "keys"), func() time.Time { return morning })
	must(f, err)
	query := cursors{keys, "2026-TW4"}
	f.Add(query.write(place{level: survey.LevelUnit, unit: ownUnit, indicator: scoring.IKM}))
	f.Add("")
	f.Fuzz(func(t *testing.T, text string) {
		if p, ok := query.read(text); ok && query.write(p) != text {
			t.Errorf("%q is read as %v, which is written otherwise", text, p)
		}
	})
}
