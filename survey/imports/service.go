package imports

import "kesan/survey"

var timeUnits = choice(word[survey.TimeUnit]{"menit", survey.Minutes}, word[survey.TimeUnit]{"jam", survey.Hours},
	word[survey.TimeUnit]{"hari kerja", survey.WorkingDays})

var services = table[survey.Service]{
	kind: Kind{Name: "layanan", Title: "Layanan", About: "Jenis layanan setiap unit dengan standar pelayanannya. Impor unit lebih dulu."},
	set:  func(o *survey.Office) survey.Set[survey.Service] { return o.Services },
	key:  []string{"kode"},
	row:  checkService,
	columns: []column[survey.Service]{
		at(Column{"kode", true, "KTP", "Kode tetap layanan."}, "code", code,
			func(s *survey.Service) *string { return &s.Code }),
		at(unitColumn, "unit", code,
			func(s *survey.Service) *string { return &s.Unit }).to(unitExists).never(),
		at(Column{"nama", true, "Perekaman KTP elektronik", "Nama layanan yang dikenal warga."}, "name", text,
			func(s *survey.Service) *string { return &s.Name }),
		at(Column{"standar_waktu", false, "3", "Jangka waktu penyelesaian menurut standar pelayanan, bilangan bulat."}, "limit", whole[int](),
			func(s *survey.Service) *int { return &s.Limit }),
		at(Column{"satuan_waktu", false, "hari kerja", "Satuan jangka waktu itu: menit, jam atau hari kerja."}, "limit_unit", timeUnits,
			func(s *survey.Service) *survey.TimeUnit { return &s.LimitUnit }),
		at(Column{"waktu_tunggu", false, "30", "Standar waktu tunggu dalam menit, paling lama 480; kosong bila tidak ada."}, "wait_limit", whole[int](),
			func(s *survey.Service) *int { return &s.WaitLimit }),
		at(Column{"biaya", false, "Gratis", "Biaya atau tarif, dengan kata-kata."}, "cost", text,
			func(s *survey.Service) *string { return &s.Cost }),
		at(Column{"persyaratan", false, "Kartu keluarga", "Persyaratan yang harus dibawa warga."}, "requirements", longText,
			func(s *survey.Service) *string { return &s.Requirements }),
		at(Column{"pengguna_per_tahun", false, "4384", "Jumlah pengguna dalam setahun, untuk menghitung sampel minimal; kosong bila belum diketahui."}, "users_per_year", whole[int64](),
			func(s *survey.Service) *int64 { return &s.UsersPerYear }),
		at(Column{"tutup", false, "tidak", closedMeaning}, "closed", yesNo,
			func(s *survey.Service) *bool { return &s.Closed }),
	},
}

// checkService refuses a standard time without its unit, and the reverse.
func checkService(r *row[survey.Service]) {
	switch {
	case !r.good("standar_waktu", "satuan_waktu"):
	case r.value.Limit > 0 && r.value.LimitUnit == "":
		r.bad("satuan_waktu", "import.with", "standar_waktu")
	case r.value.Limit == 0 && r.value.LimitUnit != "":
		r.bad("standar_waktu", "import.with", "satuan_waktu")
	}
}
