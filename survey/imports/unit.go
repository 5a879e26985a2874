package imports

import (
	"slices"
	"strings"

	"kesan/survey"
)

var (
	unitExists    = reference{what: "unit", has: has(func(o *survey.Office) survey.Set[survey.Unit] { return o.Units })}
	parentExists  = reference{what: "unit", has: unitExists.has, own: true}
	formExists    = reference{what: "kuesioner", has: has(func(o *survey.Office) survey.Set[survey.Form] { return o.Forms })}
	zones         = choice(word[survey.Zone]{"WIB", survey.WIB}, word[survey.Zone]{"WITA", survey.WITA}, word[survey.Zone]{"WIT", survey.WIT})
	modes         = choice(word[survey.FormMode]{"lengkap", survey.FormFull}, word[survey.FormMode]{"singkat", survey.FormShort})
	unitColumn    = Column{"unit", true, "33.74.09.01", "Kode unit, seperti di berkas unit."}
	closedMeaning = "ya bila tidak dipakai lagi. Data lama tetap ada; jangan menghapus barisnya."
)

var units = table[survey.Unit]{
	kind: Kind{Name: "unit", Title: "Unit", About: "Susunan unit: dinas, bidang, puskesmas, kelurahan. Induk dan anak boleh dalam satu berkas, urutannya bebas."},
	set:  func(o *survey.Office) survey.Set[survey.Unit] { return o.Units },
	key:  []string{"kode"},
	rows: unitTree,
	columns: []column[survey.Unit]{
		at(Column{"kode", true, "33.74.09.01", "Kode tetap unit: huruf, angka, titik, garis bawah, tanda hubung."}, "code", code,
			func(u *survey.Unit) *string { return &u.Code }),
		at(Column{"nama", true, "Bidang Pelayanan", "Nama unit seperti pada papan nama."}, "name", text,
			func(u *survey.Unit) *string { return &u.Name }),
		at(Column{"induk", false, "33.74.09", "Kode unit di atasnya; kosong bila unit teratas."}, "parent", code,
			func(u *survey.Unit) *string { return &u.Parent }).to(parentExists),
		at(Column{"zona", true, "WIB", "Zona waktu unit: WIB, WITA atau WIT."}, "zone", zones,
			func(u *survey.Unit) *survey.Zone { return &u.Zone }),
		at(Column{"wilayah", false, "33.74.09", "Kode wilayah administrasi PP.KK.CC.DDDD, boleh sampai tingkat mana pun."}, "area", code,
			func(u *survey.Unit) *string { return &u.Area }),
		at(Column{"alamat", false, "Jl. Melati No. 1", "Alamat kantor."}, "address", longText,
			func(u *survey.Unit) *string { return &u.Address }),
		at(Column{"kuesioner", false, "skm-2017", "Kode kuesioner; kosong berarti sama dengan induknya."}, "form", code,
			func(u *survey.Unit) *string { return &u.Form }).to(formExists),
		at(Column{"bentuk_survei", false, "singkat", "lengkap: kesembilan unsur ditanyakan; singkat: tiga unsur bergilir, sekitar 20 detik. Kosong berarti sama dengan induknya."}, "mode", modes,
			func(u *survey.Unit) *survey.FormMode { return &u.Mode }),
		at(Column{"tutup", false, "tidak", closedMeaning}, "closed", yesNo,
			func(u *survey.Unit) *bool { return &u.Closed }),
	},
}

// maxDepth is how deep units may be nested; the office climbs no further.
const maxDepth = 32

// unitTree refuses units that stand above themselves, looking at the office as it would be after the import.
func unitTree(f *file[survey.Unit]) {
	parents := map[string]string{}
	for code, held := range f.office.Units {
		parents[code] = held.Value.Parent
	}
	for _, r := range f.rows {
		if r.id != "" {
			parents[r.id] = r.value.Parent
		}
	}
	for _, r := range f.rows {
		if r.id != "" && r.good("induk") {
			climb(r, parents)
		}
	}
}

func climb(r *row[survey.Unit], parents map[string]string) {
	path := []string{r.id}
	for code := r.value.Parent; code != ""; code = parents[code] {
		path = append(path, code)
		if code == r.id {
			r.bad("induk", "import.loop", quote(strings.Join(path, " > ")))
			return
		}
		if len(path) > maxDepth || slices.Contains(path[:len(path)-1], code) {
			r.bad("induk", "import.deep", maxDepth)
			return
		}
	}
}
