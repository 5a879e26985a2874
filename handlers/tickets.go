package handlers

import (
	"net/url"
	"strconv"

	"github.com/gofiber/fiber/v2"

	"kesan/handlers/locale"
	"kesan/handlers/poster"
	"kesan/handlers/view"
	"kesan/survey"
)

const ticketPath = gatherPath + "/tiket"

// Fields of the ticket pages.
const (
	fieldCounter     = "loket"
	fieldService     = "layanan"
	fieldOfficer     = "petugas"
	fieldCount       = "banyak"
	fieldTicketPaper = "kertas"
)

// issuers print tickets. An officer may not: who hands out trusted tickets could answer them about himself.
var issuers = roles(survey.RoleAdmin, survey.RoleUnitHead)

// ticketRoutes are the pages that print tickets.
func (s *Server) ticketRoutes() []route {
	return []route{
		{fiber.MethodGet, ticketPath, issuers, s.ticketPage},
		{fiber.MethodPost, ticketPath, issuers, s.printTickets},
	}
}

// ticketPage asks for the counter, and then what the tickets are for.
func (s *Server) ticketPage(c *fiber.Ctx) error {
	counter, err := s.counterSeen(c, c.Query(fieldCounter))
	if err != nil {
		page := view.CounterChoice{Base: s.base(c, "Tiket sekali pakai"), Path: ticketPath, Submit: "Lanjut",
			About: "Tiket membuktikan bahwa yang menjawab benar-benar dilayani, jadi jawabannya paling dipercaya. Untuk loket mana tiketnya?"}
		for _, unit := range s.office().UnitsSeen(s.account(c)) {
			page.Counters = append(page.Counters, openCounters(s.office(), unit)...)
		}
		return s.chooseCounter(c, page)
	}
	return s.orderTickets(c, fiber.StatusOK, counter, map[string]string{fieldCount: "12"}, nil)
}

// counterSeen returns an open counter of a unit that the account sees.
func (s *Server) counterSeen(c *fiber.Ctx, code string) (survey.Counter, error) {
	office := s.office()
	counter, err := office.Counters.Value(code)
	if err == nil && (counter.Closed || office.Units[counter.Unit].Value.Closed || !office.SeesUnit(s.account(c), counter.Unit)) {
		err = survey.ErrNotFound
	}
	return counter, err
}

// chooseCounter shows the page with the counters to choose from; a choice that came already was not one of them.
func (s *Server) chooseCounter(c *fiber.Ctx, page view.CounterChoice) error {
	if c.Query(fieldCounter) != "" {
		page.Problem = s.words.T(locale.Default, "ticket.choose")
		c.Status(fiber.StatusUnprocessableEntity)
	}
	return s.render(c, "counterchoice", page)
}

// openCounters offers the open counters of a unit.
func openCounters(office *survey.Office, unit string) []view.Choice {
	var choices []view.Choice
	if office.Units[unit].Value.Closed {
		return nil
	}
	for _, code := range office.CountersOf(unit) {
		if counter := office.Counters[code].Value; !counter.Closed {
			choices = append(choices, view.Choice{Value: code, Label: counter.Name + ", " + office.FullName(unit)})
		}
	}
	return choices
}

func (s *Server) orderTickets(c *fiber.Ctx, status int, counter survey.Counter, values map[string]string, problems survey.Problems) error {
	office := s.office()
	base := s.formBase(c, "Tiket untuk "+counter.Name, problems)
	var services, officers []view.Choice
	for _, code := range office.ServicesAt(counter) {
		services = append(services, view.Choice{Value: code, Label: survey.Name(office.Services, code)})
	}
	for _, id := range office.Officers.IDs() {
		if officer := office.Officers[id].Value; officer.Unit == counter.Unit && !officer.Closed {
			officers = append(officers, view.Choice{Value: id, Label: officer.Name})
		}
	}
	fields := []view.Field{
		{Name: fieldCounter, Input: "hidden", Value: counter.Code},
		{Name: fieldCount, Label: "Banyaknya tiket", Input: "number", Required: true, Value: values[fieldCount], Help: "1 sampai 100."},
		{Name: fieldService, Label: "Layanan", Input: view.InputChoice, Choices: chosen(services, values[fieldService]), Empty: "Warga memilih sendiri"},
		{Name: fieldOfficer, Label: "Petugas", Input: view.InputChoice, Choices: chosen(officers, values[fieldOfficer]),
			Empty: "Menurut jadwal", Help: "Menurut jadwal: siapa yang bertugas pada saat tiket dicetak."},
		{Name: fieldTicketPaper, Label: "Kertas", Input: view.InputChoice, Required: true, Choices: chosen(view.Papers(), values[fieldTicketPaper])}}
	s.mark(fields, problems)
	c.Status(status)
	return s.render(c, "ticketorder", view.TicketOrder{Base: base, Counter: counter, Unit: office.FullName(counter.Unit),
		Form: view.Form{Action: ticketPath, Submit: "Buat dan tampilkan tiket", CSRF: base.CSRF, Fields: fields, General: s.general(problems)}})
}

// ticketFields names the fields of an order as the form does.
var ticketFields = map[string]string{"counter": fieldCounter, "service": fieldService, "officer": fieldOfficer, "count": fieldCount}

// printTickets issues tickets and shows them to be printed. They are shown this once: nothing keeps their codes.
func (s *Server) printTickets(c *fiber.Ctx) error {
	counter, err := s.counterSeen(c, typed(c, fieldCounter))
	if err != nil {
		return err
	}
	if s.unreachable() {
		return s.refusePoster(c)
	}
	values := map[string]string{}
	for _, name := range []string{fieldCount, fieldService, fieldOfficer, fieldTicketPaper} {
		values[name] = typed(c, name)
	}
	order := survey.TicketOrder{Counter: counter.Code, Service: values[fieldService], Officer: values[fieldOfficer]}
	order.Count, _ = strconv.Atoi(values[fieldCount]) // what is no number is 0, which is refused
	var problems survey.Problems
	for _, p := range s.office().CheckTickets(order) {
		p.Field = ticketFields[p.Field]
		problems = append(problems, p)
	}
	if o, ok := s.office().Officers[order.Officer]; ok && o.Value.Unit != counter.Unit {
		problems.Add(fieldOfficer, "ticket.officer")
	}
	paper := view.Paper(values[fieldTicketPaper])
	if !paper.Known() {
		problems.Add(fieldTicketPaper, "manage.choose")
	}
	if len(problems) > 0 {
		return s.orderTickets(c, fiber.StatusUnprocessableEntity, counter, values, problems)
	}
	return s.showTickets(c, order, paper)
}

func (s *Server) showTickets(c *fiber.Ctx, order survey.TicketOrder, paper view.Paper) error {
	tickets, expires, err := s.Tickets.Issue(c.UserContext(), order)
	if err != nil {
		return err
	}
	roll, err := poster.RollOf(s.office(), s.options.BaseURL, order, tickets, expires)
	if err != nil {
		return err
	}
	s.audit(c, survey.AuditTickets, order.String())
	page := view.NewTickets(s.base(c, "Tiket "+roll.Counter), roll, paper)
	page.Back = ticketPath + "?" + url.Values{fieldCounter: {order.Counter}}.Encode()
	allowStyle(c, page.Style)
	return s.render(c, "tickets", page)
}
