package imports

import (
	"regexp"
	"unicode/utf8"

	"kesan/survey"
)

var (
	officerSet      = func(o *survey.Office) survey.Set[survey.Officer] { return o.Officers }
	officerExists   = reference{what: "petugas", has: has(officerSet)}
	appraiserExists = reference{what: "petugas", has: has(officerSet), own: true}
	employments     = choice(word[survey.Employment]{"pns", survey.PNS}, word[survey.Employment]{"pppk", survey.PPPK},
		word[survey.Employment]{"non_asn", survey.NonASN})
)

var officers = table[survey.Officer]{
	kind: Kind{Name: "petugas", Title: "Petugas", About: "Semua yang melayani di loket dan atasan langsungnya. Impor unit lebih dulu. Di Excel, format kolom nip dan atasan sebagai Teks sebelum mengisinya."},
	set:  officerSet,
	key:  []string{"nip"},
	row:  checkOfficer,
	columns: []column[survey.Officer]{
		at(Column{"nip", true, "199001152015031999", "NIP 18 angka; untuk non_asn kode internal, bukan NIK."}, "id", nip,
			func(o *survey.Officer) *string { return &o.ID }),
		at(Column{"nama", true, "Sari Wulandari", "Nama petugas."}, "name", text,
			func(o *survey.Officer) *string { return &o.Name }),
		at(Column{"jenis_asn", true, "pns", "pns, pppk atau non_asn."}, "employment", employments,
			func(o *survey.Officer) *survey.Employment { return &o.Employment }),
		at(unitColumn, "unit", code,
			func(o *survey.Officer) *string { return &o.Unit }).to(unitExists),
		at(Column{"atasan", false, "197805102005012999", "NIP atau kode atasan langsung, yang juga ada di daftar petugas."}, "appraiser", nip,
			func(o *survey.Officer) *string { return &o.Appraiser }).to(appraiserExists),
		at(Column{"nonaktif", false, "tidak", "ya bila pindah, pensiun atau berhenti. Data lama tetap ada."}, "closed", yesNo,
			func(o *survey.Officer) *bool { return &o.Closed }),
	},
}

var (
	internalPattern = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]*$`)
	nikPattern      = regexp.MustCompile(`^\d{16}$`)
	nipPattern      = regexp.MustCompile(`^\d{18}$`)
)

func checkOfficer(r *row[survey.Officer]) {
	if r.good("nip", "jenis_asn") {
		bad := checkNumber(r.value.ID, r.value.Employment)
		if bad.key != "" {
			r.bad("nip", bad.key, bad.args...)
		}
	}
	if r.good("nip", "atasan") && r.value.Appraiser == r.value.ID {
		r.bad("atasan", "import.self")
	}
}

// checkNumber takes the NIP of an ASN and the internal code of anybody else, which must not be a number of the person.
func checkNumber(id string, employment survey.Employment) fault {
	switch {
	case employment.ASN():
		return explainNIP(id, survey.CheckNIP(id, employment))
	case nipPattern.MatchString(id):
		return faulty("import.nip.nonasn")
	case nikPattern.MatchString(id):
		return faulty("import.nik")
	case !internalPattern.MatchString(id):
		return faulty("import.code", quote(id))
	}
	return fault{}
}

// explainNIP adds to what CheckNIP says the part of the number that is meant.
func explainNIP(nip, key string) fault {
	switch key {
	case "nip.length":
		if n := utf8.RuneCountInString(nip); n != 18 {
			return faulty(key, n)
		}
		return faulty("nip.digits") // digits of another script take more bytes
	case "nip.birth":
		return faulty(key, nip[:8])
	case "nip.appointed":
		return faulty(key, nip[8:14])
	case "nip.pppk":
		return faulty(key, nip[12:14])
	case "nip.gender":
		return faulty(key, nip[14:15])
	}
	return fault{key: key}
}
