package handlers

import (
	"cmp"
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"slices"
	"strings"

	"kesan/scoring"
	"kesan/survey"
)

// place is where a row stands in the API's order: units before officers, then by unit, NIP and indicator. An officer's row
// over all units has no unit and comes before those of one unit. No two rows of a cycle have the same place, so a page can
// go on after a row even when rows came or went in between.
type place struct {
	level     survey.Level
	unit, nip string
	indicator string
}

func placeOf(row scoring.Row) place {
	return place{row.Level, string(row.Unit), string(row.NIP), row.Indicator}
}

func (p place) compare(q place) int {
	return cmp.Or(-cmp.Compare(p.level, q.level), cmp.Compare(p.unit, q.unit), cmp.Compare(p.nip, q.nip),
		cmp.Compare(rank(p.indicator), rank(q.indicator)))
}

func rank(indicator string) int { return slices.Index(indicatorKeys(), indicator) }

// cursors write and read the cursors of one query: of a cycle and a filter. The limit is not part of it: a client may
// change it on the way.
//
// A cursor names the row after which the next page begins. Addresses are logged on their way and a NIP tells a birth date,
// so it is encrypted; the query goes into its seal, so that it opens for this query alone. The nonce follows from what is
// encrypted: the same row of the same query always has the same cursor, as the ETag of a page needs.
type cursors struct {
	keys  survey.Keys
	query string
}

func (s *Server) cursors(cycle string, f rowFilter) cursors {
	return cursors{s.Keys, strings.Join([]string{cycle, string(f.level), f.unit, f.indicator}, "\x00")}
}

// cursorHead is the ID of the root key, cursorNonce the size of a nonce in bytes.
const (
	cursorHead  = 2
	cursorNonce = 12
)

func (cs cursors) write(p place) string {
	id, secret := cs.keys.Root()
	plain := []byte(strings.Join([]string{string(p.level), p.unit, p.nip, p.indicator}, "\x00"))
	seal, forNonce := cursorKeys(secret)
	h := hmac.New(sha256.New, forNonce)
	h.Write([]byte(cs.query + "\x00\x00"))
	h.Write(plain)
	nonce := h.Sum(nil)[:cursorNonce]
	text := append(binary.BigEndian.AppendUint16(nil, id), nonce...)
	return base64.RawURLEncoding.EncodeToString(seal.Seal(text, nonce, plain, []byte(cs.query)))
}

// read returns the row that write was given for the same query, and nothing else.
func (cs cursors) read(text string) (place, bool) {
	raw, err := base64.RawURLEncoding.DecodeString(text)
	if err != nil || base64.RawURLEncoding.EncodeToString(raw) != text || len(raw) < cursorHead+cursorNonce {
		return place{}, false
	}
	secret, err := cs.keys.RootByID(binary.BigEndian.Uint16(raw))
	if err != nil {
		return place{}, false
	}
	seal, _ := cursorKeys(secret)
	nonce, sealed := raw[cursorHead:cursorHead+cursorNonce], raw[cursorHead+cursorNonce:]
	plain, err := seal.Open(nil, nonce, sealed, []byte(cs.query))
	parts := strings.Split(string(plain), "\x00")
	if err != nil || len(parts) != 4 {
		return place{}, false
	}
	return place{survey.Level(parts[0]), parts[1], parts[2], parts[3]}, true
}

// cursorKeys makes AES-256-GCM and the key of its nonces from a root key. It panics only for lengths that cannot be.
func cursorKeys(secret []byte) (seal cipher.AEAD, forNonce []byte) {
	keys, err := hkdf.Key(sha256.New, secret, nil, "kesan|cursor", 2*sha256.Size)
	if err != nil {
		panic(err)
	}
	block, err := aes.NewCipher(keys[:sha256.Size])
	if err != nil {
		panic(err)
	}
	seal, err = cipher.NewGCM(block)
	if err != nil {
		panic(err)
	}
	return seal, keys[sha256.Size:]
}
