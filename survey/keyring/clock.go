package keyring

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// ErrClockLeapt is returned by Tend when the clock has jumped ahead; see ConfirmClock.
var ErrClockLeapt = errors.New("the clock is more than a day ahead of the last time it was seen; no key was destroyed")

func (k *Keyring) checkClock(now time.Time) error {
	last, err := k.lastSeen()
	if err != nil {
		return err
	}
	if !last.IsZero() && now.Sub(last) > leap && k.dayKeysSince(last) {
		return ErrClockLeapt
	}
	if now.Before(last) {
		return nil
	}
	return k.ConfirmClock()
}

// noteEvery is how exactly the latest time seen is kept.
const noteEvery = 20 * time.Second

// Behind returns how far the clock is behind the latest time seen, 0 when it is not, and keeps the present time. A leap ahead
// is left to Tend, which needs the time before it.
func (k *Keyring) Behind() (time.Duration, error) {
	now := k.clock.Now()
	last, err := k.lastSeen()
	switch {
	case err != nil:
		return 0, err
	case now.Before(last):
		return last.Sub(now), nil
	case last.IsZero() || now.Sub(last) > noteEvery && now.Sub(last) <= leap:
		return 0, k.ConfirmClock()
	}
	return 0, nil
}

// lastSeen returns the latest time seen, or the zero time.
func (k *Keyring) lastSeen() (time.Time, error) {
	raw, err := os.ReadFile(k.clockFile())
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return time.Time{}, fmt.Errorf("key directory: %w", err)
	}
	last, err := time.Parse(time.RFC3339, strings.TrimSpace(string(raw)))
	if err != nil {
		return time.Time{}, nil // cut off while it was written: as good as none
	}
	return last, nil
}

func (k *Keyring) clockFile() string { return filepath.Join(k.dir, "clock") }

// dayKeysSince says whether the process itself has been running: a server that was switched off for a week finds an old
// clock file and no newer day key, which is no leap.
func (k *Keyring) dayKeysSince(last time.Time) bool {
	k.mu.RLock()
	defer k.mu.RUnlock()
	for day := range k.days {
		if day <= utcDay(last) {
			return true
		}
	}
	return false
}

// ConfirmClock accepts the present time after a leap, on an operator's word.
func (k *Keyring) ConfirmClock() error {
	return os.WriteFile(k.clockFile(), []byte(k.clock.Now().Format(time.RFC3339)+"\n"), 0o600)
}
