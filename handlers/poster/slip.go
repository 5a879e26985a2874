package poster

import (
	"strings"
	"time"

	"kesan/survey"
)

// Roll are the tickets of one order as they are printed.
type Roll struct {
	Agency  string
	Unit    string
	Counter string
	Service string // set when the tickets are for one service
	Day     survey.Day
	Door    string // the address where a code is typed
	Slips   []Slip
}

// Slip is one ticket.
type Slip struct {
	Shown   string // the code as people read it
	Address string // what the QR code says
	Code    Code
}

// RollOf makes the slips of tickets. base is the address at which people reach the server.
func RollOf(office *survey.Office, base string, order survey.TicketOrder, tickets []survey.Ticket, expires time.Time) (Roll, error) {
	counter := office.Counters[order.Counter].Value
	roll := Roll{Agency: office.Agency().Name, Unit: survey.Name(office.Units, counter.Unit), Counter: counter.Name,
		Day: survey.DayOf(expires.Add(-time.Second), office.Zone(counter.Unit)), Door: Door(base)}
	if order.Service != "" {
		roll.Service = survey.Name(office.Services, order.Service)
	}
	for _, ticket := range tickets {
		slip := Slip{Shown: survey.ShowCode(ticket.Code), Address: Address(base, ticket.Token)}
		var err error
		if slip.Code, err = Encode(slip.Address); err != nil {
			return Roll{}, err
		}
		roll.Slips = append(roll.Slips, slip)
	}
	return roll, nil
}

// Door returns the address at which the code of a ticket is typed, without what a browser adds by itself.
func Door(base string) string {
	_, host, _ := strings.Cut(base, "://")
	return strings.ToLower(host) + "/t"
}
