package survey_test

import (
	"bytes"
	"encoding/base32"
	"errors"
	"strings"
	"testing"

	"kesan/survey"
)

var base32Alphabet = base32.StdEncoding.WithPadding(base32.NoPadding)

var receipt = survey.Receipt{Counter: "0123ABCD", Day: "2026-11-22", Key: "2026-11-21", Code: "7XK2M9QP"}

func receiptText(t testing.TB, keys survey.Keys, r survey.Receipt) string {
	t.Helper()
	text, err := r.String(keys)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func TestReceiptRoundTrip(t *testing.T) {
	t.Parallel()
	keys := newKeys()
	text := receiptText(t, keys, receipt)
	if len(text) != 50 {
		t.Errorf("%d letters, want 50", len(text))
	}
	if got, err := survey.ReadReceipt(keys, text); err != nil || got != receipt {
		t.Errorf("got %+v, %v; want %+v", got, err, receipt)
	}
}

func TestReceiptRefused(t *testing.T) {
	t.Parallel()
	keys := newKeys()
	text := receiptText(t, keys, receipt)
	raw, err := base32Alphabet.DecodeString(text)
	if err != nil {
		t.Fatal(err)
	}
	for bit := range 8 * len(raw) {
		forged := bytes.Clone(raw)
		forged[bit/8] ^= 1 << (bit % 8)
		got, err := survey.ReadReceipt(keys, base32Alphabet.EncodeToString(forged))
		// A flipped bit in the day of the key names a key that is not there, or another day's.
		if !errors.Is(err, survey.ErrNotFound) && !(bit >= 8 && bit < 24 && errors.Is(err, survey.ErrExpired)) {
			t.Fatalf("bit %d flipped: read as %+v, %v", bit, got, err)
		}
	}
	stranger := newKeys()
	stranger.days["2026-11-21"] = bytes.Repeat([]byte{9}, 32)
	for name, forged := range map[string]string{
		"empty": "", "lower case": strings.ToLower(text), "a letter more": text + "A", "a line end": text[:9] + "\n" + text[9:], "padded": text + "======",
		"form token": mintForm(t, keys, formToken), "poster token": mintPoster(t, keys, "0123ABCD"),
		"another deployment's": receiptText(t, stranger, receipt), "very long": strings.Repeat("A", 1<<20),
	} {
		if got, err := survey.ReadReceipt(keys, forged); !errors.Is(err, survey.ErrNotFound) {
			t.Errorf("%s: read as %+v, %v", name, got, err)
		}
	}
	if _, err := survey.NewMinter(keys).Read(text, survey.TokenReceipt); !errors.Is(err, survey.ErrNotFound) {
		t.Errorf("a receipt was read as a token: %v", err)
	}
}

func TestReceiptOpensNothingWhenItsKeyIsGone(t *testing.T) {
	t.Parallel()
	keys := newKeys()
	text := receiptText(t, keys, receipt)
	delete(keys.days, "2026-11-21")
	if got, err := survey.ReadReceipt(keys, text); !errors.Is(err, survey.ErrExpired) || got != (survey.Receipt{}) {
		t.Errorf("got %+v, %v; want ErrExpired alone", got, err)
	}
	if _, err := receipt.String(keys); !errors.Is(err, survey.ErrExpired) {
		t.Errorf("a new receipt: got %v, want ErrExpired", err)
	}
}

func FuzzReadReceipt(f *testing.F) {
	keys := newKeys()
	f.Add(receiptText(f, keys, receipt))
	f.Add(mintForm(f, keys, formToken))
	f.Add("")
	f.Fuzz(func(t *testing.T, text string) {
		got, err := survey.ReadReceipt(keys, text)
		if err != nil {
			if got != (survey.Receipt{}) || !errors.Is(err, survey.ErrNotFound) && !errors.Is(err, survey.ErrExpired) {
				t.Fatalf("got %+v, %v", got, err)
			}
			return
		}
		if again := receiptText(t, keys, got); again != text {
			t.Fatalf("%s was read as %+v, which makes %s", text, got, again)
		}
	})
}
