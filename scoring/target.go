package scoring

import (
	"maps"
	"slices"

	"kesan/survey"
)

// subject is whom or what a figure is about: a unit, or an officer in a unit. An officer without unit is the officer over all
// units served in.
type subject struct {
	level   survey.Level
	unit    string
	officer string
}

// target returns what the subject should reach: the officer's own target before those of the unit, the nearest unit first,
// and an agency-wide one last; of one holder the cycle's before the year's.
func (c *computation) target(s subject, indicator string) (survey.Target, bool) {
	if len(c.aims) == 0 {
		return survey.Target{}, false
	}
	for _, holder := range c.holders(s) {
		for _, period := range c.aims {
			holder.Period, holder.Level, holder.Indicator = period, s.level, indicator
			_, id := holder.ObjectKey()
			if held, ok := c.office.Targets[id]; ok && !held.Value.Cancelled {
				return held.Value, true
			}
		}
	}
	return survey.Target{}, false
}

// aimsOf returns the periods whose targets hold for a cycle, if there are any: its own, then its year.
func aimsOf(office *survey.Office, period survey.Period) []string {
	var list []string
	for _, id := range slices.Compact([]string{period.ID, period.Year().ID}) {
		for _, held := range office.Targets {
			if held.Value.Period == id {
				list = append(list, id)
				break
			}
		}
	}
	return list
}

// holders returns whose targets hold for the subject, the first that has one wins.
func (c *computation) holders(s subject) []survey.Target {
	if s.level == survey.LevelUnit {
		return []survey.Target{{Unit: s.unit}, {}}
	}
	unit := s.unit
	if unit == "" {
		unit = c.office.Officers[s.officer].Value.Unit
	}
	list := []survey.Target{{Unit: unit, Officer: s.officer}, {Officer: s.officer}}
	path := slices.Clone(c.office.Path(unit))
	slices.Reverse(path)
	for _, above := range path {
		list = append(list, survey.Target{Unit: above})
	}
	return append(list, survey.Target{})
}

// aim writes the target into a row.
func (r *Row) aim(t survey.Target) {
	lower := Hundredths(t.Value)
	r.Target = &lower
	if t.Upper > t.Value {
		upper := Hundredths(t.Upper)
		r.TargetUpper = &upper
	}
}

// achieve computes the achievement of a row that has a value and a target, cut to 0 and the policy's maximum.
func (r *Row) achieve(polarity survey.Polarity, policy survey.Policy) {
	if r.Value == nil || r.Target == nil {
		return
	}
	target := Target{Polarity: polarity, Lower: *r.Target, Upper: *r.Target}
	if r.TargetUpper != nil {
		target.Upper = *r.TargetUpper
	}
	achievement, err := target.Achievement(*r.Value)
	if err != nil {
		return
	}
	achievement = Clamp{Low: 0, High: Hundredths(policy.MaxAchievement) * 100}.Cut(achievement)
	r.Achievement = &achievement
}

// scoreParts returns the indicators that count for the subject, with their weights and what the rows say of them: those
// whose target has a weight, also such as are not measured here; where no target has one, the usual weights.
func (c *computation) scoreParts(s subject, rows []Row) []ScorePart {
	var parts, usual []ScorePart
	for _, key := range c.keys {
		part := ScorePart{Indicator: key}
		for _, row := range rows {
			if row.Indicator == key {
				part.Achievement = row.Achievement
			}
		}
		if target, ok := c.target(s, key); ok && target.Weight > 0 {
			part.Weight = target.Weight
			parts = append(parts, part)
		}
		if weight := c.indicators[key].Weights[s.level]; weight > 0 {
			part.Weight = weight
			usual = append(usual, part)
		}
	}
	if parts == nil {
		return usual
	}
	return parts
}

// scoreKeys lists the indicators that a weighted score may be made of: those computed here, then whatever else has targets.
func scoreKeys(office *survey.Office) []string {
	var keys []string
	for _, indicator := range Indicators() {
		if indicator.Key != Nilai {
			keys = append(keys, indicator.Key)
		}
	}
	others := map[string]bool{}
	for _, held := range office.Targets {
		if key := held.Value.Indicator; key != Nilai && !slices.Contains(keys, key) {
			others[key] = true
		}
	}
	return append(keys, slices.Sorted(maps.Keys(others))...)
}

// score makes the row nilai from the other rows of the subject.
func (c *computation) score(s subject, rows []Row) (Row, []ScorePart) {
	row, parts := c.newRow(s, c.indicators[Nilai]), c.scoreParts(s, rows)
	weighted := make([]Part, len(parts))
	firm := true
	for i, part := range parts {
		weighted[i] = Part{Achievement: part.Achievement, Weight: part.Weight}
		for _, of := range rows {
			if of.Indicator == part.Indicator && part.Achievement != nil && of.Status == StatusIndicative {
				firm = false
			}
		}
	}
	score, ok := Weighted(weighted)
	if !ok {
		return row, parts
	}
	row.Value, row.Coverage, row.Status = &score.Value, &score.Coverage, c.status(firm)
	band, _ := row.Band()
	row.Grade = OrNull(band.Label)
	return row, parts
}
