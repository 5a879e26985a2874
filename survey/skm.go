package survey

// SKM2017 returns the questionnaire of PermenPANRB 14/2017, annex, as version 1 of DefaultForm. The Indonesian wording is
// the official one; English helps people to answer.
func SKM2017() Form {
	return Form{ID: DefaultForm, Name: "Survei Kepuasan Masyarakat (PermenPANRB 14/2017)", Unsur: skmUnsur(), Profile: skmProfile()}
}

func unsur(key Unsur, id, en string, labels ...string) Question {
	question := Question{Key: string(key), Text: Text{"id": id, "en": en}}
	for i := 0; i < len(labels); i += 2 {
		question.Options = append(question.Options, Option{Value: i/2 + 1, Label: Text{"id": labels[i], "en": labels[i+1]}})
	}
	return question
}

func skmUnsur() []Question {
	return []Question{
		unsur(Persyaratan, "Bagaimana pendapat Saudara tentang kesesuaian persyaratan pelayanan dengan jenis pelayanannya?",
			"How well do the requirements fit this kind of service?",
			"Tidak sesuai", "Do not fit", "Kurang sesuai", "Fit poorly", "Sesuai", "Fit", "Sangat sesuai", "Fit very well"),
		unsur(Prosedur, "Bagaimana pemahaman Saudara tentang kemudahan prosedur pelayanan di unit ini?",
			"How easy is the service procedure in this office?",
			"Tidak mudah", "Not easy", "Kurang mudah", "Rather hard", "Mudah", "Easy", "Sangat mudah", "Very easy"),
		unsur(Waktu, "Bagaimana pendapat Saudara tentang kecepatan waktu dalam memberikan pelayanan?",
			"How fast was the service?",
			"Tidak cepat", "Not fast", "Kurang cepat", "Rather slow", "Cepat", "Fast", "Sangat cepat", "Very fast"),
		unsur(Biaya, "Bagaimana pendapat Saudara tentang kewajaran biaya/tarif dalam pelayanan?",
			"How reasonable is the fee?",
			"Sangat mahal", "Very expensive", "Cukup mahal", "Rather expensive", "Murah", "Cheap", "Gratis", "Free of charge"),
		unsur(Produk, "Bagaimana pendapat Saudara tentang kesesuaian produk pelayanan antara yang tercantum dalam standar pelayanan dengan hasil yang diberikan?",
			"How well does what you received match what the service standard promises?",
			"Tidak sesuai", "Does not match", "Kurang sesuai", "Matches poorly", "Sesuai", "Matches", "Sangat sesuai", "Matches very well"),
		unsur(Kompetensi, "Bagaimana pendapat Saudara tentang kompetensi/kemampuan petugas dalam pelayanan?",
			"How competent was the officer?",
			"Tidak kompeten", "Not competent", "Kurang kompeten", "Rather incompetent", "Kompeten", "Competent", "Sangat kompeten", "Very competent"),
		unsur(Perilaku, "Bagaimana pendapat Saudara tentang perilaku petugas dalam pelayanan terkait kesopanan dan keramahan?",
			"How polite and friendly was the officer?",
			"Tidak sopan dan ramah", "Not polite or friendly", "Kurang sopan dan ramah", "Rather impolite", "Sopan dan ramah", "Polite and friendly", "Sangat sopan dan ramah", "Very polite and friendly"),
		unsur(Sarana, "Bagaimana pendapat Saudara tentang kualitas sarana dan prasarana?",
			"How good are the facilities?",
			"Buruk", "Bad", "Cukup", "Fair", "Baik", "Good", "Sangat baik", "Very good"),
		unsur(Pengaduan, "Bagaimana pendapat Saudara tentang penanganan pengaduan pengguna layanan?",
			"How are complaints of users handled?",
			"Tidak ada", "There is no handling", "Ada tetapi tidak berfungsi", "Exists but does not work", "Berfungsi kurang maksimal", "Works, but not fully", "Dikelola dengan baik", "Handled well"),
	}
}

func profile(key, id, en string, options ...string) Question {
	question := Question{Key: key, Text: Text{"id": id, "en": en}}
	for i := 0; i < len(options); i += 3 {
		question.Options = append(question.Options, Option{Key: options[i], Label: Text{"id": options[i+1], "en": options[i+2]}})
	}
	return question
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
		profile(ProfileGender, "Jenis kelamin", "Gender",
			"l", "Laki-laki", "Male", "p", "Perempuan", "Female", "tidak_menjawab", "Tidak ingin menjawab", "Prefer not to say"),
		profile(ProfileAge, "Usia", "Age",
			"u17", "Di bawah 18 tahun", "Under 18", "18-25", "18-25 tahun", "18-25", "26-35", "26-35 tahun", "26-35",
			"36-45", "36-45 tahun", "36-45", "46-55", "46-55 tahun", "46-55", "56", "56 tahun ke atas", "56 and over"),
		profile(ProfileEducation, "Pendidikan terakhir", "Education",
			"tidak_sekolah", "Tidak sekolah", "None", "sd", "SD", "Primary school", "smp", "SMP", "Junior secondary",
			"sma", "SMA/SMK", "Senior secondary", "diploma", "D1-D4", "Diploma", "s1", "S1", "Bachelor", "s2", "S2", "Master",
			"s3", "S3", "Doctorate"),
		profile(ProfileOccupation, "Pekerjaan", "Occupation",
			"pns", "PNS", "Civil servant", "tni", "TNI", "Military", "polri", "Polri", "Police", "swasta", "Pegawai swasta", "Employee",
			"wirausaha", "Wirausaha", "Self-employed", "petani_nelayan", "Petani/Nelayan", "Farmer or fisher",
			"pelajar", "Pelajar/Mahasiswa", "Student", "irt", "Ibu rumah tangga", "Homemaker", "lainnya", "Lainnya", "Other"),
	}
}
