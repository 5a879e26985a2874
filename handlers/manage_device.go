package handlers

import (
	"errors"
	"strconv"

	"github.com/gofiber/fiber/v2"

	"kesan/handlers/locale"
	"kesan/handlers/poster"
	"kesan/handlers/view"
	"kesan/survey"
)

const devicePath = "/kelola/perangkat"

// manageDeviceRoutes are the administrator's pages of displays and kiosks.
func (s *Server) manageDeviceRoutes() []route {
	return []route{
		{fiber.MethodGet, devicePath, admin, s.devices},
		{fiber.MethodGet, devicePath + "/baru", admin, s.newDevice},
		{fiber.MethodPost, devicePath + "/baru", admin, s.saveDevice},
		{fiber.MethodGet, devicePath + "/:id", admin, s.device},
		{fiber.MethodGet, devicePath + "/:id/ubah", admin, s.editDevice},
		{fiber.MethodPost, devicePath + "/:id/ubah", admin, s.saveDevice},
		{fiber.MethodPost, devicePath + "/:id/kode", admin, s.pairingCode},
		{fiber.MethodPost, devicePath + "/:id/cabut", admin, s.revokeDevice},
	}
}

// devices lists the devices and when each was heard of last.
func (s *Server) devices(c *fiber.Ctx) error {
	office := s.office()
	var rows []view.ListRow
	for _, id := range office.Devices.IDs() {
		row, err := s.deviceRow(c, office, office.Devices[id].Value)
		if err != nil {
			return err
		}
		rows = append(rows, view.ListRow{Name: row.Device.Name, URL: devicePath + "/" + id, Closed: row.Ended(), Cells: []view.ListCell{
			{Label: "Jenis", Text: row.Kind()}, {Label: "Loket", Text: row.Counter}, {Label: "Unit", Text: row.Unit}, {Label: "Kontak terakhir", Text: row.Contact()}}})
	}
	page := view.List{Base: s.base(c, "Perangkat"), Path: devicePath, New: view.Link{Label: "Tambah perangkat", URL: devicePath + "/baru"},
		About: "Layar loket menampilkan QR yang terus berganti, dan kios dipakai warga untuk menjawab di tempat. Jawaban dari perangkat yang dipasangkan terhitung terverifikasi, karena warga pasti ada di loket."}
	fill(c, &page, []string{"Nama", "Jenis", "Loket", "Unit", "Kontak terakhir"}, rows)
	return s.render(c, "manage_list", page)
}

func (s *Server) deviceRow(c *fiber.Ctx, office *survey.Office, device survey.Device) (view.DeviceRow, error) {
	counter := office.Counters[device.Counter].Value
	row := view.DeviceRow{Device: device, Counter: counter.Name, Unit: office.FullName(counter.Unit), Zone: office.Zone(counter.Unit), Now: s.Clock.Now(),
		Closed: errors.Is(office.CheckDevice(device), survey.ErrClosed)}
	var err error
	if row.Paired, err = s.auth.Paired(c.UserContext(), device.ID); err != nil {
		return row, err
	}
	row.Seen, err = s.auth.LastContact(c.UserContext(), device.ID)
	return row, err
}

// device shows one device, and the ways to pair, change and withdraw it.
func (s *Server) device(c *fiber.Ctx) error {
	return s.showDevice(c, fiber.StatusOK, nil)
}

func (s *Server) showDevice(c *fiber.Ctx, status int, change func(*view.Device)) error {
	office := s.office()
	held, ok := office.Devices[c.Params("id")]
	if !ok {
		return survey.ErrNotFound
	}
	row, err := s.deviceRow(c, office, held.Value)
	if err != nil {
		return err
	}
	page := view.Device{Base: s.base(c, held.Value.Name), DeviceRow: row, Base0: held.Revision, Address: s.deviceAddress(held.Value),
		History: historyOf("perangkat", held.Value.ID)}
	if change != nil {
		change(&page)
	}
	c.Status(status)
	return s.render(c, "manage_device", page)
}

// deviceAddress is the page that a device shows.
func (s *Server) deviceAddress(device survey.Device) string {
	return s.options.BaseURL + pairPath(device.Kind) + "/" + device.ID
}

// pairingCode makes the code with which a browser is admitted as the device. It is shown in the answer and kept nowhere.
func (s *Server) pairingCode(c *fiber.Ctx) error {
	device, err := s.office().Devices.Value(c.Params("id"))
	if err != nil {
		return err
	}
	if err := s.office().CheckDevice(device); err != nil {
		return err
	}
	code, err := s.auth.PairingCode(c.UserContext(), device.ID)
	if err != nil {
		return err
	}
	s.audit(c, survey.AuditDeviceCode, device.ID)
	address := s.options.BaseURL + pairPath(device.Kind)
	qr, err := poster.Encode(address + "?" + fieldPairing + "=" + code)
	if err != nil {
		return err
	}
	return s.render(c, "manage_pairing", view.Pairing{Base: s.base(c, "Pasangkan "+device.Name), Device: device, Code: code, Address: address, QR: qr,
		Until: locale.DateTime(s.Clock.Now().Add(pairingLife), s.office().Zone(s.office().Counters[device.Counter].Value.Unit))})
}

// revokeDevice withdraws a device for good: its browser is a stranger from now on.
func (s *Server) revokeDevice(c *fiber.Ctx) error {
	held, ok := s.office().Devices[c.Params("id")]
	if !ok {
		return survey.ErrNotFound
	}
	device := held.Value
	device.Revoked, device.Why = true, typed(c, fieldWhy)
	if device.Why == "" || len(survey.Validate(device)) > 0 {
		return s.showDevice(c, fiber.StatusUnprocessableEntity, func(page *view.Device) {
			page.Why, page.Problem = device.Why, s.words.T(locale.Default, "sheet.why")
		})
	}
	base, err := strconv.Atoi(typed(c, fieldBase))
	if err != nil {
		return fiber.ErrBadRequest
	}
	err = s.Register.Write(c.UserContext(), s.account(c).Username, device.Why, survey.Draft{Object: device, Base: base})
	if errors.Is(err, survey.ErrConflict) {
		return s.showDevice(c, fiber.StatusConflict, func(page *view.Device) { page.Why, page.Conflict = device.Why, true })
	}
	if err != nil {
		return err
	}
	if err := s.auth.Unpair(c.UserContext(), device.ID); err != nil {
		return err
	}
	return c.Redirect(withNotice(devicePath+"/"+device.ID, "perangkat_dicabut"), fiber.StatusSeeOther)
}
