package handlers

import (
	"bytes"
	"compress/gzip"
	"io"
	"strings"

	"github.com/andybalholm/brotli"
	"github.com/gofiber/fiber/v2"
)

// staffPage writes a page of figures, compressed if the browser takes it: some have long tables.
//
// Whoever can watch the length of compressed answers and make a signed-in browser ask for addresses of his choice can guess
// a secret in the page from how well his own text in it compresses (BREACH). The one secret of these pages is the mark of
// the session's forms, and that is masked anew in every answer, so its text never comes twice. Pages that show a secret once
// (a new password, an API key) and forms that come back with what was typed go through render, which does not compress.
func (s *Server) staffPage(c *fiber.Ctx, name string, page any) error {
	c.Type("html", "utf-8")
	c.Vary(fiber.HeaderAcceptEncoding)
	w, coding := compressor(c.Get(fiber.HeaderAcceptEncoding), c.Response().BodyWriter())
	if coding == "" {
		return s.views.Render(c.Response().BodyWriter(), name, page)
	}
	var plain bytes.Buffer
	if err := s.views.Render(&plain, name, page); err != nil {
		return err
	}
	c.Set(fiber.HeaderContentEncoding, coding)
	if _, err := plain.WriteTo(w); err != nil {
		return err
	}
	return w.Close()
}

// Levels at which a page of 100 KB takes a few milliseconds.
const (
	brotliLevel = 5
	gzipLevel   = 6
)

// compressor wraps a writer by what the browser accepts; an empty coding means that nothing is.
func compressor(accepted string, w io.Writer) (io.WriteCloser, string) {
	switch {
	case accepts(accepted, "br"):
		return brotli.NewWriterLevel(w, brotliLevel), "br"
	case accepts(accepted, "gzip"):
		if zip, err := gzip.NewWriterLevel(w, gzipLevel); err == nil {
			return zip, "gzip"
		}
	}
	return nil, ""
}

// accepts reads an Accept-Encoding header; a coding with q=0 is refused.
func accepts(header, coding string) bool {
	for part := range strings.SplitSeq(header, ",") {
		name, weight, _ := strings.Cut(strings.TrimSpace(part), ";")
		if strings.TrimSpace(name) == coding {
			weight = strings.ReplaceAll(weight, " ", "")
			return weight != "q=0" && weight != "q=0.0" && weight != "q=0.00" && weight != "q=0.000"
		}
	}
	return false
}
