package view

import (
	"slices"
	"testing"
)

func TestStepsReadLikeThePage(t *testing.T) {
	t.Parallel()
	got := Steps([]string{"NRR kompetensi = 5607 / 1725 = 3,2504", "selang kepercayaan 95 % dari 14165 jawaban: 79,60 sampai 80,73"})
	want := []string{"NRR Kompetensi Pelaksana = 5.607 / 1.725 = 3,2504", "selang kepercayaan 95\u00a0% dari 14.165 jawaban: 79,60 sampai 80,73"}
	if !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
}
