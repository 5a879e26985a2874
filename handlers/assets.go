package handlers

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"mime"
	"path"
	"sync"

	"github.com/andybalholm/brotli"
	"github.com/gofiber/fiber/v2"

	"kesan/public"
	"kesan/survey"
)

// asset is a file that browsers fetch. It is compressed once, when it is first asked for: a server that starts again must be ready
// in a moment.
type asset struct {
	kind  string
	etag  string
	plain []byte
	gzip  func() []byte
	br    func() []byte
}

func loadAssets() (map[string]asset, error) {
	assets := map[string]asset{}
	err := fs.WalkDir(public.Assets, "asset", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		body, err := public.Assets.ReadFile(name)
		if err != nil {
			return err
		}
		assets[path.Base(name)] = newAsset(name, body)
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("load assets: %w", err)
	}
	return assets, nil
}

func newAsset(name string, body []byte) asset {
	return asset{kind: mime.TypeByExtension(path.Ext(name)), etag: etag(body),
		plain: body, gzip: sync.OnceValue(func() []byte { return gzipped(body) }), br: sync.OnceValue(func() []byte { return brotlied(body) })}
}

// etag names a content in an HTTP header.
func etag(body []byte) string {
	sum := sha256.Sum256(body)
	return `"` + hex.EncodeToString(sum[:8]) + `"`
}

// Writing to memory cannot fail, and the level is one that gzip knows.
func gzipped(body []byte) []byte {
	var buffer bytes.Buffer
	w, _ := gzip.NewWriterLevel(&buffer, gzip.BestCompression)
	_, _ = w.Write(body)
	_ = w.Close()
	return buffer.Bytes()
}

func brotlied(body []byte) []byte {
	var buffer bytes.Buffer
	w := brotli.NewWriterLevel(&buffer, brotli.BestCompression)
	_, _ = w.Write(body)
	_ = w.Close()
	return buffer.Bytes()
}

// assetFile answers /aset/:name.
func (s *Server) assetFile(c *fiber.Ctx) error {
	a, ok := s.assets[c.Params("name")]
	if !ok {
		return survey.ErrNotFound
	}
	c.Set(fiber.HeaderCacheControl, "public, max-age=31536000, immutable")
	return a.send(c)
}

// send writes the file in the best coding that the client takes, or says that it has it already.
func (a asset) send(c *fiber.Ctx) error {
	c.Set(fiber.HeaderETag, a.etag)
	c.Set(fiber.HeaderVary, fiber.HeaderAcceptEncoding)
	if c.Get(fiber.HeaderIfNoneMatch) == a.etag {
		return c.SendStatus(fiber.StatusNotModified)
	}
	c.Set(fiber.HeaderContentType, a.kind)
	coding := accepted(c)
	if coding != "" {
		c.Set(fiber.HeaderContentEncoding, coding)
	}
	switch coding {
	case "br":
		return c.Send(a.br())
	case "gzip":
		return c.Send(a.gzip())
	}
	return c.Send(a.plain)
}
