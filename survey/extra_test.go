package survey_test

import (
	"slices"
	"testing"

	"kesan/survey"
)

// TestExtraQuestionsAreCounted: a question is the same one in all versions of its form, and another one on another form even
// where the key is the same. What nobody was asked, and what does not count, is in no sum; the index stays as it was.
func TestExtraQuestionsAreCounted(t *testing.T) {
	t.Parallel()
	store := openStore(t)
	tuesday := bucketOf("smg.09", "2026-11-24")
	given := []struct {
		bucket survey.Bucket
		form   survey.FormRef
		extra  map[string]int
	}{
		{monday, "skm-2017@2", map[string]int{"tambahan-1-v2": 1, "tambahan-2-v2": 12}},
		{monday, "skm-2017@2", map[string]int{"tambahan-1-v2": 2}},
		{tuesday, "skm-2017@3", map[string]int{"tambahan-1-v2": 1}},
		{tuesday, "skm-berbayar@1", map[string]int{"tambahan-1-v2": 1}},
		{tuesday, "skm-2017@1", nil},
		{tuesday, "skm-2017@3", map[string]int{"tambahan-1-v2": 1}}, // is excluded
	}
	var last survey.Response
	for i, g := range given {
		last = answer(g.bucket, byte(i), all(3))
		last.Form, last.Extra = g.form, g.extra
		keep(t, store, last.Record())
	}
	keep(t, store, verdict(last, 1, survey.Excluded, "burst").Record())
	sweep(t, store)

	first, second := survey.QuestionRef{Form: "skm-2017", Key: "tambahan-1-v2"}, survey.QuestionRef{Form: "skm-2017", Key: "tambahan-2-v2"}
	paid := survey.QuestionRef{Form: "skm-berbayar", Key: "tambahan-1-v2"}
	choice := func(question survey.QuestionRef, option string, n int64) survey.ChoiceCount {
		return survey.ChoiceCount{Choice: survey.Choice{Question: question, Option: option}, N: n}
	}
	onMonday := survey.Choices{choice(first, "1", 1), choice(first, "2", 1), choice(second, "12", 1)}
	both := survey.Choices{choice(first, "1", 2), choice(first, "2", 1), choice(second, "12", 1), choice(paid, "1", 1)}
	if got := totalOf(dayTally(t, store, monday)).Choices; !slices.Equal(got, onMonday) {
		t.Errorf("the day has %v, want %v", got, onMonday)
	}
	month := totalOf(readTally(t, store, survey.GrainMonth, "smg.09", "2026-11"))
	if !slices.Equal(month.Choices, both) {
		t.Errorf("the month has %v, want %v", month.Choices, both)
	}
	if want := (survey.Moments{N: 5, Sum: 37800, SumSq: 285768000}); month.Index.Full != want { // five times 7560
		t.Errorf("the index is made of %v, want %v", month.Index.Full, want)
	}
	year := readYear(t, store, "smg.09")
	if got := year.Months[10].Choices; !slices.Equal(got, both) || !slices.Equal(totalOf(summed(year)).Choices, both) {
		t.Errorf("November of the year has %v, want %v", got, both)
	}
	if differences := compare(t, store); len(differences) > 0 {
		t.Errorf("a rebuild differs: %v", differences)
	}
}
