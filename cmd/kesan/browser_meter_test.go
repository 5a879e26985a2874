package main

import (
	"context"
	"errors"
	"net"
	"strings"
	"sync"
	"sync/atomic"

	"kesan/survey"
)

// meter counts what goes through a listener, headers and all.
type meter struct {
	net.Listener
	mu      sync.Mutex
	counted view
}

// view is what was counted since the last look.
type view struct {
	down, up int      // bytes
	requests []string // method and path, in order
	strict   int      // answers with the header that HTTPS brings
}

func (m *meter) Accept() (net.Conn, error) {
	conn, err := m.Listener.Accept()
	if err != nil {
		return nil, err
	}
	return meteredConn{conn, m}, nil
}

// take returns what was counted and begins anew.
func (m *meter) take() view {
	m.mu.Lock()
	defer m.mu.Unlock()
	counted := m.counted
	m.counted = view{}
	return counted
}

type meteredConn struct {
	net.Conn
	meter *meter
}

// Read counts. A browser writes each request at once, so a request begins where a read begins.
func (c meteredConn) Read(p []byte) (int, error) {
	n, err := c.Conn.Read(p)
	c.meter.mu.Lock()
	defer c.meter.mu.Unlock()
	c.meter.counted.up += n
	line, _, _ := strings.Cut(string(p[:n]), "\r\n")
	if request, found := strings.CutSuffix(line, " HTTP/1.1"); found {
		c.meter.counted.requests = append(c.meter.counted.requests, request)
	}
	return n, err
}

func (c meteredConn) Write(p []byte) (int, error) {
	n, err := c.Conn.Write(p)
	c.meter.mu.Lock()
	defer c.meter.mu.Unlock()
	c.meter.counted.down += n
	c.meter.counted.strict += strings.Count(string(p[:n]), "\r\nStrict-Transport-Security: ")
	return n, err
}

// moody is a store that takes no answers while it is away.
type moody struct {
	survey.Store
	away atomic.Bool
}

func (s *moody) AppendRecords(ctx context.Context, records []survey.Record) ([]survey.Outcome, error) {
	if s.away.Load() {
		return nil, errors.New("disk is full")
	}
	return s.Store.AppendRecords(ctx, records)
}
