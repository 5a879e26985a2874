package main

import (
	"testing"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
)

// Budget of a dashboard's first view: bytes over the wire with headers, and requests, that of the icon in the tab among them.
const (
	dashboardDown     = 30 << 10
	dashboardRequests = 4
)

// dashboardCosts counts what the first view of each kind of figures costs, and looks at it without scripts.
func dashboardCosts(t *testing.T, b *browser, s *site) {
	for _, view := range []struct{ username, path, shows string }{
		{"kepala.gajahmungkur", "/dasbor/unit/33.74.09", "Seberapa baik pelayanan kita?"},
		{"petugas.mutasi", "/saya", "Yang perlu diketahui dahulu"},
		{"kepegawaian", "/dasbor", "Dasbor"},
	} {
		p := b.phone(t, s)
		p.signIn(view.username)
		p.scripts(false)
		_, err := chromedp.Call(p.ctx, network.SetCacheDisabled, network.SetCacheDisabledParams{CacheDisabled: true})
		check(t, err)
		equal(t, "status", p.open(view.path), 200)
		p.shows(view.shows)
		counted := js[[]int](p, `(all => [all.length, all.reduce((sum, one) => sum + one.transferSize, 0)])(["navigation", "resource"].flatMap(kind => performance.getEntriesByType(kind)))`)
		t.Logf("%s: %d requests, %d B down", view.path, counted[0], counted[1])
		if counted[0] > dashboardRequests || counted[1] > dashboardDown {
			t.Errorf("%s: %d requests and %d B, want at most %d and %d", view.path, counted[0], counted[1], dashboardRequests, dashboardDown)
		}
	}
}
