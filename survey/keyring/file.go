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
	"strings"
	"time"

	"kesan/survey"
)

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
		return nil, at(path, ErrDamaged)
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
