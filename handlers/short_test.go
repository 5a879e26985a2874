package handlers

import (
	"encoding/json"
	"net/url"
	"slices"
	"strconv"
	"testing"

	"kesan/scoring"
	"kesan/survey"
)

const shortPage = "/s/" + sheetOne

// short lets the unit ask the short form.
func (f *fixture) short() {
	f.write(survey.Unit{Code: ownUnit, Name: "Seksi Pelayanan Umum", Parent: parentUnit, Zone: survey.WIB, Mode: survey.FormShort})
}

// askedOn returns the unsur that a page asks, in order.
func askedOn(page element) []string {
	var keys []string
	for _, u := range survey.UnsurList {
		if len(page.all("input[name="+string(u)+"]")) == 4 {
			keys = append(keys, string(u))
		}
	}
	return keys
}

// opened opens a page as a browser does and fills nothing in but its hidden fields and the service.
func (f *fixture) opened(address string) (url.Values, []string) {
	f.t.Helper()
	page := f.anyone().get(address).is(200).page()
	form := url.Values{survey.FieldService: {"ktp"}}
	for _, hidden := range page.all("form input[type=hidden]") {
		form.Set(hidden.attr("name"), hidden.attr("value"))
	}
	return form, askedOn(page)
}

// visitors are so many people who each answer what they are asked, all with one value.
func (f *fixture) visitors(n, value int) {
	f.t.Helper()
	for range n {
		form, asked := f.opened(shortPage)
		for _, key := range asked {
			form.Set(key, strconv.Itoa(value))
		}
		f.anyone().post(shortPage, form).to("/terima-kasih/")
	}
}

func TestShortPage(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	f.short()
	page := f.anyone().get(shortPage).is(200).says("3 pertanyaan, sekitar 20 detik.", "Berapa lama Anda menunggu", "Apa yang perlu kami perbaiki")
	page.hides("Tentang Anda", "jenis_kelamin")
	if asked := askedOn(page.page()); len(asked) != 3 {
		t.Errorf("asked %v", asked)
	}
	f.anyone().get(shortPage+"?bahasa=en").is(200).says("3 questions, about 20 seconds.", "Answer everything (9 questions)")

	link := page.page().one("main a")
	if link.text() != "Jawab lengkap (9 pertanyaan)" {
		t.Errorf("the way to the full form is %q", link.text())
	}
	whole := f.anyone().get(shortPage + link.attr("href")).is(200).says("Tentang Anda")
	whole.hides("20 detik")
	if asked := askedOn(whole.page()); len(asked) != 9 {
		t.Errorf("all nine: asked %v", asked)
	}
	if href := whole.page().one("header a[lang=en]").attr("href"); href != "?bahasa=en&lengkap=1" {
		t.Errorf("another language of the full form at %q", href)
	}
	f.anyone().get("/s/" + sheetForeign + "?lengkap=1").is(200).hides("20 detik")
}

// A mistake does not change the questions, and answers to others are refused and left no trace in the answer.
func TestShortMistakes(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	f.short()
	form, asked := f.opened(shortPage)
	form.Set(asked[0], "2")
	form.Set(asked[1], "4")
	page := f.anyone().post(shortPage, form).is(422).says("Pertanyaan 3. Pilih satu jawaban.", "3 pertanyaan, sekitar 20 detik.")
	if again := askedOn(page.page()); !slices.Equal(again, asked) {
		t.Errorf("asked %v at first and %v after a mistake", asked, again)
	}
	if !page.page().one("[name=" + asked[0] + "][value=2]").has("checked") {
		t.Error("the first answer is lost")
	}
	other := "persyaratan"
	for _, u := range survey.UnsurList {
		if !slices.Contains(asked, string(u)) {
			other = string(u)
		}
	}
	form.Set(asked[2], "3")
	form.Set(other, "4")
	f.anyone().post(shortPage, form).is(422).says("Ada jawaban untuk pertanyaan yang tidak ada di halaman ini.")
	if rules := f.refusals(ownUnit); !slices.Equal(rules, []survey.Rule{survey.RuleMalformed}) {
		t.Errorf("refused by %v", rules)
	}
	form.Del(other)
	f.anyone().post(shortPage, form).to("/terima-kasih/")
	stored := f.responses(ownUnit)
	if len(stored) != 1 || !stored[0].Short || len(stored[0].Unsur) != 3 || stored[0].Unsur[survey.Unsur(asked[0])] != 2 {
		t.Errorf("stored %+v", stored)
	}
}

// 24 people, two for each triple of unsur, of whom the first 12 answer 4 and the others 3: eight answers to each unsur, each
// NRR 3,50, IKM 87,50 B. The three values of each are together 1,5 away from 10,5: variance (25/9)^2 x 8/7 x 24 x 1,5^2 / 8^2
// = 625/84, standard error 2,7277, t(7) 2,3646: 81,05-93,95. 14 of them were asked about the officer.
func TestShortFormGivesTheIndex(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	f.short()
	f.visitors(12, 4)
	f.fold()
	head := f.as(survey.RoleUnitHead)
	head.get(ownDashboard).is(200).says("100,00", "12 jawaban, di antaranya 12 singkat; unsur yang paling jarang ditanyakan dijawab 4 orang",
		"Jawaban tiap unsur masih terlalu sedikit untuk ditampilkan.", "Pada bentuk singkat tiap warga menjawab tiga dari sembilan unsur.")
	head.get(ownDashboard + "/angka/ikm").is(200).says("jawaban tiap unsur terlalu sedikit untuk diuraikan").hides("NRR persyaratan")

	f.visitors(12, 3)
	f.fold()
	head.get(ownDashboard).is(200).says("87,50 B Baik indikatif", "antara 81,05 dan 93,95",
		"24 jawaban, di antaranya 24 singkat; unsur yang paling jarang ditanyakan dijawab 8 orang", "Persyaratan 3,50 : tidak seorang pun dari 8 orang").
		hides("Pada bentuk singkat")
	head.get(ownDashboard+"/angka/ikm").is(200).says("NRR Persyaratan = 28 / 8 = 3,5000", "24 jawaban, di antaranya 24 singkat", "81,05 sampai 93,95").
		hides("jumlah kuadrat")
	f.as(survey.RoleOfficer).get("/saya").is(200).says("87,50", "14 jawaban, di antaranya 14 singkat", "Kompetensi dan perilaku tidak dirinci")
	hr := f.as(survey.RoleHR)
	hr.get("/dasbor/siklus/2026-TW4").is(200).says("singkat 24")

	rows, _ := f.key(survey.APIKey{ID: "hr", Name: "HR"}, "rahasia").get("/api/v1/cycles/2026-TW4/results?level=unit&unit=" + ownUnit + "&indicator=ikm").is(200).rows()
	var row scoring.Row
	must(t, json.Unmarshal(rows[0], &row))
	if row.Value == nil || *row.Value != 87_50 || *row.N != 24 || row.Short == nil || *row.Short != 24 || *row.Interval != (scoring.Interval{81_05, 93_95}) {
		t.Errorf("row %s", rows[0])
	}
}

// Full and short answers of one unit are pooled by unsur: 12 short ones of 4 and 6 full ones of 2 are (4 x 4 + 6 x 2) / 10 =
// 2,80 for every unsur, 70,00.
func TestMixedFormsArePooled(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	for range 6 {
		f.answer(sheetOne, served("ktp", 2))
	}
	f.short()
	f.visitors(12, 4)
	f.fold()
	// Users 6.000 a year are 1.500 a quarter: S = 306, which is compared with the 10 answers that each unsur has.
	f.write(survey.Service{Code: "pindah", Unit: ownUnit, Name: "Surat Keterangan Pindah", UsersPerYear: 6000 - ktpUsers - 1000})
	f.as(survey.RoleUnitHead).get(ownDashboard).is(200).says("70,00 C",
		"18 jawaban, di antaranya 12 singkat; unsur yang paling jarang ditanyakan dijawab 10 orang, dari minimal 306, masih kurang 296")
}
