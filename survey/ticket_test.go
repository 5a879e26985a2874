package survey_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"kesan/survey"
	"kesan/survey/storetest"
)

// tickets issues for the same office as the desk.
func (d *desk) tickets() *survey.Tickets {
	return &survey.Tickets{Register: d.register, Keys: d.keys, Minter: d.intake.Minter, Store: d.store, Clock: d.clock}
}

func (d *desk) issue(tickets *survey.Tickets, order survey.TicketOrder) []survey.Ticket {
	d.t.Helper()
	if problems := d.register.Office().CheckTickets(order); problems != nil {
		d.t.Fatal(problems)
	}
	made, _, err := tickets.Issue(d.t.Context(), order)
	if err != nil {
		d.t.Fatal(err)
	}
	return made
}

func (d *desk) ticket() survey.Ticket {
	d.t.Helper()
	return d.issue(d.tickets(), survey.TicketOrder{Counter: "S1", Count: 1})[0]
}

func TestTicketIsTrusted(t *testing.T) {
	t.Parallel()
	d := newDesk(t, "2026-11-23T03:10:20.123Z") // 10:10 in Semarang, Sri is on duty until 12:00
	ticket := d.ticket()
	if len(ticket.Token) != 71 || strings.Trim(ticket.Token, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567") != "" {
		t.Errorf("token %s of %d letters, want 71 of the QR code's compact mode", ticket.Token, len(ticket.Token))
	}
	d.turn("2026-11-23T09:00:00Z") // 16:00, when nobody is on duty
	d.mustSend(d.open(strings.ToLower(ticket.Token)).Token, all(3))
	responses, _ := d.stored()
	got := responses[0]
	if got.Channel != survey.ChannelTicket || got.Trust != survey.TrustTicket || got.Late || got.Sheet != "" || got.Counter != "S1" {
		t.Errorf("stored %+v", got)
	}
	if got.Officer != "199001152015031999" || got.Hour != 10 || got.Day != "2026-11-23" {
		t.Errorf("officer %q, %s at %d: the roster of when it was issued counts", got.Officer, got.Day, got.Hour)
	}
}

func TestTicketIsBound(t *testing.T) {
	t.Parallel()
	d := newDesk(t, "2026-11-23T03:10:20Z")
	tickets := d.tickets()
	bound := d.issue(tickets, survey.TicketOrder{Counter: "S1", Service: "kk", Officer: "budi", Count: 1})[0]
	for _, address := range []string{bound.Token, d.find(tickets, bound.Code)} {
		visit := d.open(address)
		if visit.Officer() != "budi" || len(visit.Services) != 1 || visit.Services[0].Code != "kk" {
			t.Errorf("opened for %q and %v", visit.Officer(), visit.Services)
		}
		again, err := d.intake.Resume(visit.Token)
		if err != nil || again.Officer() != "budi" || len(again.Services) != 1 || again.Services[0].Code != "kk" {
			t.Errorf("came back for %q and %v, %v", again.Officer(), again.Services, err)
		}
	}
}

func (d *desk) find(tickets *survey.Tickets, code string) string {
	d.t.Helper()
	token, err := tickets.Find(d.t.Context(), code)
	if err != nil {
		d.t.Fatalf("code %s: %v", code, err)
	}
	return token
}

// TestTicketIsSpentOnce: whichever way its form was opened, and however often.
func TestTicketIsSpentOnce(t *testing.T) {
	t.Parallel()
	d := newDesk(t, "2026-11-23T03:10:20Z")
	tickets := d.tickets()
	ticket := d.issue(tickets, survey.TicketOrder{Counter: "S1", Count: 1})[0]
	first, second, typed := d.open(ticket.Token), d.open(ticket.Token), d.open(d.find(tickets, ticket.Code))
	if spent, err := d.intake.Spent(t.Context(), first); spent || err != nil {
		t.Errorf("before: spent %v, %v", spent, err)
	}
	receipt := d.mustSend(first.Token, all(3))
	d.turn("2026-11-23T05:00:00Z")
	for _, form := range []survey.Visit{first, second, typed, d.open(ticket.Token)} {
		if spent, err := d.intake.Spent(t.Context(), form); !spent || err != nil {
			t.Errorf("after: spent %v, %v", spent, err)
		}
		if again := d.mustSend(form.Token, all(3)); again != receipt {
			t.Errorf("the same answers again: receipt %s, want %s", again, receipt)
		}
		if _, err := d.send(form.Token, all(1)); !errors.Is(err, survey.ErrDiffers) {
			t.Errorf("other answers: %v, want ErrDiffers", err)
		}
	}
	if responses, _ := d.stored(); len(responses) != 1 || responses[0].Unsur["waktu"] != 3 {
		t.Errorf("stored %+v, want the first answers alone", responses)
	}
	if spent, err := d.intake.Spent(t.Context(), d.open(smgSheet)); spent || err != nil {
		t.Errorf("a sheet is never spent: %v, %v", spent, err)
	}
}

func TestTicketsDay(t *testing.T) {
	t.Parallel()
	d := newDesk(t, "2026-11-22T23:30:00Z") // Monday, 06:30 in Semarang
	tickets := d.tickets()
	made, expires, err := tickets.Issue(t.Context(), survey.TicketOrder{Counter: "S1", Count: 2})
	if err != nil || !expires.Equal(instant(t, "2026-11-23T17:00:00Z")) {
		t.Fatalf("expires %v, %v; want midnight in Semarang", expires, err)
	}
	d.turn("2026-11-23T16:59:59Z") // in another UTC day
	open, kept := d.open(d.find(tickets, made[0].Code)), d.open(made[1].Token)
	d.turn("2026-11-23T17:00:00Z")
	if _, err := d.intake.Open(made[0].Token); !errors.Is(err, survey.ErrTicketOver) || !errors.Is(err, survey.ErrExpired) {
		t.Errorf("after its day: %v, want ErrTicketOver", err)
	}
	if _, err := tickets.Find(t.Context(), made[0].Code); !errors.Is(err, survey.ErrNotFound) {
		t.Errorf("its code: %v, want ErrNotFound", err)
	}
	// A form that was open at midnight still comes back: in time for a day from when the ticket was issued, late for a day from
	// when it was opened, whenever that was.
	d.turn("2026-11-23T23:30:00Z")
	d.mustSend(open.Token, all(4))
	if responses, _ := d.stored(); responses[0].Late || responses[0].Trust != survey.TrustTicket || responses[0].Day != "2026-11-23" {
		t.Errorf("stored %+v", responses[0])
	}
	d.turn("2026-11-24T16:59:59Z")
	d.mustSend(kept.Token, all(1))
	responses, _ := d.stored()
	if late := slices.IndexFunc(responses, func(r survey.Response) bool { return r.Late }); len(responses) != 2 || late < 0 ||
		responses[late].Trust != survey.TrustPoster || responses[late].Day != "2026-11-23" {
		t.Errorf("stored %+v", responses)
	}
	d.turn("2026-11-24T23:30:01Z")
	if _, err := d.send(kept.Token, all(1)); !errors.Is(err, survey.ErrExpired) {
		t.Errorf("after two days: %v, want ErrExpired", err)
	}
}

func TestTicketRefused(t *testing.T) {
	t.Parallel()
	d, other := newDesk(t, "2026-11-23T03:10:20Z"), newDesk(t, "2026-11-23T03:10:20Z")
	ticket := d.ticket()
	form := d.open(ticket.Token).Token
	poster, err := d.intake.Minter.Poster(smgSheet)
	if err != nil {
		t.Fatal(err)
	}
	forged := []byte(ticket.Token)
	forged[40] ^= 3
	for name, address := range map[string]string{"another deployment's": other.ticket().Token, "a form": form, "cut": ticket.Token[:70], "its code": ticket.Code, "forged": string(forged)} {
		if _, err := d.intake.Open(address); !errors.Is(err, survey.ErrNotFound) {
			t.Errorf("%s opens: %v", name, err)
		}
	}
	for name, token := range map[string]string{"a ticket": ticket.Token, "a poster": poster} {
		if _, err := d.intake.Resume(token); !errors.Is(err, survey.ErrNotFound) {
			t.Errorf("%s is taken for a form: %v", name, err)
		}
	}
	write(t, d.register, survey.Counter{Code: "S9", Unit: "smg.09", Name: "Loket 9"})
	ninth := d.issue(d.tickets(), survey.TicketOrder{Counter: "S9", Count: 1})[0]
	closeCounter(t, d, "S9")
	if _, err := d.intake.Open(ninth.Token); !errors.Is(err, survey.ErrClosed) {
		t.Errorf("a closed counter's: %v, want ErrClosed", err)
	}
}

func closeCounter(t *testing.T, d *desk, code string) {
	t.Helper()
	held := d.register.Office().Counters[code]
	held.Value.Closed = true
	if err := d.register.Write(t.Context(), "uji", "", survey.Draft{Object: held.Value, Base: held.Revision}); err != nil {
		t.Fatal(err)
	}
}

func TestTicketCode(t *testing.T) {
	t.Parallel()
	d := newDesk(t, "2026-11-23T03:10:20Z")
	tickets := d.tickets()
	for _, ticket := range d.issue(tickets, survey.TicketOrder{Counter: "S1", Count: 20}) {
		shown := survey.ShowCode(ticket.Code)
		if len(shown) != 11 || shown[5] != '-' || shown[:2] != survey.CounterTag("S1")[:2] {
			t.Errorf("code %s", shown)
		}
		misread := strings.NewReplacer("0", "o", "1", "l").Replace(strings.ToLower(shown))
		for _, typed := range []string{shown, ticket.Code, misread, " " + shown[:5] + " " + shown[6:] + "\t", strings.ReplaceAll(shown, "1", "I")} {
			if got := d.find(tickets, typed); got != ticket.Token {
				t.Errorf("%q leads to %s, want %s", typed, got, ticket.Token)
			}
		}
	}
	for _, typed := range []string{"", "ABCDE", "ABCDE-FGHJKM", "ABCDE-FGHJU", "ABCDE-FGHJ\x00", strings.Repeat("A", 1<<20)} {
		if _, err := tickets.Find(t.Context(), typed); !errors.Is(err, survey.ErrNotFound) {
			t.Errorf("%.20q: %v, want ErrNotFound", typed, err)
		}
	}
}

// TestTicketTries: five wrong codes of a point in a minute, however many come at once; right ones and other points are free.
func TestTicketTries(t *testing.T) {
	t.Parallel()
	d := newDesk(t, "2026-11-23T03:10:20Z")
	tickets := d.tickets()
	here := d.issue(tickets, survey.TicketOrder{Counter: "S1", Count: 1})[0]
	there := d.issue(tickets, survey.TicketOrder{Counter: "J1", Count: 1})[0]
	for range 20 {
		d.find(tickets, here.Code)
	}
	var found, over atomic.Int64
	var group sync.WaitGroup
	for i := range 40 {
		group.Go(func() {
			switch _, err := tickets.Find(t.Context(), fmt.Sprintf("%s%08d", here.Code[:2], i)); {
			case errors.Is(err, survey.ErrNotFound):
				found.Add(1)
			case errors.Is(err, survey.ErrTries):
				over.Add(1)
			}
		})
	}
	group.Wait()
	if found.Load() != 5 || over.Load() != 35 {
		t.Errorf("%d wrong codes were looked up and %d refused, want 5 and 35", found.Load(), over.Load())
	}
	if _, err := tickets.Find(t.Context(), here.Code); !errors.Is(err, survey.ErrTries) {
		t.Errorf("a right code after five wrong ones: %v, want ErrTries", err)
	}
	d.find(tickets, there.Code)
	d.now = d.now.Add(time.Minute)
	d.find(tickets, here.Code)
}

func TestCheckTickets(t *testing.T) {
	t.Parallel()
	d := newDesk(t, "2026-11-23T03:10:20Z")
	for name, test := range map[string]struct {
		order survey.TicketOrder
		field string
	}{
		"no counter":      {survey.TicketOrder{Count: 1}, "counter"},
		"unknown counter": {survey.TicketOrder{Counter: "X", Count: 1}, "counter"},
		"no count":        {survey.TicketOrder{Counter: "S1"}, "count"},
		"too many":        {survey.TicketOrder{Counter: "S1", Count: 101}, "count"},
		"other service":   {survey.TicketOrder{Counter: "S1", Service: "izin", Count: 1}, "service"},
		"unknown officer": {survey.TicketOrder{Counter: "S1", Officer: "tono", Count: 1}, "officer"},
	} {
		if problems := d.register.Office().CheckTickets(test.order); len(problems) != 1 || problems[0].Field != test.field {
			t.Errorf("%s: %v, want a problem of %s", name, problems, test.field)
		}
	}
}

// TestTicketConcurrently uses one ticket 10,000 times at once through writer and store: one answer, and everybody who sent
// the same has the same receipt.
func TestTicketConcurrently(t *testing.T) {
	t.Parallel()
	uses := 10_000
	if testing.Short() {
		uses = 1000
	}
	spendAtOnce(t, newDesk(t, "2026-11-23T03:10:20Z"), uses)
}

func TestTicketConcurrentlyOnMongoDB(t *testing.T) {
	t.Parallel()
	spendAtOnce(t, newDeskOn(t, openMongoDB(t, storetest.StartMongoDB(t)), "2026-11-23T03:10:20Z"), 500)
}

func spendAtOnce(t *testing.T, d *desk, uses int) {
	t.Helper()
	tickets := d.tickets()
	ticket := d.issue(tickets, survey.TicketOrder{Counter: "S1", Count: 1})[0]
	var receipts sync.Map
	var same, differs atomic.Int64
	turns := make(chan struct{}, 32)
	var group sync.WaitGroup
	for i := range uses {
		answers := all(1 + i%4)
		group.Go(func() {
			visit, err := d.intake.Open(ticket.Token)
			if err != nil {
				t.Error(err)
				return
			}
			receipt, err := d.send(visit.Token, answers)
			for errors.Is(err, survey.ErrBusy) { // as the page says: send it again, which not all do at the same moment
				turns <- struct{}{}
				receipt, err = d.send(visit.Token, answers)
				<-turns
			}
			switch {
			case err == nil:
				same.Add(1)
				receipts.Store(receipt, true)
			case errors.Is(err, survey.ErrDiffers):
				differs.Add(1)
			default:
				t.Error(err)
			}
		})
	}
	group.Wait()
	responses, verdicts := d.stored()
	if len(responses) != 1 || len(verdicts) != 1 || verdicts[0].Rule != survey.RuleRepeated {
		t.Errorf("%d answers and %d verdicts stored, want one of each", len(responses), len(verdicts))
	}
	if quarter := int64(uses / 4); same.Load() != quarter || differs.Load() != 3*quarter {
		t.Errorf("%d accepted and %d refused of %d, want a quarter and the rest", same.Load(), differs.Load(), uses)
	}
	kinds := 0
	receipts.Range(func(any, any) bool { kinds++; return true })
	if kinds != 1 {
		t.Errorf("%d receipts for one answer", kinds)
	}
}
