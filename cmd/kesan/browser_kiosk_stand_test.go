package main

import (
	"fmt"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"

	"kesan/handlers"
	"kesan/handlers/auth"
	"kesan/survey"
	"kesan/survey/demo"
)

// stand is a kiosk at a counter, over a network of its own.
type stand struct {
	*lane
	kiosk, display string // paths
}

func openStand(t *testing.T, b *browser, host string) *stand {
	t.Helper()
	s := &stand{lane: openLane(t, b, host)}
	site := s.phone.site
	signing := auth.New(site.Store, site.Clock, false)
	for _, device := range demo.Generate(demoSeed, 1, survey.DayOf(regionNow, survey.WIB).Add(-1)).Devices {
		check(t, signing.AdmitDevice(t.Context(), device.ID, device.Secret))
		path := s.origin + handlers.DemoDevice(device.Device, device.Secret)
		switch {
		case device.Counter != journeyCounter:
		case device.Kind == survey.DeviceKiosk:
			s.kiosk = path
		default:
			s.display = path
		}
	}
	s.screen(800, 1280)
	return s
}

func (s *stand) screen(width, height int64) {
	s.t.Helper()
	s.do(chromedp.EmulateViewport(width, height))
	_, err := chromedp.Call(s.ctx, emulation.SetTouchEmulationEnabled, emulation.SetTouchEmulationEnabledParams{Enabled: true})
	check(s.t, err)
}

// ready opens the kiosk and waits until it holds everything for a day.
func (s *stand) ready() {
	s.t.Helper()
	equal(s.t, "status", s.open(s.kiosk), 200)
	s.until(`document.body.dataset.state == "start" && Object.keys(localStorage).length > 0`)
}

// cached waits until the worker holds the page in each language, with style and script.
func (s *stand) cached() {
	s.t.Helper()
	s.until(fmt.Sprint(`caches.open("kesan-kios").then(c => c.keys()).then(k => k.length == `, len(languages(s.t))+2, `)`))
}

// tap touches the middle of what is visible there.
func (s *stand) tap(selector string) {
	s.t.Helper()
	s.do(chromedp.WaitVisible(chromedp.CSS(selector)))
	at := js[[]float64](s.tab, `{const e = document.querySelector("`+selector+`"); e.scrollIntoView({block: "center"}); const r = e.getBoundingClientRect(); [r.x + r.width / 2, r.y + r.height / 2]}`)
	for _, touch := range []input.DispatchTouchEventParams{
		{Type: input.DispatchTouchEventTypeTouchStart, TouchPoints: []*input.TouchPoint{{X: at[0], Y: at[1]}}},
		{Type: input.DispatchTouchEventTypeTouchEnd, TouchPoints: []*input.TouchPoint{}},
	} {
		_, err := chromedp.Call(s.ctx, input.DispatchTouchEvent, touch)
		check(s.t, err)
	}
}

// asks waits until a question is on the screen, alone.
func (s *stand) asks(name string) {
	s.t.Helper()
	s.until(`document.body.dataset.state == "ask" && document.querySelector(".now [name]").name == "` + name + `" && document.querySelectorAll("form > fieldset, form > .row").values().filter(e => e.offsetHeight).toArray().length == 1`)
}

// visit answers everything by touch.
func (s *stand) visit(value, comment string) {
	s.t.Helper()
	s.tap("#mulai")
	s.asks("layanan")
	s.tap(".now label.o")
	s.asks("menit_tunggu")
	s.tap("#lanjut")
	for _, unsur := range survey.UnsurList {
		s.asks(string(unsur))
		s.tap(".now label:has([value='" + value + "'])")
	}
	s.asks("komentar")
	s.write("#komentar", comment)
	s.tap("#lanjut")
	s.until(`document.body.hasAttribute("data-last")`)
	s.tap("form .end button")
	s.until(`document.body.dataset.state == "thanks"`)
}

// pass lets time go by on the kiosk's clock.
func (s *stand) pass(seconds string) {
	s.t.Helper()
	js[bool](s.tab, `{const now = Date.now; const by = 1000 * `+seconds+`; Date.now = () => now.call(Date) + by; true}`)
}

// stored returns the answers of the counter's unit of today and yesterday.
func (s *stand) stored() []survey.Response {
	s.t.Helper()
	var list []survey.Response
	today := survey.DayOf(s.phone.site.clock(), survey.WIB)
	for record, err := range s.phone.site.Store.Records(s.t.Context(), journeyUnit, today.Add(-1), today) {
		check(s.t, err)
		if record.Kind == survey.KindResponse {
			response, err := survey.DecodeResponse(record)
			check(s.t, err)
			list = append(list, response)
		}
	}
	return list
}
