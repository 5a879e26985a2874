package survey_test

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"kesan/survey"
)

// dayTally reads the newest tally of a bucket.
func dayTally(t testing.TB, store survey.Store, bucket survey.Bucket) survey.Tally {
	t.Helper()
	return readTally(t, store, survey.GrainDay, bucket.Unit, string(bucket.Day))
}

func readTally(t testing.TB, store survey.Store, grain survey.Grain, unit, span string) survey.Tally {
	t.Helper()
	kept := keptTallies(t, store, grain, unit, span)
	if len(kept) != 1 {
		t.Fatalf("%d tallies of %s %s, want 1", len(kept), unit, span)
	}
	tally, err := survey.DecodeTally(kept[0].Body)
	if err != nil {
		t.Fatal(err)
	}
	return tally
}

func keptTallies(t testing.TB, store survey.Store, grain survey.Grain, unit, span string) []survey.KeptTally {
	t.Helper()
	kept, err := store.Tallies(context.Background(), survey.TallyQuery{Unit: unit, Grain: grain, From: span, To: span, Version: survey.FoldVersion})
	if err != nil {
		t.Fatal(err)
	}
	return kept
}

// totalOf returns the counts over all cells.
func totalOf(tally survey.Tally) *survey.Counts {
	total := &survey.Counts{}
	for _, counts := range tally {
		total.Add(counts)
	}
	return total
}

func observed(answers ...survey.Answers) *survey.Counts {
	counts := &survey.Counts{}
	for _, a := range answers {
		counts.Observe(a, survey.Cell{})
	}
	return counts
}

// TestFourRespondents: 3, 3, 4 and 2 to everything have index 75.00 with an interval of 42.52 to 100.
func TestFourRespondents(t *testing.T) {
	t.Parallel()
	got := observed(all(3), all(3), all(4), all(2))
	want := &survey.Counts{
		N:       4,
		Index:   survey.Means{Full: survey.Moments{N: 4, Sum: 30240, SumSq: 241315200}}, // 7560, 7560, 10080 and 5040
		Officer: survey.Means{Full: survey.Moments{N: 4, Sum: 30240, SumSq: 241315200}},
	}
	for u := range want.Unsur {
		want.Unsur[u] = [4]int64{0, 1, 2, 1}
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
}

func TestObserve(t *testing.T) {
	t.Parallel()
	unsur := func(values map[survey.Unsur]int) survey.Answers { return survey.Answers{Unsur: values} }
	tests := []struct {
		name           string
		answers        survey.Answers
		index, officer survey.Moments
		answered       int64
	}{
		{"nothing", survey.Answers{}, survey.Moments{}, survey.Moments{}, 0},
		{"one unsur", unsur(map[survey.Unsur]int{"waktu": 2}), survey.Moments{N: 1, Sum: 5040, SumSq: 25401600}, survey.Moments{}, 1},
		{"officer's two", unsur(map[survey.Unsur]int{"kompetensi": 3, "perilaku": 4}), survey.Moments{N: 1, Sum: 8820, SumSq: 77792400},
			survey.Moments{N: 1, Sum: 8820, SumSq: 77792400}, 2},
		{"one of the officer's", unsur(map[survey.Unsur]int{"kompetensi": 1, "biaya": 4}), survey.Moments{N: 1, Sum: 6300, SumSq: 39690000},
			survey.Moments{N: 1, Sum: 2520, SumSq: 6350400}, 2},
		{"seven", unsur(map[survey.Unsur]int{"persyaratan": 4, "prosedur": 4, "waktu": 4, "biaya": 4, "produk": 4, "sarana": 4, "pengaduan": 1}),
			survey.Moments{N: 1, Sum: 9000, SumSq: 81000000}, survey.Moments{}, 7}, // 25/7 of 2520
		{"values that no form has", unsur(map[survey.Unsur]int{"waktu": 0, "biaya": 5, "harga": 4}), survey.Moments{}, survey.Moments{}, 0},
	}
	for _, test := range tests {
		got := observed(test.answers)
		var answered int64
		for _, values := range got.Unsur {
			for _, n := range values {
				answered += n
			}
		}
		if got.N != 1 || got.Index.Full != test.index || got.Officer.Full != test.officer || answered != test.answered {
			t.Errorf("%s: index %v, officer %v, %d answered; want %v, %v, %d", test.name, got.Index, got.Officer, answered, test.index, test.officer, test.answered)
		}
	}
	left := observed(survey.Answers{Left: true, Wait: minutes(90), Profile: map[string]string{"usia": "26-35"}}, survey.Answers{Wait: minutes(90)}, survey.Answers{Wait: minutes(0)})
	if left.N != 3 || left.Left != 1 || !slices.Equal(left.Wait, survey.Waits{0: 1, 90: 2}) ||
		!slices.Equal(left.Choices, survey.Choices{{Choice: survey.Choice{Question: survey.QuestionRef{Key: "usia"}, Option: "26-35"}, N: 1}}) {
		t.Errorf("got %+v", left)
	}
}

func anyAnswers() *rapid.Generator[survey.Answers] {
	return rapid.Custom(func(t *rapid.T) survey.Answers {
		a := survey.Answers{Left: rapid.Bool().Draw(t, "left")}
		for _, u := range survey.UnsurList {
			if value := rapid.IntRange(0, 4).Draw(t, string(u)); value > 0 {
				if a.Unsur == nil {
					a.Unsur = map[survey.Unsur]int{}
				}
				a.Unsur[u] = value
			}
		}
		if rapid.Bool().Draw(t, "waited") {
			a.Wait = minutes(rapid.IntRange(0, 480).Draw(t, "wait"))
		}
		if rapid.Bool().Draw(t, "profiled") {
			a.Profile = map[string]string{"usia": rapid.SampledFrom([]string{"18-25", "26-35"}).Draw(t, "usia"),
				rapid.SampledFrom([]string{"pekerjaan", ""}).Draw(t, "question"): rapid.String().Draw(t, "option")}
			a.Extra = map[string]int{rapid.SampledFrom([]string{"usia", "parkir"}).Draw(t, "extra question"): rapid.IntRange(0, 12).Draw(t, "extra")}
		}
		return a
	})
}

type given struct {
	cell    survey.Cell
	answers survey.Answers
	leftOut bool
}

func anyGiven() *rapid.Generator[given] {
	return rapid.Custom(func(t *rapid.T) given {
		text := rapid.SampledFrom([]string{"", "a", "b", "a|b", "é", "b@1", "b@2"})
		cell := survey.Cell{Service: text.Draw(t, "service"), Counter: text.Draw(t, "counter"), Officer: text.Draw(t, "officer"),
			Channel: survey.Channel(text.Draw(t, "channel")), Trust: survey.Trust(rapid.IntRange(-1, 3).Draw(t, "trust")), Form: survey.FormRef(text.Draw(t, "form")),
			Short: rapid.Bool().Draw(t, "short")}
		return given{cell, anyAnswers().Draw(t, "answers"), rapid.Bool().Draw(t, "left out")}
	})
}

func tallyOf(list []given) survey.Tally {
	tally := survey.Tally{}
	for _, g := range list {
		counts := tally.Cell(g.cell)
		if g.leftOut {
			counts.Add(&survey.Counts{LeftOut: map[survey.LeftOut]int64{{Decision: survey.Excluded, Rule: "burst"}: 1}})
			continue
		}
		counts.Observe(g.answers, g.cell)
	}
	return tally
}

func TestTallyProperties(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		list := rapid.SliceOfN(anyGiven(), 0, 12).Draw(t, "answers")
		tally := tallyOf(list)
		body := tally.Encode()
		back, err := survey.DecodeTally(body)
		if err != nil || !reflect.DeepEqual(back, tally) {
			t.Fatalf("decoded %v, %v; want %v", back, err, tally)
		}
		if again := back.Encode(); !bytes.Equal(again, body) {
			t.Fatal("decoding and encoding changes the bytes")
		}
		shuffled := rapid.Permutation(list).Draw(t, "order")
		if !bytes.Equal(tallyOf(shuffled).Encode(), body) {
			t.Fatal("the order of the answers changes the bytes")
		}
		cut := rapid.IntRange(0, len(shuffled)).Draw(t, "cut")
		merged := tallyOf(shuffled[:cut])
		merged.Add(tallyOf(shuffled[cut:]))
		if !bytes.Equal(merged.Encode(), body) {
			t.Fatal("merging two parts is not the whole")
		}
		one, other := totalOf(tallyOf(list[:cut])).Index, totalOf(tallyOf(list[cut:])).Index
		if sum := totalOf(tally).Index.Least(survey.AllUnsur); sum < one.Least(survey.AllUnsur)+other.Least(survey.AllUnsur) {
			t.Fatalf("the unsur with the fewest answers has %d, less than its parts", sum)
		}
		var n, total int64
		for _, g := range list {
			if !g.leftOut {
				n++
			}
		}
		for _, cell := range tally.Cells() {
			total += tally[cell].N
		}
		if n != total || n != totalOf(tally).N {
			t.Fatalf("%d answers counted, %d over the cells, %d in total", n, total, totalOf(tally).N)
		}
	})
}

// TestAddDoesNotShare: a merged tally must not change when a part of it is counted on.
func TestAddDoesNotShare(t *testing.T) {
	t.Parallel()
	part, whole := survey.Tally{}, survey.Tally{}
	part.Cell(survey.Cell{}).Observe(survey.Answers{Wait: minutes(5), Profile: map[string]string{"usia": "18-25"}}, survey.Cell{})
	whole.Add(part)
	before := whole.Encode()
	part.Cell(survey.Cell{}).Observe(survey.Answers{Wait: minutes(5), Profile: map[string]string{"usia": "18-25"}}, survey.Cell{})
	if !bytes.Equal(whole.Encode(), before) {
		t.Error("the whole changed with its part")
	}
}

func TestDecodeTallyRefusesDamage(t *testing.T) {
	t.Parallel()
	tally := tallyOf([]given{{cell: survey.Cell{Service: "ktp", Officer: "sri"}, answers: survey.Answers{Wait: minutes(7), Profile: map[string]string{"usia": "18-25"}}}})
	body := tally.Encode()
	for n := range len(body) {
		if got, err := survey.DecodeTally(body[:n]); err == nil {
			t.Errorf("cut to %d of %d bytes: read as %v", n, len(body), got)
		}
	}
	for name, damaged := range map[string][]byte{
		"a byte more": append(bytes.Clone(body), 0), "a negative number of cells": {1}, "a billion cells": {0x80, 0xa8, 0xd6, 0xb9, 0x07},
		"a number without end": bytes.Repeat([]byte{0xff}, 20), "a text longer than the rest": {2, 0xff, 0xff, 0x03},
	} {
		if got, err := survey.DecodeTally(damaged); err == nil {
			t.Errorf("%s: read as %v", name, got)
		}
	}
	if empty, err := survey.DecodeTally(survey.Tally{}.Encode()); err != nil || len(empty) != 0 {
		t.Errorf("an empty tally: %v, %v", empty, err)
	}
}

func FuzzDecodeTally(f *testing.F) {
	f.Add(survey.Tally{}.Encode())
	f.Add(tallyOf([]given{{answers: all(3)}, {cell: survey.Cell{Service: "ktp"}, answers: survey.Answers{Wait: minutes(7)}}, {leftOut: true}}).Encode())
	f.Fuzz(func(t *testing.T, body []byte) {
		tally, err := survey.DecodeTally(body)
		if err != nil {
			return
		}
		again, err := survey.DecodeTally(tally.Encode())
		if err != nil || !bytes.Equal(again.Encode(), tally.Encode()) {
			t.Fatalf("what was read cannot be written and read again: %v", err)
		}
	})
}

// dayOfAnswers is a bucket of n answers as a busy counter gives them.
func dayOfAnswers(n int) []survey.Record {
	random := rand.New(rand.NewPCG(1, 2))
	records := make([]survey.Record, n)
	for i := range records {
		response := survey.Response{
			Bucket: survey.Bucket{Unit: "smg.09", Day: "2026-11-23"}, Hour: 8 + i%8, Lang: "id",
			Attribution: survey.Attribution{Path: []string{"smg", "smg.09"}, Counter: fmt.Sprintf("S%d", i%4), Officer: fmt.Sprintf("19900115201503100%d", i%6),
				Sheet: "SMG00001", Channel: survey.ChannelPoster, Form: "skm-2017@1"},
			Answers: all(2 + random.IntN(3)),
		}
		response.Service, response.Wait = fmt.Sprintf("layanan-%d", i%5), minutes(random.IntN(90))
		response.Profile = map[string]string{"jenis_kelamin": []string{"l", "p"}[i%2], "usia": []string{"18-25", "26-35", "36-45"}[i%3], "pendidikan": "sma"}
		for j := range response.ID {
			response.ID[j] = byte(random.Uint32())
		}
		records[i] = response.Record()
	}
	return records
}

func BenchmarkRecord(b *testing.B) {
	response, err := survey.DecodeResponse(dayOfAnswers(1)[0])
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		response.Record()
	}
}

func BenchmarkFold1000(b *testing.B) {
	store := openStore(b)
	if _, err := store.AppendRecords(b.Context(), dayOfAnswers(1000)); err != nil {
		b.Fatal(err)
	}
	tallier := survey.NewTallier(store, pin(b, "2026-11-23T03:00:00Z").clock, silent)
	b.ReportAllocs()
	for b.Loop() {
		if err := tallier.Fold(b.Context(), survey.Bucket{Unit: "smg.09", Day: "2026-11-23"}); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkDecodeTally(b *testing.B) {
	store := openStore(b)
	if _, err := store.AppendRecords(b.Context(), dayOfAnswers(1000)); err != nil {
		b.Fatal(err)
	}
	tallier := survey.NewTallier(store, pin(b, "2026-11-23T03:00:00Z").clock, silent)
	bucket := survey.Bucket{Unit: "smg.09", Day: "2026-11-23"}
	if err := tallier.Fold(b.Context(), bucket); err != nil {
		b.Fatal(err)
	}
	body := keptTallies(b, store, survey.GrainDay, bucket.Unit, string(bucket.Day))[0].Body
	b.SetBytes(int64(len(body)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := survey.DecodeTally(body); err != nil {
			b.Fatal(err)
		}
	}
}
