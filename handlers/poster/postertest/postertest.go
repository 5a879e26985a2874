// Package postertest reads the QR codes of pages and pictures as a phone does, for tests of what is printed.
package postertest

import (
	"fmt"
	"image"
	"image/color"
	"strings"
	"testing"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/qrcode"
)

// Read decodes the QR code in a picture. Codes differ from run to run, and of a thousand a reader finds a few only when the
// picture is turned, as a hand that holds a phone does.
func Read(t testing.TB, picture image.Image) string {
	t.Helper()
	var failed error
	for range 4 {
		bitmap, err := gozxing.NewBinaryBitmapFromImage(picture)
		if err != nil {
			t.Fatal(err)
		}
		result, err := qrcode.NewQRCodeReader().Decode(bitmap, nil)
		if err == nil {
			return result.GetText()
		}
		failed, picture = err, turned(picture)
	}
	t.Fatal(failed)
	return ""
}

// turned turns a picture by a quarter.
func turned(picture image.Image) image.Image {
	from := picture.Bounds()
	to := image.NewGray(image.Rect(0, 0, from.Dy(), from.Dx()))
	for y := range from.Dy() {
		for x := range from.Dx() {
			to.Set(y, from.Dx()-1-x, picture.At(from.Min.X+x, from.Min.Y+y))
		}
	}
	return to
}

// Draw paints the path of a code's SVG, bars of the form "Mx yhNv1h-Nz", with eight pixels for each module. The viewBox says
// how many modules there are: "0 0 41 41".
func Draw(t testing.TB, viewBox, path string) image.Image {
	t.Helper()
	const scale = 8
	var size, high int
	if _, err := fmt.Sscanf(viewBox, "0 0 %d %d", &size, &high); err != nil || size != high {
		t.Fatalf("viewBox %q: %v", viewBox, err)
	}
	picture := image.NewGray(image.Rect(0, 0, size*scale, size*scale))
	for i := range picture.Pix {
		picture.Pix[i] = 255
	}
	for bar := range strings.SplitSeq(strings.TrimSuffix(path, "z"), "z") {
		var x, y, n, back int
		if _, err := fmt.Sscanf(bar, "M%d %dh%dv1h-%d", &x, &y, &n, &back); err != nil || n != back {
			t.Fatalf("bar %q: %v", bar, err)
		}
		for i := range n * scale * scale {
			picture.SetGray(x*scale+i%(n*scale), y*scale+i/(n*scale), color.Gray{})
		}
	}
	return picture
}
