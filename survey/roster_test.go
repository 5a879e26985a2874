package survey

import (
	"fmt"
	"testing"
)

func TestRoster(t *testing.T) {
	t.Parallel()
	duty := func(officer, from, to string) Duty {
		return Duty{Counter: "L1", Officer: officer, From: LocalTime("2026-11-18T" + from), To: LocalTime("2026-11-18T" + to)}
	}
	cases := []struct {
		name           string
		duties         []Duty
		gaps, overlaps string
	}{
		{"nobody", nil, "[{08:00 16:00}]", "[]"},
		{"whole day", []Duty{duty("a", "08:00", "16:00")}, "[]", "[]"},
		{"longer than open", []Duty{duty("a", "07:30", "17:00")}, "[]", "[]"},
		{"late and early home", []Duty{duty("a", "09:00", "15:00")}, "[{08:00 09:00} {15:00 16:00}]", "[]"},
		{"pause", []Duty{duty("a", "08:00", "12:00"), duty("b", "13:00", "16:00")}, "[{12:00 13:00}]", "[]"},
		{"handover", []Duty{duty("a", "08:00", "12:00"), duty("b", "12:00", "16:00")}, "[]", "[]"},
		{"two at once", []Duty{duty("a", "08:00", "13:00"), duty("b", "12:00", "16:00")}, "[]", "[{12:00 13:00}]"},
		{"twice the same", []Duty{duty("a", "08:00", "13:00"), duty("a", "12:00", "16:00")}, "[]", "[]"},
		{"only after closing", []Duty{duty("a", "18:00", "20:00")}, "[{08:00 16:00}]", "[]"},
		{"night before", []Duty{{Counter: "L1", Officer: "a", From: "2026-11-17T20:00", To: "2026-11-18T09:00"}}, "[{09:00 16:00}]", "[]"},
		{"cancelled", []Duty{{Counter: "L1", Officer: "a", From: "2026-11-18T08:00", To: "2026-11-18T16:00", Cancelled: true}}, "[{08:00 16:00}]", "[]"},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			office := newOffice()
			office.Units["u"] = Held[Unit]{Value: Unit{Code: "u", Zone: WIB}}
			office.Counters["L1"] = Held[Counter]{Value: Counter{Code: "L1", Unit: "u"}}
			office.Hours["h"] = Held[OpeningHours]{Value: OpeningHours{Unit: "u", Weekday: Day("2026-11-18").Weekday(), Open: "08:00", Close: "16:00"}}
			for i, d := range tc.duties {
				office.Duties[fmt.Sprint(i)] = Held[Duty]{Value: d}
			}
			office.reindex()
			week := office.Roster("L1", "2026-11-16")
			wednesday := week[2]
			if got := fmt.Sprint(wednesday.Gaps); got != tc.gaps {
				t.Errorf("gaps %s, want %s", got, tc.gaps)
			}
			if got := fmt.Sprint(wednesday.Overlaps); got != tc.overlaps {
				t.Errorf("overlaps %s, want %s", got, tc.overlaps)
			}
			if sunday := week[6]; len(sunday.Gaps) != 0 || sunday.Open != "" {
				t.Errorf("closed Sunday has gaps: %+v", sunday)
			}
		})
	}
}
