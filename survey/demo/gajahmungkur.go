package demo

import "kesan/survey"

// gajahmungkur is a district of Semarang: procedures puzzle people, and the permits desk falls in the last months.
func gajahmungkur() *place {
	return &place{
		code: "33.74.09", zone: survey.WIB,
		week: hours("08:00", "15:30", "14:00"),
		people: names{
			men:       []string{"Agung", "Eko", "Wahyu", "Tri", "Budi", "Heru", "Arif", "Yusuf", "Rahmat", "Galih"},
			women:     []string{"Endah", "Retno", "Siti", "Wulan", "Dian", "Ratna", "Anisa", "Kartika", "Indah", "Yuni"},
			family:    []string{"Prasetyo", "Nugroho", "Santoso", "Wibowo", "Setiawan", "Kurniawan", "Hartono", "Susilo", "Utomo", "Pramono", "Hidayat"},
			daughters: []string{"Lestari", "Wulandari", "Handayani", "Rahayu", "Puspitasari", "Setyowati", "Astuti", "Kusumawati", "Maharani", "Utami", "Widyastuti"},
		},
		branches: append([]branch{{name: "Kecamatan Gajahmungkur", address: "Gajahmungkur, Kota Semarang", head: "%s, S.STP., M.M."}}, gajahmungkurOffices()...),
		flavour: []string{
			"Matur nuwun, pelayanane sae.",
			"Petugase ramah, ora ribet.",
			"Cepet rampung, maturnuwun sanget.",
			"Pelayanan apik, kantore resik.",
			"Sip, mung sedhela wis dadi.",
		},
	}
}

func gajahmungkurOffices() []branch {
	staff := []string{"%s, S.AP.", "%s", "%s, S.Sos.", "%s, A.Md."}
	lurah := func(key, name string, mean, rate int) branch {
		return branch{key: key, name: name, head: "%s, S.Sos.", titles: staff, mean: mean, tilt: tilt{survey.Biaya: 48, survey.Prosedur: -26},
			services: kelurahan(2200, 13), counters: []counter{{name: "Loket Pelayanan", rate: rate, staff: 2}}}
	}
	sampangan := lurah("SAMPANGAN", "Kelurahan Sampangan", 336, 5)
	sampangan.counters = append(sampangan.counters, counter{name: "Loket Surat Pengantar", services: []string{"PENGANTAR"}, rate: 5, staff: 2})
	return []branch{
		{key: "PATEN", name: "Pelayanan Administrasi Terpadu (PATEN)", head: "%s, S.E.", titles: staff, mean: 333, tilt: tilt{survey.Prosedur: -28, survey.Biaya: 44},
			services: paten(5200, 17),
			counters: []counter{{name: "Loket 1", rate: 9, way: byDisplay, staff: 2}, {name: "Loket 2", rate: 8, way: byDisplay, staff: 3}}},
		{key: "IZIN", name: "Seksi Perizinan", head: "%s, S.T.", titles: staff, mean: 325, tilt: tilt{survey.Prosedur: -20, survey.Waktu: -8, survey.Biaya: -6},
			services: []service{{key: "UMK", name: "Izin usaha mikro dan kecil", limit: 3, limitUnit: survey.WorkingDays, waitLimit: 30, cost: "Gratis", need: "KTP-el, NPWP, surat domisili usaha", users: 2100, wait: 23},
				{key: "KERAMAIAN", name: "Rekomendasi izin keramaian", limit: 2, limitUnit: survey.WorkingDays, waitLimit: 30, cost: "Gratis", need: "Surat pengantar RT/RW, denah lokasi", users: 700, wait: 19}},
			counters: []counter{{name: "Loket Perizinan 1", rate: 7, staff: 2}, {name: "Loket Perizinan 2", rate: 6, staff: 2}}},
		sampangan,
		lurah("PETOMPON", "Kelurahan Petompon", 328, 6),
		lurah("BENDUNGAN", "Kelurahan Bendungan", 332, 5),
	}
}
