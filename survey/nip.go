package survey

import (
	"strings"
	"time"
)

// NormaliseNIP strips the blanks with which a NIP is often written.
func NormaliseNIP(s string) string {
	return strings.Map(func(r rune) rune {
		if r == ' ' || r == '\u00a0' || r == '\t' {
			return -1
		}
		return r
	}, s)
}

// CheckNIP says what is wrong with an 18-digit NIP as a key, or "" when it is good.
//
// PNS: birth YYYYMMDD, appointment (TMT CPNS) YYYYMM, gender 1 or 2, serial 001-999. PPPK: birth, year, two digits that are
// not a month, gender, serial. 199001152015031999 is a good PNS number; 199002302015031999 has a day that does not exist;
// 199001152015131999 is good for PPPK alone. There is no check digit.
func CheckNIP(nip string, employment Employment) string {
	if len(nip) != 18 {
		return "nip.length"
	}
	for _, c := range []byte(nip) {
		if c < '0' || c > '9' {
			return "nip.digits"
		}
	}
	birth, err := time.Parse("20060102", nip[:8])
	if err != nil || birth.Year() < 1900 {
		return "nip.birth"
	}
	_, notMonth := time.Parse("200601", nip[8:14])
	if nip[8:10] < "19" || nip[8:10] > "20" {
		return "nip.appointed"
	}
	switch employment {
	case PNS:
		if notMonth != nil {
			return "nip.appointed"
		}
	case PPPK:
		if notMonth == nil {
			return "nip.pppk"
		}
	}
	if nip[14] != '1' && nip[14] != '2' {
		return "nip.gender"
	}
	if nip[15:] == "000" {
		return "nip.serial"
	}
	return ""
}
