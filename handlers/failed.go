package handlers

import (
	"context"
	"crypto/rand"
	"errors"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"kesan/handlers/view"
	"kesan/survey"
)

// failed answers every error that a handler returns: the one place that logs internals and shows people a safe sentence.
// Where the answer carries an id, the log line has the same. Who was only refused gets none on a page: there is nothing to
// look up, and a log of every mistyped address hides what matters.
func (s *Server) failed(c *fiber.Ctx, err error) error {
	status := statusOf(err)
	s.setHeaders(c) // a request that could not even be read has passed no middleware
	c.Response().ResetBody()
	for _, name := range []string{fiber.HeaderContentEncoding, fiber.HeaderContentDisposition, fiber.HeaderETag} {
		c.Response().Header.Del(name) // of the answer that was begun
	}
	id := strings.ToLower(rand.Text()[:10])
	api := strings.HasPrefix(c.Path(), "/api/")
	switch {
	case status >= 500:
		s.Log.Error("request failed", "id", id, "route", routeOf(c), "status", status, "error", err)
	case api:
		s.Log.Info("request refused", "id", id, "route", routeOf(c), "status", status)
	default:
		id = ""
	}
	if status == fiber.StatusServiceUnavailable {
		c.Set(fiber.HeaderRetryAfter, strconv.Itoa(retryAfter))
	}
	if api {
		var refused refusal
		errors.As(err, &refused)
		return s.problem(c, status, id, refused)
	}
	c.Status(status)
	return s.render(c, "error", view.Error{Base: s.base(c, "Tidak dapat dibuka"), Status: status, ID: id, Stale: errors.Is(err, errStale)})
}

// retryAfter is how many seconds a client should wait when the server cannot take an answer now.
const retryAfter = 5

// statusOf maps the sentinels to statuses. What is not a sentinel is our fault.
func statusOf(err error) int {
	var coded *fiber.Error
	switch {
	case errors.As(err, &coded):
		return coded.Code
	case errors.Is(err, survey.ErrNotFound):
		return fiber.StatusNotFound
	case errors.Is(err, survey.ErrConflict):
		return fiber.StatusConflict
	case errors.Is(err, survey.ErrDenied), errors.Is(err, errStale):
		return fiber.StatusForbidden
	case errors.Is(err, survey.ErrClosed), errors.Is(err, survey.ErrRevoked), errors.Is(err, survey.ErrExpired):
		return fiber.StatusGone
	case errors.Is(err, survey.ErrBusy), errors.Is(err, survey.ErrAway), errors.Is(err, context.DeadlineExceeded):
		return fiber.StatusServiceUnavailable
	}
	return fiber.StatusInternalServerError
}
