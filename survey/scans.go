package survey

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"
)

// Scans keeps the day on which each sheet was last opened, never the hour: a hint whether it still hangs. It is written in
// the background and once a day for each sheet, so that opening a sheet waits for nothing.
type Scans struct {
	store Store
	log   *slog.Logger
	queue chan sheetScan

	mu   sync.Mutex
	seen map[string]Day // written or on the way
}

type sheetScan struct {
	sheet string
	day   Day
}

// maxScans is how many scans may wait to be written; another one is left to the next visitor.
const maxScans = 1024

// NewScans makes the keeper; Run starts it.
func NewScans(store Store, log *slog.Logger) *Scans {
	return &Scans{store: store, log: log, queue: make(chan sheetScan, maxScans), seen: map[string]Day{}}
}

// Note says that a sheet was opened on a day. It never waits.
func (s *Scans) Note(sheet string, day Day) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.seen[sheet] >= day {
		return
	}
	select {
	case s.queue <- sheetScan{sheet, day}:
		s.seen[sheet] = day
	default:
	}
}

// Run writes what is noted until the context ends. What cannot be written is left to the next visitor.
func (s *Scans) Run(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case next := <-s.queue:
			if err := s.store.PutEntry(ctx, Entry{Key: scanKey(next.sheet), Value: []byte(next.day)}); err != nil {
				s.log.Error("last scan not kept", "sheet", next.sheet, "error", err)
				s.mu.Lock()
				delete(s.seen, next.sheet)
				s.mu.Unlock()
			}
		}
	}
}

// Last returns the day on which a sheet was last opened, empty when it never was.
func (s *Scans) Last(ctx context.Context, sheet string) (Day, error) {
	entry, err := s.store.Entry(ctx, scanKey(sheet), time.Time{})
	if errors.Is(err, ErrNotFound) {
		return "", nil
	}
	if err != nil {
		return "", fmt.Errorf("last scan of %s: %w", sheet, err)
	}
	return Day(entry.Value), nil
}

func scanKey(sheet string) string { return "scan/" + sheet }
