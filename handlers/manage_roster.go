package handlers

import (
	"net/url"
	"strings"

	"github.com/gofiber/fiber/v2"

	"kesan/handlers/locale"
	"kesan/handlers/view"
	"kesan/survey"
)

const rosterPath = "/kelola/jadwal"

// rosterPage shows a week of one counter, with what does not fit.
func (s *Server) rosterPage(c *fiber.Ctx) error {
	office := s.office()
	page := view.Roster{Base: s.base(c, "Jadwal petugas"), Counters: chosen(counterChoices(office), c.Query("loket"))}
	if len(page.Counters) == 0 {
		return s.render(c, "manage_roster", page)
	}
	counter := c.Query("loket")
	if _, known := office.Counters[counter]; !known {
		counter = page.Counters[0].Value
		page.Counters = chosen(counterChoices(office), counter)
	}
	day, err := survey.ParseDay(c.Query("hari"))
	if err != nil {
		day = s.today(office.Counters[counter].Value.Unit)
	}
	monday := mondayOf(day)
	page.Counter, page.Day, page.Monday = counter, day, monday
	page.Heading = survey.Name(office.Counters, counter) + ", " + locale.Date(monday) + " sampai " + locale.Date(monday.Add(6))
	page.Before, page.After = rosterOf(counter, monday.Add(-7)), rosterOf(counter, monday.Add(7))
	for _, d := range office.Roster(counter, monday) {
		page.Week = append(page.Week, rosterDay(office, counter, d))
		page.Empty = page.Empty || len(d.Duties) == 0 && d.Open != ""
	}
	return s.render(c, "manage_roster", page)
}

func mondayOf(day survey.Day) survey.Day { return day.Add(-(int(day.Weekday()) + 6) % 7) }

func rosterOf(counter string, day survey.Day) string {
	return rosterPath + "?" + url.Values{"loket": {counter}, "hari": {string(day)}}.Encode()
}

func rosterDay(office *survey.Office, counter string, d survey.RosterDay) view.RosterDay {
	shown := view.RosterDay{Day: dayName(d.Day), Hours: "tutup"}
	switch {
	case d.Holiday != "":
		shown.Hours = "libur: " + d.Holiday
	case d.Open != "":
		shown.Hours = dotted(d.Open) + "-" + dotted(d.Close)
	}
	for _, duty := range d.Duties {
		_, id := duty.ObjectKey()
		shown.Duties = append(shown.Duties, view.Link{URL: rosterPath + "/ubah?" + url.Values{"id": {id}}.Encode(),
			Label: dotted(clockOf(duty.From)) + "-" + dotted(clockOf(duty.To)) + " " + survey.Name(office.Officers, duty.Officer)})
	}
	fill := func(from, to string) string {
		return rosterPath + "/baru?" + url.Values{"loket": {counter}, "tanggal": {string(d.Day)}, "mulai": {from}, "selesai": {to}}.Encode()
	}
	for _, gap := range d.Gaps {
		shown.Gaps = append(shown.Gaps, view.Link{Label: dotted(gap.From) + "-" + dotted(gap.To), URL: fill(gap.From, gap.To)})
	}
	for _, overlap := range d.Overlaps {
		shown.Overlaps = append(shown.Overlaps, dotted(overlap.From)+"-"+dotted(overlap.To))
	}
	if len(d.Gaps) == 0 {
		shown.New = fill("", "")
	}
	return shown
}

// dotted writes a time the Indonesian way, 08.00.
func dotted(clock string) string { return strings.Replace(clock, ":", ".", 1) }

func clockOf(at survey.LocalTime) string {
	_, clock, _ := strings.Cut(string(at), "T")
	return clock
}

// copyWeek writes the duties of the week before into the days of a week that are open and have none yet.
func (s *Server) copyWeek(c *fiber.Ctx) error {
	office, counter := s.office(), typed(c, "loket")
	day, err := survey.ParseDay(typed(c, "hari"))
	if err != nil {
		return fiber.ErrBadRequest
	}
	if _, known := office.Counters[counter]; !known {
		return survey.ErrNotFound
	}
	monday := mondayOf(day)
	before, now := office.Roster(counter, monday.Add(-7)), office.Roster(counter, monday)
	var drafts []survey.Draft
	for i, d := range now {
		if len(d.Duties) > 0 || d.Open == "" {
			continue
		}
		for _, duty := range before[i].Duties {
			if !strings.HasPrefix(string(duty.From), string(before[i].Day)) || office.Officers[duty.Officer].Value.Closed {
				continue // a night duty of the day before, or somebody who has left
			}
			duty.From, duty.To = weekLater(duty.From), weekLater(duty.To)
			_, id := duty.ObjectKey()
			drafts = append(drafts, survey.Draft{Object: duty, Base: office.Duties[id].Revision})
		}
	}
	back := rosterOf(counter, monday)
	if len(drafts) == 0 {
		return c.Redirect(withNotice(back, "tetap"), fiber.StatusSeeOther)
	}
	if err := s.Register.Write(c.UserContext(), s.account(c).Username, "salin jadwal minggu sebelumnya", drafts...); err != nil {
		return err
	}
	return c.Redirect(withNotice(back, "tersimpan"), fiber.StatusSeeOther)
}

func weekLater(at survey.LocalTime) survey.LocalTime {
	day, clock, _ := strings.Cut(string(at), "T")
	return survey.LocalTime(string(survey.Day(day).Add(7)) + "T" + clock)
}
