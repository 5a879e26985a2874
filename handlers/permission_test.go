package handlers

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/gofiber/fiber/v2"

	"kesan/survey"
)

var allRoles = []survey.Role{survey.RoleAdmin, survey.RoleUnitHead, survey.RoleAppraiser, survey.RoleHR, survey.RoleReviewer, survey.RoleOfficer}

// openRoutes are all that a stranger may call. A new one is added here by decision, not by accident.
var openRoutes = map[string]bool{
	"GET /": true, "GET /masuk": true, "POST /masuk": true, "GET /pasang": true, "POST /pasang": true,
	"GET /healthz": true, "GET /readyz": true, "GET /metrics": true, "GET /aset/:name": true,
	"GET /api": true, "GET /api/openapi.json": true,
	"GET /s/:token": true, "POST /s/:token": true, "GET /S/:token": true, "POST /S/:token": true, "GET /terima-kasih/:receipt": true,
	"GET /t": true, "POST /t": true,
	"GET /terima-kasih/:receipt/pesan": true, "POST /terima-kasih/:receipt/pesan": true,
	"GET /layar": true, "POST /layar": true, "GET /layar/:device": true, "GET /kios": true, "POST /kios": true,
	"GET /kios/keluar": true, "POST /kios/keluar": true, "GET /kios/:token": true, "POST /kios/:token": true, "GET /kios/:token/terima-kasih": true,
	"GET /hasil": true, "GET /hasil/:unit": true, "GET /sw.js": true, "GET /kios/sw.js": true,
}

// concrete fills the parameters of a route's path with what exists, where the name says what it is.
func concrete(path string) string {
	known := map[string]string{":unit": ownUnit, ":officer": officerSiti, ":nip": officerSiti, ":cycle": "2026-TW4", ":indicator": "ikm",
		":kind": "unit", ":name": "unit.csv", ":token": sheetOne, ":id": sheetOne, ":device": screenOne}
	parts := strings.Split(path, "/")
	for i, part := range parts {
		if value, ok := known[part]; ok {
			parts[i] = value
		} else if strings.HasPrefix(part, ":") || part == "*" {
			parts[i] = "x"
		}
	}
	return strings.Join(parts, "/")
}

func TestOpenRoutes(t *testing.T) {
	t.Parallel()
	for _, r := range newFixture(t).routes() {
		if name := r.method + " " + r.path; r.allow.everyone && !openRoutes[name] {
			t.Errorf("%s is open to everyone and not on the list", name)
		}
	}
}

// Every closed route refuses strangers, other roles, forms without the session's mark and forms of another site.
func TestPermissions(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	clients := map[survey.Role]client{}
	for _, role := range allRoles {
		clients[role] = f.as(role)
	}
	for _, r := range f.routes() {
		path := concrete(r.path)
		call := func(c client, form url.Values) *answer {
			if r.method == fiber.MethodPost {
				return c.post(path, form)
			}
			return c.get(path)
		}
		t.Run(r.method+" "+r.path, func(t *testing.T) {
			switch {
			case r.allow.everyone:
				if r.method == fiber.MethodPost {
					call(f.anyone().with("Sec-Fetch-Site", "cross-site"), nil).is(403)
				}
				return
			case r.allow.key != "":
				call(f.anyone(), nil).is(401)
				call(f.anyone().with("Authorization", "Bearer kesan_salah"), nil).is(401)
				call(clients[survey.RoleAdmin], nil).is(401)
				return
			}
			if r.allow.device {
				call(f.anyone(), nil).is(403)
				call(clients[survey.RoleAdmin], nil).is(403)
				return
			}
			if len(r.allow.roles) == 0 {
				t.Fatal("nobody may call it")
			}
			call(f.anyone(), nil).to("/masuk")
			call(client{f: f, cookie: "", header: http.Header{"Cookie": {f.auth.CookieName() + "=TEBAKAN"}}}, nil).to("/masuk")
			for _, role := range allRoles {
				switch got := 0; {
				case !r.allow.admits(role):
					call(clients[role], nil).is(403)
				case r.method == fiber.MethodGet:
					// Which units and officers a role sees is proved where they are shown; an administrator sees all.
					if got = call(clients[role], nil).status; got == 401 || got >= 500 || got == 403 && role == survey.RoleAdmin {
						t.Errorf("%s may call it and gets %d", role, got)
					}
				}
			}
			if r.method == fiber.MethodGet {
				return
			}
			may := clients[r.allow.roles[0]]
			call(may, url.Values{"tanda": {""}}).is(403)
			call(may, url.Values{"tanda": {"00000000000000000000000000000000"}}).is(403)
			call(may, url.Values{"tanda": {markOf(f, clients[otherRole(r)])}}).is(403)
			call(may.with("Sec-Fetch-Site", "cross-site"), nil).is(403)
			call(may.with("Origin", "https://jahat.example"), nil).is(403)
			unmarked := httptest.NewRequest(http.MethodPost, path, strings.NewReader(`{"tanda":"x"}`))
			unmarked.Header.Set("Content-Type", "application/json")
			may.send(unmarked).is(403)
		})
	}
}

// otherRole is a role whose session differs from the one that the route's test uses.
func otherRole(r route) survey.Role {
	for _, role := range allRoles {
		if role != r.allow.roles[0] {
			return role
		}
	}
	return ""
}

func markOf(f *fixture, c client) string {
	session, err := f.auth.Session(f.t.Context(), c.cookie)
	must(f.t, err)
	return session.CSRF()
}

// A method that the table does not name is not found, whoever calls.
func TestOtherMethods(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	admin := f.as(survey.RoleAdmin)
	for _, method := range []string{http.MethodPut, http.MethodDelete, http.MethodPatch, http.MethodOptions} {
		admin.send(httptest.NewRequest(method, "/kelola/unit", http.NoBody)).is(404)
	}
}
