package handlers

import (
	"slices"

	"github.com/gofiber/fiber/v2"

	"kesan/handlers/locale"
	"kesan/handlers/view"
	"kesan/survey"
)

// checklist is the way from an empty system to the first poster, and afterwards the contents of the administrator's side.
func (s *Server) checklist(c *fiber.Ctx) error {
	office := s.office()
	page := view.Checklist{Base: s.base(c, "Kelola"), Steps: s.steps(office), Ready: true,
		Links: []view.Link{{Label: "Hari libur", URL: "/kelola/libur"}, {Label: "Perangkat: layar loket dan kios", URL: devicePath}, {Label: "Kuesioner", URL: formPath}, {Label: "Kunci API untuk sistem kepegawaian", URL: keyPath},
			{Label: "Impor dan unduh berkas CSV", URL: importPath}, {Label: "Riwayat perubahan dan catatan audit", URL: historyPath}}}
	if len(office.Units) > 0 { // before that there are more pressing things
		page.Warnings = s.missingCalendars()
		if s.unreachable() {
			page.Warnings = append(page.Warnings, "Poster belum dapat dicetak: alamat server ini, "+s.options.BaseURL+
				", hanya dapat dibuka dari komputer server sendiri. Jalankan ulang dengan --base-url.")
		}
	}
	for i := range page.Steps {
		if page.Ready && !page.Steps[i].Done {
			page.Steps[i].Next, page.Ready = true, false
		}
	}
	return s.render(c, "manage_checklist", page)
}

func (s *Server) steps(o *survey.Office) []view.Step {
	units := count(o.Units, func(u survey.Unit) bool { return !u.Closed })
	services := count(o.Services, func(v survey.Service) bool { return !v.Closed })
	counters := count(o.Counters, func(v survey.Counter) bool { return !v.Closed })
	officers := count(o.Officers, func(v survey.Officer) bool { return !v.Closed })
	hours := count(o.Hours, func(v survey.OpeningHours) bool { return !v.Closed })
	today := s.today("")
	duties := count(o.Duties, func(v survey.Duty) bool { return !v.Cancelled && v.To >= survey.LocalTime(today) })
	sheets := count(o.Sheets, func(v survey.Sheet) bool { return !v.Revoked && (v.ValidTo == "" || v.ValidTo >= today) })
	targets := count(o.Targets, func(v survey.Target) bool { return !v.Cancelled })
	accounts := count(o.Accounts, func(v survey.Account) bool { return !v.Disabled })
	step := func(name, url, why, what string, n int) view.Step {
		have := ""
		if n > 0 {
			have = locale.Number(int64(n)) + " " + what
		}
		return view.Step{Name: name, URL: url, Why: why, Have: have, Done: n > 0}
	}
	list := []view.Step{
		{Name: "Identitas instansi", URL: agencyPath, Why: "Nama dan warna yang tampil bagi warga, serta aturan angka.", Have: o.Agency().Name, Done: o.Agency().Name != ""},
		step("Unit", "/kelola/unit", "Dinas, puskesmas, kelurahan: tempat layanan berada.", "unit", units),
		step("Layanan", "/kelola/layanan", "Apa yang dilayani, dengan standar waktunya.", "layanan", services),
		step("Loket", "/kelola/loket", "Di mana warga dilayani.", "loket", counters),
		step("Petugas", "/kelola/petugas", "Siapa yang melayani dan siapa atasannya.", "petugas", officers),
		step("Jam buka", "/kelola/jam", "Kapan unit buka; di luar itu jawaban tidak diharapkan.", "baris jam buka", hours),
		step("Jadwal petugas", rosterPath, "Siapa bertugas di loket, agar penilaian jatuh pada orang yang tepat.", "jadwal mulai hari ini", duties),
		step("Target", "/kelola/target", "Angka yang ingin dicapai dalam setahun atau satu periode.", "target", targets),
		step("Akun", memberPath, "Kepala unit, kepegawaian, dan petugas yang melihat hasilnya.", "akun aktif", accounts),
	}
	if roster := slices.IndexFunc(list, func(v view.Step) bool { return v.URL == rosterPath }); duties == 0 && len(o.Duties) > 0 {
		list[roster].Why = "Semua jadwal yang tersimpan sudah lewat. Isi siapa bertugas mulai hari ini."
	}
	list[len(list)-1].Done = accounts > 1 // the administrator alone helps nobody
	return append(list, step("Lembar QR", sheetPath, "Buat lembar untuk setiap loket, cetak posternya, lalu tempel. Sejak itu warga dapat menilai.", "lembar berlaku", sheets))
}

func count[T any](set survey.Set[T], counts func(T) bool) int {
	n := 0
	for _, held := range set {
		if counts(held.Value) {
			n++
		}
	}
	return n
}
