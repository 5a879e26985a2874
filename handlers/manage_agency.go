package handlers

import (
	"errors"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"kesan/handlers/locale"
	"kesan/handlers/view"
	"kesan/survey"
)

const agencyPath = "/kelola/instansi"

func (s *Server) agencyRoutes() []route {
	return []route{
		{fiber.MethodGet, agencyPath, admin, s.agencyPage},
		{fiber.MethodPost, agencyPath, admin, s.saveAgency},
	}
}

// threshold is one number that an agency may set, and what it does.
type threshold struct {
	field, label, help string
	value              func(*survey.Agency) *int64
}

// thresholds are the numbers that an agency may set; the field is the one of survey.Policy or survey.Agency.
var thresholds = []threshold{
	{"officer_minimum", "Jawaban minimal agar angka petugas tampil", "Di bawah ini hanya tertulis \"terlalu sedikit\", agar penilai tidak dapat dikenali. Tidak dapat kurang dari 10.",
		func(a *survey.Agency) *int64 { return &a.Policy.OfficerMinimum }},
	{"officer_appraisal", "Jawaban minimal agar angka petugas dipakai menilai kinerja", "Di antara kedua batas, angka hanya petunjuk (indikatif) bagi petugas dan atasannya. Disarankan 30.",
		func(a *survey.Agency) *int64 { return &a.Policy.OfficerAppraisal }},
	{"unit_minimum", "Jawaban minimal agar angka unit tampil", "Tidak dapat kurang dari 5.",
		func(a *survey.Agency) *int64 { return &a.Policy.UnitMinimum }},
	{"unit_firm", "Jawaban minimal agar angka unit tidak lagi indikatif", "Disarankan 30.",
		func(a *survey.Agency) *int64 { return &a.Policy.UnitFirm }},
	{"shrink_k", "Bobot rata-rata layanan sejenis, dalam jawaban", "Untuk nilai yang memperhitungkan jumlah jawaban (nilai disusutkan): petugas dengan sedikit jawaban ditarik ke arah rata-rata layanan yang sama di unitnya. 20 berarti rata-rata itu dihitung seperti 20 jawaban.",
		func(a *survey.Agency) *int64 { return &a.Policy.ShrinkK }},
	{"max_achievement", "Capaian tertinggi (%)", "Capaian yang lebih besar dipotong di sini, agar satu indikator tidak menutupi yang lain. Lazimnya 120.",
		func(a *survey.Agency) *int64 { return &a.Policy.MaxAchievement }},
	{"keep_contacts", "Pesan warga disimpan, dalam hari", "Pesan dan kontak warga yang ingin dihubungi terhapus otomatis sesudahnya. Yang sudah ditulis tetap menurut janji saat ditulis. 7 sampai 365.",
		func(a *survey.Agency) *int64 { return &a.KeepContacts }},
}

func (s *Server) agencyPage(c *fiber.Ctx) error {
	held := s.office().Agencies[survey.AgencyID]
	return s.showAgency(c, fiber.StatusOK, held.Revision, agencyValues(held.Value), nil, "")
}

// agencyValues are the values of the form's fields; a number that nobody set stays open, and its default stands beside it.
func agencyValues(a survey.Agency) map[string]string {
	values := map[string]string{"name": a.Name, "colour": a.Colour, "officer_min_trust": strconv.Itoa(int(a.Policy.OfficerMinTrust)), "show_officer": ""}
	if a.Policy.ShowOfficer {
		values["show_officer"] = "ya"
	}
	for _, t := range thresholds {
		if n := *t.value(&a); n != 0 {
			values[t.field] = strconv.FormatInt(n, 10)
		}
	}
	return values
}

func (s *Server) showAgency(c *fiber.Ctx, status, base int, values map[string]string, problems survey.Problems, conflict string) error {
	def := survey.Agency{Policy: survey.Policy{}.OrDefault(), KeepContacts: survey.ContactLife}
	fields := []view.Field{
		{Name: "name", Label: "Nama instansi", Required: true, Help: "Tampil di halaman warga, poster, dan laporan."},
		{Name: "colour", Label: "Warna", Help: "Warna utama halaman dan poster, ditulis seperti #0b5d4a. Pilih warna gelap agar tulisan putih di atasnya terbaca."},
		{Name: "officer_min_trust", Label: "Jawaban yang membentuk angka petugas", Input: view.InputChoice, Required: true,
			Help: "Foto poster dapat dipakai dari mana saja. Bila tiket atau layar loket sudah dipakai, hitung yang terverifikasi saja.",
			Choices: []view.Choice{{Value: "0", Label: "Semua jawaban yang dihitung"}, {Value: "1", Label: "Yang diisi pegawai (dampingan dan formulir kertas), layar, dan tiket"},
				{Value: "2", Label: "Yang terverifikasi: layar loket dan tiket"}, {Value: "3", Label: "Tiket saja"}}},
	}
	for _, t := range thresholds {
		fields = append(fields, view.Field{Name: t.field, Label: t.label, Input: "number",
			Help: t.help + " Kosong berarti " + locale.Number(*t.value(&def)) + "."})
	}
	fields = append(fields, view.Field{Name: "show_officer", Label: "Tampilkan nama petugas yang bertugas di layar loket", Input: view.InputCheck,
		Help: "Nama diambil dari jadwal. Tanpa centang, layar hanya menyebut loketnya."})
	s.mark(fields, problems)
	stored := agencyValues(s.office().Agency())
	for i := range fields {
		f := &fields[i]
		f.Value = values[f.Name]
		if f.Choices != nil {
			f.Choices = chosen(f.Choices, f.Value)
		}
		if conflict != "" && stored[f.Name] != f.Value {
			f.Theirs, f.Differs = stored[f.Name], true
		}
	}
	page := view.Edit{Base: s.formBase(c, "Instansi dan aturan angka", problems), Back: view.Link{Label: "Daftar periksa", URL: "/kelola"}, Conflict: conflict,
		History: historyOf(string(survey.KindAgency), survey.AgencyID),
		About:   "Aturan di sini berlaku bagi semua angka yang belum dikunci. Setiap perubahan tercatat, dan siklus yang sudah dikunci tidak berubah.",
		Form:    view.Form{Action: agencyPath, Base: base, Fields: append(fields, whyField(c)), Submit: "Simpan", General: s.general(problems)}}
	c.Status(status)
	return s.render(c, "manage_edit", page)
}

func (s *Server) saveAgency(c *fiber.Ctx) error {
	agency, values, problems := s.readAgency(c)
	base, err := strconv.Atoi(typed(c, fieldBase))
	if err != nil {
		return fiber.ErrBadRequest
	}
	if len(problems) > 0 {
		return s.showAgency(c, fiber.StatusUnprocessableEntity, base, values, problems, "")
	}
	err = s.Register.Write(c.UserContext(), s.account(c).Username, why(c), survey.Draft{Object: agency, Base: base})
	if errors.Is(err, survey.ErrConflict) {
		held := s.office().Agencies[survey.AgencyID]
		return s.showAgency(c, fiber.StatusConflict, held.Revision, values, nil, "oleh "+held.Author)
	}
	if err != nil {
		return err
	}
	return c.Redirect(withNotice(agencyPath, "tersimpan"), fiber.StatusSeeOther)
}

// readAgency reads the form over what is stored, so that what the form does not show is kept.
func (s *Server) readAgency(c *fiber.Ctx) (survey.Agency, map[string]string, survey.Problems) {
	agency := s.office().Agency()
	agency.Name, agency.Colour = typed(c, "name"), strings.ToLower(typed(c, "colour"))
	values := map[string]string{"name": agency.Name, "colour": typed(c, "colour"), "officer_min_trust": typed(c, "officer_min_trust"), "show_officer": typed(c, "show_officer")}
	var problems survey.Problems
	trust, err := strconv.Atoi(values["officer_min_trust"])
	if err != nil || trust < 0 || trust > int(survey.TrustTicket) {
		problems.Add("officer_min_trust", "manage.choose")
	}
	agency.Policy.OfficerMinTrust, agency.Policy.ShowOfficer = survey.Trust(max(trust, 0)), values["show_officer"] == "ya"
	for _, t := range thresholds {
		values[t.field] = typed(c, t.field)
		n, err := strconv.ParseInt(values[t.field], 10, 64)
		if values[t.field] != "" && (err != nil || n < 1) {
			problems.Add(t.field, "manage.number")
			n = 0
		}
		*t.value(&agency) = n
	}
	if len(problems) == 0 {
		problems = agency.Check()
	}
	return agency, values, problems
}
