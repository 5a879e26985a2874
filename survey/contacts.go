package survey

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
)

// Contacts keeps what citizens leave. What they wrote is an entry that expires; a document without content, named by day,
// unit and chance, says that there is or was one, so that they can be listed. Neither tells who came first on a day.
//
// A receipt is good for one contact. That it was used is a mark of its own, made with the key of the answer's day and kept
// no longer than that key; the contact has nothing of it.
type Contacts struct {
	store Store
	keys  Keys
	clock Clock
	mu    sync.Mutex // one at a time, so that a double tap leaves one
}

// NewContacts makes a keeper of contacts.
func NewContacts(store Store, keys Keys, clock Clock) *Contacts {
	return &Contacts{store: store, keys: keys, clock: clock}
}

const (
	kindContact  = "contact"
	contactEntry = "contact/"
	contactSpent = "contact-spent/"
	// maxContactDays is the longest that an agency may keep contacts.
	maxContactDays = 365
	// waitingDays is for how many days a contact is counted as one that waits: as long as a reply makes sense.
	waitingDays = 30
	// spentDays is how many days a mark of use is kept: as long as a receipt can be opened.
	spentDays = 3
)

// Spent says whether a receipt was used to leave a contact. ErrExpired: the key of its day is gone.
func (k *Contacts) Spent(ctx context.Context, receipt Receipt) (bool, error) {
	mark, err := k.mark(receipt)
	if err != nil {
		return false, err
	}
	_, err = k.store.Entry(ctx, mark, k.clock.Now())
	if errors.Is(err, ErrNotFound) {
		return false, nil
	}
	return err == nil, err
}

// Leave keeps a contact for a unit for some days after today. ErrConflict: the receipt was used before; ErrExpired: the key
// of its day is gone. Any other error means that it may not be kept and should be sent again.
func (k *Contacts) Leave(ctx context.Context, receipt Receipt, unit Unit, contact Contact, days int64) error {
	k.mu.Lock()
	defer k.mu.Unlock()
	spent, err := k.Spent(ctx, receipt)
	if err != nil {
		return err
	}
	if spent {
		return ErrConflict
	}
	day := DayOf(k.clock.Now(), unit.Zone)
	contact.ID = string(day) + "/" + unit.Code + "/" + strings.ToLower(rand.Text())
	contact.Until = day.Add(int(days))
	if err := k.put(ctx, contact); err != nil {
		return err
	}
	if err := k.store.InsertDocument(ctx, Document{Kind: kindContact, ID: contact.ID}); err != nil {
		return fmt.Errorf("keep contact: %w", err)
	}
	mark, err := k.mark(receipt)
	if err != nil {
		return err
	}
	if err := k.store.PutEntry(ctx, Entry{Key: mark, Expires: receipt.Key.Add(spentDays).Date()}); err != nil {
		return fmt.Errorf("keep contact: %w", err)
	}
	return nil
}

func (k *Contacts) mark(receipt Receipt) (string, error) {
	key, err := k.keys.Day(receipt.Key)
	if err != nil {
		return "", err
	}
	return contactSpent + hex.EncodeToString(keyed(key, []byte("contact|"+receipt.Counter+"|"+receipt.Code))[:16]), nil
}

func (k *Contacts) put(ctx context.Context, contact Contact) error {
	value, err := json.Marshal(contact)
	if err != nil {
		return fmt.Errorf("keep contact: %w", err)
	}
	if err := k.store.PutEntry(ctx, Entry{Key: contactEntry + contact.ID, Value: value, Expires: contact.Until.Date()}); err != nil {
		return fmt.Errorf("keep contact: %w", err)
	}
	return nil
}

// List returns the contacts of the units that `of` names, the latest day first, in no order within a day and unit.
func (k *Contacts) List(ctx context.Context, of func(unit string) bool) ([]Contact, error) {
	return k.lately(ctx, maxContactDays+1, of)
}

// Waiting returns how many contacts of the last 30 days nobody has taken care of yet.
func (k *Contacts) Waiting(ctx context.Context, of func(unit string) bool) (int64, error) {
	list, err := k.lately(ctx, waitingDays, of)
	n := int64(0)
	for _, contact := range list {
		if !contact.Handled {
			n++
		}
	}
	return n, err
}

// lately returns the contacts of the last days.
func (k *Contacts) lately(ctx context.Context, days int, of func(unit string) bool) ([]Contact, error) {
	var list []Contact
	last := DayOf(k.clock.Now(), WIT) // where the day begins first
	first := last.Add(-days)
	for month := first.Month(); month <= last.Month(); month = month.Next() {
		for document, err := range k.store.Documents(ctx, kindContact, string(month)) {
			if err != nil {
				return nil, fmt.Errorf("list contacts: %w", err)
			}
			if unit, day := contactPlace(document.ID); day < first || !of(unit) {
				continue
			}
			contact, err := k.Contact(ctx, document.ID)
			if errors.Is(err, ErrNotFound) {
				continue // deleted, or its time is over
			}
			if err != nil {
				return nil, err
			}
			list = append(list, contact)
		}
	}
	slices.SortStableFunc(list, func(a, b Contact) int { return strings.Compare(string(b.Day), string(a.Day)) })
	return list, nil
}

// contactPlace reads unit and day from the ID of a contact.
func contactPlace(id string) (unit string, day Day) {
	date, rest, _ := strings.Cut(id, "/")
	unit, _, _ = strings.Cut(rest, "/")
	return unit, Day(date)
}

// Contact returns one contact. ErrNotFound: there is none, it was deleted or its time is over.
func (k *Contacts) Contact(ctx context.Context, id string) (Contact, error) {
	entry, err := k.store.Entry(ctx, contactEntry+id, k.clock.Now())
	if err != nil {
		return Contact{}, fmt.Errorf("contact: %w", err)
	}
	contact := Contact{ID: id, Until: Day(entry.Expires.Format(dayLayout))}
	if err := json.Unmarshal(entry.Value, &contact); err != nil {
		return Contact{}, fmt.Errorf("contact: %w", err)
	}
	contact.Unit, contact.Day = contactPlace(id)
	return contact, nil
}

// Handle notes that somebody has taken care of a contact, or not yet. ErrNotFound: as for Contact.
func (k *Contacts) Handle(ctx context.Context, id string, handled bool) error {
	k.mu.Lock()
	defer k.mu.Unlock()
	contact, err := k.Contact(ctx, id)
	if err != nil {
		return err
	}
	contact.Handled = handled
	return k.put(ctx, contact)
}

// Delete destroys a contact. Deleting twice is as good as once.
func (k *Contacts) Delete(ctx context.Context, id string) error {
	k.mu.Lock()
	defer k.mu.Unlock()
	if err := k.store.DeleteEntry(ctx, contactEntry+id); err != nil {
		return fmt.Errorf("delete contact: %w", err)
	}
	return nil
}
