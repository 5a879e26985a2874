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
