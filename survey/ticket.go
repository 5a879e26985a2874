package survey

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
)

// Tickets issues one-time tickets and finds them by the code that people type.
//
// A ticket is good for its local day, and two ways lead to its form: the QR code, whose token says everything by itself, and
// a typed code of ten letters for who has no camera. Both lead to the same nonce, so both together are spent once: the answer
// that is stored under it is the spending, and nothing else remembers it.
//
// The first two letters of a code name the point, so that wrong tries can be limited there; they are the counter's first two.
// The other eight are random, 40 bits. What a code stands for is kept in an entry of the store until the day ends, rather
// than worked out of the letters: a bound officer and the minute do not fit into ten letters beside a sum that keeps guesses
// out, and a code that was never issued must not open anything. The entry's key and the nonce are made from the code with
// the key of the day, so the store alone tells neither a code nor a token.
//
// With 1,000 tickets out at a counter, 5 tries each minute of a day (7,200) find one with probability
// 7,200 x 1,000 / 2^40 = 7 in a million.
type Tickets struct {
	Register *Register
	Keys     Keys
	Minter   *Minter
	Store    Store
	Clock    Clock

	tries tries
}

// TicketOrder says what tickets are for.
type TicketOrder struct {
	Counter string `json:"counter" validate:"required,max=40"`
	Service string `json:"service,omitempty" validate:"max=40"` // empty: any of the counter
	Officer string `json:"officer,omitempty" validate:"max=40"` // empty: who is on duty by roster when the ticket is issued
	Count   int    `json:"count" validate:"min=1,max=100"`
}

// String names the order for the audit.
func (o TicketOrder) String() string { return fmt.Sprintf("%s %d", o.Counter, o.Count) }

// Ticket is one ticket as it leaves the house.
type Ticket struct {
	Code  string // ten letters, see ShowCode
	Token string // the last part of the address in the QR code
}

// CheckTickets says what is wrong with an order.
func (o *Office) CheckTickets(order TicketOrder) Problems {
	problems := Validate(order)
	counter, ok := o.Counters[order.Counter]
	ok = ok && !counter.Value.Closed && !o.Units[counter.Value.Unit].Value.Closed
	if order.Counter != "" && !ok {
		problems.Add("counter", "ticket.counter")
	}
	if ok && order.Service != "" && !slices.Contains(o.ServicesAt(counter.Value), order.Service) {
		problems.Add("service", "ticket.service")
	}
	if officer, known := o.Officers[order.Officer]; order.Officer != "" && (!known || officer.Value.Closed) {
		problems.Add("officer", "ticket.officer")
	}
	return problems
}

// issued is what an entry keeps of a ticket.
type issued struct {
	Counter string    `json:"counter"`
	Service string    `json:"service,omitempty"`
	Officer string    `json:"officer,omitempty"`
	At      time.Time `json:"at"`
}

// Issue makes tickets for an order that CheckTickets has found good, and says when they expire.
func (ts *Tickets) Issue(ctx context.Context, order TicketOrder) ([]Ticket, time.Time, error) {
	what := issued{Counter: order.Counter, Service: order.Service, Officer: order.Officer, At: ts.Clock.Now().Truncate(time.Second)}
	key, err := ts.Keys.Day(utcDay(what.At))
	if err != nil {
		return nil, time.Time{}, fmt.Errorf("issue tickets: %w", err)
	}
	entry := Entry{Expires: ts.expiry(what)}
	if entry.Value, err = json.Marshal(what); err != nil {
		return nil, time.Time{}, err
	}
	var tickets []Ticket
	for range order.Count {
		ticket := Ticket{Code: CounterTag(order.Counter)[:codePoint] + NewSheetID()}
		if ticket.Token, err = ts.token(key, what, ticket.Code); err != nil {
			return nil, time.Time{}, err
		}
		entry.Key = ticketKey(key, ticket.Code)
		if err := ts.Store.PutEntry(ctx, entry); err != nil {
			return nil, time.Time{}, fmt.Errorf("issue tickets: %w", err)
		}
		tickets = append(tickets, ticket)
	}
	return tickets, entry.Expires, nil
}

// expiry is the midnight that ends the ticket's local day.
func (ts *Tickets) expiry(what issued) time.Time {
	office := ts.Register.Office()
	zone := office.Zone(office.Counters[what.Counter].Value.Unit)
	return start(DayOf(what.At, zone).Add(1)).In(zone).UTC()
}

func (ts *Tickets) token(key []byte, what issued, code string) (string, error) {
	token := Token{Point: deskTag(what.Counter, what.Service), Issued: what.At, Officer: OfficerTag(what.Officer)}
	copy(token.Nonce[:], keyed(key, []byte("ticket|"), []byte(code)))
	return ts.Minter.Ticket(token)
}

func ticketKey(key []byte, code string) string {
	return "ticket|" + codeAlphabet.EncodeToString(keyed(key, []byte("ticket-key|"), []byte(code))[:20])
}

// Find returns the token of the ticket with a typed code. ErrNotFound: no ticket of today has it; ErrTries: too many wrong
// codes came for its counter within this minute, so nothing was looked up.
func (ts *Tickets) Find(ctx context.Context, typed string) (string, error) {
	code, ok := readCode(typed)
	if !ok {
		return "", ErrNotFound
	}
	now, point := ts.Clock.Now(), code[:codePoint]
	if !ts.tries.take(point, now) {
		return "", ErrTries
	}
	token, err := ts.find(ctx, code, now)
	if !errors.Is(err, ErrNotFound) {
		ts.tries.giveBack(point, now)
	}
	return token, err
}

// find looks under the key of this UTC day and of the one before: a local day lies in two.
func (ts *Tickets) find(ctx context.Context, code string, now time.Time) (string, error) {
	for _, day := range []Day{utcDay(now), utcDay(now).Add(-1)} {
		key, err := ts.Keys.Day(day)
		if errors.Is(err, ErrExpired) {
			continue // nothing was issued on that day
		} else if err != nil {
			return "", err
		}
		entry, err := ts.Store.Entry(ctx, ticketKey(key, code), now)
		if errors.Is(err, ErrNotFound) {
			continue
		} else if err != nil {
			return "", err
		}
		var what issued
		if err := json.Unmarshal(entry.Value, &what); err != nil {
			return "", fmt.Errorf("ticket: %w", err)
		}
		return ts.token(key, what, code)
	}
	return "", ErrNotFound
}

const (
	codePoint = 2 // letters of a code that name the point
	codeSize  = codePoint + 8
)

// ShowCode writes a code as people read it: XXXXX-XXXXX.
func ShowCode(code string) string { return code[:codeSize/2] + "-" + code[codeSize/2:] }

// readCode reads a code as people type it, and says whether it is one at all.
func readCode(typed string) (string, bool) {
	code := PlainCode(typed)
	return code, len(code) == codeSize && strings.Trim(code, codeLetters) == ""
}

// PlainCode reads a code as people type it: dashes and blanks are left out, and letters are taken for what people mean by them
// where they look alike.
func PlainCode(typed string) string {
	return strings.NewReplacer("-", "", " ", "", "\u00a0", "", "\t", "", "O", "0", "I", "1", "L", "1").Replace(strings.ToUpper(typed))
}
