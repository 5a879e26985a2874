package survey

// Grain says what a tally sums: a local day, a calendar month or a calendar year of a unit.
type Grain string

// The grains. Months are rolled up from days and years from months.
const (
	GrainDay   Grain = "day"
	GrainMonth Grain = "month"
	GrainYear  Grain = "year"
)

// grains are the widths of the spans as text, the widest span first: "2026", "2026-11", "2026-11-23".
var grains = []struct {
	Grain
	width int
}{{GrainYear, 4}, {GrainMonth, 7}, {GrainDay, 10}}

// span returns the span that a shorter one lies in, or that span itself.
func (g Grain) span(of string) string {
	for _, grain := range grains {
		if grain.Grain == g {
			return of[:grain.width]
		}
	}
	return of
}

// parts returns the grain that a month or a year is rolled up from.
func (g Grain) parts() Grain {
	if g == GrainYear {
		return GrainMonth
	}
	return GrainDay
}

// bounds returns the first and last part that a month or a year can have.
func bounds(span string) (first, last string) { return span + "-01", span + "-31" }
