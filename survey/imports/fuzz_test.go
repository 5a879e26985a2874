package imports_test

import (
	"bytes"
	"maps"
	"strings"
	"testing"

	"kesan/survey"
	"kesan/survey/imports"
)

// FuzzRead: no file makes Read panic; a plan has drafts or problems, never both; every problem has a sentence without a
// hole in it; and an export of what was imported changes nothing when it is read back.
func FuzzRead(f *testing.F) {
	kinds := imports.Kinds()
	for i, kind := range kinds {
		f.Add(i, sample(f, kind.Name))
	}
	f.Add(0, []byte("kode;nama;zona\n'=1;\"a\"\"b\";WIB\n\"\n"))
	f.Add(0, []byte("kode;nama;zona;alamat\nA;''=1;WIB;\"'\n-\"\n"))
	f.Add(3, []byte("nip,nama,jenis_asn,unit\n\"1,99E+17\",A,pns,DPP\n"))
	f.Add(4, []byte("loket;nip;tanggal;mulai;selesai;tanggal_selesai\nL1;TK-01;1/2/2026;22.00;06:00;2/2/2026\n"))
	office := sampleRegister(f).Office()
	f.Fuzz(func(t *testing.T, which int, file []byte) {
		kind := kinds[uint(which)%uint(len(kinds))].Name
		plan, err := imports.Read(kind, bytes.NewReader(file), office)
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range append(plan.Problems.List, plan.Warnings.List...) {
			if s := p.Sentence(); s == "" || strings.Contains(s, "%!") || p.Line < 0 {
				t.Errorf("%+v: %q", p, s)
			}
		}
		if plan.Drafts == nil {
			return
		}
		if plan.Problems.Count() > 0 {
			t.Error("drafts beside problems")
		}
		after := with(office, plan.Drafts)
		if again := read(t, after, kind, written(t, after, kind)); again.Problems.Count() > 0 || again.New+again.Changed > 0 {
			t.Errorf("read back: %+v\n%q", again, written(t, after, kind))
		}
	})
}

// with returns an office with the drafts in it, as far as imports looks at one.
func with(office *survey.Office, drafts []survey.Draft) *survey.Office {
	next := &survey.Office{
		Units: maps.Clone(office.Units), Services: maps.Clone(office.Services), Counters: maps.Clone(office.Counters),
		Officers: maps.Clone(office.Officers), Duties: maps.Clone(office.Duties), Hours: maps.Clone(office.Hours),
		Holidays: maps.Clone(office.Holidays), Targets: maps.Clone(office.Targets), Forms: office.Forms,
	}
	for _, draft := range drafts {
		switch o := draft.Object.(type) {
		case survey.Unit:
			put(next.Units, o)
		case survey.Service:
			put(next.Services, o)
		case survey.Counter:
			put(next.Counters, o)
		case survey.Officer:
			put(next.Officers, o)
		case survey.Duty:
			put(next.Duties, o)
		case survey.OpeningHours:
			put(next.Hours, o)
		case survey.Holiday:
			put(next.Holidays, o)
		case survey.Target:
			put(next.Targets, o)
		}
	}
	return next
}

func put[T survey.Object](set survey.Set[T], object T) {
	_, id := object.ObjectKey()
	set[id] = survey.Held[T]{Value: object, Revision: set[id].Revision + 1}
}
