package handlers

import (
	"net"
	"net/url"
)

// LocalHost says whether an address is one that only this machine can reach, so that a QR code with it is useless.
func LocalHost(address string) bool {
	u, err := url.Parse(address)
	if err != nil {
		return true
	}
	ip := net.ParseIP(u.Hostname())
	return u.Hostname() == "localhost" || ip != nil && (ip.IsLoopback() || ip.IsUnspecified())
}
