package survey_test

import (
	"errors"
	"fmt"
	"slices"
	"testing"

	"kesan/survey"
)

var october = survey.Bucket{Unit: "smg.09", Day: "2026-10-20"}

// said is an answer about a service with a comment, all unsur given the same value.
func said(bucket survey.Bucket, n byte, service string, value int, comment string) survey.Response {
	answers := all(value)
	answers.Service, answers.Comment = service, comment
	return answer(bucket, n, answers)
}

// many are n answers about a service without a comment, numbered from first.
func many(bucket survey.Bucket, first, n byte, service string) []survey.Record {
	var records []survey.Record
	for i := range n {
		records = append(records, said(bucket, first+i, service, 3, "").Record())
	}
	return records
}

func comments(t testing.TB, store survey.Store, at string, minimum int64) []survey.Comment {
	t.Helper()
	list, err := survey.Comments(t.Context(), store, pin(t, at).clock, unit("smg.09", "", survey.WIB), "2026-10", minimum)
	if err != nil {
		t.Fatal(err)
	}
	return list
}

const afterOctober = "2026-10-31T17:00:00Z" // 1 November, 00.00 WIB

func TestCommentsWaitForTheEndOfTheMonth(t *testing.T) {
	t.Parallel()
	store := openStore(t)
	for _, test := range []struct {
		name string
		at   string
		zone survey.Zone
		open bool
	}{
		{"last minute in Semarang", "2026-10-31T16:59:59Z", survey.WIB, false},
		{"November in Semarang", "2026-10-31T17:00:00Z", survey.WIB, true},
		{"last minute in Jayapura", "2026-10-31T14:59:59Z", survey.WIT, false},
		{"November in Jayapura, October in Semarang", "2026-10-31T15:00:00Z", survey.WIT, true},
		{"the month before", "2026-09-30T10:00:00Z", survey.WIB, false},
	} {
		_, err := survey.Comments(t.Context(), store, pin(t, test.at).clock, unit("smg.09", "", test.zone), "2026-10", 10)
		if open := err == nil; open != test.open || !open && !errors.Is(err, survey.ErrClosed) {
			t.Errorf("%s: error %v, want open %v", test.name, err, test.open)
		}
	}
}

func TestCommentsNeedEnoughAnswers(t *testing.T) {
	t.Parallel()
	store := openStore(t)
	keep(t, store, append(many(october, 1, 8, "ktp"), said(october, 9, "ktp", 3, "Terima kasih.").Record())...)
	if list := comments(t, store, afterOctober, 10); len(list) != 0 {
		t.Errorf("of 9 answers %d comments are open, want none", len(list))
	}
	keep(t, store, many(october, 10, 1, "kk")...)
	if list := comments(t, store, afterOctober, 10); len(list) != 1 || list[0].Text != "Terima kasih." {
		t.Errorf("of 10 answers the comments are %v, want the one", list)
	}
}

func TestCommentsOfAnswersThatDoNotCountStayClosed(t *testing.T) {
	t.Parallel()
	store := openStore(t)
	counted, excluded, held, restored := said(october, 1, "ktp", 3, "dihitung"), said(october, 2, "ktp", 1, "dikeluarkan"),
		said(october, 3, "ktp", 1, "ditahan"), said(october, 4, "ktp", 2, "dipulihkan")
	other := said(survey.Bucket{Unit: "smg.10", Day: october.Day}, 5, "ktp", 3, "unit lain")
	later := said(survey.Bucket{Unit: "smg.09", Day: "2026-11-01"}, 6, "ktp", 3, "bulan lain")
	keep(t, store, append(many(october, 20, 10, "ktp"), counted.Record(), excluded.Record(), held.Record(), restored.Record(), other.Record(), later.Record(),
		verdict(excluded, 1, survey.Excluded, "burst").Record(), verdict(held, 1, survey.Quarantined, "burst").Record(),
		verdict(restored, 1, survey.Quarantined, "burst").Record(), verdict(restored, 2, survey.Restored, "burst").Record())...)
	var texts []string
	for _, c := range comments(t, store, "2026-12-01T00:00:00Z", 10) {
		texts = append(texts, fmt.Sprintf("%s %v", c.Text, c.Low))
	}
	slices.Sort(texts)
	if want := []string{"dihitung false", "dipulihkan true"}; !slices.Equal(texts, want) {
		t.Errorf("comments are %q, want %q", texts, want)
	}
}

func TestCommentsHideRareServices(t *testing.T) {
	t.Parallel()
	store := openStore(t)
	keep(t, store, slices.Concat(many(october, 1, 9, "ktp"), many(october, 20, 8, "kk"),
		[]survey.Record{said(october, 40, "ktp", 3, "sepuluh").Record(), said(october, 41, "kk", 3, "sembilan").Record()})...)
	for _, c := range comments(t, store, afterOctober, 10) {
		if want := map[string]string{"sepuluh": "ktp", "sembilan": ""}[c.Text]; c.Service != want {
			t.Errorf("comment %q names service %q, want %q", c.Text, c.Service, want)
		}
	}
}

// The order is that of a hash: neither that of arrival nor that of the day.
func TestCommentsComeInAnOrderThatTellsNothing(t *testing.T) {
	t.Parallel()
	forward, backward := openStore(t), openStore(t)
	var records []survey.Record
	for n := range byte(20) {
		bucket := survey.Bucket{Unit: "smg.09", Day: october.Day.Add(int(n) % 5)}
		records = append(records, said(bucket, n+1, "ktp", 3, fmt.Sprintf("%02d", n)).Record())
	}
	for i := range records {
		keep(t, forward, records[i])
		keep(t, backward, records[len(records)-1-i])
	}
	one, other := comments(t, forward, afterOctober, 10), comments(t, backward, afterOctober, 10)
	if !slices.Equal(one, other) || len(one) != 20 {
		t.Errorf("order follows arrival:\n%v\n%v", one, other)
	}
	if slices.IsSortedFunc(one, func(a, b survey.Comment) int { return slices.Compare([]byte(a.Text), []byte(b.Text)) }) {
		t.Error("comments stand in the order in which they were given")
	}
}
