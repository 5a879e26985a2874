// Package auth signs people in: password hashes, short sessions and the mark that ties a form to its session. What an
// account may do is not its business.
package auth

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
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

var errWrong = errors.New("wrong password")

type credential struct {
	Salt []byte `json:"salt"`
	Hash []byte `json:"hash"`
}

// CheckNew says what is wrong with a new password, as a key of the texts, or "".
func CheckNew(password, username string) (key string, args []any) {
	n := utf8.RuneCountInString(password)
	switch {
	case n < MinPassword:
		return "password.short", []any{MinPassword}
	case n > MaxPassword:
		return "password.long", []any{MaxPassword}
	case strings.Contains(strings.ToLower(password), strings.ToLower(username)):
		return "password.username", nil
	case common(password):
		return "password.common", nil
	}
	return "", nil
}

// common refuses the passwords that are tried first here. Length does most of the work.
func common(password string) bool {
	plain := strings.ToLower(password)
	for _, word := range []string{"password", "123456789012", "qwertyuiop", "indonesia123", "admin1234567", "rahasia12345", "bismillah123", "kesan1234567"} {
		if strings.HasPrefix(plain, word) && len(plain) < len(word)+4 {
			return true
		}
	}
	return strings.Count(plain, plain[:1]) == len(plain)
}

// SetPassword keeps the hash of a new password, replacing the old one.
func (a *Auth) SetPassword(ctx context.Context, username, password string) error {
	c := credential{Salt: make([]byte, saltSize)}
	rand.Read(c.Salt)
	c.Hash = a.hash(password, c.Salt)
	value, err := json.Marshal(c)
	if err != nil {
		return err
	}
	if err := a.store.PutEntry(ctx, survey.Entry{Key: credentialKey(username), Value: value}); err != nil {
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
	same := subtle.ConstantTimeCompare(a.hash(password, c.Salt), c.Hash) == 1
	if !known || !same {
		return errWrong
	}
	return nil
}

func (a *Auth) hash(password string, salt []byte) []byte {
	a.hashing <- struct{}{}
	defer func() { <-a.hashing }()
	return argon2.IDKey([]byte(password), salt, argonTime, argonMemory, argonLanes, hashSize)
}

func credentialKey(username string) string { return "credential/" + username }

// NewPassword returns a random password for a new account, easy to read out: four groups of five letters.
func NewPassword() string {
	raw := make([]byte, 12)
	rand.Read(raw)
	text := strings.ToLower(strings.NewReplacer("-", "x", "_", "y").Replace(base64.RawURLEncoding.EncodeToString(raw)))
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
