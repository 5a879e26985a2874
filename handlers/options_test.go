package handlers

import (
	"strings"
	"testing"
)

func TestOptionsCheck(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name    string
		options Options
		says    string
	}{
		{"good", Options{BaseURL: "https://kesan.example.go.id", Proxies: []string{"127.0.0.1", "10.0.0.0/8", "::1"}}, ""},
		{"no scheme", Options{BaseURL: "kesan.example.go.id"}, "--base-url"},
		{"a path", Options{BaseURL: "https://example.go.id/kesan"}, "--base-url"},
		{"a name for a proxy", Options{BaseURL: "http://10.0.0.2", Proxies: []string{"localhost"}}, `--proxies (KESAN_PROXIES) "localhost"`},
	} {
		err := test.options.Check()
		if (err == nil) != (test.says == "") || err != nil && !strings.Contains(err.Error(), test.says) {
			t.Errorf("%s: %v", test.name, err)
		}
	}
}
