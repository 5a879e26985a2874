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

// Read decodes the QR code in a picture.
func Read(t testing.TB, picture image.Image) string {
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
