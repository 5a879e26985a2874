package survey

// SKM2017 returns the questionnaire of PermenPANRB 14/2017, annex, as version 1 of DefaultForm, in its official wording.
func SKM2017() Form {
	return Form{ID: DefaultForm, Name: "Survei Kepuasan Masyarakat (PermenPANRB 14/2017)", Unsur: skmUnsur(), Profile: skmProfile()}
}

// unsur makes the question of an unsur from its four labels, worst first.
func unsur(key Unsur, text string, labels ...string) Question {
	question := Question{Key: string(key), Text: text}
	for i, label := range labels {
		question.Options = append(question.Options, Option{Value: i + 1, Label: label})
	}
	return question
}

func skmUnsur() []Question {
	return []Question{
		unsur(Persyaratan, "Bagaimana pendapat Saudara tentang kesesuaian persyaratan pelayanan dengan jenis pelayanannya?",
			"Tidak sesuai", "Kurang sesuai", "Sesuai", "Sangat sesuai"),
		unsur(Prosedur, "Bagaimana pemahaman Saudara tentang kemudahan prosedur pelayanan di unit ini?",
			"Tidak mudah", "Kurang mudah", "Mudah", "Sangat mudah"),
		unsur(Waktu, "Bagaimana pendapat Saudara tentang kecepatan waktu dalam memberikan pelayanan?",
			"Tidak cepat", "Kurang cepat", "Cepat", "Sangat cepat"),
		unsur(Biaya, "Bagaimana pendapat Saudara tentang kewajaran biaya/tarif dalam pelayanan?",
			"Sangat mahal", "Cukup mahal", "Murah", "Gratis"),
		unsur(Produk, "Bagaimana pendapat Saudara tentang kesesuaian produk pelayanan antara yang tercantum dalam standar pelayanan dengan hasil yang diberikan?",
			"Tidak sesuai", "Kurang sesuai", "Sesuai", "Sangat sesuai"),
		unsur(Kompetensi, "Bagaimana pendapat Saudara tentang kompetensi/kemampuan petugas dalam pelayanan?",
			"Tidak kompeten", "Kurang kompeten", "Kompeten", "Sangat kompeten"),
		unsur(Perilaku, "Bagaimana pendapat Saudara tentang perilaku petugas dalam pelayanan terkait kesopanan dan keramahan?",
			"Tidak sopan dan ramah", "Kurang sopan dan ramah", "Sopan dan ramah", "Sangat sopan dan ramah"),
		unsur(Sarana, "Bagaimana pendapat Saudara tentang kualitas sarana dan prasarana?",
			"Buruk", "Cukup", "Baik", "Sangat baik"),
		unsur(Pengaduan, "Bagaimana pendapat Saudara tentang penanganan pengaduan pengguna layanan?",
			"Tidak ada", "Ada tetapi tidak berfungsi", "Berfungsi kurang maksimal", "Dikelola dengan baik"),
	}
}

// Keys of the profile questions.
const (
	ProfileGender     = "jenis_kelamin"
	ProfileAge        = "usia"
	ProfileEducation  = "pendidikan"
	ProfileOccupation = "pekerjaan"
)

func skmProfile() []Question {
	return []Question{
		{ProfileGender, "Jenis kelamin", []Option{
			{Key: "l", Label: "Laki-laki"}, {Key: "p", Label: "Perempuan"}, {Key: "tidak_menjawab", Label: "Tidak ingin menjawab"}}},
		{ProfileAge, "Usia", []Option{
			{Key: "u17", Label: "Di bawah 18 tahun"}, {Key: "18-25", Label: "18-25 tahun"}, {Key: "26-35", Label: "26-35 tahun"},
			{Key: "36-45", Label: "36-45 tahun"}, {Key: "46-55", Label: "46-55 tahun"}, {Key: "56", Label: "56 tahun ke atas"}}},
		{ProfileEducation, "Pendidikan terakhir", []Option{
			{Key: "tidak_sekolah", Label: "Tidak sekolah"}, {Key: "sd", Label: "SD"}, {Key: "smp", Label: "SMP"}, {Key: "sma", Label: "SMA/SMK"},
			{Key: "diploma", Label: "D1-D4"}, {Key: "s1", Label: "S1"}, {Key: "s2", Label: "S2"}, {Key: "s3", Label: "S3"}}},
		{ProfileOccupation, "Pekerjaan", []Option{
			{Key: "pns", Label: "PNS"}, {Key: "tni", Label: "TNI"}, {Key: "polri", Label: "Polri"}, {Key: "swasta", Label: "Pegawai swasta"},
			{Key: "wirausaha", Label: "Wirausaha"}, {Key: "petani_nelayan", Label: "Petani/Nelayan"}, {Key: "pelajar", Label: "Pelajar/Mahasiswa"},
			{Key: "irt", Label: "Ibu rumah tangga"}, {Key: "lainnya", Label: "Lainnya"}}},
	}
}
