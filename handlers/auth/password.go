// Package auth signs people in: password hashes, short sessions and the mark that ties a form to its session. What an
// account may do is not its business.
package auth

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"golang.org/x/crypto/argon2"

	"kesan/survey"
)

// Argon2id as OWASP advises for interactive sign-in: 19 MiB, 2 passes, 1 lane. About 55 ms on an old PC.
const (
	argonTime   = 2
	argonMemory = 19 << 10
	argonLanes  = 1
	hashSize    = 32
	saltSize    = 16
)

// MinPassword and MaxPassword bound the length of a password in characters. Any character is allowed, blanks too.
const (
	MinPassword = 12
	MaxPassword = 128
)

type credential struct {
	Salt      []byte `json:"salt"`
	Hash      []byte `json:"hash"`
	Temporary bool   `json:"temporary,omitempty"` // made by somebody else; see SetTemporary
}

// temporaryLife is how long a password that somebody else made opens anything.
const temporaryLife = 7 * 24 * time.Hour

// CheckNew says what is wrong with a new password, as a key of the texts, or "".
func CheckNew(password, username string) (key string, args []any) {
	n := utf8.RuneCountInString(password)
	switch {
	case n < MinPassword:
		return "password.short", []any{MinPassword}
	case n > MaxPassword:
		return "password.long", []any{MaxPassword}
	case username != "" && strings.Contains(strings.ToLower(password), strings.ToLower(username)):
		return "password.username", nil
	case common(password):
		return "password.common", nil
	}
	return "", nil
}

// commonWords begin the passwords that are tried first here.
var commonWords = []string{"password", "katasandi", "rahasia", "indonesia", "bismillah", "alhamdulillah", "administrator", "qwertyuiop", "1234567890",
	"merdeka", "pancasila", "garuda", "welcome", "kesan1234567"}

// common refuses such a word with a few characters after it, and one character again and again. Length does most of the work.
func common(password string) bool {
	plain := strings.ToLower(password)
	for _, word := range commonWords {
		if strings.HasPrefix(plain, word) && len(plain) <= len(word)+6 {
			return true
		}
	}
	first, _ := utf8.DecodeRuneInString(plain)
	return strings.Trim(plain, string(first)) == ""
}

// SetPassword keeps the hash of a new password, replacing the old one. It ends all sessions of the account.
func (a *Auth) SetPassword(ctx context.Context, username, password string) error {
	return a.keep(ctx, username, password, credential{}, time.Time{})
}

// SetTemporary keeps the hash of a password that somebody else made, as SetPassword does. It opens the account for seven
// days, and only so far that its owner can choose another.
func (a *Auth) SetTemporary(ctx context.Context, username, password string) error {
	if err := a.store.DeleteEntry(ctx, attemptsKey(username)); err != nil {
		return fmt.Errorf("forget attempts: %w", err)
	}
	return a.keep(ctx, username, password, credential{Temporary: true}, a.clock.Now().Add(temporaryLife))
}

// Change replaces a password by its owner, who must know the old one, and begins a new session in place of all others; it
// returns the cookie's value. browser is as for SignIn. ErrWrong; PausedError.
func (a *Auth) Change(ctx context.Context, username, old, fresh, browser string) (string, error) {
	if err := a.verify(ctx, username, old, browser); err != nil {
		return "", err
	}
	if err := a.SetPassword(ctx, username, fresh); err != nil {
		return "", err
	}
	return a.begin(ctx, username)
}

func (a *Auth) keep(ctx context.Context, username, password string, c credential, expires time.Time) error {
	c.Salt = make([]byte, saltSize)
	rand.Read(c.Salt)
	var err error
	if c.Hash, err = a.hash(ctx, password, c.Salt); err != nil {
		return err
	}
	value, err := json.Marshal(c)
	if err != nil {
		return err
	}
	if err := a.store.PutEntry(ctx, survey.Entry{Key: credentialKey(username), Value: value, Expires: expires}); err != nil {
		return fmt.Errorf("keep password: %w", err)
	}
	return nil
}

// check compares a password with the kept hash. An unknown username costs the same time, so that answers do not tell who
// has an account.
func (a *Auth) check(ctx context.Context, username, password string) error {
	entry, err := a.store.Entry(ctx, credentialKey(username), a.clock.Now())
	if err != nil && !errors.Is(err, survey.ErrNotFound) {
		return fmt.Errorf("read password: %w", err)
	}
	known := err == nil
	c := credential{Salt: make([]byte, saltSize), Hash: make([]byte, hashSize)}
	if known {
		if err := json.Unmarshal(entry.Value, &c); err != nil {
			return fmt.Errorf("read password: %w", err)
		}
	}
	hash, err := a.hash(ctx, password, c.Salt)
	if err != nil {
		return err
	}
	same := subtle.ConstantTimeCompare(hash, c.Hash) == 1
	if !known || !same {
		return ErrWrong
	}
	return nil
}

func (a *Auth) hash(ctx context.Context, password string, salt []byte) ([]byte, error) {
	done, err := turn(ctx, a.hashing)
	if err != nil {
		return nil, err
	}
	defer done()
	return argon2.IDKey([]byte(password), salt, argonTime, argonMemory, argonLanes, hashSize), nil
}

func credentialKey(username string) string { return "credential/" + username }

// NewPassword returns a random password for a new account, easy to read out: four groups of four letters and digits.
func NewPassword() string {
	text := strings.ToLower(rand.Text())
	return text[:4] + "-" + text[4:8] + "-" + text[8:12] + "-" + text[12:16]
}

// attempts limits wrong passwords for one account: after five the next try waits, longer each time.
const (
	freeTries = 5
	maxPause  = 15 * time.Minute
)

type attempts struct {
	Wrong int       `json:"wrong"`
	Until time.Time `json:"until"`
}
