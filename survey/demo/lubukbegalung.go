package demo

import "kesan/survey"

// lubukBegalung is a district of Padang with a very good front office; requirements are what people did not know.
func lubukBegalung() *place {
	return &place{
		code: "13.71.06", zone: survey.WIB,
		week: hours("07:30", "16:00", "16:30"),
		people: names{
			men:    []string{"Afrizal", "Yusrizal", "Hendri", "Rinaldi", "Zulkifli", "Syafrizal", "Doni", "Ilham", "Rizki", "Firdaus"},
			women:  []string{"Yusnita", "Desmawati", "Rahmi", "Elvira", "Nofriyanti", "Fitria", "Mardiana", "Suryani", "Wirda", "Lenny"},
			family: []string{"Chaniago", "Koto", "Piliang", "Tanjung", "Sikumbang", "Jambak", "Guci", "Malayu", "Panyalai", "Bodi", "Pitopang"},
		},
		branches: append([]branch{{name: "Kecamatan Lubuk Begalung", address: "Lubuk Begalung, Kota Padang", head: "%s, S.STP., M.Si."}}, lubukBegalungOffices()...),
		flavour: []string{
			"Rancak pelayanannyo, tarimo kasih.",
			"Petugasnyo ramah bana, indak balamo-lamo.",
			"Capek salasai, alah sanang hati.",
			"Alhamdulillah lancar, tarimo kasih banyak.",
			"Lah elok kini, indak baputa-puta lai.",
		},
	}
}

func lubukBegalungOffices() []branch {
	staff := []string{"%s, S.Sos.", "%s", "%s, S.AP.", "%s, A.Md."}
	lurah := func(key, name string, mean, rate int, r rota) branch {
		return branch{key: key, name: name, head: "%s, S.Sos.", titles: staff, mean: mean, tilt: tilt{survey.Biaya: 46, survey.Persyaratan: -30},
			services: kelurahan(2300, 14), counters: []counter{{name: "Loket Pelayanan", rate: rate, rota: r, staff: 2}}}
	}
	nanXX := lurah("NANXX", "Kelurahan Lubuk Begalung Nan XX", 334, 6, weekly)
	nanXX.counters[0].way = byAssisted
	return []branch{
		{key: "PATEN", name: "Pelayanan Administrasi Terpadu (PATEN)", asks: askingForm, head: "%s, S.H.", titles: staff, mean: 362, tilt: tilt{survey.Persyaratan: -26, survey.Biaya: 38},
			services: paten(4800, 12),
			counters: []counter{{name: "Loket 1", rate: 8, staff: 2}, {name: "Loket 2", rate: 7, staff: 2}, {name: "Loket 3", services: []string{"SKTM", "WARIS"}, rate: 6, staff: 2}}},
		nanXX,
		lurah("CENGKEH", "Kelurahan Cengkeh", 329, 4, steady),
		lurah("BANUARAN", "Kelurahan Banuaran", 331, 6, weekly),
	}
}
