package survey

import (
	"fmt"
	"regexp"
	"strconv"
)

// Period is the stretch of time that a cycle ID names: "2026-11" a month, "2026-TW4" a quarter (triwulan), "2026-S2" a
// semester, "2026" a year. It always consists of whole months.
type Period struct {
	ID       string
	From, To Day
	months   int
}

var periodPattern = regexp.MustCompile(`^(20\d\d)(?:-(?:(0[1-9]|1[0-2])|TW([1-4])|S([12])))?$`)

// ParsePeriod reads a cycle ID strictly. The error is ErrNotFound: there can be no such cycle.
func ParsePeriod(id string) (Period, error) {
	parts := periodPattern.FindStringSubmatch(id)
	if parts == nil {
		return Period{}, fmt.Errorf("cycle %q: %w", id, ErrNotFound)
	}
	year, _ := strconv.Atoi(parts[1])
	for i, months := range []int{1, 3, 6} {
		if place, err := strconv.Atoi(parts[i+2]); err == nil {
			return newPeriod(year, (place-1)*months, months), nil
		}
	}
	return newPeriod(year, 0, 12), nil
}

// newPeriod makes the period of so many months that begins with a month of the year, 0 for January.
func newPeriod(year, first, months int) Period {
	id := fmt.Sprintf("%04d", year)
	switch months {
	case 1:
		id += fmt.Sprintf("-%02d", first+1)
	case 3:
		id += fmt.Sprintf("-TW%d", first/3+1)
	case 6:
		id += fmt.Sprintf("-S%d", first/6+1)
	}
	from := Month(fmt.Sprintf("%04d-%02d", year, first+1))
	to := Month(fmt.Sprintf("%04d-%02d", year, first+months))
	return Period{ID: id, From: from.First(), To: to.Last(), months: months}
}

// QuarterOf returns the quarter that a day lies in.
func QuarterOf(day Day) Period {
	date := day.Date()
	return newPeriod(date.Year(), (int(date.Month())-1)/3*3, 3)
}

func (p Period) year() int { return p.From.Date().Year() }

// First is the place of the first month in the year, 0 for January.
func (p Period) First() int { return p.From.Month().place() }

// Length is how many months the period has: 1, 3, 6 or 12.
func (p Period) Length() int { return p.months }

// Months returns the months of the period in order.
func (p Period) Months() []Month {
	list := make([]Month, 0, p.months)
	for month := p.From.Month(); month <= p.To.Month(); month = month.Next() {
		list = append(list, month)
	}
	return list
}

// Previous returns the period of the same kind just before: before 2026-TW1 comes 2025-TW4.
func (p Period) Previous() Period {
	if p.First() == 0 {
		return newPeriod(p.year()-1, 12-p.months, p.months)
	}
	return newPeriod(p.year(), p.First()-p.months, p.months)
}

// Contains says whether the other period lies in this one and is shorter.
func (p Period) Contains(other Period) bool {
	return other.months < p.months && p.From <= other.From && other.To <= p.To
}

// Within returns all shorter periods that lie in this one, the longest first: of a semester its quarters, then its months.
func (p Period) Within() []Period {
	var list []Period
	for _, months := range []int{6, 3, 1} {
		if months >= p.months {
			continue
		}
		for first := p.First(); first < p.First()+p.months; first += months {
			list = append(list, newPeriod(p.year(), first, months))
		}
	}
	return list
}

// Year returns the year that the period lies in; of a year the year itself.
func (p Period) Year() Period { return newPeriod(p.year(), 0, 12) }

// Label names the period for people: "November 2026", "Triwulan IV 2026", "Semester II 2026", "Tahun 2026".
func (p Period) Label() string {
	roman := [...]string{"I", "II", "III", "IV"}
	switch p.months {
	case 1:
		return p.From.Month().Name()
	case 3:
		return fmt.Sprintf("Triwulan %s %d", roman[p.First()/3], p.year())
	case 6:
		return fmt.Sprintf("Semester %s %d", roman[p.First()/6], p.year())
	default:
		return fmt.Sprintf("Tahun %d", p.year())
	}
}
