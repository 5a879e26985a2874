package handlers

import (
	"crypto/subtle"
	"errors"
	"strings"

	"github.com/gofiber/fiber/v2"

	"kesan/handlers/view"
	"kesan/survey"
)

// fresh says whether nobody can sign in yet and somebody holds the code to change that.
func (s *Server) fresh() bool { return s.options.SetupCode != "" && !s.office().Administered() }

func (s *Server) setupPage(c *fiber.Ctx) error {
	if err := s.onlyFresh(c); err != nil {
		return err
	}
	return s.showSetup(c, fiber.StatusOK, nil)
}

// onlyFresh is ErrNotFound once there is an account, also one that another process has made.
func (s *Server) onlyFresh(c *fiber.Ctx) error {
	if !s.fresh() {
		return survey.ErrNotFound
	}
	if err := s.Register.Refresh(c.UserContext()); err != nil {
		return err
	}
	if !s.fresh() {
		return survey.ErrNotFound
	}
	return nil
}

func (s *Server) showSetup(c *fiber.Ctx, status int, problems survey.Problems) error {
	form := view.Form{General: s.general(problems), Fields: s.fields(c, problems,
		view.Field{Name: "kode", Label: "Kode pemasangan", Required: true},
		view.Field{Name: "instansi", Label: "Nama instansi", Required: true, Auto: "organization", Help: "Misalnya: Pemerintah Kota Pematangsiantar."},
		view.Field{Name: "nama", Label: "Nama Anda", Required: true, Auto: "name"},
		view.Field{Name: "pengguna", Label: "Nama pengguna", Required: true, Auto: "username", Help: "Untuk masuk: huruf kecil, angka, titik, atau tanda hubung."},
		newPasswordField(), repeatField())}
	c.Status(status)
	return s.render(c, "setup", view.Setup{Base: s.formBase(c, "Siapkan Kesan", problems), Form: form})
}

// setup makes the agency, the first administrator and the cycles of today, and signs in. The password comes first: should
// the rest fail it can all be done again.
func (s *Server) setup(c *fiber.Ctx) error {
	if err := s.onlyFresh(c); err != nil {
		return err
	}
	ctx := c.UserContext()
	agency := survey.Agency{Name: typed(c, "instansi")}
	account := survey.Account{Username: strings.ToLower(typed(c, "pengguna")), Name: typed(c, "nama"), Role: survey.RoleAdmin}
	password, problems := s.readSetup(c, agency, account)
	if len(problems) > 0 {
		return s.showSetup(c, fiber.StatusUnprocessableEntity, problems)
	}
	if err := s.auth.SetPassword(ctx, account.Username, password); err != nil {
		return err
	}
	drafts := []survey.Draft{{Object: agency, Base: s.office().Agencies[survey.AgencyID].Revision}, {Object: account}}
	for _, id := range cyclesOf(s.today("")) {
		if _, open := s.office().Cycles[id]; !open {
			drafts = append(drafts, survey.Draft{Object: survey.Cycle{ID: id, State: survey.CycleOpen, Version: 1}})
		}
	}
	err := s.Register.Write(ctx, account.Username, "penyiapan pertama", drafts...)
	if errors.Is(err, survey.ErrConflict) { // somebody else was faster
		return survey.ErrNotFound
	}
	if err != nil {
		return err
	}
	secret, err := s.auth.SignIn(ctx, account.Username, password, s.browser(c))
	if err != nil {
		return err
	}
	s.Audit.Keep(ctx, account.Username, survey.AuditSetup, agency.Name)
	s.begin(c, account.Username, secret)
	return c.Redirect("/kelola", fiber.StatusSeeOther)
}

// readSetup checks what was typed. A wrong code is told alone: who does not have it learns nothing else.
func (s *Server) readSetup(c *fiber.Ctx, agency survey.Agency, account survey.Account) (string, survey.Problems) {
	if subtle.ConstantTimeCompare([]byte(typed(c, "kode")), []byte(s.options.SetupCode)) != 1 {
		return "", survey.Problems{{Field: "kode", Key: "setup.code"}}
	}
	var problems survey.Problems
	rename(&problems, survey.Validate(agency), map[string]string{"name": "instansi"})
	rename(&problems, survey.Validate(account), map[string]string{"name": "nama", "username": "pengguna"})
	return newPassword(c, account.Username, &problems), problems
}

// rename takes over problems of an object under the names of a form's fields.
func rename(to *survey.Problems, problems survey.Problems, names map[string]string) {
	for _, p := range problems {
		if name, ok := names[p.Field]; ok {
			to.Add(name, p.Key, p.Args...)
		} else {
			to.Add("", p.Key, p.Args...)
		}
	}
}

// cyclesOf returns the IDs of the quarter and the year of a day.
func cyclesOf(day survey.Day) []string {
	year, err := survey.ParsePeriod(string(day[:4]))
	if err != nil { // before the year 2000 or after 2099
		return nil
	}
	ids := []string{year.ID}
	for _, period := range year.Within() {
		if len(period.Months()) == 3 && period.From <= day && day <= period.To {
			ids = append(ids, period.ID)
		}
	}
	return ids
}
