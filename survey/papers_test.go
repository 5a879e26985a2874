package survey_test

import (
	"errors"
	"maps"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"kesan/survey"
)

// bundle is a batch of paper forms of S1 on a desk, with who takes it in.
type bundle struct {
	*desk
	papers *survey.Papers
	batch  survey.Batch
	closed bool // the day lies in a locked cycle
}

func newBundle(t *testing.T, count int) *bundle {
	t.Helper()
	b := &bundle{desk: newDesk(t, "2026-11-23T10:00:00Z")}
	b.papers = &survey.Papers{Register: b.register, Store: b.store, Writer: b.intake.Writer, Clock: b.clock,
		Locked: func(*survey.Office, survey.Day) bool { return b.closed }}
	_, form := b.register.Office().FormOf("smg.09")
	b.batch = survey.Batch{ID: "BVNDE001", Counter: "S1", Services: []string{"kk", "ktp"}, Form: form, Day: "2026-11-23", Count: count}
	write(t, b.register, b.batch, survey.Account{Username: "ani", Name: "Ani", Role: survey.RoleUnitHead, Unit: "smg"},
		survey.Account{Username: "sri", Name: "Sri", Role: survey.RoleOfficer, Officer: "199001152015031999"})
	return b
}

// paper answers a digit to everything, for the second service.
func paper(digit string) survey.Paper {
	return survey.Paper{Service: "2", Unsur: strings.Repeat(digit, 9), Wait: "15", Comment: "Ramah"}
}

func (b *bundle) enter(pass int, by string, papers map[int]survey.Paper) {
	b.t.Helper()
	if err := b.papers.Save(b.t.Context(), b.batch, pass, 0, papers, by); err != nil {
		b.t.Fatal(err)
	}
}

func (b *bundle) agree(want int, choices map[survey.PaperChoice]int) {
	b.t.Helper()
	if n, err := b.papers.StoreAgreed(b.t.Context(), b.batch, choices); n != want || err != nil {
		b.t.Errorf("stored %d, %v; want %d", n, err, want)
	}
}

func TestPapersBecomeAnswers(t *testing.T) {
	t.Parallel()
	b := newBundle(t, 12)
	b.enter(1, "ani", map[int]survey.Paper{1: paper("4"), 2: paper("3"), 3: paper("2")})
	b.agree(0, nil) // typed once only
	wrong := paper("3")
	wrong.Unsur, wrong.Wait = "333333331", "51"
	b.enter(2, "ani", map[int]survey.Paper{1: paper("4"), 2: wrong})
	states, err := b.papers.Papers(t.Context(), b.batch)
	if err != nil || len(states) != 12 || !states[0].Agreed() || strings.Join(states[1].Differs, " ") != "unsur wait" || states[2].Twice() {
		t.Fatalf("states %+v, %v", states, err)
	}
	b.agree(1, nil)
	b.agree(0, map[survey.PaperChoice]int{{Number: 2, Field: "unsur"}: 1}) // the minutes are still open
	b.agree(1, map[survey.PaperChoice]int{{Number: 2, Field: "unsur"}: 1, {Number: 2, Field: "wait"}: 2})
	responses, _ := b.stored()
	if len(responses) != 2 {
		t.Fatalf("%d answers stored, want 2", len(responses))
	}
	waits := map[int]int{}
	for _, got := range responses {
		waits[*got.Wait] = got.Unsur["pengaduan"]
		if got.Channel != survey.ChannelPaper || got.Trust != survey.TrustAssisted || got.Day != "2026-11-23" || got.Unit != "smg.09" || got.Service != "ktp" ||
			got.Officer != "199001152015031999" || got.Comment != "Ramah" || got.Form != b.batch.Form {
			t.Errorf("stored %+v", got)
		}
	}
	if waits[15] != 4 || waits[51] != 3 {
		t.Errorf("minutes and answers %v, want the chosen ones", waits)
	}
}

// TestPaperCountsOnce: whoever types it again, however late, and however many store at once.
func TestPaperCountsOnce(t *testing.T) {
	t.Parallel()
	b := newBundle(t, 5)
	for pass := 1; pass <= 2; pass++ {
		b.enter(pass, "ani", map[int]survey.Paper{1: paper("4"), 2: paper("3")})
	}
	var stored atomic.Int64
	var group sync.WaitGroup
	for range 20 {
		group.Go(func() {
			n, err := b.papers.StoreAgreed(t.Context(), b.batch, nil)
			if err != nil {
				t.Error(err)
			}
			stored.Add(int64(n))
		})
	}
	group.Wait()
	b.now = b.now.Add(60 * 24 * time.Hour) // drafts and keys of the day are gone
	for pass := 1; pass <= 2; pass++ {
		b.enter(pass, "ani", map[int]survey.Paper{1: paper("1")})
	}
	b.agree(0, nil)
	if responses, _ := b.stored(); len(responses) != 2 || stored.Load() != 2 {
		t.Errorf("%d answers stored by %d, want 2 by 2", len(responses), stored.Load())
	}
}

func TestPapersOfTheOneWhoTypes(t *testing.T) {
	t.Parallel()
	b := newBundle(t, 1)
	b.enter(1, "ani", map[int]survey.Paper{1: paper("4")})
	b.enter(2, "sri", map[int]survey.Paper{1: paper("4")})
	b.agree(1, nil)
	if responses, _ := b.stored(); responses[0].Officer != "" {
		t.Errorf("Sri typed an answer that counts for %q", responses[0].Officer)
	}
}

func TestPapersClosed(t *testing.T) {
	t.Parallel()
	b := newBundle(t, 1)
	for pass := 1; pass <= 2; pass++ {
		b.enter(pass, "ani", map[int]survey.Paper{1: paper("4")})
	}
	b.closed = true
	if _, err := b.papers.StoreAgreed(t.Context(), b.batch, nil); !errors.Is(err, survey.ErrClosed) {
		t.Errorf("in a locked cycle: %v, want ErrClosed", err)
	}
	b.closed, b.now = false, instant(t, "2026-11-22T16:59:59Z") // the day before in Semarang
	if err := b.papers.Open(b.batch); !errors.Is(err, survey.ErrExpired) {
		t.Errorf("before its day: %v, want ErrExpired", err)
	}
	if responses, _ := b.stored(); len(responses) != 0 {
		t.Errorf("stored %+v", responses)
	}
}

// TestPaperDrafts: what is typed goes when its block is done, and what was emptied goes at once.
func TestPaperDrafts(t *testing.T) {
	t.Parallel()
	b := newBundle(t, 3)
	b.enter(1, "ani", map[int]survey.Paper{1: paper("4"), 3: paper("3")})
	b.enter(1, "ani", map[int]survey.Paper{3: {}})
	b.enter(2, "ani", map[int]survey.Paper{1: paper("4")})
	if _, err := b.store.Entry(t.Context(), "paper|BVNDE001|1|0", b.now); err != nil {
		t.Fatal(err)
	}
	b.agree(1, nil)
	for _, pass := range []string{"1", "2"} {
		if _, err := b.store.Entry(t.Context(), "paper|BVNDE001|"+pass+"|0", b.now); !errors.Is(err, survey.ErrNotFound) {
			t.Errorf("pass %s is still there: %v", pass, err)
		}
	}
}

func TestPaperAnswers(t *testing.T) {
	t.Parallel()
	b := newBundle(t, 1)
	office := b.register.Office()
	for name, test := range map[string]struct {
		change func(*survey.Paper)
		field  string
	}{
		"eight digits":  {func(p *survey.Paper) { p.Unsur = "44444444" }, "unsur"},
		"a five":        {func(p *survey.Paper) { p.Unsur = "444444445" }, "unsur"},
		"nothing":       {func(p *survey.Paper) { p.Unsur = "000000000" }, "unsur"},
		"too few marks": {func(p *survey.Paper) { p.Rest = "261" }, "rest"},
		"fourth sex":    {func(p *survey.Paper) { p.Rest = "4000" }, "rest"},
		"a letter":      {func(p *survey.Paper) { p.Rest = "000A" }, "rest"},
		"no service":    {func(p *survey.Paper) { p.Service = "" }, "service"},
		"third service": {func(p *survey.Paper) { p.Service = "3" }, "service"},
		"minutes":       {func(p *survey.Paper) { p.Wait = "481" }, "wait"},
		"control":       {func(p *survey.Paper) { p.Comment = "a\x01" }, "comment"},
	} {
		typed := paper("4")
		test.change(&typed)
		if _, problems := office.PaperAnswers(b.batch, typed); len(problems) != 1 || problems[0].Field != test.field {
			t.Errorf("%s: %v, want a problem of %s", name, problems, test.field)
		}
	}
	about := paper("4")
	about.Rest = "2609"
	said, problems := office.PaperAnswers(b.batch, about)
	if want := map[string]string{"jenis_kelamin": "p", "usia": "56", "pekerjaan": "lainnya"}; len(problems) != 0 || !maps.Equal(said.Profile, want) {
		t.Errorf("about the person: %v, %v; want %v", said.Profile, problems, want)
	}
	skipped := paper("4")
	skipped.Unsur = "404444444"
	answers, problems := office.PaperAnswers(b.batch, skipped)
	if _, answered := answers.Unsur["prosedur"]; len(problems) != 0 || answered || len(answers.Unsur) != 8 {
		t.Errorf("a skipped question: %+v, %v", answers, problems)
	}
}

// A counter may have forty services, and a form five questions of the office with twelve answers each.
func TestPaperOfABigOffice(t *testing.T) {
	t.Parallel()
	b := newBundle(t, 1)
	form := survey.SKM2017()
	form.ID, form.Profile = "lain", nil
	question := survey.Question{Key: "tambahan-1-v1", Text: "Dari mana tahu?"}
	for i := range 12 {
		question.Options = append(question.Options, survey.Option{Value: i + 1, Label: strconv.Itoa(i)})
		service := survey.Service{Code: "s" + strconv.Itoa(i), Unit: "smg.09", Name: "Layanan"}
		write(t, b.register, service)
		b.batch.Services = append(b.batch.Services, service.Code)
	}
	form.Extra = []survey.Question{question}
	write(t, b.register, form)
	b.batch.Form = survey.Ref("lain", 1)
	typed := paper("4")
	typed.Service, typed.Rest = "14", "C"
	got, problems := b.register.Office().PaperAnswers(b.batch, typed)
	if len(problems) != 0 || got.Service != "s11" || got.Extra["tambahan-1-v1"] != 12 {
		t.Errorf("%+v, %v; want service s11 and answer 12", got, problems)
	}
	typed.Service = "15"
	if _, problems := b.register.Office().PaperAnswers(b.batch, typed); len(problems) != 1 || problems[0].Field != "service" {
		t.Errorf("service 15 of 14: %v", problems)
	}
}

func TestCheckBatch(t *testing.T) {
	t.Parallel()
	b := newBundle(t, 1)
	never := func(*survey.Office, survey.Day) bool { return false }
	for name, test := range map[string]struct {
		change func(*survey.Batch)
		field  string
	}{
		"counter": {func(b *survey.Batch) { b.Counter = "X" }, "counter"},
		"no day":  {func(b *survey.Batch) { b.Day = "besok" }, "day"},
		"far day": {func(b *survey.Batch) { b.Day = "2026-12-25" }, "day"},
		"none":    {func(b *survey.Batch) { b.Count = 0 }, "count"},
		"many":    {func(b *survey.Batch) { b.Count = 201 }, "count"},
	} {
		batch := b.batch
		test.change(&batch)
		if problems := b.register.Office().CheckBatch(batch, b.now, never); len(problems) != 1 || problems[0].Field != test.field {
			t.Errorf("%s: %v, want a problem of %s", name, problems, test.field)
		}
	}
	locked := func(*survey.Office, survey.Day) bool { return true }
	if problems := b.register.Office().CheckBatch(b.batch, b.now, locked); len(problems) != 1 || problems[0].Key != "paper.locked" {
		t.Errorf("a locked day: %v", problems)
	}
	if problems := b.register.Office().CheckBatch(b.batch, b.now, never); problems != nil {
		t.Errorf("a good batch: %v", problems)
	}
}
