package survey_test

import (
	"bytes"
	"errors"
	"strings"
	"testing"
	"time"

	"kesan/survey"
)

// fixedKeys are known keys; the real ones have their own tests.
type fixedKeys struct {
	newest uint16
	roots  map[uint16][]byte
	days   map[survey.Day][]byte
}

func newKeys() *fixedKeys {
	return &fixedKeys{
		newest: 1,
		roots:  map[uint16][]byte{1: bytes.Repeat([]byte{1}, 32), 2: bytes.Repeat([]byte{2}, 32)},
		days: map[survey.Day][]byte{"2026-11-20": bytes.Repeat([]byte{20}, 32), "2026-11-21": bytes.Repeat([]byte{21}, 32),
			"2026-11-22": bytes.Repeat([]byte{22}, 32)},
	}
}

func (k *fixedKeys) Root() (uint16, []byte) { return k.newest, k.roots[k.newest] }

func (k *fixedKeys) RootByID(id uint16) ([]byte, error) {
	if secret, ok := k.roots[id]; ok {
		return secret, nil
	}
	return nil, survey.ErrNotFound
}

func (k *fixedKeys) Day(day survey.Day) ([]byte, error) {
	if secret, ok := k.days[day]; ok {
		return secret, nil
	}
	return nil, survey.ErrExpired
}

func (k *fixedKeys) Behind() (time.Duration, error) { return 0, nil }

var formToken = survey.Token{
	Type: survey.TokenForm, Point: "0123ABCD", Channel: survey.ChannelTicket, Issued: time.Date(2026, 11, 21, 1, 2, 3, 0, time.UTC), Form: 7, Ask: 0x1a1,
	Officer: [8]byte{1, 2, 3, 4, 5, 6, 7, 8}, Place: [4]byte{9, 10, 11, 12}, Nonce: [8]byte{13, 14, 15, 16, 17, 18, 19, 20},
}

var ticketToken = survey.Token{Type: survey.TokenTicket, Point: "0123ABCD", Channel: survey.ChannelTicket, Issued: formToken.Issued,
	Officer: formToken.Officer, Nonce: formToken.Nonce}

func mintTicket(t testing.TB, keys survey.Keys, token survey.Token) string {
	t.Helper()
	text, err := survey.NewMinter(keys).Ticket(token)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func mintForm(t testing.TB, keys survey.Keys, token survey.Token) string {
	t.Helper()
	text, err := survey.NewMinter(keys).Form(token)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func mintPoster(t testing.TB, keys survey.Keys, sheet string) string {
	t.Helper()
	text, err := survey.NewMinter(keys).Poster(sheet)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func TestTokenRoundTrip(t *testing.T) {
	t.Parallel()
	keys := newKeys()
	minter := survey.NewMinter(keys)
	poster, form := mintPoster(t, keys, "0123ABCD"), mintForm(t, keys, formToken)
	if len(poster) != 39 || len(form) != 85 {
		t.Errorf("poster of %d letters and form of %d, want 39 and 85", len(poster), len(form))
	}
	for _, text := range []string{poster, form} {
		if strings.Trim(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567") != "" {
			t.Errorf("%s: a QR code would leave its compact mode", text)
		}
	}
	if got, err := minter.Read(poster, survey.TokenPoster); err != nil || got != (survey.Token{Type: survey.TokenPoster, Point: "0123ABCD", Channel: survey.ChannelPoster}) {
		t.Errorf("poster: got %+v, %v", got, err)
	}
	ticket := mintTicket(t, keys, ticketToken)
	if got, err := minter.Read(ticket, survey.TokenTicket); err != nil || got != ticketToken {
		t.Errorf("ticket: got %+v, %v; want %+v", got, err, ticketToken)
	}
	if got, err := minter.Read(form, survey.TokenForm); err != nil || got != formToken {
		t.Errorf("form: got %+v, %v; want %+v", got, err, formToken)
	}
	keys.newest = 2
	if got, err := minter.Read(form, survey.TokenForm); err != nil || got != formToken {
		t.Errorf("after a rotation: got %+v, %v", got, err)
	}
	if mintForm(t, keys, formToken) == form {
		t.Error("two root keys make the same token")
	}
}

func TestTokenEveryBitCounts(t *testing.T) {
	t.Parallel()
	keys := newKeys()
	minter := survey.NewMinter(keys)
	shown, err := minter.Display("0123ABCD", formToken.Issued)
	if err != nil || len(shown) != 45 || strings.Trim(shown, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567") != "" {
		t.Errorf("display shows %q, %v; want 45 letters", shown, err)
	}
	if got, err := minter.Read(shown, survey.TokenDisplay); err != nil || got.Point != "0123ABCD" || !got.Issued.Equal(formToken.Issued) {
		t.Errorf("display: got %+v, %v", got, err)
	}
	for name, token := range map[survey.TokenType]string{survey.TokenPoster: mintPoster(t, keys, "0123ABCD"), survey.TokenDisplay: shown,
		survey.TokenForm: mintForm(t, keys, formToken), survey.TokenTicket: mintTicket(t, keys, ticketToken)} {
		raw, err := base32Alphabet.DecodeString(token)
		if err != nil {
			t.Fatal(err)
		}
		for bit := range 8 * len(raw) {
			forged := bytes.Clone(raw)
			forged[bit/8] ^= 1 << (bit % 8)
			for _, want := range []survey.TokenType{survey.TokenPoster, survey.TokenDisplay, survey.TokenTicket, survey.TokenForm, survey.TokenReceipt} {
				if got, err := minter.Read(base32Alphabet.EncodeToString(forged), want); !errors.Is(err, survey.ErrNotFound) {
					t.Fatalf("type %d with bit %d flipped: read as %+v, %v", name, bit, got, err)
				}
			}
		}
	}
}

func TestTokenRefused(t *testing.T) {
	t.Parallel()
	keys := newKeys()
	poster, form := mintPoster(t, keys, "0123ABCD"), mintForm(t, keys, formToken)
	stranger := newKeys()
	stranger.roots[1] = bytes.Repeat([]byte{9}, 32)
	retired := newKeys()
	retired.newest = 2
	gone := mintForm(t, retired, formToken)
	delete(keys.roots, 2)
	// The last letter of a poster's token carries 2 bits of it and 3 of padding.
	last := poster[len(poster)-1]
	padded := poster[:len(poster)-1] + string("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"[strings.IndexByte("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", last)|1])
	tests := []struct {
		name, text string
		as         survey.TokenType
	}{
		{"form as poster", form, survey.TokenPoster},
		{"poster as form", poster, survey.TokenForm},
		{"form as receipt", form, survey.TokenReceipt},
		{"ticket as form", mintTicket(t, keys, ticketToken), survey.TokenForm},
		{"ticket as poster", mintTicket(t, keys, ticketToken), survey.TokenPoster},
		{"ticket as display", mintTicket(t, keys, ticketToken), 2},
		{"form as ticket", form, survey.TokenTicket},
		{"poster as ticket", poster, survey.TokenTicket},
		{"another deployment's ticket", mintTicket(t, stranger, ticketToken), survey.TokenTicket},
		{"another deployment's", mintForm(t, stranger, formToken), survey.TokenForm},
		{"retired root key", gone, survey.TokenForm},
		{"lower case", strings.ToLower(form), survey.TokenForm},
		{"one letter in lower case", strings.ToLower(form[:1]) + form[1:], survey.TokenForm},
		{"padding", poster + "=", survey.TokenPoster},
		{"full padding", poster + strings.Repeat("=", 40-len(poster)%8), survey.TokenPoster},
		{"other trailing bits", padded, survey.TokenPoster},
		{"a line end inside", poster[:10] + "\n" + poster[10:], survey.TokenPoster},
		{"a line end behind", poster + "\r\n", survey.TokenPoster},
		{"a blank", " " + poster, survey.TokenPoster},
		{"a letter more", poster + "A", survey.TokenPoster},
		{"a letter less", poster[:38], survey.TokenPoster},
		{"cut", form[:40], survey.TokenForm},
		{"twice", form + form, survey.TokenForm},
		{"eight megabytes", strings.Repeat("A", 8<<20), survey.TokenForm},
		{"83 letters", strings.Repeat("A", 83), survey.TokenForm},
		{"zeros", strings.Repeat("A", 82), survey.TokenForm},
		{"empty", "", survey.TokenPoster},
		{"not base32", "01890189", survey.TokenPoster},
		{"other letters", strings.Repeat("é", 20), survey.TokenPoster},
	}
	for _, test := range tests {
		if got, err := survey.NewMinter(keys).Read(test.text, test.as); !errors.Is(err, survey.ErrNotFound) {
			t.Errorf("%s: read as %+v, %v", test.name, got, err)
		}
	}
	if padded == poster {
		t.Error("the case of other trailing bits tests nothing")
	}
}

// TestTokenHidesTheOfficer: everybody who scans a poster gets a form token, and a NIP can be found from its hash.
func TestTokenHidesTheOfficer(t *testing.T) {
	t.Parallel()
	keys := newKeys()
	token := formToken
	token.Officer = survey.OfficerTag("199001152015031999")
	first := mintForm(t, keys, token)
	token.Nonce[0]++
	second := mintForm(t, keys, token)
	var raws [2][]byte
	for i, text := range []string{first, second} {
		raw, err := base32Alphabet.DecodeString(text)
		if err != nil {
			t.Fatal(err)
		}
		if bytes.Contains(raw, token.Officer[:]) {
			t.Error("the token shows the hash of the officer")
		}
		raws[i] = raw
	}
	if bytes.Equal(raws[0][14:22], raws[1][14:22]) {
		t.Error("two forms of one officer can be told to be so")
	}
}

func TestOfficerTag(t *testing.T) {
	t.Parallel()
	if survey.OfficerTag("") != ([8]byte{}) {
		t.Error("nobody has a tag")
	}
	if survey.OfficerTag("sri") == survey.OfficerTag("budi") {
		t.Error("two officers share a tag")
	}
}

func TestPosterRefusesWhatIsNoSheet(t *testing.T) {
	t.Parallel()
	for _, sheet := range []string{"", "0123ABC", "0123ABCDE", "0123ABCU", "0123abcd", strings.Repeat("0", 16)} {
		if token, err := survey.NewMinter(newKeys()).Poster(sheet); err == nil {
			t.Errorf("sheet %q got the token %s", sheet, token)
		}
	}
}

func FuzzReadToken(f *testing.F) {
	keys := newKeys()
	minter := survey.NewMinter(keys)
	f.Add(mintPoster(f, keys, "0123ABCD"), byte(survey.TokenPoster))
	f.Add(mintForm(f, keys, formToken), byte(survey.TokenForm))
	f.Add(mintTicket(f, keys, ticketToken), byte(survey.TokenTicket))
	f.Add("", byte(0))
	f.Fuzz(func(t *testing.T, text string, as byte) {
		token, err := minter.Read(text, survey.TokenType(as))
		if err != nil {
			if !errors.Is(err, survey.ErrNotFound) || token != (survey.Token{}) {
				t.Fatalf("got %+v, %v; want nothing but ErrNotFound", token, err)
			}
			return
		}
		again := mintForm
		switch token.Type {
		case survey.TokenTicket:
			again = mintTicket
		case survey.TokenPoster:
			again = func(t testing.TB, keys survey.Keys, token survey.Token) string {
				return mintPoster(t, keys, token.Point)
			}
		}
		if byte(token.Type) != as || again(t, keys, token) != text {
			t.Fatalf("%s was read as %+v, which is not what makes it", text, token)
		}
	})
}

func BenchmarkReadToken(b *testing.B) {
	keys := newKeys()
	minter, text := survey.NewMinter(keys), mintForm(b, keys, formToken)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := minter.Read(text, survey.TokenForm); err != nil {
			b.Fatal(err)
		}
	}
}
