package handlers

import (
	"strconv"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"
)

// headerRefresh makes a browser load a page after some seconds, without scripts.
const headerRefresh = "Refresh"

// comeBackTime is how long a display or kiosk shows what went wrong.
const comeBackTime = 30 * time.Second

// comeBack lets the browser of a display or kiosk load its page anew, unless it is told when to already: nobody stands there to do it.
func comeBack(c *fiber.Ctx) {
	if c.GetRespHeader(headerRefresh) == "" {
		c.Set(headerRefresh, strconv.Itoa(int(comeBackTime/time.Second)))
	}
}

// atKiosk says whether a request comes from a page of a kiosk.
func atKiosk(c *fiber.Ctx) bool { return strings.HasPrefix(c.Path(), kioskPath+"/") }
