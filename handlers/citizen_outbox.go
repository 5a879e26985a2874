package handlers

import (
	"bytes"
	"strings"

	"github.com/gofiber/fiber/v2"

	"kesan/handlers/view"
)

// outboxAnswer is the final answer to what the outbox of the survey's script sends: a note for the person, as HTML in the
// language of the form, and where the receipt is. See public/script/outbox.js for the whole protocol.
type outboxAnswer struct {
	Note    string `json:"note"`
	Receipt string `json:"receipt,omitempty"`
}

// fromOutbox says whether the survey's script sends the answer, and not a form by itself.
func fromOutbox(c *fiber.Ctx) bool { return c.Get(fiber.HeaderAccept) == fiber.MIMEApplicationJSON }

// tell answers the outbox.
func (z *citizen) tell(c *fiber.Ctx, status int, note view.Note) error {
	var html strings.Builder
	if err := z.views.Render(&html, "note", note); err != nil {
		return err
	}
	if err := c.Status(status).JSON(outboxAnswer{html.String(), note.Receipt}); err != nil || len(note.Fields) == 0 {
		return err
	}
	compressed(c, bytes.Clone(c.Response().Body())) // all that was typed is in it
	return nil
}

// worker answers with a service worker. That of the survey stands at the top, since a worker sees only what is below its own
// address, and QR codes lead to /S/ while people type /s/.
func (z *citizen) worker(script []byte) fiber.Handler {
	worker := newAsset("worker.js", script)
	return func(c *fiber.Ctx) error {
		light(c)
		c.Set(fiber.HeaderContentSecurityPolicy, "default-src 'none'; connect-src 'self'")
		c.Set(fiber.HeaderCacheControl, "no-cache")
		return worker.send(c)
	}
}

// light leaves out the headers that guard a document, of an answer that is none: each byte counts in the first view.
func light(c *fiber.Ctx) {
	for _, name := range []string{fiber.HeaderContentSecurityPolicy, "Cross-Origin-Opener-Policy", "Cross-Origin-Resource-Policy"} {
		c.Response().Header.Del(name)
	}
}
