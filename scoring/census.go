package scoring

import (
	"cmp"
	"maps"
	"slices"

	"kesan/survey"
)

// census says how many answers of one unit there are in each month of a period, by the smallest groups that figures tell
// apart. It is all that decides what may be shown.
type census struct {
	groups []atomKey    // in order
	months []monthCount // of the period
}

// atomKey names the smallest group of answers that figures tell apart.
type atomKey struct {
	service, counter, officer string
	trust                     survey.Trust
}

// monthCount are the answers of a month, of all groups together and of each.
type monthCount struct {
	total   survey.Size
	least   int64         // answers to the unsur with the fewest, see Means.Least
	n       []survey.Size // by the place of the group; short where the last ones have none
	choices survey.Choices
}

// counted returns the number of answers that a variable counts.
func (v variable) counted(n survey.Size) int64 {
	switch v {
	case ofIndex:
		return n.Index
	case ofOfficer:
		return n.Officer
	case ofWait:
		return n.Waited
	}
	return n.People
}

// count counts the answers of a group in the month.
func (m *monthCount) count(group int, n survey.Size) {
	m.total.Add(n)
	if more := group + 1 - len(m.n); more > 0 {
		m.n = append(m.n, make([]survey.Size, more)...)
	}
	m.n[group].Add(n)
}

// of returns how many answers of a group a variable counts.
func (m *monthCount) of(v variable, group int) int64 {
	if group >= len(m.n) {
		return 0
	}
	return v.counted(m.n[group])
}

func (k atomKey) compare(o atomKey) int {
	return cmp.Or(cmp.Compare(k.service, o.service), cmp.Compare(k.counter, o.counter), cmp.Compare(k.officer, o.officer),
		cmp.Compare(k.trust, o.trust))
}

// code returns the service, counter or officer that the answers are about; empty for none.
func (k atomKey) code(p part) string {
	switch p {
	case partService:
		return k.service
	case partCounter:
		return k.counter
	}
	return k.officer
}

// holds says whether the answers of a group are in a cell of its unit.
func (k cellKey) holds(group atomKey) bool {
	if group.trust < k.Trust {
		return false
	}
	switch k.Part {
	case partService, partCounter, partOfficer:
		return group.code(k.Part) == k.Code
	}
	return true
}

// codes returns the services or counters that there are answers about, in order.
func (c *census) codes(p part) []string {
	seen := map[string]bool{}
	for _, group := range c.groups {
		if code := group.code(p); code != "" {
			seen[code] = true
		}
	}
	return slices.Sorted(maps.Keys(seen))
}

// staff returns who served, in order of ID: whom anybody's answer is about.
func (c *census) staff() []string {
	seen := map[string]bool{}
	for i := range c.months {
		for group, n := range c.months[i].n {
			if officer := c.groups[group].officer; officer != "" && n.People > 0 {
				seen[officer] = true
			}
		}
	}
	return slices.Sorted(maps.Keys(seen))
}

// sort brings the groups into order; to[i] becomes the place of what stood at from[i].
func (c *census) sort(order []int) {
	groups := make([]atomKey, len(order))
	for to, from := range order {
		groups[to] = c.groups[from]
	}
	c.groups = groups
	for i := range c.months {
		m := &c.months[i]
		n := make([]survey.Size, len(order))
		for to, from := range order {
			if from < len(m.n) {
				n[to] = m.n[from]
			}
		}
		m.n = n
	}
}

// part cuts out some of the months.
func (c *census) part(from, length int) *census {
	return &census{groups: c.groups, months: c.months[from : from+length]}
}
