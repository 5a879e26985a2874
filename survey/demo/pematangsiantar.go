package demo

import "kesan/survey"

// pematangsiantar has civil registration with tickets; what people miss there is an answer to their complaints.
func pematangsiantar() *place {
	return &place{
		code: "12.72", zone: survey.WIB,
		week: hours("08:00", "16:00", "16:00"),
		people: names{
			men:    []string{"Jonni", "Parlindungan", "Rikardo", "Sahat", "Togar", "Darwin", "Binsar", "Agus", "Maruli", "Ferdinan"},
			women:  []string{"Rotua", "Lasma", "Tiurma", "Nurintan", "Dewi", "Roslinda", "Ester", "Herlina", "Masniari", "Juliana"},
			family: []string{"Saragih", "Purba", "Sinaga", "Damanik", "Girsang", "Simarmata", "Sitompul", "Nasution", "Siregar", "Manurung", "Siallagan", "Lubis", "Sipayung"},
		},
		branches: append([]branch{{name: "Wilayah Pematangsiantar", address: "Pematangsiantar", head: "%s, S.H., M.AP."}}, siantarOffices()...),
		flavour: []string{
			"Horas! Mantap kali pelayanannya.",
			"Cepat kali siapnya, tak sampai sejam.",
			"Mauliate, petugasnya sabar menjelaskan.",
			"Bagus kali sekarang, tak payah lagi pakai calo.",
			"Sudah jauh lebih rapi dari dulu, lanjutkan.",
		},
	}
}

func siantarOffices() []branch {
	staff := []string{"%s, S.AP.", "%s", "%s, S.Kom.", "%s, A.Md."}
	return []branch{
		{key: "DUKCAPIL", name: "Disdukcapil Pematangsiantar", address: "Jl. Peraga Merdeka No. 8", head: "%s, S.Sos., M.Si."},
		{key: "DUKCAPIL-KTP", under: "DUKCAPIL", name: "Bidang Pendaftaran Penduduk", head: "%s, S.STP.", titles: staff,
			mean: 328, tilt: tilt{survey.Biaya: 72, survey.Pengaduan: -36, survey.Waktu: -12},
			services: []service{{key: "KTPEL", name: "Perekaman dan pencetakan KTP-el", limit: 1, limitUnit: survey.WorkingDays, waitLimit: 45, cost: "Gratis", need: "Fotokopi Kartu Keluarga", users: 18000, wait: 31},
				{key: "KK", name: "Kartu Keluarga", limit: 3, limitUnit: survey.WorkingDays, waitLimit: 45, cost: "Gratis", need: "Formulir F-1.02, buku nikah atau akta", users: 11000, wait: 28},
				{key: "PINDAH", name: "Surat keterangan pindah", limit: 1, limitUnit: survey.WorkingDays, waitLimit: 45, cost: "Gratis", need: "Kartu Keluarga, KTP-el", users: 3000, wait: 24}},
			counters: []counter{{name: "Loket KTP-el", services: []string{"KTPEL"}, rate: 13, way: byTicket, staff: 2}, {name: "Loket Kartu Keluarga", services: []string{"KK", "PINDAH"}, rate: 9, way: byTicket, staff: 3},
				{name: "Loket Rekam KTP-el", services: []string{"KTPEL"}, rate: 9, way: byTicket, rota: halves, staff: 3}}},
		{key: "DUKCAPIL-AKTA", under: "DUKCAPIL", name: "Bidang Pencatatan Sipil", head: "%s, S.H.", titles: staff,
			mean: 364, tilt: tilt{survey.Biaya: 36, survey.Pengaduan: -20, survey.Waktu: -4},
			services: []service{{key: "LAHIR", name: "Akta kelahiran", limit: 3, limitUnit: survey.WorkingDays, waitLimit: 45, cost: "Gratis", need: "Surat keterangan lahir, KK, buku nikah", users: 7000, wait: 19},
				{key: "MATI", name: "Akta kematian", limit: 3, limitUnit: survey.WorkingDays, waitLimit: 45, cost: "Gratis", need: "Surat keterangan kematian, KK", users: 1500, wait: 16}},
			counters: []counter{{name: "Loket Akta 1", rate: 8, staff: 2}, {name: "Loket Akta 2", rate: 6, staff: 2}}},
		{key: "PROKLAMASI", name: "Kelurahan Proklamasi", head: "%s, S.Sos.", titles: staff, mean: 324, tilt: tilt{survey.Biaya: 55, survey.Pengaduan: -30},
			services: kelurahan(2600, 15), counters: []counter{{name: "Loket Pelayanan", rate: 6, staff: 2}}},
		{key: "TIMBANGGALUNG", name: "Kelurahan Timbang Galung", head: "%s, S.E.", titles: staff, mean: 330, tilt: tilt{survey.Biaya: 50, survey.Pengaduan: -28},
			services: kelurahan(2900, 14), counters: []counter{{name: "Loket Pelayanan", rate: 6, way: byAssisted, staff: 2}}},
	}
}
