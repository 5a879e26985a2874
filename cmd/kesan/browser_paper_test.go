package main

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"kesan/handlers"
	"kesan/handlers/auth"
	"kesan/survey"
)

// The bundle that a clerk types: more than one block of papers, with services to choose from and questions of the office.
const (
	paperBundle = "BVNDE001"
	paperCount  = 12
	paperDay    = "2026-12-07" // of regionNow
)

func paperOffice() []survey.Draft {
	form := survey.SKM2017()
	form.ID, form.Name = "skm-dinas", "SKM dinas"
	form.Extra = []survey.Question{{Key: "tambahan-1-v1", Text: "Apakah Anda memakai ruang tunggu lansia dan penyandang disabilitas?", Options: []survey.Option{
		{Value: 1, Label: "Ya, dan nyaman"}, {Value: 2, Label: "Ya, tetapi tidak nyaman"}, {Value: 3, Label: "Tidak"}, {Value: 4, Label: "Tidak tahu ada"}}}}
	batch := survey.Batch{ID: paperBundle, Counter: "L1", Form: survey.Ref(form.ID, 1), Day: paperDay, Count: paperCount}
	drafts := []survey.Draft{{Object: survey.Agency{Name: "Pemerintah Kota Pematangsiantar", Colour: "#0b5d4a"}}, {Object: form},
		{Object: survey.Unit{Code: "dinas", Name: longAgency, Zone: survey.WIB}}, {Object: survey.Unit{Code: "upt", Name: longUnit, Parent: "dinas", Zone: survey.WIB, Form: form.ID}},
		{Object: survey.Counter{Code: "L1", Unit: "upt", Name: "Loket Perekaman KTP-el dan Identitas Kependudukan Digital"}},
		{Object: survey.Account{Username: "kepala", Name: "Rini Astuti", Role: survey.RoleUnitHead, Unit: "upt"}}}
	for i, name := range []string{"Perekaman KTP elektronik", "Kartu Keluarga", "Akta kelahiran", "Akta kematian", "Akta perkawinan", "Kartu Identitas Anak",
		"Surat keterangan pindah antarkabupaten", "Pembetulan data kependudukan", "Identitas Kependudukan Digital", "Legalisasi dokumen"} {
		batch.Services = append(batch.Services, fmt.Sprint("s", i))
		drafts = append(drafts, survey.Draft{Object: survey.Service{Code: fmt.Sprint("s", i), Unit: "upt", Name: name}})
	}
	return append(drafts, survey.Draft{Object: batch})
}

// clerkTypes prints a bundle, types it twice with nothing but keys, decides what the passes differ in, and has an answer for
// each paper.
func clerkTypes(t *testing.T, b *browser, _ *site) {
	const password = "padi menguning di sawah"
	s := startSite(t, func() time.Time { return regionNow }, handlers.Options{Demo: true}, func(sys *system) {
		check(t, sys.Register.Write(t.Context(), "admin", "kantor", paperOffice()...))
		check(t, auth.New(sys.Store, sys.Clock, false).SetPassword(t.Context(), "kepala", password))
	})
	s.logins["kepala"] = password
	p := b.desk(t, s)
	p.signIn("kepala")
	bundle := "/kumpulkan/kertas/" + paperBundle
	equal(t, "status of the papers", p.open(bundle+"/cetak"), 200)
	equal(t, "sheets of paper", p.print("papers"), paperCount)
	equal(t, "millimetres of the longest sheet", js[int](p, `Math.ceil(Math.max(...[...document.querySelectorAll(".sheet")].map(e => e.getBoundingClientRect().height)) * 25.4 / 96)`), 297)
	p.shot("papers")
	p.shows(longUnit, "10. Apakah Anda memakai", "11. Jenis kelamin", "14. Pekerjaan")

	for pass := 1; pass <= survey.PaperPasses; pass++ {
		equal(t, "status of a pass", p.open(fmt.Sprintf("%s/isi/%d", bundle, pass)), 200)
		for number := 1; number <= paperCount; number++ {
			p.do(chromedp.WaitVisible(chromedp.CSS(fmt.Sprintf("[name=service-%d]:focus", number)))) // without a pointer
			digits := "444344444"
			if pass == 2 && number == 7 {
				digits = "444244444"
			}
			p.do(chromedp.KeyEvent("10" + kb.Tab + digits))
			if number == 11 {
				p.do(chromedp.KeyEvent(kb.Tab + "22539" + kb.Tab + "15" + kb.Tab + "Ramah"))
				p.shot(fmt.Sprint("papers-pass-", pass))
			}
			equal(t, "status", p.enter(), 200)
		}
		equal(t, "the last paper leads to", p.path(), bundle)
	}
	p.shows("11 lembar cocok, 1 berbeda")
	p.shot("papers-progress")
	equal(t, "status of the comparison", p.follow("main a[href$='/banding']"), 200)
	p.shows("Lembar 7: Jawaban, pertanyaan 4")
	p.do(chromedp.Focus(chromedp.CSS("main [type=radio]")), chromedp.KeyEvent(" "))
	p.shot("papers-compare")
	equal(t, "status of storing", p.enter(), 200)
	p.shows("12 sudah menjadi jawaban")
	stored := 0
	for record, err := range s.Store.Records(t.Context(), "upt", paperDay, paperDay) {
		check(t, err)
		response, err := survey.DecodeResponse(record)
		check(t, err)
		if response.Unsur[survey.Biaya] != 3 || response.Service != "s9" || response.Comment != "" &&
			(response.Extra["tambahan-1-v1"] != 2 || response.Profile["pekerjaan"] != "lainnya" || *response.Wait != 15) {
			t.Errorf("stored %+v", response)
		}
		stored++
	}
	equal(t, "answers", stored, paperCount)
	p.clean()
}

// enter presses Enter where it sends a form, and returns the status of the page that follows.
func (p *tab) enter() int {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	response, err := chromedp.RunResponse(ctx, chromedp.KeyEvent(kb.Enter))
	if err != nil || response == nil {
		p.t.Fatalf("Enter: %v\n%s", err, p.where())
	}
	return int(response.Status)
}
