package view

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// Brand is an agency's colour with what can be read on it.
type Brand struct {
	Colour string // #rrggbb
	Text   string // white or near black, whichever is easier to read on Colour
	Accent string // Colour where it stands out on white, near black where it does not
}

const (
	defaultBrand = "#0b5d4a"
	paper        = "#ffffff"
	ink          = "#1d2725"
)

// BrandOf reads a hex colour, with three to eight digits; the opacity of the longer forms is dropped. Anything else gives
// the product's own.
func BrandOf(colour string) Brand {
	hex := strings.ToLower(strings.TrimPrefix(colour, "#"))
	if len(hex) == 3 || len(hex) == 4 {
		hex = strings.Join([]string{hex[:1], hex[:1], hex[1:2], hex[1:2], hex[2:3], hex[2:3]}, "")
	}
	if len(hex) == 8 {
		hex = hex[:6]
	}
	if _, err := strconv.ParseUint(hex, 16, 32); err != nil || len(hex) != 6 {
		return BrandOf(defaultBrand)
	}
	b := Brand{Colour: "#" + hex, Text: paper, Accent: "#" + hex}
	if contrast(b.Colour, paper) < contrast(b.Colour, ink) {
		b.Text = ink
	}
	if contrast(b.Colour, paper) < 3 { // WCAG 1.4.11: what tells a state
		b.Accent = ink
	}
	return b
}

// OnPaper returns the colour, darkened until text of it on white and white text on it can be read: a contrast of at least 4.5.
func (b Brand) OnPaper() string {
	n, _ := strconv.ParseUint(b.Colour[1:], 16, 32)
	colour := b.Colour
	for part := uint64(100); contrast(colour, paper) < readable; part-- {
		colour = fmt.Sprintf("#%02x%02x%02x", (n>>16&0xff)*part/100, (n>>8&0xff)*part/100, (n&0xff)*part/100)
	}
	return colour
}

// contrast is the ratio of WCAG 2.2: (lighter + 0.05) / (darker + 0.05); black on white is 21.
func contrast(a, b string) float64 {
	la, lb := luminance(a), luminance(b)
	return (math.Max(la, lb) + 0.05) / (math.Min(la, lb) + 0.05)
}

func luminance(colour string) float64 {
	n, _ := strconv.ParseUint(colour[1:], 16, 32)
	sum := 0.0
	for i, weight := range []float64{0.0722, 0.7152, 0.2126} { // blue, green, red
		c := float64(n>>(8*i)&0xff) / 255
		if c <= 0.04045 {
			c /= 12.92
		} else {
			c = math.Pow((c+0.055)/1.055, 2.4)
		}
		sum += weight * c
	}
	return sum
}
