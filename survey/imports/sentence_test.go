package imports_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// bad is a file and everything that is said of it.
type bad struct {
	name, file string
	want       []string
}

func check(t *testing.T, kind string, tests []bad) {
	t.Parallel()
	office := sampleRegister(t).Office()
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			plan := read(t, office, kind, test.file)
			if got := plan.Problems.Sentences(); !slices.Equal(got, test.want) {
				t.Errorf("got\n  %s\nwant\n  %s", strings.Join(got, "\n  "), strings.Join(test.want, "\n  "))
			}
			if len(test.want) > 0 && plan.Drafts != nil {
				t.Error("there are drafts all the same")
			}
		})
	}
}

func TestUnitProblems(t *testing.T) {
	const head = "kode,nama,induk,zona,wilayah,alamat,kuesioner,tutup\n"
	check(t, "unit", []bad{
		{"good", head + "X,Unit X,DPP,wita,33.74.09.1001,Jl. A,skm-2017,YA\n", nil},
		{"nothing filled", head + ",,,,,x,,\n", []string{
			"baris 2, kolom kode: wajib diisi", "baris 2, kolom nama: wajib diisi", "baris 2, kolom zona: wajib diisi"}},
		{"code with blank", head + "X 1,Unit X,,WIB,,,,\n", []string{
			`baris 2, kolom kode: hanya huruf, angka, titik, garis bawah dan tanda hubung, diawali huruf atau angka; tertulis "X 1"`}},
		{"code that Excel broke", head + `"3,37409E+11",Unit X,,WIB,,,,` + "\n", []string{
			"baris 2, kolom kode: tertulis 3,37409E+11; Excel mengubah angka panjang dan membuang digit terakhirnya. Format kolom sebagai Teks, lalu isi lagi"}},
		{"long code and name", head + strings.Repeat("X", 41) + "," + strings.Repeat("é", 121) + ",,WIB,,,,\n", []string{
			"baris 2, kolom kode: paling panjang 40 huruf; tertulis 41", "baris 2, kolom nama: paling panjang 120 huruf; tertulis 121"}},
		{"zone", head + "X,Unit X,,WIBB,,,,\n", []string{`baris 2, kolom zona: pilih WIB, WITA atau WIT; tertulis "WIBB"`}},
		{"area", head + "X,Unit X,,WIB,33.7,,,\n", []string{`baris 2, kolom wilayah: tulis kode wilayah seperti 33.74.09; tertulis "33.7"`}},
		{"address", head + "X,Unit X,,WIB,," + strings.Repeat("a", 201) + ",,\n", []string{"baris 2, kolom alamat: paling panjang 200 huruf; tertulis 201"}},
		{"closed", head + "X,Unit X,,WIB,,,,x\n", []string{`baris 2, kolom tutup: pilih ya atau tidak; tertulis "x"`}},
		{"no such form", head + "X,Unit X,,WIB,,,skm,\n", []string{`baris 2, kolom kuesioner: kuesioner "skm" belum ada; impor lebih dulu`}},
		{"no such parent", head + "X,Unit X,Y,WIB,,,,\n", []string{
			`baris 2, kolom induk: unit "Y" tidak ada, baik di berkas ini maupun di data yang tersimpan`}},
		{"control character", head + "X,Unit\x07 X,,WIB,,,,\n", []string{
			"baris 2, kolom nama: memuat karakter yang tidak terlihat; hapus dan ketik ulang"}},
		{"its own parent", head + "X,Unit X,X,WIB,,,,\n", []string{"baris 2, kolom induk: unit menjadi atasannya sendiri: X > X"}},
		{"loop through the office", head + "DPP,Dinas,X,WIB,,,,\nX,Unit X,DPP.01,WIB,,,,\n", []string{
			"baris 2, kolom induk: unit menjadi atasannya sendiri: DPP > X > DPP.01 > DPP",
			"baris 3, kolom induk: unit menjadi atasannya sendiri: X > DPP.01 > DPP > X"}},
		{"33 levels", head + chain(33), []string{"baris 34, kolom induk: susunan unit berputar atau lebih dari 32 tingkat"}},
		{"above a loop", head + "X,Unit X,Y,WIB,,,,\nY,Unit Y,Z,WIB,,,,\nZ,Unit Z,Y,WIB,,,,\n", []string{
			"baris 2, kolom induk: susunan unit berputar atau lebih dari 32 tingkat",
			"baris 3, kolom induk: unit menjadi atasannya sendiri: Y > Z > Y", "baris 4, kolom induk: unit menjadi atasannya sendiri: Z > Y > Z"}},
		{"twice", head + "X,Unit X,,WIB,,,,\nY,Unit Y,X,WIB,,,,\nX,Unit X,,WIT,,,,\n", []string{"baris 4: kode sama dengan baris 2"}},
	})
}

// chain writes units of which each stands below the one before.
func chain(levels int) string {
	rows, parent := "", ""
	for i := range levels {
		code := fmt.Sprintf("U%d", i)
		rows, parent = rows+code+",Unit,"+parent+",WIB,,,,\n", code
	}
	return rows
}

func TestServiceProblems(t *testing.T) {
	const head = "kode;unit;nama;standar_waktu;satuan_waktu;waktu_tunggu;biaya;persyaratan;pengguna_per_tahun;tutup\n"
	check(t, "layanan", []bad{
		{"good", head + "X;DPP.01;Layanan X;3;Hari Kerja;480;Gratis;\"KTP\nKK\";100000000;tidak\n", nil},
		{"no such unit", head + "X;DPP.09;Layanan X;;;;;;;\n", []string{`baris 2, kolom unit: unit "DPP.09" belum ada; impor lebih dulu`}},
		{"moved", head + "KTP;DPP.02;Perekaman KTP;;;;;;;\n", []string{
			`baris 2, kolom unit: tidak dapat diubah dari "DPP.01"; tutup yang ini dan buat kode baru`}},
		{"numbers", head + "X;DPP.01;Layanan X;3,5;hari;481;;;-4;\n", []string{
			`baris 2, kolom standar_waktu: tulis bilangan bulat tanpa titik atau koma; tertulis "3,5"`,
			`baris 2, kolom satuan_waktu: pilih menit, jam atau hari kerja; tertulis "hari"`,
			`baris 2, kolom pengguna_per_tahun: tulis bilangan bulat tanpa titik atau koma; tertulis "-4"`,
			"baris 2, kolom waktu_tunggu: paling besar 480"}},
		{"numbers that Excel broke", head + "X;DPP.01;Layanan X;;;;;;1,2E+10;\n", []string{
			"baris 2, kolom pengguna_per_tahun: tertulis 1,2E+10; Excel mengubah angka panjang dan membuang digit terakhirnya. Format kolom sebagai Teks, lalu isi lagi"}},
		{"too much", head + "X;DPP.01;Layanan X;10001;menit;;;;100000001;\n", []string{
			"baris 2, kolom standar_waktu: paling besar 10000", "baris 2, kolom pengguna_per_tahun: paling besar 100000000"}},
		{"time without its unit", head + "X;DPP.01;Layanan X;3;;;;;;\n", []string{"baris 2, kolom satuan_waktu: wajib diisi bila standar_waktu diisi"}},
		{"unit without its time", head + "X;DPP.01;Layanan X;;jam;;;;;\n", []string{"baris 2, kolom standar_waktu: wajib diisi bila satuan_waktu diisi"}},
		{"long texts", head + "X;DPP.01;Layanan X;;;;" + strings.Repeat("b", 121) + ";" + strings.Repeat("p", 501) + ";;\n", []string{
			"baris 2, kolom biaya: paling panjang 120 huruf; tertulis 121", "baris 2, kolom persyaratan: paling panjang 500 huruf; tertulis 501"}},
		{"line break in a name", head + "X;DPP.01;\"Layanan\nX\";;;;;;;\n", []string{
			"baris 2, kolom nama: memuat karakter yang tidak terlihat; hapus dan ketik ulang"}},
	})
}

func TestCounterProblems(t *testing.T) {
	const head = "kode;unit;nama;layanan;tutup\n"
	check(t, "loket", []bad{
		{"good", head + "X;DPP.01;Loket X;KTP, AKTA;\n", nil},
		{"moved", head + "L1;DPP.02;Loket 1;;\n", []string{
			`baris 2, kolom unit: tidak dapat diubah dari "DPP.01"; tutup yang ini dan buat kode baru`}},
		{"no such unit", head + "X;DPX;Loket X;;\n", []string{`baris 2, kolom unit: unit "DPX" belum ada; impor lebih dulu`}},
		{"no such service", head + "X;DPP.01;Loket X;KTP SIM;\n", []string{`baris 2, kolom layanan: layanan "SIM" belum ada; impor lebih dulu`}},
		{"service of another unit", head + "X;DPP.01;Loket X;KTP IUMK;\n", []string{
			`baris 2, kolom layanan: layanan "IUMK" milik unit "DPP.02", bukan "DPP.01"`}},
		{"service that Excel broke", head + "X;DPP.01;Loket X;KTP 1.2E+10;\n", []string{
			"baris 2, kolom layanan: tertulis 1.2E+10; Excel mengubah angka panjang dan membuang digit terakhirnya. Format kolom sebagai Teks, lalu isi lagi"}},
		{"too many services", head + "X;DPP.01;Loket X;" + strings.Repeat("KTP ", 41) + ";\n", []string{
			"baris 2, kolom layanan: paling banyak 40 layanan; tertulis 41"}},
	})
}

func TestOfficerProblems(t *testing.T) {
	const head = "nip,nama,jenis_asn,unit,atasan,nonaktif\n"
	officer := func(nip, employment string) string { return head + nip + ",Nama," + employment + ",DPP,,\n" }
	check(t, "petugas", []bad{
		{"good", head + "'19900115 201503 1 888,Nama,PNS,DPP,,\nTK-02,Nama,non_asn,DPP,199001152015031888,ya\n", nil},
		{"17 digits", officer("19900115201503199", "pns"), []string{"baris 2, kolom nip: NIP harus 18 angka; tertulis 17"}},
		{"19 digits", officer("1990011520150319990", "pns"), []string{"baris 2, kolom nip: NIP harus 18 angka; tertulis 19"}},
		{"letter", officer("19900115201503199O", "pns"), []string{"baris 2, kolom nip: NIP hanya boleh berisi angka 0 sampai 9"}},
		{"other digits", officer("١٩٩٠٠١١٥٢٠١٥٠٣١٩٩٩", "pns"), []string{"baris 2, kolom nip: NIP hanya boleh berisi angka 0 sampai 9"}},
		{"birth", officer("199002302015031999", "pns"), []string{"baris 2, kolom nip: angka ke-1 sampai 8 (19900230) bukan tanggal lahir"}},
		{"appointed", officer("199001152015131999", "pns"), []string{
			"baris 2, kolom nip: angka ke-9 sampai 14 (201513) bukan tahun dan bulan pengangkatan"}},
		{"pns called pppk", officer("199001152015031999", "pppk"), []string{
			"baris 2, kolom nip: angka ke-13 dan 14 (03) adalah bulan, jadi ini NIP PNS; periksa jenis_asn"}},
		{"gender", officer("199001152015033999", "pns"), []string{"baris 2, kolom nip: angka ke-15 (3) harus 1 atau 2"}},
		{"rounded by Excel", officer("199001152015031000", "pns"), []string{
			"baris 2, kolom nip: tiga angka terakhir tidak boleh 000; bila berasal dari Excel, format kolom sebagai Teks lalu isi lagi"}},
		{"scientific", officer(`"1,99001E+17"`, "pns"), []string{
			"baris 2, kolom nip: tertulis 1,99001E+17; Excel mengubah angka panjang dan membuang digit terakhirnya. Format kolom sebagai Teks, lalu isi lagi"}},
		{"NIP of a non-ASN", officer("199001152015031999", "non_asn"), []string{
			"baris 2, kolom nip: 18 angka adalah NIP; ubah jenis_asn menjadi pns atau pppk, atau pakai kode internal"}},
		{"NIK", officer("3374091501900001", "non_asn"), []string{
			"baris 2, kolom nip: 16 angka tampak seperti NIK, yang tidak boleh disimpan; pakai kode internal"}},
		{"internal code", officer("TK/02", "non_asn"), []string{
			`baris 2, kolom nip: hanya huruf, angka, titik, garis bawah dan tanda hubung, diawali huruf atau angka; tertulis "TK/02"`}},
		{"kind of staff", officer("199001152015031999", "honorer"), []string{`baris 2, kolom jenis_asn: pilih pns, pppk atau non_asn; tertulis "honorer"`}},
		{"no such unit or superior", head + "TK-02,Nama,non_asn,DPX,TK-09,\n", []string{
			`baris 2, kolom unit: unit "DPX" belum ada; impor lebih dulu`,
			`baris 2, kolom atasan: petugas "TK-09" tidak ada, baik di berkas ini maupun di data yang tersimpan`}},
		{"own superior", head + "TK-02,Nama,non_asn,DPP,TK-02,\n", []string{"baris 2, kolom atasan: petugas tidak dapat menjadi atasannya sendiri"}},
	})
}

func TestDutyProblems(t *testing.T) {
	const head = "loket;nip;tanggal;mulai;selesai;tanggal_selesai;batal\n"
	check(t, "jadwal", []bad{
		{"good", head + "L1;TK-01;12/1/2026;8:00;12.00;;\nL1;TK-01;2026-01-12;22:00:00;06:00;13/01/2026;\n", nil},
		{"no such counter or officer", head + "L9;TK-09;2026-01-12;08:00;12:00;;\n", []string{
			`baris 2, kolom loket: loket "L9" belum ada; impor lebih dulu`, `baris 2, kolom nip: petugas "TK-09" belum ada; impor lebih dulu`}},
		{"days and times", head + "L1;TK-01;01/13/2026;8;25:00;besok;\n", []string{
			`baris 2, kolom tanggal: tulis tanggal seperti 2026-03-19 atau 19/03/2026; tertulis "01/13/2026"`,
			`baris 2, kolom mulai: tulis jam seperti 08:00; tertulis "8"`,
			`baris 2, kolom selesai: tulis jam seperti 08:00; tertulis "25:00"`,
			`baris 2, kolom tanggal_selesai: tulis tanggal seperti 2026-03-19 atau 19/03/2026; tertulis "besok"`}},
		{"year", head + "L1;TK-01;12/01/0026;08:00;12:00;;\n", []string{"baris 2, kolom tanggal: tahun 26 di luar 2000 sampai 2100"}},
		{"only the begin is wrong", head + "L1;TK-01;2026-01-12;pagi;12:00;;\n", []string{`baris 2, kolom mulai: tulis jam seperti 08:00; tertulis "pagi"`}},
		{"night without its day", head + "L1;TK-01;2026-01-12;22:00;06:00;;\n", []string{
			"baris 2, kolom selesai: harus setelah jam mulai 22:00; untuk dinas malam isi tanggal_selesai"}},
		{"ends the day before", head + "L1;TK-01;2026-01-12;22:00;06:00;2026-01-11;\n", []string{"baris 2, kolom tanggal_selesai: harus setelah tanggal"}},
		{"twice", head + "L1;TK-01;2026-01-12;08:00;12:00;;\n\nL1;199001152015031999;12/01/2026;08.00;16:00;;\n", []string{
			"baris 4: loket, tanggal, mulai sama dengan baris 2"}},
	})
}

func TestHoursAndHolidayProblems(t *testing.T) {
	t.Parallel()
	const hours, holiday = "unit;hari;buka;tutup;batal\n", "tanggal;nama;cuti_bersama;unit;batal\n"
	t.Run("jam", func(t *testing.T) {
		check(t, "jam", []bad{
			{"good", hours + "DPP.01;Minggu;00:00;23:59;\n", nil},
			{"day", hours + "DPP;monday;08:00;16:00;\n", []string{
				`baris 2, kolom hari: pilih senin, selasa, rabu, kamis, jumat, sabtu atau minggu; tertulis "monday"`}},
			{"closes before it opens", hours + "DPP;senin;08:00;08:00;\n", []string{"baris 2, kolom tutup: harus setelah buka"}},
			{"times", hours + "DPX;senin;jam 8;24:00;\n", []string{
				`baris 2, kolom buka: tulis jam seperti 08:00; tertulis "jam 8"`, `baris 2, kolom tutup: tulis jam seperti 08:00; tertulis "24:00"`,
				`baris 2, kolom unit: unit "DPX" belum ada; impor lebih dulu`}},
			{"twice", hours + "DPP;senin;08:00;16:00;\nDPP;SENIN;08:00;15:00;\n", []string{"baris 3: unit, hari sama dengan baris 2"}},
		})
	})
	t.Run("libur", func(t *testing.T) {
		check(t, "libur", []bad{
			{"good", holiday + "17/8/2027;Hari Kemerdekaan;;;\n17/8/2027;Karnaval;tidak;DPP.01;tidak\n", nil},
			{"all wrong", holiday + "30/02/2026;;mungkin;DPX;x\n", []string{
				`baris 2, kolom tanggal: tulis tanggal seperti 2026-03-19 atau 19/03/2026; tertulis "30/02/2026"`,
				"baris 2, kolom nama: wajib diisi", `baris 2, kolom cuti_bersama: pilih ya atau tidak; tertulis "mungkin"`,
				`baris 2, kolom batal: pilih ya atau tidak; tertulis "x"`, `baris 2, kolom unit: unit "DPX" belum ada; impor lebih dulu`}},
			{"twice", holiday + "2027-08-17;A;;;\n17/08/2027;B;;;\n", []string{"baris 3: tanggal, unit sama dengan baris 2"}},
		})
	})
}

func TestTargetProblems(t *testing.T) {
	const head = "indikator;tingkat;unit;nip;periode;target;target_atas;bobot;batal\n"
	check(t, "target", []bad{
		{"good", head + "waktu_tunggu;petugas;;TK-01;2026-tw4;1000000;;100;\nikm;unit;DPP;;2027-S2;83.31;90,5;0;\nikm;unit;DPP;;2027-11;25;;;\n", nil},
		{"unknown indicator", head + "ikk;unit;DPP;;2026;80;;;\n", []string{
			`baris 2, kolom indikator: indikator "ikk" tidak dikenal; yang ada: ikm, kepuasan_petugas, waktu_tunggu`}},
		{"computed from the others", head + "nilai;unit;DPP;;2026;80;;;\n", []string{
			`baris 2, kolom indikator: indikator "nilai" tidak dikenal; yang ada: ikm, kepuasan_petugas, waktu_tunggu`}},
		{"level", head + "ikm;dinas;DPP;;2026;80;;;\n", []string{`baris 2, kolom tingkat: pilih unit atau petugas; tertulis "dinas"`}},
		{"period", head + "ikm;unit;DPP;;2026-TW5;80;;;\nikm;unit;DPP;;TW4 2026;80;;;\nikm;unit;DPP;;2026-13;80;;;\n", []string{
			`baris 2, kolom periode: tulis 2026, 2026-S2, 2026-TW4 atau 2026-11; tertulis "2026-TW5"`,
			`baris 3, kolom periode: tulis 2026, 2026-S2, 2026-TW4 atau 2026-11; tertulis "TW4 2026"`,
			`baris 4, kolom periode: tulis 2026, 2026-S2, 2026-TW4 atau 2026-11; tertulis "2026-13"`}},
		{"value", head + "ikm;unit;DPP;;2027;delapan puluh;80,555;101;\n", []string{
			`baris 2, kolom target: tulis angka seperti 83,5 tanpa pemisah ribuan; tertulis "delapan puluh"`,
			`baris 2, kolom target_atas: paling banyak dua angka di belakang koma; tertulis "80,555"`,
			"baris 2, kolom bobot: paling besar 100"}},
		{"a thousand", head + "waktu_tunggu;unit;DPP;;2027;1.000;;;\n", []string{
			`baris 2, kolom target: paling banyak dua angka di belakang koma; tertulis "1.000"`}},
		{"target that Excel broke", head + "waktu_tunggu;unit;DPP;;2027;1E+12;;;\n", []string{
			"baris 2, kolom target: tertulis 1E+12; Excel mengubah angka panjang dan membuang digit terakhirnya. Format kolom sebagai Teks, lalu isi lagi"}},
		{"no decimal mark", head + "ikm;unit;DPP;;2027;8331;;;\n", []string{"baris 2, kolom target: harus antara 25 dan 100"}},
		{"nothing to reach", head + "waktu_tunggu;unit;DPP;;2027;0;;;\n", []string{"baris 2, kolom target: harus antara 0,01 dan 1000000"}},
		{"range", head + "ikm;unit;DPP;;2027;80;80;;\n", []string{"baris 2, kolom target_atas: harus lebih besar dari target"}},
		{"subjects", head + "ikm;unit;;;2027;80;;;\nikm;unit;DPP;TK-01;2027;80;;;\nwaktu_tunggu;petugas;;;2027;80;;;\nwaktu_tunggu;petugas;DPP;TK-01;2027;80;;;\n", []string{
			"baris 2, kolom unit: wajib diisi", "baris 3, kolom nip: kosongkan pada tingkat unit", "baris 4, kolom unit: isi unit atau nip",
			"baris 5, kolom nip: isi unit atau nip, tidak keduanya"}},
		{"nobody", head + "waktu_tunggu;petugas;DPX;;2027;80;;;\nwaktu_tunggu;petugas;;TK-09;2027;80;;;\n", []string{
			`baris 2, kolom unit: unit "DPX" belum ada; impor lebih dulu`, `baris 3, kolom nip: petugas "TK-09" belum ada; impor lebih dulu`}},
	})
}
