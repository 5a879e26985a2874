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
)

const formPath = "/kelola/kuesioner"

func (s *Server) formRoutes() []route {
	return []route{
		{fiber.MethodGet, formPath, admin, s.formList},
		{fiber.MethodGet, formPath + "/lihat", admin, s.formVersion},
		{fiber.MethodGet, formPath + "/ubah", admin, s.editForm},
		{fiber.MethodPost, formPath + "/simpan", admin, s.saveForm},
	}
}

// formList shows every version of every questionnaire, and who uses it.
func (s *Server) formList(c *fiber.Ctx) error {
	office := s.office()
	page := view.Forms{Base: s.base(c, "Kuesioner")}
	users := map[string][]string{}
	for _, unit := range office.AllUnits() {
		if own := office.Units[unit].Value.Form; own != "" {
			users[own] = append(users[own], survey.Name(office.Units, unit))
		}
	}
	for _, id := range office.Forms.IDs() {
		held := office.Forms[id]
		shown := view.FormKind{ID: id, Name: held.Value.Name, Default: id == survey.DefaultForm, Units: users[id],
			Edit: formPath + "/ubah?" + url.Values{"id": {id}}.Encode(), Copy: formPath + "/ubah?" + url.Values{"id": {id}, "salin": {"1"}}.Encode()}
		for version := held.Revision; version >= 1; version-- {
			shown.Versions = append(shown.Versions, view.Link{Label: "Versi " + strconv.Itoa(version), URL: formVersionOf(survey.Ref(id, version))})
		}
		page.Forms = append(page.Forms, shown)
	}
	return s.render(c, "manage_forms", page)
}

func formVersionOf(ref survey.FormRef) string {
	return formPath + "/lihat?" + url.Values{"versi": {string(ref)}}.Encode()
}

// formVersion shows one version as citizens are asked it.
func (s *Server) formVersion(c *fiber.Ctx) error {
	ref := survey.FormRef(c.Query("versi"))
	form, ok := s.office().Versions[ref]
	if !ok {
		return survey.ErrNotFound
	}
	return s.render(c, "manage_formview", view.FormView{Base: s.base(c, form.Name), Ref: string(ref), Form: form})
}

func (s *Server) editForm(c *fiber.Ctx) error {
	held, ok := s.office().Forms[c.Query("id")]
	if !ok {
		return survey.ErrNotFound
	}
	edit := formEdit{form: held.Value, base: held.Revision, source: held.Value.ID, copied: c.Query("salin") == "1"}
	if edit.copied {
		edit.base, edit.form.ID, edit.form.Name = 0, "", ""
	}
	return s.showForm(c, fiber.StatusOK, edit)
}

// formEdit is a questionnaire in the hands of somebody who makes a new version of it, or another from it.
type formEdit struct {
	form     survey.Form
	base     int
	source   string // the questionnaire that it began from
	copied   bool   // it becomes another questionnaire
	problems survey.Problems
	preview  bool
	conflict string
}

// maxExtra is how many questions an office may add. They stay out of the IKM.
const maxExtra = 5

func (s *Server) showForm(c *fiber.Ctx, status int, edit formEdit) error {
	name := "Ubah kuesioner: " + edit.form.Name
	if edit.copied {
		name = "Kuesioner lain dari " + survey.DefaultForm
	}
	page := view.FormEdit{Base: s.formBase(c, name, edit.problems), Version: edit.base, Source: edit.source, Copied: edit.copied, Preview: edit.preview,
		Form: edit.form, Conflict: edit.conflict, Next: edit.base + 1}
	field := func(name, label, help, value string) view.Field {
		f := view.Field{Name: name, Label: label, Help: help, Value: value, Required: true}
		if p, wrong := edit.problems.On(name); wrong {
			f.Problem = s.words.Problem(locale.Default, p)
		}
		return f
	}
	page.Head = view.Form{General: s.general(edit.problems), Fields: []view.Field{field("nama", "Nama kuesioner", "Untuk pengelola; warga tidak melihatnya.", edit.form.Name)}}
	if edit.copied {
		page.Head.Fields = append([]view.Field{field("kode", "Kode kuesioner", "Kode tetap, misalnya skm-berbayar. Dipilih pada unit yang memakainya.", edit.form.ID)}, page.Head.Fields...)
	}
	all := page.Head.Fields
	for _, question := range edit.form.Unsur {
		labels := view.LabelSet{Unsur: survey.Unsur(question.Key).Name(), Text: question.Text, Hint: variants[survey.Unsur(question.Key)]}
		for _, option := range question.Options {
			labels.Fields = append(labels.Fields, field(labelField(question.Key, option.Value), "Pilihan "+strconv.Itoa(option.Value), "", option.Label))
		}
		all = append(all, labels.Fields...)
		page.Labels = append(page.Labels, labels)
	}
	for i := range maxExtra {
		text, options := "", ""
		if i < len(edit.form.Extra) {
			text = edit.form.Extra[i].Text
			var lines []string
			for _, option := range edit.form.Extra[i].Options {
				lines = append(lines, option.Label)
			}
			options = strings.Join(lines, "\n")
		}
		number := strconv.Itoa(i + 1)
		question, choices := field(extraField(i), "Pertanyaan "+number, "", text), field(extraOptions(i), "Pilihan jawaban "+number, "Satu pilihan per baris, 2 sampai 12 baris.", options)
		question.Required, choices.Required, choices.Input = false, false, view.InputLong
		all = append(all, question, choices)
		page.Extra = append(page.Extra, view.ExtraQuestion{Question: question, Options: choices, Open: question.Problem != "" || choices.Problem != ""})
	}
	page.Wrong = view.Form{General: page.Head.General, Fields: all}
	page.Why = whyField(c)
	c.Status(status)
	return s.render(c, "manage_formedit", page)
}

// variants are other official labels that are in use.
var variants = map[survey.Unsur]string{
	survey.Biaya: "Untuk layanan berbayar lazim dipakai: Tidak wajar, Kurang wajar, Wajar, Sangat wajar.",
	survey.Waktu: "Lazim juga: Tidak tepat waktu, Kadang tepat waktu, Banyak tepat waktu, Selalu tepat waktu.",
}

func labelField(key string, value int) string { return key + "-" + strconv.Itoa(value) }
func extraField(i int) string                 { return "tambahan-" + strconv.Itoa(i+1) }
func extraOptions(i int) string               { return extraField(i) + "-pilihan" }

// saveForm shows a preview or writes a new version. A version that was published stays as it is, for the answers given to it.
func (s *Server) saveForm(c *fiber.Ctx) error {
	office := s.office()
	source, ok := office.Forms[typed(c, "sumber")]
	if !ok {
		return survey.ErrNotFound
	}
	edit := formEdit{source: source.Value.ID, copied: typed(c, "salin") == "1", preview: typed(c, "aksi") == "pratinjau"}
	var err error
	if edit.base, err = strconv.Atoi(typed(c, fieldBase)); err != nil || edit.base < 0 {
		return fiber.ErrBadRequest
	}
	if edit.copied {
		edit.base, source.Value.Extra = 0, nil // its questions get keys of its own, which no later one of it can get again
	}
	edit.form, edit.problems = readQuestionnaire(c, source.Value, edit.base)
	if edit.copied {
		edit.form.ID = typed(c, "kode")
		if _, taken := office.Forms[edit.form.ID]; taken {
			edit.problems.Add("kode", "manage.taken")
		}
	}
	for _, p := range survey.Validate(edit.form) {
		if name, ok := map[string]string{"id": "kode", "name": "nama"}[p.Field]; ok || p.Key == "field.plain" {
			edit.problems.Add(name, p.Key, p.Args...) // of a question or an answer it stands above the form
		}
	}
	if len(edit.problems) > 0 {
		return s.showForm(c, fiber.StatusUnprocessableEntity, edit)
	}
	if edit.preview {
		return s.showForm(c, fiber.StatusOK, edit)
	}
	err = s.Register.Write(c.UserContext(), s.account(c).Username, why(c), survey.Draft{Object: edit.form, Base: edit.base})
	if errors.Is(err, survey.ErrConflict) {
		held := s.office().Forms[edit.form.ID]
		edit.base, edit.conflict = held.Revision, "oleh "+held.Author
		return s.showForm(c, fiber.StatusConflict, edit)
	}
	if err != nil {
		return err
	}
	return c.Redirect(withNotice(formPath, "tersimpan"), fiber.StatusSeeOther)
}

const (
	maxLabel    = 80
	maxQuestion = 200
	maxOptions  = 12
)

// readQuestionnaire reads labels and added questions over a questionnaire. The nine questions themselves are the law's.
func readQuestionnaire(c *fiber.Ctx, from survey.Form, base int) (survey.Form, survey.Problems) {
	form := from
	form.Name = typed(c, "nama")
	var problems survey.Problems
	form.Unsur = slices.Clone(from.Unsur)
	for i, question := range from.Unsur {
		form.Unsur[i].Options = slices.Clone(question.Options)
		for j, option := range question.Options {
			name := labelField(question.Key, option.Value)
			text := typed(c, name)
			checkLabel(&problems, name, text, maxLabel)
			form.Unsur[i].Options[j].Label = text
		}
	}
	form.Extra = nil
	for i := range maxExtra {
		if question, ok := readExtra(c, i, from, base, &problems); ok {
			form.Extra = append(form.Extra, question)
		}
	}
	return form, problems
}

func checkLabel(problems *survey.Problems, name, text string, limit int) {
	switch n := len([]rune(text)); {
	case n == 0:
		problems.Add(name, "field.required")
	case n > limit:
		problems.Add(name, "manage.long", limit)
	}
}

// readExtra reads one added question. It keeps its key while it stays the same; another question gets another key, so that
// answers to the two are never added up.
func readExtra(c *fiber.Ctx, i int, from survey.Form, base int, problems *survey.Problems) (survey.Question, bool) {
	text, lines := typed(c, extraField(i)), typed(c, extraOptions(i))
	if text == "" && lines == "" {
		return survey.Question{}, false
	}
	checkLabel(problems, extraField(i), text, maxQuestion)
	question := survey.Question{Key: extraField(i) + "-v" + strconv.Itoa(base+1), Text: text}
	for line := range strings.SplitSeq(lines, "\n") {
		if label := strings.TrimSpace(line); label != "" {
			checkLabel(problems, extraOptions(i), label, maxLabel)
			question.Options = append(question.Options, survey.Option{Value: len(question.Options) + 1, Label: label})
		}
	}
	if n := len(question.Options); n < 2 || n > maxOptions {
		problems.Add(extraOptions(i), "manage.options", maxOptions)
	}
	for _, before := range from.Extra {
		if sameQuestion(before, question) {
			return before, true
		}
	}
	return question, true
}

func sameQuestion(a, b survey.Question) bool {
	return a.Text == b.Text && slices.Equal(a.Options, b.Options)
}
