package survey

import (
	"crypto/rand"
	"errors"
	"fmt"
	"sync"
	"time"
)

const (
	// DisplaySlot is how long a display shows one code.
	DisplaySlot = 30 * time.Second
	// displayLife is how long after it was first shown a code opens a form.
	displayLife = 90 * time.Second
	// displayForms is how many forms one code opens.
	displayForms = 3
	// clockSlack is how far the clock may run behind the latest time seen. Further back, codes of the past would open again.
	clockSlack = time.Minute
)

// Why the code of a display opens no form.
var (
	ErrTurned  = errors.New("the display shows another code by now")
	ErrCrowded = errors.New("others have opened all forms of this code")
	ErrBehind  = errors.New("the clock is behind the latest time seen; once it is right, run kesan key confirm-clock")
)

// Show returns the code that a display shows now, and when the next one begins. It is the same in every process. ErrBehind:
// the clock cannot be right. Errors of CheckDevice.
func (in *Intake) Show(device Device) (token string, next time.Time, err error) {
	if err := in.mayShow(device); err != nil {
		return "", time.Time{}, err
	}
	slot := in.Clock.Now().Truncate(DisplaySlot)
	token, err = in.Minter.Display(device.ID, slot)
	return token, slot.Add(DisplaySlot), err
}

func (in *Intake) mayShow(device Device) error {
	if err := in.Register.Office().CheckDevice(device); err != nil {
		return err
	}
	behind, err := in.Keys.Behind()
	if err != nil {
		return fmt.Errorf("clock: %w", err)
	}
	if behind > clockSlack {
		return ErrBehind
	}
	return nil
}

// openDisplay opens a form for whoever scanned the code of a display. The form has an address of its own, so that who changes its
// language or loads it anew takes none of those that the code has for others.
func (in *Intake) openDisplay(code Token) (Visit, error) {
	office := in.Register.Office()
	device, err := office.Devices.Value(code.Point)
	if err != nil {
		return Visit{}, err
	}
	if err := in.mayShow(device); err != nil {
		return Visit{}, err
	}
	now := in.Clock.Now()
	if age := now.Sub(code.Issued); age < 0 || age > displayLife {
		return Visit{}, ErrTurned
	}
	if !in.scans.take(code, now) {
		return Visit{}, ErrCrowded
	}
	token := Token{Issued: now.Truncate(time.Second)}
	rand.Read(token.Nonce[:])
	visit, err := in.handOut(office, device.Point(), token)
	visit.Address = visit.Token
	return visit, err
}

// openAgain opens a form that the code of a display opened before. ErrTurned: it is too old.
func (in *Intake) openAgain(token Token, formToken string) (Visit, error) {
	if token.Channel != ChannelDisplay {
		return Visit{}, ErrNotFound
	}
	visit, err := in.Resume(formToken)
	if errors.Is(err, ErrExpired) {
		err = ErrTurned
	}
	return visit, err
}

// scans counts the forms that each code has opened. It is kept in memory: codes live for a minute and a half, and of several
// processes each counts its own, so that a code opens at most three forms at each.
type scans struct {
	mu    sync.Mutex
	forms map[scan]int
}

type scan struct {
	device string
	slot   time.Time
}

// take counts one more form, unless there have been enough.
func (s *scans) take(code Token, now time.Time) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	key := scan{code.Point, code.Issued}
	if s.forms[key] == 0 {
		s.forget(now)
	}
	if s.forms[key] >= displayForms {
		return false
	}
	s.forms[key]++
	return true
}

func (s *scans) forget(now time.Time) {
	if s.forms == nil {
		s.forms = map[scan]int{}
	}
	for key := range s.forms {
		if now.Sub(key.slot) > displayLife {
			delete(s.forms, key)
		}
	}
}
