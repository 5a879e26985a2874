package survey

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"errors"
	"fmt"
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
}

const (
	// formFresh is how long a form may be filled without counting as late.
	formFresh = 30 * time.Minute
	// formLife is how long a form is accepted at all.
	formLife = 24 * time.Hour
)

// Visit is one form in the hands of one visitor: what it is about is fixed when the page is opened.
type Visit struct {
	Sheet    Sheet
	Counter  Counter
	Unit     Unit
	Services []Service // to choose from; one: nothing to choose
	Form     Form
	Token    string // goes with the form as a hidden field

	bucket      Bucket
	attribution Attribution
	token       Token
	late        bool
}

// Open opens the form of a sheet, named by its token or its short typed code. ErrNotFound: there is no such sheet;
// ErrRevoked: it has been withdrawn; ErrExpired: it is not valid today; ErrClosed: its counter or unit is closed for good.
func (in *Intake) Open(address string) (Visit, error) {
	office := in.Register.Office()
	visit, err := in.visit(office, address)
	if err != nil {
		return Visit{}, err
	}
	now := in.Clock.Now()
	if _, err := in.Keys.Day(Day(now.Format(dayLayout))); err != nil {
		return Visit{}, fmt.Errorf("open form: %w", err) // without the key of its day the form could not be sent
	}
	form, ref := office.FormOf(visit.Unit.Code)
	officer := visit.Sheet.Officer
	if officer == "" {
		officer = office.OnDuty(visit.Counter.Code, now)
	}
	token := Token{Sheet: visit.Sheet.ID, Issued: now.Truncate(time.Second), Form: ref.Version(), Officer: OfficerTag(officer),
		Place: visit.place(ref)}
	rand.Read(token.Nonce[:])
	visit.Form = form
	if visit.Token, err = in.Minter.Form(token); err != nil {
		return Visit{}, fmt.Errorf("open form: %w", err)
	}
	in.attribute(office, &visit, token, ref)
	return visit, nil
}

// Resume takes up the visit of a form that comes back. ErrNotFound: the form token is not of this sheet; ErrExpired: it is
// older than a day, or the sheet stands for something else since. A sheet that was revoked or a counter that was closed
// meanwhile does not stop a form that was handed out before.
func (in *Intake) Resume(address, formToken string) (Visit, error) {
	office := in.Register.Office()
	visit, err := in.visit(office, address)
	if err != nil && !errors.Is(err, ErrRevoked) && !errors.Is(err, ErrExpired) && !errors.Is(err, ErrClosed) {
		return Visit{}, err
	}
	token, err := in.Minter.Read(formToken, TokenForm)
	if err != nil {
		return Visit{}, err
	}
	if token.Sheet != visit.Sheet.ID {
		return Visit{}, ErrNotFound
	}
	age := in.Clock.Now().Sub(token.Issued)
	if age > formLife {
		return Visit{}, ErrExpired
	}
	_, current := office.FormOf(visit.Unit.Code)
	id, _, _ := strings.Cut(string(current), "@")
	ref := Ref(id, token.Form)
	form, ok := office.Versions[ref]
	if !ok || token.Place != visit.place(ref) {
		return Visit{}, ErrExpired
	}
	visit.Form, visit.Token, visit.late = form, formToken, age > formFresh
	in.attribute(office, &visit, token, ref)
	return visit, nil
}

// place is the tag of all that decides where an answer is kept and what its values mean. A form token carries it, since a
// sheet that was given to another counter, or a unit with another time zone or questionnaire, would otherwise take a form
// that comes again into another bucket, where it would count twice.
func (v Visit) place(ref FormRef) [4]byte {
	sum := sha256.Sum256([]byte(strings.Join([]string{"place", v.Counter.Code, v.Unit.Code, string(v.Unit.Zone), string(ref)}, "|")))
	return [4]byte(sum[:4])
}

func (in *Intake) visit(office *Office, address string) (Visit, error) {
	id, err := in.sheetID(address)
	if err != nil {
		return Visit{}, err
	}
	held, ok := office.Sheets[id]
	if !ok {
		return Visit{}, ErrNotFound
	}
	sheet := held.Value
	counter := office.Counters[sheet.Counter].Value
	unit := office.Units[counter.Unit].Value
	visit := Visit{Sheet: sheet, Counter: counter, Unit: unit, Services: in.services(office, sheet, counter)}
	return visit, office.CheckSheet(sheet, in.Clock.Now())
}

// sheetID reads the long token of the QR code, or the short code as people type it.
func (in *Intake) sheetID(address string) (string, error) {
	if len(address) != 8 {
		token, err := in.Minter.Read(strings.ToUpper(address), TokenPoster)
		return token.Sheet, err
	}
	return strings.NewReplacer("O", "0", "I", "1", "L", "1").Replace(strings.ToUpper(address)), nil
}

func (in *Intake) services(office *Office, sheet Sheet, counter Counter) []Service {
	var list []Service
	for _, code := range office.ServicesAt(counter) {
		if sheet.Service == "" || sheet.Service == code {
			list = append(list, office.Services[code].Value)
		}
	}
	return list
}

func (in *Intake) attribute(office *Office, visit *Visit, token Token, ref FormRef) {
	visit.token = token
	visit.bucket = Bucket{Unit: visit.Unit.Code, Day: DayOf(token.Issued, visit.Unit.Zone)}
	visit.attribution = Attribution{
		Path: office.Path(visit.Unit.Code), Counter: visit.Counter.Code, Officer: office.OfficerByTag(token.Officer),
		Sheet: visit.Sheet.ID, Channel: ChannelPoster, Trust: TrustPoster, Form: ref,
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
	receipt := Receipt{Sheet: visit.Sheet.ID, Day: visit.bucket.Day, Key: issueDay(visit.token),
		Code: sheetAlphabet.EncodeToString(keyed(key, []byte("receipt|"), id[:])[:receiptCode])}
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
	sum := keyed(key, []byte("response|form|"+visit.Sheet.ID+"|"), visit.token.Nonce[:])
	return key, RecordID(sum[:16]), nil
}

func issueDay(token Token) Day { return Day(token.Issued.UTC().Format(dayLayout)) }

// NewSheetID returns a new random ID for a sheet: eight letters that people can type, 40 bits.
func NewSheetID() string {
	raw := make([]byte, sheetSize)
	rand.Read(raw)
	return sheetAlphabet.EncodeToString(raw)
}
