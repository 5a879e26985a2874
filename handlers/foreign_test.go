package handlers

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/gofiber/fiber/v2"

	"kesan/survey"
)

// foreignWords stand on pages about the foreign unit and nowhere else: its name, counter, service, officer and display, what
// its citizens wrote, and the IDs of its sheet and bundle where nobody typed them.
var foreignWords = []string{"Puskesmas Kotaraja", "Loket Poli", "Poli Umum", "Yohana Wenda", "TV poli", "Obatnya manjur", "Maria Kogoya", "0812-3456-7890"}

const foreignBatch = "BVNDE009"

// foreignPath fills the parameters of a route's path with what belongs to the foreign unit, and says whether it has any.
func foreignPath(path string) (filled string, named bool) {
	known := map[string]string{":unit": foreignUnit, ":officer": officerForeign, ":nip": officerForeign, ":id": sheetForeign, ":device": screenForeign,
		":token": sheetForeign, ":cycle": "2026-TW4", ":indicator": "ikm", ":pass": "1", ":kind": "unit", ":name": "unit.csv"}
	if strings.HasPrefix(path, paperPath) {
		known[":id"] = foreignBatch
	}
	if strings.HasPrefix(path, devicePath) {
		known[":id"] = screenForeign
	}
	parts := strings.Split(path, "/")
	for i, part := range parts {
		if value, ok := known[part]; ok {
			parts[i], named = value, named || part != ":cycle" && part != ":kind" && part != ":name"
		}
	}
	return strings.Join(parts, "/"), named
}

// ownAlone are the routes that answer with what is the caller's own, whatever unit a query or form names. A new one is added
// here by decision; any other route refuses.
var ownAlone = map[string]bool{
	"GET " + dashboardPath: true, "GET " + teamPath: true, "GET " + ownPath: true, "GET " + inboxPath: true, "GET " + gatherPath: true, "GET " + paperPath: true,
	"GET " + ticketPath: true, "GET " + assistPath: true, // 422, with the counters that the caller may choose
}

// Whoever belongs to another unit is refused by every route that names something of the foreign one, in its address, its query
// or its form, and learns nothing of it. An administrator, who sees all, shows that there is something to learn.
func TestForeignUnits(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	callers := map[survey.Role]client{}
	for _, role := range []survey.Role{survey.RoleUnitHead, survey.RoleOfficer, survey.RoleAppraiser} {
		callers[role] = f.as(role)
	}
	named := f.furnishForeign()
	before, admin, shown := f.office().Seq, f.as(survey.RoleAdmin), 0
	for _, r := range f.routes() {
		name := r.method + " " + r.path
		if r.allow.everyone || r.allow.key != "" || r.path == signOutPath || r.path == accountPath {
			continue // open to all, held by a key of its own units, or about the caller's account alone
		}
		path, addressed := foreignPath(r.path)
		ask := func(c client) *answer {
			if r.method == fiber.MethodPost {
				return c.post(path, named)
			}
			return c.get(path + "?" + named.Encode())
		}
		for role, c := range callers {
			a := ask(c).hides(foreignWords...).hides(foreignBatch + "/")
			refused := a.status == http.StatusForbidden || a.status == http.StatusNotFound
			if !refused && (addressed || !ownAlone[name]) || a.status >= 500 {
				t.Errorf("%s %s as %s: status %d, to %q", name, path, role, a.status, a.header.Get("Location"))
			}
		}
		if r.method == fiber.MethodGet && r.allow.admits(survey.RoleAdmin) && holdsAny(ask(admin).body, foreignWords) {
			shown++
		}
	}
	if f.office().Seq != before {
		t.Errorf("the office changed from %d to %d", before, f.office().Seq)
	}
	if n := len(f.responses(foreignUnit)); n != 10 {
		t.Errorf("%d answers in the foreign unit", n)
	}
	if shown < 20 {
		t.Errorf("only %d pages show an administrator something of the foreign unit", shown)
	}
}

// furnishForeign gives the foreign unit answers, a comment, a contact and a bundle of paper forms. It returns values that name
// all of it in the fields that queries and forms have.
func (f *fixture) furnishForeign() url.Values {
	f.t.Helper()
	f.write(survey.Account{Username: "kepala-poli", Name: "Kepala Poli", Role: survey.RoleUnitHead, Unit: foreignUnit},
		survey.Batch{ID: foreignBatch, Counter: "loket-poli", Services: []string{"poli"}, Form: "skm-2017@1", Day: "2026-11-18", Count: 1})
	var receipt string
	for range 10 {
		answers := served("poli", 4)
		answers.Comment = "Obatnya manjur"
		receipt = f.answer(sheetForeign, answers)
	}
	f.fold()
	f.anyone().post(receiptPath+receipt+"/pesan", left()).to(receiptPath)
	contacts, err := f.contacts.List(f.t.Context(), func(unit string) bool { return unit == foreignUnit })
	must(f.t, err)
	form := f.as(survey.RoleAdmin).get(assistPath + "?loket=loket-poli").is(200).page().one("input[name=form]").attr("value")
	return url.Values{"unit": {foreignUnit}, "petugas": {officerForeign}, "nip": {officerForeign}, "loket": {"loket-poli"}, "lembar": {sheetForeign},
		"layanan": {"poli"}, "id": {foreignUnit}, "kode": {foreignUnit}, "siklus": {"2026-TW4"}, "pesan": {contacts[0].ID}, "form": {form},
		"tanggal": {"2026-11-18"}, "banyak": {"1"}, "kertas": {"a4"}, "cari": {"kotaraja"}, "service-1": {"1"}, "unsur-1": {"333333333"}, "hal": {"1"}}
}

func holdsAny(body string, texts []string) bool {
	for _, text := range texts {
		if strings.Contains(body, text) {
			return true
		}
	}
	return false
}
