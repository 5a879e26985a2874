package imports

// texts holds the Indonesian sentence of every key that a Problem can have, with the verbs of package fmt for its arguments.
var texts = map[string]string{
	// The file.
	"import.size":       "berkas lebih besar dari %d MiB; bagi menjadi beberapa berkas",
	"import.excel":      "ini berkas Excel, bukan CSV; di Excel pilih Simpan Sebagai, lalu jenis \"CSV UTF-8\"",
	"import.utf16":      "berkas tersimpan sebagai UTF-16; di Excel pilih Simpan Sebagai, lalu jenis \"CSV UTF-8\"",
	"import.encoding":   "ada huruf yang bukan UTF-8; di Excel pilih Simpan Sebagai, lalu jenis \"CSV UTF-8\"",
	"import.empty":      "berkas kosong; baris pertama harus memuat nama kolom: %s",
	"import.headeronly": "berkas hanya berisi baris judul",
	"import.rows":       "lebih dari %d baris; bagi menjadi beberapa berkas",
	"import.big":        "%d perubahan terlalu besar untuk ditulis sekaligus (paling banyak %d MiB); bagi menjadi beberapa berkas",

	// The header and the shape of rows.
	"import.column.unknown": "kolom \"%s\" tidak dikenal; kolom yang ada: %s",
	"import.column.missing": "kolom %s tidak ada",
	"import.column.twice":   "kolom %s ada dua kali",
	"import.quote":          "tanda kutip \" tidak pada tempatnya; tulis \"\" untuk satu tanda kutip di dalam isi",
	"import.cells":          "ada %d sel, sedangkan baris judul %d; isi yang memuat pemisah harus diapit tanda kutip",
	"import.untitled":       "\"%s\" berada di kolom tanpa judul",
	"import.duplicate":      "%s sama dengan baris %d",

	// Cells.
	"import.required":   "wajib diisi",
	"import.control":    "memuat karakter yang tidak terlihat; hapus dan ketik ulang",
	"import.scientific": "tertulis %s; Excel mengubah angka panjang dan membuang digit terakhirnya. Format kolom sebagai Teks, lalu isi lagi",
	"import.choice":     "pilih %s; tertulis \"%s\"",
	"import.whole":      "tulis bilangan bulat tanpa titik atau koma; tertulis \"%s\"",
	"import.decimal":    "tulis angka seperti 83,5 tanpa pemisah ribuan; tertulis \"%s\"",
	"import.decimals":   "paling banyak dua angka di belakang koma; tertulis \"%s\"",
	"import.day":        "tulis tanggal seperti 2026-03-19 atau 19/03/2026; tertulis \"%s\"",
	"import.year":       "tahun %d di luar 2000 sampai 2100",
	"import.clock":      "tulis jam seperti 08:00; tertulis \"%s\"",
	"import.period":     "tulis 2026, 2026-S2, 2026-TW4 atau 2026-11; tertulis \"%s\"",
	"import.code":       "hanya huruf, angka, titik, garis bawah dan tanda hubung, diawali huruf atau angka; tertulis \"%s\"",
	"import.area":       "tulis kode wilayah seperti 33.74.09; tertulis \"%s\"",
	"import.long":       "paling panjang %s huruf; tertulis %d",
	"import.most":       "paling besar %s",
	"import.least":      "paling kecil %v",
	"import.many":       "paling banyak %d layanan; tertulis %d",
	"import.refused":    "isi tidak dapat diterima: \"%s\"",

	// What cells say together.
	"import.absent":      "%s \"%s\" belum ada; impor lebih dulu",
	"import.absent.both": "%s \"%s\" tidak ada, baik di berkas ini maupun di data yang tersimpan",
	"import.fixed":       "tidak dapat diubah dari \"%s\"; tutup yang ini dan buat kode baru",
	"import.loop":        "unit menjadi atasannya sendiri: %s",
	"import.deep":        "susunan unit berputar atau lebih dari %d tingkat",
	"import.with":        "wajib diisi bila %s diisi",
	"import.foreign":     "layanan \"%s\" milik unit \"%s\", bukan \"%s\"",
	"import.self":        "petugas tidak dapat menjadi atasannya sendiri",
	"import.after":       "harus setelah %s",
	"import.night":       "harus setelah jam mulai %s; untuk dinas malam isi tanggal_selesai",
	"import.overlap":     "loket %s juga dijadwalkan bagi %s, %s sampai %s; jawaban pada jam itu dihitung untuk unit saja",

	// Targets.
	"import.indicator":  "indikator \"%s\" tidak dikenal; yang ada: %s",
	"import.unitonly":   "%s adalah ukuran unit; petugas tidak mendapat nilainya",
	"import.unitlevel":  "kosongkan pada tingkat unit",
	"import.subject":    "isi unit atau nip",
	"import.onesubject": "isi unit atau nip, tidak keduanya",
	"import.bounds":     "harus antara %s dan %s",
	"import.upper":      "harus lebih besar dari target",

	// NIP; the keys are those of survey.CheckNIP.
	"nip.length":        "NIP harus 18 angka; tertulis %d",
	"nip.digits":        "NIP hanya boleh berisi angka 0 sampai 9",
	"nip.birth":         "angka ke-1 sampai 8 (%s) bukan tanggal lahir",
	"nip.appointed":     "angka ke-9 sampai 14 (%s) bukan tahun dan bulan pengangkatan",
	"nip.pppk":          "angka ke-13 dan 14 (%s) adalah bulan, jadi ini NIP PNS; periksa jenis_asn",
	"nip.gender":        "angka ke-15 (%s) harus 1 atau 2",
	"nip.serial":        "tiga angka terakhir tidak boleh 000; bila berasal dari Excel, format kolom sebagai Teks lalu isi lagi",
	"import.nip.nonasn": "18 angka adalah NIP; ubah jenis_asn menjadi pns atau pppk, atau pakai kode internal",
	"import.nik":        "16 angka tampak seperti NIK, yang tidak boleh disimpan; pakai kode internal",
}
