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
	// dayLife is how many days after its own a day key exists: until then a retry finds its first answer, after it nobody
	// can tie an answer to a form.
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
	if !ok && id == newest+1 { // another process may have rotated
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

// Day returns the key of a UTC day. Only the key of today is made; one that is not there any more is survey.ErrExpired.
func (k *Keyring) Day(day survey.Day) ([]byte, error) {
	k.mu.RLock()
	secret, ok := k.days[day]
	k.mu.RUnlock()
	if ok {
		return secret, nil
	}
	path := filepath.Join(k.dir, dayFile(day))
	secret, err := readKey(path)
	if errors.Is(err, fs.ErrNotExist) {
		if day != utcDay(k.clock.Now()) {
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

// Tend rotates the root key when it is due and destroys the day keys whose time has passed. It returns the days destroyed.
// When the clock is more than a day ahead of the latest time seen it destroys nothing and says so.
func (k *Keyring) Tend() ([]survey.Day, error) {
	if err := k.rotate(); err != nil {
		return nil, err
	}
	now := k.clock.Now()
	if err := k.checkClock(now); err != nil {
		return nil, err
	}
	names, err := k.names("day-")
	if err != nil {
		return nil, err
	}
	var gone []survey.Day
	for _, name := range names {
		day := survey.Day(name)
		if day.Add(dayLife) >= utcDay(now) {
			continue
		}
		if err := shred(filepath.Join(k.dir, dayFile(day))); err != nil {
			return gone, err
		}
		k.mu.Lock()
		delete(k.days, day)
		k.mu.Unlock()
		gone = append(gone, day)
	}
	return gone, nil
}

// ErrClockLeapt is returned by Tend when the clock has jumped ahead; see ConfirmClock.
var ErrClockLeapt = errors.New("the clock is more than a day ahead of the last time it was seen; no key was destroyed")

func (k *Keyring) checkClock(now time.Time) error {
	path := filepath.Join(k.dir, "clock")
	raw, err := os.ReadFile(path)
	if err == nil {
		last, parseErr := time.Parse(time.RFC3339, strings.TrimSpace(string(raw)))
		if parseErr == nil && now.Sub(last) > leap && k.dayKeysSince(last) {
			return ErrClockLeapt
		}
	}
	return os.WriteFile(path, []byte(now.Format(time.RFC3339)+"\n"), 0o600)
}

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
	return os.WriteFile(filepath.Join(k.dir, "clock"), []byte(k.clock.Now().Format(time.RFC3339)+"\n"), 0o600)
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

// shred overwrites a key before it removes it; on file systems that copy on write the removal is all there is.
func shred(path string) error {
	zeros := strings.Repeat("0", 2*keySize) + "\n"
	if err := os.WriteFile(path, []byte(zeros), 0o600); err != nil {
		return fmt.Errorf("destroy key: %w", err)
	}
	if err := os.Remove(path); err != nil {
		return fmt.Errorf("destroy key: %w", err)
	}
	return nil
}

func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	defer d.Close()
	return d.Sync()
}
