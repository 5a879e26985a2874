package main

import (
	"log/slog"
	"math/big"
	"slices"
	"testing"

	"kesan/scoring"
	"kesan/survey"
)

// heap is a set of answers as an auditor would lay them out on a table.
type heap struct{ all, verified []survey.Answers }

func (h *heap) put(r survey.Response) {
	h.all = append(h.all, r.Answers)
	if r.Trust >= survey.TrustDisplay {
		h.verified = append(h.verified, r.Answers)
	}
}

// recount compares the figures of all cycles with what the answers say one by one, worked out here from the rule alone:
// NRR = sum / number of answers, index = mean of the NRR x 25, rounded half up once; waiting time = median by nearest rank.
// It returns how many figures it has compared.
func recount(t *testing.T, sys *system) (compared int) {
	t.Helper()
	answers := countedAnswers(t, sys)
	for id := range sys.Register.Office().Cycles {
		period, err := survey.ParsePeriod(id)
		check(t, err)
		heaps := map[[3]string]*heap{}
		put := func(r survey.Response, level survey.Level, unit, officer string) {
			key := [3]string{string(level), unit, officer}
			if heaps[key] == nil {
				heaps[key] = &heap{}
			}
			heaps[key].put(r)
		}
		for _, r := range answers {
			if r.Day < period.From || r.Day > period.To {
				continue
			}
			for _, unit := range r.Path {
				put(r, survey.LevelUnit, unit, "")
			}
			if r.Officer != "" {
				put(r, survey.LevelOfficer, r.Unit, r.Officer)
				put(r, survey.LevelOfficer, "", r.Officer)
			}
		}
		results, err := sys.Results.Results(t.Context(), id)
		check(t, err)
		for _, row := range results.Rows {
			h := heaps[[3]string{string(row.Level), string(row.Unit), row.Officer}]
			if !row.Shown() || row.Indicator == scoring.Nilai {
				continue
			}
			compared++
			value, n := recounted(row.Indicator, h.all)
			if row.Value.String() != value || *row.N != int64(n) {
				t.Errorf("%s %s %s %s: %s of %d answers, recounted %s of %d", id, row.Unit, row.Officer, row.Indicator, row.Value, *row.N, value, n)
			}
			if row.Verified != nil {
				compared++
				if value, n := recounted(row.Indicator, h.verified); row.Verified.Value.String() != value || row.Verified.N != int64(n) {
					t.Errorf("%s %s %s %s verified: %s of %d answers, recounted %s of %d", id, row.Unit, row.Officer, row.Indicator, row.Verified.Value, row.Verified.N, value, n)
				}
			}
		}
	}
	return compared
}

// countedAnswers returns the answers that no verdict takes out. A refused submission was never an answer.
func countedAnswers(t *testing.T, sys *system) []survey.Response {
	t.Helper()
	var list []survey.Response
	last := map[survey.RecordID]survey.Verdict{}
	for record, err := range sys.Store.Records(t.Context(), "", firstDay, lastDay) {
		check(t, err)
		if record.Kind == survey.KindResponse {
			response, err := survey.DecodeResponse(record)
			check(t, err)
			list = append(list, response)
			continue
		}
		verdict, err := survey.DecodeVerdict(record)
		check(t, err)
		if verdict.Decision != survey.Refused && verdict.Seq > last[verdict.Response].Seq {
			last[verdict.Response] = verdict
		}
	}
	return slices.DeleteFunc(list, func(r survey.Response) bool {
		decision := last[r.ID].Decision
		return decision == survey.Quarantined || decision == survey.Excluded || decision == survey.Moved
	})
}

func recounted(indicator string, list []survey.Answers) (value string, n int) {
	switch indicator {
	case scoring.IKM:
		return recountedIndex(list, survey.UnsurList[:])
	case scoring.KepuasanPetugas:
		return recountedIndex(list, []survey.Unsur{survey.Kompetensi, survey.Perilaku})
	}
	var waits []int
	for _, a := range list {
		if a.Wait != nil {
			waits = append(waits, *a.Wait)
		}
	}
	slices.Sort(waits)
	return scoring.Hundredths(waits[(len(waits)+1)/2-1] * 100).String(), len(waits)
}

func recountedIndex(list []survey.Answers, of []survey.Unsur) (value string, n int) {
	sum, count := map[survey.Unsur]int64{}, map[survey.Unsur]int64{}
	for _, a := range list {
		any := false
		for _, unsur := range of {
			if v := a.Unsur[unsur]; v > 0 {
				sum[unsur], count[unsur], any = sum[unsur]+int64(v), count[unsur]+1, true
			}
		}
		if any {
			n++
		}
	}
	index := new(big.Rat)
	for _, unsur := range of {
		index.Add(index, big.NewRat(sum[unsur]*2500, count[unsur]*int64(len(of)))) // in hundredths
	}
	index.Add(index, big.NewRat(1, 2))
	return scoring.Hundredths(new(big.Int).Quo(index.Num(), index.Denom()).Int64()).String(), n
}

func recountDemo(t *testing.T, data string) {
	t.Helper()
	s := settings{Data: data}
	check(t, s.complete())
	sys, err := openSystem(t.Context(), &s, slog.New(slog.DiscardHandler))
	check(t, err)
	defer sys.Close()
	compared := recount(t, sys)
	if compared < 2000 {
		t.Errorf("only %d figures were compared", compared)
	}
	t.Logf("%d figures recounted", compared)
}
