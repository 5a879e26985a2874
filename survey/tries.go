package survey

import (
	"errors"
	"sync"
	"time"
)

// ErrTries is returned when too many wrong codes were typed for a point; the minute after, they may be typed again.
var ErrTries = errors.New("too many wrong codes")

// maxTries is how many wrong codes are looked up for a point in a minute.
const maxTries = 5

// tries counts the wrong codes of this minute by point, in the memory of one process: a second process allows as many again.
type tries struct {
	mu     sync.Mutex
	minute int64
	used   map[string]int
}

// take uses up one try and says whether there was one left. Who takes before looking cannot be overtaken by many at once.
func (t *tries) take(point string, now time.Time) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	if minute := now.Unix() / 60; t.used == nil || minute != t.minute {
		t.minute, t.used = minute, map[string]int{}
	}
	if t.used[point] >= maxTries {
		return false
	}
	t.used[point]++
	return true
}

// giveBack returns a try of this minute that was not wrong.
func (t *tries) giveBack(point string, now time.Time) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if now.Unix()/60 == t.minute && t.used[point] > 0 {
		t.used[point]--
	}
}
