package main

import (
	"fmt"
	"strings"
	"time"

	"kesan/survey"
)

// screens are those that kiosks and displays have, and a phone.
var screens = []struct{ width, height int64 }{{360, 800}, {800, 1280}, {1280, 800}, {1920, 1080}}

// look is a state of a page, and a script that brings it about and says whether it is as it should be.
type look struct{ name, set string }

// smallOnScreen lists what people touch on a kiosk and is less than 64 px high, or 44 px in a direction where staff do.
const smallOnScreen = `[...document.querySelectorAll("a,button,select,textarea,.t,.o")].filter(e => e.checkVisibility()).filter(e => {
	const r = e.getBoundingClientRect(); return r.width < 44 || r.height < (document.querySelector(".kios") && e.matches("main :not(a)") ? 64 : 44)
}).map(e => { const r = e.getBoundingClientRect(); return e.outerHTML.slice(0, 90) + " " + r.width + "x" + r.height })`

// looks checks each state on each screen.
func (s *stand) looks(name string, states ...look) {
	s.t.Helper()
	for _, screen := range screens {
		s.screen(screen.width, screen.height)
		for _, state := range states {
			title := fmt.Sprintf("%s %d %s", name, screen.width, state.name)
			equal(s.t, title, js[bool](s.tab, state.set), true)
			s.shot(title)
			s.accessible(title)
			if small := js[[]string](s.tab, smallOnScreen); len(small) > 0 {
				s.t.Errorf("%s: too small for a finger: %q", title, small)
			}
			if wide := js[int64](s.tab, `document.documentElement.scrollWidth`); wide > screen.width {
				s.t.Errorf("%s: %d pixels wide", title, wide)
			}
		}
	}
}

func kioskLooks(s *stand) {
	const next = `document.querySelector("#lanjut").click()`
	inSight := func(selector string) string {
		return `document.querySelector("` + selector + `").getBoundingClientRect().bottom <= innerHeight`
	}
	s.ready()
	s.cached()
	js[bool](s.tab, `{const now = Date.now(); Date.now = () => now; true}`) // or somebody would have left while this is slow
	const again = `document.querySelector("#terima").click(), `
	states := []look{{"start", again + `document.body.dataset.state == "start"`}}
	for _, lang := range languages(s.t)[1:] {
		states = append(states,
			look{"start in " + lang, again + `document.querySelector("header [hreflang=` + lang + `]").click(), getComputedStyle(document.forms[0]).display == "none"`}, // never bare
			look{"wait in " + lang, `document.querySelector("#mulai").click(), document.querySelector("[name=layanan]").checked = true, ` + next + `, document.documentElement.lang == "` + lang + `"`},
			look{"unsur in " + lang, next + `, ` + inSight("#lanjut")})
	}
	s.looks("kiosk", append(states,
		look{"complaint", again + `document.querySelector("#mulai").click(), ` + next + `, true`},
		look{"wait", `document.querySelector("[name=layanan]").checked = true, ` + next + `, true`},
		look{"unsur", next + `, ` + inSight("#lanjut")},
		look{"next unsur", `document.querySelector("[name=persyaratan]").checked = true, ` + next + `, ` + inSight("#lanjut")},
		look{"comment", `while (document.querySelector(".now [name]").name != "komentar") { document.querySelector(".now [type=radio]").checked = true; ` + next + ` }; true`},
		look{"about the person", next + `, innerWidth < 800 || ` + inSight("form .end button")},
		look{"idle", `{const now = Date.now() + 36e3; Date.now = () => now; new Promise(done => setTimeout(() => done(!document.querySelector("#sisa").hidden), 400))}`},
		look{"thanks", `document.querySelector("#diterima").hidden = false, document.body.dataset.state = "thanks", true`},
		look{"kept", `document.querySelector("#diterima").hidden = true, document.querySelector("#tersimpan").hidden = false, true`},
		look{"soon", `document.body.dataset.state = "soon", true`},
		look{"lost", `document.body.dataset.state = "lost", true`},
	)...)
}

// pairingLooks checks the pages of staff at a device, and a kiosk that is not paired.
func pairingLooks(s *stand) {
	for name, path := range map[string]string{"kiosk": s.kiosk, "display": s.display} {
		bare, _, _ := strings.Cut(path, "?")
		equal(s.t, "status", s.open(bare), 200)
		s.looks(name, look{"not paired", `true`})
	}
	s.ready()
	for _, page := range []struct {
		name, path, code string
		status           int
	}{{"way out", "/kios/keluar", "", 200}, {"wrong code", "/kios/keluar", "000000", 422}, {"pairing", "/kios?kode=AAAA-AAAA", "", 200}, {"wrong pairing code", "/layar?kode=AAAA-AAAA", "AAAA-AAAA", 422}} {
		equal(s.t, page.name, s.open(s.origin+page.path), 200)
		if page.code != "" {
			s.write("#kode", page.code)
			equal(s.t, page.name, s.follow("form button"), page.status)
		}
		s.looks(page.name, look{"", `true`})
	}
}

// displayLooks checks a display in each of its states. Nobody scrolls there.
func displayLooks(s *stand) {
	shows := func(name string) {
		s.t.Helper()
		equal(s.t, "status", s.open(s.display), 200)
		s.looks("display", look{name, `innerWidth < 800 || document.documentElement.scrollHeight <= innerHeight`})
	}
	site := s.phone.site
	shows("code")
	s.looks("display", look{"lost", `document.body.className = "dead", true`})
	agency := site.Register.Office().Agencies[survey.AgencyID]
	agency.Value.Policy.ShowOfficer = true
	check(s.t, site.Register.Write(s.t.Context(), "admin", "", survey.Draft{Object: agency.Value, Base: agency.Revision}))
	shows("officer")
	site.pass(-time.Hour)
	shows("clock")
	s.shows("jam server mundur")
}
