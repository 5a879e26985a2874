package scoring

import (
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"kesan/survey"
	"kesan/survey/sqlite"
)

// atom is the finest group of answers that any figure tells apart.
type atom struct {
	month                           int
	unit, service, counter, officer string
	trust                           survey.Trust
	n                               int64
}

// history is a made-up office with its answers and the cycles that exist.
type history struct {
	office  *survey.Office
	policy  survey.Policy
	atoms   []atom
	periods []survey.Period
}

func randomHistory(rnd *rand.Rand, offices []*survey.Office) history {
	h := history{policy: survey.Policy{OfficerMinTrust: survey.Trust(rnd.IntN(4))}.OrDefault()}
	h.office = offices[rnd.IntN(len(offices))]
	// Each officer serves at one or two places, each counter gives one or two services.
	for _, unit := range h.office.AllUnits() {
		for officer := range 4 {
			if rnd.IntN(3) == 0 {
				continue
			}
			for range 1 + rnd.IntN(2) {
				counter := rnd.IntN(2)
				a := atom{unit: unit, counter: fmt.Sprint("L", counter), service: fmt.Sprint("S", (counter+rnd.IntN(2))%2), trust: survey.Trust(rnd.IntN(4))}
				if officer > 0 {
					a.officer = fmt.Sprint("O", (officer+rnd.IntN(2))%4)
				}
				for a.month = range 3 {
					a.n = []int64{0, 1, 2, 3, 5, 8, 11, 15, 40}[rnd.IntN(9)]
					h.atoms = append(h.atoms, a)
				}
			}
		}
	}
	for _, id := range []string{"2026-10", "2026-11", "2026-12", "2026-TW4"} {
		if rnd.IntN(4) > 0 {
			period, _ := survey.ParsePeriod(id)
			h.periods = append(h.periods, period)
		}
	}
	return h
}

// offices returns all trees of two to four units.
func offices(t *testing.T) []*survey.Office {
	t.Helper()
	trees := [][]int{{}}
	var all []*survey.Office
	for range 3 {
		var next [][]int
		for _, tree := range trees {
			for parent := range len(tree) + 1 {
				grown := append(slices.Clone(tree), parent)
				next, all = append(next, grown), append(all, officeOf(t, grown))
			}
		}
		trees = next
	}
	return all
}

func officeOf(t *testing.T, parents []int) *survey.Office {
	t.Helper()
	drafts := []survey.Draft{{Object: survey.Unit{Code: "U0"}}}
	for i, parent := range parents {
		drafts = append(drafts, survey.Draft{Object: survey.Unit{Code: fmt.Sprint("U", i+1), Parent: fmt.Sprint("U", parent)}})
	}
	store, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "kesan.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = store.Close() }()
	register, err := survey.OpenRegister(t.Context(), store, time.Now)
	if err != nil {
		t.Fatal(err)
	}
	if err := register.Write(t.Context(), "admin", "", drafts...); err != nil {
		t.Fatal(err)
	}
	return register.Office()
}

func (h history) material(t testing.TB, period survey.Period) material {
	t.Helper()
	tallies := map[string][]survey.Tally{}
	for _, a := range h.atoms {
		place := a.month + 9 - period.First()
		if place < 0 || place >= period.Length() {
			continue
		}
		if tallies[a.unit] == nil {
			tallies[a.unit] = make([]survey.Tally, period.Length())
		}
		if tallies[a.unit][place] == nil {
			tallies[a.unit][place] = survey.Tally{}
		}
		part := survey.Tally{}
		counts := part.Cell(survey.Cell{Service: a.service, Counter: a.counter, Officer: a.officer, Trust: a.trust})
		counts.N, counts.Index.Full.N, counts.Officer.Full.N = a.n, a.n, a.n
		if a.n > 0 {
			counts.Wait = survey.Waits{5: a.n}
			counts.Choices = survey.Choices{{Choice: survey.Choice{Question: survey.QuestionRef{Key: "q"}, Option: a.counter}, N: a.n}}
		}
		tallies[a.unit][place].Add(part)
	}
	return materialOf(t, h.office, h.policy, period, tallies)
}

func materialOf(t testing.TB, office *survey.Office, policy survey.Policy, period survey.Period, tallies map[string][]survey.Tally) material {
	t.Helper()
	m := material{office: office, policy: policy, months: period.Length(), ledgers: map[string]*ledger{}}
	for unit, months := range tallies {
		var kept []survey.KeptTally
		month := period.From.Month()
		for _, tally := range months {
			if tally != nil {
				kept = append(kept, survey.KeptTally{Unit: unit, Span: string(month), Body: tally.Encode()})
			}
			month = month.Next()
		}
		sum, err := survey.RollUp(period, kept)
		if err != nil {
			t.Fatal(err)
		}
		m.ledgers[unit] = keepLedger(sum)
	}
	return m
}

// published is a cell of a cycle as an attacker sees it: the answers it is the sum of.
type published struct {
	length  int  // of the cycle, in months
	lawful  bool // taken from what the law makes known
	law     bool // of a whole unit: known where its IKM is shown
	name    string
	key     cellKey
	members []bool // by atom
	n       int64
	shown   bool
	minimum int64
}

// cells lists all cells of all cycles of one variable.
func (h history) cells(t testing.TB, of variable) []published {
	var list []published
	views := map[string]disclosure{}
	for _, period := range h.periods { // the months come first
		var finer []view
		for _, within := range h.periods {
			if period.Contains(within) {
				finer = append(finer, view{span: 1 << (within.First() - period.First()), shown: views[within.ID].shown})
			}
		}
		views[period.ID] = disclose(h.material(t, period), finer)
		table, index := views[period.ID][of], views[period.ID][ofIndex]
		for i := range table.cells {
			c := &table.cells[i]
			p := published{length: period.Length(), name: fmt.Sprintf("%s %+v", period.ID, c.key), key: c.key, members: make([]bool, len(h.atoms)), shown: c.shown, minimum: c.minimum}
			if (of == ofOfficer || of == ofWait) && isUnit(c.key) && c.key.Trust == 0 {
				p.law, p.shown = true, c.shown || of == ofOfficer && index.shown(c.key)
			}
			for j, a := range h.atoms {
				month := a.month + 9 - period.First()
				if a.n > 0 && month >= 0 && month < period.Length() && h.holds(c.key, a) {
					p.members[j] = true
					p.n += a.n
				}
			}
			if c.key.Rest {
				continue
			}
			if p.n != c.over(table.all) {
				panic(fmt.Sprintf("%s holds %d, not %d", p.name, c.over(table.all), p.n))
			}
			list = append(list, p)
		}
	}
	return list
}

// holds says whether the answers of an atom are in a cell, from the meaning of the key alone.
func (h history) holds(key cellKey, a atom) bool {
	if a.trust < key.Trust {
		return false
	}
	switch key.Part {
	case wholeUnit:
		return h.office.Within(a.unit, key.Unit)
	case partOption:
		return h.office.Within(a.unit, key.Unit) && key.Code == "q|"+a.counter
	case unitItself:
		return a.unit == key.Unit
	case partService:
		return a.unit == key.Unit && a.service == key.Code
	case partCounter:
		return a.unit == key.Unit && a.counter == key.Code
	default:
		return (key.Unit == "" || a.unit == key.Unit) && a.officer == key.Code
	}
}

// attack returns what can be worked out from the cells that are shown and should not be.
func attack(h history, of variable, cells []published) []string {
	var shown []published
	var residual []string
	var space, law linear
	given := map[int]*linear{} // by length of the cycle: the law's and what shorter cycles show
	for _, c := range cells {
		if given[c.length] == nil {
			given[c.length] = &linear{}
			for _, s := range cells {
				if s.n > 0 && s.shown && (s.law || s.length < c.length) {
					given[c.length].add(vectorOf(s.members))
				}
			}
		}
	}
	for _, c := range cells {
		if c.shown && c.n > 0 {
			shown = append(shown, c)
			if c.law {
				law.add(vectorOf(c.members))
			}
			space.add(vectorOf(c.members))
		}
	}
	for _, c := range cells {
		same := func(s published) bool { return c.key.Part != partOfficer && slices.Equal(s.members, c.members) }
		if of != ofPeople && !c.shown && c.n > 0 && !h.sum(c.key) && !isZero(given[c.length].reduce(vectorOf(c.members))) && isZero(space.reduce(vectorOf(c.members))) && !slices.ContainsFunc(shown, same) {
			residual = append(residual, c.name+" can be computed")
		}
	}
	for _, a := range shown {
		residual = append(residual, subtract(h, of, &law, shown, a, 2)...)
	}
	return residual
}

// subtract takes published parts away from a published cell and reports when a group of too few answers is left.
func subtract(h history, of variable, law *linear, shown []published, from published, depth int) []string {
	var residual []string
	for _, part := range shown {
		if of == ofPeople && from.key.Part != part.key.Part {
			continue // that a whole unit chose the same is a coincidence
		}
		left := published{key: from.key, lawful: from.lawful || isZero(law.reduce(vectorOf(from.members))), name: from.name + " - " + part.name, members: slices.Clone(from.members), n: from.n - part.n}
		if left.n <= 0 || !contains(from.members, part.members) {
			continue
		}
		for j := range left.members {
			left.members[j] = left.members[j] && !part.members[j]
		}
		if left.n < h.policy.OfficerMinimum && isZero(law.reduce(vectorOf(left.members))) {
			continue
		}
		if left.n < h.policy.UnitMinimum || of == ofOfficer && !left.lawful && left.n < h.policy.OfficerMinimum && h.ofOneOfficer(left.members) {
			residual = append(residual, fmt.Sprintf("%s leaves %d", left.name, left.n))
		} else if depth > 1 && left.n < 40 {
			residual = append(residual, subtract(h, of, law, shown, left, depth-1)...)
		}
	}
	return residual
}

// sum says whether a cell is shown only together with all its parts: hidden, it is no secret of its own.
func (h history) sum(key cellKey) bool {
	return key.Part == partOfficer && key.Unit == "" || key.Part == wholeUnit && key.Trust > 0 && len(h.office.Children(key.Unit)) > 0
}

func (h history) ofOneOfficer(members []bool) bool {
	officer, first := "", true
	for j, member := range members {
		if !member {
			continue
		}
		if !first && h.atoms[j].officer != officer {
			return false
		}
		officer, first = h.atoms[j].officer, false
	}
	return officer != ""
}

func vectorOf(members []bool) []uint32 {
	v := make([]uint32, len(members))
	for j, member := range members {
		if member {
			v[j] = 1
		}
	}
	return v
}

func contains(whole, part []bool) bool {
	for j, member := range part {
		if member && !whole[j] {
			return false
		}
	}
	return true
}

// Whatever an attacker adds and subtracts, no hidden cell and no group of too few answers comes out.
func TestNothingIsRecovered(t *testing.T) {
	t.Parallel()
	histories := 1000
	if testing.Short() {
		histories = 100
	}
	trees := offices(t)
	shown, all := 0, 0
	for seed := range histories {
		h := randomHistory(rand.New(rand.NewPCG(uint64(seed), 2026)), trees)
		for _, of := range []variable{ofIndex, ofOfficer, ofUnsur, ofWait, ofPeople} {
			cells := slices.DeleteFunc(h.cells(t, of), func(c published) bool { return medianAlone(of, c.key) })
			for _, c := range cells {
				if c.n > 0 {
					all++
				}
				if c.shown {
					shown++
				}
			}
			if residual := attack(h, of, cells); len(residual) > 0 {
				t.Errorf("seed %d, %s:\n%s", seed, of, strings.Join(residual[:min(len(residual), 5)], "\n"))
			}
		}
	}
	t.Logf("%d of %d cells shown", shown, all)
}
