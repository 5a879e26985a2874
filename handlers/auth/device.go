package auth

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"errors"
	"fmt"
	"sync"
	"time"

	"kesan/survey"
)

// A device is a browser that an administrator admitted as a display or kiosk. It is admitted with a code that is shown to the
// administrator once and typed into the device; from then on the device has a secret in a cookie, of which the hash is kept.

const (
	// PairingLife is how long a pairing code can be used.
	PairingLife = 15 * time.Minute
	// wrongCodes is how many wrong codes are looked at in a minute, from all devices together. A code has 40 bits.
	wrongCodes = 20
	// DeviceCookieLife is as long as browsers keep a cookie; each page that the device opens renews it.
	DeviceCookieLife = 400 * 24 * time.Hour
)

// DeviceCookie returns the name of the cookie of a device.
func (a *Auth) DeviceCookie() string { return a.CookieName() + "-perangkat" }

// PairingCode makes a code that admits one device, once, within PairingLife: eight letters in two groups.
func (a *Auth) PairingCode(ctx context.Context, device string) (string, error) {
	code := survey.NewSheetID()
	entry := survey.Entry{Key: codeKey(code), Value: []byte(device), Expires: a.clock.Now().Add(PairingLife)}
	if err := a.store.PutEntry(ctx, entry); err != nil {
		return "", fmt.Errorf("pairing code: %w", err)
	}
	return code[:4] + "-" + code[4:], nil
}

// Pair spends a code and returns the device that it admits with its new secret. ErrWrong: there is no such code; PausedError:
// there were too many wrong ones.
func (a *Auth) Pair(ctx context.Context, code string) (device, secret string, err error) {
	a.pairing.Lock()
	defer a.pairing.Unlock()
	if err := a.codes.check(a.clock.Now()); err != nil {
		return "", "", err
	}
	key := codeKey(survey.PlainCode(code))
	entry, err := a.store.Entry(ctx, key, a.clock.Now())
	if errors.Is(err, survey.ErrNotFound) {
		a.codes.count++
		return "", "", ErrWrong
	}
	if err != nil {
		return "", "", fmt.Errorf("pairing code: %w", err)
	}
	if err := a.store.DeleteEntry(ctx, key); err != nil {
		return "", "", fmt.Errorf("spend pairing code: %w", err)
	}
	device, secret = string(entry.Value), rand.Text()+rand.Text()
	return device, secret, a.AdmitDevice(ctx, device, secret)
}

// AdmitDevice gives a device a secret, in place of the one it had.
func (a *Auth) AdmitDevice(ctx context.Context, device, secret string) error {
	if err := a.store.PutEntry(ctx, survey.Entry{Key: deviceKey(device), Value: deviceHash(secret)}); err != nil {
		return fmt.Errorf("admit device: %w", err)
	}
	return nil
}

// Unpair takes a device's secret away.
func (a *Auth) Unpair(ctx context.Context, device string) error {
	return errors.Join(a.store.DeleteEntry(ctx, deviceKey(device)), a.store.DeleteEntry(ctx, contactKey(device)))
}

// CheckDevice says whether a secret is that of a device. survey.ErrNotFound: it is not.
func (a *Auth) CheckDevice(ctx context.Context, device, secret string) error {
	kept, err := a.store.Entry(ctx, deviceKey(device), a.clock.Now())
	if err != nil {
		return fmt.Errorf("secret of device: %w", err)
	}
	if subtle.ConstantTimeCompare(kept.Value, deviceHash(secret)) != 1 {
		return fmt.Errorf("secret of device: %w", survey.ErrNotFound)
	}
	return nil
}

// Paired says whether any browser has been admitted as the device.
func (a *Auth) Paired(ctx context.Context, device string) (bool, error) {
	_, err := a.store.Entry(ctx, deviceKey(device), a.clock.Now())
	if errors.Is(err, survey.ErrNotFound) {
		return false, nil
	}
	return err == nil, err
}

// touchDevice spares a write at every contact.
const touchDevice = time.Minute

// Contact notes that a device has just been heard of. A store that cannot be written now must not stop the device.
func (a *Auth) Contact(ctx context.Context, device string) {
	now := a.clock.Now()
	a.pairing.Lock()
	if now.Sub(a.contacts[device]) < touchDevice {
		a.pairing.Unlock()
		return
	}
	a.contacts[device] = now
	a.pairing.Unlock()
	ctx, cancel := context.WithTimeout(ctx, touchTime)
	defer cancel()
	_ = a.store.PutEntry(ctx, survey.Entry{Key: contactKey(device), Value: []byte(now.Format(time.RFC3339))})
}

// LastContact returns when a device was heard of last, to the minute; the zero time: never since it was admitted.
func (a *Auth) LastContact(ctx context.Context, device string) (time.Time, error) {
	entry, err := a.store.Entry(ctx, contactKey(device), a.clock.Now())
	if errors.Is(err, survey.ErrNotFound) {
		return time.Time{}, nil
	}
	if err != nil {
		return time.Time{}, fmt.Errorf("last contact: %w", err)
	}
	return time.Parse(time.RFC3339, string(entry.Value))
}

// TryCode says whether another code may be typed into something that has a short one. PausedError: there were too many wrong
// ones.
func (a *Auth) TryCode(right bool) error {
	a.pairing.Lock()
	defer a.pairing.Unlock()
	if err := a.codes.check(a.clock.Now()); err != nil {
		return err
	}
	if !right {
		a.codes.count++
		return ErrWrong
	}
	return nil
}

// wrong counts wrong codes in the present minute. It is kept in memory, by each process for itself.
type wrong struct {
	minute time.Time
	count  int
}

func (w *wrong) check(now time.Time) error {
	if minute := now.Truncate(time.Minute); minute != w.minute {
		*w = wrong{minute: minute}
	}
	if w.count >= wrongCodes {
		return PausedError{w.minute.Add(time.Minute)}
	}
	return nil
}

// devices is what Auth remembers of devices.
type devices struct {
	pairing  sync.Mutex // one code at a time, so that none is spent twice
	codes    wrong
	contacts map[string]time.Time
}

func deviceHash(secret string) []byte {
	sum := sha256.Sum256([]byte("device|" + secret))
	return sum[:]
}

func codeKey(code string) string {
	sum := sha256.Sum256([]byte("pairing|" + code))
	return "pairing/" + hex.EncodeToString(sum[:])
}

func deviceKey(device string) string  { return "device/" + device }
func contactKey(device string) string { return "contact/" + device }
