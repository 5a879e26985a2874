package handlers

import (
	"errors"
	"net/url"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"kesan/handlers/auth"
	"kesan/handlers/locale"
	"kesan/handlers/view"
	"kesan/survey"
)

const memberPath = "/kelola/akun"

func (s *Server) memberRoutes() []route {
	return []route{
		{fiber.MethodGet, memberPath, admin, s.memberList},
		{fiber.MethodGet, memberPath + "/baru", admin, s.newMember},
		{fiber.MethodGet, memberPath + "/ubah", admin, s.editMember},
		{fiber.MethodPost, memberPath + "/simpan", admin, s.saveMember},
		{fiber.MethodPost, memberPath + "/sandi", admin, s.resetPassword},
	}
}

func (s *Server) memberList(c *fiber.Ctx) error {
	office := s.office()
	var rows []view.ListRow
	for _, username := range office.Accounts.IDs() {
		a := office.Accounts[username].Value
		row := view.ListRow{Name: a.Name, URL: memberPath + "/ubah?" + url.Values{"id": {username}}.Encode(),
			Cells: []view.ListCell{{Label: "Nama pengguna", Text: username}, {Label: "Peran", Text: s.words.T(locale.Default, "role."+string(a.Role))},
				{Label: "Lingkup", Text: scopeOf(office, a)}}}
		if a.Disabled {
			row.Closed = "Dinonaktifkan"
		}
		rows = append(rows, row)
	}
	page := view.List{Base: s.base(c, "Akun"), About: "Siapa yang dapat masuk, dan apa yang dilihatnya.", Path: memberPath,
		New: view.Link{Label: "Tambah akun", URL: memberPath + "/baru"}}
	fill(c, &page, []string{"Nama", "Nama pengguna", "Peran", "Lingkup"}, rows)
	return s.render(c, "manage_list", page)
}

// scopeOf says whose figures an account sees.
func scopeOf(office *survey.Office, a survey.Account) string {
	switch {
	case a.Unit != "": // of a head who is an officer, too
		return survey.Name(office.Units, a.Unit)
	case a.Officer != "":
		return survey.Name(office.Officers, a.Officer)
	case a.Role == survey.RoleAdmin || a.Role == survey.RoleHR:
		return "Semua unit"
	}
	return ""
}

func (s *Server) newMember(c *fiber.Ctx) error {
	return s.showMember(c, fiber.StatusOK, survey.Account{Officer: c.Query("petugas")}, 0, nil, "")
}

func (s *Server) editMember(c *fiber.Ctx) error {
	held, ok := s.office().Accounts[c.Query("id")]
	if !ok {
		return survey.ErrNotFound
	}
	return s.showMember(c, fiber.StatusOK, held.Value, held.Revision, nil, "")
}

// showMember shows the form of an account; base 0 is a new one.
func (s *Server) showMember(c *fiber.Ctx, status int, a survey.Account, base int, problems survey.Problems, conflict string) error {
	office := s.office()
	var roles []view.Choice
	for _, role := range signedIn.roles {
		roles = append(roles, view.Choice{Value: string(role), Label: s.words.T(locale.Default, "role."+string(role))})
	}
	fields := []view.Field{
		{Name: "username", Label: "Nama pengguna", Required: true, Value: a.Username, Help: "Untuk masuk: huruf kecil, angka, titik, atau tanda hubung."},
		{Name: "name", Label: "Nama", Required: true, Value: a.Name},
		{Name: "role", Label: "Peran", Required: true, Input: view.InputChoice, Value: string(a.Role), Choices: roles,
			Help: "Kepala unit melihat unitnya dan di bawahnya; atasan langsung melihat petugas yang dinilainya; petugas melihat nilainya sendiri; kepegawaian melihat tabel siklus; peninjau belum punya halaman sendiri."},
		{Name: "unit", Label: "Unit", Input: view.InputChoice, Value: a.Unit, Choices: unitChoices(office), Empty: "Tidak terikat satu unit",
			Help: "Wajib untuk kepala unit dan peninjau. Kepegawaian tanpa unit melihat semua unit."},
		{Name: "officer", Label: "Petugas", Input: view.InputChoice, Value: a.Officer, Choices: officerChoices(office), Empty: "Bukan petugas",
			Help: "Wajib untuk petugas dan atasan langsung: akun ini milik siapa."},
		{Name: "disabled", Label: "Nonaktifkan", Input: view.InputCheck, Value: yes(a.Disabled), Help: "Akun langsung keluar dari semua perangkat dan tidak dapat masuk lagi. Riwayatnya tetap ada."},
	}
	s.mark(fields, problems)
	theirs := office.Accounts[a.Username].Value
	stored := map[string]string{"name": theirs.Name, "role": string(theirs.Role), "unit": theirs.Unit, "officer": theirs.Officer, "disabled": yes(theirs.Disabled)}
	for i := range fields {
		f := &fields[i]
		if f.Choices != nil || f.Input == view.InputChoice {
			f.Choices = chosen(f.Choices, f.Value)
			if len(f.Choices) > maxChoices {
				f.Input, f.Choices, f.Help = view.InputText, nil, f.Help+" Tulis kodenya."
			}
		}
		if was, ok := stored[f.Name]; conflict != "" && ok && was != f.Value {
			f.Theirs, f.Differs = was, true
		}
	}
	name, submit := "Tambah akun", "Buat akun dan kata sandinya"
	if base > 0 {
		name, submit = "Ubah akun: "+a.Name, "Simpan"
		fields[0].Input, fields[0].Help = view.InputFixed, ""
		fields = append(fields, view.Field{Name: "id", Input: "hidden", Value: a.Username})
	} else {
		fields = fields[:len(fields)-1] // an account is not made disabled
	}
	page := view.AccountEdit{Edit: view.Edit{Base: s.formBase(c, name, problems), Back: view.Link{Label: "Akun", URL: memberPath}, Conflict: conflict,
		Form: view.Form{Action: memberPath + "/simpan", Base: base, Fields: append(fields, whyField(c)), Submit: submit, General: s.general(problems)}}}
	if base > 0 {
		page.History = historyOf(string(survey.KindAccount), a.Username)
		page.Username = a.Username
	}
	c.Status(status)
	return s.render(c, "manage_member", page)
}

func yes(on bool) string {
	if on {
		return "ya"
	}
	return "tidak"
}

// saveMember writes an account. A new one gets a password that is shown once.
func (s *Server) saveMember(c *fiber.Ctx) error {
	office, id := s.office(), typed(c, "id")
	a := survey.Account{Username: strings.ToLower(typed(c, "username")), Name: typed(c, "name"), Role: survey.Role(typed(c, "role")),
		Unit: typed(c, "unit"), Officer: typed(c, "officer"), Disabled: typed(c, "disabled") == "ya"}
	base := 0
	if id != "" {
		var err error
		if _, ok := office.Accounts[id]; !ok {
			return survey.ErrNotFound
		}
		if base, err = strconv.Atoi(typed(c, fieldBase)); err != nil || base < 1 {
			return fiber.ErrBadRequest
		}
		a.Username = id
	}
	problems := office.CheckAccount(a)
	if _, known := office.Accounts[a.Username]; base == 0 && known {
		problems.Add("username", "manage.taken")
	}
	if id == s.account(c).Username && (a.Disabled || a.Role != survey.RoleAdmin) {
		problems.Add("role", "manage.self")
	}
	if len(problems) > 0 {
		return s.showMember(c, fiber.StatusUnprocessableEntity, a, base, problems, "")
	}
	err := s.Register.Write(c.UserContext(), s.account(c).Username, why(c), survey.Draft{Object: a, Base: base})
	switch {
	case errors.Is(err, survey.ErrConflict) && base == 0:
		return s.showMember(c, fiber.StatusUnprocessableEntity, a, 0, survey.Problems{{Field: "username", Key: "manage.taken"}}, "")
	case errors.Is(err, survey.ErrConflict):
		held := s.office().Accounts[id]
		return s.showMember(c, fiber.StatusConflict, a, held.Revision, nil, "oleh "+held.Author)
	case err != nil:
		return err
	case base == 0:
		return s.givePassword(c, a, "Akun dibuat")
	}
	return c.Redirect(withNotice(memberPath, "tersimpan"), fiber.StatusSeeOther)
}

// givePassword makes a password and shows it once. Its owner must replace it at the first sign-in.
func (s *Server) givePassword(c *fiber.Ctx, a survey.Account, done string) error {
	fresh := auth.NewPassword()
	if err := s.auth.SetTemporary(c.UserContext(), a.Username, fresh); err != nil {
		return err
	}
	s.audit(c, survey.AuditPasswordReset, a.Username)
	return s.render(c, "manage_secret", view.Secret{Base: s.base(c, done), Secret: fresh, Back: view.Link{Label: "Kembali ke daftar akun", URL: memberPath},
		What: "Kata sandi untuk " + a.Name + " (" + a.Username + "):",
		Advice: []string{"Kata sandi ini hanya tampil sekali. Sampaikan langsung kepada pemiliknya.",
			"Pemilik wajib menggantinya saat pertama kali masuk.", "Berlaku tujuh hari. Sesudah itu atur ulang di sini."}})
}

func (s *Server) resetPassword(c *fiber.Ctx) error {
	held, ok := s.office().Accounts[typed(c, "id")]
	if !ok {
		return survey.ErrNotFound
	}
	if held.Value.Username == s.account(c).Username {
		return c.Redirect(accountPath, fiber.StatusSeeOther) // one's own is changed by knowing it
	}
	return s.givePassword(c, held.Value, "Kata sandi diatur ulang")
}
