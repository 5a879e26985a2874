package handlers

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"math/rand/v2"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"kesan/survey"
)

// uploadLogo sends the form of the look with a file.
func (c client) uploadLogo(path string, fields map[string]string, file []byte) *answer {
	c.f.t.Helper()
	session, err := c.f.auth.Session(c.f.t.Context(), c.cookie)
	must(c.f.t, err)
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	fields["tanda"] = session.CSRF()
	for name, value := range fields {
		must(c.f.t, form.WriteField(name, value))
	}
	if file != nil {
		part, err := form.CreateFormFile("berkas", "logo.png")
		must(c.f.t, err)
		_, err = part.Write(file)
		must(c.f.t, err)
	}
	must(c.f.t, form.Close())
	request := httptest.NewRequest(http.MethodPost, path, &body)
	request.Header.Set("Content-Type", form.FormDataContentType())
	return c.send(request)
}

func picture(t *testing.T, kind string, wide int, noise bool) []byte {
	t.Helper()
	img := image.NewRGBA(image.Rect(0, 0, wide, wide))
	random := rand.New(rand.NewPCG(1, 2))
	for i := range img.Pix {
		if img.Pix[i] = 200; noise {
			img.Pix[i] = byte(random.Uint32())
		}
	}
	img.Set(0, 0, color.Black)
	var out bytes.Buffer
	if kind == "jpeg" {
		must(t, jpeg.Encode(&out, img, nil))
	} else {
		must(t, png.Encode(&out, img))
	}
	return out.Bytes()
}

func TestLogo(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	admin := f.as(survey.RoleAdmin)
	admin.get("/kelola/logo").is(200).says("Pemerintah Kota Semarang", "Belum ada logo", "Identitas instansi")
	hidden := append(picture(t, "png", 40, false), "<script>alert(1)</script>"...)
	admin.uploadLogo("/kelola/logo", map[string]string{"dasar": "1", "unit": ""}, hidden).to("/kelola/logo?kabar=tersimpan")
	of := func(sheet string) string {
		t.Helper()
		a := admin.get("/kelola/lembar/" + sheet + "/poster").is(200)
		return a.page().one(".poster header img").attr("src")
	}
	agency := of(sheetOne)
	a := admin.get(agency).is(200).hides("<script>")
	if kind, csp := a.header.Get("Content-Type"), a.header.Get("Content-Security-Policy"); kind != "image/png" || csp != "default-src 'none'; sandbox" {
		t.Errorf("%s under %q", kind, csp)
	}
	kept, err := png.Decode(strings.NewReader(a.body))
	must(t, err)
	if kept.Bounds().Dx() != 40 {
		t.Errorf("%d pixels wide", kept.Bounds().Dx())
	}

	// A unit's own goes before, and what is below it follows.
	admin.uploadLogo("/kelola/logo", map[string]string{"dasar": "1", "unit": parentUnit, "colour": "#ffe000"}, picture(t, "jpeg", 60, false)).to("/kelola/logo?")
	if of(sheetOne) == agency || of(sheetForeign) != agency {
		t.Errorf("logos %s and %s, the agency's %s", of(sheetOne), of(sheetForeign), agency)
	}
	if kind := admin.get(of(sheetOne)).is(200).header.Get("Content-Type"); kind != "image/jpeg" {
		t.Errorf("kept as %s", kind)
	}
	admin.get("/kelola/lembar/"+sheetOne+"/poster").is(200).hides("#ffe000", "<img src=\""+agency)
	admin.get("/kelola/logo?unit="+ownUnit).is(200).says("Logo dari induknya", "Bila kosong: #ffe000", "Kecamatan Gajahmungkur")

	// What is filled in elsewhere keeps it.
	admin.post("/kelola/unit/simpan", map[string][]string{"id": {parentUnit}, "dasar": {"2"}, "nama": {"Kecamatan Lain"}, "zona": {"WIB"}, "wilayah": {"33.74.09"}, "tutup": {""}}).to("/kelola/unit")
	if u := f.office().Units[parentUnit].Value; u.Name != "Kecamatan Lain" || u.Colour != "#ffe000" || u.Logo == "" {
		t.Errorf("unit %+v", u)
	}
	admin.uploadLogo("/kelola/logo", map[string]string{"dasar": "3", "unit": parentUnit, "hapus": "ya"}, nil).to("/kelola/logo?")
	if of(sheetOne) != agency {
		t.Error("the unit's logo is still there")
	}
	f.anyone().get("/s/"+sheetOne).is(200).hides("<img", "/kelola/logo")
	f.anyone().get(agency).to("/masuk")
}

func TestLogoRefused(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	admin := f.as(survey.RoleAdmin)
	for name, test := range map[string]struct {
		file []byte
		want string
	}{
		"a drawing":            {[]byte(`<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>`), "bukan gambar PNG atau JPEG"},
		"an animation":         {[]byte("GIF89a\x01\x00\x01\x00\x00\x00\x00;"), "bukan gambar PNG atau JPEG"},
		"half a picture":       {picture(t, "png", 300, true)[:5000], "bukan gambar PNG atau JPEG"},
		"a large file":         {picture(t, "png", 300, true), "Berkas terlalu besar; paling besar 200 KB"},
		"a wide picture":       {picture(t, "png", 2001, false), "sisi terpanjang paling banyak 2.000 piksel"},
		"text beside a colour": {nil, "Tulis warna seperti"},
	} {
		fields := map[string]string{"dasar": "1", "unit": ownUnit, "colour": "#123456", "alasan": "surat 12"}
		if test.file == nil {
			fields["colour"] = "merah"
		}
		a := admin.uploadLogo("/kelola/logo", fields, test.file).is(422).says(test.want)
		if kept := a.page().one("input[name=alasan]").attr("value"); kept != "surat 12" {
			t.Errorf("%s: kept %q", name, kept)
		}
	}
	if u := f.office().Units[ownUnit]; u.Revision != 1 {
		t.Errorf("unit %+v", u)
	}
	f.write(survey.Unit{Code: ownUnit, Name: "Seksi Baru", Parent: parentUnit, Zone: survey.WIB})
	admin.uploadLogo("/kelola/logo", map[string]string{"dasar": "1", "unit": ownUnit, "colour": "#123456"}, nil).is(409).says("baru saja diubah orang lain")
	admin.uploadLogo("/kelola/logo", map[string]string{"dasar": "x", "unit": ownUnit}, nil).is(400)
	admin.uploadLogo("/kelola/logo", map[string]string{"dasar": "1", "unit": "tidak-ada"}, nil).is(404)
	admin.get("/kelola/logo?unit=tidak-ada").is(404)
	admin.get("/kelola/logo/tidakada").is(404)
}

// Each poster has the colour of its unit, or of the nearest unit above that has one, else the agency's.
func TestPosterColours(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	f.write(survey.Unit{Code: parentUnit, Name: "Kecamatan Gajahmungkur", Zone: survey.WIB, Colour: "#8a1538"})
	a := f.as(survey.RoleAdmin).get("/kelola/lembar/poster").is(200)
	for sheet, want := range map[string]string{sheetOne: "#8a1538", sheetTwo: "#8a1538", sheetForeign: "#0b5d4a"} {
		for _, poster := range a.page().all(".poster") {
			class := strings.Fields(poster.attr("class"))[1]
			if strings.Contains(poster.text(), "/s/"+sheet) && !strings.Contains(a.body, "."+class+"{--brand:"+want+"}") {
				t.Errorf("%s is not %s", sheet, want)
			}
		}
	}
}
