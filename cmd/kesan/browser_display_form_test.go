package main

import (
	"fmt"
	"testing"
	"time"

	"kesan/survey"
)

// scanDisplay opens the code on the display of the counter, and takes the address of the form from there.
func (l *lane) scanDisplay() {
	l.t.Helper()
	l.path = l.origin + "/S/" + l.phone.site.displayCode(l.t)
	l.come()
	l.path = js[string](l.tab, `location.href`)
}

// displayCode is what the display of the counter shows now.
func (s *site) displayCode(t *testing.T) string {
	t.Helper()
	devices := s.Register.Office().Devices
	for _, id := range devices.IDs() {
		if device := devices[id].Value; device.Kind == survey.DeviceDisplay && device.Counter == journeyCounter {
			code, err := s.Minter.Display(id, s.clock().Truncate(survey.DisplaySlot))
			check(t, err)
			return code
		}
	}
	t.Fatal("no display")
	return ""
}

// The form of a display stays the same in another language, an hour later, and while an answer waits on the phone: opening its
// page then sends the answer, and does not take it for one that is being mended.
func displayForm(l *lane) {
	const token = `document.forms[0].elements.form.value`
	l.scanDisplay()
	first := js[string](l.tab, token)
	l.write("#komentar", "dari layar")
	l.phone.site.pass(time.Hour)
	equal(l.t, "status", l.follow("header nav a"), 200)
	equal(l.t, "language", js[string](l.tab, `document.documentElement.lang`), "en")
	equal(l.t, "form", js[string](l.tab, token), first)
	l.until(`document.querySelector("#komentar").value == "dari layar"`)

	l.keepOne("dari layar, lalu dibuka lagi")
	l.comeBack()
	js[bool](l.tab, fmt.Sprintf(`setTimeout(() => location = %q); true`, l.path)) // the page leaves for the receipt as it loads
	l.until(remains + `.then(left => !left.includes('"fields"'))`)                // sent by the page, or by the browser's sync before it
	l.until(`!!document.querySelector(".ok,#kabar .note")`)                       // it has told so, and leaves no more
	equal(l.t, "records", l.phone.site.comments(l.t, "dari layar, lalu dibuka lagi"), 1)
	equal(l.t, "status of its address", l.open(l.path), 410)
	l.shows("Formulir ini sudah dikirim")
	l.open(l.origin + l.phone.site.survey(l.t, otherSheet))
	l.until(remains + `.then(left => left == "")`)
}

// A form of a display that must be mended is not lost when its address is opened again: the page says so and leads to it.
func displayUnfinished(l *lane) {
	l.scanDisplay()
	l.fill("layar, kurang satu")
	js[bool](l.tab, `document.querySelector("[name=waktu]:checked").checked = false; true`)
	l.relay.fall(true)
	l.send()
	l.kept()
	l.comeBack()
	l.open(l.path)
	l.until(`!!document.querySelector("#kabar .note button")`)
	l.open(l.path)
	l.until(`!!document.querySelector("#kabar .note button")`)
	equal(l.t, "status", l.follow("#kabar .note button"), 422)
	equal(l.t, "comment", js[string](l.tab, `document.querySelector("#komentar").value`), "layar, kurang satu")
	l.press("label:has([name=waktu][value='4'])")
	l.send()
	l.thanks()
	equal(l.t, "records", l.phone.site.comments(l.t, "layar, kurang satu"), 1)
}
