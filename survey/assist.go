package survey

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"strings"
	"time"
)

// Assists says whether an account may enter what people say at the counters of a unit: the administrator, the unit's head,
// and the officers of the unit itself.
func (o *Office) Assists(a Account, unit string) bool {
	if a.Role != RoleOfficer {
		return a.Role != RoleHR && o.SeesUnit(a, unit)
	}
	officer, err := o.Officers.Value(a.Officer)
	return err == nil && !officer.Closed && officer.Unit == unit
}

// UnitsAssisted returns the units at whose counters an account may enter answers, parents before children.
func (o *Office) UnitsAssisted(a Account) []string {
	var list []string
	for _, unit := range o.AllUnits() {
		if o.Assists(a, unit) {
			list = append(list, unit)
		}
	}
	return list
}

// Assist hands out the form in which a member of staff enters what somebody at a counter says. Nobody rates himself: where
// the one who enters is the one on duty, the answer counts for the unit alone, and the second result says so. Who entered
// an answer is not stored with it. ErrDenied: the account may not enter answers there; ErrClosed: the counter is closed.
func (in *Intake) Assist(counter string, by Account) (Visit, bool, error) {
	office := in.Register.Office()
	point, err := office.point(ChannelAssisted, CounterTag(counter))
	if err != nil {
		return Visit{}, false, err
	}
	place := office.Counters[point.Counter].Value
	switch {
	case !office.Assists(by, place.Unit):
		return Visit{}, false, ErrDenied
	case place.Closed || office.Units[place.Unit].Value.Closed:
		return Visit{}, false, ErrClosed
	}
	token := Token{Issued: in.Clock.Now().Truncate(time.Second)}
	rand.Read(token.Nonce[:])
	point.Unattributed = by.Officer != "" && office.OnDuty(point.Counter, token.Issued) == by.Officer
	visit, err := in.handOut(office, point, token)
	return visit, point.Unattributed, err
}

// Assisted takes up a form that Assist handed out. ErrDenied: it is another kind of form, or the account may not enter what it
// would say; otherwise as Resume.
func (in *Intake) Assisted(formToken string, by Account) (Visit, error) {
	visit, err := in.Resume(formToken)
	if err != nil {
		return Visit{}, err
	}
	own := by.Officer != "" && visit.Officer() == by.Officer
	if visit.Point.Channel != ChannelAssisted || own || !in.Register.Office().Assists(by, visit.Unit.Code) {
		return Visit{}, ErrDenied
	}
	return visit, nil
}

// kindEntered is the kind of the documents by which answers that staff entered are counted: one empty document for each, named
// by day and account alone. That is enough to ask somebody who entered unusually many, and tells nothing of any answer.
const kindEntered = "entered"

// EnteredCount is how many answers an account entered on a day.
type EnteredCount struct {
	Day      Day
	Username string
	N        int64
}

// CountEntered counts an answer that an account entered on a day, and returns how many those are now.
func CountEntered(ctx context.Context, store Store, day Day, username string) (int64, error) {
	n, err := Entered(ctx, store, day, username)
	if err != nil {
		return 0, err
	}
	for {
		n++
		err := store.InsertDocument(ctx, Document{Kind: kindEntered, ID: fmt.Sprintf("%s|%s|%06d", day, username, n)})
		if !errors.Is(err, ErrConflict) { // another request may have taken the number
			return n, err
		}
	}
}

// Entered returns how many answers an account entered on a day.
func Entered(ctx context.Context, store Store, day Day, username string) (int64, error) {
	n := int64(0)
	for _, err := range store.Documents(ctx, kindEntered, string(day)+"|"+username+"|") {
		if err != nil {
			return 0, fmt.Errorf("count entered answers: %w", err)
		}
		n++
	}
	return n, nil
}

// EnteredIn returns who entered how many answers in a month, by day and account.
func EnteredIn(ctx context.Context, store Store, month Month) ([]EnteredCount, error) {
	var list []EnteredCount
	for document, err := range store.Documents(ctx, kindEntered, string(month)) {
		if err != nil {
			return nil, fmt.Errorf("count entered answers: %w", err)
		}
		day, rest, _ := strings.Cut(document.ID, "|")
		username, _, _ := strings.Cut(rest, "|")
		if last := len(list) - 1; last >= 0 && list[last].Day == Day(day) && list[last].Username == username {
			list[last].N++
			continue
		}
		list = append(list, EnteredCount{Day(day), username, 1})
	}
	return list, nil
}
