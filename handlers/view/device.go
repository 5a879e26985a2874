package view

import (
	"html/template"
	"time"

	"kesan/handlers/locale"
	"kesan/handlers/poster"
	"kesan/survey"
)

// DeviceRow is a device with the names that people know it by.
type DeviceRow struct {
	Device  survey.Device
	Counter string
	Unit    string
	Zone    survey.Zone
	Closed  bool // its counter or unit is
	Paired  bool
	Seen    time.Time // zero: never
	Now     time.Time
}

// Kind is how people call the kind of device.
func (r DeviceRow) Kind() string {
	if r.Device.Kind == survey.DeviceKiosk {
		return "Kios"
	}
	return "Layar loket"
}

// Ended is the word for a device that is no longer used.
func (r DeviceRow) Ended() string {
	switch {
	case r.Device.Revoked:
		return "Dicabut"
	case r.Closed:
		return "Loket ditutup"
	}
	return ""
}

// Pairable says whether a browser may be admitted as the device.
func (r DeviceRow) Pairable() bool { return r.Ended() == "" }

// Kiosk says whether people answer on it.
func (r DeviceRow) Kiosk() bool { return r.Device.Kind == survey.DeviceKiosk }

// Interval is the shortest time between two answers, in seconds.
func (r DeviceRow) Interval() int { return int(r.Device.Pause() / time.Second) }

// silentAfter is how long after its last contact a device is taken to be off.
const silentAfter = 5 * time.Minute

// Contact says when the device was heard of.
func (r DeviceRow) Contact() string {
	switch {
	case r.Ended() != "":
		return "-"
	case !r.Paired:
		return "Belum dipasangkan"
	case r.Seen.IsZero():
		return "Belum pernah"
	case r.Now.Sub(r.Seen) < silentAfter:
		return "Terhubung"
	}
	return locale.DateTime(r.Seen, r.Zone)
}

// Device is the page of one device.
type Device struct {
	Base
	DeviceRow
	Address  string
	History  string
	Base0    int // revision that a change is made from
	Why      string
	Problem  string
	Conflict bool
}

// Pairing shows a pairing code once.
type Pairing struct {
	Base
	Device  survey.Device
	Code    string
	Address string
	QR      poster.Code
	Until   string
}

// PairForm asks a device for its pairing code.
type PairForm struct {
	Citizen
	Code    string
	Problem string
}

// Kiosk is what the survey page has on a kiosk.
type Kiosk struct {
	Lang    string
	Unsur   string // keys, in the order of survey.UnsurList
	Paired  bool
	Exit    bool // staff can leave it
	Longest int  // wait that can be answered, in minutes
	Thanks  int  // how long it thanks before it begins again, in seconds
}

// KioskExit asks for the exit code, or shows the way on.
type KioskExit struct {
	Citizen
	Name    string
	Back    string
	Problem string
	None    bool // the kiosk has no code
	Open    bool // the code was right
}

// Screen is what a display shows.
type Screen struct {
	Agency  string
	Style   template.CSS // the agency's colour
	Counter string
	Unit    string
	Officer string // empty: not shown
	Score   *Score
	Code    *poster.Code // nil: there is none to show
	Changes bool         // the code does
	Texts   []string     // keys; why there is no code, or no changing one
	Next    int          // seconds until the next code
	Demo    bool
}

// Score is the last published index of a unit.
type Score struct {
	Value  string
	Grade  string
	Word   string // of the grade
	Period string
	N      int64
}

// ScreenStyle gives a display the agency's colour, in words that old browsers of screens know.
func ScreenStyle(colour string) template.CSS {
	brand := BrandOf(colour)
	return template.CSS(".top{background:" + brand.Colour + ";color:" + brand.Text + "}")
}
