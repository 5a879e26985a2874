package scoring_test

import (
	"encoding/json"
	"errors"
	"slices"
	"testing"

	"kesan/scoring"
	"kesan/survey"
)

const (
	insufficient = scoring.StatusInsufficient
	indicative   = scoring.StatusIndicative
	provisional  = scoring.StatusProvisional
)

func TestNoCycleAndNoData(t *testing.T) {
	t.Parallel()
	r := newRegion(t)
	for _, id := range []string{"2026-S2", "2026-TW5", "x", ""} {
		if _, err := r.reader.Results(t.Context(), id); !errors.Is(err, survey.ErrNotFound) {
			t.Errorf("%q: %v", id, err)
		}
	}
	row := r.unit("A1", scoring.IKM)
	wantRow(t, row, "-", 0, insufficient)
	if !row.Empty() || row.Grade != "" || row.Achievement != nil || row.Coverage != nil {
		t.Errorf("no data is shown as %+v", row)
	}
	report, err := r.reader.Report(t.Context(), "2026-TW4", "A1")
	r.must(err)
	if report.Unsur[0].NRR != nil || report.Waiting.Median != nil || count(report.Waiting.N) != 0 || len(report.Unsur) != 9 {
		t.Errorf("no data is reported as %+v", report)
	}
	if _, err := r.reader.Report(t.Context(), "2026-TW4", "B"); !errors.Is(err, survey.ErrNotFound) {
		t.Errorf("unknown unit: %v", err)
	}
	if _, err := r.reader.Officer(t.Context(), "2026-TW4", "nobody"); !errors.Is(err, survey.ErrNotFound) {
		t.Errorf("unknown officer: %v", err)
	}
	if own, err := r.reader.Officer(t.Context(), "2026-TW4", ani); err != nil || len(own.Units) != 0 || !own.ASN {
		t.Errorf("officer without answers: %+v, %v", own, err)
	}
}

// The published table of a regional office, 29 respondents: 955/261 x 25 = 91,48, mutu A; through records and tallies.
func TestPublishedTable(t *testing.T) {
	t.Parallel()
	r := newRegion(t)
	fours := map[survey.Unsur]int{survey.Persyaratan: 18, survey.Prosedur: 14, survey.Waktu: 15, survey.Biaya: 29, survey.Produk: 15,
		survey.Kompetensi: 18, survey.Perilaku: 19, survey.Sarana: 18, survey.Pengaduan: 28}
	for i := range 29 {
		only := map[survey.Unsur]int{}
		for unsur, n := range fours {
			only[unsur] = 3
			if i < n {
				only[unsur] = 4
			}
			if unsur == survey.Waktu && i >= 27 {
				only[unsur] = 2
			}
		}
		r.give(answer{n: 1, unit: "A1", only: only})
	}
	row := r.unit("A1", scoring.IKM)
	wantRow(t, row, "91,48", 29, indicative)
	if row.Grade != "A" {
		t.Errorf("grade %s", row.Grade)
	}
	report, err := r.reader.Report(t.Context(), "2026-TW4", "A1")
	r.must(err)
	waktu := report.Unsur[2] // 15 x 4 + 12 x 3 + 2 x 2 = 100; 100 / 29 = 3,4483
	if waktu.NRR.String() != "3,4483" || *waktu.Histogram != [4]int64{0, 2, 12, 15} || *waktu.Low != 2 {
		t.Errorf("waktu: %s %v %d", waktu.NRR, *waktu.Histogram, *waktu.Low)
	}
	if weakest := scoring.Weakest(report.Unsur); weakest[0].Unsur != survey.Waktu || weakest[1].Unsur != survey.Prosedur {
		t.Errorf("weakest %v", weakest[:2])
	}
	// 1.200 users a year are 300 in a quarter: S = 3841 x 300 / (10 x 300 + 3831) = 168,7 -> 169.
	if report.Users != 300 || report.Minimum != 169 {
		t.Errorf("N %d, S %d", report.Users, report.Minimum)
	}
}

func TestThresholds(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name    string
		n       int
		unit    scoring.Status
		unitN   int64
		officer scoring.Status
		staffN  int64
	}{
		{"4", 4, insufficient, -1, insufficient, -1},
		{"5", 5, indicative, 5, insufficient, -1},
		{"9", 9, indicative, 9, insufficient, -1},
		{"10", 10, indicative, 10, indicative, 10},
		{"29", 29, indicative, 29, indicative, 29},
		{"30", 30, provisional, 30, provisional, 30},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			r := newRegion(t)
			r.give(answer{n: tt.n, unit: "A1", officer: ani, value: 3})
			value := map[bool]string{true: "75,00", false: "-"}
			wantRow(t, r.unit("A1", scoring.IKM), value[tt.unitN > 0], tt.unitN, tt.unit)
			wantRow(t, r.officer("A1", ani), value[tt.staffN > 0], tt.staffN, tt.officer)
			// Where a single officer did all the work the unit's figure on officers is that officer's.
			wantRow(t, r.unit("A1", scoring.KepuasanPetugas), value[tt.staffN > 0], tt.staffN, tt.officer)
		})
	}
}

func TestUnitsPoolOrMean(t *testing.T) {
	t.Parallel()
	groups := []answer{{n: 30, unit: "A1", value: 4}, {n: 10, unit: "A2", value: 2}}
	r := newRegion(t)
	r.give(groups...)
	// (30 x 4 + 10 x 2) / 40 = 3,5; x 25 = 87,50
	wantRow(t, r.unit("A", scoring.IKM), "87,50", 40, provisional)
	mean := newRegion(t)
	mean.reader.Definitions[0].Consolidation = scoring.MeanOfUnitValues
	mean.give(groups...)
	// (100,00 + 50,00) / 2 = 75,00
	wantRow(t, mean.unit("A", scoring.IKM), "75,00", 40, provisional)
	wantRow(t, mean.unit("A1", scoring.IKM), "100,00", 30, provisional)
}

func TestOfficerWhoMoved(t *testing.T) {
	t.Parallel()
	r := newRegion(t)
	r.give(
		answer{n: 30, unit: "A1", officer: ani, value: 4}, answer{n: 20, unit: "A1", officer: budi, value: 3},
		answer{n: 10, unit: "A2", officer: ani, value: 2}, answer{n: 40, unit: "A2", officer: cici, value: 3},
	)
	wantRow(t, r.officer("A1", ani), "100,00", 30, provisional)
	wantRow(t, r.officer("A2", ani), "50,00", 10, indicative)
	wantRow(t, r.officer("", ani), "87,50", 40, provisional) // (30 x 4 + 10 x 2) / 40 x 25
	wantRow(t, r.officer("A1", budi), "75,00", 20, indicative)

	results, err := r.reader.Results(t.Context(), "2026-TW4")
	r.must(err)
	var got []string
	for _, row := range results.Rows {
		if row.Officer == cici {
			t.Error("staff who are not ASN are in HR's rows")
		}
		if row.Indicator == scoring.KepuasanPetugas {
			got = append(got, string(row.Level)+" "+string(row.Unit)+" "+string(row.NIP))
		}
	}
	want := []string{"unit A ", "unit A1 ", "unit A2 ", "officer A1 " + ani, "officer A1 " + budi, "officer A2 " + ani, "officer  " + ani}
	if !slices.Equal(got, want) {
		t.Errorf("order %q", got)
	}
	own, err := r.reader.Officer(t.Context(), "2026-TW4", cici)
	r.must(err)
	if own.ASN || len(own.Units) != 1 || text(own.Units[0].Value.Value) != "75,00" || own.Units[0].Value.NIP != "" {
		t.Errorf("staff who are not ASN: %+v", own)
	}
	// Prior: the service KTP in A1, 50 answers: (30 x 4 + 20 x 3) / 50 = 3,6 -> 90. (20 x 75 + 20 x 90) / 40 = 82,50.
	if row := r.officer("A1", budi); text(row.Shrunk) != "82,50" {
		t.Errorf("shrunk %s", text(row.Shrunk))
	}
}

func TestTargets(t *testing.T) {
	t.Parallel()
	target := func(level survey.Level, unit, officer, period string, value int64) survey.Target {
		indicator := scoring.KepuasanPetugas
		if level == survey.LevelUnit {
			indicator = scoring.IKM
		}
		return survey.Target{Indicator: indicator, Level: level, Unit: unit, Officer: officer, Period: period, Value: value}
	}
	year, quarter := "2026", "2026-TW4"
	for _, tt := range []struct {
		name          string
		targets       []survey.Object
		unit, officer string // target and achievement of A1 and of Ani there: both have 75,00
	}{
		{"none", nil, "- -", "- -"},
		{"year", []survey.Object{target("unit", "A1", "", year, 8000)}, "80,00 93,75", "- -"},
		{"cycle before year", []survey.Object{target("unit", "A1", "", year, 8000), target("unit", "A1", "", quarter, 7500)}, "75,00 100,00", "- -"},
		{"another cycle", []survey.Object{target("unit", "A1", "", "2026-TW3", 8000)}, "- -", "- -"},
		{"not of the unit above", []survey.Object{target("unit", "A", "", year, 8000)}, "- -", "- -"},
		{"agency-wide", []survey.Object{target("unit", "", "", year, 8000)}, "80,00 93,75", "- -"},
		{"officers of the unit above", []survey.Object{target("officer", "A", "", year, 8000)}, "- -", "80,00 93,75"},
		{"nearest unit", []survey.Object{target("officer", "A", "", quarter, 8000), target("officer", "A1", "", year, 7500)}, "- -", "75,00 100,00"},
		{"officer before unit", []survey.Object{target("officer", "A1", "", quarter, 8000), target("officer", "", ani, year, 6000)}, "- -", "60,00 120,00"},
		{"cancelled", []survey.Object{survey.Target{Indicator: "ikm", Level: "unit", Unit: "A1", Period: year, Value: 8000, Cancelled: true}}, "- -", "- -"},
		{"range", []survey.Object{survey.Target{Indicator: "ikm", Level: "unit", Unit: "A1", Period: year, Value: 7000, Upper: 8000}}, "70,00 100,00", "- -"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			r := newRegion(t, tt.targets...)
			r.give(answer{n: 30, unit: "A1", officer: ani, value: 3})
			for _, check := range []struct {
				row  scoring.Row
				want string
			}{{r.unit("A1", scoring.IKM), tt.unit}, {r.officer("A1", ani), tt.officer}} {
				if got := text(check.row.Target) + " " + text(check.row.Achievement); got != check.want {
					t.Errorf("%s: %s, want %s", check.row.Indicator, got, check.want)
				}
			}
			if upper := r.unit("A1", scoring.IKM).TargetUpper; (upper != nil) != (tt.name == "range") {
				t.Errorf("upper bound %s", text(upper))
			}
		})
	}
}

// ikm 83,31 against 80 is 104,14 (50), waiting 75 against 60 is 75 (30), officers 96 (20): 93,77; without the last 93,21.
func TestWeightedScore(t *testing.T) {
	t.Parallel()
	unit := func(indicator string, value, weight int64) survey.Target {
		return survey.Target{Indicator: indicator, Level: survey.LevelUnit, Unit: "A1", Period: "2026", Value: value, Weight: weight}
	}
	build := func(third survey.Target) *region {
		r := newRegion(t, unit(scoring.IKM, 8000, 50), unit(scoring.WaktuTunggu, 6000, 30), third)
		// 1,000 answers: five unsur with 332 fours, sum 3332, and four with 333, sum 3333. 5 x 3332 + 4 x 3333 = 29992;
		// 29992 / 9000 x 25 = 83,311 -> 83,31.
		for i := range 1000 {
			only := map[survey.Unsur]int{}
			for u, unsur := range survey.UnsurList {
				only[unsur] = 3
				fours := 332
				if u < 4 {
					fours = 333
				}
				if i < fours {
					only[unsur] = 4
				}
			}
			r.queue(answer{n: 1, unit: "A1", only: only, wait: minutes(75)})
		}
		r.flush()
		return r
	}
	// kepuasan_petugas: kompetensi and perilaku 3,332 x 25 = 83,30; against 86,77 it is 96,00.
	full := build(unit(scoring.KepuasanPetugas, 8677, 20))
	wantRow(t, full.unit("A1", scoring.IKM), "83,31", 1000, provisional)
	wantRow(t, full.unit("A1", scoring.WaktuTunggu), "75,00", 1000, provisional)
	if got := text(full.unit("A1", scoring.IKM).Achievement) + " " + text(full.unit("A1", scoring.WaktuTunggu).Achievement) + " " +
		text(full.unit("A1", scoring.KepuasanPetugas).Achievement); got != "104,14 75,00 96,00" {
		t.Fatalf("achievements %s", got)
	}
	score := full.unit("A1", scoring.Nilai)
	if text(score.Value) != "93,77" || text(score.Coverage) != "1,00" || score.Grade != "Sangat baik" || score.N != nil {
		t.Errorf("score %s, coverage %s, %s", text(score.Value), text(score.Coverage), score.Grade)
	}
	// The third indicator is one that is not measured here.
	part := build(unit("tepat_waktu", 9000, 20))
	score = part.unit("A1", scoring.Nilai)
	if text(score.Value) != "93,21" || text(score.Coverage) != "0,80" {
		t.Errorf("score %s, coverage %s", text(score.Value), text(score.Coverage))
	}
	explanation, err := part.reader.Explain(t.Context(), "2026-TW4", survey.LevelUnit, "A1", "", scoring.Nilai)
	part.must(err)
	if got := explanation.Steps[0]; got != "(104,14 x 50 + 75,00 x 30) / (50 + 30) = 93,21" {
		t.Errorf("explained as %q", got)
	}
}

func TestVerifiedComplement(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name           string
		poster, ticket int
		want           string // value and n over verified answers: tickets say 4, posters 2
	}{
		{"none verified", 30, 0, "-"},
		{"all verified", 0, 30, "100,00 30"},
		{"nine verified", 21, 9, "-"},
		{"ten and ten", 10, 10, "100,00 10"},
		{"nine not", 9, 21, "-"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			r := newRegion(t)
			r.give(answer{n: tt.poster, unit: "A1", officer: ani, value: 2},
				answer{n: tt.ticket, unit: "A1", officer: ani, value: 4, trust: survey.TrustTicket})
			for _, row := range []scoring.Row{r.officer("A1", ani), r.unit("A1", scoring.IKM), r.unit("A1", scoring.KepuasanPetugas)} {
				got := "-"
				if row.Verified != nil {
					body, _ := json.Marshal(row.Verified.N)
					got = row.Verified.Value.String() + " " + string(body)
				}
				if got != tt.want {
					t.Errorf("%s %s: %s, want %s", row.Level, row.Indicator, got, tt.want)
				}
				if !row.Shown() {
					t.Errorf("%s %s is hidden", row.Level, row.Indicator)
				}
			}
		})
	}
}

func TestOnlyVerifiedAnswersMakeTheValue(t *testing.T) {
	t.Parallel()
	r := newRegion(t, survey.Officer{ID: "x", Employment: survey.PNS, Name: "x", Unit: "A1"})
	r.give(answer{n: 20, unit: "A1", officer: ani, value: 2}, answer{n: 30, unit: "A1", officer: ani, value: 4, trust: survey.TrustDisplay})
	r.write(survey.Agency{Name: "Kota", Policy: survey.Policy{OfficerMinTrust: survey.TrustDisplay}})
	wantRow(t, r.officer("A1", ani), "100,00", 30, provisional)
	own, err := r.reader.Officer(t.Context(), "2026-TW4", ani)
	r.must(err)
	// Over all: (20 x 2 + 30 x 4) / 50 x 25 = 80,00
	if all := own.Units[0].All; all == nil || all.Value.String() != "80,00" || all.N != 50 {
		t.Errorf("over all %+v", all)
	}
	wantRow(t, r.unit("A1", scoring.KepuasanPetugas), "80,00", 50, provisional)
}

func TestRowJSON(t *testing.T) {
	t.Parallel()
	r := newRegion(t, survey.Target{Indicator: scoring.KepuasanPetugas, Level: survey.LevelOfficer, Unit: "A1", Period: "2026", Value: 8000})
	r.give(answer{n: 30, unit: "A1", officer: ani, value: 3}, answer{n: 12, unit: "A1", officer: budi, value: 4, day: "2026-12-31"})
	for _, tt := range []struct {
		row  scoring.Row
		want string
	}{
		// Prior (30 x 3 + 12 x 4) / 42 x 25 = 82,142857; (30 x 75 + 20 x 82,142857) / 50 = 77,857 -> 77,86.
		{r.officer("A1", ani), `{"level":"officer","unit":"A1","nip":"199001152015031001","indicator":"kepuasan_petugas","value":75,"grade":"C",` +
			`"target":80,"achievement":93.75,"n":30,"interval":[75,75],"shrunk":77.86,"verified":null,"source":"survey","coverage":1,` +
			`"status":"provisional","recipe":"kepuasan_petugas@1"}`},
		{r.unit("A2", scoring.WaktuTunggu), `{"level":"unit","unit":"A2","nip":null,"indicator":"waktu_tunggu","value":null,"grade":null,` +
			`"target":null,"achievement":null,"n":0,"interval":null,"shrunk":null,"verified":null,"source":"reported","coverage":null,` +
			`"status":"insufficient","recipe":"waktu_tunggu@1"}`},
	} {
		body, err := json.Marshal(tt.row)
		r.must(err)
		if string(body) != tt.want {
			t.Errorf("%s\nwant %s", body, tt.want)
		}
	}
}

func TestWaiting(t *testing.T) {
	t.Parallel()
	r := newRegion(t)
	for _, m := range []int{5, 10, 30, 31, 70} {
		r.give(answer{n: 2, unit: "A1", value: 3, wait: minutes(m)})
	}
	r.give(answer{n: 10, unit: "A1", left: true})
	report, err := r.reader.Report(t.Context(), "2026-TW4", "A1")
	r.must(err)
	w := report.Waiting
	// 5 5 10 10 30 30 31 31 70 70: the 5th is 30, the 9th 70; the mean is 292 / 10; 6 of 10 within 30; 10 of 20 left.
	if *w.Median != 30 || *w.P90 != 70 || w.Mean.String() != "29,20" || count(w.N) != 10 || w.Standard != 30 {
		t.Errorf("median %d, P90 %d, mean %s, n %d, standard %d", *w.Median, *w.P90, w.Mean, count(w.N), w.Standard)
	}
	if w.Within.Part != 6 || w.Within.Whole != 10 || w.Left.Part != 10 || w.Left.Whole != 20 || w.Left.Percent.String() != "50,00" {
		t.Errorf("within %+v, left %+v", w.Within, w.Left)
	}
	var bins []int64
	for _, bin := range w.Bins {
		bins = append(bins, bin.N)
	}
	// to 5, 10, 15, 30, 45, 60, 90, 120, 240, 480
	if !slices.Equal(bins, []int64{2, 2, 0, 2 /* 30 */, 2 /* 31 */, 0, 2, 0, 0, 0}) {
		t.Errorf("bins %v", bins)
	}
	wantRow(t, report.Wait, "30,00", 10, indicative)
	if report.IKM.N == nil || *report.IKM.N != 10 {
		t.Error("those who left without an answer count in the IKM")
	}
}

func TestProfileHidesSmallGroups(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name        string
		men, women  int
		men2, wome2 int64 // shown; -1: hidden
	}{
		{"both large", 20, 12, 20, 12},
		{"one small: the other would give it away", 30, 9, -1, -1},
		{"nobody", 30, 0, 30, 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			r := newRegion(t)
			r.give(answer{n: tt.men, unit: "A1", value: 3, gender: "l"}, answer{n: tt.women, unit: "A1", value: 3, gender: "p"})
			report, err := r.reader.Report(t.Context(), "2026-TW4", "A1")
			r.must(err)
			got := map[string]int64{}
			for _, question := range report.Profile {
				for _, option := range question.Options {
					if question.Question == survey.ProfileGender {
						got[option.Option] = count(option.N)
					}
				}
			}
			if got["l"] != tt.men2 || got["p"] != tt.wome2 {
				t.Errorf("shown %v", got)
			}
		})
	}
}

func TestTrend(t *testing.T) {
	t.Parallel()
	r := newRegion(t)
	r.must(r.reader.Open(t.Context(), "2026-TW3", "admin", ""))
	half := func(day survey.Day, low, high int) []answer {
		return []answer{{n: low, unit: "A1", officer: ani, value: 3, day: day}, {n: high, unit: "A1", officer: ani, value: 4, day: day}}
	}
	r.give(half("2026-08-01", 50, 50)...) // 87,50
	r.give(half("2026-10-01", 60, 40)...) // 85,00
	report, err := r.reader.Report(t.Context(), "2026-TW4", "A1")
	r.must(err)
	p := report.Previous
	// Variances 25^2 x 0,25/99 = 1,578 and 25^2 x 0,24/99 = 1,515: 1,96 x sqrt(3,093) = 3,45 > 2,50, so it is noise.
	if p == nil || p.Cycle != "2026-TW3" || p.Value.String() != "87,50" || p.Difference.String() != "-2,50" || !p.Noise {
		t.Fatalf("previous %+v", p)
	}
	if len(report.Trend) != 2 || text(report.Trend[0].Value) != "87,50" || report.Trend[1].Cycle != "2026-TW4" {
		t.Errorf("trend %+v", report.Trend)
	}
	r.give(half("2026-10-02", 100, 0)...) // 160 x 3 + 40 x 4 = 640 / 200 x 25 = 80,00: 7,50 less
	own, err := r.reader.Officer(t.Context(), "2026-TW4", ani)
	r.must(err)
	if p := own.Units[0].Previous; p == nil || p.Difference.String() != "-7,50" || p.Noise {
		t.Errorf("officer's previous %+v", p)
	}
}

func TestExplain(t *testing.T) {
	t.Parallel()
	r := newRegion(t)
	r.give(answer{n: 20, unit: "A1", officer: ani, value: 3}, answer{n: 10, unit: "A1", officer: ani, value: 4}, answer{n: 9, unit: "A2", officer: cici, value: 4})
	e, err := r.reader.Explain(t.Context(), "2026-TW4", survey.LevelOfficer, "A1", ani, scoring.KepuasanPetugas)
	r.must(err)
	// 20 x 3 + 10 x 4 = 100; 100 / 30 = 3,3333; x 25 = 83,33
	want := []string{"NRR kompetensi = 100 / 30 = 3,3333", "NRR perilaku = 100 / 30 = 3,3333", "(100/30 + 100/30) x 1/2 x 25 = 83,33"}
	if !slices.Equal(e.Steps[:3], want) {
		t.Errorf("steps %q", e.Steps)
	}
	for _, hidden := range [][3]string{{"officer", "A2", cici}, {"officer", "", ani}, {"unit", "B", ""}} {
		if _, err := r.reader.Explain(t.Context(), "2026-TW4", survey.Level(hidden[0]), hidden[1], hidden[2], scoring.KepuasanPetugas); !errors.Is(err, survey.ErrNotFound) {
			t.Errorf("%v: %v", hidden, err)
		}
	}
}

// A cycle is weighed by the definitions that it is computed with, so that a locked one is recomputed as it was.
func TestScoreWeighsByTheGivenDefinitions(t *testing.T) {
	t.Parallel()
	r := newRegion(t, survey.Target{Indicator: scoring.IKM, Level: survey.LevelUnit, Unit: "A1", Period: "2026", Value: 8000},
		survey.Target{Indicator: scoring.KepuasanPetugas, Level: survey.LevelUnit, Unit: "A1", Period: "2026", Value: 10000})
	for i, definition := range r.reader.Definitions {
		if definition.Key == scoring.KepuasanPetugas {
			r.reader.Definitions[i].Weights = map[survey.Level]int64{survey.LevelUnit: 300}
		}
	}
	r.give(answer{n: 40, unit: "A1", officer: ani, value: 3})
	// Achievements 75 / 80 = 93,75 and 75 / 100 = 75,00; (93,75 x 100 + 75,00 x 300) / 400 = 79,69
	if score := r.unit("A1", scoring.Nilai); text(score.Value) != "79,69" {
		t.Errorf("score %s, want 79,69", text(score.Value))
	}
}
