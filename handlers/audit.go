package handlers

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"kesan/survey"
)

// kindAudit is the kind of document that holds one line of the audit.
const kindAudit = "audit"

// Actions of the audit. Each has a sentence "audit.<action>" in the texts. What is changed in the configuration stands in
// the change log already; the audit holds what leaves no change there.
const (
	auditSignIn        = "signin"
	auditSignInFailed  = "signin_failed"
	auditSignOut       = "signout"
	auditPassword      = "password"       // changed by its owner
	auditPasswordReset = "password_reset" // by an administrator
	auditSetup         = "setup"
	auditImport        = "import"
	auditExport        = "export"   // a file with figures or objects left the system
	auditHRPull        = "hr_pull"  // another system pulled figures of officers
	auditKeyMade       = "key_made" // an API key's secret was shown
	auditContacts      = "contacts" // what citizens left to be contacted was read
	auditContactGone   = "contact_deleted"
	auditTickets       = "tickets"       // one-time tickets were issued
	auditMove          = "move"          // answers of a misplaced sheet
	auditPrint         = "print"         // posters were opened for printing
	auditDeviceCode    = "device_code"   // a pairing code was shown
	auditDevicePaired  = "device_paired" // a browser was admitted as a device
	auditPapers        = "papers"        // paper forms became answers
)

// auditLine is who did what, when and to what. It never holds a password, secret or answer.
type auditLine struct {
	At     time.Time `json:"at"`
	Who    string    `json:"who"` // a username, or "api:" and the ID of a key
	Action string    `json:"action"`
	Object string    `json:"object,omitempty"`
}

// audit keeps a line about what the caller of the request did. It does not fail the request: what was done is done, and a
// line that cannot be kept is logged whole.
func (s *Server) audit(c *fiber.Ctx, action, object string) {
	s.auditAs(c.UserContext(), s.caller(c), action, object)
}

// caller names who calls: the account, or the API key that admitKey left as a survey.APIKey under localKey.
func (s *Server) caller(c *fiber.Ctx) string {
	if key, ok := c.Locals(localKey).(survey.APIKey); ok {
		return "api:" + key.ID
	}
	return s.account(c).Username
}

// auditAs keeps a line where the request itself does not say who it is, as at sign-in.
func (s *Server) auditAs(ctx context.Context, who, action, object string) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), lineTime)
	defer cancel()
	line := auditLine{At: s.Clock.Now(), Who: who, Action: action, Object: object}
	body, err := json.Marshal(line)
	if err == nil {
		err = s.Store.InsertDocument(ctx, survey.Document{Kind: kindAudit, ID: auditID(line.At), Body: body})
	}
	if err != nil {
		s.Log.Error("audit line not kept", "who", who, "action", action, "object", object, "error", err)
	}
}

// lineTime is how long an answer waits for its line.
const lineTime = 2 * time.Second

// auditLayout makes IDs that sort by time; what is random keeps two lines of one millisecond apart.
const auditLayout = "20060102T150405.000Z"

func auditID(at time.Time) string {
	return at.UTC().Format(auditLayout) + "-" + strings.ToLower(rand.Text()[:10])
}

// auditLines returns the lines of a month (UTC), newest first.
func (s *Server) auditLines(ctx context.Context, month survey.Month) ([]auditLine, error) {
	var lines []auditLine
	for document, err := range s.Store.Documents(ctx, kindAudit, strings.ReplaceAll(string(month), "-", "")) {
		if err != nil {
			return nil, err
		}
		var line auditLine
		if err := json.Unmarshal(document.Body, &line); err != nil {
			return nil, err
		}
		lines = append(lines, line)
	}
	slices.Reverse(lines)
	return lines, nil
}
