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

// ready says that answers can be taken: the store can be written and the server is not shutting down.
func (s *Server) ready(c *fiber.Ctx) error {
	if s.draining.Load() {
		return fiber.ErrServiceUnavailable
	}
	ctx, cancel := context.WithTimeout(c.UserContext(), 2*time.Second)
	defer cancel()
	if err := s.Store.Check(ctx); err != nil {
		s.Log.Warn("not ready", "error", err)
		return fiber.ErrServiceUnavailable
	}
	return c.SendString("ready\n")
}

// metricsPage serves metrics to the machine itself, unless operators opened it: route names and rates are nobody else's.
func (s *Server) metricsPage(c *fiber.Ctx) error {
	if !s.options.OpenMetrics && !c.Context().RemoteIP().IsLoopback() {
		return fiber.ErrNotFound
	}
	return s.metrics.handler(c)
}

// Drain makes the server say that it is not ready, so that a balancer sends people elsewhere before it stops.
func (s *Server) Drain() { s.draining.Store(true) }
