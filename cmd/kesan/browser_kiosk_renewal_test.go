package main

import (
	"fmt"
	"time"

	"kesan/survey"
)

// fetched notes what the page fetches, and how that ended.
const fetched = `{window.fetched = []; const ask = fetch; window.fetch = async (...what) => {
	const response = await ask(...what);
	window.fetched.push(response.status + " " + new URL(what[0], location).pathname.split("/").slice(3) + (await response.clone().text()).includes('"tokens"'));
	return response;
}}`

// hoursHeld is what a kiosk holds, formsHeld how many forms.
const (
	hoursHeld = `Object.values(localStorage).map(JSON.parse).find(held => held.hours).hours`
	formsHeld = hoursHeld + `.reduce((n, hour) => n + hour.tokens.length, 0)`
)

// kioskRenews: a kiosk that holds a day asks for what is missing. An hour later that is the forms of one hour.
func kioskRenews(s *stand) {
	s.before(fetched)
	s.ready()
	s.until(`navigator.serviceWorker.ready.then(() => !!navigator.serviceWorker.controller)`)
	s.ready() // by the worker's hands
	pages := len(languages(s.t))
	s.until(fmt.Sprint(`window.fetched.length == `, 1+3*pages)) // each page with its style and script
	equal(s.t, "forms held", js[int](s.tab, formsHeld), 25*180)

	again := func(forms string) {
		s.t.Helper()
		s.phone.site.meter.take()
		js[bool](s.tab, `window.fetched = []; dispatchEvent(new Event("online"))`)
		s.until(fmt.Sprint(`window.fetched.length == `, 1+pages))
		equal(s.t, "fetched", js[string](s.tab, `[...new Set(window.fetched)].join()`), "200 formulir"+forms+",304 false")
		equal(s.t, "forms held", js[int](s.tab, formsHeld), 25*180)
		counted := s.phone.site.meter.take()
		s.t.Logf("%d B down, %d B up in %d requests", counted.down, counted.up, len(counted.requests))
	}
	again("false")
	s.phone.site.pass(time.Hour)
	again("true")

	s.relay.fall(true)
	s.pass("7200") // an hour that it held before and has not fetched again
	s.visit("4", "satu jam kemudian")
	s.until(`!document.querySelector("#tersimpan").hidden`)
	s.relay.fall(false)
	s.phone.site.pass(2 * time.Hour)
	s.until(`dispatchEvent(new Event("online")) && ` + remains + `.then(left => left == "")`)
	if list := s.stored(); len(list) != 1 || list[0].Hour != regionNow.Hour()+3 || list[0].Late {
		s.t.Errorf("stored %+v", list)
	}
}

// A kiosk that has run since before its server was renewed loads the new script within the hour, by itself.
func kioskIsOutdated(s *stand) {
	s.before(`{const every = setInterval; window.setInterval = (f, ms) => every(f, ms == 36e5 ? 500 : ms)}`)
	s.before(`if (!sessionStorage.renewed) {const ask = fetch; window.fetch = async (...what) => {
		const response = await ask(...what);
		return what[0].includes("lengkap") ? new Response((await response.text()).replace("kios.js", "kios.js?baru")) : response;
	}}`)
	s.ready()
	js[bool](s.tab, `window.old = true, sessionStorage.renewed = "1", true`)
	s.until(`!window.old && document.body.dataset.state == "start"`)
	js[bool](s.tab, `window.old = true`)
	js[bool](s.tab, `new Promise(done => setTimeout(() => done(true), 1200))`)
	equal(s.t, "loaded once", js[bool](s.tab, `!!window.old`), true)
}

// A kiosk without forms, away from its server for longer than a day, says so and comes back by itself.
func kioskWithoutForms(s *stand) {
	s.ready()
	until := js[int](s.tab, hoursHeld+`.at(-1).from`)
	s.relay.fall(true)
	s.pass("90000")
	s.tap("#mulai")
	s.until(`document.body.dataset.state == "lost"`)
	s.shows("Kios belum siap", "pindai kode QR di loket")
	s.phone.site.pass(25 * time.Hour)
	s.relay.fall(false)
	s.until(`document.body.dataset.state == "start"`)
	s.until(fmt.Sprint(`dispatchEvent(new Event("online")) && `, hoursHeld, `[0].from >= `, until))
	s.visit("3", "hari berikutnya")
	s.until(`!document.querySelector("#diterima").hidden`)
	equal(s.t, "stored", s.phone.site.comments(s.t, "hari berikutnya"), 1)
}

// A kiosk loses its network for 25 hours. What was answered 23 hours after it had fetched its forms is not late, for it had them
// in advance; what it has kept for longer than a day is.
func kioskComesBack(s *stand) {
	s.ready()
	s.relay.fall(true)
	for _, visit := range []struct{ comment, then string }{{"jam pertama", "82800"}, {"23 jam kemudian", "7200"}} {
		s.visit("4", visit.comment)
		s.until(`!document.querySelector("#tersimpan").hidden`)
		s.tap("#terima h1")
		s.until(`document.body.dataset.state == "start"`)
		s.pass(visit.then)
	}
	s.phone.site.pass(25 * time.Hour)
	s.relay.fall(false)
	s.until(`dispatchEvent(new Event("online")) && ` + remains + `.then(left => left == "")`)
	got := map[string]survey.Response{}
	for _, r := range s.stored() {
		got[r.Comment] = r
	}
	first, last := got["jam pertama"], got["23 jam kemudian"]
	if len(got) != 2 || !first.Late || first.Trust != survey.TrustPoster || last.Late || last.Trust != survey.TrustDisplay {
		s.t.Errorf("stored %+v", got)
	}
	if today := survey.DayOf(regionNow, survey.WIB); first.Day != today || last.Day != today.Add(1) || last.Hour != (regionNow.Hour()+23)%24 {
		s.t.Errorf("answered on %s and on %s at %d", first.Day, last.Day, last.Hour)
	}
}
