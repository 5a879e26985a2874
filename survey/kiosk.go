package survey

import (
	"encoding/binary"
	"errors"
	"time"
)

const (
	// kioskSlot is the stretch of time for which the roster must name one officer.
	kioskSlot = 15 * time.Minute
	// kioskAhead is how far into the future a kiosk holds forms.
	kioskAhead = 24 * time.Hour
	// kioskEarly is how far the clock of a kiosk may be ahead.
	kioskEarly = 5 * time.Minute
)

// ErrEarly is returned by Resume for a form of a kiosk whose time has not come. It will, so the same form can be sent later.
var ErrEarly = errors.New("the time of this form has not come")

// KioskForms are forms that a kiosk holds in advance: one for each interval, the first from From on. A kiosk that takes the
// form of the present interval never takes one twice, whatever it may have forgotten.
type KioskForms struct {
	From     time.Time
	Interval time.Duration
	Tokens   []string
	Asks     []UnsurSet // what each form asks; nil: all
}

// Advance hands out the forms of a kiosk for a day from an instant, not before now. The same interval always has the same
// form, so asking again gives no kiosk more of them. Errors of CheckDevice.
func (in *Intake) Advance(device Device, from time.Time) (KioskForms, error) {
	now := in.Clock.Now()
	if from.Before(now) {
		from = now
	}
	forms := KioskForms{From: from.Truncate(device.Pause()), Interval: device.Pause()}
	for at := forms.From; at.Before(now.Add(kioskAhead)); at = at.Add(forms.Interval) {
		visit, err := in.OpenKiosk(device, at)
		if err != nil {
			return KioskForms{}, err
		}
		forms.Tokens = append(forms.Tokens, visit.Token)
		if visit.Short() {
			forms.Asks = append(forms.Asks, visit.Asked())
		}
	}
	return forms, nil
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
