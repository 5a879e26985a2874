package demo

import "kesan/survey"

// tanjungSelor has the regional hospital, where people wait long, and a civil registration office that is very good.
func tanjungSelor() *place {
	return &place{
		code: "65.01.05", zone: survey.WITA,
		week:   hours("08:00", "16:00", "15:00"),
		clinic: hours("07:30", "14:30", "11:30").saturday("07:30", "12:30"),
		people: names{
			men:    []string{"Ardiansyah", "Yohanes", "Rusdi", "Markus", "Hendra", "Lukman", "Agustinus", "Syahrul", "Bayu", "Samuel"},
			women:  []string{"Nurhayati", "Yuliana", "Rahmawati", "Elisabet", "Norhaliza", "Fitriani", "Debora", "Hasnah", "Marlina", "Sri"},
			family: []string{"Lawai", "Usat", "Ramlan", "Hamzah", "Ngau", "Arifin", "Saleh", "Jalung", "Wahyudi", "Ibau", "Tahir", "Laing", "Kadir"},
		},
		branches: append(append([]branch{{name: "Wilayah Tanjung Selor", address: "Tanjung Selor, Kabupaten Bulungan", head: "%s, S.STP., M.Si."}},
			hospital()...), tanjungSelorOffices()...),
		flavour: []string{
			"Bagus sudah pelayanannya di sini, terima kasih banyak.",
			"Mantap pang, urusan cepat selesai.",
			"Petugasnya ramah betul, kami dari hulu sungai pun dibantu.",
			"Jauh-jauh dari Peso, syukurlah satu hari sudah beres.",
			"Terima kasih, tidak perlu bolak-balik naik perahu lagi.",
		},
	}
}

func hospital() []branch {
	nurse := []string{"%s, A.Md.Kep.", "%s, S.Kep., Ns.", "%s, A.Md.Kep."}
	return []branch{
		{key: "RSUD", name: "RSUD Tanjung Selor", address: "Jl. Peraga Sehat No. 1", head: "dr. %s, M.Kes.", clinic: true},
		{key: "RSUD-DAFTAR", under: "RSUD", name: "Pendaftaran dan Rekam Medis", head: "%s, A.Md.RMIK.", titles: []string{"%s, A.Md.RMIK.", "%s, S.KM.", "%s"},
			clinic: true, mean: 322, tilt: tilt{survey.Waktu: -34, survey.Pengaduan: -10, survey.Biaya: 8},
			services: []service{{key: "JALAN", name: "Pendaftaran rawat jalan", limit: 10, limitUnit: survey.Minutes, waitLimit: 30, cost: "Gratis", need: "Kartu identitas, kartu BPJS atau surat rujukan", users: 42000, wait: 21},
				{key: "INAP", name: "Pendaftaran rawat inap", limit: 20, limitUnit: survey.Minutes, waitLimit: 30, cost: "Gratis", need: "Surat pengantar rawat inap", users: 6500, wait: 26}},
			counters: []counter{{name: "Loket Pendaftaran 1", rate: 14, way: byTicket, rota: halves, staff: 3}, {name: "Loket Pendaftaran 2", rate: 12, way: byTicket, rota: halves, staff: 3},
				{name: "Loket Pendaftaran 3 (BPJS)", services: []string{"JALAN"}, rate: 11, way: byTicket, staff: 2}}},
		{key: "RSUD-PD", under: "RSUD", name: "Poliklinik Penyakit Dalam", head: "dr. %s, Sp.PD.", titles: append([]string{"dr. %s"}, nurse...),
			clinic: true, mean: 321, tilt: tilt{survey.Waktu: -52, survey.Kompetensi: 14, survey.Prosedur: -8, survey.Biaya: 5},
			services: []service{{key: "PERIKSA", name: "Pemeriksaan penyakit dalam", limit: 30, limitUnit: survey.Minutes, waitLimit: 60, cost: "Sesuai tarif atau BPJS", need: "Bukti pendaftaran", users: 15000, wait: 68}},
			counters: []counter{{name: "Ruang Periksa 1", rate: 8, rota: halves, staff: 3}, {name: "Ruang Periksa 2", rate: 7, staff: 3}}},
		{key: "RSUD-ANAK", under: "RSUD", name: "Poliklinik Anak", head: "dr. %s, Sp.A.", titles: append([]string{"dr. %s"}, nurse...),
			clinic: true, mean: 334, tilt: tilt{survey.Waktu: -30, survey.Perilaku: 8, survey.Biaya: 4},
			services: []service{{key: "PERIKSA", name: "Pemeriksaan anak", limit: 30, limitUnit: survey.Minutes, waitLimit: 60, cost: "Sesuai tarif atau BPJS", need: "Bukti pendaftaran, buku KIA", users: 9000, wait: 49}},
			counters: []counter{{name: "Ruang Periksa Anak", rate: 8, staff: 3}}},
		{key: "RSUD-APOTEK", under: "RSUD", name: "Instalasi Farmasi (Apotek)", head: "apt. %s, S.Farm., M.Farm.", titles: []string{"apt. %s, S.Farm.", "%s, A.Md.Farm.", "%s, A.Md.Farm."},
			clinic: true, mean: 326, tilt: tilt{survey.Waktu: -16, survey.Sarana: -8},
			services: []service{{key: "JADI", name: "Obat jadi", limit: 30, limitUnit: survey.Minutes, waitLimit: 30, cost: "Sesuai tarif atau BPJS", need: "Resep dokter", users: 30000, wait: 22},
				{key: "RACIK", name: "Obat racikan", limit: 60, limitUnit: survey.Minutes, waitLimit: 60, cost: "Sesuai tarif atau BPJS", need: "Resep dokter", users: 7000, wait: 44}},
			counters: []counter{{name: "Loket Obat 1", rate: 10, way: byDisplay, rota: halves, staff: 3}, {name: "Loket Obat 2", rate: 8, staff: 2}}},
	}
}

func tanjungSelorOffices() []branch {
	return []branch{
		{key: "DUKCAPIL", name: "Disdukcapil Tanjung Selor", address: "Jl. Peraga Arsip No. 4", head: "%s, S.H.", titles: []string{"%s, S.AP.", "%s", "%s, A.Md."},
			mean: 361, tilt: tilt{survey.Waktu: -8, survey.Biaya: 40, survey.Sarana: -6},
			services: dukcapil(12000, 18),
			counters: []counter{{name: "Loket 1", rate: 8, way: byDisplay, staff: 2}, {name: "Loket 2", rate: 7, staff: 2}}},
		{key: "HILIR", name: "Kelurahan Tanjung Selor Hilir", head: "%s, S.Sos.", titles: []string{"%s, S.Sos.", "%s"},
			mean: 331, tilt: tilt{survey.Biaya: 50, survey.Waktu: -14}, services: kelurahan(3800, 16),
			counters: []counter{{name: "Loket Pelayanan", rate: 6, staff: 2}}},
		{key: "HULU", name: "Kelurahan Tanjung Selor Hulu", head: "%s, S.IP.", titles: []string{"%s", "%s, S.AP."},
			mean: 326, tilt: tilt{survey.Biaya: 50, survey.Waktu: -18}, services: kelurahan(2400, 19),
			counters: []counter{{name: "Loket Pelayanan", rate: 4, rota: steady, staff: 2}}},
	}
}
