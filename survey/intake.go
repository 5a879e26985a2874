package survey

import (
	"cmp"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
)

// Intake receives answers: it opens a sheet's form for a visitor, and takes what the visitor sends.
type Intake struct {
	Register *Register
	Keys     Keys
	Minter   *Minter
	Writer   *Writer
	Clock    Clock

	rotation rotation
	scans    scans
}

// Visit is one form in the hands of one visitor: what it is about is fixed when the page is opened.
type Visit struct {
	Point    Point
	Counter  Counter
	Unit     Unit
	Services []Service // to choose from; one: nothing to choose
	Form     Form      // as far as it is asked
	Token    string    // goes with the form as a hidden field
	Address  string    // at which the form opens again; empty: the one that opened it

	bucket      Bucket
	attribution Attribution
	token       Token
	late        bool // it was filled for longer than its channel allows for a proof of having been served
}

// Open opens the form of a ticket, named by its token, of the code on a display, or of a sheet, named by its token or its short
// typed code; or the form that such a code opened before, by its Address. ErrNotFound: there is no such thing; ErrRevoked: it has
// been withdrawn; ErrExpired: it is not valid today, a ticket as ErrTicketOver; ErrClosed: its counter or unit is closed for good.
// Of a display: ErrTurned, ErrCrowded, ErrBehind.
func (in *Intake) Open(address string) (Visit, error) {
	if len(address) == 8 {
		return in.openSheet(PlainCode(address))
	}
	token, err := in.Minter.Read(strings.ToUpper(address), TokenPoster, TokenDisplay, TokenTicket, TokenForm)
	if err != nil {
		return Visit{}, err
	}
	switch token.Type {
	case TokenTicket:
		return in.openTicket(token)
	case TokenDisplay:
		return in.openDisplay(token)
	case TokenForm:
		return in.openAgain(token, strings.ToUpper(address))
	}
	return in.openSheet(token.Point)
}

func (in *Intake) openSheet(id string) (Visit, error) {
	office := in.Register.Office()
	sheet, err := office.Sheets.Value(id)
	if err != nil {
		return Visit{}, err
	}
	now := in.Clock.Now()
	if err := office.CheckSheet(sheet, now); err != nil {
		return Visit{}, err
	}
	token := Token{Issued: now.Truncate(time.Second)}
	rand.Read(token.Nonce[:])
	return in.handOut(office, sheet.Point(), token)
}

// handOut makes the form of a point, for the time and with the nonce of the token.
func (in *Intake) handOut(office *Office, point Point, token Token) (Visit, error) {
	if _, err := in.Keys.Day(issueDay(token)); err != nil {
		return Visit{}, fmt.Errorf("open form: %w", err) // without the key of its day the form could not be sent
	}
	visit := office.visit(point)
	form, ref := office.FormOf(visit.Unit.Code)
	officer := office.officerAt(point, token.Issued)
	token.Channel, token.Point, token.Form = point.Channel, point.ID, ref.Version()
	if token.Ask == 0 {
		token.Ask = in.asked(office, point, visit.Unit)
	}
	token.Officer, token.Place = OfficerTag(officer), visit.place(ref)
	var err error
	if visit.Token, err = in.Minter.Form(token); err != nil {
		return Visit{}, fmt.Errorf("open form: %w", err)
	}
	visit.attribute(office, token, ref)
	visit.ask(form, token)
	return visit, nil
}

// officerAt returns the officer whom a form counts for that is handed out at an instant, or "".
func (o *Office) officerAt(point Point, at time.Time) string {
	switch {
	case point.Officer != "" || point.Unattributed:
		return point.Officer
	case point.Channel == ChannelKiosk:
		return o.onDutyThrough(point.Counter, at)
	}
	return o.OnDuty(point.Counter, at)
}

// Resume takes up the visit of a form that comes back. ErrNotFound: the form token is not one of ours; ErrExpired: it is
// older than a day, of a kiosk or ticket than two, or its point stands for something else since. A sheet that was revoked or a counter
// that was closed meanwhile does not stop a form that was handed out before. Of a kiosk: ErrEarly, ErrRevoked; see checkKiosk.
func (in *Intake) Resume(formToken string) (Visit, error) {
	token, err := in.Minter.Read(formToken, TokenForm)
	if err != nil {
		return Visit{}, err
	}
	office := in.Register.Office()
	point, err := office.point(token.Channel, token.Point)
	if err != nil {
		return Visit{}, err
	}
	if err := office.checkKiosk(token, in.Clock.Now()); err != nil {
		return Visit{}, err
	}
	if in.Clock.Now().Sub(token.Issued) > token.Channel.life() {
		return Visit{}, ErrExpired
	}
	visit := office.visit(point)
	_, current := office.FormOf(visit.Unit.Code)
	id, _, _ := strings.Cut(string(current), "@")
	ref := Ref(id, token.Form)
	form, ok := office.Versions[ref]
	if !ok || token.Place != visit.place(ref) {
		return Visit{}, ErrExpired
	}
	visit.Token = formToken
	visit.attribute(office, token, ref)
	visit.ask(form, token)
	if visit.late = in.Clock.Now().Sub(token.Issued) > token.Channel.fresh(); visit.late {
		visit.attribution.Trust = TrustPoster
	}
	return visit, nil
}

// place is the tag of all that decides where an answer is kept and what its values mean. A form token carries it, since a
// sheet that was given to another counter, or a unit with another time zone or questionnaire, would otherwise take a form
// that comes again into another bucket, where it would count twice.
func (v Visit) place(ref FormRef) [4]byte {
	sum := sha256.Sum256([]byte(strings.Join([]string{"place", v.Counter.Code, v.Unit.Code, string(v.Unit.Zone), string(ref)}, "|")))
	return [4]byte(sum[:4])
}

// visit says where a point is and what is done there.
func (o *Office) visit(point Point) Visit {
	counter := o.Counters[point.Counter].Value
	visit := Visit{Point: point, Counter: counter, Unit: o.Units[counter.Unit].Value}
	for _, code := range o.ServicesAt(counter) {
		if point.Service == "" || point.Service == code {
			visit.Services = append(visit.Services, o.Services[code].Value)
		}
	}
	return visit
}

// Accept reads what was typed into the form of a visit; see Form.Accept. If the counter or the service has changed since the
// form was handed out, the chosen service joins those of the visit: an answer that waited on a phone or a kiosk is not
// lost because its service has ended meanwhile.
func (in *Intake) Accept(visit *Visit, typed map[string]string) (Answers, Problems) {
	office := in.Register.Office()
	chosen := cmp.Or(visit.Point.Service, typed[FieldService])
	service := office.Services[chosen]
	handedOut := visit.token.Issued
	if visit.token.Channel == ChannelKiosk {
		handedOut = handedOut.Add(-kioskAhead)
	}
	offered := slices.ContainsFunc(visit.Services, func(s Service) bool { return s.Code == chosen })
	changed := !service.At.Before(handedOut) || !office.Counters[visit.Counter.Code].At.Before(handedOut)
	if !offered && changed && service.Value.Unit == visit.Unit.Code {
		visit.Services = append(visit.Services, service.Value)
	}
	return visit.Form.Accept(typed, visit.Services)
}

func (v *Visit) attribute(office *Office, token Token, ref FormRef) {
	v.bucket = Bucket{Unit: v.Unit.Code, Day: DayOf(token.Issued, v.Unit.Zone)}
	v.attribution = Attribution{Path: office.Path(v.Unit.Code), Counter: v.Counter.Code, Officer: office.OfficerByTag(token.Officer),
		Channel: token.Channel, Trust: token.Channel.Trust(), Form: ref}
	if token.Channel == ChannelPoster {
		v.attribution.Sheet = v.Point.ID
	}
}

// Officer returns the ID of the officer whom the answer will count for, or "".
func (v Visit) Officer() string { return v.attribution.Officer }

// ErrDiffers is returned by Submit when the form was sent before with other answers; the first stand.
var ErrDiffers = errors.New("this form was already sent with other answers")

// Submit stores the answers of a visit durably and returns the receipt. Sending the same again is success and stores
// nothing. ErrDiffers: see there. ErrExpired: the key of the form's day is gone. Any other error means that the answer may
// not be stored and the same form should be sent again.
func (in *Intake) Submit(ctx context.Context, visit Visit, answers Answers, lang string) (string, error) {
	key, id, err := in.responseID(visit)
	if err != nil {
		return "", err
	}
	response := Response{Bucket: visit.bucket, ID: id, Attribution: visit.attribution, Answers: answers,
		Hour: visit.token.Issued.In(visit.Unit.Zone.Location()).Hour(), Lang: lang, Late: visit.late}
	outcome, err := in.Writer.Append(ctx, response.Record())
	if err != nil {
		return "", err
	}
	if outcome == Differs {
		in.Refuse(ctx, visit, RuleRepeated)
		return "", ErrDiffers
	}
	receipt := Receipt{Counter: CounterTag(visit.Counter.Code), Day: visit.bucket.Day, Key: issueDay(visit.token),
		Code: codeAlphabet.EncodeToString(keyed(key, []byte("receipt|"), id[:])[:receiptCode])}
	return receipt.String(in.Keys)
}

// Refuse records, without content, that a submission was turned away and why, so that figures can say so. Once for each
// form, by the first rule; a store that is away is not worth an error here.
func (in *Intake) Refuse(ctx context.Context, visit Visit, rule Rule) {
	_, id, err := in.responseID(visit)
	if err != nil {
		return
	}
	verdict := Verdict{Bucket: visit.bucket, Response: id, Seq: 1, Decision: Refused, Rule: rule,
		Hour: visit.token.Issued.In(visit.Unit.Zone.Location()).Hour(), Of: &visit.attribution}
	_, _ = in.Writer.Append(ctx, verdict.Record())
}

// responseID makes the one value that serves one-time use, retry and unlinkability: HMAC of the form's nonce with the key
// of its day. Once that key is destroyed nobody can tie the response to the form.
func (in *Intake) responseID(visit Visit) ([]byte, RecordID, error) {
	key, err := in.Keys.Day(issueDay(visit.token))
	if err != nil {
		return nil, RecordID{}, err
	}
	sum := keyed(key, []byte("response|"+string(visit.token.Channel)+"|"+visit.token.Point+"|"), visit.token.Nonce[:])
	return key, RecordID(sum[:16]), nil
}

func issueDay(token Token) Day { return utcDay(token.Issued) }

func utcDay(at time.Time) Day { return Day(at.UTC().Format(dayLayout)) }

// NewSheetID returns a new random ID for a sheet: eight letters that people can type, 40 bits.
func NewSheetID() string {
	raw := make([]byte, pointSize)
	rand.Read(raw)
	return codeAlphabet.EncodeToString(raw)
}
