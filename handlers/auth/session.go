package auth

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"kesan/survey"
)

// How long a session lives: without use, and at most.
const (
	idleLife    = 30 * time.Minute
	sessionLife = 12 * time.Hour
	// touchEvery spares a write at every click.
	touchEvery = time.Minute
	touchTime  = time.Second
)

// FieldCSRF is the hidden field with the session's mark.
const FieldCSRF = "tanda"

// Auth keeps passwords and sessions in the entries of a store.
type Auth struct {
	store   survey.Store
	clock   survey.Clock
	secure  bool
	hashing chan struct{} // two passwords at a time, so that a flood of sign-ins cannot take all memory
	trying  chan struct{} // one at a time counts a try
	devices
}

// New makes an Auth. secure: people come over HTTPS, so cookies may be bound to the host.
func New(store survey.Store, clock survey.Clock, secure bool) *Auth {
	return &Auth{store: store, clock: clock, secure: secure, hashing: make(chan struct{}, 2), trying: make(chan struct{}, 1),
		devices: devices{contacts: map[string]time.Time{}}}
}

// CookieName returns the name of the session cookie. The __Host- prefix needs HTTPS.
func (a *Auth) CookieName() string {
	if a.secure {
		return "__Host-kesan"
	}
	return "kesan"
}

// Secure says whether cookies must only travel over HTTPS.
func (a *Auth) Secure() bool { return a.secure }

// Session is somebody signed in on one device.
type Session struct {
	Username string    `json:"username"`
	Begun    time.Time `json:"begun"`
	Seen     time.Time `json:"seen"`
	Stamp    []byte    `json:"stamp"` // of the account's password when it began
	// Temporary: the password was made by somebody else, and all that this session may do is choose another.
	Temporary bool `json:"temporary,omitempty"`

	Account survey.Account `json:"-"`
	secret  string
}

// CSRF returns the mark that forms of this session carry, masked anew each time: pages are compressed, and from the length
// of a compressed page a text that stands in all of them could be guessed bit by bit (BREACH).
func (s *Session) CSRF() string {
	mark := s.mark()
	masked := make([]byte, 2*len(mark))
	rand.Read(masked[:len(mark)])
	subtle.XORBytes(masked[len(mark):], mark, masked[:len(mark)])
	return hex.EncodeToString(masked)
}

func (s *Session) mark() []byte {
	h := hmac.New(sha256.New, []byte(s.secret))
	h.Write([]byte("csrf"))
	return h.Sum(nil)[:16]
}

// CheckCSRF says whether a form's mark is this session's.
func (s *Session) CheckCSRF(text string) bool {
	mark := s.mark()
	masked, err := hex.DecodeString(text)
	if err != nil || len(masked) != 2*len(mark) {
		return false
	}
	subtle.XORBytes(masked, masked[len(mark):], masked[:len(mark)])
	return subtle.ConstantTimeCompare(masked[:len(mark)], mark) == 1
}

// ErrWrong is a sign-in that failed; it does not say whether the name or the password was wrong.
var ErrWrong = errors.New("wrong name or password")

// PausedError is a sign-in that must wait because too many failed.
type PausedError struct{ Until time.Time }

// Minutes is how long to wait, told so that nobody comes back too early.
func (e PausedError) Minutes(now time.Time) int64 {
	return int64(e.Until.Sub(now).Round(time.Minute)/time.Minute) + 1
}

func (e PausedError) Error() string {
	return "too many wrong passwords; wait until " + e.Until.Format(time.RFC3339)
}

// SignIn checks a password and begins a session; it returns the cookie's value. browser is what Remember returned, or "".
// ErrWrong; PausedError.
func (a *Auth) SignIn(ctx context.Context, username, password, browser string) (string, error) {
	if err := a.verify(ctx, username, password, browser); err != nil {
		return "", err
	}
	return a.begin(ctx, username)
}

// patience is how long a sign-in waits for its turn. A flood of others must not leave people before an empty page.
const patience = 4 * time.Second

// verify compares a password. Each try counts as a wrong one before it is looked at, and is forgotten when it was right:
// of many that are sent at once no more are looked at than of as many in a row.
func (a *Auth) verify(ctx context.Context, username, password, browser string) error {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	counter, err := a.counter(ctx, username, browser)
	if err != nil {
		return err
	}
	if err := a.countTry(ctx, counter); err != nil {
		return err
	}
	if err := a.check(ctx, username, password); err != nil {
		return err
	}
	if err := a.store.DeleteEntry(ctx, counter); err != nil {
		return fmt.Errorf("forget attempts: %w", err)
	}
	return nil
}

func (a *Auth) begin(ctx context.Context, username string) (string, error) {
	now := a.clock.Now()
	secret := rand.Text() + rand.Text()
	stamp, temporary, err := a.stamp(ctx, username)
	if err != nil {
		return "", err
	}
	return secret, a.put(ctx, secret, Session{Username: username, Begun: now, Seen: now, Stamp: stamp, Temporary: temporary})
}

func (a *Auth) put(ctx context.Context, secret string, s Session) error {
	value, err := json.Marshal(s)
	if err != nil {
		return err
	}
	expires := s.Seen.Add(idleLife)
	if last := s.Begun.Add(sessionLife); last.Before(expires) {
		expires = last
	}
	if err := a.store.PutEntry(ctx, survey.Entry{Key: sessionKey(secret), Value: value, Expires: expires}); err != nil {
		return fmt.Errorf("keep session: %w", err)
	}
	return nil
}

// Session returns the session of a cookie's value and keeps it alive. survey.ErrNotFound: there is none, it has ended, or
// the password has changed since.
func (a *Auth) Session(ctx context.Context, secret string) (Session, error) {
	if secret == "" {
		return Session{}, survey.ErrNotFound
	}
	now := a.clock.Now()
	entry, err := a.store.Entry(ctx, sessionKey(secret), now)
	if err != nil {
		return Session{}, fmt.Errorf("session: %w", err)
	}
	s := Session{secret: secret}
	if err := json.Unmarshal(entry.Value, &s); err != nil {
		return Session{}, fmt.Errorf("session: %w", err)
	}
	stamp, _, err := a.stamp(ctx, s.Username)
	if err != nil {
		return Session{}, err
	}
	if subtle.ConstantTimeCompare(stamp, s.Stamp) != 1 {
		return Session{}, survey.ErrNotFound
	}
	if now.Sub(s.Seen) > touchEvery {
		s.Seen = now
		ctx, cancel := context.WithTimeout(ctx, touchTime)
		defer cancel()
		_ = a.put(ctx, secret, s) // a store that cannot be written now must not end the session: it may be read
	}
	return s, nil
}

// SignOut ends the session of a cookie's value.
func (a *Auth) SignOut(ctx context.Context, secret string) error {
	return a.store.DeleteEntry(ctx, sessionKey(secret))
}

// stamp changes with the password, so that a new password ends all sessions begun with the old one.
func (a *Auth) stamp(ctx context.Context, username string) (stamp []byte, temporary bool, err error) {
	entry, err := a.store.Entry(ctx, credentialKey(username), a.clock.Now())
	if err != nil {
		return nil, false, fmt.Errorf("password of session: %w", err)
	}
	var c credential
	if err := json.Unmarshal(entry.Value, &c); err != nil {
		return nil, false, fmt.Errorf("password of session: %w", err)
	}
	sum := sha256.Sum256(entry.Value)
	return sum[:8], c.Temporary, nil
}

func (a *Auth) attempts(ctx context.Context, counter string) (attempts, error) {
	var tries attempts
	entry, err := a.store.Entry(ctx, counter, a.clock.Now())
	if errors.Is(err, survey.ErrNotFound) {
		return tries, nil
	}
	if err != nil {
		return tries, fmt.Errorf("read attempts: %w", err)
	}
	return tries, json.Unmarshal(entry.Value, &tries)
}

// countTry counts a try under a key. PausedError: it must wait. survey.ErrBusy: too many others try.
func (a *Auth) countTry(ctx context.Context, counter string) error {
	done, err := turn(ctx, a.trying)
	if err != nil {
		return err
	}
	defer done()
	tries, err := a.attempts(ctx, counter)
	if err != nil {
		return err
	}
	now := a.clock.Now()
	if now.Before(tries.Until) {
		return PausedError{tries.Until}
	}
	tries.Wrong++
	if over := tries.Wrong - freeTries; over >= 0 {
		tries.Until = now.Add(min(maxPause, 30*time.Second<<min(over, 5)))
	}
	value, err := json.Marshal(tries)
	if err != nil {
		return err
	}
	if err := a.store.PutEntry(ctx, survey.Entry{Key: counter, Value: value, Expires: now.Add(time.Hour)}); err != nil {
		return fmt.Errorf("count attempt: %w", err)
	}
	return nil
}

// turn waits for one of the places of a channel and returns what gives it back. survey.ErrBusy: it took too long.
func turn(ctx context.Context, places chan struct{}) (done func(), err error) {
	select {
	case places <- struct{}{}:
		return func() { <-places }, nil
	case <-ctx.Done():
		return nil, survey.ErrBusy
	}
}

// sessionKey keeps the hash of a cookie's value alone: who reads the store cannot take over a session.
func sessionKey(secret string) string {
	sum := sha256.Sum256([]byte(secret))
	return "session/" + hex.EncodeToString(sum[:])
}

// attemptsKey does not say what was typed: it may be a password in the wrong field.
func attemptsKey(username string) string {
	sum := sha256.Sum256([]byte("attempts|" + username))
	return "attempts/" + hex.EncodeToString(sum[:16])
}
