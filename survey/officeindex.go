package survey

import (
	"crypto/sha256"
	"slices"
	"sort"
	"strings"
	"time"
)

// officeIndex holds what would be slow to look for at every visit. It is made once for each Office.
type officeIndex struct {
	children   map[string][]string       // unit -> codes of its direct children, in order; "" -> roots
	paths      map[string][]string       // unit -> codes from the root down to it
	duties     map[string][]shift        // counter -> its duties by start
	officerTag map[[8]byte]string        // see OfficerTag
	counterTag map[string]string         // see CounterTag
	desks      map[string]Point          // counters, and each of their services, by deskTag
	services   map[string][]string       // unit -> codes of its open services
	counters   map[string][]string       // unit -> codes of its counters
	weekdays   map[string][7]*dayHours   // unit -> own opening hours
	free       map[Day]map[string]string // day -> unit ("": everybody) -> name of the holiday
}

type shift struct {
	from, to time.Time
	officer  string
}

type dayHours struct{ open, close string }

// OfficerTag is how a form token names an officer: short and opaque, and zero for nobody.
func OfficerTag(id string) (tag [8]byte) {
	if id == "" {
		return tag
	}
	sum := sha256.Sum256([]byte("officer|" + id))
	copy(tag[:], sum[:8])
	return tag
}

func (o *Office) reindex() {
	ix := officeIndex{
		children:   map[string][]string{},
		paths:      map[string][]string{},
		duties:     map[string][]shift{},
		officerTag: map[[8]byte]string{},
		counterTag: map[string]string{},
		desks:      map[string]Point{},
		services:   map[string][]string{},
		counters:   map[string][]string{},
		weekdays:   map[string][7]*dayHours{},
		free:       map[Day]map[string]string{},
	}
	for _, code := range o.Units.IDs() {
		parent := o.Units[code].Value.Parent
		ix.children[parent] = append(ix.children[parent], code)
		ix.paths[code] = o.pathOf(code)
	}
	for _, code := range o.Services.IDs() {
		if s := o.Services[code].Value; !s.Closed {
			ix.services[s.Unit] = append(ix.services[s.Unit], code)
		}
	}
	for _, code := range o.Counters.IDs() {
		c := o.Counters[code].Value
		ix.counters[c.Unit] = append(ix.counters[c.Unit], code)
		ix.counterTag[CounterTag(code)] = code
	}
	o.indexDesks(&ix)
	for id := range o.Officers {
		ix.officerTag[OfficerTag(id)] = id
	}
	for _, held := range o.Duties {
		if d := held.Value; !d.Cancelled {
			zone := o.Units[o.Counters[d.Counter].Value.Unit].Value.Zone
			ix.duties[d.Counter] = append(ix.duties[d.Counter], shift{d.From.In(zone), d.To.In(zone), d.Officer})
		}
	}
	for _, shifts := range ix.duties {
		sort.Slice(shifts, func(i, j int) bool { return shifts[i].from.Before(shifts[j].from) })
	}
	for _, held := range o.Hours {
		if h := held.Value; !h.Closed {
			week := ix.weekdays[h.Unit]
			week[h.Weekday] = &dayHours{h.Open, h.Close}
			ix.weekdays[h.Unit] = week
		}
	}
	for _, held := range o.Holidays {
		if h := held.Value; !h.Cancelled {
			if ix.free[h.Day] == nil {
				ix.free[h.Day] = map[string]string{}
			}
			ix.free[h.Day][h.Unit] = h.Name
		}
	}
	o.index = ix
}

// indexDesks names the counters and their services, those that are closed too: a form of this morning still comes back.
func (o *Office) indexDesks(ix *officeIndex) {
	services := map[string][]string{"": {""}}
	for code, held := range o.Services {
		services[held.Value.Unit] = append(services[held.Value.Unit], code)
	}
	for code, held := range o.Counters {
		for _, service := range slices.Concat(services[""], services[held.Value.Unit]) {
			id := deskTag(code, service)
			ix.desks[id] = Point{ID: id, Counter: code, Service: service}
		}
	}
}

// maxLevels bounds the tree of units. Import refuses loops; the bound only keeps a broken log from hanging the process.
const maxLevels = 32

// pathOf climbs to the root.
func (o *Office) pathOf(code string) []string {
	var path []string
	for len(path) < maxLevels {
		path = append(path, code)
		unit, ok := o.Units[code]
		if !ok || unit.Value.Parent == "" {
			break
		}
		code = unit.Value.Parent
	}
	slices.Reverse(path)
	return path
}

// Children returns the codes of the units directly below a unit; "" gives the roots.
func (o *Office) Children(unit string) []string { return o.index.children[unit] }

// Path returns the codes from the root down to the unit, itself included.
func (o *Office) Path(unit string) []string { return o.index.paths[unit] }

// Within says whether a unit is `above` or stands below it.
func (o *Office) Within(unit, above string) bool { return slices.Contains(o.index.paths[unit], above) }

// Subtree returns a unit and all units below it, parents before children, each level in order of code.
func (o *Office) Subtree(unit string) []string { return o.subtree(unit, maxLevels) }

func (o *Office) subtree(unit string, levels int) []string {
	list := []string{unit}
	if levels == 1 {
		return list
	}
	for _, child := range o.index.children[unit] {
		list = append(list, o.subtree(child, levels-1)...)
	}
	return list
}

// AllUnits returns every unit, parents before children.
func (o *Office) AllUnits() []string {
	var list []string
	for _, root := range o.index.children[""] {
		list = append(list, o.Subtree(root)...)
	}
	return list
}

// ServicesOf returns the codes of the open services of a unit.
func (o *Office) ServicesOf(unit string) []string { return o.index.services[unit] }

// CountersOf returns the codes of the counters of a unit, closed ones included.
func (o *Office) CountersOf(unit string) []string { return o.index.counters[unit] }

// ServicesAt returns the codes of the open services that a counter gives.
func (o *Office) ServicesAt(counter Counter) []string {
	all := o.index.services[counter.Unit]
	if len(counter.Services) == 0 {
		return all
	}
	var list []string
	for _, code := range all {
		if slices.Contains(counter.Services, code) {
			list = append(list, code)
		}
	}
	return list
}

// OfficerByTag returns the ID of the officer with the tag, or "" for nobody.
func (o *Office) OfficerByTag(tag [8]byte) string { return o.index.officerTag[tag] }

// CounterByTag returns the counter with the tag. ErrNotFound: there is none.
func (o *Office) CounterByTag(tag string) (Counter, error) {
	return o.Counters.Value(o.index.counterTag[tag])
}

// FormOf returns the form of a unit and its version: its own, else that of the nearest unit above, else DefaultForm.
func (o *Office) FormOf(unit string) (Form, FormRef) {
	id := o.nearest(unit, DefaultForm, func(u Unit) string { return u.Form })
	held, ok := o.Forms[id]
	if !ok {
		held, id = o.Forms[DefaultForm], DefaultForm
	}
	return held.Value, Ref(id, held.Revision)
}

// ExtraOf returns an extra question; its versions of the form all say the same. It is empty for one that never was.
func (o *Office) ExtraOf(ref QuestionRef) Question {
	for version := o.Forms[ref.Form].Revision; version > 0; version-- {
		for _, question := range o.Versions[Ref(ref.Form, version)].Extra {
			if question.Key == ref.Key {
				return question
			}
		}
	}
	return Question{}
}

// ModeOf returns how much of its form a unit asks: its own mode, else that of the nearest unit above, else all of it.
func (o *Office) ModeOf(unit string) FormMode {
	return FormMode(o.nearest(unit, string(FormFull), func(u Unit) string { return string(u.Mode) }))
}

// handover is how long after a change of officer a poster may still be read by somebody whom the last one served.
const handover = 15 * time.Minute

// OnDuty returns the officer whom an answer given at a counter at an instant counts for, or "" for the unit alone. Where
// the roster is silent, names two, or changed officers within the last 15 minutes, nobody is guessed.
func (o *Office) OnDuty(counter string, at time.Time) string {
	officer := ""
	for _, s := range o.index.duties[counter] {
		if s.from.After(at) {
			break
		}
		if !s.to.After(at.Add(-handover)) {
			continue
		}
		if officer != "" && s.officer != officer {
			return ""
		}
		officer = s.officer
	}
	if !o.serving(counter, officer, at) {
		return ""
	}
	return officer
}

// OnDutyThrough returns the officer whom OnDuty names at every instant from one to another, or "" when it changes.
func (o *Office) OnDutyThrough(counter string, from, to time.Time) string {
	officer := o.OnDuty(counter, from)
	for _, s := range o.index.duties[counter] {
		for _, edge := range []time.Time{s.from, s.to} {
			if edge.After(from) && edge.Before(to) && o.OnDuty(counter, edge) != officer {
				return ""
			}
		}
	}
	return officer
}

func (o *Office) serving(counter, officer string, at time.Time) bool {
	for _, s := range o.index.duties[counter] {
		if s.officer == officer && !s.from.After(at) && s.to.After(at) {
			return true
		}
	}
	return false
}

// HoursOn returns when a unit is open on a day, "08:00" and "16:00", or empty strings when it is closed.
func (o *Office) HoursOn(unit string, day Day) (open, shut string) {
	if o.HolidayOn(unit, day) != "" {
		return "", ""
	}
	path := o.index.paths[unit]
	for i := len(path) - 1; i >= 0; i-- {
		if week, ok := o.index.weekdays[path[i]]; ok {
			if hours := week[day.Weekday()]; hours != nil {
				return hours.open, hours.close
			}
			return "", ""
		}
	}
	return "", ""
}

// HolidayOn returns the name of the holiday that a unit has on a day, or "". A holiday of a unit holds for all below it.
func (o *Office) HolidayOn(unit string, day Day) string {
	units, ok := o.index.free[day]
	if !ok {
		return ""
	}
	if name := units[""]; name != "" {
		return name
	}
	for _, code := range o.index.paths[unit] {
		if name := units[code]; name != "" {
			return name
		}
	}
	return ""
}

// Name returns the name of a unit, service, counter or officer for people, or the code itself when it is gone.
func Name[T interface{ title() string }](set Set[T], id string) string {
	if held, ok := set[id]; ok {
		return held.Value.title()
	}
	return id
}

func (u Unit) title() string    { return u.Name }
func (s Service) title() string { return s.Name }
func (c Counter) title() string { return c.Name }
func (o Officer) title() string { return o.Name }

// Zone returns the time zone of a unit. For what belongs to no unit it is that of the first root, and WIB while there is none.
func (o *Office) Zone(unit string) Zone {
	if held, ok := o.Units[unit]; ok {
		return held.Value.Zone
	}
	if roots := o.Children(""); len(roots) > 0 {
		return o.Units[roots[0]].Value.Zone
	}
	return WIB
}

// Ended says whether a day has passed in every unit, and where there is none, in WIB.
func (o *Office) Ended(day Day, now time.Time) bool {
	for _, unit := range o.AllUnits() {
		if DayOf(now, o.Zone(unit)) <= day {
			return false
		}
	}
	return DayOf(now, WIB) > day
}

// FullName joins the names on the path of a unit, the nearest first, for places where a name alone is not clear.
func (o *Office) FullName(unit string) string {
	path := slices.Clone(o.Path(unit))
	slices.Reverse(path)
	names := make([]string, len(path))
	for i, code := range path {
		names[i] = Name(o.Units, code)
	}
	return strings.Join(names, ", ")
}
