package poster

// Paper is a size and way in which posters are printed; each poster fills one sheet of it.
type Paper struct {
	Key  string // in addresses
	Name string
	Page string // for the size of @page in CSS
	Unit string // what one millimetre of the A4 layout measures
	Tent bool   // folded across the middle: two faces, the upper one upside down
}

// Papers are the ways to print, the usual one first. A5 is A4 made smaller, 148 mm to 210, so one layout serves both.
var Papers = []Paper{
	{"a4", "A4", "A4 portrait", "1mm", false},
	{"a5", "A5", "A5 portrait", ".7047mm", false},
	{"tenda-a4", "kartu tenda A4", "A4 portrait", "1mm", true},
	{"tenda-a5", "kartu tenda A5", "A5 portrait", ".7047mm", true},
}

// PaperOf returns the paper with a key, or the usual one.
func PaperOf(key string) Paper {
	for _, paper := range Papers {
		if paper.Key == key {
			return paper
		}
	}
	return Papers[0]
}
