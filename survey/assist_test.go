package survey_test

import (
	"errors"
	"slices"
	"testing"

	"kesan/survey"
)

func TestAssist(t *testing.T) {
	t.Parallel()
	const sri = "199001152015031999"
	head := survey.Account{Username: "kepala", Role: survey.RoleUnitHead, Unit: "smg"}
	own := survey.Account{Username: "sri", Role: survey.RoleOfficer, Officer: sri}
	colleague := survey.Account{Username: "budi", Role: survey.RoleOfficer, Officer: "budi"}
	for name, test := range map[string]struct {
		by      survey.Account
		counter string
		own     bool
		officer string
		err     error
	}{
		"head":               {head, "S1", false, sri, nil},
		"colleague":          {colleague, "S1", false, sri, nil},
		"about oneself":      {own, "S1", true, "", nil},
		"other unit":         {own, "J1", false, "", survey.ErrDenied},
		"head of other unit": {survey.Account{Role: survey.RoleUnitHead, Unit: "jpr"}, "S1", false, "", survey.ErrDenied},
		"personnel":          {survey.Account{Role: survey.RoleHR}, "S1", false, "", survey.ErrDenied},
		"no counter":         {head, "S7", false, "", survey.ErrNotFound},
	} {
		d := newDesk(t, "2026-11-23T03:10:20Z") // Sri is on duty at S1
		visit, unattributed, err := d.intake.Assist(test.counter, test.by)
		if !errors.Is(err, test.err) || unattributed != test.own || visit.Officer() != test.officer {
			t.Errorf("%s: for %q, unattributed %v, %v", name, visit.Officer(), unattributed, err)
		}
		if err != nil {
			continue
		}
		back, err := d.intake.Assisted(visit.Token, test.by)
		if err != nil || back.Officer() != test.officer {
			t.Errorf("%s: came back for %q, %v", name, back.Officer(), err)
			continue
		}
		d.mustSend(visit.Token, all(2))
		responses, _ := d.stored()
		if got := responses[0]; got.Channel != survey.ChannelAssisted || got.Trust != survey.TrustAssisted || got.Officer != test.officer || got.Late {
			t.Errorf("%s: stored %+v", name, got)
		}
	}
}

// TestAssistedForm: a form that names an officer is not taken from that officer, and no other kind of form is taken at all.
func TestAssistedForm(t *testing.T) {
	t.Parallel()
	d := newDesk(t, "2026-11-23T03:10:20Z")
	sri := survey.Account{Username: "sri", Role: survey.RoleOfficer, Officer: "199001152015031999"}
	budi := survey.Account{Username: "budi", Role: survey.RoleOfficer, Officer: "budi"}
	visit, _, err := d.intake.Assist("S1", budi)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := d.intake.Assisted(visit.Token, sri); !errors.Is(err, survey.ErrDenied) {
		t.Errorf("a form about Sri from Sri: %v, want ErrDenied", err)
	}
	if _, err := d.intake.Assisted(d.open(smgSheet).Token, budi); !errors.Is(err, survey.ErrDenied) {
		t.Errorf("a poster's form: %v, want ErrDenied", err)
	}
	d.turn("2026-11-23T03:40:21Z") // half an hour is the limit, as for a poster
	d.mustSend(visit.Token, all(2))
	if responses, _ := d.stored(); !responses[0].Late || responses[0].Trust != survey.TrustPoster {
		t.Errorf("stored %+v, want a late answer", responses[0])
	}
}

func TestEntered(t *testing.T) {
	t.Parallel()
	store := openStore(t)
	for _, e := range []struct {
		day survey.Day
		who string
	}{{"2026-11-23", "sri"}, {"2026-11-23", "sri"}, {"2026-11-23", "sri.b"}, {"2026-11-24", "sri"}, {"2026-12-01", "sri"}} {
		if _, err := survey.CountEntered(t.Context(), store, e.day, e.who); err != nil {
			t.Fatal(err)
		}
	}
	if n, err := survey.Entered(t.Context(), store, "2026-11-23", "sri"); n != 2 || err != nil {
		t.Errorf("%d, %v; want 2", n, err)
	}
	want := []survey.EnteredCount{{Day: "2026-11-23", Username: "sri.b", N: 1}, {Day: "2026-11-23", Username: "sri", N: 2}, {Day: "2026-11-24", Username: "sri", N: 1}}
	if got, err := survey.EnteredIn(t.Context(), store, "2026-11"); err != nil || !slices.Equal(got, want) {
		t.Errorf("got %v, %v; want %v", got, err, want)
	}
}
