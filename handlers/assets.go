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
	"strings"

	"github.com/andybalholm/brotli"
	"github.com/gofiber/fiber/v2"

	"kesan/public"
	"kesan/survey"
)

// asset is a file compressed once at start.
type asset struct {
	kind  string
	etag  string
	plain []byte
	gzip  []byte
	br    []byte
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
		assets[path.Base(name)], err = compress(name, body)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("load assets: %w", err)
	}
	return assets, nil
}

func compress(name string, body []byte) (asset, error) {
	sum := sha256.Sum256(body)
	a := asset{kind: mime.TypeByExtension(path.Ext(name)), etag: `"` + hex.EncodeToString(sum[:8]) + `"`, plain: body}
	var gz, br bytes.Buffer
	zip, err := gzip.NewWriterLevel(&gz, gzip.BestCompression)
	if err != nil {
		return asset{}, err
	}
	brw := brotli.NewWriterLevel(&br, brotli.BestCompression)
	for _, w := range []interface {
		Write([]byte) (int, error)
		Close() error
	}{zip, brw} {
		if _, err := w.Write(body); err != nil {
			return asset{}, err
		}
		if err := w.Close(); err != nil {
			return asset{}, err
		}
	}
	a.gzip, a.br = gz.Bytes(), br.Bytes()
	return a, nil
}

// assetFile answers /aset/:name.
func (s *Server) assetFile(c *fiber.Ctx) error {
	a, ok := s.assets[c.Params("name")]
	if !ok {
		return survey.ErrNotFound
	}
	c.Set(fiber.HeaderCacheControl, "public, max-age=31536000, immutable")
	c.Set(fiber.HeaderETag, a.etag)
	c.Set(fiber.HeaderVary, fiber.HeaderAcceptEncoding)
	if c.Get(fiber.HeaderIfNoneMatch) == a.etag {
		return c.SendStatus(fiber.StatusNotModified)
	}
	c.Set(fiber.HeaderContentType, a.kind)
	accepted := c.Get(fiber.HeaderAcceptEncoding)
	switch {
	case strings.Contains(accepted, "br"):
		c.Set(fiber.HeaderContentEncoding, "br")
		return c.Send(a.br)
	case strings.Contains(accepted, "gzip"):
		c.Set(fiber.HeaderContentEncoding, "gzip")
		return c.Send(a.gzip)
	}
	return c.Send(a.plain)
}
