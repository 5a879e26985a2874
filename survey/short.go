package survey

import (
	"maps"
	"math/bits"
	"math/rand/v2"
	"slices"
	"sync"
)

// FormMode says how much of its form a unit asks of each citizen.
type FormMode string

// The modes. The short form asks three unsur of each citizen, dealt out so that every unsur is asked as often as any other;
// each unsur then has its own number of answers, and the index is the mean of the nine NRR as ever.
const (
	FormFull  FormMode = "lengkap"
	FormShort FormMode = "singkat"
)

// UnsurSet is a set of unsur: bit i stands for UnsurList[i].
type UnsurSet uint16

// AllUnsur holds all nine, OfficerUnsur those of Unsur.OfOfficer.
const (
	AllUnsur     UnsurSet = 1<<UnsurCount - 1
	OfficerUnsur UnsurSet = 1<<5 | 1<<6
)

// Has says whether the unsur at a place of UnsurList is in the set.
func (s UnsurSet) Has(place int) bool { return s>>place&1 == 1 }

// Len is how many unsur are in the set.
func (s UnsurSet) Len() int { return bits.OnesCount16(uint16(s)) }

// ShortAsks is how many unsur the short form asks.
const ShortAsks = 3

// ShortBlocks are what the short form may ask: the twelve lines of the plane of nine points, in which every unsur stands in
// four and every two unsur stand together in exactly one (the affine plane of order 3; Yates 1936). So over twelve citizens
// every unsur is asked four times and every pair once, and the covariance of any two unsur can be told from the answers.
// Kompetensi and perilaku stand in seven of the twelve, in one of them together.
var ShortBlocks = [12]UnsurSet{
	block(0, 1, 2), block(3, 4, 5), block(6, 7, 8),
	block(0, 3, 6), block(1, 4, 7), block(2, 5, 8),
	block(0, 4, 8), block(1, 5, 6), block(2, 3, 7),
	block(0, 5, 7), block(1, 3, 8), block(2, 4, 6),
}

func block(places ...int) UnsurSet {
	set := UnsurSet(0)
	for _, place := range places {
		set |= 1 << place
	}
	return set
}

// rotation deals out the blocks, at each counter all twelve in a random order before any comes again. What was dealt is in
// the form token and nowhere else: a restart, or a second process, only begins another round, so that no counter is ever
// further from balance than the rounds that were broken off. The order within a round is random, so the block of an answer
// does not tell when it came.
type rotation struct {
	mu     sync.Mutex
	rounds map[string][]UnsurSet // counter -> what is left of its round
}

func (r *rotation) next(counter string) UnsurSet {
	r.mu.Lock()
	defer r.mu.Unlock()
	round := r.rounds[counter]
	if len(round) == 0 {
		round = slices.Clone(ShortBlocks[:])
		rand.Shuffle(len(round), func(i, j int) { round[i], round[j] = round[j], round[i] })
	}
	if r.rounds == nil {
		r.rounds = map[string][]UnsurSet{}
	}
	r.rounds[counter] = round[1:]
	return round[0]
}

// asked returns the unsur that the next visitor of a point is asked. Where a member of staff enters the answers it is always all
// of them: a paper form has them all, and who reads them out must not open the form until the questions are the right ones.
func (in *Intake) asked(office *Office, point Point, unit Unit) UnsurSet {
	if office.ModeOf(unit.Code) == FormShort && point.Channel.Trust() != TrustAssisted {
		return in.rotation.next(point.Counter)
	}
	return AllUnsur
}

// Full returns the visit with all nine unsur asked, for who wants to answer them all where the unit asks three.
func (in *Intake) Full(visit Visit) (Visit, error) {
	token := visit.token
	token.Ask = AllUnsur
	var err error
	if visit.Token, err = in.Minter.Form(token); err != nil {
		return Visit{}, err
	}
	visit.ask(in.Register.Office().Versions[visit.attribution.Form], token)
	return visit, nil
}

// ask notes what a form token asks of a form.
func (v *Visit) ask(form Form, token Token) {
	v.token, v.Form, v.attribution.Short = token, form.Asking(token.Ask), token.Ask != AllUnsur
}

// Short says whether the visitor is asked the short form.
func (v Visit) Short() bool { return v.attribution.Short }

// Asked are the unsur that the visitor is asked.
func (v Visit) Asked() UnsurSet { return v.token.Ask }

// Asking returns the form cut down to some unsur: the short form leaves out who answers and the office's own questions too.
func (f Form) Asking(set UnsurSet) Form {
	if set == AllUnsur {
		return f
	}
	f.Unsur = slices.DeleteFunc(slices.Clone(f.Unsur), func(q Question) bool { return !set.Has(Unsur(q.Key).Index()) })
	f.Extra, f.Profile = nil, nil
	return f
}

// To returns what of the answers the short form of some unsur takes.
func (a Answers) To(set UnsurSet) Answers {
	if set == AllUnsur {
		return a
	}
	a.Unsur = maps.Clone(a.Unsur)
	maps.DeleteFunc(a.Unsur, func(u Unsur, _ int) bool { return !set.Has(u.Index()) })
	a.Extra, a.Profile = nil, nil
	return a
}
