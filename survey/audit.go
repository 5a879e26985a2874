package survey

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"time"
)

// AuditAction is something that leaves no change in the configuration, or not that alone: what is changed there stands in
// the change log already. Each has a sentence "audit.<action>" in the texts.
type AuditAction string

// The actions of the audit.
const (
	AuditSignIn        AuditAction = "signin"
	AuditSignInFailed  AuditAction = "signin_failed"
	AuditSignOut       AuditAction = "signout"
	AuditPassword      AuditAction = "password"       // changed by its owner
	AuditPasswordReset AuditAction = "password_reset" // by an administrator
	AuditSetup         AuditAction = "setup"
	AuditImport        AuditAction = "import"
	AuditExport        AuditAction = "export"   // a file with figures or objects left the system
	AuditHRPull        AuditAction = "hr_pull"  // another system pulled figures of officers
	AuditKeyMade       AuditAction = "key_made" // an API key's secret was shown
	AuditContacts      AuditAction = "contacts" // what citizens left to be contacted was read
	AuditContactGone   AuditAction = "contact_deleted"
	AuditTickets       AuditAction = "tickets"       // one-time tickets were issued
	AuditMove          AuditAction = "move"          // answers of a misplaced sheet
	AuditPrint         AuditAction = "print"         // posters were opened for printing
	AuditDeviceCode    AuditAction = "device_code"   // a pairing code was shown
	AuditDevicePaired  AuditAction = "device_paired" // a browser was admitted as a device
	AuditPapers        AuditAction = "papers"        // paper forms became answers
	AuditBackup        AuditAction = "backup"        // the store was copied
	AuditRestore       AuditAction = "restore"       // the store was made of a copy
	AuditRootMade      AuditAction = "root_made"     // a root key, which signs the addresses in QR codes
	AuditRootRetired   AuditAction = "root_retired"
	AuditRootBackup    AuditAction = "root_backup" // the root keys were copied
	AuditRootRestore   AuditAction = "root_restore"
	AuditClock         AuditAction = "clock" // a leap of the clock was confirmed
)

// AuditLine is who did what, when and to what. It never holds a password, secret or answer.
type AuditLine struct {
	At time.Time `json:"at"`
	// Who is a username, "api:" and the ID of a key, or words with a space for who is no account, as on the command line.
	Who    string      `json:"who"`
	Action AuditAction `json:"action"`
	Object string      `json:"object,omitempty"`
}

// Audit keeps lines for ever.
type Audit struct {
	store Store
	clock Clock
	log   *slog.Logger
}

// NewAudit makes a keeper of lines.
func NewAudit(store Store, clock Clock, log *slog.Logger) *Audit { return &Audit{store, clock, log} }

const (
	kindAudit = "audit"
	// auditTime is how long an answer waits for its line.
	auditTime = 2 * time.Second
	// auditLayout makes IDs that sort by time; what is random keeps two lines of one millisecond apart.
	auditLayout = "20060102T150405.000Z"
)

// Keep keeps a line about what has been done, also when the context has ended since. It cannot fail: what was done is done,
// and a line that cannot be kept is logged whole.
func (a *Audit) Keep(ctx context.Context, who string, action AuditAction, object string) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), auditTime)
	defer cancel()
	line := AuditLine{At: a.clock.Now(), Who: who, Action: action, Object: object}
	body, err := json.Marshal(line)
	if err == nil {
		id := line.At.UTC().Format(auditLayout) + "-" + strings.ToLower(rand.Text()[:10])
		err = a.store.InsertDocument(ctx, Document{Kind: kindAudit, ID: id, Body: body})
	}
	if err != nil {
		a.log.Error("audit line not kept", "who", who, "action", action, "object", object, "error", err)
	}
}

// Lines returns the lines of a month (UTC), newest first.
func (a *Audit) Lines(ctx context.Context, month Month) ([]AuditLine, error) {
	var lines []AuditLine
	for document, err := range a.store.Documents(ctx, kindAudit, strings.ReplaceAll(string(month), "-", "")) {
		if err != nil {
			return nil, fmt.Errorf("read audit: %w", err)
		}
		var line AuditLine
		if err := json.Unmarshal(document.Body, &line); err != nil {
			return nil, fmt.Errorf("audit %s: %w", document.ID, err)
		}
		lines = append(lines, line)
	}
	slices.Reverse(lines)
	return lines, nil
}
