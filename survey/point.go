package survey

import (
	"crypto/sha256"
	"slices"
	"time"
)

// Trust says how sure it is that an answer comes from somebody who was served.
type Trust int

// The trust levels. Only levels from TrustDisplay up count as verified.
const (
	TrustPoster   Trust = 0 // a static QR sheet, which can be photographed; or a form sent late
	TrustAssisted Trust = 1 // entered by staff or from paper
	TrustDisplay  Trust = 2 // a rotating QR of a paired screen, or a paired kiosk
	TrustTicket   Trust = 3 // a one-time code
)

// Verified says whether answers of this level count as verified.
func (t Trust) Verified() bool { return t >= TrustDisplay }

// Channel is the way an answer came.
type Channel string

// The channels.
const (
	ChannelPoster   Channel = "poster"
	ChannelAssisted Channel = "assisted" // a member of staff typed what somebody said
	ChannelPaper    Channel = "paper"    // a member of staff typed what somebody wrote
	ChannelDisplay  Channel = "display"
	ChannelKiosk    Channel = "kiosk"
	ChannelTicket   Channel = "ticket"
)

// channels are numbered by their place, which tokens carry: new ones are added at the end.
var channels = []Channel{ChannelPoster, ChannelAssisted, ChannelPaper, ChannelDisplay, ChannelKiosk, ChannelTicket}

func (c Channel) number() byte { return byte(slices.Index(channels, c)) }

// numberedChannel returns the channel with a number; none has a number that no token of ours carries.
func numberedChannel(n byte) Channel {
	if int(n) >= len(channels) {
		return ""
	}
	return channels[n]
}

// Trust returns the level of an answer that came this way in time.
func (c Channel) Trust() Trust {
	switch c {
	case ChannelTicket:
		return TrustTicket
	case ChannelDisplay, ChannelKiosk:
		return TrustDisplay
	case ChannelAssisted, ChannelPaper:
		return TrustAssisted
	}
	return TrustPoster
}

const (
	// formFresh is how long a form may be filled without counting as late.
	formFresh = 30 * time.Minute
	// formLife is how long a form is accepted at all.
	formLife = 24 * time.Hour
	// longLife is the same of a kiosk, which nobody can ask to answer again, and of a ticket, whose form is as old as the ticket but
	// may be opened until the ticket's day ends. The key of the form's day lives longer.
	longLife = 48 * time.Hour
)

// fresh is how long a form of the channel may be filled without counting as late. The form of a ticket is as old as the
// ticket, which is good for its day; a kiosk holds forms in advance, so that a day without a network is not late.
func (c Channel) fresh() time.Duration {
	if c == ChannelTicket || c == ChannelKiosk {
		return formLife
	}
	return formFresh
}

// life is how long a form of the channel is accepted at all.
func (c Channel) life() time.Duration {
	if c == ChannelTicket || c == ChannelKiosk {
		return longLife
	}
	return formLife
}

// Point is where a form is handed out: it stands for a counter, and says how sure it is that people there were served.
type Point struct {
	Channel Channel
	ID      string // of the sheet; where there is no such object, CounterTag
	Counter string
	Service string // set when it is for one service only
	Officer string // set when it is bound to an officer; else the roster says who is on duty
	// Unattributed says that answers count for the unit alone, whoever is on duty.
	Unattributed bool
}

// Point returns the point of a sheet.
func (s Sheet) Point() Point {
	return Point{Channel: ChannelPoster, ID: s.ID, Counter: s.Counter, Service: s.Service, Officer: s.Officer}
}

// point returns the point that a form token names. ErrNotFound: there is none.
func (o *Office) point(channel Channel, id string) (Point, error) {
	switch channel {
	case ChannelPoster:
		sheet, err := o.Sheets.Value(id)
		return sheet.Point(), err
	case ChannelTicket, ChannelAssisted:
		point, ok := o.index.desks[id]
		if !ok {
			return Point{}, ErrNotFound
		}
		point.Channel = channel
		return point, nil
	case ChannelDisplay, ChannelKiosk:
		device, err := o.Devices.Value(id)
		if point := device.Point(); err != nil || point.Channel == channel {
			return point, err
		}
	}
	return Point{}, ErrNotFound
}

// CounterTag is how tokens name a counter: eight letters, as for a sheet.
func CounterTag(code string) string { return deskTag(code, "") }

// deskTag names a counter, or one service of it.
func deskTag(counter, service string) string {
	name := "counter|" + counter
	if service != "" {
		name += "|" + service
	}
	sum := sha256.Sum256([]byte(name))
	return codeAlphabet.EncodeToString(sum[:pointSize])
}
