package handlers

import (
	"fmt"
	"net"
	"net/url"
	"strings"
)

func (o Options) secure() bool { return strings.HasPrefix(o.BaseURL, "https://") }

// Check says what is wrong with the options, naming the setting, in words for operators.
func (o Options) Check() error {
	u, err := url.Parse(o.BaseURL)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return fmt.Errorf("--base-url (KESAN_BASE_URL) %q: tulis alamat seperti https://kesan.example.go.id", o.BaseURL)
	}
	if u.Path != "" || u.RawQuery != "" || u.Fragment != "" || u.User != nil {
		return fmt.Errorf("--base-url (KESAN_BASE_URL) %q: tulis skema dan nama saja, tanpa jalur atau tanda lain sesudahnya", o.BaseURL)
	}
	for _, proxy := range o.Proxies {
		if _, _, err := net.ParseCIDR(proxy); err != nil && net.ParseIP(proxy) == nil {
			return fmt.Errorf("--proxies (KESAN_PROXIES) %q: tulis alamat IP seperti 127.0.0.1 atau 10.0.0.0/8, dipisahkan koma", proxy)
		}
	}
	return nil
}
