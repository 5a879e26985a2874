package handlers

import (
	"errors"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"kesan/handlers/locale"
	"kesan/handlers/view"
	"kesan/survey"
	"kesan/survey/imports"
)

// fieldWhy is the field in which people say why they change something; it goes into the change log.
const fieldWhy = "alasan"

// fieldBase is the field with the revision that a form was filled from.
const fieldBase = "dasar"

const maxWhy = 200

// edited is one object in the hands of somebody who edits it: its cells by column and, after a conflict, what somebody else
// has stored meanwhile.
type edited struct {
	id       string // empty: a new object
	base     int
	cells    map[string]string
	problems map[string]string // by column; "" for the object as a whole
	stored   *imports.Row      // set after a conflict
}

func (s *Server) newPage(sec section) fiber.Handler {
	return func(c *fiber.Ctx) error {
		r := edited{cells: map[string]string{}}
		for _, column := range sec.columns() {
			r.cells[column.Name] = c.Query(column.Name)
		}
		return s.showObject(c, fiber.StatusOK, sec, r)
	}
}

func (s *Server) editPage(sec section) fiber.Handler {
	return func(c *fiber.Ctx) error {
		row, err := imports.Stored(sec.kind, c.Query("id"), s.office())
		if err != nil {
			return err
		}
		return s.showObject(c, fiber.StatusOK, sec, edited{id: row.ID, base: row.Revision, cells: sec.byColumn(row)})
	}
}

func (sec section) byColumn(row imports.Row) map[string]string {
	cells := map[string]string{}
	for i, column := range sec.columns() {
		cells[column.Name] = row.Cells[i]
	}
	return cells
}

// saveRow checks what was typed as if it were the row of a file, and writes it.
func (s *Server) saveRow(sec section) fiber.Handler {
	return func(c *fiber.Ctx) error {
		r, err := s.typedObject(c, sec)
		if err != nil {
			return err
		}
		var cells []string
		for _, column := range sec.columns() {
			cells = append(cells, r.cells[column.Name])
		}
		plan, err := imports.ReadRow(sec.kind, cells, s.office())
		if err != nil {
			return err
		}
		if r.problems = problemsOf(plan.Problems); len(r.problems) > 0 {
			return s.showObject(c, fiber.StatusUnprocessableEntity, sec, r)
		}
		back := s.listOf(sec, r.cells)
		if len(plan.Drafts) == 0 {
			if r.id == "" {
				return s.taken(c, sec, r)
			}
			return c.Redirect(withNotice(back, "tetap"), fiber.StatusSeeOther)
		}
		draft := plan.Drafts[0]
		if r.id == "" && draft.Base > 0 {
			return s.taken(c, sec, r)
		}
		draft.Base = r.base
		err = s.Register.Write(c.UserContext(), s.account(c).Username, why(c), draft)
		if errors.Is(err, survey.ErrConflict) {
			return s.conflict(c, sec, r, draft)
		}
		if err != nil {
			return err
		}
		return c.Redirect(withNotice(back, "tersimpan"), fiber.StatusSeeOther)
	}
}

// typedObject reads the form. What never changes is taken from the stored object, whatever the form says.
func (s *Server) typedObject(c *fiber.Ctx, sec section) (edited, error) {
	r := edited{id: typed(c, "id"), cells: map[string]string{}}
	stored := map[string]string{}
	var fixed []string
	if r.id != "" {
		row, err := imports.Stored(sec.kind, r.id, s.office())
		if err != nil {
			return edited{}, err
		}
		stored = sec.byColumn(row)
		if fixed, err = imports.Fixed(sec.kind); err != nil {
			return edited{}, err
		}
		if r.base, err = strconv.Atoi(typed(c, fieldBase)); err != nil || r.base < 1 {
			return edited{}, fiber.ErrBadRequest
		}
	}
	for _, column := range sec.columns() {
		switch name := column.Name; {
		case slices.Contains(fixed, name):
			r.cells[name] = stored[name]
		case sec.inputs[name].as == view.InputCheck:
			r.cells[name] = "tidak"
			if typed(c, name) == "ya" {
				r.cells[name] = "ya"
			}
		case sec.inputs[name].as == view.InputMany:
			r.cells[name] = strings.Join(several(c, name), " ")
		default:
			r.cells[name] = typed(c, name)
		}
	}
	return r, nil
}

// several returns all values of a field of a form's body.
func several(c *fiber.Ctx, name string) []string {
	var list []string
	for _, value := range c.Request().PostArgs().PeekMulti(name) {
		list = append(list, string(value))
	}
	return list
}

func why(c *fiber.Ctx) string {
	text := []rune(strings.Join(strings.Fields(typed(c, fieldWhy)), " "))
	return string(text[:min(len(text), maxWhy)])
}

// problemsOf returns what is wrong by column, as whole sentences.
func problemsOf(found imports.Findings) map[string]string {
	problems := map[string]string{}
	for _, p := range found.List {
		column := p.Column
		p.Line, p.Column = 0, ""
		if text := p.Sentence(); problems[column] == "" {
			problems[column] = strings.ToUpper(text[:1]) + text[1:] + "."
		}
	}
	return problems
}

// taken says that a new object has the key of one that exists.
func (s *Server) taken(c *fiber.Ctx, sec section, r edited) error {
	fixed, err := imports.Fixed(sec.kind)
	if err != nil {
		return err
	}
	r.problems = map[string]string{fixed[0]: s.words.T(locale.Default, "manage.taken")}
	return s.showObject(c, fiber.StatusUnprocessableEntity, sec, r)
}

// conflict shows what somebody else has stored beside what was typed. Saving again is then a decision.
func (s *Server) conflict(c *fiber.Ctx, sec section, r edited, draft survey.Draft) error {
	_, id := draft.Object.ObjectKey()
	row, err := imports.Stored(sec.kind, id, s.office())
	if err != nil {
		return err
	}
	if r.id == "" { // somebody made the same object in the same moment
		return s.taken(c, sec, r)
	}
	r.base, r.stored = row.Revision, &row
	return s.showObject(c, fiber.StatusConflict, sec, r)
}

func (s *Server) showObject(c *fiber.Ctx, status int, sec section, r edited) error {
	name := sec.fresh
	if r.id != "" {
		name = "Ubah: " + sec.nameOf(s.office(), r.cells)
	}
	back := s.listOf(sec, r.cells)
	page := view.Edit{Base: s.base(c, name), Back: view.Link{Label: sec.title, URL: back},
		Form: view.Form{Action: sec.path() + "/simpan", Base: r.base, Submit: "Simpan"}}
	page.Base.Faulty = len(r.problems) > 0
	if general := r.problems[""]; general != "" {
		page.Form.General = []string{general}
	}
	if r.id != "" {
		page.History = historyOf(sec.kind, r.id)
		page.Form.Fields = append(page.Form.Fields, view.Field{Name: "id", Input: "hidden", Value: r.id})
	}
	if r.stored != nil {
		page.Conflict = "oleh " + r.stored.Author
	}
	fields, err := s.objectFields(sec, r)
	if err != nil {
		return err
	}
	page.Form.Fields = append(page.Form.Fields, fields...)
	page.Form.Fields = append(page.Form.Fields, whyField(c))
	c.Status(status)
	return s.render(c, "manage_edit", page)
}

func whyField(c *fiber.Ctx) view.Field {
	return view.Field{Name: fieldWhy, Label: "Catatan perubahan", Value: typed(c, fieldWhy), Help: "Tersimpan di riwayat, misalnya nomor surat atau alasannya."}
}

// nameOf is what people call the object: the first column of its list.
func (sec section) nameOf(office *survey.Office, cells map[string]string) string {
	column := "loket"
	if len(sec.list) > 0 {
		column = sec.list[0]
	}
	return sec.called(office, column, cells[column])
}

func (s *Server) objectFields(sec section, r edited) ([]view.Field, error) {
	var fixed []string
	if r.id != "" {
		var err error
		if fixed, err = imports.Fixed(sec.kind); err != nil {
			return nil, err
		}
	}
	stored := map[string]string{}
	if r.stored != nil {
		stored = sec.byColumn(*r.stored)
	}
	var fields []view.Field
	for _, column := range sec.columns() {
		if r.id == "" && sec.inputs[column.Name].ends {
			continue // nobody makes what no longer holds
		}
		f := s.objectField(sec, column, r)
		if slices.Contains(fixed, column.Name) {
			f.Value, f.Input, f.Help = sec.shown(s.office(), column.Name, f.Value), view.InputFixed, ""
		}
		if theirs := stored[column.Name]; r.stored != nil && theirs != r.cells[column.Name] {
			f.Theirs, f.Differs = sec.shown(s.office(), column.Name, theirs), true
		}
		fields = append(fields, f)
	}
	return fields, nil
}

// maxChoices is how many choices a page carries; where there are more, people type the code.
const maxChoices = 400

func (s *Server) objectField(sec section, column imports.Column, r edited) view.Field {
	in := sec.inputs[column.Name]
	f := view.Field{Name: column.Name, Label: sec.label(column.Name), Help: in.help, Input: in.as, Value: r.cells[column.Name],
		Required: column.Required, Problem: r.problems[column.Name]}
	if f.Help == "" && in.as != view.InputCheck {
		f.Help = column.About
	}
	switch in.as {
	case view.InputChoice:
		f.Choices, f.Empty = chosen(in.choices(s.office()), f.Value), in.empty
		if len(f.Choices) > maxChoices {
			f.Input, f.Choices, f.Help = view.InputText, nil, column.About
		}
	case view.InputMany:
		f.Choices = chosen(serviceChoices(s.office(), r.cells["unit"]), strings.Fields(f.Value)...)
		if r.cells["unit"] == "" {
			f.Help = "Loket baru melayani semua layanan unitnya. Sesudah disimpan, Anda dapat memilih sebagian."
		}
	}
	return f
}

// chosen marks the choices that are taken. A value that is no longer offered, as that of a closed unit, stays one.
func chosen(choices []view.Choice, values ...string) []view.Choice {
	for _, value := range values {
		i := slices.IndexFunc(choices, func(c view.Choice) bool { return c.Value == value })
		if i < 0 && value != "" {
			choices = append(choices, view.Choice{Value: value, Label: value, Chosen: true})
		} else if i >= 0 {
			choices[i].Chosen = true
		}
	}
	return choices
}

// shown is a cell as people read it, with the code of what it names.
func (sec section) shown(office *survey.Office, column, cell string) string {
	name := sec.called(office, column, cell)
	if sec.inputs[column].as == view.InputChoice && cell != "" && name != cell {
		return name + " (" + cell + ")"
	}
	return name
}

// listOf is the list that an object stands in. The roster shows one counter and week.
func (s *Server) listOf(sec section, cells map[string]string) string {
	if sec.path() != rosterPath || cells["loket"] == "" {
		return sec.path()
	}
	return rosterPath + "?" + url.Values{"loket": {cells["loket"]}, "hari": {cells["tanggal"]}}.Encode()
}
