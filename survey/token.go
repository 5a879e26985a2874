package survey

import (
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base32"
	"encoding/binary"
	"fmt"
	"slices"
	"time"
)

// Keys are the secrets of a deployment. They live outside the store and its backups.
type Keys interface {
	// Root returns the ID and secret of the root key with which new tokens are made.
	Root() (id uint16, secret []byte)
	// RootByID returns a root key that may still verify. ErrNotFound: unknown or retired.
	RootByID(id uint16) ([]byte, error)
	// Day returns the secret of a UTC day, made on first use from the day before on. ErrExpired: it has been destroyed.
	Day(day Day) ([]byte, error)
	// Behind returns how far the clock is behind the latest time that any process of the deployment has seen; 0: it is not.
	Behind() (time.Duration, error)
}

// TokenType says what a token is good for. Each type has keys of its own, so that none can pass for another.
type TokenType byte

// The types of tokens.
const (
	TokenPoster  TokenType = 1
	TokenDisplay TokenType = 2
	TokenTicket  TokenType = 3
	TokenForm    TokenType = 4
	TokenReceipt TokenType = 5
)

const (
	tokenVersion = 1
	macSize      = 16
	pointSize    = 5 // 8 letters of base32
	headSize     = 3 + pointSize
	// maxToken bounds what is decoded at all; the longest token, a form's, has 85 letters.
	maxToken = 85
)

// tokenAlphabet has upper case letters and digits only, so that a QR code stays in its compact alphanumeric mode.
var tokenAlphabet = base32.StdEncoding.WithPadding(base32.NoPadding)

// codeAlphabet is Crockford's: no letters that look like digits, since people type it.
var codeAlphabet = base32.NewEncoding(codeLetters).WithPadding(base32.NoPadding)

const codeLetters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

// decodeCode reads a code of eight letters, such as the ID of a point.
func decodeCode(code string) ([]byte, error) {
	raw, err := codeAlphabet.DecodeString(code)
	if err != nil || len(raw) != pointSize || codeAlphabet.EncodeToString(raw) != code {
		return nil, fmt.Errorf("%q is not a code of 8 letters", code)
	}
	return raw, nil
}

// Token is what a decoded and verified token says. Poster tokens carry the point, a sheet, alone; those of displays the time,
// too; those of tickets the point, the time, the officer whom the ticket is bound to, and the nonce.
type Token struct {
	Type    TokenType
	Point   string    // eight letters, see Point.ID
	Channel Channel   // what the point is
	Issued  time.Time // to the second
	Form    int       // version of the unit's form
	Ask     UnsurSet  // the unsur that are asked
	Officer [8]byte   // OfficerTag of the officer on duty
	Place   [4]byte   // where the answer belongs; see Visit.place
	Nonce   [8]byte
}

// Minter makes and verifies tokens: header, body and an HMAC-SHA-256 cut to 128 bits, keyed by HKDF from a root key for
// the tenant, type and point. There is one algorithm and nothing to negotiate.
//
// A form token is in the page of everybody who scans a poster, and a ticket on a slip of paper, so what they say of the
// officer is masked: the few numbers that can be a NIP are hashed in a moment, and a NIP tells a birth date.
type Minter struct {
	keys Keys
}

// NewMinter makes a minter.
func NewMinter(keys Keys) *Minter { return &Minter{keys: keys} }

// Poster returns the token of a sheet, the last part of the address in its QR code.
func (m *Minter) Poster(sheet string) (string, error) {
	return m.mint(Token{Type: TokenPoster, Point: sheet})
}

// Ticket returns the token of one ticket, the last part of the address in its QR code.
func (m *Minter) Ticket(token Token) (string, error) {
	token.Type = TokenTicket
	return m.mint(token)
}

// Display returns the token that a display shows from an instant on.
func (m *Minter) Display(device string, from time.Time) (string, error) {
	return m.mint(Token{Type: TokenDisplay, Point: device, Issued: from})
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
	keys := tokenKeysOf(secret, id, token)
	keys.mask(body)
	return tokenAlphabet.EncodeToString(append(body, keys.mac(body)...)), nil
}

// Read decodes and verifies a token of one of some types. ErrNotFound: it is not one of ours; nothing more is said about why.
func (m *Minter) Read(text string, want ...TokenType) (Token, error) {
	if len(text) > maxToken {
		return Token{}, ErrNotFound
	}
	raw, err := tokenAlphabet.DecodeString(text)
	if err != nil || tokenAlphabet.EncodeToString(raw) != text || len(raw) < headSize+macSize {
		return Token{}, ErrNotFound
	}
	body, sum := raw[:len(raw)-macSize], raw[len(raw)-macSize:]
	token, id, err := decodeHead(body)
	if err != nil || !slices.Contains(want, token.Type) {
		return Token{}, ErrNotFound
	}
	secret, err := m.keys.RootByID(id)
	if err != nil {
		return Token{}, ErrNotFound
	}
	keys := tokenKeysOf(secret, id, token)
	if !hmac.Equal(sum, keys.mac(body)) {
		return Token{}, ErrNotFound
	}
	keys.mask(body)
	return token.decodeBody(body), nil
}

// tokenKeys are the keys of one type of token of one point.
type tokenKeys struct{ forMAC, forMask []byte }

func tokenKeysOf(secret []byte, id uint16, token Token) tokenKeys {
	info := fmt.Sprintf("kesan|%d|%d|%s", id, token.Type, token.Point)
	keys, err := hkdf.Key(sha256.New, secret, nil, info, 2*sha256.Size)
	if err != nil {
		panic(err) // only for lengths that HKDF cannot give
	}
	return tokenKeys{keys[:sha256.Size], keys[sha256.Size:]}
}

func (k tokenKeys) mac(body []byte) []byte { return keyed(k.forMAC, body)[:macSize] }

// mask hides, or shows again, the officer and place of a form token and the officer of a ticket, with a stream that the
// nonce makes different each time.
func (k tokenKeys) mask(body []byte) {
	from, to := 0, len(body)-nonceSize
	switch len(body) {
	case formBody:
		from = maskFrom
	case ticketBody:
		from = ticketMask
	default:
		return
	}
	subtle.XORBytes(body[from:to], body[from:to], keyed(k.forMask, body[to:]))
}

func keyed(key []byte, parts ...[]byte) []byte {
	h := hmac.New(sha256.New, key)
	for _, part := range parts {
		h.Write(part)
	}
	return h.Sum(nil)
}

func (t Token) encode(keyID uint16) ([]byte, error) {
	point, err := decodeCode(t.Point)
	if err != nil {
		return nil, fmt.Errorf("point: %w", err)
	}
	body := append([]byte{tokenVersion<<4 | byte(t.Type)}, byte(keyID>>8), byte(keyID))
	body = append(body, point...)
	switch t.Type {
	case TokenForm:
		body = append(body, t.Channel.number())
	case TokenDisplay:
		return binary.BigEndian.AppendUint32(body, uint32(t.Issued.Unix())), nil
	case TokenTicket:
		body = binary.BigEndian.AppendUint32(body, uint32(t.Issued.Unix()))
		body = append(body, t.Officer[:]...)
		return append(body, t.Nonce[:]...), nil
	default:
		return body, nil
	}
	body = binary.BigEndian.AppendUint32(body, uint32(t.Issued.Unix()))
	body = binary.BigEndian.AppendUint16(body, uint16(t.Form))
	body = binary.BigEndian.AppendUint16(body, uint16(t.Ask))
	body = append(body, t.Officer[:]...)
	body = append(body, t.Place[:]...)
	return append(body, t.Nonce[:]...), nil
}

// displayBody is the length of a display token's body: head, time.
const displayBody = headSize + 4

// Of a form token's body: head, channel, time issued, version of the form, unsur asked, officer, place, nonce.
const (
	timeFrom  = headSize + 1
	maskFrom  = timeFrom + 4 + 2 + 2
	placeFrom = maskFrom + 8
	nonceFrom = placeFrom + 4
	nonceSize = 8
	formBody  = nonceFrom + nonceSize
)

// Of a ticket's body: head, time issued, officer, nonce.
const (
	ticketMask = headSize + 4
	ticketBody = ticketMask + 8 + nonceSize
)

// decodeHead reads what names the key of a token, and the key's ID.
func decodeHead(body []byte) (Token, uint16, error) {
	token := Token{Type: TokenType(body[0] & 0x0f), Channel: ChannelPoster}
	want := headSize
	switch token.Type {
	case TokenDisplay:
		want = displayBody
	case TokenForm:
		want = formBody
	case TokenTicket:
		want, token.Channel = ticketBody, ChannelTicket
	}
	if body[0]>>4 != tokenVersion || len(body) != want {
		return Token{}, 0, ErrNotFound
	}
	token.Point = codeAlphabet.EncodeToString(body[3:headSize])
	return token, binary.BigEndian.Uint16(body[1:]), nil
}

func (t Token) decodeBody(body []byte) Token {
	switch t.Type {
	case TokenForm:
	case TokenDisplay:
		t.Issued = unixTime(body[headSize:])
		return t
	case TokenTicket:
		t.Issued = unixTime(body[headSize:])
		copy(t.Officer[:], body[ticketMask:])
		copy(t.Nonce[:], body[ticketBody-nonceSize:])
		return t
	default:
		return t
	}
	t.Channel = numberedChannel(body[headSize])
	t.Issued = unixTime(body[timeFrom:])
	t.Form = int(binary.BigEndian.Uint16(body[timeFrom+4:]))
	t.Ask = UnsurSet(binary.BigEndian.Uint16(body[timeFrom+6:]))
	copy(t.Officer[:], body[maskFrom:])
	copy(t.Place[:], body[placeFrom:])
	copy(t.Nonce[:], body[nonceFrom:])
	return t
}

func unixTime(raw []byte) time.Time { return time.Unix(int64(binary.BigEndian.Uint32(raw)), 0).UTC() }
