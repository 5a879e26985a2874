package handlers

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/routers/legacy"

	"kesan/survey"
)

const ticketsPath = "/api/v1/tickets"

// order sends a body to the tickets' address.
func (c client) order(body string) *answer {
	c.f.t.Helper()
	request := httptest.NewRequest(http.MethodPost, ticketsPath, strings.NewReader(body))
	request.Header.Set("Content-Type", "application/json")
	return c.send(request)
}

func TestAPITickets(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	queue := f.key(survey.APIKey{ID: "antrean", Name: "Antrean", Units: []string{ownUnit}, Scopes: []survey.Scope{survey.ScopeTickets}}, secret)
	var got ticketsAnswer
	must(t, json.Unmarshal([]byte(queue.order(`{"counter":"loket-1","service":"ktp","officer":"`+officerBudi+`","count":3,"svg":true}`).is(201).body), &got))
	if got.Counter != "loket-1" || !got.Expires.Equal(morning.Add(14*60*60*1e9)) || len(got.Items) != 3 {
		t.Fatalf("got %+v", got)
	}
	for _, item := range got.Items {
		token, ok := strings.CutPrefix(item.URL, "HTTP://KESAN.TEST/S/")
		if !ok || !strings.HasPrefix(item.SVG, "<svg ") {
			t.Errorf("ticket %+v", item)
		}
		if typed, err := f.Tickets.Find(t.Context(), item.Code); err != nil || typed != token {
			t.Errorf("code %s leads to %s, %v; want %s", item.Code, typed, err, token)
		}
		f.anyone().post("/S/"+token, f.fill("/S/"+token)).to("/terima-kasih/")
	}
	responses := f.responses(ownUnit)
	if len(responses) != 3 || responses[0].Officer != officerBudi || responses[0].Trust != survey.TrustTicket || responses[0].Service != "ktp" {
		t.Errorf("stored %+v", responses)
	}
	if lines, err := f.Audit.Lines(t.Context(), "2026-11"); err != nil || len(lines) != 1 || lines[0].Who != "api:antrean" || lines[0].Object != "loket-1 3" {
		t.Errorf("audit %+v, %v", lines, err)
	}
}

func TestAPITicketsRefused(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	queue := f.key(survey.APIKey{ID: "antrean", Name: "Antrean", Units: []string{ownUnit}, Scopes: []survey.Scope{survey.ScopeTickets}}, secret)
	figures := f.key(survey.APIKey{ID: "simpeg", Name: "SIMPEG"}, otherSecret)
	if p := figures.order(`{"counter":"loket-1","count":1}`).problem(403); !strings.Contains(p.Detail, "tidak boleh dipakai untuk ini") {
		t.Errorf("a key for figures: %+v", p)
	}
	queue.get("/api/v1/cycles").problem(403)
	if p := queue.order(`{"counter":"loket-poli","count":1}`).problem(403); !strings.Contains(p.Detail, "tidak berlaku untuk unit") {
		t.Errorf("a counter of another unit: %+v", p)
	}
	if allow := queue.get(ticketsPath).header.Get("Allow"); allow != "POST" {
		t.Errorf("Allow %q", allow)
	}
	for _, body := range []string{"", "[]", "null", `"x"`, `{"counter":"loket-1"`, `{"counter":"loket-1","count":1}{}`, `{"count":1}x`, "{\"counter\":}", strings.Repeat("[", 9000)} {
		queue.order(body).problem(400)
	}
	unnamed := httptest.NewRequest(http.MethodPost, ticketsPath, strings.NewReader(`{"counter":"loket-1","count":1}`))
	unnamed.Header.Set("Content-Type", "text/plain")
	queue.send(unnamed).problem(415)
	for name, test := range map[string]struct{ body, field string }{
		"unknown key":              {`{"counter":"loket-1","count":1,"color":"red"}`, "color"},
		"key in other case":        {`{"Counter":"loket-1","count":1}`, "Counter"},
		"key twice":                {`{"counter":"loket-1","count":1,"count":2}`, "count"},
		"key twice, escaped":       {`{"counter":"loket-1","count":1,"c\u006funt":2}`, "count"},
		"text for a number":        {`{"counter":"loket-1","count":"1"}`, "count"},
		"fraction":                 {`{"counter":"loket-1","count":1.5}`, "count"},
		"null":                     {`{"counter":null,"count":1}`, "counter"},
		"none":                     {`{"counter":"loket-1","count":0}`, "count"},
		"101":                      {`{"counter":"loket-1","count":101}`, "count"},
		"no counter":               {`{"count":1}`, "counter"},
		"unknown counter":          {`{"counter":"loket-77","count":1}`, "counter"},
		"closed counter":           {`{"counter":"loket-9","count":1}`, "counter"},
		"service elsewhere":        {`{"counter":"loket-2","service":"ktp","count":1}`, "service"},
		"officer of another unit":  {`{"counter":"loket-1","officer":"` + officerForeign + `","count":1}`, "officer"},
		"officer who is not there": {`{"counter":"loket-1","officer":"x","count":1}`, "officer"},
	} {
		p := queue.order(test.body).problem(422)
		if !slices.ContainsFunc(p.Fields, func(f fieldProblem) bool { return f.Field == test.field && f.Detail != "" }) {
			t.Errorf("%s: %+v does not name %s", name, p, test.field)
		}
	}
}

// Nobody prints a hundred tickets that no phone can open.
func TestAPITicketsOfALocalServer(t *testing.T) {
	t.Parallel()
	f := newFixture(t, func(_ *System, o *Options) { o.BaseURL = "http://localhost:8080" })
	queue := f.key(survey.APIKey{ID: "antrean", Name: "Antrean", Scopes: []survey.Scope{survey.ScopeTickets}}, secret)
	if p := queue.order(`{"counter":"loket-1","count":1}`).problem(409); !strings.Contains(p.Detail, "KESAN_BASE_URL") {
		t.Errorf("got %+v", p)
	}
}

// What is asked and answered is what the file says.
func TestOpenAPIFitsTickets(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	queue := f.key(survey.APIKey{ID: "antrean", Name: "Antrean", Units: []string{ownUnit}, Scopes: []survey.Scope{survey.ScopeTickets}}, secret)
	router, err := legacy.NewRouter(loadOpenAPI(t), openapi3.DisableExamplesValidation())
	must(t, err)
	for _, test := range []struct {
		name, body string
		status     int
	}{
		{"two", `{"counter":"loket-1","count":2}`, 201},
		{"drawn", `{"counter":"loket-1","service":"ktp","officer":"` + officerSiti + `","count":1,"svg":true}`, 201},
		{"other unit", `{"counter":"loket-poli","count":1}`, 403},
		{"too many", `{"counter":"loket-1","count":101}`, 422},
		{"unknown key", `{"counter":"loket-1","count":1,"x":1}`, 422},
	} {
		request := httptest.NewRequest(http.MethodPost, ticketsPath, strings.NewReader(test.body))
		request.Header.Set("Content-Type", "application/json")
		checkRequest(t, router, test.name, request, queue.order(test.body).is(test.status))
	}
}
