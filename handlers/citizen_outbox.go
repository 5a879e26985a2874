package handlers

import (
	"github.com/gofiber/fiber/v2"
)

// outboxAnswer is the final answer to what the outbox of the survey's script sends: words for the person, in the language of
// the form, and where the receipt is. See public/script/outbox.js for the whole protocol.
type outboxAnswer struct {
	Title   string `json:"title"`
	Text    string `json:"text"`
	Receipt string `json:"receipt,omitempty"`
}

// fromOutbox says whether the survey's script sends the answer, and not a form by itself.
func fromOutbox(c *fiber.Ctx) bool { return c.Get(fiber.HeaderAccept) == fiber.MIMEApplicationJSON }

func (z *citizen) received(c *fiber.Ctx, lang, receipt string) error {
	return c.JSON(outboxAnswer{z.words.T(lang, "survey.thanks_head"), z.words.T(lang, "survey.sent_text"), receipt})
}

// tell says in two texts, given by their keys, why an answer was not taken.
func (z *citizen) tell(c *fiber.Ctx, status int, lang, title, text string) error {
	return c.Status(status).JSON(outboxAnswer{Title: z.words.T(lang, title), Text: z.words.T(lang, text)})
}

// worker answers with the service worker. It stands at the top, since a worker sees only what is below its own address, and
// QR codes lead to /S/ while people type /s/.
func (z *citizen) worker(c *fiber.Ctx) error {
	c.Set(fiber.HeaderContentSecurityPolicy, "default-src 'none'; connect-src 'self'")
	c.Set(fiber.HeaderCacheControl, "no-cache")
	return z.script.send(c)
}
