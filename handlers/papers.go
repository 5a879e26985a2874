package handlers

import (
	"errors"
	"slices"
	"strconv"

	"github.com/gofiber/fiber/v2"

	"kesan/handlers/view"
	"kesan/survey"
)

const paperPath = gatherPath + "/kertas"

// fieldDay is the field of the day of the visits.
const fieldDay = "tanggal"

func (s *Server) paperRoutes() []route {
	return []route{
		{fiber.MethodGet, paperPath, gatherers, s.papers},
		{fiber.MethodPost, paperPath, gatherers, s.createBatch},
		{fiber.MethodGet, paperPath + "/:id", gatherers, s.batchPage},
		{fiber.MethodGet, paperPath + "/:id/cetak", gatherers, s.printBatch},
		{fiber.MethodGet, paperPath + "/:id/isi/:pass", gatherers, s.enterPapers},
		{fiber.MethodPost, paperPath + "/:id/isi/:pass", gatherers, s.savePapers},
		{fiber.MethodGet, paperPath + "/:id/banding", gatherers, s.comparePapers},
		{fiber.MethodPost, paperPath + "/:id/banding", gatherers, s.storePapers},
	}
}

// papers lists the batches of the counters at which the account may enter answers, the latest day first, and makes new ones.
func (s *Server) papers(c *fiber.Ctx) error {
	return s.showPapers(c, fiber.StatusOK, map[string]string{fieldDay: string(s.today("")), fieldCount: "20"}, nil)
}

// maxBatches is how many batches the list shows: those of half a year of a busy unit.
const maxBatches = 200

func (s *Server) showPapers(c *fiber.Ctx, status int, values map[string]string, problems survey.Problems) error {
	office := s.office()
	base := s.formBase(c, "Formulir kertas", problems)
	page := view.Batches{Base: base}
	var counters []view.Choice
	for _, unit := range office.UnitsAssisted(s.account(c)) {
		counters = append(counters, openCounters(office, unit)...)
	}
	for _, held := range office.Batches {
		if office.Assists(s.account(c), office.BatchUnit(held.Value).Code) {
			page.Batches = append(page.Batches, s.batchRow(office, held.Value))
		}
	}
	slices.SortFunc(page.Batches, view.BatchRow.Compare)
	page.Batches = page.Batches[:min(len(page.Batches), maxBatches)]
	fields := []view.Field{
		{Name: fieldCounter, Label: "Loket", Input: view.InputChoice, Required: true, Choices: chosen(counters, values[fieldCounter])},
		{Name: fieldDay, Label: "Hari kunjungan", Input: "date", Required: true, Value: values[fieldDay], Help: "Satu bundel untuk satu hari; harinya tercetak di setiap lembar."},
		{Name: fieldCount, Label: "Banyaknya lembar", Input: "number", Required: true, Value: values[fieldCount], Help: "1 sampai 200."}}
	s.mark(fields, problems)
	page.Form = view.Form{Action: paperPath, Submit: "Buat bundel", CSRF: base.CSRF, Fields: fields}
	c.Status(status)
	return s.render(c, "papers", page)
}

func (s *Server) batchRow(office *survey.Office, batch survey.Batch) view.BatchRow {
	return view.BatchRow{Batch: batch, Counter: survey.Name(office.Counters, batch.Counter), Unit: office.FullName(office.BatchUnit(batch).Code)}
}

// createBatch makes a batch of paper forms with the counter's questionnaire and services as they are now.
func (s *Server) createBatch(c *fiber.Ctx) error {
	office := s.office()
	values := map[string]string{fieldCounter: typed(c, fieldCounter), fieldDay: typed(c, fieldDay), fieldCount: typed(c, fieldCount)}
	counter := office.Counters[values[fieldCounter]].Value
	if counter.Code != "" && !office.Assists(s.account(c), counter.Unit) {
		return survey.ErrDenied
	}
	_, form := office.FormOf(counter.Unit)
	batch := survey.Batch{ID: survey.NewSheetID(), Counter: values[fieldCounter], Services: office.ServicesAt(counter), Form: form, Day: survey.Day(values[fieldDay])}
	batch.Count, _ = strconv.Atoi(values[fieldCount]) // what is no number is 0, which is refused
	fields := map[string]string{"counter": fieldCounter, "day": fieldDay, "count": fieldCount}
	var problems survey.Problems
	for _, p := range office.CheckBatch(batch, s.Clock.Now(), s.Papers.Locked) {
		p.Field = fields[p.Field]
		problems = append(problems, p)
	}
	if len(problems) > 0 {
		return s.showPapers(c, fiber.StatusUnprocessableEntity, values, problems)
	}
	if err := s.Register.Write(c.UserContext(), s.account(c).Username, "bundel formulir kertas", survey.Draft{Object: batch}); err != nil {
		return err
	}
	return c.Redirect(withNotice(paperPath+"/"+batch.ID, "bundel_dibuat"), fiber.StatusSeeOther)
}

// batch returns the batch that the address names, if the account may enter its papers.
func (s *Server) batch(c *fiber.Ctx) (survey.Batch, error) {
	office := s.office()
	batch, err := office.Batches.Value(c.Params("id"))
	if err == nil && !office.Assists(s.account(c), office.BatchUnit(batch).Code) {
		err = survey.ErrNotFound
	}
	return batch, err
}

// batchPage shows how far a batch has come and what to do next.
func (s *Server) batchPage(c *fiber.Ctx) error {
	page, _, err := s.progress(c, "Bundel")
	if err != nil {
		return err
	}
	return s.render(c, "batch", page)
}

// progress returns what the pages of the batch in the address have in common, and the states of its papers.
func (s *Server) progress(c *fiber.Ctx, title string) (view.BatchPage, []survey.PaperState, error) {
	batch, err := s.batch(c)
	if err != nil {
		return view.BatchPage{}, nil, err
	}
	states, err := s.Papers.Papers(c.UserContext(), batch)
	if err != nil {
		return view.BatchPage{}, nil, err
	}
	page := view.BatchPage{Base: s.base(c, title+" "+batch.ID), BatchRow: s.batchRow(s.office(), batch), Closed: s.paperClosed(batch)}
	for _, state := range states {
		page.Count(state)
	}
	return page, states, nil
}

// paperClosed is the sentence that says why no papers of a batch can be entered now, or "".
func (s *Server) paperClosed(batch survey.Batch) string {
	switch err := s.Papers.Open(batch); {
	case errors.Is(err, survey.ErrClosed):
		return "Hari bundel ini termasuk siklus yang sudah dikunci, jadi tidak menerima jawaban lagi."
	case errors.Is(err, survey.ErrExpired):
		return "Hari bundel ini belum tiba. Formulirnya dapat dicetak sekarang dan diisi ke sini mulai hari itu."
	}
	return ""
}

// printBatch shows the papers of a batch, one page each.
func (s *Server) printBatch(c *fiber.Ctx) error {
	batch, err := s.batch(c)
	if err != nil {
		return err
	}
	office := s.office()
	page := view.NewPaperPrint(s.base(c, "Formulir "+batch.ID), office, s.batchRow(office, batch), paperPath+"/"+batch.ID)
	allowStyle(c, page.Style)
	return s.render(c, "paper", page)
}
