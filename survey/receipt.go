package survey

import (
	"context"
	"crypto/hmac"
	"encoding/binary"
	"fmt"
	"time"
)

// Receipt proves to a citizen that an answer was received and later that it is counted, never what it said. It holds the
// bucket and a code made from the response's ID with the key of the day; when that key is destroyed it opens nothing.
type Receipt struct {
	Counter string // CounterTag of where it was given
	Day     Day    // the bucket's
	Key     Day    // whose key it is made with
	Code    string // eight letters for people
}

// receipt: day of the key, day of the bucket (both as days since 1970), counter, code, mac.
const (
	receiptCode = 5
	receiptBody = 1 + 2 + 2 + pointSize + receiptCode
)

func (r Receipt) String(keys Keys) (string, error) {
	key, err := keys.Day(r.Key)
	if err != nil {
		return "", fmt.Errorf("key of %s: %w", r.Key, err)
	}
	body := []byte{tokenVersion<<4 | byte(TokenReceipt)}
	body = binary.BigEndian.AppendUint16(body, dayNumber(r.Key))
	body = binary.BigEndian.AppendUint16(body, dayNumber(r.Day))
	for _, part := range []string{r.Counter, r.Code} {
		raw, err := decodeCode(part)
		if err != nil {
			return "", fmt.Errorf("receipt: %w", err)
		}
		body = append(body, raw...)
	}
	return tokenAlphabet.EncodeToString(append(body, keyed(key, []byte("receipt-mac|"), body)[:macSize]...)), nil
}

// ReadReceipt verifies a receipt. ErrNotFound: not one of ours; ErrExpired: the key of its day has been destroyed.
func ReadReceipt(keys Keys, text string) (Receipt, error) {
	if len(text) > maxToken {
		return Receipt{}, ErrNotFound
	}
	raw, err := tokenAlphabet.DecodeString(text)
	if err != nil || tokenAlphabet.EncodeToString(raw) != text || len(raw) != receiptBody+macSize ||
		raw[0] != tokenVersion<<4|byte(TokenReceipt) {
		return Receipt{}, ErrNotFound
	}
	body := raw[:receiptBody]
	receipt := Receipt{
		Key:     numberedDay(binary.BigEndian.Uint16(body[1:])),
		Day:     numberedDay(binary.BigEndian.Uint16(body[3:])),
		Counter: codeAlphabet.EncodeToString(body[5 : 5+pointSize]),
		Code:    codeAlphabet.EncodeToString(body[5+pointSize:]),
	}
	key, err := keys.Day(receipt.Key)
	if err != nil {
		return Receipt{}, err
	}
	if !hmac.Equal(raw[receiptBody:], keyed(key, []byte("receipt-mac|"), body)[:macSize]) {
		return Receipt{}, ErrNotFound
	}
	return receipt, nil
}

func dayNumber(d Day) uint16 { return uint16(d.Date().Unix() / 86400) }

func numberedDay(n uint16) Day { return Day(time.Unix(int64(n)*86400, 0).UTC().Format(dayLayout)) }

// BucketCounted says whether every record of a bucket is in its tally.
func BucketCounted(ctx context.Context, store Store, bucket Bucket) (bool, error) {
	day := string(bucket.Day)
	heads, err := store.Tallies(ctx, TallyQuery{Unit: bucket.Unit, Grain: GrainDay, From: day, To: day, Version: FoldVersion, HeadsOnly: true})
	if err != nil {
		return false, fmt.Errorf("read tally: %w", err)
	}
	counts, err := store.CountRecords(ctx, bucket.Unit, bucket.Day, bucket.Day)
	if err != nil {
		return false, fmt.Errorf("count records: %w", err)
	}
	return len(heads) == 1 && len(counts) == 1 && heads[0].N == counts[0].N, nil
}
