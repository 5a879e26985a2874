package handlers

import (
	"bufio"
	"fmt"
	"maps"
	"net/url"
	"strings"
	"testing"

	"github.com/valyala/fasthttp"
)

// The pages that a rush of citizens opens and sends; everything but the network.

func BenchmarkOpen(b *testing.B) {
	f := newFixture(b)
	handle := f.app.Handler()
	b.ReportAllocs()
	for b.Loop() {
		var ctx fasthttp.RequestCtx
		arrive(&ctx, fasthttp.MethodGet, here, nil)
		handle(&ctx)
		if ctx.Response.StatusCode() != 200 {
			b.Fatal(ctx.Response.StatusCode())
		}
	}
}

// BenchmarkSubmit sends each answer from its own form, many at a time as they come, and waits until each is on disk.
func BenchmarkSubmit(b *testing.B) {
	f := newFixture(b)
	handle := f.app.Handler()
	form := f.fill(here, "komentar", "Cepat dan ramah", "menit_tunggu", "10")
	b.ReportAllocs()
	b.SetParallelism(32)
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			visit, err := f.Intake.Open(sheetOne)
			must(b, err)
			sent := maps.Clone(form)
			sent["form"] = []string{visit.Token}
			var ctx fasthttp.RequestCtx
			arrive(&ctx, fasthttp.MethodPost, here, sent)
			handle(&ctx)
			if ctx.Response.StatusCode() != 303 {
				b.Error(ctx.Response.StatusCode())
				return
			}
		}
	})
}

// arrive reads a request as it comes over the network, so that the guard sees its headers.
func arrive(ctx *fasthttp.RequestCtx, method, path string, form url.Values) {
	body := form.Encode()
	raw := fmt.Sprintf("%s %s HTTP/1.1\r\nHost: kesan.test\r\nAccept-Encoding: br\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: %d\r\n\r\n%s",
		method, path, len(body), body)
	if method == fasthttp.MethodGet {
		raw = fmt.Sprintf("GET %s HTTP/1.1\r\nHost: kesan.test\r\nAccept-Encoding: br\r\n\r\n", path)
	}
	if err := ctx.Request.Read(bufio.NewReader(strings.NewReader(raw))); err != nil {
		panic(err)
	}
}
