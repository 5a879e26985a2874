package survey_test

import (
	"testing"

	"kesan/survey"
)

func TestCheckNIP(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, nip string
		pns, pppk string // what is wrong with it for each
	}{
		{"PNS", "199001152015031999", "", "nip.pppk"},
		{"PPPK", "199001152015131999", "nip.appointed", ""},
		{"PPPK with 21 for the month", "198512312022212001", "nip.appointed", ""},
		{"woman", "199001152015032001", "", "nip.pppk"},
		{"day that does not exist", "199002302015031999", "nip.birth", "nip.birth"},
		{"born on a leap day", "198802292015031001", "", "nip.pppk"},
		{"no leap day in 1990", "199002292015031001", "nip.birth", "nip.birth"},
		{"month 13", "199013152015031999", "nip.birth", "nip.birth"},
		{"born in 1890", "189001152015031999", "nip.birth", "nip.birth"},
		{"appointed in 2150", "199001152150031999", "nip.appointed", "nip.appointed"},
		{"appointed in 1815", "199001151815031999", "nip.appointed", "nip.appointed"},
		{"month 00", "199001152015001999", "nip.appointed", ""},
		{"gender 0", "199001152015030999", "nip.gender", "nip.pppk"},
		{"gender 3", "199001152015033999", "nip.gender", "nip.pppk"},
		{"gender 3, PPPK", "199001152015133999", "nip.appointed", "nip.gender"},
		{"serial 000", "199001152015031000", "nip.serial", "nip.pppk"},
		{"serial 000, PPPK", "199001152015131000", "nip.appointed", "nip.serial"},
		{"serial 001", "199001152015031001", "", "nip.pppk"},
		{"17 digits", "19900115201503199", "nip.length", "nip.length"},
		{"19 digits", "1990011520150319990", "nip.length", "nip.length"},
		{"empty", "", "nip.length", "nip.length"},
		{"letter O", "19900115201503199O", "nip.digits", "nip.digits"},
		{"blank inside", "19900115 201503199", "nip.digits", "nip.digits"},
		{"sign", "+99001152015031999", "nip.digits", "nip.digits"},
		{"Arabic digits", "١٩٩٠٠١١٥٢", "nip.digits", "nip.digits"}, // nine of them take 18 bytes
		{"full-width digits", "１９９００１", "nip.digits", "nip.digits"},
	}
	for _, test := range tests {
		if got := survey.CheckNIP(test.nip, survey.PNS); got != test.pns {
			t.Errorf("%s, as PNS: got %q, want %q", test.name, got, test.pns)
		}
		if got := survey.CheckNIP(test.nip, survey.PPPK); got != test.pppk {
			t.Errorf("%s, as PPPK: got %q, want %q", test.name, got, test.pppk)
		}
	}
}

func TestNormaliseNIP(t *testing.T) {
	t.Parallel()
	for _, typed := range []string{"19900115 201503 1 999", " 199001152015031999 ", "19900115\u00a0201503\u00a01\t999"} {
		if got := survey.NormaliseNIP(typed); got != "199001152015031999" {
			t.Errorf("%q: got %q", typed, got)
		}
	}
	if got := survey.NormaliseNIP("1990-0115"); got != "1990-0115" {
		t.Errorf("a hyphen is no blank: got %q", got)
	}
}
