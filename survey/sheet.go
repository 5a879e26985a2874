package survey

import "time"

// CheckSheet says whether a sheet may be used at an instant. ErrRevoked: it was withdrawn; ErrClosed: its counter or unit is
// closed for good; ErrExpired: it is not valid on that day.
func (o *Office) CheckSheet(sheet Sheet, now time.Time) error {
	counter := o.Counters[sheet.Counter].Value
	unit := o.Units[counter.Unit].Value
	today := DayOf(now, unit.Zone)
	switch {
	case sheet.Revoked:
		return ErrRevoked
	case counter.Closed || unit.Closed:
		return ErrClosed
	case today < sheet.ValidFrom || sheet.ValidTo != "" && today > sheet.ValidTo:
		return ErrExpired
	}
	return nil
}

// Unposted returns the open counters of a unit and of those below it that have no sheet which is valid now or will be.
func (o *Office) Unposted(unit string, now time.Time) []Counter {
	posted := map[string]bool{}
	for _, held := range o.Sheets {
		sheet := held.Value
		today := DayOf(now, o.Zone(o.Counters[sheet.Counter].Value.Unit))
		if !sheet.Revoked && (sheet.ValidTo == "" || sheet.ValidTo >= today) {
			posted[sheet.Counter] = true
		}
	}
	var list []Counter
	for _, below := range o.Subtree(unit) {
		if o.Units[below].Value.Closed {
			continue
		}
		for _, code := range o.CountersOf(below) {
			if counter := o.Counters[code].Value; !counter.Closed && !posted[code] {
				list = append(list, counter)
			}
		}
	}
	return list
}

// ColourOf returns the colour of a unit's posters: its own, else that of the nearest unit above, else the agency's.
func (o *Office) ColourOf(unit string) string {
	return o.nearest(unit, o.Agency().Colour, func(u Unit) string { return u.Colour })
}

// LogoOf returns the digest of the picture on a unit's posters, found in the same way; empty when there is none.
func (o *Office) LogoOf(unit string) string {
	return o.nearest(unit, o.Agency().Logo, func(u Unit) string { return u.Logo })
}

// nearest returns what a unit or the nearest above it has of its own, else the given.
func (o *Office) nearest(unit, otherwise string, own func(Unit) string) string {
	path := o.Path(unit)
	for i := len(path) - 1; i >= 0; i-- {
		if value := own(o.Units[path[i]].Value); value != "" {
			return value
		}
	}
	return otherwise
}

// PosterOf returns the sheet of a counter that anybody there may use now, the newest first. ErrNotFound: there is none.
func (o *Office) PosterOf(counter string, now time.Time) (Sheet, error) {
	var newest Sheet
	for _, id := range o.Sheets.IDs() {
		sheet := o.Sheets[id].Value
		if sheet.Counter == counter && sheet.Service == "" && sheet.Officer == "" && o.CheckSheet(sheet, now) == nil && sheet.ValidFrom > newest.ValidFrom {
			newest = sheet
		}
	}
	if newest.ID == "" {
		return Sheet{}, ErrNotFound
	}
	return newest, nil
}
