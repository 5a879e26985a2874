// Package poster makes what stands on a QR sheet: its addresses, its QR code as a path, picture or drawing, and the words
// that say where it belongs. How a sheet looks on paper is the business of its template and style.
package poster
