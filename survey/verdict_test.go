package survey_test

import (
	"maps"
	"reflect"
	"testing"

	"kesan/survey"
)

var monday = survey.Bucket{Unit: "smg.09", Day: "2026-11-23"}

// answer is a response with a number for an ID.
func answer(bucket survey.Bucket, n byte, answers survey.Answers) survey.Response {
	return survey.Response{Bucket: bucket, ID: survey.RecordID{n}, Answers: answers,
		Attribution: survey.Attribution{Path: []string{bucket.Unit}, Counter: "S1", Officer: "sri", Sheet: "SMG00001", Channel: survey.ChannelPoster, Form: "skm-2017@1"}}
}

func verdict(of survey.Response, seq int, decision survey.Decision, rule survey.Rule) survey.Verdict {
	return survey.Verdict{Bucket: of.Bucket, Response: of.ID, Seq: seq, Decision: decision, Rule: rule}
}

func keep(t testing.TB, store survey.Store, records ...survey.Record) {
	t.Helper()
	outcomes, err := store.AppendRecords(t.Context(), records)
	if err != nil {
		t.Fatal(err)
	}
	for i, outcome := range outcomes {
		if outcome != survey.Stored {
			t.Fatalf("record %d: outcome %d, want that it is stored", i, outcome)
		}
	}
}

// newTallier returns a tallier whose sweeps of recent days find nothing: no test has answers in its year. What it counts, it
// was told about.
func newTallier(t testing.TB, store survey.Store) *survey.Tallier {
	t.Helper()
	return survey.NewTallier(store, pin(t, "2030-01-01T03:00:00Z").clock, silent)
}

func fold(t testing.TB, store survey.Store, buckets ...survey.Bucket) {
	t.Helper()
	for _, bucket := range buckets {
		if err := newTallier(t, store).Fold(t.Context(), bucket); err != nil {
			t.Fatal(err)
		}
	}
}

func TestVerdicts(t *testing.T) {
	t.Parallel()
	a := answer(monday, 1, all(4))
	of := a.Attribution
	refused := func(response byte, rule survey.Rule) survey.Record {
		return survey.Verdict{Bucket: monday, Response: survey.RecordID{response}, Seq: 1, Decision: survey.Refused, Rule: rule, Of: &of}.Record()
	}
	tests := []struct {
		name     string
		verdicts []survey.Record
		counted  int64
		leftOut  map[survey.LeftOut]int64
	}{
		{"none", nil, 1, nil},
		{"counted", []survey.Record{verdict(a, 1, survey.Counted, "review").Record()}, 1, nil},
		{"quarantined", []survey.Record{verdict(a, 1, survey.Quarantined, "burst").Record()}, 0, map[survey.LeftOut]int64{{Decision: "quarantined", Rule: "burst"}: 1}},
		{"excluded", []survey.Record{verdict(a, 1, survey.Excluded, "review").Record()}, 0, map[survey.LeftOut]int64{{Decision: "excluded", Rule: "review"}: 1}},
		{"quarantined, then counted", []survey.Record{verdict(a, 1, survey.Quarantined, "burst").Record(), verdict(a, 2, survey.Counted, "deadline").Record()}, 1, nil},
		{"excluded, then restored", []survey.Record{verdict(a, 1, survey.Excluded, "review").Record(), verdict(a, 2, survey.Restored, "review").Record()}, 1, nil},
		{"the latest holds, whatever came first", []survey.Record{verdict(a, 3, survey.Excluded, "review").Record(), verdict(a, 1, survey.Quarantined, "burst").Record(),
			verdict(a, 2, survey.Counted, "review").Record()}, 0, map[survey.LeftOut]int64{{Decision: "excluded", Rule: "review"}: 1}},
		{"of an answer that is not there", []survey.Record{survey.Verdict{Bucket: monday, Response: survey.RecordID{9}, Seq: 1, Decision: survey.Excluded}.Record()}, 1, nil},
		{"refused without an answer", []survey.Record{refused(9, survey.RuleHoneypot)}, 1, map[survey.LeftOut]int64{{Decision: "refused", Rule: "honeypot"}: 1}},
		{"refused after the answer", []survey.Record{refused(1, survey.RuleRepeated)}, 1, map[survey.LeftOut]int64{{Decision: "refused", Rule: "repeated"}: 1}},
		{"refused and quarantined", []survey.Record{refused(1, survey.RuleRepeated), verdict(a, 1, survey.Quarantined, "burst").Record()}, 0,
			map[survey.LeftOut]int64{{Decision: "refused", Rule: "repeated"}: 1, {Decision: "quarantined", Rule: "burst"}: 1}},
		{"two forms refused", []survey.Record{refused(8, survey.RuleMalformed), refused(9, survey.RuleMalformed)}, 1, map[survey.LeftOut]int64{{Decision: "refused", Rule: "malformed"}: 2}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			store := openStore(t)
			keep(t, store, append([]survey.Record{a.Record()}, test.verdicts...)...)
			fold(t, store, monday)
			got := totalOf(dayTally(t, store, monday))
			if got.N != test.counted || got.Unsur[0] != [4]int64{0, 0, 0, test.counted} || got.Index.Full.N != test.counted || !maps.Equal(got.LeftOut, test.leftOut) {
				t.Errorf("%d counted, %v, left out %v; want %d and %v", got.N, got.Unsur[0], got.LeftOut, test.counted, test.leftOut)
			}
		})
	}
}

func TestVerdictRecord(t *testing.T) {
	t.Parallel()
	of := answer(monday, 1, all(4)).Attribution
	for _, v := range []survey.Verdict{
		{Bucket: monday, Response: survey.RecordID{1}, Seq: 2, Decision: survey.Excluded, Rule: "review", Reason: "sama", Author: "agus", Hour: 9},
		{Bucket: monday, Response: survey.RecordID{2}, Seq: 1, Decision: survey.Refused, Rule: survey.RuleHoneypot, Hour: 23, Of: &of},
	} {
		got, err := survey.DecodeVerdict(v.Record())
		if err != nil || !reflect.DeepEqual(got, v) {
			t.Errorf("got %+v, %v; want %+v", got, err, v)
		}
	}
	response := answer(monday, 1, all(4))
	ids := map[survey.RecordID]string{response.ID: "the response"}
	for name, v := range map[string]survey.Verdict{
		"first": verdict(response, 1, survey.Excluded, "burst"), "second": verdict(response, 2, survey.Restored, "review"),
		"refused":   verdict(response, 1, survey.Refused, "honeypot"),
		"another's": verdict(answer(monday, 2, all(4)), 1, survey.Excluded, "burst"),
	} {
		id := v.Record().ID
		if other, taken := ids[id]; taken {
			t.Errorf("the %s verdict has the place of the %s", name, other)
		}
		ids[id] = name
	}
	if refused := verdict(response, 1, survey.Refused, "repeated").Record(); ids[refused.ID] != "refused" {
		t.Error("two rules can refuse one form")
	}
	first, rival := verdict(response, 1, survey.Excluded, "burst").Record(), verdict(response, 1, survey.Counted, "review").Record()
	if first.ID != rival.ID || first.Hash == rival.Hash {
		t.Error("two first verdicts on one response must share their place and differ in their hash")
	}
}

func TestHashOfAnswers(t *testing.T) {
	t.Parallel()
	empty := survey.Answers{Unsur: map[survey.Unsur]int{}, Extra: map[string]int{}, Profile: map[string]string{}}
	if empty.Hash() != (survey.Answers{}).Hash() {
		t.Error("an empty answer and none hash differently: a retry would be refused")
	}
	base := all(3)
	seen := map[[32]byte]string{base.Hash(): "base"}
	for name, change := range map[string]func(*survey.Answers){
		"service": func(a *survey.Answers) { a.Service = "ktp" }, "unsur": func(a *survey.Answers) { a.Unsur["waktu"] = 4 },
		"wait of 0": func(a *survey.Answers) { a.Wait = minutes(0) }, "left": func(a *survey.Answers) { a.Left = true },
		"comment": func(a *survey.Answers) { a.Comment = "x" }, "profile": func(a *survey.Answers) { a.Profile = map[string]string{"usia": "18-25"} },
		"extra of 0": func(a *survey.Answers) { a.Extra = map[string]int{"q": 0} }, "extra": func(a *survey.Answers) { a.Extra = map[string]int{"q": 1} },
	} {
		a := all(3)
		change(&a)
		if other, taken := seen[a.Hash()]; taken {
			t.Errorf("other %s hashes like %s", name, other)
		}
		seen[a.Hash()] = name
	}
}

func TestDecodeRefusesDamage(t *testing.T) {
	t.Parallel()
	for _, body := range []string{"", "{", "[]", `{"unsur":{"waktu":"tiga"}}`, `{"response":3}`, `{"trust":"high"}`, `{"seq":"first","hour":"now"}`} {
		record := survey.Record{Bucket: monday, Body: []byte(body)}
		_, err := survey.DecodeResponse(record)
		_, errVerdict := survey.DecodeVerdict(record)
		if err == nil && errVerdict == nil {
			t.Errorf("%q: read as a response and as a verdict", body)
		}
	}
}
