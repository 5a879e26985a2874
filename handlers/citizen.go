package handlers

import (
	"context"
	"errors"
	"time"

	"github.com/gofiber/fiber/v2"

	"kesan/handlers/view"
	"kesan/public"
	"kesan/survey"
)

// citizen answers at the pages that everybody may open: the survey of a sheet or ticket, the page where the code of a ticket
// is typed, and the receipt of an answer. Each is one document that needs nothing else. The survey has a script that keeps what
// was submitted until it is here, and after it has loaded a service worker; without them it works as any form.
type citizen struct {
	*Server
	pages surveyPages
}

const receiptPath = "/terima-kasih/"

func (s *Server) citizenRoutes() []route {
	z := &citizen{Server: s}
	return []route{
		{fiber.MethodGet, "/s/:token", everyone, z.open},
		{fiber.MethodPost, "/s/:token", everyone, z.submit},
		{fiber.MethodGet, "/S/:token", everyone, z.open}, // QR codes carry the address in upper case
		{fiber.MethodPost, "/S/:token", everyone, z.submit},
		{fiber.MethodGet, "/sw.js", everyone, z.worker(public.Worker)},
		{fiber.MethodGet, "/t", everyone, z.askCode},
		{fiber.MethodPost, "/t", everyone, z.takeCode},
		{fiber.MethodGet, receiptPath + ":receipt", everyone, z.receipt},
		{fiber.MethodGet, receiptPath + ":receipt/pesan", everyone, z.contactPage},
		{fiber.MethodPost, receiptPath + ":receipt/pesan", everyone, z.leaveContact},
	}
}

// submitTime bounds how long a citizen waits for an answer to be stored; the store gives up a little earlier.
const submitTime = 4500 * time.Millisecond

// open answers GET: the empty form of a sheet, ticket or display; a form that has an address of its own only there.
func (z *citizen) open(c *fiber.Ctx) error {
	lang := z.language(c, c.Query(survey.FieldLang))
	seq := z.office().Seq // before the visit: a page kept under it may be newer than it says, never older
	visit, err := z.visit(c)
	if err != nil {
		return z.turnAway(c, lang, err)
	}
	if visit.Address != "" {
		light(c)
		return c.Redirect("/s/"+visit.Address, fiber.StatusSeeOther)
	}
	if z.spent(c.UserContext(), visit) {
		return z.alreadySent(c, lang, visit)
	}
	if visit.Point.Channel == survey.ChannelPoster {
		z.Scans.Note(visit.Point.ID, z.today(visit.Unit.Code))
	}
	page, err := z.pages.page(surveyPage{visit.Point, lang, seq, visit.Asked()}, func() (*sealedPage, error) { return z.empty(lang, visit) })
	if err != nil {
		return err
	}
	return page.send(c, visit.Token)
}

// visit opens the form of the address: where the unit asks the short one all of it for who wants to answer all nine.
func (z *citizen) visit(c *fiber.Ctx) (survey.Visit, error) {
	visit, err := z.opened(c)
	if err != nil {
		return visit, err
	}
	return z.whole(c, visit)
}

func (z *citizen) whole(c *fiber.Ctx, visit survey.Visit) (survey.Visit, error) {
	if !visit.Short() || c.Query(survey.FieldWhole) == "" {
		return visit, nil
	}
	return z.Intake.Full(visit)
}

// submit answers POST. It thanks only after the answer is stored; the way there renders nothing. A browser gets pages, the
// outbox of the survey's script gets their gist.
func (z *citizen) submit(c *fiber.Ctx) error {
	typed, doubled, err := readForm(c)
	if err != nil {
		return err
	}
	lang := z.language(c, typed[survey.FieldLang])
	visit, err := z.Intake.Resume(typed[survey.FieldForm])
	switch {
	case errors.Is(err, survey.ErrExpired), errors.Is(err, survey.ErrNotFound):
		return z.reopen(c, lang, typed)
	case errors.Is(err, survey.ErrEarly):
		return z.retry(c, lang, typed, survey.ErrBusy)
	case errors.Is(err, survey.ErrRevoked) && fromOutbox(c):
		return z.tell(c, fiber.StatusGone, view.GoneNote(lang))
	case err != nil:
		return z.turnAway(c, lang, err)
	}
	ctx, cancel := context.WithTimeout(c.UserContext(), submitTime)
	defer cancel()
	answers, problems := z.Intake.Accept(&visit, typed)
	if problems = append(problems, doubled...); len(problems) > 0 {
		return z.mend(ctx, c, lang, visit, typed, problems)
	}
	receipt, err := z.Intake.Submit(ctx, visit, answers, lang)
	switch {
	case errors.Is(err, survey.ErrDiffers):
		z.metrics.refuse(survey.RuleRepeated)
		if fromOutbox(c) {
			return z.tell(c, fiber.StatusConflict, view.Note{Lang: lang, Head: "survey.differs_title", Text: "survey.differs_text"})
		}
		return z.message(c, fiber.StatusConflict, lang, "survey.differs_title", true, "survey.differs_text", "survey.differs_new")
	case errors.Is(err, survey.ErrExpired):
		return z.reopen(c, lang, typed)
	case err != nil:
		return z.retry(c, lang, typed, err)
	}
	address := z.thanks(c, receipt, lang)
	if fromOutbox(c) {
		return z.tell(c, fiber.StatusOK, view.Note{Lang: lang, Head: "survey.thanks_head", Text: "survey.sent_text", Receipt: address})
	}
	return c.Redirect(address, fiber.StatusSeeOther)
}

// mend shows the form with what is wrong with it. What no page of ours can send is recorded as refused, too.
func (z *citizen) mend(ctx context.Context, c *fiber.Ctx, lang string, visit survey.Visit, typed map[string]string, problems survey.Problems) error {
	if rule := survey.Refusal(problems); rule != "" {
		z.Intake.Refuse(ctx, visit, rule)
		z.metrics.refuse(rule)
	}
	if fromOutbox(c) {
		return z.tell(c, fiber.StatusUnprocessableEntity, view.Note{Lang: lang, Head: "survey.mend_head", Text: "survey.mend_text",
			Action: c.Path(), Fields: view.HiddenFields(typed)})
	}
	return z.sendForm(c, z.form(lang, visit, view.Typed{Values: typed, Problems: problems}))
}

// reopen hands out a fresh form with what was typed into one that is too old or not ours.
func (z *citizen) reopen(c *fiber.Ctx, lang string, typed map[string]string) error {
	if fromOutbox(c) {
		return z.tell(c, fiber.StatusGone, view.GoneNote(lang))
	}
	visit, err := z.visit(c)
	if err != nil {
		return z.turnAway(c, lang, err)
	}
	return z.sendForm(c, z.form(lang, visit, view.Typed{Values: typed, Notice: "survey.stale"}))
}

func (z *citizen) form(lang string, visit survey.Visit, typed view.Typed) view.Survey {
	office := z.office()
	page := view.NewSurvey(z.words, lang, office.Agency(), office.FullName(visit.Unit.Code), visit, typed)
	page.Demo = z.options.Demo
	page.Whole = !visit.Short() && office.ModeOf(visit.Unit.Code) == survey.FormShort
	return page
}

// language returns the language that was chosen, else the one that suits what the browser asks for.
func (z *citizen) language(c *fiber.Ctx, chosen string) string {
	if z.words.Has(chosen) {
		return chosen
	}
	return z.words.Match(c.Get(fiber.HeaderAcceptLanguage))
}
