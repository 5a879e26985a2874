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
	states, err := s.Papers.Block(c.UserContext(), batch, block)
	if err != nil {
		return err
	}
	return s.showEntry(c, fiber.StatusOK, blockEntry{batch: batch, pass: pass, block: block, states: states})
}

// blockEntry is a block of papers in the hands of somebody who types it in a pass; blocks count from 0.
type blockEntry struct {
	batch       survey.Batch
	pass, block int
	states      []survey.PaperState  // as they are kept
	typed       map[int]survey.Paper // what was just typed and is not kept; nil: nothing was
	wrong       map[int]survey.Problems
	busy        bool // it could not be kept just now
}

// showEntry shows a block with what is kept of it, or with what was just typed.
func (s *Server) showEntry(c *fiber.Ctx, status int, e blockEntry) error {
	office := s.office()
	form := office.Versions[e.batch.Form]
	page := view.PaperEntry{Base: s.base(c, "Isi bundel "+e.batch.ID), BatchRow: s.batchRow(office, e.batch), Pass: e.pass, Block: e.block + 1,
		Blocks: e.batch.Blocks(), Unsur: len(form.Unsur), Rest: len(form.Others()), Closed: s.paperClosed(e.batch), Busy: e.busy}
	for i, code := range e.batch.Services {
		page.Services = append(page.Services, strconv.Itoa(i+1)+" "+survey.Name(office.Services, code))
	}
	for _, state := range e.states {
		row := view.PaperRow{Number: state.Number, Paper: state.Typed[e.pass-1], Stored: state.Stored}
		if e.typed != nil && !state.Stored {
			row.Paper = e.typed[state.Number]
		}
		for _, p := range e.wrong[state.Number] {
			row.Problems = append(row.Problems, s.words.Problem(locale.Default, p))
			row.Wrong = append(row.Wrong, p.Field)
		}
		page.Rows = append(page.Rows, row)
	}
	page.Focus()
	c.Status(status)
	return s.render(c, "paperentry", page)
}

// savePapers keeps what was typed of a block. Enter in any field sends it, and the next empty paper is ready then: after the last
// of a block that of the next one.
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
	e := blockEntry{batch: batch, pass: pass, block: block - 1}
	e.typed, e.wrong = s.typedPapers(c, batch, block-1)
	if e.states, err = s.Papers.Block(c.UserContext(), batch, e.block); err == nil && len(e.wrong) == 0 {
		err = s.Papers.Save(c.UserContext(), batch, pass, e.block, e.typed, s.account(c).Username)
	}
	switch {
	case err != nil:
		s.Log.Error("papers not kept", "error", err)
		e.busy, e.states = true, batch.Empty(e.block)
		return s.showEntry(c, fiber.StatusServiceUnavailable, e)
	case len(e.wrong) > 0:
		return s.showEntry(c, fiber.StatusUnprocessableEntity, e)
	}
	return c.Redirect(e.next(), fiber.StatusSeeOther)
}

// next is where typing goes on after a block was kept: there, or in the next block once the last paper of this one is typed, or
// at the batch once the last one of all is.
func (e blockEntry) next() string {
	last := e.states[len(e.states)-1]
	page, begun := paperPath+"/"+e.batch.ID, last.Stored || last.Typed[e.pass-1] != survey.Paper{}
	block := e.block + 1
	if !begun && e.typed[last.Number] != (survey.Paper{}) {
		block++
	}
	if block > e.batch.Blocks() {
		return withNotice(page, "bundel_selesai")
	}
	return withNotice(page+"/isi/"+strconv.Itoa(e.pass)+"?hal="+strconv.Itoa(block), "bundel_tersimpan")
}

// compact takes out what people put between marks to see where they are, and reads a stroke as "nothing circled".
var compact = strings.NewReplacer(" ", "", "-", "0")

// typedPapers reads the rows of a block, and what is wrong with them by number.
func (s *Server) typedPapers(c *fiber.Ctx, batch survey.Batch, block int) (map[int]survey.Paper, map[int]survey.Problems) {
	papers, wrong := map[int]survey.Paper{}, map[int]survey.Problems{}
	for number := block*survey.PaperBlock + 1; number <= min((block+1)*survey.PaperBlock, batch.Count); number++ {
		var paper survey.Paper
		for _, name := range survey.PaperFields {
			*paper.Field(name) = typed(c, name+"-"+strconv.Itoa(number))
		}
		paper.Unsur, paper.Rest = compact.Replace(paper.Unsur), strings.ToUpper(compact.Replace(paper.Rest))
		paper.Comment = strings.Join(strings.Fields(paper.Comment), " ")
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
