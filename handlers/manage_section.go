package handlers

import (
	"strings"

	"kesan/handlers/locale"
	"kesan/handlers/view"
	"kesan/survey"
	"kesan/survey/imports"
)

// section is a kind of object that has a list and a form of its own under /kelola. What its columns mean and how they are
// checked is said by package imports, so that a page and a file follow the same rules; here stands how a page shows them.
type section struct {
	kind   string // of package imports, and the last part of the address
	title  string
	about  string
	fresh  string           // the label of the link that makes one
	list   []string         // the columns of the list; the first leads to the form
	inputs map[string]input // of columns that are more than a line of text
	notes  func(*Server) []string
}

// input says how a column is filled in and shown.
type input struct {
	label   string
	as      string // see view.Field
	help    string // empty: what the column's description says
	ends    bool   // the object no longer holds; lists say so by the label
	choices func(*survey.Office) []view.Choice
	empty   string                              // what it means to choose none
	name    func(*survey.Office, string) string // what a list shows for a cell
}

func (sec section) path() string { return "/kelola/" + sec.kind }

// labels name the columns for people, where it is more than their name in a file.
var labels = map[string]string{
	"induk": "Unit induk", "zona": "Zona waktu", "wilayah": "Kode wilayah", "standar_waktu": "Standar waktu penyelesaian",
	"satuan_waktu": "Satuan waktu", "waktu_tunggu": "Standar waktu tunggu (menit)", "pengguna_per_tahun": "Pengguna setahun",
	"jenis_asn": "Jenis pegawai", "atasan": "Atasan langsung", "tanggal_selesai": "Tanggal selesai (dinas malam)",
	"cuti_bersama": "Cuti bersama", "target_atas": "Batas atas (target rentang)", "bobot": "Bobot (%)",
}

func (sec section) label(column string) string {
	if given := sec.inputs[column].label; given != "" {
		return given
	}
	if known := labels[column]; known != "" {
		return known
	}
	text := strings.ReplaceAll(column, "_", " ")
	return strings.ToUpper(text[:1]) + text[1:]
}

// ending is a yes-or-no column that says that an object no longer holds.
func ending(label, help string) input {
	return input{label: label, as: view.InputCheck, help: help, ends: true}
}

func pick(choices func(*survey.Office) []view.Choice) input {
	return input{as: view.InputChoice, choices: choices}
}

var (
	unitInput = input{label: "Unit", as: view.InputChoice, choices: unitChoices, help: "Pilih dari susunan unit.",
		name: func(o *survey.Office, code string) string { return survey.Name(o.Units, code) }}
	officerInput = input{label: "Petugas", as: view.InputChoice, choices: officerChoices, help: "Pilih dari daftar petugas.",
		name: func(o *survey.Office, id string) string { return survey.Name(o.Officers, id) }}
	closedInput = ending("Sudah ditutup", "Centang bila tidak dipakai lagi. Data lama tetap ada.")
	cancelInput = ending("Dibatalkan", "Centang bila tidak jadi berlaku. Catatannya tetap ada.")
)

// sections are the kinds that are kept by the generic list and form.
var sections = []section{
	{kind: "unit", title: "Unit", fresh: "Tambah unit", about: "Susunan unit dari yang teratas sampai tempat warga dilayani.",
		list: []string{"nama", "kode", "induk", "zona", "wilayah"},
		inputs: map[string]input{
			"kode":      {help: "Kode tetap, biasanya kode wilayah atau kode organisasi. Tidak dapat diubah sesudah disimpan."},
			"induk":     {as: view.InputChoice, choices: unitChoices, name: unitInput.name, empty: "Tidak ada: ini unit teratas", help: "Unit di atasnya."},
			"zona":      pick(words("WIB", "WITA", "WIT")),
			"alamat":    {as: view.InputLong},
			"kuesioner": {as: view.InputChoice, choices: formChoices, empty: "Sama dengan unit induknya", help: "Unit teratas tanpa pilihan memakai kuesioner SKM."},
			"bentuk_survei": {as: view.InputChoice, choices: words("lengkap", "singkat"), empty: "Sama dengan unit induknya",
				help: "Lengkap: sembilan pertanyaan, sekitar dua menit. Singkat: tiga pertanyaan yang bergilir, sekitar 20 detik; nilai tiap unsur lalu memerlukan tiga kali lebih banyak jawaban. Unit teratas tanpa pilihan memakai yang lengkap."},
			"tutup": closedInput,
		}},
	{kind: "layanan", title: "Layanan", fresh: "Tambah layanan", about: "Jenis layanan setiap unit dengan standar pelayanannya.",
		list: []string{"nama", "kode", "unit", "standar_waktu", "satuan_waktu", "waktu_tunggu"},
		inputs: map[string]input{
			"unit":               unitInput,
			"standar_waktu":      {as: "number"},
			"satuan_waktu":       {as: view.InputChoice, choices: words("menit", "jam", "hari kerja"), empty: "Tanpa standar waktu"},
			"waktu_tunggu":       {as: "number"},
			"persyaratan":        {as: view.InputLong},
			"pengguna_per_tahun": {as: "number"},
			"tutup":              closedInput,
		}},
	{kind: "loket", title: "Loket", fresh: "Tambah loket", about: "Tempat warga dilayani. Setiap loket punya lembar QR sendiri.",
		list: []string{"nama", "kode", "unit", "layanan"},
		inputs: map[string]input{
			"unit": unitInput,
			"layanan": {as: view.InputMany, label: "Layanan di loket ini", help: "Tanpa centang berarti semua layanan unit.",
				name: func(o *survey.Office, codes string) string { return serviceNames(o, codes) }},
			"tutup": closedInput,
		}},
	{kind: "petugas", title: "Petugas", fresh: "Tambah petugas", about: "Semua yang melayani di loket, dan atasan langsungnya.",
		list: []string{"nama", "nip", "jenis_asn", "unit", "atasan"},
		inputs: map[string]input{
			"nip":       {label: "NIP atau kode petugas", help: "NIP 18 angka, boleh disalin dengan spasi. Untuk tenaga non-ASN tulis kode internal, jangan NIK."},
			"jenis_asn": {as: view.InputChoice, choices: employmentChoices, name: employmentName, help: "PNS, PPPK, atau non-ASN."},
			"unit":      unitInput,
			"atasan": {as: view.InputChoice, choices: officerChoices, name: officerInput.name, empty: "Belum ditentukan",
				help: "Pilih dari daftar petugas. Atasan yang belum ada ditambahkan dulu sebagai petugas."},
			"nonaktif": ending("Tidak aktif", "Centang bila pindah, pensiun, atau berhenti. Data lama tetap ada."),
		}},
	{kind: "jadwal", title: "Jadwal petugas", fresh: "Tambah jadwal", about: "Siapa melayani di loket mana dan kapan.",
		inputs: map[string]input{
			"loket": {as: view.InputChoice, choices: counterChoices, help: "Pilih dari daftar loket.", name: func(o *survey.Office, code string) string { return survey.Name(o.Counters, code) }},
			"nip":   officerInput, "tanggal": {as: "date", help: "Hari mulai dinas.", name: func(_ *survey.Office, day string) string { return locale.Date(survey.Day(day)) }},
			"mulai": {as: "time", name: clockName}, "selesai": {as: "time"},
			"tanggal_selesai": {as: "date"}, "batal": cancelInput,
		}},
	{kind: "jam", title: "Jam buka", fresh: "Tambah jam buka", about: "Jam buka unit pada hari kerjanya. Unit tanpa jam sendiri mengikuti induknya.",
		list: []string{"unit", "hari", "buka", "tutup"},
		inputs: map[string]input{
			"unit": unitInput, "hari": pick(words("senin", "selasa", "rabu", "kamis", "jumat", "sabtu", "minggu")),
			"buka": {as: "time", label: "Jam buka", name: clockName}, "tutup": {as: "time", label: "Jam tutup", name: clockName},
			"batal": ending("Tidak lagi buka pada hari ini", "Catatannya tetap ada."),
		}},
	{kind: "libur", title: "Hari libur", fresh: "Tambah hari libur", about: "Hari libur nasional, cuti bersama, dan libur setempat. Dipakai untuk menghitung hari kerja.",
		list: []string{"nama", "tanggal", "cuti_bersama", "unit"}, notes: (*Server).missingCalendars,
		inputs: map[string]input{
			"tanggal": {as: "date", help: "Hari liburnya.", name: func(_ *survey.Office, day string) string { return dayName(survey.Day(day)) }},
			"unit": {label: "Berlaku untuk", as: view.InputChoice, choices: unitChoices, empty: "Semua unit", help: "Libur setempat berlaku juga bagi unit di bawahnya.", name: func(o *survey.Office, code string) string {
				if code == "" {
					return "Semua unit"
				}
				return survey.Name(o.Units, code)
			}},
			"cuti_bersama": {as: view.InputCheck}, "batal": cancelInput,
		}},
	{kind: "target", title: "Target", fresh: "Tambah target", about: "Target indikator per periode. Target setahun berlaku bagi setiap periode di dalamnya yang tidak punya target sendiri.",
		list: []string{"indikator", "tingkat", "unit", "nip", "periode", "target", "bobot"},
		inputs: map[string]input{
			"indikator": {as: view.InputChoice, choices: indicatorChoices, name: indicatorName, help: "Ukuran yang ditargetkan."},
			"tingkat":   pick(words("unit", "petugas")),
			"unit": {as: view.InputChoice, choices: unitChoices, name: unitInput.name, label: "Unit", empty: "Untuk satu petugas saja",
				help: "Pada tingkat petugas: berlaku bagi semua petugas unit itu dan di bawahnya."},
			"nip": {as: view.InputChoice, choices: officerChoices, name: officerInput.name, label: "Petugas", empty: "Unit atau semua petugasnya",
				help: "Hanya untuk target satu petugas; unit lalu dikosongkan."},
			"batal": cancelInput,
		}},
}

// called is a cell the way people call what it means.
func (sec section) called(o *survey.Office, column, cell string) string {
	if called := sec.inputs[column].name; called != nil && (cell != "" || column == "layanan" || sec.kind == "libur") {
		return called(o, cell)
	}
	return cell
}

// columns returns what package imports says of the section's columns.
func (sec section) columns() []imports.Column {
	kind, err := imports.Find(sec.kind)
	if err != nil { // a section without a kind is a mistake in the table above
		panic(err)
	}
	return kind.Columns
}
