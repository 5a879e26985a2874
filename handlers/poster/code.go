package poster

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"strconv"

	"github.com/skip2/go-qrcode"
)

// Code is a QR code: dark and light modules with the quiet zone of four light ones around them that scanners need.
type Code struct {
	modules [][]bool
}

// Encode makes a QR code with error correction M: 15 % of it may be dirty, torn or in the shade.
func Encode(content string) (Code, error) {
	code, err := qrcode.New(content, qrcode.Medium)
	if err != nil {
		return Code{}, fmt.Errorf("QR code: %w", err)
	}
	return Code{code.Bitmap()}, nil
}

// Size returns how many modules wide and high the code is, with its quiet zone.
func (c Code) Size() int { return len(c.modules) }

// Path returns the dark modules as the path of an SVG whose view box is "0 0 Size Size": one bar for each run in a row.
func (c Code) Path() string {
	var path []byte
	for y, row := range c.modules {
		for x := 0; x < len(row); x++ {
			start := x
			for x < len(row) && row[x] {
				x++
			}
			if x > start {
				path = fmt.Appendf(path, "M%d %dh%dv1h-%dz", start, y, x-start, x-start)
			}
		}
	}
	return string(path)
}

// SVG returns the code as a drawing of its own, black on white.
func (c Code) SVG() []byte {
	n := strconv.Itoa(c.Size())
	return []byte(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ` + n + ` ` + n + `" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h` +
		n + `v` + n + `H0z"/><path d="` + c.Path() + `"/></svg>` + "\n")
}

// PNG returns the code as a picture at least as wide as asked for, with the same number of pixels for every module.
func (c Code) PNG(width int) ([]byte, error) {
	scale := (width + c.Size() - 1) / c.Size()
	picture := image.NewPaletted(image.Rect(0, 0, c.Size()*scale, c.Size()*scale), color.Palette{color.White, color.Black})
	for i := range picture.Pix {
		y, x := i/picture.Stride/scale, i%picture.Stride/scale
		if c.modules[y][x] {
			picture.Pix[i] = 1
		}
	}
	var out bytes.Buffer
	if err := png.Encode(&out, picture); err != nil {
		return nil, fmt.Errorf("QR code: %w", err)
	}
	return out.Bytes(), nil
}
