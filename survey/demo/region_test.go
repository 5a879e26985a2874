package demo_test

import (
	"crypto/sha256"
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"kesan/survey"
	"kesan/survey/demo"
)

func TestSameSeedSameBytes(t *testing.T) {
	t.Parallel()
	digest := func(seed uint64) (config, records [32]byte) {
		region := demo.Generate(seed, 40, until)
		steps, err := json.Marshal(region.Steps())
		if err != nil {
			t.Fatal(err)
		}
		h := sha256.New()
		for day := range region.Days(officeOf(t, region)) {
			for _, record := range day.Records() {
				h.Write(record.ID[:])
				h.Write(record.Body)
			}
		}
		return sha256.Sum256(steps), [32]byte(h.Sum(nil))
	}
	config, records := digest(7)
	if again, same := digest(7); again != config || same != records {
		t.Error("the same seed gave something else")
	}
	if _, other := digest(8); other == records {
		t.Error("another seed gave the same answers")
	}
}

func TestDraftsAreValid(t *testing.T) {
	t.Parallel()
	for _, step := range demo.Generate(seed, 365, until).Steps() {
		if len(step.Drafts) == 0 {
			t.Errorf("%s: nothing to write", step.Reason)
		}
		for _, draft := range step.Drafts {
			if problems := survey.Validate(draft.Object); problems != nil {
				t.Errorf("%+v: %v", draft.Object, problems)
			}
		}
	}
}

func TestOfficeIsWhole(t *testing.T) {
	t.Parallel()
	office := officeOf(t, demo.Generate(seed, 365, until))
	serving := 0
	for _, unit := range office.AllUnits() {
		if len(office.ServicesOf(unit)) > 0 {
			serving++
		}
	}
	got := []int{len(office.Units), serving, len(office.Counters), len(office.Officers)}
	if want := []int{34, 25, 40, 125}; !slices.Equal(got, want) {
		t.Errorf("units, serving units, counters, officers: %v, want %v", got, want)
	}
	if got := strings.Join(office.Cycles.IDs(), " "); got != "2025 2025-TW4 2026 2026-TW1 2026-TW2 2026-TW3 2026-TW4" {
		t.Errorf("cycles %s", got)
	}
	for id, sheet := range office.Sheets {
		if _, err := office.Counters.Value(sheet.Value.Counter); err != nil {
			t.Errorf("sheet %s hangs nowhere", id)
		}
	}
	for id, duty := range office.Duties {
		if _, err := office.Officers.Value(duty.Value.Officer); err != nil {
			t.Errorf("duty %s is of nobody", id)
		}
	}
}

func TestOfficersAreSomebody(t *testing.T) {
	t.Parallel()
	office := officeOf(t, demo.Generate(seed, 365, until))
	kinds, names := map[survey.Employment]int{}, map[string]bool{}
	for id, held := range office.Officers {
		officer := held.Value
		kinds[officer.Employment]++
		if problem := survey.CheckNIP(id, officer.Employment); officer.Employment.ASN() && problem != "" {
			t.Errorf("%s %s: %s", id, officer.Name, problem)
		}
		if _, err := office.Officers.Value(officer.Appraiser); err != nil && officer.Unit != "PERAGA" {
			t.Errorf("%s has no appraiser", officer.Name)
		}
		if names[officer.Name] {
			t.Errorf("two are called %s", officer.Name)
		}
		names[officer.Name] = true
	}
	if kinds[survey.PNS] < 60 || kinds[survey.PPPK] < 25 || kinds[survey.NonASN] < 5 {
		t.Errorf("staff: %v", kinds)
	}
}

func TestEveryRoleCanSignIn(t *testing.T) {
	t.Parallel()
	region := demo.Generate(seed, 365, until)
	office := officeOf(t, region)
	roles := map[survey.Role]int{}
	for _, login := range region.Accounts {
		roles[login.Account.Role]++
		if len(login.Password) < 12 {
			t.Errorf("%s: password of %d characters", login.Account.Username, len(login.Password))
		}
		if id := login.Account.Officer; id != "" {
			if _, err := office.Officers.Value(id); err != nil {
				t.Errorf("%s is nobody", login.Account.Username)
			}
		}
		if unit := login.Account.Unit; unit != "" && len(office.Path(unit)) == 0 {
			t.Errorf("%s has unit %s", login.Account.Username, unit)
		}
	}
	for role, least := range map[survey.Role]int{survey.RoleAdmin: 1, survey.RoleHR: 1, survey.RoleUnitHead: 3, survey.RoleAppraiser: 1,
		survey.RoleReviewer: 2, survey.RoleOfficer: 4} {
		if roles[role] < least {
			t.Errorf("%d accounts of role %s", roles[role], role)
		}
	}
	if key, err := office.KeyBySecret(demo.APISecret, until); err != nil || !key.May(survey.ScopeResults) || !key.May(survey.ScopeTickets) {
		t.Errorf("API key: %+v, %v", key, err)
	}
}

func TestAnyLengthAndDay(t *testing.T) {
	t.Parallel()
	for _, until := range []survey.Day{"2026-01-01", "2026-01-04", "2026-03-31", "2026-10-02", "2027-07-01", "2028-02-29"} {
		for _, days := range []int{0, 3, 100} {
			region := demo.Generate(seed, days, until)
			n := 0
			for day := range region.Days(officeOf(t, region)) {
				n += len(day.Responses)
			}
			if days == 100 && n < 5000 {
				t.Errorf("%d days until %s: %d answers", days, until, n)
			}
		}
	}
}

// Each message has a reader, and could have been left on the page.
func TestContacts(t *testing.T) {
	t.Parallel()
	office := officeOf(t, demo.Generate(seed, 365, until))
	for _, contact := range demo.Contacts {
		if !office.ContactsRead(contact.Unit) {
			t.Errorf("nobody reads what %s is told", contact.Unit)
		}
		typed := map[string]string{survey.FieldName: contact.Name, survey.FieldReach: contact.Reach, survey.FieldMessage: contact.Message, survey.FieldConsent: "1"}
		if _, problems := survey.ReadContact(typed); len(problems) > 0 {
			t.Errorf("the message of %s: %v", contact.Reach, problems)
		}
	}
}
