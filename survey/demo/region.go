package demo

import (
	"context"
	"fmt"

	"kesan/survey"
)

// root is the code of the unit above the five places.
const root = "PERAGA"

// Region is a laid-out region. It does not change and may be used by many goroutines.
type Region struct {
	From, Until survey.Day // the days that have answers, both included
	Accounts    []Login
	Devices     []Admitted
	Truths      Truths

	seed   uint64
	places []*place
	desks  []*desk
	people []*person          // heads before their staff
	heads  map[string]*person // by unit
	free   map[survey.Day]bool
}

// Generate lays out the region with answers for so many days, the last of which is until. The last day is a whole one: who
// goes on with a running server takes yesterday. The same arguments always give the same region; offices and people are
// the same for every seed, and a seed's answers of a day hardly depend on how many days there are.
func Generate(seed uint64, days int, until survey.Day) *Region {
	r := &Region{seed: seed, From: until.Add(1 - max(days, 1)), Until: until, places: places(), heads: map[string]*person{}}
	r.free = daysOff(r.From.Add(-200), r.rosterTo())
	r.settle()
	r.arrange()
	r.tellTruths()
	r.plot()
	r.Accounts, r.Devices = r.logins(), r.devices()
	return r
}

// Step is a part of the configuration that is written in one go.
type Step struct {
	Reason string
	Drafts []survey.Draft
}

// Steps returns the whole configuration in the order in which it must be written. The survey's form is not among it: the
// register brings that itself. Cycles are left open.
func (r *Region) Steps() []Step {
	return []Step{
		{"Wilayah peraga: instansi dan unit", r.units()},
		{"Hari kerja dan hari libur", append(r.hours(), r.holidays()...)},
		{"Layanan dan loket", append(r.services(), r.counters()...)},
		{"Petugas", r.officers()},
		{"Jadwal petugas", r.duties()},
		{"Mutasi petugas", r.moves()},
		{"Lembar QR", r.sheets()},
		{"Layar loket dan kios", r.deviceDrafts()},
		{"Siklus dan target", append(r.cycles(), r.targets()...)},
		{"Akun dan kunci API", append(r.accounts(), survey.Draft{Object: apiKey()})},
	}
}

// Author is who writes the configuration.
const Author = "peraga"

// Configure writes all steps. A register that has them already answers survey.ErrConflict.
func (r *Region) Configure(ctx context.Context, register *survey.Register) error {
	for _, step := range r.Steps() {
		if err := register.Write(ctx, Author, step.Reason, step.Drafts...); err != nil {
			return fmt.Errorf("demo region, %s: %w", step.Reason, err)
		}
	}
	return nil
}
