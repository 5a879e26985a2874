package survey

import "time"

// DeviceKind says what a device does.
type DeviceKind string

// The kinds of devices.
const (
	DeviceDisplay DeviceKind = "display" // layar: shows a QR code that changes
	DeviceKiosk   DeviceKind = "kiosk"   // kios: people answer on it
)

// Device is a screen or kiosk at one counter. ID is also its address. That an administrator admitted a browser as the
// device is not part of it: history must not keep old secrets.
type Device struct {
	ID      string     `json:"id" validate:"required,len=8"` // see NewSheetID
	Kind    DeviceKind `json:"kind" validate:"required,oneof=display kiosk"`
	Counter string     `json:"counter" validate:"required,max=40"`
	Name    string     `json:"name" validate:"required,max=120"`
	// Interval is the shortest time between two answers of a kiosk, in seconds; 0: DefaultInterval.
	Interval int `json:"interval,omitempty" validate:"omitempty,min=10,max=300"`
	// Exit is what staff type to leave the kiosk. It keeps out curious visitors, not thieves.
	Exit    string `json:"exit,omitempty" validate:"omitempty,numeric,min=6,max=8"`
	Revoked bool   `json:"revoked,omitempty"`
	Why     string `json:"why,omitempty" validate:"max=200"` // reason of the revocation
}

// DefaultInterval is the shortest time between two answers of a kiosk that has none of its own, in seconds.
const DefaultInterval = 20

// ObjectKey implements Object.
func (d Device) ObjectKey() (Kind, string) { return KindDevice, d.ID }

// Point returns the point of a device.
func (d Device) Point() Point {
	channel := ChannelDisplay
	if d.Kind == DeviceKiosk {
		channel = ChannelKiosk
	}
	return Point{Channel: channel, ID: d.ID, Counter: d.Counter}
}

// Pause returns the shortest time between two answers of a kiosk.
func (d Device) Pause() time.Duration {
	if d.Interval == 0 {
		return DefaultInterval * time.Second
	}
	return time.Duration(d.Interval) * time.Second
}

// CheckDevice says whether a device may hand out forms. ErrRevoked: it was withdrawn; ErrClosed: its counter or unit is
// closed for good.
func (o *Office) CheckDevice(device Device) error {
	counter := o.Counters[device.Counter].Value
	switch {
	case device.Revoked:
		return ErrRevoked
	case counter.Closed || o.Units[counter.Unit].Value.Closed:
		return ErrClosed
	}
	return nil
}
