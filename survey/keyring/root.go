package keyring

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"kesan/survey"
)

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

// Retire destroys a root key: sheets printed with it stop working. ErrNewest: it is the one in use.
func (k *Keyring) Retire(id uint16) error {
	k.mu.Lock()
	defer k.mu.Unlock()
	if id == k.newest {
		return ErrNewest
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
			return at(filepath.Join(k.dir, "root-"+name+".key"), ErrForeign)
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
