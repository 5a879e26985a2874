package imports

import (
	"cmp"
	"slices"
	"strings"

	"kesan/survey"
)

// planned is a duty as it would stand after the import; line is 0 for those that the file does not touch.
type planned struct {
	survey.Duty
	line int
}

// overlaps warns of two officers at one counter at one time: answers then count for the unit alone.
func overlaps(f *file[survey.Duty]) {
	rosters := map[string][]planned{}
	named := map[string]bool{} // the other counters stay as they are
	for _, r := range f.rows {
		named[r.value.Counter] = true
	}
	add := func(d survey.Duty, line int) {
		if !d.Cancelled && named[d.Counter] {
			rosters[d.Counter] = append(rosters[d.Counter], planned{d, line})
		}
	}
	for id, held := range f.office.Duties {
		if _, replaced := f.lines[id]; !replaced {
			add(held.Value, 0)
		}
	}
	for _, r := range f.rows {
		if len(r.wrong) == 0 && f.lines[r.id] == r.line {
			add(r.value, r.line)
		}
	}
	for _, roster := range rosters {
		slices.SortFunc(roster, func(a, b planned) int { return cmp.Compare(a.From, b.From) })
		sweep(roster, &f.warned)
	}
}

// sweep goes through the duties of a counter by their begin. It remembers the two officers who stay longest so far: if a
// duty overlaps with anybody else's, then with one of them.
func sweep(roster []planned, warned *Findings) {
	var longest, other planned
	for _, duty := range roster {
		rival := longest
		if longest.Officer == duty.Officer {
			rival = other
		}
		if rival.To > duty.From && max(rival.line, duty.line) > 0 {
			warned.add(overlap(duty, rival))
		}
		switch {
		case longest.Officer == duty.Officer:
			longest.To = max(longest.To, duty.To)
		case duty.To > longest.To:
			longest, other = duty, longest
		case duty.To > other.To:
			other = duty
		}
	}
}

// overlap tells of it at the later of the two if the file holds that one.
func overlap(duty, rival planned) Problem {
	if duty.line == 0 {
		duty, rival = rival, duty
	}
	return Problem{Line: duty.line, Column: "loket", Key: "import.overlap",
		Args: []any{duty.Counter, rival.Officer, people(rival.From), people(rival.To)}}
}

func people(l survey.LocalTime) string { return strings.Replace(string(l), "T", " ", 1) }
