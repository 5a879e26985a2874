package handlers

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// What operators watch counts the table's routes, never an address that a stranger made up, and every write to the store.
func TestMetrics(t *testing.T) {
	t.Parallel()
	f := newFixture(t, func(_ *System, o *Options) { o.OpenMetrics = true })
	f.anyone().get("/").is(200)
	for _, path := range []string{"/wp-login.php", "/S", "/.git/config"} {
		f.anyone().get(path).is(404)
	}
	refused := httptest.NewRequest(http.MethodPost, here, strings.NewReader("form=x"))
	refused.Header.Set("Content-Encoding", "gzip")
	f.anyone().send(refused).is(415)
	f.answer(sheetOne, served("ktp", 4))
	f.answer(sheetOne, served("ktp", 3))
	f.anyone().get("/metrics").is(200).says(
		`kesan_requests_total{route="/",status="2xx"} 1`,
		`kesan_requests_total{route="unrouted",status="4xx"} 4`,
		`kesan_request_seconds_count{route="unrouted"} 4`,
		`kesan_store_write_seconds_bucket{le="0.001"} `, `kesan_store_write_seconds_bucket{le="4"} `,
		"kesan_store_write_seconds_count 2",
		"kesan_answers_accepted_total 2",
	).hides("wp-login", "git/config", `route="/*"`)
}
