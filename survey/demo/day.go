package demo

import (
	"crypto/sha256"
	"encoding/binary"
	"iter"
	"math/rand/v2"
	"time"

	"kesan/survey"
)

// Day is what one calendar day left behind everywhere.
type Day struct {
	Date      survey.Day
	Responses []survey.Response
	Verdicts  []survey.Verdict
}

// Records encodes the day for a store.
func (d Day) Records() []survey.Record {
	records := make([]survey.Record, 0, len(d.Responses)+len(d.Verdicts))
	for _, response := range d.Responses {
		records = append(records, response.Record())
	}
	for _, verdict := range d.Verdicts {
		records = append(records, verdict.Record())
	}
	return records
}

// Days yields the days of the region, oldest first, one at a time. The office is the one that Steps describe, as the register
// reads it: hours, holidays, forms and who is on duty are decided by it alone, as when a real answer comes in.
func (r *Region) Days(office *survey.Office) iter.Seq[Day] {
	return func(yield func(Day) bool) {
		for date := r.From; date <= r.Until; date = date.Add(1) {
			if !yield(r.day(office, date)) {
				return
			}
		}
	}
}

func (r *Region) day(office *survey.Office, date survey.Day) Day {
	day := Day{Date: date}
	for _, d := range r.desks {
		open, shut := office.HoursOn(d.Unit, date)
		if open == "" {
			continue
		}
		s := r.shift(office, d, &day)
		for range s.arrivals() {
			s.visit(s.instant(open, shut))
		}
		s.cheat()
	}
	return day
}

// shift is one counter on one day while its answers are drawn.
type shift struct {
	region   *Region
	office   *survey.Office
	desk     *desk
	day      *Day
	rng      *rand.Rand
	more     *rand.Rand // for extra questions
	midnight time.Time
	path     []string
	form     survey.FormRef
	seed     [32]byte
	serial   uint64
}

func (r *Region) shift(office *survey.Office, d *desk, day *Day) *shift {
	_, form := office.FormOf(d.Unit)
	s := &shift{region: r, office: office, desk: d, day: day, rng: stream(r.seed, "day", d.Code, string(day.Date)), more: stream(r.seed, "more", d.Code, string(day.Date)),
		midnight: survey.LocalTime(day.Date + "T00:00").In(d.place.zone), path: office.Path(d.Unit), form: form}
	text := binary.BigEndian.AppendUint64([]byte("demo|"), r.seed)
	s.seed = sha256.Sum256(append(text, "|"+d.Code+"|"+string(day.Date)...))
	return s
}

// rush is how many come on a weekday, in percent of a Tuesday.
var rush = [7]int{54, 113, 100, 92, 86, 68, 55}

func (s *shift) arrivals() int {
	if n, ok := s.desk.planned[s.day.Date]; ok {
		return n
	}
	n := s.desk.rate * rush[s.day.Date.Weekday()] * (50 + s.rng.IntN(101))
	return (n + s.rng.IntN(10_000)) / 10_000
}

// instant returns when somebody opens the form, within the opening hours; more do so early.
func (s *shift) instant(open, shut string) time.Time {
	from, to := minuteOf(open), minuteOf(shut)
	minute := from + s.rng.IntN(to-from)
	if chance(s.rng, 400) {
		minute = min(minute, from+s.rng.IntN(to-from))
	}
	return s.midnight.Add(time.Duration(minute) * time.Minute)
}

// minuteOf reads "07:30" as 450.
func minuteOf(clock string) int {
	digit := func(i int) int { return int(clock[i] - '0') }
	return (digit(0)*10+digit(1))*60 + digit(3)*10 + digit(4)
}

// id returns the next response's ID: as good as random, and the same in every run.
func (s *shift) id() survey.RecordID {
	s.serial++
	sum := sha256.Sum256(binary.BigEndian.AppendUint64(s.seed[:], s.serial))
	return survey.RecordID(sum[:16])
}
