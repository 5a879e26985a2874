package scoring

import (
	"cmp"
	"slices"
	"time"

	"kesan/survey"
)

// CycleHead says which cycle figures belong to.
type CycleHead struct {
	ID      string            `json:"id"`
	From    survey.Day        `json:"from"`
	To      survey.Day        `json:"to"`
	State   survey.CycleState `json:"state"`
	Version int               `json:"version"`
}

// Results are all rows of a cycle: units first, parents before children, then officers by unit and NIP; indicators in the
// order of Indicators. Staff who are not ASN are not in it.
type Results struct {
	Cycle CycleHead `json:"cycle"`
	Rows  []Row     `json:"items"`
	AsOf  time.Time `json:"-"` // when they were computed; of a locked cycle when it was locked
}

// Report is what the head of a unit sees of one cycle, disclosed: what is hidden is nil, with StatusInsufficient beside it.
// It holds codes, never names.
type Report struct {
	Cycle CycleHead `json:"cycle"`
	Unit  string    `json:"unit"`
	AsOf  time.Time `json:"-"`

	IKM      Row         `json:"ikm"`
	Officers Row         `json:"kepuasan_petugas"`
	Wait     Row         `json:"waktu_tunggu"`
	Score    Row         `json:"nilai"`
	Parts    []ScorePart `json:"parts"` // what the score is made of

	Users   int64 `json:"users"`   // N, users of the services in the period; 0: unknown
	Minimum int64 `json:"minimum"` // S, smallest sample by Krejcie and Morgan; 0: unknown
	// PerUnsur is how many answers the unsur with the fewest got, which is what the smallest sample is compared with where
	// there are answers to the short form; 0: there are none.
	PerUnsur int64 `json:"per_unsur,omitempty"`

	Unsur   []UnsurFigure    `json:"unsur"` // all nine, in the order of the questionnaire
	Waiting Waiting          `json:"waiting"`
	Profile []QuestionFigure `json:"profile"`
	Extra   []QuestionFigure `json:"extra,omitempty"` // extra questions that somebody answered; no part of any other figure
	LeftOut []LeftOut        `json:"left_out"`

	Services []Line `json:"services"` // own services, by code
	Counters []Line `json:"counters"` // own counters, by code
	Staff    []Line `json:"staff"`    // officers who served in the unit, by ID: never ranked
	Units    []Line `json:"units"`    // of a unit with units below: itself (same code) if it has answers, then those, by code

	Previous *Change `json:"previous"` // against the cycle before; nil when either IKM is not shown
	Trend    []Point `json:"trend"`    // IKM of up to 8 cycles of the same kind, oldest first, this one last

	basis answers
}

// ScorePart is one indicator within a weighted score.
type ScorePart struct {
	Indicator   string      `json:"indicator"`
	Weight      int64       `json:"weight"` // percent points
	Achievement *Hundredths `json:"achievement"`
}

// UnsurFigure is one unsur. Its answers are nil when the figure that it belongs to is not shown.
type UnsurFigure struct {
	Unsur     survey.Unsur    `json:"unsur"`
	NRR       *TenThousandths `json:"nrr"`
	Index     *Hundredths     `json:"index"` // NRR x 25
	N         *int64          `json:"n"`
	Histogram *[4]int64       `json:"histogram"` // how many chose 1..4
	Low       *int64          `json:"low"`       // how many chose 1 or 2
}

// Weakest returns the unsur that are shown, the lowest NRR first; equal ones in the order of the questionnaire.
func Weakest(unsur []UnsurFigure) []UnsurFigure {
	var shown []UnsurFigure
	for _, u := range unsur {
		if u.NRR != nil {
			shown = append(shown, u)
		}
	}
	slices.SortStableFunc(shown, func(a, b UnsurFigure) int { return cmp.Compare(*a.NRR, *b.NRR) })
	return shown
}

// Waiting is the distribution of waiting times; all but Status and Standard are nil when there are too few.
type Waiting struct {
	Status   Status      `json:"status"`
	N        *int64      `json:"n"`
	Median   *int        `json:"median"` // minutes
	P90      *int        `json:"p90"`
	Mean     *Hundredths `json:"mean"`
	Bins     []Bin       `json:"bins"`
	Standard int         `json:"standard"` // minutes; 0: none, or not the same for all services
	Within   *Share      `json:"within"`   // within the standard of the service, of the waits for services that have one
	Left     *Share      `json:"left"`     // left without being served, of all answers
}

// Bin counts the waits of From to To minutes, both included.
type Bin struct {
	From int   `json:"from"`
	To   int   `json:"to"`
	N    int64 `json:"n"`
}

// Share is a part of a whole with its 95 % interval (Wilson).
type Share struct {
	Part     int64      `json:"part"`
	Whole    int64      `json:"whole"`
	Percent  Hundredths `json:"percent"`
	Interval Interval   `json:"interval"`
}

// Line is one row of a table within a unit. Value is the IKM of a service, counter or unit and the kepuasan_petugas of an
// officer.
type Line struct {
	Code       string      `json:"code"`
	Value      *Hundredths `json:"value"`
	Grade      OrNull      `json:"grade"`
	N          *int64      `json:"n"`
	Interval   *Interval   `json:"interval"`
	Status     Status      `json:"status"`
	Median     *int        `json:"median"` // waiting time, minutes
	WaitN      *int64      `json:"wait_n"`
	WaitStatus Status      `json:"wait_status"`
}

// LeftOut says how many answers do not count, and why.
type LeftOut struct {
	Decision survey.Decision `json:"decision"`
	Rule     survey.Rule     `json:"rule"`
	N        int64           `json:"n"`
}

// Change compares a figure with that of the cycle before.
type Change struct {
	Cycle      string     `json:"cycle"`
	Value      Hundredths `json:"value"` // then
	Difference Hundredths `json:"difference"`
	Noise      bool       `json:"noise"` // the difference is no more than chance explains
}

// Point is a figure in one of several cycles.
type Point struct {
	Cycle  string      `json:"cycle"`
	Value  *Hundredths `json:"value"`
	N      *int64      `json:"n"`
	Status Status      `json:"status"`
}

// OfficerReport is what an officer, the superior and HR see of the officer's own figures.
type OfficerReport struct {
	Cycle   CycleHead       `json:"cycle"`
	Officer string          `json:"officer"`
	ASN     bool            `json:"asn"`
	AsOf    time.Time       `json:"-"`
	Units   []OfficerFigure `json:"units"` // one per unit served in, by code; then, if more than one, all together with unit null
}

// OfficerFigure holds the figures of an officer in one unit, or over all units.
type OfficerFigure struct {
	Unit     OrNull        `json:"unit"`
	Value    Row           `json:"kepuasan_petugas"`
	Wait     Row           `json:"waktu_tunggu"`
	Score    Row           `json:"nilai"`
	Parts    []ScorePart   `json:"parts"`
	Unsur    []UnsurFigure `json:"unsur"` // kompetensi and perilaku
	All      *Second       `json:"all"`   // over all counted answers, whatever the policy takes for the value
	Previous *Change       `json:"previous"`
	Trend    []Point       `json:"trend"` // kepuasan_petugas, oldest first, this cycle last

	basis answers
}

// Rows returns the rows of an officer, as in Results.
func (r *OfficerReport) Rows() []Row {
	var rows []Row
	for _, f := range r.Units {
		rows = append(rows, f.Value, f.Wait, f.Score)
	}
	return rows
}

// Explanation says how a figure came about. It exists only for figures that are shown.
type Explanation struct {
	Cycle     CycleHead      `json:"cycle,omitzero"`
	Row       Row            `json:"row"`
	Indicator Indicator      `json:"indicator"`
	Unsur     []UnsurSum     `json:"unsur"`           // the integers behind an index
	Moments   survey.Moments `json:"moments"`         // n, sum and sum of squares of 2520 x each respondent's own mean, of the full form
	Short     shortMeans     `json:"short,omitempty"` // the same of the short form, by the unsur answered
	Waits     []Bin          `json:"waits"`           // the minutes behind a waiting time, in bins
	Parts     []ScorePart    `json:"parts"`           // the achievements behind a weighted score
	LeftOut   []LeftOut      `json:"left_out"`
	Steps     []string       `json:"steps"` // the formula with the numbers put in, in Indonesian
	MinTrust  survey.Trust   `json:"min_trust"`
	Policy    survey.Policy  `json:"policy"`
}

// shortMeans are the moments of answers to the short form, by the unsur answered.
type shortMeans map[survey.UnsurSet]survey.Moments

// UnsurSum holds the integers behind an NRR: Sum / N.
type UnsurSum struct {
	Unsur survey.Unsur `json:"unsur"`
	N     int64        `json:"n"`
	Sum   int64        `json:"sum"`
}
