package survey

import (
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"time"
)

const (
	// kioskSlot is the stretch of time for which the roster must name one officer.
	kioskSlot = 15 * time.Minute
	// kioskAhead is how far into the future a kiosk holds forms at least.
	kioskAhead = 24 * time.Hour
	// kioskEarly is how far the clock of a kiosk may be ahead.
	kioskEarly = 5 * time.Minute
)

// ErrEarly is returned by Resume for a form of a kiosk whose time has not come. It will, so the same form can be sent later.
var ErrEarly = errors.New("the time of this form has not come")

// KioskHour are the forms that a kiosk holds in advance for an hour, one for each interval that begins within it. A kiosk that
// takes the form of the present interval never takes one twice, whatever it may have forgotten.
type KioskHour struct {
	Mark   string    // the same as long as all forms of the hour are
	From   time.Time // of the first form; those of intervals that are over are left out
	Tokens []string
	Asks   []UnsurSet // what each form asks; nil: all
}

// Advance hands out the forms of a kiosk for a day from the present interval on, and for what the last hour has beyond it. The
// same interval always has the same form, so asking again gives no kiosk more of them. Errors of CheckDevice.
func (in *Intake) Advance(device Device) ([]KioskHour, error) {
	now := in.Clock.Now()
	present := now.Truncate(device.Pause())
	var hours []KioskHour
	for from := present.Truncate(time.Hour); !from.After(now.Add(kioskAhead)); from = from.Add(time.Hour) {
		hour, err := in.kioskHour(device, from)
		if err != nil {
			return nil, err
		}
		hours = append(hours, hour.since(present, device.Pause()))
	}
	return hours, nil
}

func (in *Intake) kioskHour(device Device, from time.Time) (KioskHour, error) {
	first := from.Add(device.Pause() - 1).Truncate(device.Pause())
	hour, sum := KioskHour{From: first}, sha256.New()
	for at := first; at.Before(from.Add(time.Hour)); at = at.Add(device.Pause()) {
		visit, err := in.OpenKiosk(device, at)
		if err != nil {
			return KioskHour{}, err
		}
		hour.Tokens = append(hour.Tokens, visit.Token)
		sum.Write([]byte(visit.Token))
		if visit.Short() {
			hour.Asks = append(hour.Asks, visit.Asked())
		}
	}
	hour.Mark = codeAlphabet.EncodeToString(sum.Sum(nil)[:5])
	return hour, nil
}

// since leaves out the forms of intervals that are over.
func (h KioskHour) since(present time.Time, pause time.Duration) KioskHour {
	over := int(present.Sub(h.From) / pause)
	if over <= 0 {
		return h
	}
	h.From, h.Tokens, h.Asks = present, h.Tokens[over:], h.Asks[min(over, len(h.Asks)):]
	return h
}

// OpenKiosk opens the form of a kiosk for the interval that an instant lies in. Which unsur the short form asks is drawn by
// lot, as is the nonce: most intervals pass unused, so no order would be kept. Errors of CheckDevice.
func (in *Intake) OpenKiosk(device Device, at time.Time) (Visit, error) {
	office := in.Register.Office()
	if err := office.CheckDevice(device); err != nil {
		return Visit{}, err
	}
	token := Token{Issued: at.Truncate(device.Pause())}
	key, err := in.Keys.Day(issueDay(token))
	if err != nil {
		return Visit{}, err
	}
	when := binary.BigEndian.AppendUint64(nil, uint64(token.Issued.Unix()))
	dealt := keyed(key, []byte("kiosk|"+device.ID+"|"), when)
	copy(token.Nonce[:], dealt)
	if office.ModeOf(office.Counters[device.Counter].Value.Unit) == FormShort {
		token.Ask = ShortBlocks[binary.BigEndian.Uint64(dealt[8:])%uint64(len(ShortBlocks))]
	}
	return in.handOut(office, device.Point(), token)
}

// onDutyThrough returns the officer of a whole slot, or "". A form that was handed out in advance may be filled at any moment
// of it.
func (o *Office) onDutyThrough(counter string, at time.Time) string {
	from := at.Truncate(kioskSlot)
	officer := o.OnDuty(counter, from)
	if o.OnDuty(counter, from.Add(kioskSlot-time.Second)) != officer {
		return ""
	}
	return officer
}

// checkKiosk refuses forms of a kiosk before their time, and those of the time after it was withdrawn: a stolen kiosk holds
// forms for a day.
func (o *Office) checkKiosk(token Token, now time.Time) error {
	held := o.Devices[token.Point]
	switch {
	case token.Channel != ChannelKiosk:
		return nil
	case held.Value.Revoked && token.Issued.After(held.At):
		return ErrRevoked
	case token.Issued.Sub(now) > kioskEarly:
		return ErrEarly
	}
	return nil
}
