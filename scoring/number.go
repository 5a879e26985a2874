package scoring

import (
	"fmt"
	"math/big"
	"strconv"
	"strings"
)

// Hundredths is a published figure: two decimals, kept as the integer 100 times as large, so 8331 is 83,31. Everything that
// follows from a figure (mutu, capaian) is computed from this value, so that anyone can recompute it from the printed one.
type Hundredths int64

// TenThousandths is a published NRR: four decimals, so 36207 is 3,6207.
type TenThousandths int64

// Publish rounds half up to two decimals, once, from the exact value: 88,305 -> 88,31 and 88,3049 -> 88,30.
func Publish(exact *big.Rat) Hundredths { return Hundredths(roundHalfUp(exact, 100)) }

// PublishNRR rounds half up to four decimals, once, from the exact value: 105/29 -> 3,6207.
func PublishNRR(exact *big.Rat) TenThousandths { return TenThousandths(roundHalfUp(exact, 10_000)) }

// roundHalfUp returns floor(exact x scale + 1/2), in integers: floor((2 x num x scale + den) / (2 x den)).
func roundHalfUp(exact *big.Rat, scale int64) int64 {
	num := new(big.Int).Mul(exact.Num(), big.NewInt(2*scale))
	num.Add(num, exact.Denom())
	den := new(big.Int).Lsh(exact.Denom(), 1)
	return num.Div(num, den).Int64() // Div floors, since den is above 0
}

// Rat returns the published value as an exact number.
func (h Hundredths) Rat() *big.Rat { return big.NewRat(int64(h), 100) }

// String writes the figure the Indonesian way with both decimals: 83,31 and 80,00.
func (h Hundredths) String() string { return strings.Replace(decimal(int64(h), 2), ".", ",", 1) }

// MarshalJSON writes a plain number without trailing zeros: 83.31 and 80.
func (h Hundredths) MarshalJSON() ([]byte, error) { return trimmed(decimal(int64(h), 2)), nil }

// UnmarshalJSON reads a plain number with at most two decimals; null leaves the value as it is.
func (h *Hundredths) UnmarshalJSON(data []byte) error {
	if string(data) == "null" {
		return nil
	}
	n, err := parseDecimal(string(data), 2)
	if err == nil {
		*h = Hundredths(n)
	}
	return err
}

// String writes the NRR the Indonesian way with its four decimals: 3,6207.
func (t TenThousandths) String() string { return strings.Replace(decimal(int64(t), 4), ".", ",", 1) }

// MarshalJSON writes a plain number without trailing zeros: 3.6207 and 4.
func (t TenThousandths) MarshalJSON() ([]byte, error) { return trimmed(decimal(int64(t), 4)), nil }

// UnmarshalJSON reads a plain number with at most four decimals; null leaves the value as it is.
func (t *TenThousandths) UnmarshalJSON(data []byte) error {
	if string(data) == "null" {
		return nil
	}
	n, err := parseDecimal(string(data), 4)
	if err == nil {
		*t = TenThousandths(n)
	}
	return err
}

// decimal writes n / 10^digits with a point and all its digits.
func decimal(n int64, digits int) string {
	sign := ""
	if n < 0 {
		sign, n = "-", -n
	}
	text := fmt.Sprintf("%0*d", digits+1, n)
	point := len(text) - digits
	return sign + text[:point] + "." + text[point:]
}

func trimmed(text string) []byte {
	return []byte(strings.TrimSuffix(strings.TrimRight(text, "0"), "."))
}

// parseDecimal is the inverse of decimal. It refuses further digits rather than rounding them away, and exponents.
func parseDecimal(text string, digits int) (int64, error) {
	whole, fraction, _ := strings.Cut(text, ".")
	if strings.Trim(whole, "+-") == "" || len(fraction) > digits {
		return 0, fmt.Errorf("%q is not a number with at most %d decimals", text, digits)
	}
	n, err := strconv.ParseInt(whole+fraction+strings.Repeat("0", digits-len(fraction)), 10, 64)
	if err != nil {
		return 0, fmt.Errorf("%q is not a number with at most %d decimals", text, digits)
	}
	return n, nil
}
