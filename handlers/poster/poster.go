package poster

import (
	"slices"
	"strings"
	"unicode/utf8"

	"kesan/survey"
)

// Poster is one sheet as it is printed.
type Poster struct {
	Sheet   survey.Sheet
	Agency  string
	Unit    string // with those above it for which there is room
	Counter string
	// Services are those that the sheet is for, the first few; More says how many others there are.
	Services []string
	More     int
	Address  string // what the QR code says
	Short    string // what people type instead
	Code     Code
	Colour   string // of the unit
	Logo     string // name of the unit's picture; empty: none
}

// maxServices is how many services are named on a sheet. A counter that does everything need not say so.
const maxServices = 3

// Of makes the poster of a sheet. base is the address at which people reach the server.
func Of(office *survey.Office, minter *survey.Minter, base string, sheet survey.Sheet) (Poster, error) {
	token, err := minter.Poster(sheet.ID)
	if err != nil {
		return Poster{}, err
	}
	counter := office.Counters[sheet.Counter].Value
	p := Poster{Sheet: sheet, Agency: office.Agency().Name, Unit: placeOf(office, counter.Unit), Counter: counter.Name,
		Address: Address(base, token), Short: Short(base, sheet.ID), Colour: office.ColourOf(counter.Unit), Logo: office.LogoOf(counter.Unit)}
	for _, code := range office.ServicesAt(counter) {
		switch {
		case sheet.Service != "" && sheet.Service != code:
		case len(p.Services) < maxServices:
			p.Services = append(p.Services, survey.Name(office.Services, code))
		default:
			p.More++
		}
	}
	p.Code, err = Encode(p.Address)
	return p, err
}

// roomForUnits is how many characters of names a poster has room for below that of the counter: twice what people read at a
// glance, so that no unit's own name is ever cut.
const roomForUnits = 160

// placeOf names a unit with as many of those above it as there is room for.
func placeOf(office *survey.Office, unit string) string {
	var names []string
	room := roomForUnits
	for _, code := range slices.Backward(office.Path(unit)) {
		name := survey.Name(office.Units, code)
		if room -= utf8.RuneCountInString(name); room < 0 {
			break
		}
		names = append(names, name)
	}
	return strings.Join(names, ", ")
}

// Address returns what a QR code says: all in upper case, which a QR code keeps in a third less room than mixed letters.
// Scheme and host do not mind, and the server takes /S/ for /s/.
func Address(base, token string) string { return strings.ToUpper(base) + "/S/" + token }

// Short returns the address that people type, without what a browser adds by itself.
func Short(base, sheet string) string {
	_, host, _ := strings.Cut(base, "://")
	return strings.ToLower(host) + "/s/" + sheet
}
