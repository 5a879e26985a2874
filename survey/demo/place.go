package demo

import "kesan/survey"

// place is one of the five places, as plain data; each has a file of its own.
type place struct {
	code     string // code of the administrative area; codes of units begin with it
	zone     survey.Zone
	week     week
	clinic   week // of branches that treat people
	people   names
	branches []branch // parents before children; the first is the place itself
	flavour  []string // what people say in these parts when they are content
}

// branch is a unit of the tree.
type branch struct {
	key      string // after the place's code; empty: the place itself
	under    string // key of the unit above, for all but the place
	name     string
	address  string
	head     string // how the head's name is written
	titles   []string
	clinic   bool   // medical staff, clinic hours, some nurses on contract
	mothers  bool   // visited by mothers
	hurried  bool   // asks the short form
	asks     string // ID of a questionnaire of its own
	mean     int    // of an unsur, in hundredths: 320 is 3.20
	tilt     tilt
	services []service
	counters []counter
}

// tilt says by how many hundredths single unsur differ from the mean of the branch.
type tilt map[survey.Unsur]int

// service is a public service. Its wait is the median in minutes.
type service struct {
	key, name  string
	limit      int
	limitUnit  survey.TimeUnit
	waitLimit  int
	cost, need string
	users      int64
	wait       int
}

// counter is a loket with what is needed to fill it with visitors and staff.
type counter struct {
	name     string
	services []string // keys; empty: all of the branch
	rate     int      // answers on a Tuesday
	way      way
	rota     rota
	staff    int
}

// way says how answers reach a counter beside its poster.
type way struct {
	channel survey.Channel
	trust   survey.Trust
	share   int // per mille of the answers
}

var (
	byPoster   = way{survey.ChannelPoster, survey.TrustPoster, 0}
	byTicket   = way{survey.ChannelTicket, survey.TrustTicket, 620}
	byDisplay  = way{survey.ChannelDisplay, survey.TrustDisplay, 550}
	byAssisted = way{survey.ChannelAssisted, survey.TrustAssisted, 180}
)

// rota is the pattern of a counter's roster.
type rota int

const (
	weekly rota = iota // another officer every week
	halves             // one in the morning, another in the afternoon
	steady             // one officer until another takes the counter over
)

func places() []*place {
	return []*place{tanjungSelor(), pematangsiantar(), gajahmungkur(), jayapura(), lubukBegalung()}
}

// week holds the opening hours by weekday; an empty Open means closed.
type week [7]struct{ open, shut string }

func hours(open, shut, friday string) week {
	w := week{}
	for day := 1; day <= 4; day++ {
		w[day].open, w[day].shut = open, shut
	}
	w[5].open, w[5].shut = open, friday
	return w
}

func (w week) saturday(open, shut string) week {
	w[6].open, w[6].shut = open, shut
	return w
}
