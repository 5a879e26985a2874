package handlers

import (
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"sync"

	"github.com/andybalholm/brotli"
	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"

	"kesan/handlers/view"
	"kesan/survey"
)

// The survey page is the same for everybody who opens a sheet in one language, but for the form token. It is rendered and
// compressed once for each state of the office; the token is put in as it is sent. No two citizens share a token.

// surveyPage names a page: what it depends on.
type surveyPage struct {
	point survey.Point
	lang  string
	seq   int64 // of the office's last change
	asked survey.UnsurSet
}

// surveyPages keeps rendered pages.
type surveyPages struct {
	mu    sync.Mutex
	pages map[surveyPage]func() (*sealedPage, error)
}

// maxPages bounds the memory, about 30 KB a page; a counter that asks the short form has twelve in each language. When it is
// full everything is forgotten: what is in use comes back.
const maxPages = 1500

// page returns the page, made on first use. Only those who want this page wait for it.
func (p *surveyPages) page(key surveyPage, seal func() (*sealedPage, error)) (*sealedPage, error) {
	p.mu.Lock()
	page, ok := p.pages[key]
	if !ok {
		if p.pages == nil || len(p.pages) >= maxPages {
			p.pages = map[surveyPage]func() (*sealedPage, error){}
		}
		page = sync.OnceValues(seal)
		p.pages[key] = page
	}
	p.mu.Unlock()
	return page()
}

// sealedPage is a page cut in two where the token belongs. The first part is compressed and ends on a whole byte, so that
// the rest can follow it uncompressed: both formats allow that.
type sealedPage struct {
	csp    string
	before []byte
	after  []byte
	gzip   []byte // header and before
	br     []byte
	crc    uint32 // of before
}

// placeholder stands for the token while the page is rendered; it has letters that no token has.
const placeholder = "000000000000000000000000000000000000000000000000000000000000000000000000"

// empty renders and seals the page of a visit with nothing typed.
func (z *citizen) empty(lang string, visit survey.Visit) (*sealedPage, error) {
	visit.Token = placeholder
	page := z.form(lang, visit, view.Typed{})
	var html bytes.Buffer
	if err := z.views.Render(&html, "survey", page); err != nil {
		return nil, err
	}
	return seal(html.Bytes(), placeholder, page.CSP())
}

// sealLevel of brotli: 11 saves 400 bytes of 5,500 over 9 for five times the time, 50 ms once for a page, and the same 35 MB.
const sealLevel = 11

func seal(html []byte, token, csp string) (*sealedPage, error) {
	before, after, ok := bytes.Cut(html, []byte(token))
	if !ok {
		return nil, errors.New("page has no form token")
	}
	p := &sealedPage{csp: csp, before: before, after: after, crc: crc32.ChecksumIEEE(before)}
	var gz, br bytes.Buffer
	zip, err := gzip.NewWriterLevel(&gz, gzip.BestCompression)
	if err != nil {
		return nil, err
	}
	brw := brotli.NewWriterLevel(&br, sealLevel)
	for _, w := range []interface {
		Write([]byte) (int, error)
		Flush() error
	}{zip, brw} {
		if _, err := w.Write(before); err != nil {
			return nil, err
		}
		if err := w.Flush(); err != nil {
			return nil, err
		}
	}
	p.gzip, p.br = gz.Bytes(), br.Bytes()
	return p, nil
}

func (p *sealedPage) send(c *fiber.Ctx, token string) error {
	c.Set(fiber.HeaderContentType, fiber.MIMETextHTMLCharsetUTF8)
	c.Set(fiber.HeaderContentSecurityPolicy, p.csp)
	coding := accepted(c)
	if coding != "" {
		c.Set(fiber.HeaderContentEncoding, coding)
	}
	c.Response().SetBodyRaw(p.with(token, coding))
	return nil
}

// with returns the page with a token, in a content coding: "br", "gzip" or none.
func (p *sealedPage) with(token, coding string) []byte {
	rest := append([]byte(token), p.after...)
	switch coding {
	case "br":
		return p.brotli(rest)
	case "gzip":
		return p.gzipped(rest)
	}
	return append(bytes.Clone(p.before), rest...)
}

// gzipped adds the rest as a stored block, RFC 1951 section 3.2.4: a header byte that says "last, stored", the length and
// its complement; then checksum and size of the whole.
func (p *sealedPage) gzipped(rest []byte) []byte {
	out := make([]byte, 0, len(p.gzip)+len(rest)+13)
	out = append(out, p.gzip...)
	out = append(out, 1)
	out = binary.LittleEndian.AppendUint16(out, uint16(len(rest)))
	out = binary.LittleEndian.AppendUint16(out, ^uint16(len(rest)))
	out = append(out, rest...)
	out = binary.LittleEndian.AppendUint32(out, crc32.Update(p.crc, crc32.IEEETable, rest))
	return binary.LittleEndian.AppendUint32(out, uint32(len(p.before)+len(rest)))
}

// brotli adds the rest as an uncompressed meta-block, RFC 7932 section 9.2: from the lowest bit on "not last", "length in
// four nibbles" (2 bits, 0), length less one (16), "uncompressed" (1), up to the next whole byte; then an empty last one, 3.
func (p *sealedPage) brotli(rest []byte) []byte {
	out := make([]byte, 0, len(p.br)+len(rest)+4)
	out = append(out, p.br...)
	header := uint32(len(rest)-1)<<3 | 1<<19
	out = append(out, byte(header), byte(header>>8), byte(header>>16))
	out = append(out, rest...)
	return append(out, 3)
}

// accepted returns the best content coding that the client takes.
func accepted(c *fiber.Ctx) string {
	header := c.Get(fiber.HeaderAcceptEncoding)
	switch {
	case accepts(header, "br"):
		return "br"
	case accepts(header, "gzip"):
		return "gzip"
	}
	return ""
}

// sendForm answers with a form that was filled in and could not be taken.
func (z *citizen) sendForm(c *fiber.Ctx, page view.Survey) error {
	return z.send(c, fiber.StatusUnprocessableEntity, "survey", page, page.Citizen)
}

// quick is the level at which pages are compressed that are made for one visitor.
const quick = 5

// send renders a page for one visitor.
func (z *citizen) send(c *fiber.Ctx, status int, name string, page any, frame view.Citizen) error {
	var html bytes.Buffer
	if err := z.views.Render(&html, name, page); err != nil {
		return err
	}
	sendHTML(c, status, html.Bytes(), frame.CSP())
	return nil
}

func sendHTML(c *fiber.Ctx, status int, html []byte, csp string) {
	c.Status(status)
	c.Set(fiber.HeaderContentType, fiber.MIMETextHTMLCharsetUTF8)
	c.Set(fiber.HeaderContentSecurityPolicy, csp)
	compressed(c, html)
}

// compressed writes a body that is made for one visitor in the best coding that the client takes.
func compressed(c *fiber.Ctx, body []byte) {
	switch accepted(c) {
	case "br":
		c.Set(fiber.HeaderContentEncoding, "br")
		body = fasthttp.AppendBrotliBytesLevel(nil, body, quick)
	case "gzip":
		c.Set(fiber.HeaderContentEncoding, "gzip")
		body = fasthttp.AppendGzipBytesLevel(nil, body, quick)
	}
	c.Response().SetBodyRaw(body)
}
