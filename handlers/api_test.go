package handlers

import (
	"crypto/sha256"
	"testing"

	"kesan/survey"
)

const secret = "kesan_rahasia-untuk-uji"

// key gives another system a key and returns it as a client.
func (f *fixture) key(key survey.APIKey, secret string) client {
	f.t.Helper()
	hash := sha256.Sum256([]byte(secret))
	key.Hash = hash[:]
	f.write(key)
	return f.anyone().with("Authorization", "Bearer "+secret)
}

func TestAPIKeys(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	hr := f.key(survey.APIKey{ID: "simpeg", Name: "SIMPEG"}, secret)
	hr.get("/api/v1/cycles").is(200)
}
