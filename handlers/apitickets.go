package handlers

import (
	"time"

	"github.com/gofiber/fiber/v2"

	"kesan/handlers/poster"
	"kesan/survey"
)

// ticketsAnswer is what a queue system prints.
type ticketsAnswer struct {
	Counter string       `json:"counter"`
	Expires time.Time    `json:"expires"`
	Items   []ticketItem `json:"items"`
}

type ticketItem struct {
	Code string `json:"code"` // XXXXX-XXXXX
	URL  string `json:"url"`  // what the QR code says
	SVG  string `json:"svg,omitempty"`
}

// apiTickets answers POST /api/v1/tickets: it issues one-time tickets for a counter.
func (s *Server) apiTickets(c *fiber.Ctx) error {
	order, drawn, err := s.readTickets(c)
	if err != nil {
		return err
	}
	if s.unreachable() {
		return refusal{status: fiber.StatusConflict, detail: "api.unreachable"}
	}
	tickets, expires, err := s.Tickets.Issue(c.UserContext(), order)
	if err != nil {
		return err
	}
	answer := ticketsAnswer{Counter: order.Counter, Expires: expires}
	for _, ticket := range tickets {
		item := ticketItem{Code: survey.ShowCode(ticket.Code), URL: poster.Address(s.options.BaseURL, ticket.Token)}
		if drawn {
			code, err := poster.Encode(item.URL)
			if err != nil {
				return err
			}
			item.SVG = string(code.SVG())
		}
		answer.Items = append(answer.Items, item)
	}
	s.audit(c, survey.AuditTickets, order.String())
	return c.Status(fiber.StatusCreated).JSON(answer)
}

// readTickets reads the order, and whether drawings are wanted. A key that is limited to units issues for their counters and
// binds tickets to their officers alone.
func (s *Server) readTickets(c *fiber.Ctx) (order survey.TicketOrder, drawn bool, _ error) {
	problems, err := readJSON(c, map[string]any{"counter": &order.Counter, "service": &order.Service, "officer": &order.Officer,
		"count": &order.Count, "svg": &drawn})
	if err != nil {
		return order, false, err
	}
	if len(problems) == 0 {
		problems = s.office().CheckTickets(order)
	}
	office, key := s.office(), s.key(c)
	if officer, ok := office.Officers[order.Officer]; ok && len(problems) == 0 && !office.KeySees(key, officer.Value.Unit) {
		problems.Add("officer", "ticket.officer")
	}
	if len(problems) > 0 {
		return order, false, invalid(problems)
	}
	if !office.KeySees(key, office.Counters[order.Counter].Value.Unit) {
		return order, false, refusal{status: fiber.StatusForbidden, detail: "api.unit_denied"}
	}
	return order, drawn, nil
}
