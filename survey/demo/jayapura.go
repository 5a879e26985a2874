package demo

import "kesan/survey"

// jayapura has a health centre and a permit office; its buildings are what people complain about.
func jayapura() *place {
	return &place{
		code: "91.71", zone: survey.WIT,
		week:   hours("08:00", "15:00", "14:30"),
		clinic: hours("08:00", "14:00", "12:00").saturday("08:00", "12:00"),
		people: names{
			men:    []string{"Yance", "Frans", "Otniel", "Daud", "Melkias", "Habel", "Isak", "Ruben", "Ronald", "Amos"},
			women:  []string{"Yosina", "Maria", "Fransina", "Orpa", "Adolfina", "Ribka", "Selvina", "Naomi", "Ester", "Welmince"},
			family: []string{"Wenda", "Kogoya", "Rumbiak", "Yoku", "Ondi", "Mansoben", "Kbarek", "Sroyer", "Felle", "Ohee", "Awoitauw", "Itaar", "Rumaropen"},
		},
		branches: append([]branch{{name: "Wilayah Kota Jayapura", address: "Kota Jayapura", head: "%s, S.IP., M.KP."}}, jayapuraOffices()...),
		flavour: []string{
			"Petugas dong baik-baik, sa pu urusan cepat selesai.",
			"Terima kasih, pelayanan su bagus sekali.",
			"Mantap, kitong dilayani baik.",
			"Trada yang dipersulit, semua dijelaskan.",
			"Su lebih cepat dari dulu, terima kasih banyak e.",
		},
	}
}

func jayapuraOffices() []branch {
	medical := []string{"dr. %s", "%s, A.Md.Kep.", "%s, S.Kep., Ns.", "%s, A.Md.Kep."}
	staff := []string{"%s, S.AP.", "%s", "%s, S.H.", "%s, S.E."}
	return []branch{
		{key: "PKM", name: "Puskesmas Kotaraja", address: "Jl. Peraga Kotaraja No. 2", head: "dr. %s, M.Kes.", clinic: true},
		{key: "PKM-UMUM", under: "PKM", name: "Poli Umum", head: "dr. %s", titles: medical, clinic: true, mean: 327, tilt: tilt{survey.Sarana: -44, survey.Kompetensi: 10, survey.Biaya: 30},
			services: []service{{key: "PERIKSA", name: "Pemeriksaan umum", limit: 20, limitUnit: survey.Minutes, waitLimit: 60, cost: "Gratis dengan BPJS", need: "Kartu identitas atau BPJS", users: 16000, wait: 46}},
			counters: []counter{{name: "Ruang Periksa 1", rate: 9, way: byDisplay, rota: halves, staff: 3}, {name: "Ruang Periksa 2", rate: 8, staff: 3}}},
		{key: "PKM-KIA", under: "PKM", name: "KIA dan Imunisasi", head: "%s, S.Tr.Keb.", titles: []string{"%s, A.Md.Keb.", "%s, S.Tr.Keb."}, clinic: true, mothers: true, mean: 342, tilt: tilt{survey.Sarana: -36, survey.Biaya: 30},
			services: []service{{key: "HAMIL", name: "Pemeriksaan ibu hamil", limit: 30, limitUnit: survey.Minutes, waitLimit: 60, cost: "Gratis", need: "Buku KIA", users: 3000, wait: 38},
				{key: "IMUNISASI", name: "Imunisasi anak", limit: 15, limitUnit: survey.Minutes, waitLimit: 45, cost: "Gratis", need: "Buku KIA", users: 4500, wait: 29}},
			counters: []counter{{name: "Ruang KIA", rate: 7, staff: 2}}},
		{key: "PKM-FARMASI", under: "PKM", name: "Ruang Farmasi", head: "apt. %s, S.Farm.", titles: []string{"%s, A.Md.Farm.", "%s"}, clinic: true, hurried: true, mean: 330, tilt: tilt{survey.Sarana: -32, survey.Biaya: 24},
			services: []service{{key: "OBAT", name: "Penyerahan obat", limit: 30, limitUnit: survey.Minutes, waitLimit: 30, cost: "Gratis dengan BPJS", need: "Resep", users: 14000, wait: 17}},
			counters: []counter{{name: "Loket Obat", rate: 8, staff: 2}}},
		{key: "DPMPTSP", name: "DPMPTSP Kota Jayapura", address: "Jl. Peraga Usaha No. 10", head: "%s, S.T., M.Si.", titles: staff, mean: 324, tilt: tilt{survey.Sarana: -28, survey.Biaya: -14, survey.Waktu: 10},
			services: []service{{key: "NIB", name: "Pendampingan Nomor Induk Berusaha", limit: 1, limitUnit: survey.WorkingDays, waitLimit: 30, cost: "Gratis", need: "KTP-el, alamat surat elektronik usaha", users: 4000, wait: 20},
				{key: "PBG", name: "Persetujuan bangunan gedung", limit: 14, limitUnit: survey.WorkingDays, waitLimit: 30, cost: "Retribusi daerah", need: "Gambar rencana, bukti kepemilikan tanah", users: 900, wait: 27},
				{key: "PRAKTIK", name: "Izin praktik tenaga kesehatan", limit: 3, limitUnit: survey.WorkingDays, waitLimit: 30, cost: "Gratis", need: "STR, rekomendasi organisasi profesi", users: 600, wait: 18}},
			counters: []counter{{name: "Loket Perizinan 1", services: []string{"NIB", "PBG"}, rate: 7, staff: 2}, {name: "Loket Perizinan 2", services: []string{"NIB", "PRAKTIK"}, rate: 6, staff: 2}}},
		{key: "ENTROP", name: "Kelurahan Entrop", head: "%s, S.IP.", titles: staff, mean: 291, tilt: tilt{survey.Sarana: -50, survey.Waktu: -12, survey.Biaya: 40},
			services: kelurahan(3100, 27), counters: []counter{{name: "Loket Pelayanan", rate: 6, staff: 2}}},
	}
}
