package demo_test

import (
	"slices"
	"sync"
	"testing"

	"kesan/survey"
	"kesan/survey/demo"
)

// year is the region with all its answers folded, as far as the tests ask. It is made once.
type year struct {
	region   *demo.Region
	office   *survey.Office
	answers  int
	comments int
	channels map[survey.Trust]int
	service  map[string]*survey.Counts // where nobody cheats, before any fall
	unit     map[unitQuarter]*survey.Counts
	officer  map[officerQuarter]*survey.Counts // all
	verified map[officerQuarter]*survey.Counts
	decided  map[survey.LeftOut]int
}

type unitQuarter struct {
	unit    string
	quarter string
}

type officerQuarter struct {
	officer, unit string
	quarter       string // "": all
}

var theYear = sync.OnceValues(func() (*year, error) {
	region := demo.Generate(seed, 365, until)
	office, err := configured(region)
	if err != nil {
		return nil, err
	}
	y := &year{region: region, office: office, channels: map[survey.Trust]int{}, service: map[string]*survey.Counts{},
		unit: map[unitQuarter]*survey.Counts{}, officer: map[officerQuarter]*survey.Counts{},
		verified: map[officerQuarter]*survey.Counts{}, decided: map[survey.LeftOut]int{}}
	for day := range region.Days(office) {
		for _, r := range day.Responses {
			y.observe(r)
		}
		for _, v := range day.Verdicts {
			y.decided[survey.LeftOut{Decision: v.Decision, Rule: v.Rule}]++
		}
	}
	return y, nil
})

func foldedYear(t *testing.T) *year {
	t.Helper()
	if testing.Short() {
		t.Skip("a whole year")
	}
	y, err := theYear()
	if err != nil {
		t.Fatal(err)
	}
	return y
}

func observe[K comparable](in map[K]*survey.Counts, key K, r survey.Response) {
	if in[key] == nil {
		in[key] = &survey.Counts{}
	}
	in[key].Observe(r.Answers, survey.Cell{Form: r.Form, Short: r.Short})
}

func (y *year) observe(r survey.Response) {
	y.answers++
	y.channels[r.Trust]++
	if r.Comment != "" {
		y.comments++
	}
	quarter := quarterOf(r.Day)
	observe(y.unit, unitQuarter{r.Unit, quarter}, r)
	fell := slices.ContainsFunc(y.region.Truths.Falls, func(f demo.Fall) bool { return f.Unit == r.Unit && r.Day >= f.From })
	if !fell && !slices.ContainsFunc(y.region.Truths.Cheats, func(c demo.Cheat) bool { return c.Counter == r.Counter }) {
		observe(y.service, r.Service, r)
	}
	for _, key := range []officerQuarter{{r.Officer, "", ""}, {r.Officer, "", quarter}, {r.Officer, r.Unit, quarter}} {
		observe(y.officer, key, r)
		if r.Trust.Verified() {
			observe(y.verified, key, r)
		}
	}
}

func quarterOf(day survey.Day) string {
	return string(day[:4]) + "-TW" + string("1112223334445"[int(day[5]-'0')*10+int(day[6]-'0')-1])
}

// mean returns the mean of an unsur in hundredths.
func mean(c *survey.Counts, u survey.Unsur) (hundredths, n int) {
	sum := 0
	for i, count := range c.Unsur[u.Index()] {
		sum += (i + 1) * int(count)
		n += int(count)
	}
	return sum * 100 / max(n, 1), n
}

// grade classifies the mean of the nine means by the bands of 2017.
func grade(c *survey.Counts) string {
	sum := 0
	for _, u := range survey.UnsurList {
		m, _ := mean(c, u)
		sum += m
	}
	switch {
	case sum*25/9 >= 8831:
		return "A"
	case sum*25/9 >= 7661:
		return "B"
	case sum*25/9 >= 6500:
		return "C"
	}
	return "D"
}

func median(c *survey.Counts) int {
	total, below := int64(0), int64(0)
	for _, n := range c.Wait {
		total += n
	}
	for minute := 0; ; minute++ {
		if below += c.Wait[minute]; below*2 >= total {
			return minute
		}
	}
}

func TestYearIsFull(t *testing.T) {
	t.Parallel()
	y := foldedYear(t)
	if y.answers < 60_000 || y.answers > 80_000 {
		t.Errorf("%d answers", y.answers)
	}
	if share := y.comments * 1000 / y.answers; share < 110 || share > 130 {
		t.Errorf("%d per mille have a comment", share)
	}
	for trust := survey.TrustPoster; trust <= survey.TrustTicket; trust++ {
		if y.channels[trust] < 200 {
			t.Errorf("%d answers of trust %d", y.channels[trust], trust)
		}
	}
	for _, rule := range []survey.LeftOut{{Decision: survey.Refused, Rule: survey.RuleHoneypot}, {Decision: survey.Refused, Rule: survey.RuleRepeated},
		{Decision: survey.Quarantined, Rule: survey.RuleBurst}, {Decision: survey.Quarantined, Rule: survey.RuleBombing},
		{Decision: survey.Restored, Rule: survey.RuleBurst}, {Decision: survey.Excluded, Rule: survey.RuleBombing}} {
		if y.decided[rule] == 0 {
			t.Errorf("no verdict %v", rule)
		}
	}
}

func TestServicesAreAsTrue(t *testing.T) {
	t.Parallel()
	y := foldedYear(t)
	for code, truth := range y.region.Truths.Services {
		counts := y.service[code]
		if counts.N < 300 {
			continue
		}
		for i, u := range survey.UnsurList {
			got, n := mean(counts, u)
			if u.OfOfficer() {
				continue
			}
			if off := got - truth.Means[i]; off < -12 || off > 12 {
				t.Errorf("%s %s: %d, true %d (n %d)", code, u, got, truth.Means[i], n)
			}
		}
		if off := median(counts) - truth.Wait; off*12 > truth.Wait+12 || -off*12 > truth.Wait+12 {
			t.Errorf("%s: median wait %d, true %d", code, median(counts), truth.Wait)
		}
		if left := int(counts.Left*1000/counts.N) - truth.Left; left < -20 || left > 20 {
			t.Errorf("%s: those who left are %d per mille off", code, left)
		}
	}
}

func TestOfficersAreAsTrue(t *testing.T) {
	t.Parallel()
	y := foldedYear(t)
	cheated, checked := map[string]bool{}, 0
	for _, c := range y.region.Truths.Cheats {
		cheated[c.Officer] = true
	}
	for id, truth := range y.region.Truths.Officers {
		counts := y.officer[officerQuarter{officer: id}]
		if counts == nil || counts.N < 250 || cheated[id] || y.office.Officers[id].Value.Unit == y.region.Truths.Falls[0].Unit {
			continue
		}
		checked++
		for u, want := range map[survey.Unsur]int{survey.Kompetensi: truth.Kompetensi, survey.Perilaku: truth.Perilaku} {
			if got, n := mean(counts, u); got-want > 12 || want-got > 12 {
				t.Errorf("%s %s: %d, true %d (n %d)", id, u, got, want, n)
			}
		}
	}
	if checked < 60 {
		t.Errorf("only %d officers have enough answers", checked)
	}
}

func TestGradesShowAndOneFalls(t *testing.T) {
	t.Parallel()
	y := foldedYear(t)
	grades, fall := map[string]int{}, y.region.Truths.Falls[0]
	for unit, want := range y.region.Truths.Grades {
		grades[want]++
		if got := grade(y.unit[unitQuarter{unit, "2026-TW3"}]); got != want {
			t.Errorf("%s in 2026-TW3: %s, true %s", unit, got, want)
		}
		if unit == fall.Unit {
			want = fall.Grade
		}
		if got := grade(y.unit[unitQuarter{unit, "2026-TW4"}]); got != want {
			t.Errorf("%s in 2026-TW4: %s, true %s", unit, got, want)
		}
	}
	if grades["A"] != 3 || grades["C"] != 1 || grades["D"] != 0 {
		t.Errorf("grades %v", grades)
	}
	if fall.Grade != "C" || y.region.Truths.Grades[fall.Unit] != "B" {
		t.Errorf("the fall is from %s to %s", y.region.Truths.Grades[fall.Unit], fall.Grade)
	}
}
