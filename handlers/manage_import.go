package handlers

import (
	"bytes"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"kesan/handlers/locale"
	"kesan/handlers/view"
	"kesan/public"
	"kesan/survey"
	"kesan/survey/imports"
)

const (
	exportPath = "/kelola/ekspor"
	samplePath = "/kelola/contoh"
)

func (s *Server) importRoutes() []route {
	return []route{
		{fiber.MethodGet, importPath, admin, s.importPage},
		{fiber.MethodPost, importPath, admin, s.previewImport},
		{fiber.MethodPost, importPath + "/tulis", admin, s.writeImport},
		{fiber.MethodGet, exportPath + "/:kind", admin, s.exportFile},
		{fiber.MethodGet, samplePath + "/:name", admin, s.sampleFile},
	}
}

func (s *Server) importPage(c *fiber.Ctx) error {
	return s.showImport(c, fiber.StatusOK, c.Query("jenis"), "")
}

func (s *Server) showImport(c *fiber.Ctx, status int, chosen, problem string) error {
	page := view.Import{Base: s.base(c, "Impor dan unduh"), Problem: problem, MaxRows: imports.MaxRows, MaxMegabytes: int64(imports.MaxSize >> 20)}
	page.Faulty = problem != ""
	for _, kind := range imports.Kinds() {
		shown := view.ImportKind{Kind: kind, Chosen: kind.Name == chosen, Export: exportPath + "/" + kind.Name}
		if _, err := public.Samples.ReadFile("contoh/" + kind.Name + ".csv"); err == nil {
			shown.Sample = samplePath + "/" + kind.Name + ".csv"
		}
		page.Kinds = append(page.Kinds, shown)
	}
	c.Status(status)
	return s.render(c, "manage_import", page)
}

// upload is a file between its preview and the word to write it.
type upload struct {
	Username string `json:"username"`
	Kind     string `json:"kind"`
	Name     string `json:"name"`
	Seq      int64  `json:"seq"` // of the office that the preview was made from
	File     []byte `json:"file"`
}

// uploadLife is how long a preview can be confirmed.
const uploadLife = time.Hour

func uploadKey(id string) string { return "import/" + id }

// previewImport reads a file and says what it would change. It changes nothing.
func (s *Server) previewImport(c *fiber.Ctx) error {
	kind := typed(c, "jenis")
	if _, err := imports.Find(kind); err != nil {
		return s.showImport(c, fiber.StatusUnprocessableEntity, "", "Pilih jenis data berkas ini.")
	}
	header, err := c.FormFile("berkas")
	if err != nil || header.Size == 0 {
		return s.showImport(c, fiber.StatusUnprocessableEntity, kind, "Pilih berkas CSV yang akan diimpor.")
	}
	opened, err := header.Open()
	if err != nil {
		return fmt.Errorf("open upload: %w", err)
	}
	defer opened.Close()
	raw, err := io.ReadAll(io.LimitReader(opened, imports.MaxSize+1))
	if err != nil {
		return fmt.Errorf("read upload: %w", err)
	}
	return s.showPlan(c, upload{Username: s.account(c).Username, Kind: kind, Name: fileName(header.Filename), File: raw}, "")
}

// fileName is the name of an uploaded file as it is shown and audited: its last part, without what does not print.
func fileName(name string) string {
	name = path.Base(strings.ReplaceAll(name, `\`, "/"))
	runes := []rune(strings.ToValidUTF8(strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f {
			return -1
		}
		return r
	}, name), ""))
	return string(runes[:min(len(runes), 80)])
}

// showPlan shows what a file would change. A good file is kept for a while, so that it need not be sent again.
func (s *Server) showPlan(c *fiber.Ctx, up upload, notice string) error {
	office := s.office()
	plan, err := imports.Read(up.Kind, bytes.NewReader(up.File), office)
	if err != nil {
		return err
	}
	kind, err := imports.Find(up.Kind)
	if err != nil {
		return err
	}
	page := view.Plan{Base: s.base(c, "Periksa sebelum menulis: "+kind.Title), Kind: kind, File: up.Name, New: int64(plan.New), Changed: int64(plan.Changed), Same: int64(plan.Same),
		Problems: sentences(plan.Problems), Warnings: sentences(plan.Warnings)}
	if notice != "" {
		page.Notice = notice
	}
	if plan.Problems.Count() > 0 {
		page.Faulty = true
		c.Status(fiber.StatusUnprocessableEntity)
		return s.render(c, "manage_plan", page)
	}
	if len(plan.Drafts) > 0 {
		up.Seq = office.Seq
		if page.ID, err = s.keepUpload(c, up); err != nil {
			return err
		}
	}
	return s.render(c, "manage_plan", page)
}

func sentences(found imports.Findings) []string {
	list := found.Sentences()
	for i, text := range list {
		list[i] = strings.ToUpper(text[:1]) + text[1:]
	}
	return list
}

func (s *Server) keepUpload(c *fiber.Ctx, up upload) (string, error) {
	value, err := json.Marshal(up)
	if err != nil {
		return "", err
	}
	id := rand.Text()
	entry := survey.Entry{Key: uploadKey(id), Value: value, Expires: s.Clock.Now().Add(uploadLife)}
	if err := s.Store.PutEntry(c.UserContext(), entry); err != nil {
		return "", fmt.Errorf("keep upload: %w", err)
	}
	return id, nil
}

// writeImport writes a file that was looked at. If the office has changed since, the person looks again.
func (s *Server) writeImport(c *fiber.Ctx) error {
	ctx, id := c.UserContext(), typed(c, "id")
	entry, err := s.Store.Entry(ctx, uploadKey(id), s.Clock.Now())
	if errors.Is(err, survey.ErrNotFound) {
		return s.showImport(c, fiber.StatusUnprocessableEntity, "", "Pratinjau sudah kedaluwarsa atau sudah ditulis. Kirim berkasnya sekali lagi.")
	}
	if err != nil {
		return fmt.Errorf("read upload: %w", err)
	}
	var up upload
	if err := json.Unmarshal(entry.Value, &up); err != nil {
		return fmt.Errorf("read upload: %w", err)
	}
	if up.Username != s.account(c).Username {
		return survey.ErrNotFound
	}
	office := s.office()
	if office.Seq != up.Seq {
		return s.showPlan(c, up, s.words.T(locale.Default, "manage.again"))
	}
	plan, err := imports.Read(up.Kind, bytes.NewReader(up.File), office)
	if err != nil {
		return err
	}
	err = s.Register.Write(ctx, up.Username, "impor "+up.Name, plan.Drafts...)
	if errors.Is(err, survey.ErrConflict) {
		return s.showPlan(c, up, s.words.T(locale.Default, "manage.again"))
	}
	if err != nil {
		return err
	}
	if err := s.Store.DeleteEntry(ctx, uploadKey(id)); err != nil {
		return fmt.Errorf("forget upload: %w", err)
	}
	s.audit(c, survey.AuditImport, plan.Audited(up.Name))
	return c.Redirect(withNotice("/kelola/"+up.Kind, "impor"), fiber.StatusSeeOther)
}

// exportFile writes the objects of a kind as the file that can be imported again.
func (s *Server) exportFile(c *fiber.Ctx) error {
	kind := c.Params("kind")
	var body bytes.Buffer
	if err := imports.Write(kind, s.office(), &body); err != nil {
		return err
	}
	s.audit(c, survey.AuditExport, kind+".csv")
	return attach(c, kind+".csv", mimeCSV, body.Bytes())
}

// sampleFile gives one of the sample files.
func (s *Server) sampleFile(c *fiber.Ctx) error {
	name := c.Params("name")
	entries, err := public.Samples.ReadDir("contoh")
	if err != nil {
		return err
	}
	names := make([]string, len(entries))
	for i, entry := range entries {
		names[i] = entry.Name()
	}
	if !slices.Contains(names, name) {
		return survey.ErrNotFound
	}
	body, err := public.Samples.ReadFile("contoh/" + name)
	if err != nil {
		return err
	}
	return attach(c, name, mimeCSV, body)
}
