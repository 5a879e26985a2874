package demo

import (
	"time"

	"kesan/survey"
)

// CheatKind is a way to cheat.
type CheatKind string

// The cheats of the region.
const (
	SelfRating CheatKind = "self-rating" // an officer scans the own poster and gives the best marks
	Bombing    CheatKind = "bombing"     // somebody gives a colleague the lowest marks
)

// Cheat is somebody who makes up answers, all by poster: on some days between From and To on which the officer is at the
// counter, Size of them within the hour from ten o'clock. Truths know nothing of them, so an officer's honest figure is
// the truth and the difference is the cheat's.
type Cheat struct {
	Kind     CheatKind
	Officer  string // whose figure it moves
	By       string
	Counter  string
	From, To survey.Day
	Size     int
	often    int // per mille of the days
}

// plot names the cheats, at counters that also have answers which cannot be made up.
func (r *Region) plot() {
	from := r.Until.Add(-75)
	vain := r.staffOf("12.72-DUKCAPIL-KTP-L1", r.Until)[0].ID
	desk := r.staffOf("33.74.09-PATEN-L1", r.Until)
	r.Truths.Cheats = []Cheat{
		{Kind: SelfRating, Officer: vain, By: vain, Counter: "12.72-DUKCAPIL-KTP-L1", From: from, To: r.Until, Size: 12, often: 420},
		{Kind: Bombing, Officer: desk[0].ID, By: desk[1].ID, Counter: "33.74.09-PATEN-L1", From: from, To: r.Until, Size: 9, often: 260},
	}
}

func (s *shift) cheat() {
	for _, cheat := range s.region.Truths.Cheats {
		if cheat.Counter != s.desk.Code || s.day.Date < cheat.From || s.day.Date > cheat.To || !chance(s.rng, cheat.often) {
			continue
		}
		if ten := s.midnight.Add(10 * time.Hour); s.office.OnDuty(cheat.Counter, ten) == cheat.Officer {
			s.pile(cheat, ten)
		}
	}
}

// pile adds the made-up answers of one hour. Half of such hours are seen and held back, and half of those thrown out.
func (s *shift) pile(cheat Cheat, ten time.Time) {
	mark, rule := 4, survey.RuleBurst
	if cheat.Kind == Bombing {
		mark, rule = 1, survey.RuleBombing
	}
	seen := s.rng.IntN(4)
	for i := range cheat.Size {
		at := ten.Add(time.Duration(i) * time.Minute)
		response := s.take(at, s.attribution(at, byPoster), s.invented(mark))
		if seen >= 2 {
			s.verdict(response, 1, survey.Quarantined, rule)
		}
		if seen == 3 {
			s.verdict(response, 2, survey.Excluded, rule)
		}
	}
}

// invented is an answer with the same mark for everything.
func (s *shift) invented(mark int) survey.Answers {
	marks := make(map[survey.Unsur]int, survey.UnsurCount)
	for _, u := range survey.UnsurList {
		marks[u] = mark
	}
	return survey.Answers{Service: s.desk.asked(s.rng), Unsur: marks, Profile: profile(s.rng, s.desk.branch)}
}
