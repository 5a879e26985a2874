// Package keyring keeps the secrets of a deployment in one directory that only its user may read, apart from the store and
// its backups. Several processes may share the directory: a key is created exclusively, once, and never rewritten.
//
// It holds root keys (root-00001.key, ...) with which tokens are made and verified, and day keys (day-2026-11-21.key) that
// tie an answer to its form for as long as they exist and are destroyed soon after.
package keyring

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"time"

	"kesan/survey"
)

const (
	keySize = 32
	// rotation is how long a root key makes new tokens. Older ones go on verifying until they are retired.
	rotation = 30 * 24 * time.Hour
	// dayLife is how many days after its own a day key is destroyed: until then a retry finds its first answer, from then on
	// nobody can tie an answer to a form.
	dayLife = 3
	// leap is the largest jump of the clock, against the latest time seen, at which day keys are still destroyed.
	leap = 24 * time.Hour
)

// Keyring implements survey.Keys on a directory.
type Keyring struct {
	// Fresh says that the directory had no root key when it was opened: sheets that were printed before cannot be read.
	Fresh bool

	dir   string
	clock survey.Clock

	mu     sync.RWMutex
	roots  map[uint16][]byte
	days   map[survey.Day][]byte
	newest uint16
}

// Open opens the directory, making it and a first root key when there is none.
func Open(dir string, clock survey.Clock) (*Keyring, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("key directory: %w", err)
	}
	if info, err := os.Stat(dir); err != nil {
		return nil, fmt.Errorf("key directory: %w", err)
	} else if info.Mode().Perm()&0o077 != 0 {
		return nil, at(dir, ErrShared)
	}
	k := &Keyring{dir: dir, clock: clock, days: map[survey.Day][]byte{}}
	if err := k.load(); err != nil {
		return nil, err
	}
	if k.newest == 0 {
		if err := k.addRoot(1); err != nil {
			return nil, err
		}
		k.Fresh = true
	}
	return k, nil
}

// Root returns the newest root key.
func (k *Keyring) Root() (uint16, []byte) {
	k.mu.RLock()
	defer k.mu.RUnlock()
	return k.newest, k.roots[k.newest]
}

// RootByID returns a root key that has not been retired.
func (k *Keyring) RootByID(id uint16) ([]byte, error) {
	k.mu.RLock()
	secret, ok := k.roots[id]
	newest := k.newest
	k.mu.RUnlock()
	if !ok && id > newest { // another process may have rotated
		if _, err := os.Stat(filepath.Join(k.dir, rootFile(id))); err != nil {
			return nil, survey.ErrNotFound
		}
		if err := k.load(); err != nil {
			return nil, err
		}
		k.mu.RLock()
		defer k.mu.RUnlock()
		secret, ok = k.roots[id]
	}
	if !ok {
		return nil, survey.ErrNotFound
	}
	return secret, nil
}

// Day returns the key of a UTC day. Only the keys of today and tomorrow are made, since a kiosk holds forms in advance; one
// whose time has passed is survey.ErrExpired, even before Tend has destroyed it.
func (k *Keyring) Day(day survey.Day) ([]byte, error) {
	today := utcDay(k.clock.Now())
	if over(day, today) {
		return nil, survey.ErrExpired
	}
	k.mu.RLock()
	secret, ok := k.days[day]
	k.mu.RUnlock()
	if ok {
		return secret, nil
	}
	path := filepath.Join(k.dir, dayFile(day))
	secret, err := readKey(path)
	if errors.Is(err, fs.ErrNotExist) {
		if day != today && day != today.Add(1) {
			return nil, survey.ErrExpired
		}
		secret, err = createKey(path)
	}
	if err != nil {
		return nil, err
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	k.days[day] = secret
	return secret, nil
}

func over(day, today survey.Day) bool { return day.Add(dayLife) <= today }

// Tend takes over what other processes have done to the root keys, rotates the newest when it is due and destroys the day
// keys whose time has passed. It returns the days destroyed. When the clock is more than a day ahead of the latest time seen
// it destroys nothing and says so.
func (k *Keyring) Tend() ([]survey.Day, error) {
	if err := k.load(); err != nil {
		return nil, err
	}
	if err := k.rotate(); err != nil {
		return nil, err
	}
	now := k.clock.Now()
	if err := k.checkClock(now); err != nil {
		return nil, err
	}
	k.forget(utcDay(now))
	names, err := k.names("day-")
	if err != nil {
		return nil, err
	}
	var gone []survey.Day
	for _, name := range names {
		day, err := survey.ParseDay(name)
		if err != nil {
			return gone, at(filepath.Join(k.dir, "day-"+name+".key"), ErrForeign)
		}
		if !over(day, utcDay(now)) {
			continue
		}
		if err := shred(filepath.Join(k.dir, dayFile(day))); err != nil {
			return gone, err
		}
		gone = append(gone, day)
	}
	return gone, k.finishShreds()
}

// forget drops day keys from memory, also those whose files another process has destroyed.
func (k *Keyring) forget(today survey.Day) {
	k.mu.Lock()
	defer k.mu.Unlock()
	for day := range k.days {
		if over(day, today) {
			delete(k.days, day)
		}
	}
}
