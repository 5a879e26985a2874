package survey

import (
	"context"
	"fmt"
	"slices"
)

// ErrTicketOver is the ErrExpired of a ticket: its day is over.
var ErrTicketOver = fmt.Errorf("ticket: %w", ErrExpired)

// openTicket hands out the form of a ticket. Each form of it has the ticket's time and nonce, so that all of them together
// are one answer, for whom the ticket was issued.
func (in *Intake) openTicket(ticket Token) (Visit, error) {
	office := in.Register.Office()
	point, err := office.point(ChannelTicket, ticket.Point)
	if err != nil {
		return Visit{}, err
	}
	counter := office.Counters[point.Counter].Value
	unit := office.Units[counter.Unit].Value
	switch {
	case counter.Closed || unit.Closed:
		return Visit{}, ErrClosed
	case DayOf(ticket.Issued, unit.Zone) != DayOf(in.Clock.Now(), unit.Zone):
		return Visit{}, ErrTicketOver
	}
	point.Officer = office.OfficerByTag(ticket.Officer)
	return in.handOut(office, point, Token{Issued: ticket.Issued, Nonce: ticket.Nonce})
}

// Spent says whether the answer of a visit is stored already. A ticket, display or kiosk opens one form again, and staff may send
// one twice; every other form is a new one, and is not looked for. Only the insert of the answer decides: this is a kindness to
// who would answer in vain.
func (in *Intake) Spent(ctx context.Context, visit Visit) (bool, error) {
	if !slices.Contains([]Channel{ChannelTicket, ChannelDisplay, ChannelKiosk, ChannelAssisted}, visit.Point.Channel) {
		return false, nil
	}
	_, id, err := in.responseID(visit)
	if err != nil {
		return false, err
	}
	return in.Writer.store.HasRecord(ctx, visit.bucket, id)
}
