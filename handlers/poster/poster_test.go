package poster

import (
	"bytes"
	"encoding/xml"
	"image/png"
	"testing"

	"kesan/handlers/poster/postertest"
)

const address = "HTTPS://KESAN.SEMARANGKOTA.GO.ID/S/CEAAC7DRPJXSQ3LUO6JGVGRBYV4M2JTPXIRQFBY"

func TestCode(t *testing.T) {
	t.Parallel()
	code, err := Encode(address)
	if err != nil {
		t.Fatal(err)
	}
	if code.Size() != 33+8 { // version 4, since it is all upper case
		t.Errorf("%d modules", code.Size())
	}
	if got := postertest.Read(t, postertest.Draw(t, "0 0 41 41", code.Path())); got != address {
		t.Errorf("path says %q", got)
	}
	raw, err := code.PNG(1000)
	if err != nil {
		t.Fatal(err)
	}
	picture, err := png.Decode(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	if got := postertest.Read(t, picture); got != address {
		t.Errorf("picture says %q", got)
	}
	if width := picture.Bounds().Dx(); width < 1000 || width > 1041 || width%code.Size() != 0 {
		t.Errorf("%d pixels wide", width)
	}
	var svg struct {
		ViewBox string `xml:"viewBox,attr"`
		Paths   []struct {
			D string `xml:"d,attr"`
		} `xml:"path"`
	}
	if err := xml.Unmarshal(code.SVG(), &svg); err != nil {
		t.Fatal(err)
	}
	if svg.ViewBox != "0 0 41 41" || len(svg.Paths) != 2 || postertest.Read(t, postertest.Draw(t, svg.ViewBox, svg.Paths[1].D)) != address {
		t.Errorf("drawing %s", code.SVG())
	}
}

func TestAddresses(t *testing.T) {
	t.Parallel()
	if got := Address("http://Kesan.test:8080", "ABC"); got != "HTTP://KESAN.TEST:8080/S/ABC" {
		t.Errorf("address %q", got)
	}
	if got := Short("https://kesan.test", "KESAN001"); got != "kesan.test/s/KESAN001" {
		t.Errorf("short address %q", got)
	}
}
