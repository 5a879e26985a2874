package demo

import "kesan/survey"

// Admitted is a device with its secret, which is none.
type Admitted struct {
	survey.Device
	Secret string
}

// ExitCode leaves the kiosks of the demo.
const ExitCode = "123456"

// devices puts a display and a kiosk at the first counter of each place where people answer by the code on a display.
func (r *Region) devices() []Admitted {
	var list []Admitted
	seen := map[*place]bool{}
	for _, d := range r.desks {
		if d.way != byDisplay || seen[d.place] {
			continue
		}
		seen[d.place] = true
		screen := survey.Device{ID: r.sheetID(d.Code + "|layar"), Kind: survey.DeviceDisplay, Counter: d.Code, Name: "Layar " + d.Name}
		kiosk := survey.Device{ID: r.sheetID(d.Code + "|kios"), Kind: survey.DeviceKiosk, Counter: d.Code, Name: "Kios " + d.Name, Exit: ExitCode}
		for _, device := range []survey.Device{screen, kiosk} {
			list = append(list, Admitted{device, "demo-" + device.ID + "-kesan"})
		}
	}
	return list
}

func (r *Region) deviceDrafts() []survey.Draft {
	var list []survey.Draft
	for _, d := range r.Devices {
		list = append(list, survey.Draft{Object: d.Device})
	}
	return list
}
