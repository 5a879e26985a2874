package handlers

import (
	"bytes"
	"context"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
	"github.com/getkin/kin-openapi/routers/legacy"

	"kesan/scoring"
	"kesan/survey"
)

func loadOpenAPI(t *testing.T) *openapi3.T {
	t.Helper()
	doc, err := openapi3.NewLoader().LoadFromData(openAPI)
	must(t, err)
	return doc
}

func TestOpenAPIIsValid(t *testing.T) {
	t.Parallel()
	doc := loadOpenAPI(t)
	must(t, doc.Validate(t.Context(), openapi3.EnableExamplesValidation()))
}

// Every route of the API is described, and nothing is described that there is not.
func TestOpenAPINamesEveryRoute(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	param := regexp.MustCompile(`:(\w+)`)
	var routes []string
	for _, r := range f.routes() {
		if r.path == "/api" || strings.HasPrefix(r.path, "/api/") {
			routes = append(routes, r.method+" "+param.ReplaceAllString(r.path, "{$1}"))
		}
	}
	var described []string
	for path, item := range loadOpenAPI(t).Paths.Map() {
		for method, operation := range item.Operations() {
			described = append(described, method+" "+path)
			open := operation.Security != nil && len(*operation.Security) == 0
			i := slices.IndexFunc(f.routes(), func(r route) bool { return param.ReplaceAllString(r.path, "{$1}") == path })
			if i >= 0 && f.routes()[i].allow.everyone != open {
				t.Errorf("%s: described as open %v, the route says %v", path, open, f.routes()[i].allow.everyone)
			}
		}
	}
	slices.Sort(routes)
	slices.Sort(described)
	if !slices.Equal(routes, described) {
		t.Errorf("described %q\nroutes    %q", described, routes)
	}
}

// Real answers are what the file says, with the statuses that it names.
func TestOpenAPIFitsAnswers(t *testing.T) {
	t.Parallel()
	f := busyOffice(t)
	f.write(survey.Cycle{ID: "2026-TW3", State: survey.CycleLocked, Version: 1, Digest: strings.Repeat("0a", 32)})
	hr := f.key(survey.APIKey{ID: "simpeg", Name: "SIMPEG"}, secret)
	limited := f.key(survey.APIKey{ID: "dinas", Name: "Dinas", Units: []string{ownUnit}}, otherSecret)
	router, err := legacy.NewRouter(loadOpenAPI(t), openapi3.DisableExamplesValidation())
	must(t, err)
	tag := hr.get(resultsPath).header.Get("ETag")
	for _, test := range []struct {
		name   string
		client client
		path   string
		status int
	}{
		{"cycles", hr, "/api/v1/cycles", 200},
		{"rows", hr, resultsPath, 200},
		{"officers", hr, resultsPath + "?level=officer&limit=2", 200},
		{"unchanged", hr.with("If-None-Match", tag), resultsPath, 304},
		{"no key", f.anyone(), resultsPath, 401},
		{"other unit", limited, resultsPath + "?unit=" + foreignUnit, 403},
		{"no cycle", hr, "/api/v1/cycles/2031/results", 404},
		{"bad level", hr, resultsPath + "?level=desa", 422},
		{"compressed", hr.with("Content-Encoding", "gzip"), resultsPath, 415},
		{"file", f.anyone(), "/api/openapi.json", 200},
		{"page", f.anyone(), "/api", 200},
	} {
		a := test.client.get(test.path).is(test.status)
		checkAgainst(t, router, test.name, test.path, a)
	}
}

func checkAgainst(t *testing.T, router routers.Router, name, path string, a *answer) {
	t.Helper()
	checkRequest(t, router, name, httptest.NewRequest(http.MethodGet, path, http.NoBody), a)
}

func checkRequest(t *testing.T, router routers.Router, name string, request *http.Request, a *answer) {
	t.Helper()
	route, params, err := router.FindRoute(request)
	if err != nil {
		t.Errorf("%s: %v", name, err)
		return
	}
	options := &openapi3filter.Options{IncludeResponseStatus: true, AuthenticationFunc: openapi3filter.NoopAuthenticationFunc}
	input := &openapi3filter.RequestValidationInput{Request: request, PathParams: params, Route: route, Options: options}
	err = openapi3filter.ValidateRequest(context.Background(), input)
	if good := a.status != 422; good != (err == nil) {
		t.Errorf("%s: the file takes the request as %v, the server answers %d", name, err, a.status)
	}
	output := &openapi3filter.ResponseValidationInput{RequestValidationInput: input, Status: a.status, Header: a.header,
		Body: io.NopCloser(bytes.NewBufferString(a.body)), Options: options}
	if err := openapi3filter.ValidateResponse(context.Background(), output); err != nil && !strings.HasPrefix(a.header.Get("Content-Type"), "text/html") {
		t.Errorf("%s: %v", name, err)
	}
}

// The bounds that the file names are those of the code.
func TestOpenAPIBounds(t *testing.T) {
	t.Parallel()
	doc := loadOpenAPI(t)
	parameters := doc.Paths.Value("/api/v1/cycles/{cycle}/results").Get.Parameters
	limit := parameters.GetByInAndName("query", "limit").Schema.Value
	if *limit.Max != maxLimit || limit.Default != float64(defaultLimit) {
		t.Errorf("limit at most %v, by default %v", *limit.Max, limit.Default)
	}
	schemas := doc.Components.Schemas
	row := schemas["Row"].Value.Properties
	for name, of := range map[string]struct {
		schema *openapi3.SchemaRef
		want   []any
	}{
		"indicators": {schemas["IndicatorKey"], anyOf(indicatorKeys()...)},
		"statuses":   {row["status"], anyOf(scoring.StatusProvisional, scoring.StatusFinal, scoring.StatusIndicative, scoring.StatusInsufficient)},
		"sources":    {row["source"], anyOf(scoring.SourceSurvey, scoring.SourceReported, scoring.SourceComputed)},
		"states":     {schemas["Cycle"].Value.Properties["state"], anyOf(survey.CycleOpen, survey.CycleProvisional, survey.CycleLocked)},
	} {
		if !slices.Equal(of.schema.Value.Enum, of.want) {
			t.Errorf("%s %q, want %q", name, of.schema.Value.Enum, of.want)
		}
	}
}

// anyOf returns texts as the file's enumerations hold them.
func anyOf[T ~string](texts ...T) []any {
	var list []any
	for _, text := range texts {
		list = append(list, string(text))
	}
	return list
}

func TestAPIPage(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	a := f.anyone().get("/api").is(200)
	a.says("API Kesan", "GET /api/v1/cycles/{cycle}/results", `curl -H "Authorization: Bearer $KUNCI_KESAN"`,
		`-d '{ "counter": "loket-1", "service": "ktp", "count": 2 }'`, "POST /api/v1/tickets",
		"http://kesan.test/api/v1/cycles/2026-TW4/results?indicator=kepuasan_petugas&level=officer", "422", "verified", "kesan_...")
	// All that the file says about parameters and fields stands on the page.
	doc := loadOpenAPI(t)
	for name := range maps.Keys(doc.Components.Schemas["Row"].Value.Properties) {
		a.says(name)
	}
	file := f.anyone().get("/api/openapi.json").is(200)
	if file.body != string(openAPI) || file.header.Get("Content-Type") != "application/json" {
		t.Errorf("file: %v %.80s", file.header, file.body)
	}
	f.anyone().with("If-None-Match", file.header.Get("ETag")).get("/api/openapi.json").is(304)
}
