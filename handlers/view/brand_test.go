package view

import (
	"fmt"
	"testing"
)

func TestOnPaper(t *testing.T) {
	t.Parallel()
	for given, want := range map[string]string{
		"#0b5d4a": "#0b5d4a", // dark enough as it is
		"#000":    "#000000",
		"#ffffff": "#757575", // the lightest grey that can be read
		"bukan":   "#0b5d4a",
	} {
		if got := BrandOf(given).OnPaper(); got != want {
			t.Errorf("%s becomes %s, want %s", given, got, want)
		}
	}
	for n := 0; n < 1<<24; n += 4099 {
		colour := fmt.Sprintf("#%06x", n)
		if dark := BrandOf(colour).OnPaper(); contrast(dark, paper) < readable {
			t.Errorf("%s becomes %s with a contrast of %.2f", colour, dark, contrast(dark, paper))
		}
	}
}
