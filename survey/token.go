package survey

import (
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base32"
	"encoding/binary"
	"fmt"
	"time"
)

// Keys are the secrets of a deployment. They live outside the store and its backups.
type Keys interface {
	// Root returns the ID and secret of the root key with which new tokens are made.
	Root() (id uint16, secret []byte)
	// RootByID returns a root key that may still verify. ErrNotFound: unknown or retired.
	RootByID(id uint16) ([]byte, error)
	// Day returns the secret of a UTC day, made on first use. ErrExpired: it has been destroyed.
	Day(day Day) ([]byte, error)
}

// TokenType says what a token is good for. Each type has keys of its own, so that none can pass for another.
type TokenType byte

// The types of tokens. Displays and tickets will get 2 and 3.
const (
	TokenPoster  TokenType = 1
	TokenForm    TokenType = 4
	TokenReceipt TokenType = 5
)

const (
	tokenVersion = 1
	macSize      = 16
	sheetSize    = 5 // 8 letters of base32
	headSize     = 3 + sheetSize
	// maxToken bounds what is decoded at all; the longest token, a form's, has 72 letters.
	maxToken = 80
)

// tokenAlphabet has upper case letters and digits only, so that a QR code stays in its compact alphanumeric mode.
var tokenAlphabet = base32.StdEncoding.WithPadding(base32.NoPadding)

// sheetAlphabet is Crockford's: no letters that look like digits, since people type it.
var sheetAlphabet = base32.NewEncoding("0123456789ABCDEFGHJKMNPQRSTVWXYZ").WithPadding(base32.NoPadding)

// Token is what a decoded and verified token says. Poster tokens carry the sheet alone.
type Token struct {
	Type    TokenType
	Sheet   string
	Issued  time.Time // to the second
	Form    int       // version of the unit's form
	Officer [8]byte   // OfficerTag of the officer on duty
	Nonce   [8]byte
}

// Minter makes and verifies tokens: header, body and an HMAC-SHA-256 cut to 128 bits, keyed by HKDF from a root key for
// the tenant, type and sheet. There is one algorithm and nothing to negotiate.
type Minter struct {
	keys Keys
}

// NewMinter makes a minter.
func NewMinter(keys Keys) *Minter { return &Minter{keys: keys} }

// Poster returns the token of a sheet, the last part of the address in its QR code.
func (m *Minter) Poster(sheet string) (string, error) {
	return m.mint(Token{Type: TokenPoster, Sheet: sheet})
}

// Form returns the token of one form handed out to one visitor.
func (m *Minter) Form(token Token) (string, error) {
	token.Type = TokenForm
	return m.mint(token)
}

func (m *Minter) mint(token Token) (string, error) {
	id, secret := m.keys.Root()
	body, err := token.encode(id)
	if err != nil {
		return "", err
	}
	return tokenAlphabet.EncodeToString(append(body, mac(secret, id, token, body)...)), nil
}

// Read decodes and verifies a token of a type. ErrNotFound: it is not one of ours; nothing more is said about why.
func (m *Minter) Read(text string, want TokenType) (Token, error) {
	if len(text) > maxToken {
		return Token{}, ErrNotFound
	}
	raw, err := tokenAlphabet.DecodeString(text)
	if err != nil || tokenAlphabet.EncodeToString(raw) != text || len(raw) < headSize+macSize {
		return Token{}, ErrNotFound
	}
	body, sum := raw[:len(raw)-macSize], raw[len(raw)-macSize:]
	token, id, err := decodeToken(body)
	if err != nil || token.Type != want {
		return Token{}, ErrNotFound
	}
	secret, err := m.keys.RootByID(id)
	if err != nil {
		return Token{}, ErrNotFound
	}
	if !hmac.Equal(sum, mac(secret, id, token, body)) {
		return Token{}, ErrNotFound
	}
	return token, nil
}

func mac(secret []byte, id uint16, token Token, body []byte) []byte {
	info := fmt.Sprintf("kesan|%d|%d|%s", id, token.Type, token.Sheet)
	key, err := hkdf.Key(sha256.New, secret, nil, info, sha256.Size)
	if err != nil {
		panic(err) // only for lengths that HKDF cannot give
	}
	return keyed(key, body)[:macSize]
}

func keyed(key []byte, parts ...[]byte) []byte {
	h := hmac.New(sha256.New, key)
	for _, part := range parts {
		h.Write(part)
	}
	return h.Sum(nil)
}

func (t Token) encode(keyID uint16) ([]byte, error) {
	sheet, err := sheetAlphabet.DecodeString(t.Sheet)
	if err != nil || len(sheet) != sheetSize {
		return nil, fmt.Errorf("sheet %q: want 8 letters of base32", t.Sheet)
	}
	body := append([]byte{tokenVersion<<4 | byte(t.Type)}, byte(keyID>>8), byte(keyID))
	body = append(body, sheet...)
	if t.Type != TokenForm {
		return body, nil
	}
	body = binary.BigEndian.AppendUint32(body, uint32(t.Issued.Unix()))
	body = binary.BigEndian.AppendUint16(body, uint16(t.Form))
	body = append(body, t.Officer[:]...)
	return append(body, t.Nonce[:]...), nil
}

const formBody = headSize + 4 + 2 + 8 + 8

func decodeToken(body []byte) (Token, uint16, error) {
	token := Token{Type: TokenType(body[0] & 0x0f)}
	want := headSize
	if token.Type == TokenForm {
		want = formBody
	}
	if body[0]>>4 != tokenVersion || len(body) != want {
		return Token{}, 0, ErrNotFound
	}
	token.Sheet = sheetAlphabet.EncodeToString(body[3:headSize])
	if token.Type == TokenForm {
		rest := body[headSize:]
		token.Issued = time.Unix(int64(binary.BigEndian.Uint32(rest)), 0).UTC()
		token.Form = int(binary.BigEndian.Uint16(rest[4:]))
		copy(token.Officer[:], rest[6:14])
		copy(token.Nonce[:], rest[14:])
	}
	return token, binary.BigEndian.Uint16(body[1:]), nil
}
