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
	raw, err := os.ReadFile(k.clockFile())
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("key directory: %w", err)
	}
	last, err := time.Parse(time.RFC3339, strings.TrimSpace(string(raw)))
	if err == nil && now.Sub(last) > leap && k.dayKeysSince(last) {
		return ErrClockLeapt
	}
	if now.Before(last) {
		return nil
	}
	return k.ConfirmClock()
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
