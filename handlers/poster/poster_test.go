package poster

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"strings"
	"testing"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/qrcode"
)

const address = "HTTPS://KESAN.SEMARANGKOTA.GO.ID/S/CEAAC7DRPJXSQ3LUO6JGVGRBYV4M2JTPXIRQFBY"

// read decodes the QR code in a picture.
func read(t *testing.T, picture image.Image) string {
	t.Helper()
	bitmap, err := gozxing.NewBinaryBitmapFromImage(picture)
	if err != nil {
		t.Fatal(err)
	}
	result, err := qrcode.NewQRCodeReader().Decode(bitmap, nil)
	if err != nil {
		t.Fatal(err)
	}
	return result.GetText()
}

// draw paints a path of "Mx yhNv1h-Nz" bars, eight pixels for each module.
func draw(t *testing.T, path string, size int) image.Image {
	t.Helper()
	const scale = 8
	picture := image.NewGray(image.Rect(0, 0, size*scale, size*scale))
	for i := range picture.Pix {
		picture.Pix[i] = 255
	}
	for bar := range strings.SplitSeq(strings.TrimSuffix(path, "z"), "z") {
		var x, y, n, back int
		if _, err := fmt.Sscanf(bar, "M%d %dh%dv1h-%d", &x, &y, &n, &back); err != nil || n != back {
			t.Fatalf("bar %q: %v", bar, err)
		}
		for py := y * scale; py < (y+1)*scale; py++ {
			for px := x * scale; px < (x+n)*scale; px++ {
				picture.SetGray(px, py, color.Gray{})
			}
		}
	}
	return picture
}

func TestCode(t *testing.T) {
	t.Parallel()
	code, err := Encode(address)
	if err != nil {
		t.Fatal(err)
	}
	if code.Size() != 33+8 { // version 4, since it is all upper case
		t.Errorf("%d modules", code.Size())
	}
	if got := read(t, draw(t, code.Path(), code.Size())); got != address {
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
	if got := read(t, picture); got != address {
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
	if svg.ViewBox != "0 0 41 41" || len(svg.Paths) != 2 || read(t, draw(t, svg.Paths[1].D, 41)) != address {
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
