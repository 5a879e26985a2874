package demo

import "kesan/survey"

// The services that several places give alike; users per year and the usual wait differ.

func dukcapil(users int64, wait int) []service {
	return []service{
		{key: "KTPEL", name: "Perekaman dan pencetakan KTP-el", limit: 1, limitUnit: survey.WorkingDays, waitLimit: 45, cost: "Gratis", need: "Fotokopi Kartu Keluarga", users: users, wait: wait},
		{key: "KK", name: "Kartu Keluarga", limit: 3, limitUnit: survey.WorkingDays, waitLimit: 45, cost: "Gratis", need: "Formulir F-1.02, buku nikah atau akta", users: users / 2, wait: wait + 3},
		{key: "LAHIR", name: "Akta kelahiran", limit: 3, limitUnit: survey.WorkingDays, waitLimit: 45, cost: "Gratis", need: "Surat keterangan lahir, KK, buku nikah", users: users / 3, wait: wait - 2},
	}
}

func kelurahan(users int64, wait int) []service {
	return []service{
		{key: "DOMISILI", name: "Surat keterangan domisili", limit: 1, limitUnit: survey.Hours, waitLimit: 30, cost: "Gratis", need: "Surat pengantar RT/RW, KTP-el", users: users, wait: wait},
		{key: "PENGANTAR", name: "Surat pengantar", limit: 30, limitUnit: survey.Minutes, waitLimit: 30, cost: "Gratis", need: "Surat pengantar RT/RW, KK", users: users, wait: wait - 2},
		{key: "USAHA", name: "Surat keterangan usaha", limit: 1, limitUnit: survey.WorkingDays, waitLimit: 30, cost: "Gratis", need: "Surat pengantar RT/RW, foto tempat usaha", users: users / 3, wait: wait + 4},
	}
}

func paten(users int64, wait int) []service {
	return []service{
		{key: "LEGALISASI", name: "Legalisasi surat keterangan", limit: 30, limitUnit: survey.Minutes, waitLimit: 30, cost: "Gratis", need: "Surat asli dan fotokopi", users: users, wait: wait},
		{key: "SKTM", name: "Surat keterangan tidak mampu", limit: 1, limitUnit: survey.Hours, waitLimit: 30, cost: "Gratis", need: "Surat pengantar kelurahan, KK", users: users / 3, wait: wait + 3},
		{key: "WARIS", name: "Surat keterangan ahli waris", limit: 3, limitUnit: survey.WorkingDays, waitLimit: 30, cost: "Gratis", need: "Akta kematian, KK, surat pernyataan", users: users / 8, wait: wait + 8},
	}
}
