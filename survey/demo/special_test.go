package demo_test

import (
	"testing"
	"time"

	"kesan/survey"
	"kesan/survey/demo"
)

func TestEveryDisclosureStateOccurs(t *testing.T) {
	t.Parallel()
	y := foldedYear(t)
	if n := y.officer[officerQuarter{officer: y.region.Truths.New}].N; n != 3 {
		t.Errorf("the new officer has %d answers", n)
	}
	if n := y.officer[officerQuarter{y.region.Truths.Indicative, "", "2026-TW4"}].N; n != 18 {
		t.Errorf("the indicative officer has %d answers", n)
	}
}

func TestMoversHaveAnswersOfBothUnits(t *testing.T) {
	t.Parallel()
	y := foldedYear(t)
	if len(y.region.Truths.Moves) != 2 {
		t.Fatalf("%d moves", len(y.region.Truths.Moves))
	}
	for _, move := range y.region.Truths.Moves {
		for _, unit := range []string{move.From, move.To} {
			if counts := y.officer[officerQuarter{move.Officer, unit, quarterOf(move.On)}]; counts == nil || counts.N < 10 {
				t.Errorf("%s moved on %s and has too few answers at %s", move.Officer, move.On, unit)
			}
		}
		officer := y.office.Officers[move.Officer]
		if officer.Value.Unit != move.To || officer.Revision != 2 {
			t.Errorf("%s is at %s, revision %d", move.Officer, officer.Value.Unit, officer.Revision)
		}
	}
}

// One unit asks a question of its own, and enough people answer it that every option can be shown; no other unit does.
func TestOneUnitAsksMore(t *testing.T) {
	t.Parallel()
	region := demo.Generate(seed, 90, until)
	office := officeOf(t, region)
	chosen := map[int]int{}
	for day := range region.Days(office) {
		for _, r := range day.Responses {
			for key, value := range r.Extra {
				if question := office.ExtraOf(survey.QuestionRef{Form: r.Form.ID(), Key: key}); r.Unit != "13.71.06-PATEN" || len(question.Options) != 5 {
					t.Fatalf("%s answers %s of %s", r.Unit, key, r.Form)
				}
				chosen[value]++
			}
		}
	}
	for value := 1; value <= 5; value++ {
		if chosen[value] < 40 {
			t.Errorf("option %d was chosen %d times", value, chosen[value])
		}
	}
}

// Verified answers cannot be made up here, so that they stay near the truth where all answers do not.
func TestCheatsShowOnlyInUnverifiedAnswers(t *testing.T) {
	t.Parallel()
	y := foldedYear(t)
	for _, cheat := range y.region.Truths.Cheats {
		truth, key := y.region.Truths.Officers[cheat.Officer].Perilaku, officerQuarter{cheat.Officer, "", "2026-TW4"}
		all, n := mean(y.officer[key], survey.Perilaku)
		verified, sure := mean(y.verified[key], survey.Perilaku)
		if off := verified - truth; sure < 30 || off < -20 || off > 20 {
			t.Errorf("%s: verified %d (n %d), true %d", cheat.Kind, verified, sure, truth)
		}
		if shift := all - truth; cheat.Kind == demo.SelfRating && shift < 10 || cheat.Kind == demo.Bombing && shift > -20 {
			t.Errorf("%s: all %d (n %d), true %d", cheat.Kind, all, n, truth)
		}
	}
}

func TestRosterHasGapsAndOverlaps(t *testing.T) {
	t.Parallel()
	y := foldedYear(t)
	nobody, all := y.officer[officerQuarter{}].N, int64(y.answers)
	if share := nobody * 1000 / all; share < 20 || share > 120 {
		t.Errorf("%d per mille of the answers are nobody's", share)
	}
}

func TestTrickleNeverEnds(t *testing.T) {
	t.Parallel()
	region := demo.Generate(seed, 30, until)
	office := officeOf(t, region)
	counters := map[string]bool{}
	for at := until.Date(); at.Before(until.Add(3).Date()); at = at.Add(7 * time.Minute) {
		posting := region.Trickle(office, at)
		counter := office.Sheets[posting.Sheet].Value.Counter
		accepted(t, office, counter, false, posting.Answers)
		counters[counter] = true
		unit := office.Counters[counter].Value.Unit
		local := at.In(office.Zone(unit).Location())
		open, shut := office.HoursOn(unit, survey.DayOf(at, office.Zone(unit)))
		if now := local.Format("15:04"); (now < open || now >= shut) && anyOpen(office, at) {
			t.Errorf("%s: an answer at %s, open from %q to %q", counter, now, open, shut)
		}
	}
	if len(counters) < 38 {
		t.Errorf("answers at %d counters only", len(counters))
	}
}

func anyOpen(office *survey.Office, at time.Time) bool {
	for _, unit := range office.AllUnits() {
		zone := office.Zone(unit)
		open, shut := office.HoursOn(unit, survey.DayOf(at, zone))
		now := at.In(zone.Location()).Format("15:04")
		if len(office.CountersOf(unit)) > 0 && open != "" && open <= now && now < shut {
			return true
		}
	}
	return false
}
