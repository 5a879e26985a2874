// Package keyring keeps the secrets of a deployment in one directory that only its user may read, apart from the store and
// its backups. Several processes may share the directory: a key is created exclusively, once, and never rewritten.
//
// It holds root keys (root-00001.key, ...) with which tokens are made and verified, and day keys (day-2026-11-21.key) that
// tie an answer to its form for as long as they exist and are destroyed soon after.
package keyring

import (
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
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
		return nil, fmt.Errorf("key directory %s can be read by others (mode %o): run chmod 700 on it", dir, info.Mode().Perm())
	}
	k := &Keyring{dir: dir, clock: clock, days: map[survey.Day][]byte{}}
	if err := k.load(); err != nil {
		return nil, err
	}
	if k.newest == 0 {
		if err := k.addRoot(1); err != nil {
			return nil, err
		}
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

// Day returns the key of a UTC day. Only the key of today is made; one whose time has passed is survey.ErrExpired, even
// before Tend has destroyed it.
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
		if day != today {
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
			return gone, fmt.Errorf("key directory %s: day-%s.key is not one of ours", k.dir, name)
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

// RootKey describes a root key for people.
type RootKey struct {
	ID      uint16
	Created time.Time
	Active  bool
}

// Roots lists the root keys that verify, oldest first.
func (k *Keyring) Roots() ([]RootKey, error) {
	names, err := k.names("root-")
	if err != nil {
		return nil, err
	}
	var list []RootKey
	for _, name := range names {
		info, err := os.Stat(filepath.Join(k.dir, "root-"+name+".key"))
		if err != nil {
			return nil, fmt.Errorf("root key: %w", err)
		}
		id, _ := strconv.Atoi(name)
		list = append(list, RootKey{ID: uint16(id), Created: info.ModTime()})
	}
	if len(list) > 0 {
		list[len(list)-1].Active = true
	}
	return list, nil
}

// Rotate makes a new root key now; the older ones go on verifying.
func (k *Keyring) Rotate() error {
	k.mu.RLock()
	next := k.newest + 1
	k.mu.RUnlock()
	return k.addRoot(next)
}

// Retire destroys a root key: sheets printed with it stop working. The newest cannot be retired.
func (k *Keyring) Retire(id uint16) error {
	k.mu.Lock()
	defer k.mu.Unlock()
	if id == k.newest {
		return fmt.Errorf("key %d makes the new tokens; rotate first", id)
	}
	if k.roots[id] == nil {
		return survey.ErrNotFound
	}
	if err := shred(filepath.Join(k.dir, rootFile(id))); err != nil {
		return err
	}
	delete(k.roots, id)
	return nil
}

func (k *Keyring) rotate() error {
	roots, err := k.Roots()
	if err != nil || len(roots) == 0 {
		return err
	}
	if k.clock.Now().Sub(roots[len(roots)-1].Created) < rotation {
		return nil
	}
	return k.Rotate()
}

func (k *Keyring) addRoot(id uint16) error {
	_, err := createKey(filepath.Join(k.dir, rootFile(id)))
	if err != nil {
		return err
	}
	return k.load()
}

func (k *Keyring) load() error {
	names, err := k.names("root-")
	if err != nil {
		return err
	}
	roots := map[uint16][]byte{}
	newest := uint16(0)
	for _, name := range names {
		id, err := strconv.ParseUint(name, 10, 16)
		if err != nil {
			return fmt.Errorf("key directory %s: root-%s.key is not one of ours", k.dir, name)
		}
		secret, err := readKey(filepath.Join(k.dir, rootFile(uint16(id))))
		if err != nil {
			return err
		}
		roots[uint16(id)], newest = secret, max(newest, uint16(id))
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	k.roots, k.newest = roots, newest
	return nil
}

// names lists what stands between a prefix and ".key" in the names of the key files, in order.
func (k *Keyring) names(prefix string) ([]string, error) {
	entries, err := os.ReadDir(k.dir)
	if err != nil {
		return nil, fmt.Errorf("key directory: %w", err)
	}
	var names []string
	for _, entry := range entries {
		name, ok := strings.CutPrefix(entry.Name(), prefix)
		if name, isKey := strings.CutSuffix(name, ".key"); ok && isKey {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names, nil
}

func rootFile(id uint16) string     { return fmt.Sprintf("root-%05d.key", id) }
func dayFile(day survey.Day) string { return "day-" + string(day) + ".key" }
func utcDay(t time.Time) survey.Day { return survey.Day(t.UTC().Format("2006-01-02")) }

// createKey writes a new key under a name that must not exist. When another process was faster its key is returned. The
// content is linked into place whole, so no reader ever sees half a key.
func createKey(path string) ([]byte, error) {
	secret := make([]byte, keySize)
	rand.Read(secret)
	temp, err := os.CreateTemp(filepath.Dir(path), ".new-*")
	if err != nil {
		return nil, fmt.Errorf("new key: %w", err)
	}
	defer os.Remove(temp.Name())
	_, err = temp.WriteString(hex.EncodeToString(secret) + "\n")
	if err = errors.Join(err, temp.Sync(), temp.Close()); err != nil {
		return nil, fmt.Errorf("new key: %w", err)
	}
	if err := os.Link(temp.Name(), path); errors.Is(err, fs.ErrExist) {
		return readKey(path)
	} else if err != nil {
		return nil, fmt.Errorf("new key: %w", err)
	}
	return secret, syncDir(filepath.Dir(path))
}

func readKey(path string) ([]byte, error) {
	raw, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("key: %w", err)
	}
	secret, err := hex.DecodeString(strings.TrimSpace(string(raw)))
	if err != nil || len(secret) != keySize {
		return nil, fmt.Errorf("%s is damaged: want %d bytes in hex", path, keySize)
	}
	return secret, nil
}

const goneSuffix = ".gone"

// shred overwrites a key in its place before it removes it; on file systems that copy on write the removal is all there is.
// The key loses its name first: no reader may take the overwritten one for a key, not even after a crash in between.
func shred(path string) error {
	gone := path + goneSuffix
	if err := os.Rename(path, gone); errors.Is(err, fs.ErrNotExist) {
		return nil // another process was faster
	} else if err != nil {
		return fmt.Errorf("destroy key: %w", err)
	}
	return overwrite(gone)
}

func overwrite(path string) error {
	file, err := os.OpenFile(path, os.O_WRONLY, 0)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("destroy key: %w", err)
	}
	_, err = file.WriteString(strings.Repeat("0", 2*keySize))
	if err := errors.Join(err, file.Sync(), file.Close(), os.Remove(path)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("destroy key: %w", err)
	}
	return nil
}

// finishShreds completes what a crash left half done.
func (k *Keyring) finishShreds() error {
	entries, err := os.ReadDir(k.dir)
	if err != nil {
		return fmt.Errorf("key directory: %w", err)
	}
	for _, entry := range entries {
		if strings.HasSuffix(entry.Name(), goneSuffix) {
			err = errors.Join(err, overwrite(filepath.Join(k.dir, entry.Name())))
		}
	}
	return err
}

func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	defer d.Close()
	return d.Sync()
}
