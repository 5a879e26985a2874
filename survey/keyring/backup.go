package keyring

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"golang.org/x/crypto/argon2"
)

// backup is what a backup file holds. Day keys are never in it: that they are gone is the point of them.
type backup struct {
	Salt   []byte `json:"salt"`
	Nonce  []byte `json:"nonce"`
	Sealed []byte `json:"sealed"`
}

// Argon2id for a passphrase that may be attacked for years: 64 MiB, 3 passes.
func sealKey(passphrase string, salt []byte) (cipher.AEAD, error) {
	block, err := aes.NewCipher(argon2.IDKey([]byte(passphrase), salt, 3, 64<<10, 1, keySize))
	if err != nil {
		return nil, err
	}
	return cipher.NewGCM(block)
}

// Backup writes the root keys, encrypted with a passphrase, to a file that must not exist.
func (k *Keyring) Backup(path, passphrase string) error {
	roots := map[uint16]string{}
	k.mu.RLock()
	for id, secret := range k.roots {
		roots[id] = hex.EncodeToString(secret)
	}
	k.mu.RUnlock()
	plain, err := json.Marshal(roots)
	if err != nil {
		return err
	}
	b := backup{Salt: make([]byte, 16), Nonce: make([]byte, 12)}
	rand.Read(b.Salt)
	rand.Read(b.Nonce)
	seal, err := sealKey(passphrase, b.Salt)
	if err != nil {
		return err
	}
	b.Sealed = seal.Seal(nil, b.Nonce, plain, nil)
	body, err := json.Marshal(b)
	if err != nil {
		return err
	}
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return fmt.Errorf("key backup: %w", err)
	}
	_, err = file.Write(body)
	if err := errors.Join(err, file.Sync(), file.Close()); err != nil {
		return fmt.Errorf("key backup: %w", errors.Join(err, os.Remove(path)))
	}
	return nil
}

// Restore writes the root keys of a backup into a directory that has none yet; ErrHeld: it has. ErrPassphrase: the passphrase
// does not open the backup, or it is damaged or none.
func Restore(dir, path, passphrase string) error {
	raw, err := os.ReadFile(path)
	if err != nil {
		return fmt.Errorf("key backup: %w", err)
	}
	var b backup
	if err := json.Unmarshal(raw, &b); err != nil || len(b.Nonce) != 12 {
		return ErrPassphrase
	}
	seal, err := sealKey(passphrase, b.Salt)
	if err != nil {
		return err
	}
	plain, err := seal.Open(nil, b.Nonce, b.Sealed, nil)
	if err != nil {
		return ErrPassphrase
	}
	var roots map[uint16]string
	if err := json.Unmarshal(plain, &roots); err != nil {
		return ErrPassphrase
	}
	return writeRoots(dir, roots)
}

func writeRoots(dir string, roots map[uint16]string) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return fmt.Errorf("key directory: %w", err)
	}
	if present, err := filepath.Glob(filepath.Join(dir, "root-*.key")); err != nil || len(present) > 0 {
		return at(dir, ErrHeld)
	}
	for id, secret := range roots {
		file, err := os.OpenFile(filepath.Join(dir, rootFile(id)), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
		if err != nil {
			return fmt.Errorf("restore key: %w", err)
		}
		_, err = file.WriteString(secret + "\n")
		if err := errors.Join(err, file.Sync(), file.Close()); err != nil {
			return fmt.Errorf("restore key: %w", err)
		}
	}
	return syncDir(dir)
}
