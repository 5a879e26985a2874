package main

import (
	"context"
	"encoding/csv"
	"fmt"
	"io"
	"time"

	"kesan/handlers/locale"
	"kesan/handlers/poster"
	pages "kesan/handlers/view"
	"kesan/survey"
)

// ticketFormats are the forms in which tickets are written.
var ticketFormats = map[string]func(io.Writer, poster.Roll, time.Time) error{"text": ticketText, "csv": ticketCSV, "html": ticketHTML}

func ticketsCommand(ctx context.Context, env environment, args []string) error {
	var s settings
	var order survey.TicketOrder
	var format string
	flags := newFlags("tickets", "--counter CODE --count N [options]\n\nIssues one-time tickets that are valid until the end of the counter's day, and prints them.")
	s.data(flags)
	s.Kept = true
	flags.StringVar(&order.Counter, "counter", "", "`CODE` of the counter")
	flags.StringVar(&order.Service, "service", "", "`CODE` of the service; default: the citizen chooses")
	flags.StringVar(&order.Officer, "officer", "", "`ID` of the officer; default: who is on duty now")
	flags.IntVar(&order.Count, "count", 1, "`N` tickets, 1 to 100")
	flags.StringVar(&format, "format", "text", "`FORMAT` of the output: text, html (12 on a sheet of A4) or csv")
	flags.StringVar(&s.BaseURL, "base-url", "", "`URL` that people and QR codes use, as of the server")
	if err := parse(env, flags, args); err != nil {
		return err
	}
	if err := noMore(flags, 0); err != nil {
		return err
	}
	write, ok := ticketFormats[format]
	if !ok {
		return misused("--format (KESAN_FORMAT) %q: pilih text, html, atau csv", format)
	}
	if err := s.complete(); err != nil {
		return err
	}
	if err := s.checkOptions(); err != nil {
		return err
	}
	roll, expires, err := issueTickets(ctx, env, &s, order)
	if err != nil {
		return err
	}
	return write(env.Stdout, roll, expires)
}

func issueTickets(ctx context.Context, env environment, s *settings, order survey.TicketOrder) (poster.Roll, time.Time, error) {
	sys, err := openSystem(ctx, s, newLog(env.Stderr, false))
	if err != nil {
		return poster.Roll{}, time.Time{}, err
	}
	defer sys.Close()
	office := sys.Register.Office()
	if err := refuse(env, office.CheckTickets(order)); err != nil {
		return poster.Roll{}, time.Time{}, err
	}
	tickets, expires, err := sys.Tickets.Issue(ctx, order)
	if err != nil {
		return poster.Roll{}, time.Time{}, err
	}
	sys.Audit.Keep(ctx, env.author(), survey.AuditTickets, order.String())
	roll, err := poster.RollOf(office, s.BaseURL, order, tickets, expires)
	return roll, expires, err
}

func ticketText(w io.Writer, roll poster.Roll, _ time.Time) error {
	if _, err := fmt.Fprintf(w, "%s, %s\nBerlaku sampai akhir %s. Kode diketik di %s\n\n", roll.Counter, roll.Unit, locale.Date(roll.Day), roll.Door); err != nil {
		return err
	}
	for _, slip := range roll.Slips {
		if _, err := fmt.Fprintf(w, "%s  %s\n", slip.Shown, slip.Address); err != nil {
			return err
		}
	}
	return nil
}

func ticketCSV(w io.Writer, roll poster.Roll, expires time.Time) error {
	out := csv.NewWriter(w)
	rows := [][]string{{"code", "url", "expires"}}
	for _, slip := range roll.Slips {
		rows = append(rows, []string{slip.Shown, slip.Address, expires.Format(time.RFC3339)})
	}
	return out.WriteAll(rows)
}

// ticketHTML writes the page that the staff's side prints, as a file.
func ticketHTML(w io.Writer, roll poster.Roll, _ time.Time) error {
	words, err := locale.Load()
	if err != nil {
		return err
	}
	views, err := pages.Load(words)
	if err != nil {
		return err
	}
	return views.Render(w, "tickets", pages.NewTickets(pages.Base{Title: "Tiket " + roll.Counter}, roll, pages.SheetA4))
}
