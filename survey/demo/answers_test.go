package demo_test

import (
	"regexp"
	"strconv"
	"strings"
	"testing"

	"kesan/survey"
	"kesan/survey/demo"
)

// typed is what somebody would have to enter to give these answers.
func typed(a survey.Answers) map[string]string {
	fields := map[string]string{survey.FieldService: a.Service, survey.FieldComment: a.Comment}
	for unsur, value := range a.Unsur {
		fields[string(unsur)] = strconv.Itoa(value)
	}
	for question, value := range a.Extra {
		fields[question] = strconv.Itoa(value)
	}
	for question, option := range a.Profile {
		fields[question] = option
	}
	if a.Wait != nil {
		fields[survey.FieldWait] = strconv.Itoa(*a.Wait)
	}
	if a.Left {
		fields[survey.FieldLeft] = "1"
	}
	return fields
}

// accepted says whether the form that is shown at a counter takes the answers as they are.
func accepted(t *testing.T, office *survey.Office, counter string, short bool, answers survey.Answers) {
	t.Helper()
	c := office.Counters[counter].Value
	var services []survey.Service
	for _, code := range office.ServicesAt(c) {
		services = append(services, office.Services[code].Value)
	}
	form, _ := office.FormOf(c.Unit)
	if short {
		set := survey.UnsurSet(0)
		for u := range answers.Unsur {
			set |= 1 << u.Index()
		}
		form = form.Asking(set)
		if set.Len() > 3 || set.Len() < 3 && !answers.Left {
			t.Errorf("%s: a short form with answers to %v", counter, answers.Unsur)
		}
	}
	got, problems := form.Accept(typed(answers), services)
	if problems != nil {
		t.Errorf("%s does not take %+v: %v", counter, answers, problems)
	} else if got.Hash() != answers.Hash() {
		t.Errorf("%s takes %+v for %+v", counter, answers, got)
	}
}

func TestAnswersAreWhatTheFormTakes(t *testing.T) {
	t.Parallel()
	region := demo.Generate(seed, 60, until)
	office := officeOf(t, region)
	ids := map[survey.RecordID]bool{}
	for day := range region.Days(office) {
		for _, r := range day.Responses {
			accepted(t, office, r.Counter, r.Short, r.Answers)
			open, shut := office.HoursOn(r.Unit, r.Day)
			if hour := strconv.Itoa(100 + r.Hour)[1:]; open == "" || hour < open[:2] || hour > shut[:2] {
				t.Errorf("%s %s: an answer at %s, open from %q to %q", r.Counter, r.Day, hour, open, shut)
			}
			if r.Day != day.Date || ids[r.ID] {
				t.Errorf("response %x of %s stands in %s", r.ID, r.Day, day.Date)
			}
			ids[r.ID] = true
		}
	}
}

var personal = regexp.MustCompile(`\d{3}|@|(?i)\b(08|\+62|nik|nip|wa|telepon|dr\.|pak|bapak|ibu)\b`)

func TestCommentsNameNobody(t *testing.T) {
	t.Parallel()
	region := demo.Generate(seed, 120, until)
	office := officeOf(t, region)
	given := map[string]bool{}
	for _, held := range office.Officers {
		for _, word := range strings.FieldsFunc(held.Value.Name, func(c rune) bool { return c == ' ' || c == ',' }) {
			given[word] = given[word] || len(word) > 3 && !strings.Contains(word, ".")
		}
	}
	seen := map[string]bool{}
	for day := range region.Days(office) {
		for _, r := range day.Responses {
			seen[r.Comment] = true
		}
	}
	for comment := range seen {
		if personal.MatchString(comment) {
			t.Errorf("%q may name somebody", comment)
		}
		for _, word := range strings.FieldsFunc(comment, func(c rune) bool { return strings.ContainsRune(" ,.!", c) }) {
			if given[word] {
				t.Errorf("%q names %s", comment, word)
			}
		}
	}
	if len(seen) < 120 {
		t.Errorf("%d different comments", len(seen))
	}
}
