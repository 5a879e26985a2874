package survey_test

import (
	"bytes"
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"kesan/survey"
)

func readYear(t testing.TB, store survey.Store, unit string) *survey.Rollup {
	t.Helper()
	kept := keptTallies(t, store, survey.GrainYear, unit, "2026")
	if len(kept) != 1 {
		t.Fatalf("%d roll-ups of %s, want 1", len(kept), unit)
	}
	year, err := survey.DecodeRollup(kept[0].Body)
	if err != nil {
		t.Fatal(err)
	}
	return year
}

// summed returns the sums of a roll-up as a tally.
func summed(r *survey.Rollup) survey.Tally {
	tally := survey.Tally{}
	for i, cell := range r.Cells {
		tally.Cell(cell).Add(&r.Sums[i])
	}
	return tally
}

// people returns how many answers each month has.
func people(r *survey.Rollup) []int64 {
	list := make([]int64, len(r.Months))
	for i, month := range r.Months {
		for _, cell := range month.Cells {
			list[i] += cell.People
		}
	}
	return list
}

func TestYearIsTheSumOfItsMonths(t *testing.T) {
	t.Parallel()
	store := openStore(t)
	region(t, store)
	sweep(t, store)
	year := readYear(t, store, "a")
	// 1 answer in October, 2 and 3 in November with one quarantined, 4 in December with another.
	if got, want := people(year), []int64{0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 4, 3}; !slices.Equal(got, want) {
		t.Errorf("answers by month %v, want %v", got, want)
	}
	if least := year.Months[10].Least; least != 4 {
		t.Errorf("the unsur with the fewest answers of November has %d, want 4", least)
	}
	months := survey.Tally{}
	for _, month := range []string{"2026-10", "2026-11", "2026-12"} {
		months.Add(readTally(t, store, survey.GrainMonth, "a", month))
	}
	if !bytes.Equal(summed(year).Encode(), months.Encode()) {
		t.Errorf("the year is %v, its months %v", totalOf(summed(year)), totalOf(months))
	}
	if left := totalOf(summed(year)).LeftOut[survey.LeftOut{Decision: "quarantined", Rule: "burst"}]; left != 2 {
		t.Errorf("%d quarantined, want 2", left)
	}
	if kept := keptTallies(t, store, survey.GrainYear, "a", "2026"); kept[0].N != 12 {
		t.Errorf("the year was made from %d records, want 12", kept[0].N)
	}
}

// A year follows its months at the next sweep, and keeps one roll-up alone.
func TestYearFollows(t *testing.T) {
	t.Parallel()
	store := openStore(t)
	region(t, store)
	sweep(t, store)
	keep(t, store, answer(bucketOf("a", "2026-11-30"), 100, all(1)).Record())
	fold(t, store, bucketOf("a", "2026-11-30"))
	if kept := keptTallies(t, store, survey.GrainYear, "a", "2026"); kept[0].N != 12 {
		t.Errorf("before the sweep the year has %d records, want 12", kept[0].N)
	}
	sweep(t, store)
	if kept := keptTallies(t, store, survey.GrainYear, "a", "2026"); kept[0].N != 13 || people(readYear(t, store, "a"))[10] != 5 {
		t.Errorf("after the sweep: %d records", kept[0].N)
	}
}

// TestSweepRepairsYears: a roll-up that was made from what is gone is made anew, wherever the sums stand.
func TestSweepRepairsYears(t *testing.T) {
	t.Parallel()
	wrong := func(grain survey.Grain, unit, span string, n int64) survey.KeptTally {
		return survey.KeptTally{Unit: unit, Grain: grain, Span: span, Version: survey.FoldVersion, N: n, Body: survey.Tally{}.Encode()}
	}
	for name, harm := range map[string][]survey.KeptTally{
		"ahead":                  {wrong(survey.GrainYear, "a", "2026", 13)},
		"ahead with its months":  {wrong(survey.GrainMonth, "a", "2026-11", 7), wrong(survey.GrainYear, "a", "2026", 13)},
		"ahead with all parts":   {wrong(survey.GrainDay, "a", "2026-11-30", 5), wrong(survey.GrainMonth, "a", "2026-11", 7), wrong(survey.GrainYear, "a", "2026", 13)},
		"of a unit without days": {wrong(survey.GrainMonth, "gone", "2026-11", 7), wrong(survey.GrainYear, "gone", "2026", 7)},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			store := openStore(t)
			region(t, store)
			sweep(t, store)
			if err := store.InsertTallies(t.Context(), harm); err != nil {
				t.Fatal(err)
			}
			sweep(t, store)
			if kept := keptTallies(t, store, survey.GrainYear, "a", "2026"); len(kept) != 1 || kept[0].N != 12 {
				t.Errorf("kept %v, want one of 12 records", kept)
			}
			if kept := keptTallies(t, store, survey.GrainYear, "gone", "2026"); len(kept) != 0 {
				t.Errorf("kept %v of a unit without answers", kept)
			}
			if got := compare(t, store); len(got) > 0 {
				t.Errorf("after the sweep: %v", got)
			}
		})
	}
}

func TestRollupProperties(t *testing.T) {
	t.Parallel()
	quarter, _ := survey.ParsePeriod("2026-TW2")
	rapid.Check(t, func(t *rapid.T) {
		var months []survey.KeptTally
		var tallies []survey.Tally
		for i := range 3 {
			tally := tallyOf(rapid.SliceOfN(anyGiven(), 0, 6).Draw(t, "answers"))
			tallies = append(tallies, tally)
			months = append(months, survey.KeptTally{Unit: "a", Span: fmt.Sprintf("2026-%02d", 4+i), Body: tally.Encode()})
		}
		made, err := survey.RollUp(quarter, months)
		if err != nil {
			t.Fatal(err)
		}
		slices.Reverse(months)
		if again, err := survey.RollUp(quarter, months); err != nil || !bytes.Equal(again.Encode(), made.Encode()) {
			t.Fatalf("the order of the months changes the bytes: %v", err)
		}
		read, err := survey.DecodeRollup(made.Encode())
		if err != nil || !bytes.Equal(read.Encode(), made.Encode()) {
			t.Fatalf("decoding and encoding changes the bytes: %v", err)
		}
		sum := survey.Tally{}
		for i, tally := range tallies {
			sum.Add(tally)
			wantMonth(t, read, i, tally)
		}
		if !bytes.Equal(summed(read).Encode(), sum.Encode()) {
			t.Fatalf("the sums are %v, want %v", summed(read), sum)
		}
	})
}

func wantMonth(t *rapid.T, r *survey.Rollup, place int, tally survey.Tally) {
	t.Helper()
	total, month := totalOf(tally), r.Months[place]
	if month.Least != total.Index.Least(survey.AllUnsur) || !slices.Equal(month.Choices, total.Choices) {
		t.Fatalf("month %d: %+v, want %+v", place, month, total)
	}
	have := map[survey.Cell]survey.Size{}
	for _, cell := range month.Cells {
		have[r.Cells[cell.Place]] = cell.Size
	}
	for cell, counts := range tally {
		if have[cell] != counts.Size() {
			t.Fatalf("month %d, %v: %v, want %v", place, cell, have[cell], counts.Size())
		}
		delete(have, cell)
	}
	if len(have) > 0 {
		t.Fatalf("month %d has also %v", place, have)
	}
}

func TestDecodeRollupRefusesDamage(t *testing.T) {
	t.Parallel()
	month, _ := survey.ParsePeriod("2026-11")
	tally := tallyOf([]given{{cell: survey.Cell{Service: "ktp", Officer: "sri"}, answers: survey.Answers{Wait: minutes(7), Profile: map[string]string{"usia": "18-25"}}}})
	made, err := survey.RollUp(month, []survey.KeptTally{{Unit: "a", Span: "2026-11", Body: tally.Encode()}})
	if err != nil {
		t.Fatal(err)
	}
	body := made.Encode()
	for n := range len(body) {
		if got, err := survey.DecodeRollup(body[:n]); err == nil {
			t.Errorf("cut to %d of %d bytes: read as %v", n, len(body), got)
		}
	}
	made.Months[0].Cells[0].Place = 1
	for name, damaged := range map[string][]byte{
		"a byte more": append(bytes.Clone(body), 0), "a cell that is not there": made.Encode(), "a billion cells": {0x80, 0xa8, 0xd6, 0xb9, 0x07},
	} {
		if got, err := survey.DecodeRollup(damaged); err == nil {
			t.Errorf("%s: read as %v", name, got)
		}
	}
	if _, err := survey.RollUp(month, []survey.KeptTally{{Unit: "a", Span: "2026-11", Body: []byte{7}}}); err == nil {
		t.Error("a damaged month is added up")
	}
}

func FuzzDecodeRollup(f *testing.F) {
	month, _ := survey.ParsePeriod("2026-11")
	tally := tallyOf([]given{{answers: all(3)}, {cell: survey.Cell{Service: "ktp"}, answers: survey.Answers{Wait: minutes(7)}}, {leftOut: true}})
	made, err := survey.RollUp(month, []survey.KeptTally{{Span: "2026-11", Body: tally.Encode()}})
	if err != nil {
		f.Fatal(err)
	}
	f.Add(made.Encode())
	f.Fuzz(func(t *testing.T, body []byte) {
		sum, err := survey.DecodeRollup(body)
		if err != nil {
			return
		}
		again, err := survey.DecodeRollup(sum.Encode())
		if err != nil || !bytes.Equal(again.Encode(), sum.Encode()) {
			t.Fatalf("what was read cannot be written and read again: %v", err)
		}
	})
}
