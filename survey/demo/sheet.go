package demo

import (
	"crypto/sha256"
	"encoding/base32"
	"strconv"

	"kesan/survey"
)

// sheetLetters is the alphabet of a sheet's typed address, the one of the survey package: no letters that look like digits.
var sheetLetters = base32.NewEncoding("0123456789ABCDEFGHJKMNPQRSTVWXYZ")

// sheetID makes an address that is the same for every run of a seed. Real sheets have random ones.
func (r *Region) sheetID(purpose string) string {
	sum := sha256.Sum256([]byte("sheet|" + strconv.FormatUint(r.seed, 10) + "|" + purpose))
	return sheetLetters.EncodeToString(sum[:5])
}

// sheets hangs a poster at every counter. Where one was photographed it has been replaced.
func (r *Region) sheets() []survey.Draft {
	var list []survey.Draft
	for _, d := range r.desks {
		list = append(list, survey.Draft{Object: survey.Sheet{ID: d.sheet, Counter: d.Code, Place: "Di depan " + d.Name, ValidFrom: r.rosterFrom()}})
		if d.way.channel == survey.ChannelAssisted {
			old := survey.Sheet{ID: r.sheetID(d.Code + "|lama"), Counter: d.Code, Place: "Pintu masuk", ValidFrom: r.rosterFrom(),
				Revoked: true, Why: "Foto lembar ini beredar di grup percakapan"}
			list = append(list, survey.Draft{Object: old})
		}
	}
	return list
}
