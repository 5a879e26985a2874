package handlers

import (
	"errors"
	"strconv"

	"github.com/gofiber/fiber/v2"

	"kesan/handlers/view"
	"kesan/survey"
)

// Fields of a device's form; those that hold the object's own are named as in survey.Device.
const (
	fieldDeviceKind     = "kind"
	fieldDeviceCounter  = "counter"
	fieldDeviceName     = "name"
	fieldDeviceInterval = "interval"
	fieldDeviceExit     = "exit"
)

func (s *Server) newDevice(c *fiber.Ctx) error {
	return s.deviceForm(c, fiber.StatusOK, survey.Held[survey.Device]{}, map[string]string{fieldDeviceCounter: c.Query("loket")}, nil, "")
}

func (s *Server) editDevice(c *fiber.Ctx) error {
	held, ok := s.office().Devices[c.Params("id")]
	if !ok {
		return survey.ErrNotFound
	}
	return s.deviceForm(c, fiber.StatusOK, held, deviceValues(held.Value), nil, "")
}

func deviceValues(device survey.Device) map[string]string {
	values := map[string]string{fieldDeviceKind: string(device.Kind), fieldDeviceCounter: device.Counter, fieldDeviceName: device.Name, fieldDeviceExit: device.Exit}
	if device.Interval > 0 {
		values[fieldDeviceInterval] = strconv.Itoa(device.Interval)
	}
	return values
}

// deviceForm asks for a device. What it is and where it stands never changes: its forms carry that.
func (s *Server) deviceForm(c *fiber.Ctx, status int, held survey.Held[survey.Device], values map[string]string, problems survey.Problems, conflict string) error {
	office := s.office()
	page := view.Edit{Base: s.formBase(c, "Perangkat baru", problems), Back: view.Link{Label: "Perangkat", URL: devicePath}, Conflict: conflict,
		Form: view.Form{Action: devicePath + "/baru", Base: held.Revision, Submit: "Simpan", General: s.general(problems)}}
	fields := []view.Field{
		{Name: fieldDeviceKind, Label: "Jenis", Required: true, Input: view.InputChoice, Choices: []view.Choice{
			{Value: string(survey.DeviceDisplay), Label: "Layar loket: QR yang berganti"}, {Value: string(survey.DeviceKiosk), Label: "Kios: warga menjawab di layar sentuh"}}},
		{Name: fieldDeviceCounter, Label: "Loket", Required: true, Input: view.InputChoice, Choices: counterChoices(office)},
	}
	if id := c.Params("id"); id != "" {
		page.Title, page.Form.Action, page.History = "Ubah "+held.Value.Name, devicePath+"/"+id+"/ubah", historyOf("perangkat", id)
		fields = nil
	}
	fields = append(fields, view.Field{Name: fieldDeviceName, Label: "Nama", Required: true, Help: "Supaya mudah dikenali, misalnya: TV atas loket 1."})
	if held.Value.Kind != survey.DeviceDisplay {
		fields = append(fields,
			view.Field{Name: fieldDeviceInterval, Label: "Jeda antara dua jawaban di kios, dalam detik", Input: "number", Help: "10 sampai 300. Kosong berarti " + strconv.Itoa(survey.DefaultInterval) + "."},
			view.Field{Name: fieldDeviceExit, Label: "Kode keluar kios", Input: "number", Help: "6 sampai 8 angka, diketik petugas untuk keluar dari kios. Kosong berarti kios tidak dapat ditutup dari layarnya."})
	}
	for i := range fields {
		fields[i].Value = values[fields[i].Name]
		fields[i].Choices = chosen(fields[i].Choices, fields[i].Value)
	}
	s.mark(fields, problems)
	page.Form.Fields = fields
	c.Status(status)
	return s.render(c, "manage_edit", page)
}

// saveDevice makes a device, or changes what may change of one.
func (s *Server) saveDevice(c *fiber.Ctx) error {
	held, known := s.office().Devices[c.Params("id")]
	if !known && c.Params("id") != "" {
		return survey.ErrNotFound
	}
	device, values := held.Value, map[string]string{}
	for _, name := range []string{fieldDeviceKind, fieldDeviceCounter, fieldDeviceName, fieldDeviceInterval, fieldDeviceExit} {
		values[name] = typed(c, name)
	}
	if !known {
		device = survey.Device{ID: survey.NewSheetID(), Kind: survey.DeviceKind(values[fieldDeviceKind]), Counter: values[fieldDeviceCounter]}
	}
	device.Name, device.Exit = values[fieldDeviceName], values[fieldDeviceExit]
	problems := s.deviceProblems(&device, values[fieldDeviceInterval], known)
	if len(problems) > 0 {
		return s.deviceForm(c, fiber.StatusUnprocessableEntity, held, values, problems, "")
	}
	base, err := strconv.Atoi(typed(c, fieldBase))
	if err != nil {
		return fiber.ErrBadRequest
	}
	err = s.Register.Write(c.UserContext(), s.account(c).Username, "", survey.Draft{Object: device, Base: base})
	if errors.Is(err, survey.ErrConflict) {
		return s.deviceForm(c, fiber.StatusConflict, s.office().Devices[device.ID], values, nil, "oleh "+s.office().Devices[device.ID].Author)
	}
	if err != nil {
		return err
	}
	return c.Redirect(withNotice(devicePath+"/"+device.ID, "tersimpan"), fiber.StatusSeeOther)
}

// deviceProblems reads the interval and says what is wrong with a device.
func (s *Server) deviceProblems(device *survey.Device, interval string, known bool) survey.Problems {
	var problems survey.Problems
	device.Interval = 0
	if interval != "" {
		seconds, err := strconv.Atoi(interval)
		if err != nil || seconds == 0 {
			problems.Add(fieldDeviceInterval, "manage.number")
		}
		device.Interval = seconds
	}
	problems = append(problems, survey.Validate(*device)...)
	if counter, err := s.office().Counters.Value(device.Counter); !known && device.Counter != "" && (err != nil || counter.Closed) {
		problems.Add(fieldDeviceCounter, "sheet.counter")
	}
	return problems
}
