package main

import (
	"fmt"
	"maps"
	"slices"

	"kesan/survey"
)

// Where the unit asks the short form a kiosk asks the three unsur that the server drew for the interval, beside the service, the
// wait and the comment: six steps. What is stored says that it was short, and has nothing else.
func kioskAsksShort(s *stand) {
	register := s.phone.site.Register
	held := register.Office().Units[journeyUnit]
	unit := held.Value
	unit.Mode = survey.FormShort
	check(s.t, register.Write(s.t.Context(), "admin", "", survey.Draft{Object: unit, Base: held.Revision}))

	s.ready()
	s.tap("#mulai")
	s.asks("layanan")
	token, err := s.phone.site.Minter.Read(js[string](s.tab, `document.forms[0].elements.form.value`), survey.TokenForm)
	check(s.t, err)
	if !slices.Contains(survey.ShortBlocks[:], token.Ask) {
		s.t.Fatalf("the server drew %b", token.Ask)
	}
	s.tap(".now label.o")
	s.asks("menit_tunggu")
	s.write("#menit_tunggu", "12")
	s.tap("#lanjut")
	want := map[survey.Unsur]int{}
	for place, unsur := range survey.UnsurList {
		if !token.Ask.Has(place) {
			continue
		}
		want[unsur] = 2 + len(want)
		s.asks(string(unsur))
		equal(s.t, "step", s.text("#ke"), fmt.Sprint(2+len(want), " / 6"))
		s.tap(fmt.Sprintf(".now label:has([value='%d'])", want[unsur]))
	}
	s.asks("komentar")
	s.write("#komentar", "tiga saja")
	s.tap("form .end button")
	s.until(`!document.querySelector("#diterima").hidden`)

	list := s.stored()
	if len(list) != 1 {
		s.t.Fatalf("stored %+v", list)
	}
	got := list[0]
	if !maps.Equal(got.Unsur, want) || !got.Short || got.Wait == nil || *got.Wait != 12 || got.Comment != "tiga saja" || len(got.Profile)+len(got.Extra) > 0 {
		s.t.Errorf("stored %+v, want %v", got, want)
	}
	s.clean()
}
