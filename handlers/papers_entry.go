package handlers

import (
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"kesan/handlers/locale"
	"kesan/handlers/view"
	"kesan/survey"
)

// pass returns which pass over a batch the address names.
func pass(c *fiber.Ctx) (int, error) {
	n, err := strconv.Atoi(c.Params("pass"))
	if err != nil || n < 1 || n > survey.PaperPasses || strconv.Itoa(n) != c.Params("pass") {
		return 0, survey.ErrNotFound
	}
	return n, nil
}

// enterPapers shows a block of papers to type.
func (s *Server) enterPapers(c *fiber.Ctx) error {
	batch, err := s.batch(c)
	if err != nil {
		return err
	}
	pass, err := pass(c)
	if err != nil {
		return err
	}
	block := min(max(c.QueryInt("hal", 1), 1), batch.Blocks()) - 1
	return s.showEntry(c, fiber.StatusOK, batch, pass, block, nil, nil)
}

// showEntry shows a block with what is kept of it, or with what was just typed and is wrong.
func (s *Server) showEntry(c *fiber.Ctx, status int, batch survey.Batch, pass, block int, typed map[int]survey.Paper, wrong map[int]survey.Problems) error {
	states, err := s.Papers.Block(c.UserContext(), batch, block)
	if err != nil {
		return err
	}
	office := s.office()
	page := view.PaperEntry{Base: s.base(c, "Isi bundel "+batch.ID), BatchRow: s.batchRow(office, batch), Pass: pass, Block: block + 1,
		Blocks: batch.Blocks(), Unsur: len(office.Versions[batch.Form].Unsur), Closed: s.paperClosed(batch)}
	for i, code := range batch.Services {
		page.Services = append(page.Services, strconv.Itoa(i+1)+" "+survey.Name(office.Services, code))
	}
	for _, state := range states {
		row := view.PaperRow{Number: state.Number, Paper: state.Typed[pass-1], Stored: state.Stored}
		if typed != nil && !state.Stored {
			row.Paper = typed[state.Number]
		}
		for _, p := range wrong[state.Number] {
			row.Problems = append(row.Problems, s.words.Problem(locale.Default, p))
			row.Wrong = append(row.Wrong, p.Field)
		}
		page.Rows = append(page.Rows, row)
	}
	page.Focus()
	c.Status(status)
	return s.render(c, "paperentry", page)
}

// savePapers keeps what was typed of a block. Enter in any field sends it, and the next empty paper is ready then.
func (s *Server) savePapers(c *fiber.Ctx) error {
	batch, err := s.batch(c)
	if err != nil {
		return err
	}
	pass, err := pass(c)
	if err != nil {
		return err
	}
	if err := s.Papers.Open(batch); err != nil {
		return err
	}
	block, err := strconv.Atoi(typed(c, "hal"))
	if err != nil || block < 1 || block > batch.Blocks() {
		return fiber.ErrBadRequest
	}
	papers, wrong := s.typedPapers(c, batch, block-1)
	if len(wrong) > 0 {
		return s.showEntry(c, fiber.StatusUnprocessableEntity, batch, pass, block-1, papers, wrong)
	}
	if err := s.Papers.Save(c.UserContext(), batch, pass, block-1, papers, s.account(c).Username); err != nil {
		return err
	}
	return c.Redirect(withNotice(paperPath+"/"+batch.ID+"/isi/"+strconv.Itoa(pass)+"?hal="+strconv.Itoa(block), "bundel_tersimpan"), fiber.StatusSeeOther)
}

// typedPapers reads the rows of a block, and what is wrong with them by number.
func (s *Server) typedPapers(c *fiber.Ctx, batch survey.Batch, block int) (map[int]survey.Paper, map[int]survey.Problems) {
	papers, wrong := map[int]survey.Paper{}, map[int]survey.Problems{}
	for number := block*survey.PaperBlock + 1; number <= min((block+1)*survey.PaperBlock, batch.Count); number++ {
		var paper survey.Paper
		for _, name := range survey.PaperFields {
			*paper.Field(name) = typed(c, name+"-"+strconv.Itoa(number))
		}
		paper.Unsur = strings.NewReplacer(" ", "", "-", "0").Replace(paper.Unsur)
		papers[number] = paper
		if paper == (survey.Paper{}) {
			continue
		}
		if _, problems := s.office().PaperAnswers(batch, paper); len(problems) > 0 {
			wrong[number] = problems
		}
	}
	return papers, wrong
}

// comparePapers shows where the passes differ.
func (s *Server) comparePapers(c *fiber.Ctx) error {
	progress, states, err := s.progress(c, "Bandingkan bundel")
	if err != nil {
		return err
	}
	page := view.PaperCompare{BatchPage: progress}
	for _, state := range states {
		if len(state.Differs) > 0 && !state.Stored {
			page.Differing = append(page.Differing, view.DifferingPaper(state))
		}
	}
	return s.render(c, "papercompare", page)
}

// storePapers makes answers of the papers that agree, by themselves or by what was chosen.
func (s *Server) storePapers(c *fiber.Ctx) error {
	batch, err := s.batch(c)
	if err != nil {
		return err
	}
	choices := map[survey.PaperChoice]int{}
	for name, value := range c.Request().PostArgs().All() {
		field, number, ok := strings.Cut(string(name), "-")
		n, err := strconv.Atoi(number)
		pass, wrong := strconv.Atoi(string(value))
		if ok && err == nil && wrong == nil {
			choices[survey.PaperChoice{Number: n, Field: field}] = pass
		}
	}
	stored, err := s.Papers.StoreAgreed(c.UserContext(), batch, choices)
	if stored > 0 {
		s.audit(c, survey.AuditPapers, batch.ID+" "+strconv.Itoa(stored))
	}
	if err != nil {
		return err
	}
	notice := withNotice(paperPath+"/"+batch.ID, "bundel_masuk")
	if stored == 0 {
		notice = withNotice(paperPath+"/"+batch.ID, "bundel_tunggu")
	}
	return c.Redirect(notice, fiber.StatusSeeOther)
}
