package demo

import (
	"strconv"
	"time"

	"kesan/survey"
)

// Posting is an answer that somebody is about to send: to the form of which sheet, and what it says.
type Posting struct {
	Sheet   string // its typed address, as survey.Intake.Open takes it
	Lang    string
	Answers survey.Answers
}

// Trickle returns what somebody answers next at an instant, at a counter that is open; when all are closed, at any one. The
// same instant gives the same answer. The counters whose number of answers is part of the truths get none.
func (r *Region) Trickle(office *survey.Office, at time.Time) Posting {
	rng := stream(r.seed, "trickle", strconv.FormatInt(at.UnixNano(), 10))
	var open, all []*desk
	for _, d := range r.desks {
		if d.planned != nil {
			continue
		}
		all = append(all, d)
		if openAt(office, d, at) {
			open = append(open, d)
		}
	}
	if len(open) == 0 {
		open = all
	}
	d := pick(rng, open)
	answers := r.answers(rng, d, office.OnDuty(d.Code, at), survey.DayOf(at, d.place.zone))
	answers.Extra = extra(rng, d.branch)
	return Posting{Sheet: d.sheet, Lang: language(rng), Answers: answers}
}

func openAt(office *survey.Office, d *desk, at time.Time) bool {
	local := at.In(d.place.zone.Location())
	open, shut := office.HoursOn(d.Unit, survey.DayOf(at, d.place.zone))
	now := local.Format("15:04")
	return open != "" && open <= now && now < shut
}

// TicketCounter returns the code of a counter whose people get tickets.
func (r *Region) TicketCounter() string {
	for _, d := range r.desks {
		if d.way == byTicket {
			return d.Code
		}
	}
	return ""
}
