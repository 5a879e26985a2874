package demo

import "kesan/survey"

// What people write. No comment here names anybody.

var thanks = []string{
	"Pelayanan cepat dan petugasnya ramah.",
	"Terima kasih, sangat membantu.",
	"Sudah bagus, mohon dipertahankan.",
	"Petugas menjelaskan dengan sabar sampai saya paham.",
	"Prosesnya jelas dan tidak berbelit.",
	"Puas dengan pelayanan hari ini.",
	"Ruang tunggu nyaman, antrean tertib.",
	"Petugas murah senyum dan cekatan.",
	"Semoga pelayanannya terus seperti ini.",
	"Lebih baik dibanding tahun lalu.",
	"Tidak ada pungutan apa pun, salut.",
	"Orang tua saya didahulukan, terima kasih.",
	"Nomor antrean dipanggil sesuai urutan.",
	"Sangat memuaskan.",
	"Petugas sopan walaupun sedang ramai.",
	"Semua pertanyaan saya dijawab dengan baik.",
	"Mantap, tidak sampai setengah jam sudah selesai.",
	"Kerja bagus untuk semua petugas.",
	"Pelayanan sesuai dengan yang tertulis di papan.",
	"Ramah terhadap lansia.",
}

var thanksClinic = []string{
	"Dokter mendengarkan keluhan dengan teliti.",
	"Perawatnya sabar menghadapi anak saya.",
	"Penjelasan cara minum obat sangat jelas.",
	"Pemeriksaan teliti dan tidak terburu-buru.",
	"Ruang periksa bersih.",
	"Pasien rujukan dilayani dengan baik.",
	"Obat lengkap dan cepat disiapkan.",
	"Terima kasih dokter dan perawat, sehat selalu.",
	"Anak saya tidak takut lagi berobat.",
	"Pendaftaran sudah lebih teratur.",
}

var thanksOffice = []string{
	"Surat saya langsung jadi hari itu juga.",
	"Dokumen selesai lebih cepat dari yang dijanjikan.",
	"Dibantu mengisi formulir, sangat menolong.",
	"Berkas kurang diberi tahu dengan sopan dan jelas.",
	"Benar-benar gratis, tidak ada biaya tambahan.",
	"Syaratnya jelas sehingga tidak bolak-balik.",
	"Pengurusan akta mudah dan cepat.",
	"Petugas loket paham aturan.",
	"Bisa ditunggu, sekali datang selesai.",
	"Sekarang tidak perlu lewat perantara.",
}

var measured = []string{
	"Cukup baik, tingkatkan lagi.",
	"Lumayan, tidak ada masalah berarti.",
	"Sudah baik, kursi tunggu mohon ditambah.",
	"Pelayanan standar.",
	"Secara umum baik.",
	"Baik, hanya saja papan informasi kurang terlihat.",
	"Oke, semoga makin cepat.",
	"Sesuai harapan.",
	"Tidak ada keluhan.",
	"Baik, mohon jam istirahat dijaga bergantian.",
}

var aboutLeaving = []string{
	"Terlalu lama menunggu, saya pulang dulu.",
	"Nomor saya tidak dipanggil-panggil, akhirnya pulang.",
	"Harus kembali bekerja, antreannya belum bergerak.",
	"Petugas loket tidak ada di tempat.",
	"Antrean penuh sejak pagi, saya kembali besok saja.",
	"Sistem sedang gangguan, disuruh datang lain hari.",
}

var about = map[survey.Unsur][]string{
	survey.Persyaratan: {
		"Syarat yang diminta berbeda dengan yang tertulis.",
		"Baru diberi tahu kurang berkas setelah mengantre.",
		"Daftar persyaratan sebaiknya dipasang di depan.",
		"Fotokopi diminta berulang-ulang.",
		"Syaratnya berubah tanpa pemberitahuan.",
		"Harus kembali ke RT lagi karena surat pengantarnya salah.",
	},
	survey.Prosedur: {
		"Alurnya membingungkan, disuruh pindah-pindah loket.",
		"Tidak tahu harus mulai dari meja mana.",
		"Prosedur berbelit, mohon disederhanakan.",
		"Formulirnya banyak dan isinya sama semua.",
		"Sudah daftar daring tetapi tetap diminta isi ulang di loket.",
		"Papan alur pelayanan tidak ada.",
	},
	survey.Waktu: {
		"Antre terlalu lama.",
		"Janji selesai sehari, ternyata lebih.",
		"Loket yang buka cuma satu padahal ramai.",
		"Menunggu dari pagi baru dilayani siang.",
		"Petugas istirahat bersamaan sehingga antrean berhenti.",
		"Mohon dipercepat, kami harus izin kerja.",
		"Jaringan sering putus sehingga lama.",
	},
	survey.Biaya: {
		"Biayanya terasa berat untuk usaha kecil.",
		"Tarif tidak dipasang jadi kami bertanya-tanya.",
		"Masih harus bayar fotokopi dan materai.",
		"Rincian retribusi kurang jelas.",
	},
	survey.Produk: {
		"Ada salah ketik di surat, harus kembali lagi.",
		"Hasil cetakan kurang jelas.",
		"Dokumen yang diterima tidak sesuai permohonan.",
		"Data saya keliru dan lama diperbaiki.",
		"Surat yang jadi belum distempel.",
	},
	survey.Kompetensi: {
		"Petugas tampak belum paham aturan terbaru.",
		"Penjelasan antarpetugas berbeda.",
		"Pertanyaan saya tidak terjawab.",
		"Petugas masih sering bertanya ke temannya.",
		"Mohon petugas baru didampingi.",
	},
	survey.Perilaku: {
		"Petugas kurang ramah.",
		"Dijawab sambil main ponsel.",
		"Nada bicaranya kurang enak.",
		"Tidak ada senyum, tidak menyapa.",
		"Yang kenal petugas didahulukan.",
		"Petugas mengobrol saat kami menunggu.",
	},
	survey.Sarana: {
		"Ruang tunggu panas dan sempit.",
		"Kursi tunggu kurang.",
		"Toilet kotor dan tidak ada air.",
		"Atap bocor waktu hujan.",
		"Tempat parkir tidak cukup.",
		"Kipas angin mati.",
		"Tidak ada jalur untuk kursi roda.",
		"Listrik padam, pelayanan berhenti.",
	},
	survey.Pengaduan: {
		"Sudah mengadu tetapi tidak ada jawaban.",
		"Kotak saran ada, tidak pernah dibuka.",
		"Tidak tahu harus mengadu ke mana.",
		"Keluhan bulan lalu belum ditindaklanjuti.",
		"Mohon pengaduan dijawab, jangan didiamkan.",
	},
}

// aboutClinic holds what is said otherwise where people are treated.
var aboutClinic = map[survey.Unsur][]string{
	survey.Waktu: {
		"Menunggu dokter hampir dua jam.",
		"Dokter datang terlambat, pasien sudah menumpuk.",
		"Antre obat lama sekali.",
		"Pasien lansia menunggu terlalu lama.",
		"Sudah daftar pagi, diperiksa hampir tengah hari.",
		"Obat racikan lama, anak sudah rewel.",
	},
	survey.Produk: {
		"Obat yang diresepkan kosong.",
		"Hasil pemeriksaan tidak dijelaskan.",
		"Sebagian obat harus beli di luar.",
	},
	survey.Sarana: {
		"Ruang tunggu poli sempit dan pengap.",
		"Kursi roda kurang.",
		"Toilet pasien perlu dibersihkan.",
		"Pendingin ruangan mati, pasien kepanasan.",
		"Tempat tidur periksa sudah rusak.",
	},
	survey.Kompetensi: {
		"Pemeriksaan terasa terburu-buru.",
		"Penjelasan tentang penyakit saya kurang.",
		"Cara minum obat tidak dijelaskan.",
	},
	survey.Biaya: {
		"Biaya obat di luar tanggungan cukup mahal.",
		"Rincian biaya tidak diberikan.",
	},
}
