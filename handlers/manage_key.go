package handlers

import (
	"crypto/rand"
	"errors"
	"net/url"
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"

	"kesan/handlers/locale"
	"kesan/handlers/view"
	"kesan/survey"
)

const keyPath = "/kelola/kunci"

func (s *Server) keyRoutes() []route {
	return []route{
		{fiber.MethodGet, keyPath, admin, s.keyList},
		{fiber.MethodGet, keyPath + "/baru", admin, s.newKey},
		{fiber.MethodPost, keyPath + "/buat", admin, s.makeKey},
		{fiber.MethodGet, keyPath + "/lihat", admin, s.keyPage},
		{fiber.MethodPost, keyPath + "/cabut", admin, s.revokeKey},
	}
}

func (s *Server) keyList(c *fiber.Ctx) error {
	office := s.office()
	var rows []view.ListRow
	for _, id := range office.APIKeys.IDs() {
		held := office.APIKeys[id]
		row := view.ListRow{Name: held.Value.Name, URL: keyPath + "/lihat?" + url.Values{"id": {id}}.Encode(), Closed: s.keyState(held.Value),
			Cells: []view.ListCell{{Label: "Kode", Text: id}, {Label: "Kegunaan", Text: scopeNames(held.Value)}, {Label: "Unit", Text: unitNames(office, held.Value.Units)}, {Label: "Berlaku sampai", Text: until(held.Value.Expires)}}}
		rows = append(rows, row)
	}
	page := view.List{Base: s.base(c, "Kunci API"), Path: keyPath, New: view.Link{Label: "Buat kunci", URL: keyPath + "/baru"},
		About: "Dengan kunci, sistem lain menarik angka dari Kesan, seperti sistem kepegawaian, atau membuat tiket, seperti mesin antrean. Beri setiap sistem kuncinya sendiri.",
		Links: []view.Link{{Label: "Petunjuk API", URL: "/api"}}}
	fill(c, &page, []string{"Nama", "Kode", "Kegunaan", "Unit", "Berlaku sampai"}, rows)
	return s.render(c, "manage_list", page)
}

// keyState is the word for a key that opens nothing any more.
func (s *Server) keyState(key survey.APIKey) string {
	switch err := key.Usable(s.today("")); {
	case errors.Is(err, survey.ErrRevoked):
		return "Dicabut"
	case errors.Is(err, survey.ErrExpired):
		return "Kedaluwarsa"
	}
	return ""
}

func until(day survey.Day) string {
	if day == "" {
		return "tanpa batas"
	}
	return locale.Date(day)
}

// scopeChoices are what a key may be used for, as people read it.
func scopeChoices() []view.Choice {
	return []view.Choice{{Value: string(survey.ScopeResults), Label: "Menarik angka"}, {Value: string(survey.ScopeTickets), Label: "Membuat tiket"}}
}

func scopeNames(key survey.APIKey) string {
	var names []string
	for _, choice := range scopeChoices() {
		if key.May(survey.Scope(choice.Value)) {
			names = append(names, choice.Label)
		}
	}
	return strings.Join(names, ", ")
}

func unitNames(office *survey.Office, codes []string) string {
	if len(codes) == 0 {
		return "Semua unit"
	}
	var names []string
	for _, code := range codes {
		names = append(names, survey.Name(office.Units, code))
	}
	return strings.Join(names, ", ")
}

func (s *Server) newKey(c *fiber.Ctx) error {
	return s.showKey(c, fiber.StatusOK, survey.APIKey{Expires: s.today("").Add(365), Scopes: []survey.Scope{survey.ScopeResults}}, nil)
}

func (s *Server) showKey(c *fiber.Ctx, status int, key survey.APIKey, problems survey.Problems) error {
	units := chosen(unitChoices(s.office()), key.Units...)
	scopes := scopeChoices()
	for i := range scopes {
		scopes[i].Chosen = slices.Contains(key.Scopes, survey.Scope(scopes[i].Value))
	}
	fields := []view.Field{
		{Name: "name", Label: "Nama", Required: true, Value: key.Name, Help: "Sistem mana yang memakainya, misalnya: SIMPEG BKPSDM."},
		{Name: "scopes", Label: "Kegunaan", Input: view.InputMany, Required: true, Choices: scopes, Help: "Mesin antrean cukup membuat tiket; sistem kepegawaian cukup menarik angka."},
		{Name: "units", Label: "Unit yang boleh dipakai", Input: view.InputMany, Choices: units, Help: "Unit yang dipilih dan semua di bawahnya. Tanpa centang berarti semua unit."},
		{Name: "expires", Label: "Berlaku sampai", Input: "date", Value: string(key.Expires), Help: "Hari terakhir. Kosong berarti tanpa batas, yang tidak disarankan."},
	}
	if len(units) > maxChoices {
		fields[2].Input, fields[2].Choices, fields[2].Value = view.InputText, nil, strings.Join(key.Units, " ")
		fields[2].Help = "Kode unit, dipisah spasi, dan semua di bawahnya. Kosong berarti semua unit."
	}
	s.mark(fields, problems)
	c.Status(status)
	return s.render(c, "manage_edit", view.Edit{Base: s.formBase(c, "Buat kunci API", problems), Back: view.Link{Label: "Kunci API", URL: keyPath},
		Form: view.Form{Action: keyPath + "/buat", Fields: fields, Submit: "Buat kunci", General: s.general(problems)}})
}

// makeKey makes a key. Its secret is shown in the answer and kept nowhere; the store has a hash of it.
func (s *Server) makeKey(c *fiber.Ctx) error {
	secret := "kesan_" + rand.Text() + rand.Text()
	key := survey.APIKey{ID: "k-" + strings.ToLower(rand.Text()[:8]), Name: typed(c, "name"), Hash: survey.HashKey(secret), Expires: survey.Day(typed(c, "expires"))}
	for _, value := range several(c, "units") {
		key.Units = append(key.Units, strings.Fields(value)...)
	}
	for _, value := range several(c, "scopes") {
		key.Scopes = append(key.Scopes, survey.Scope(value))
	}
	problems := survey.Validate(key)
	if len(key.Scopes) == 0 {
		problems.Add("scopes", "manage.choose")
	}
	if slices.ContainsFunc(key.Units, func(code string) bool { _, known := s.office().Units[code]; return !known }) {
		problems.Add("units", "manage.unknown")
	}
	if key.Expires != "" && key.Expires < s.today("") {
		problems.Add("expires", "manage.past")
	}
	if len(problems) > 0 {
		return s.showKey(c, fiber.StatusUnprocessableEntity, key, problems)
	}
	if err := s.Register.Write(c.UserContext(), s.account(c).Username, "", survey.Draft{Object: key}); err != nil {
		return err
	}
	s.audit(c, survey.AuditKeyMade, key.ID)
	return s.render(c, "manage_secret", view.Secret{Base: s.base(c, "Kunci dibuat"), Secret: secret, Back: view.Link{Label: "Kembali ke daftar kunci", URL: keyPath},
		What: "Kunci API untuk " + key.Name + ":",
		Advice: []string{"Kunci ini hanya tampil sekali dan tidak tersimpan di Kesan. Salin sekarang ke sistem yang memakainya.",
			"Dikirim di kepala permintaan: Authorization: Bearer KUNCI.", "Bila hilang atau bocor, cabut dan buat yang baru."}})
}

func (s *Server) keyPage(c *fiber.Ctx) error {
	held, ok := s.office().APIKeys[c.Query("id")]
	if !ok {
		return survey.ErrNotFound
	}
	return s.render(c, "manage_key", view.Key{Base: s.base(c, "Kunci API: "+held.Value.Name), Key: held.Value, State: s.keyState(held.Value),
		Scopes: scopeNames(held.Value), Units: unitNames(s.office(), held.Value.Units), Until: until(held.Value.Expires), Author: held.Author,
		History: historyOf(string(survey.KindAPIKey), held.Value.ID)})
}

// revokeKey ends a key for good. Revoking twice is as good as once.
func (s *Server) revokeKey(c *fiber.Ctx) error {
	held, ok := s.office().APIKeys[typed(c, "id")]
	if !ok {
		return survey.ErrNotFound
	}
	if !held.Value.Revoked {
		held.Value.Revoked = true
		if err := s.Register.Write(c.UserContext(), s.account(c).Username, "kunci dicabut", survey.Draft{Object: held.Value, Base: held.Revision}); err != nil {
			return err
		}
	}
	return c.Redirect(withNotice(keyPath, "dicabut"), fiber.StatusSeeOther)
}
