package view

import "html/template"

// readable is the contrast that text needs, WCAG 2.2, 1.4.3.
const readable = 4.5

// StaffStyle gives pages of the staff's side the agency's colour; empty where it is the product's own. There it is the colour
// of text, links and bars on white, so one that cannot be read on white gives way to near black.
func StaffStyle(colour string) template.CSS {
	brand := BrandOf(colour).Colour
	if contrast(brand, paper) < readable {
		brand = ink
	}
	if brand == defaultBrand {
		return ""
	}
	return template.CSS(":root:not([data-theme=dark]){--brand:" + brand + "}")
}
