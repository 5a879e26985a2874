package handlers

import (
	"context"
	"time"

	"github.com/gofiber/fiber/v2"
)

func (s *Server) operatorRoutes() []route {
	return []route{
		{fiber.MethodGet, "/healthz", everyone, s.healthy},
		{fiber.MethodGet, "/readyz", everyone, s.ready},
		{fiber.MethodGet, "/metrics", everyone, s.metricsPage},
		{fiber.MethodGet, "/aset/:name", everyone, s.assetFile},
	}
}

// healthy says that the process answers.
func (s *Server) healthy(c *fiber.Ctx) error { return c.SendString("ok\n") }

// ready says that answers can be taken: the store can be written and the server is not shutting down. It is asked every few
// seconds, so the log tells only when that changes.
func (s *Server) ready(c *fiber.Ctx) error {
	if s.draining.Load() {
		return c.Status(fiber.StatusServiceUnavailable).SendString("stopping\n")
	}
	ctx, cancel := context.WithTimeout(c.UserContext(), 2*time.Second)
	defer cancel()
	err := s.Store.Check(ctx)
	switch was := s.unready.Swap(err != nil); {
	case err != nil && !was:
		s.Log.Warn("not ready", "error", err)
	case err == nil && was:
		s.Log.Info("ready again")
	}
	if err != nil {
		return c.Status(fiber.StatusServiceUnavailable).SendString("the store cannot be used now\n")
	}
	return c.SendString("ready\n")
}

// metricsPage serves metrics to the machine itself, unless operators opened it: route names and rates are nobody else's.
func (s *Server) metricsPage(c *fiber.Ctx) error {
	if !s.options.OpenMetrics && (!c.Context().RemoteIP().IsLoopback() || s.proxied(c)) {
		return fiber.ErrNotFound
	}
	return s.metrics.handler(c)
}

// proxied says whether a request may have come through a proxy on this machine, so that its address says nothing about who
// asks. One is there when it is configured, when people come over HTTPS, which this server does not speak itself, and when
// the request says so.
func (s *Server) proxied(c *fiber.Ctx) bool {
	if len(s.options.Proxies) > 0 || s.options.secure() {
		return true
	}
	for _, name := range []string{fiber.HeaderXForwardedFor, fiber.HeaderForwarded, fiber.HeaderVia, fiber.HeaderXForwardedHost, fiber.HeaderXForwardedProto, "X-Real-IP"} {
		if c.Get(name) != "" {
			return true
		}
	}
	return false
}

// Drain makes the server say that it is not ready, so that a balancer sends people elsewhere before it stops.
func (s *Server) Drain() { s.draining.Store(true) }
