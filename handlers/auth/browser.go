package auth

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"time"

	"kesan/survey"
)

// A browser in which somebody has signed in is known to that account for half a year. Its wrong passwords are counted
// apart: whoever tries passwords elsewhere makes strangers wait, not the owner at the own desk.

// BrowserLife is how long a browser stays known after a sign-in.
const BrowserLife = 180 * 24 * time.Hour

// BrowserCookie returns the name of the cookie that tells browsers apart.
func (a *Auth) BrowserCookie() string { return a.CookieName() + "-peramban" }

// Remember makes a browser known to an account that has just signed in, and returns the value of its cookie: the same, if
// it has one.
func (a *Auth) Remember(ctx context.Context, username, browser string) (string, error) {
	if len(browser) != len(rand.Text()) {
		browser = rand.Text()
	}
	entry := survey.Entry{Key: browserKey(username, browser), Value: []byte("{}"), Expires: a.clock.Now().Add(BrowserLife)}
	if err := a.store.PutEntry(ctx, entry); err != nil {
		return "", fmt.Errorf("remember browser: %w", err)
	}
	return browser, nil
}

// counter returns the key under which the tries of a browser at an account are counted.
func (a *Auth) counter(ctx context.Context, username, browser string) (string, error) {
	if browser == "" {
		return attemptsKey(username), nil
	}
	_, err := a.store.Entry(ctx, browserKey(username, browser), a.clock.Now())
	switch {
	case errors.Is(err, survey.ErrNotFound):
		return attemptsKey(username), nil
	case err != nil:
		return "", fmt.Errorf("look for browser: %w", err)
	}
	return attemptsKey(username + "|" + browser), nil
}

// browserKey keeps a hash alone: who reads the store cannot pass for a known browser.
func browserKey(username, browser string) string {
	sum := sha256.Sum256([]byte(username + "|" + browser))
	return "browser/" + hex.EncodeToString(sum[:])
}
