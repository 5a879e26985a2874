package survey

// SKM2017 returns the questionnaire of PermenPANRB 14/2017, annex, as version 1 of DefaultForm. The Indonesian wording is
// the official one and what is stored; the other languages help people to answer. Javanese, Minangkabau and Papuan Malay
// are drafts that no native speaker has reviewed; where one lacks a text the official one stands alone.
func SKM2017() Form {
	return Form{ID: DefaultForm, Name: "Survei Kepuasan Masyarakat (PermenPANRB 14/2017)", Unsur: skmUnsur(), Profile: skmProfile()}
}

// wording is a question in one language, with its answers from worst to best or in the order of their keys. An empty text
// leaves the official one alone.
type wording struct {
	lang, question string
	labels         []string
}

func in(lang, question string, labels ...string) wording { return wording{lang, question, labels} }

// ask makes a question of n answers from its wordings.
func ask(key string, n int, wordings []wording) Question {
	question := Question{Key: key, Text: Text{}, Options: make([]Option, n)}
	for i := range question.Options {
		question.Options[i].Label = Text{}
	}
	for _, w := range wordings {
		question.Text.add(w.lang, w.question)
		for i, label := range w.labels {
			question.Options[i].Label.add(w.lang, label)
		}
	}
	return question
}

func (t Text) add(lang, text string) {
	if text != "" {
		t[lang] = text
	}
}

func unsur(key Unsur, wordings ...wording) Question {
	question := ask(string(key), 4, wordings)
	for i := range question.Options {
		question.Options[i].Value = i + 1
	}
	return question
}

func profile(key string, options []string, wordings ...wording) Question {
	question := ask(key, len(options), wordings)
	for i, option := range options {
		question.Options[i].Key = option
	}
	return question
}

func skmUnsur() []Question {
	return []Question{
		unsur(Persyaratan,
			in("id", "Bagaimana pendapat Saudara tentang kesesuaian persyaratan pelayanan dengan jenis pelayanannya?",
				"Tidak sesuai", "Kurang sesuai", "Sesuai", "Sangat sesuai"),
			in("en", "How well do the requirements fit this kind of service?", "Do not fit", "Fit poorly", "Fit", "Fit very well"),
			in("jv", "Kados pundi cocogipun syarat kaliyan jinising paladosan?",
				"Boten cocog", "Kirang cocog", "Cocog", "Cocog sanget"),
			in("min", "Manuruik Sanak, lai sasuai syarat palayanan jo jinih palayanannyo?",
				"Indak sasuai", "Kurang sasuai", "Sasuai", "Sangaik sasuai"),
			in("pmy", "Menurut Sodara, syarat pelayanan cocok deng jenis pelayanannya ka tida?",
				"Tra cocok", "Kurang cocok", "Cocok", "Cocok skali")),
		unsur(Prosedur,
			in("id", "Bagaimana pemahaman Saudara tentang kemudahan prosedur pelayanan di unit ini?",
				"Tidak mudah", "Kurang mudah", "Mudah", "Sangat mudah"),
			in("en", "How easy is the service procedure in this office?", "Not easy", "Rather hard", "Easy", "Very easy"),
			in("jv", "Kados pundi gampilipun tata cara paladosan wonten ing unit menika?",
				"Boten gampil", "Kirang gampil", "Gampil", "Gampil sanget"),
			in("min", "Manuruik Sanak, lai mudah prosedur palayanan di unit ko?", "Indak mudah", "Kurang mudah", "Mudah", "Sangaik mudah"),
			in("pmy", "Menurut Sodara, prosedur pelayanan di unit ini gampang ka tida?",
				"Tra gampang", "Kurang gampang", "Gampang", "Gampang skali")),
		unsur(Waktu,
			in("id", "Bagaimana pendapat Saudara tentang kecepatan waktu dalam memberikan pelayanan?",
				"Tidak cepat", "Kurang cepat", "Cepat", "Sangat cepat"),
			in("en", "How fast was the service?", "Not fast", "Rather slow", "Fast", "Very fast"),
			in("jv", "Kados pundi rikating paladosan?", "Boten rikat", "Kirang rikat", "Rikat", "Rikat sanget"),
			in("min", "Manuruik Sanak, lai capek palayanannyo?", "Indak capek", "Kurang capek", "Capek", "Sangaik capek"),
			in("pmy", "Menurut Sodara, pelayanan cepat ka tida?", "Tra cepat", "Kurang cepat", "Cepat", "Cepat skali")),
		unsur(Biaya,
			in("id", "Bagaimana pendapat Saudara tentang kewajaran biaya/tarif dalam pelayanan?",
				"Sangat mahal", "Cukup mahal", "Murah", "Gratis"),
			in("en", "How reasonable is the fee?", "Very expensive", "Rather expensive", "Cheap", "Free of charge"),
			in("jv", "Kados pundi lumrahipun wragad paladosan?", "Awis sanget", "Radi awis", "Mirah", "Boten mbayar"),
			in("min", "Manuruik Sanak, lai wajar biaya palayanannyo?", "Sangaik maha", "Cukuik maha", "Murah", ""),
			in("pmy", "Menurut Sodara, biaya pelayanan wajar ka tida?", "Mahal skali", "Agak mahal", "Murah", "Gratis")),
		unsur(Produk,
			in("id", "Bagaimana pendapat Saudara tentang kesesuaian produk pelayanan antara yang tercantum dalam standar pelayanan dengan hasil yang diberikan?",
				"Tidak sesuai", "Kurang sesuai", "Sesuai", "Sangat sesuai"),
			in("en", "How well does what you received match what the service standard promises?",
				"Does not match", "Matches poorly", "Matches", "Matches very well"),
			in("jv", "Kados pundi cocogipun asil ingkang Panjenengan tampi kaliyan ingkang kaserat ing standar paladosan?",
				"Boten cocog", "Kirang cocog", "Cocog", "Cocog sanget"),
			in("min", "Manuruik Sanak, lai sasuai hasil nan Sanak tarimo jo nan tatulih di standar palayanan?",
				"Indak sasuai", "Kurang sasuai", "Sasuai", "Sangaik sasuai"),
			in("pmy", "Menurut Sodara, hasil yang Sodara dapat cocok deng yang tertulis di standar pelayanan ka tida?",
				"Tra cocok", "Kurang cocok", "Cocok", "Cocok skali")),
		unsur(Kompetensi,
			in("id", "Bagaimana pendapat Saudara tentang kompetensi/kemampuan petugas dalam pelayanan?",
				"Tidak kompeten", "Kurang kompeten", "Kompeten", "Sangat kompeten"),
			in("en", "How competent was the officer?", "Not competent", "Rather incompetent", "Competent", "Very competent"),
			in("jv", "Kados pundi katrampilanipun petugas anggenipun ngladosi?",
				"Boten trampil", "Kirang trampil", "Trampil", "Trampil sanget"),
			in("min", "Manuruik Sanak, baa kamampuan petugas malayani?", "Indak mampu", "Kurang mampu", "Mampu", "Sangaik mampu"),
			in("pmy", "Menurut Sodara, petugas mampu melayani ka tida?", "Tra mampu", "Kurang mampu", "Mampu", "Mampu skali")),
		unsur(Perilaku,
			in("id", "Bagaimana pendapat Saudara tentang perilaku petugas dalam pelayanan terkait kesopanan dan keramahan?",
				"Tidak sopan dan ramah", "Kurang sopan dan ramah", "Sopan dan ramah", "Sangat sopan dan ramah"),
			in("en", "How polite and friendly was the officer?",
				"Not polite or friendly", "Rather impolite", "Polite and friendly", "Very polite and friendly"),
			in("jv", "Kados pundi sopan saha sumanakipun petugas anggenipun ngladosi?",
				"Boten sopan saha sumanak", "Kirang sopan saha sumanak", "Sopan saha sumanak", "Sopan saha sumanak sanget"),
			in("min", "Manuruik Sanak, lai sopan jo ramah petugas malayani?",
				"Indak sopan jo ramah", "Kurang sopan jo ramah", "Sopan jo ramah", "Sangaik sopan jo ramah"),
			in("pmy", "Menurut Sodara, petugas sopan deng ramah ka tida?",
				"Tra sopan deng ramah", "Kurang sopan deng ramah", "Sopan deng ramah", "Sopan deng ramah skali")),
		unsur(Sarana,
			in("id", "Bagaimana pendapat Saudara tentang kualitas sarana dan prasarana?", "Buruk", "Cukup", "Baik", "Sangat baik"),
			in("en", "How good are the facilities?", "Bad", "Fair", "Good", "Very good"),
			in("jv", "Kados pundi kawontenanipun sarana lan prasarana?", "Awon", "Cekap", "Sae", "Sae sanget"),
			in("min", "Manuruik Sanak, baa sarana jo prasaranonyo?", "Buruak", "Cukuik", "Elok", "Sangaik elok"),
			in("pmy", "Menurut Sodara, sarana deng prasarana bagemana?", "Jelek", "Cukup", "Baik", "Baik skali")),
		unsur(Pengaduan,
			in("id", "Bagaimana pendapat Saudara tentang penanganan pengaduan pengguna layanan?",
				"Tidak ada", "Ada tetapi tidak berfungsi", "Berfungsi kurang maksimal", "Dikelola dengan baik"),
			in("en", "How are complaints of users handled?",
				"There is no handling", "Exists but does not work", "Works, but not fully", "Handled well"),
			in("jv", "Kados pundi anggenipun nanggapi pengaduan saking warga?",
				"Boten wonten", "Wonten nanging boten mlampah", "Mlampah nanging dereng maksimal", "Dipunkelola kanthi sae"),
			in("min", "Manuruik Sanak, baa caro pangaduan urang nan dilayani ditangani?",
				"Indak ado", "Ado tapi indak bajalan", "Bajalan tapi kurang maksimal", "Dikalola jo elok"),
			in("pmy", "Menurut Sodara, pengaduan dari orang yang dapat pelayanan, dong tangani bagemana?",
				"Trada", "Ada tapi tra jalan", "Jalan tapi kurang maksimal", "Diurus baik")),
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
		profile(ProfileGender, []string{"l", "p", "tidak_menjawab"},
			in("id", "Jenis kelamin", "Laki-laki", "Perempuan", "Tidak ingin menjawab"),
			in("en", "Gender", "Male", "Female", "Prefer not to say"),
			in("jv", "Jinis kelamin", "Kakung", "Putri", "Boten kersa mangsuli"),
			in("min", "Jinih kalamin", "Laki-laki", "Padusi", "Indak nio manjawek"),
			in("pmy", "", "", "", "Tra mau jawab")),
		profile(ProfileAge, []string{"u17", "18-25", "26-35", "36-45", "46-55", "56"},
			in("id", "Usia", "Di bawah 18 tahun", "18-25 tahun", "26-35 tahun", "36-45 tahun", "46-55 tahun", "56 tahun ke atas"),
			in("en", "Age", "Under 18", "18-25 years", "26-35 years", "36-45 years", "46-55 years", "56 and over"),
			in("jv", "Yuswa"),
			in("min", "Umua"),
			in("pmy", "Umur")),
		profile(ProfileEducation, []string{"tidak_sekolah", "sd", "smp", "sma", "diploma", "s1", "s2", "s3"},
			in("id", "Pendidikan terakhir", "Tidak sekolah", "SD", "SMP", "SMA/SMK", "D1-D4", "S1", "S2", "S3"),
			in("en", "Education", "None", "Primary school", "Junior secondary", "Senior secondary", "Diploma", "Bachelor", "Master", "Doctorate"),
			in("jv", "Pendhidhikan pungkasan", "Boten sekolah"),
			in("min", "Pandidikan tarakia", "Indak sikola"),
			in("pmy", "Sekolah terakhir", "Tra sekolah")),
		profile(ProfileOccupation, []string{"pns", "tni", "polri", "swasta", "wirausaha", "petani_nelayan", "pelajar", "irt", "lainnya"},
			in("id", "Pekerjaan", "PNS", "TNI", "Polri", "Pegawai swasta", "Wirausaha", "Petani/Nelayan", "Pelajar/Mahasiswa", "Ibu rumah tangga", "Lainnya"),
			in("en", "Occupation", "Civil servant", "Military", "Police", "Employee", "Self-employed", "Farmer or fisher", "Student", "Homemaker", "Other"),
			in("jv", "Padamelan", "", "", "", "", "", "", "", "", "Sanesipun"),
			in("min", "Pakarajoan", "", "", "", "", "", "", "", "", "Lainnyo"),
			in("pmy", "", "", "", "", "", "", "", "", "", "Yang lain")),
	}
}
