package demo

import "kesan/survey"

// Contacts are the messages of people who asked for a reply. Each has its unit; the addresses are nobody's (RFC 2606).
var Contacts = []survey.Contact{
	{Unit: "33.74.09-IZIN", Name: "Sri Wahyuni", Reach: "sri.wahyuni@example.org",
		Message: "Izin usaha saya sudah tiga minggu belum ada kabar. Mohon diberi tahu sudah sampai di mana dan berkas apa yang kurang."},
	{Unit: "33.74.09-PATEN", Reach: "warga.gajahmungkur@example.org",
		Message: "Jam istirahat loket berbeda dengan yang tertulis di pintu. Saya menunggu sampai pukul 13.30."},
	{Unit: "65.01.05-RSUD-APOTEK", Name: "Yohana", Reach: "yohana@example.org",
		Message: "Obat saya kurang satu macam. Apakah dapat diambil besok tanpa mengantre lagi?"},
	{Unit: "12.72-DUKCAPIL-KTP", Name: "Togar", Reach: "togar@example.org",
		Message: "Nama ibu saya di kartu keluarga masih salah eja meskipun sudah diperbaiki. Ke mana saya harus datang?"},
	{Unit: "13.71.06-CENGKEH", Reach: "rt02.cengkeh@example.org",
		Message: "Mohon ada kursi tambahan untuk orang tua pada hari pasar."},
	{Unit: "91.71-PKM-UMUM", Name: "Maria", Reach: "maria@example.org",
		Message: "Ibu saya memakai kursi roda dan pintu sampingnya terkunci. Dapatkah dibuka pada jam layanan?"},
}
