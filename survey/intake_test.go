package survey_test

import (
	"context"
	"errors"
	"log/slog"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"kesan/survey"
	"kesan/survey/keyring"
)

var silent = slog.New(slog.DiscardHandler)

// desk is an intake over a real store with a clock that the test turns: two units, each with a counter and a sheet.
type desk struct {
	t        *testing.T
	store    survey.Store
	register *survey.Register
	keys     *keyring.Keyring
	tallier  *survey.Tallier
	intake   *survey.Intake
	*pinned
}

const (
	smgSheet = "SMG00001"
	jprSheet = "JPR00001"
)

func newDesk(t *testing.T, at string) *desk {
	t.Helper()
	return newDeskOn(t, openStore(t), at)
}

func newDeskOn(t *testing.T, store survey.Store, at string) *desk {
	t.Helper()
	d := &desk{t: t, store: store, pinned: pin(t, at)}
	var err error
	if d.keys, err = keyring.Open(filepath.Join(t.TempDir(), "keys"), d.clock); err != nil {
		t.Fatal(err)
	}
	d.register = openRegister(t, store, d.clock)
	d.tallier = survey.NewTallier(store, d.clock, silent)
	writer := survey.NewWriter(store, d.tallier)
	t.Cleanup(writer.Close)
	d.intake = &survey.Intake{Register: d.register, Keys: d.keys, Minter: survey.NewMinter(d.keys), Writer: writer, Clock: d.clock}
	write(t, d.register,
		unit("smg", "", survey.WIB), unit("smg.09", "smg", survey.WIB), unit("jpr", "", survey.WIT),
		survey.Service{Code: "ktp", Unit: "smg.09", Name: "KTP-el"}, survey.Service{Code: "kk", Unit: "smg.09", Name: "KK"},
		survey.Service{Code: "izin", Unit: "jpr", Name: "Izin"},
		survey.Counter{Code: "S1", Unit: "smg.09", Name: "Loket 1"}, survey.Counter{Code: "J1", Unit: "jpr", Name: "Loket 1"},
		survey.Officer{ID: "199001152015031999", Employment: survey.PNS, Name: "Sri", Unit: "smg.09"},
		survey.Officer{ID: "budi", Employment: survey.NonASN, Name: "Budi", Unit: "smg.09"},
		survey.Duty{Counter: "S1", Officer: "199001152015031999", From: "2026-11-23T08:00", To: "2026-11-23T12:00"},
		sheet(smgSheet, "S1"), sheet(jprSheet, "J1"))
	return d
}

func sheet(id, counter string) survey.Sheet {
	return survey.Sheet{ID: id, Counter: counter, ValidFrom: "2026-11-01"}
}

func (d *desk) turn(text string) { d.now = instant(d.t, text) }

func (d *desk) open(address string) survey.Visit {
	d.t.Helper()
	visit, err := d.intake.Open(address)
	if err != nil {
		d.t.Fatal(err)
	}
	return visit
}

// send takes the form up and submits, as a request does.
func (d *desk) send(token string, answers survey.Answers) (string, error) {
	visit, err := d.intake.Resume(token)
	if err != nil {
		return "", err
	}
	return d.intake.Submit(d.t.Context(), visit, answers, "id")
}

func (d *desk) mustSend(token string, answers survey.Answers) string {
	d.t.Helper()
	text, err := d.send(token, answers)
	if err != nil {
		d.t.Fatal(err)
	}
	return text
}

// stored returns the responses and verdicts in the store.
func (d *desk) stored() (responses []survey.Response, verdicts []survey.Verdict) {
	d.t.Helper()
	return readAll(d.t, d.store)
}

func readAll(t testing.TB, store survey.Store) (responses []survey.Response, verdicts []survey.Verdict) {
	t.Helper()
	for record, err := range store.Records(context.Background(), "", "2000-01-01", "2099-12-31") {
		if err != nil {
			t.Fatal(err)
		}
		switch record.Kind {
		case survey.KindResponse:
			response, err := survey.DecodeResponse(record)
			if err != nil {
				t.Fatal(err)
			}
			responses = append(responses, response)
		case survey.KindVerdict:
			verdict, err := survey.DecodeVerdict(record)
			if err != nil {
				t.Fatal(err)
			}
			verdicts = append(verdicts, verdict)
		}
	}
	return responses, verdicts
}

// all answers a value to all nine unsur.
func all(value int) survey.Answers {
	answers := survey.Answers{Unsur: map[survey.Unsur]int{}}
	for _, u := range survey.UnsurList {
		answers.Unsur[u] = value
	}
	return answers
}

func TestSubmitKeepsTheAnswer(t *testing.T) {
	t.Parallel()
	d := newDesk(t, "2026-11-23T03:10:20.123Z") // 10:10 in Semarang
	address, err := d.intake.Minter.Poster(smgSheet)
	if err != nil {
		t.Fatal(err)
	}
	visit := d.open(address)
	if visit.Unit.Code != "smg.09" || visit.Counter.Code != "S1" || len(visit.Services) != 2 || len(visit.Form.Unsur) != 9 || visit.Officer() != "199001152015031999" {
		t.Errorf("opened %s, %s, %v, officer %q", visit.Unit.Code, visit.Counter.Code, visit.Services, visit.Officer())
	}
	answers := all(3)
	answers.Service, answers.Wait, answers.Comment = "ktp", minutes(12), "Baik"
	d.now = d.now.Add(5 * time.Minute)
	text := d.mustSend(visit.Token, answers)
	responses, verdicts := d.stored()
	if len(responses) != 1 || len(verdicts) != 0 {
		t.Fatalf("%d responses and %d verdicts, want one response", len(responses), len(verdicts))
	}
	got := responses[0]
	if got.Bucket != (survey.Bucket{Unit: "smg.09", Day: "2026-11-23"}) || got.Hour != 10 || got.Late || got.Lang != "id" || got.Hash() != answers.Hash() {
		t.Errorf("stored %+v", got)
	}
	if want := []string{"smg", "smg.09"}; !slices.Equal(got.Path, want) || got.Counter != "S1" || got.Officer != "199001152015031999" ||
		got.Sheet != smgSheet || got.Channel != survey.ChannelPoster || got.Trust != survey.TrustPoster || got.Form != "skm-2017@1" {
		t.Errorf("attributed to %+v", got.Attribution)
	}
	receipt, err := survey.ReadReceipt(d.keys, text)
	if err != nil || receipt.Counter != survey.CounterTag("S1") || receipt.Day != "2026-11-23" || receipt.Key != "2026-11-23" {
		t.Errorf("receipt %+v, %v", receipt, err)
	}
	if n := d.intake.Writer.Accepted.Load(); n != 1 {
		t.Errorf("%d accepted, want 1", n)
	}
}

// TestStoredAnswerTellsNothingElse: the record holds no time but the hour, nothing of the token and nobody's address.
func TestStoredAnswerTellsNothingElse(t *testing.T) {
	t.Parallel()
	d := newDesk(t, "2026-11-23T03:47:29.123Z")
	visit := d.open(smgSheet)
	d.mustSend(visit.Token, all(3))
	for record, err := range d.store.Records(t.Context(), "", "2026-11-23", "2026-11-23") {
		if err != nil {
			t.Fatal(err)
		}
		want := `{"path":["smg","smg.09"],"counter":"S1","officer":"199001152015031999","sheet":"SMG00001","channel":"poster","trust":0,` +
			`"form":"skm-2017@1","unsur":{"biaya":3,"kompetensi":3,"pengaduan":3,"perilaku":3,"persyaratan":3,"produk":3,"prosedur":3,"sarana":3,"waktu":3},` +
			`"hour":10,"lang":"id"}`
		if string(record.Body) != want {
			t.Errorf("stored %s\nwant   %s", record.Body, want)
		}
	}
}

// TestIDsNeedTheKeyOfTheDay: without it nobody can tie an answer to the form that it was given on.
func TestIDsNeedTheKeyOfTheDay(t *testing.T) {
	t.Parallel()
	d := newDesk(t, "2026-11-23T03:00:00Z")
	visit := d.open(smgSheet)
	d.mustSend(visit.Token, all(3))
	other := newDesk(t, "2026-11-23T03:00:00Z") // other keys
	other.intake.Minter, other.intake.Keys = d.intake.Minter, other.keys
	visitAgain, err := other.intake.Resume(visit.Token)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := other.intake.Submit(t.Context(), visitAgain, all(3), "id"); err != nil {
		t.Fatal(err)
	}
	first, _ := d.stored()
	second, _ := other.stored()
	if first[0].ID == second[0].ID {
		t.Error("the ID of an answer does not depend on the key of the day")
	}
}

func TestRetry(t *testing.T) {
	t.Parallel()
	d := newDesk(t, "2026-11-23T03:00:00Z")
	visit := d.open(smgSheet)
	answers := all(3)
	answers.Service = "ktp"
	first := d.mustSend(visit.Token, answers)
	d.now = d.now.Add(2 * time.Hour) // late, yet the same answer
	if again := d.mustSend(visit.Token, answers); again != first {
		t.Errorf("retry got the receipt %s, want %s", again, first)
	}
	changed := all(1)
	changed.Service = "ktp"
	for range 2 {
		if _, err := d.send(visit.Token, changed); !errors.Is(err, survey.ErrDiffers) {
			t.Errorf("other answers: got %v, want ErrDiffers", err)
		}
	}
	if again := d.mustSend(visit.Token, answers); again != first {
		t.Errorf("the first answers again: receipt %s, want %s", again, first)
	}
	responses, verdicts := d.stored()
	if len(responses) != 1 || responses[0].Hash() != answers.Hash() || responses[0].Late {
		t.Errorf("stored %+v, want the first answers once", responses)
	}
	if len(verdicts) != 1 || verdicts[0].Decision != survey.Refused || verdicts[0].Rule != survey.RuleRepeated {
		t.Errorf("verdicts %+v, want one refusal", verdicts)
	}
	if err := d.tallier.Fold(t.Context(), responses[0].Bucket); err != nil {
		t.Fatal(err)
	}
	total := totalOf(dayTally(t, d.store, responses[0].Bucket))
	if total.N != 1 || total.Unsur[0] != [4]int64{0, 0, 1, 0} || !maps.Equal(total.LeftOut, map[survey.LeftOut]int64{{Decision: "refused", Rule: "repeated"}: 1}) {
		t.Errorf("the tally says %+v, want one answer of 3 and one refusal", total)
	}
	if w := d.intake.Writer; w.Accepted.Load() != 1 || w.Repeated.Load() != 2 {
		t.Errorf("%d accepted and %d repeated, want 1 and 2", w.Accepted.Load(), w.Repeated.Load())
	}
}

func TestTwoVisitorsAreTwoAnswers(t *testing.T) {
	t.Parallel()
	d := newDesk(t, "2026-11-23T03:00:00Z")
	a, b := d.open(smgSheet), d.open(smgSheet)
	if d.mustSend(a.Token, all(3)) == d.mustSend(b.Token, all(3)) {
		t.Error("two visitors have one receipt")
	}
	if responses, _ := d.stored(); len(responses) != 2 {
		t.Errorf("%d stored, want 2", len(responses))
	}
}

func TestAgeOfAForm(t *testing.T) {
	t.Parallel()
	tests := []struct {
		after time.Duration
		late  bool
		want  error
	}{
		{0, false, nil},
		{30 * time.Minute, false, nil},
		{30*time.Minute + time.Second, true, nil},
		{24 * time.Hour, true, nil},
		{24*time.Hour + time.Second, false, survey.ErrExpired},
		{80 * time.Hour, false, survey.ErrExpired},
		{-time.Minute, false, nil}, // the clock was set right
	}
	for _, test := range tests {
		t.Run(test.after.String(), func(t *testing.T) {
			t.Parallel()
			d := newDesk(t, "2026-11-23T03:00:00Z")
			visit := d.open(smgSheet)
			d.now = d.now.Add(test.after)
			_, err := d.send(visit.Token, all(3))
			responses, _ := d.stored()
			if !errors.Is(err, test.want) || err == nil && (len(responses) != 1 || responses[0].Late != test.late) || err != nil && len(responses) > 0 {
				t.Errorf("got %v and %+v, want %v, late %t", err, responses, test.want, test.late)
			}
		})
	}
}

// TestRetryAfterMidnight: the bucket and the hour are those of the moment when the form was opened.
func TestRetryAfterMidnight(t *testing.T) {
	t.Parallel()
	d := newDesk(t, "2026-11-23T16:58:00Z") // 23:58 in Semarang, 01:58 of the 24th in Jayapura
	smg, jpr := d.open(smgSheet), d.open(jprSheet)
	first := d.mustSend(smg.Token, all(3))
	d.mustSend(jpr.Token, all(4))
	d.turn("2026-11-24T00:30:00Z") // past midnight everywhere, UTC included
	if again := d.mustSend(smg.Token, all(3)); again != first {
		t.Errorf("retry after midnight: receipt %s, want %s", again, first)
	}
	counts, err := d.store.CountRecords(t.Context(), "", "2026-11-01", "2026-11-30")
	want := []survey.BucketCount{{Bucket: survey.Bucket{Unit: "jpr", Day: "2026-11-24"}, N: 1}, {Bucket: survey.Bucket{Unit: "smg.09", Day: "2026-11-23"}, N: 1}}
	if err != nil || !slices.Equal(counts, want) {
		t.Errorf("buckets %v, %v; want %v", counts, err, want)
	}
	responses, _ := d.stored()
	if responses[0].Hour != 1 || responses[1].Hour != 23 {
		t.Errorf("hours %d and %d, want 1 and 23", responses[0].Hour, responses[1].Hour)
	}
}

func TestOpenRefuses(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name   string
		change func() []survey.Object
		want   error
	}{
		{"revoked", func() []survey.Object { s := sheet(smgSheet, "S1"); s.Revoked = true; return []survey.Object{s} }, survey.ErrRevoked},
		{"not yet valid", func() []survey.Object {
			s := sheet(smgSheet, "S1")
			s.ValidFrom = "2026-11-24"
			return []survey.Object{s}
		}, survey.ErrExpired},
		{"valid until yesterday", func() []survey.Object {
			s := sheet(smgSheet, "S1")
			s.ValidTo = "2026-11-22"
			return []survey.Object{s}
		}, survey.ErrExpired},
		{"last day", func() []survey.Object {
			s := sheet(smgSheet, "S1")
			s.ValidTo = "2026-11-23"
			return []survey.Object{s}
		}, nil},
		{"counter closed", func() []survey.Object {
			return []survey.Object{survey.Counter{Code: "S1", Unit: "smg.09", Name: "Loket 1", Closed: true}}
		}, survey.ErrClosed},
		{"unit closed", func() []survey.Object {
			u := unit("smg.09", "smg", survey.WIB)
			u.Closed = true
			return []survey.Object{u}
		}, survey.ErrClosed},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			d := newDesk(t, "2026-11-23T03:00:00Z")
			visit := d.open(smgSheet) // before the change
			write(t, d.register, test.change()...)
			if _, err := d.intake.Open(smgSheet); !errors.Is(err, test.want) {
				t.Errorf("opening: got %v, want %v", err, test.want)
			}
			d.mustSend(visit.Token, all(3)) // a form that was handed out before is let in
		})
	}
}

func TestOpenAddresses(t *testing.T) {
	t.Parallel()
	d := newDesk(t, "2026-11-23T03:00:00Z")
	write(t, d.register, sheet("01A0B1CD", "S1"))
	poster, err := d.intake.Minter.Poster(smgSheet)
	if err != nil {
		t.Fatal(err)
	}
	unknown, err := d.intake.Minter.Poster("ZZZZZZZZ")
	if err != nil {
		t.Fatal(err)
	}
	for address, want := range map[string]string{
		poster: smgSheet, strings.ToLower(poster): smgSheet, "SMG00001": smgSheet, "smg00001": smgSheet, "smgOOoo1": smgSheet, "smg0000l": smgSheet,
		"o1a0b1cd": "01A0B1CD", "OIAOBLCD": "01A0B1CD",
	} {
		if visit, err := d.intake.Open(address); err != nil || visit.Point.ID != want {
			t.Errorf("%s: got sheet %q, %v; want %s", address, visit.Point.ID, err, want)
		}
	}
	for _, address := range []string{"", "SMG00002", "SMG0000", unknown, poster + "A", poster[:38], strings.Repeat("A", 5000), "\xff\xff\xff\xff\xff\xff\xff\xff", d.open(smgSheet).Token} {
		if visit, err := d.intake.Open(address); !errors.Is(err, survey.ErrNotFound) {
			t.Errorf("%.40q: got sheet %q, %v; want ErrNotFound", address, visit.Point.ID, err)
		}
	}
}

func TestResumeRefuses(t *testing.T) {
	t.Parallel()
	d := newDesk(t, "2026-11-23T03:00:00Z")
	smg := d.open(smgSheet)
	poster, err := d.intake.Minter.Poster(smgSheet)
	if err != nil {
		t.Fatal(err)
	}
	for name, token := range map[string]string{"poster for form": poster, "no form": "", "typed code": smgSheet, "forged": "A" + smg.Token[1:]} {
		if _, err := d.send(token, all(3)); !errors.Is(err, survey.ErrNotFound) {
			t.Errorf("%s: got %v, want ErrNotFound", name, err)
		}
	}
	if responses, verdicts := d.stored(); len(responses)+len(verdicts) > 0 {
		t.Errorf("something was stored: %v %v", responses, verdicts)
	}
}

// TestRosterEditedMeanwhile: attribution is decided when the page is opened.
func TestRosterEditedMeanwhile(t *testing.T) {
	t.Parallel()
	d := newDesk(t, "2026-11-23T03:00:00Z")
	visit := d.open(smgSheet)
	write(t, d.register, survey.Duty{Counter: "S1", Officer: "199001152015031999", From: "2026-11-23T08:00", To: "2026-11-23T12:00", Cancelled: true},
		survey.Duty{Counter: "S1", Officer: "budi", From: "2026-11-23T07:00", To: "2026-11-23T12:00"})
	d.mustSend(visit.Token, all(3))
	next := d.open(smgSheet)
	d.turn("2026-11-23T05:30:00Z") // 12:30, when nobody is on duty
	d.mustSend(next.Token, all(4))
	responses, _ := d.stored()
	officers := map[int]string{}
	for _, response := range responses {
		officers[response.Unsur[survey.Waktu]] = response.Officer
	}
	if want := map[int]string{3: "199001152015031999", 4: "budi"}; !maps.Equal(officers, want) {
		t.Errorf("officers %v, want %v", officers, want)
	}
}

func TestSheetOfAnOfficer(t *testing.T) {
	t.Parallel()
	d := newDesk(t, "2026-11-23T03:00:00Z")
	own := sheet("BD000001", "S1")
	own.Officer, own.Service = "budi", "kk"
	gone := sheet("GN000001", "S1")
	gone.Officer = "nobody"
	write(t, d.register, own, gone)
	visit := d.open("BD000001") // while another is on duty
	if visit.Officer() != "budi" || len(visit.Services) != 1 || visit.Services[0].Code != "kk" {
		t.Errorf("officer %q, services %v; want budi and kk alone", visit.Officer(), visit.Services)
	}
	if visit := d.open("GN000001"); visit.Officer() != "" {
		t.Errorf("a sheet of an officer who is not there counts for %q", visit.Officer())
	}
}

// TestSheetStandsForSomethingElse: a form that comes again must not land in a second bucket, nor be read as another form.
func TestSheetStandsForSomethingElse(t *testing.T) {
	t.Parallel()
	other := survey.SKM2017()
	other.ID = "rsud"
	ofOther := unit("smg.09", "smg", survey.WIB)
	ofOther.Form = "rsud"
	inWIT := unit("smg.09", "smg", survey.WIT)
	tests := map[string][]survey.Object{
		"sheet at another unit's counter": {sheet(smgSheet, "J1")},
		"unit in another zone":            {inWIT},
		"unit with another questionnaire": {other, ofOther},
	}
	for name, change := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := newDesk(t, "2026-11-23T16:30:00Z")
			visit := d.open(smgSheet)
			d.mustSend(visit.Token, all(3))
			write(t, d.register, change...)
			if _, err := d.send(visit.Token, all(3)); !errors.Is(err, survey.ErrExpired) {
				t.Errorf("sent again: got %v, want ErrExpired", err)
			}
			if responses, _ := d.stored(); len(responses) != 1 {
				t.Errorf("%d answers stored, want 1", len(responses))
			}
		})
	}
}

// TestFormVersionIsFixedWhenOpened: a new version of the questionnaire does not touch forms that people are filling.
func TestFormVersionIsFixedWhenOpened(t *testing.T) {
	t.Parallel()
	d := newDesk(t, "2026-11-23T03:00:00Z")
	visit := d.open(smgSheet)
	changed := survey.SKM2017()
	changed.Extra = []survey.Question{{Key: "parkir", Text: "Parkir?", Options: []survey.Option{{Value: 1}, {Value: 2}}}}
	write(t, d.register, changed)
	resumed, err := d.intake.Resume(visit.Token)
	if err != nil || len(resumed.Form.Extra) != 0 {
		t.Fatalf("resumed with %d extra questions, %v; want the form as it was", len(resumed.Form.Extra), err)
	}
	d.mustSend(visit.Token, all(3))
	d.mustSend(d.open(smgSheet).Token, all(4))
	responses, _ := d.stored()
	forms := map[int]survey.FormRef{}
	for _, response := range responses {
		forms[response.Unsur[survey.Waktu]] = response.Form
	}
	if want := map[int]survey.FormRef{3: "skm-2017@1", 4: "skm-2017@2"}; !maps.Equal(forms, want) {
		t.Errorf("forms %v, want %v", forms, want)
	}
}

func TestRefuseCountsOncePerForm(t *testing.T) {
	t.Parallel()
	d := newDesk(t, "2026-11-23T03:00:00Z")
	visit := d.open(smgSheet)
	for _, rule := range []survey.Rule{survey.RuleHoneypot, survey.RuleMalformed, survey.RuleHoneypot} {
		d.intake.Refuse(t.Context(), visit, rule)
	}
	responses, verdicts := d.stored()
	if len(responses) != 0 || len(verdicts) != 1 {
		t.Fatalf("%d responses, %d verdicts; want 0 and 1", len(responses), len(verdicts))
	}
	d.mustSend(visit.Token, all(3)) // a machine filled the trap, then the visitor sent the form
	bucket := survey.Bucket{Unit: "smg.09", Day: "2026-11-23"}
	if err := d.tallier.Fold(t.Context(), bucket); err != nil {
		t.Fatal(err)
	}
	total := totalOf(dayTally(t, d.store, bucket))
	want := map[survey.LeftOut]int64{{Decision: "refused", Rule: "honeypot"}: 1}
	if total.N != 1 || !maps.Equal(total.LeftOut, want) {
		t.Errorf("the tally says %d counted and %v, want 1 and %v", total.N, total.LeftOut, want)
	}
}

func TestReceiptSaysWhetherTheAnswerCounts(t *testing.T) {
	t.Parallel()
	d := newDesk(t, "2026-11-23T03:00:00Z")
	text := d.mustSend(d.open(smgSheet).Token, all(3))
	receipt, err := survey.ReadReceipt(d.keys, text)
	if err != nil {
		t.Fatal(err)
	}
	bucket := survey.Bucket{Unit: "smg.09", Day: receipt.Day}
	for _, want := range []bool{false, true} {
		if got, err := survey.BucketCounted(t.Context(), d.store, bucket); err != nil || got != want {
			t.Errorf("counted: %t, %v; want %t", got, err, want)
		}
		if err := d.tallier.Fold(t.Context(), bucket); err != nil {
			t.Fatal(err)
		}
	}
	d.mustSend(d.open(smgSheet).Token, all(3))
	if got, err := survey.BucketCounted(t.Context(), d.store, bucket); err != nil || got {
		t.Errorf("with an answer that is not folded yet: counted %t, %v", got, err)
	}
	if got, err := survey.BucketCounted(t.Context(), d.store, survey.Bucket{Unit: "smg.09", Day: "2026-11-22"}); err != nil || got {
		t.Errorf("an empty bucket: counted %t, %v", got, err)
	}
}

func TestKeyOfTheDayIsGone(t *testing.T) {
	t.Parallel()
	d := newDesk(t, "2026-11-23T03:00:00Z")
	text := d.mustSend(d.open(smgSheet).Token, all(3))
	d.turn("2026-11-26T00:00:00Z")
	if _, err := survey.ReadReceipt(d.keys, text); !errors.Is(err, survey.ErrExpired) {
		t.Errorf("receipt: got %v, want ErrExpired", err)
	}
}
