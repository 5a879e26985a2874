package survey

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"
	"time"
)

// Writer groups answers that wait at the same moment into one durable write. Its queue is bounded by time, not by length:
// it takes what the store has lately been able to write in a quarter of a second, so that nobody waits long for an answer
// and the rest is told at once to come back.
type Writer struct {
	store   Store
	tallier *Tallier
	queue   chan *submission
	rate    atomic.Int64 // records per second that the store has lately written
	watch   atomic.Pointer[func(time.Duration)]
	stop    chan struct{}
	stopped sync.WaitGroup

	mu     sync.RWMutex // held for writing while closing, so that nothing is queued after the last look at the queue
	closed bool

	Accepted, Repeated, Refused atomic.Int64 // answers stored; retries; turned away because the queue was full
}

type submission struct {
	record  Record
	outcome Outcome
	err     error
	done    chan struct{}
}

const (
	maxBatch  = 512
	minDepth  = 64
	maxDepth  = 8192
	queueTime = 250 * time.Millisecond
	// gatherTime is how long a write waits for company. A visitor does not feel it; a disk is asked less often for the same
	// answers, which under load takes a good part of their cost away.
	gatherTime = 2 * time.Millisecond
	// storeTime bounds one write. A store that is away must not hold a citizen longer than a page takes to load.
	storeTime = 4 * time.Second
)

// NewWriter makes a writer and starts it; Close ends it after what is queued has been written.
func NewWriter(store Store, tallier *Tallier) *Writer {
	w := &Writer{store: store, tallier: tallier, queue: make(chan *submission, maxDepth), stop: make(chan struct{})}
	w.stopped.Add(1)
	go w.run()
	return w
}

// Append stores a record durably and says what became of it. ErrBusy: too many wait already, or the writer is closed;
// nothing was written.
func (w *Writer) Append(ctx context.Context, record Record) (Outcome, error) {
	s := &submission{record: record, done: make(chan struct{})}
	if !w.enqueue(s) {
		w.Refused.Add(1)
		return 0, ErrBusy
	}
	select {
	case <-s.done:
		return s.outcome, s.err
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

func (w *Writer) enqueue(s *submission) bool {
	w.mu.RLock()
	defer w.mu.RUnlock()
	if w.closed || len(w.queue) >= w.depth() {
		return false
	}
	select {
	case w.queue <- s:
		return true
	default:
		return false
	}
}

// Waiting returns how many records wait to be written.
func (w *Writer) Waiting() int { return len(w.queue) }

// Watch has f told of every grouped write from now on how long it took, failed ones included. The next write waits for f.
func (w *Writer) Watch(f func(took time.Duration)) { w.watch.Store(&f) }

func (w *Writer) depth() int {
	lately := int(w.rate.Load() * int64(queueTime) / int64(time.Second))
	return min(max(lately, minDepth), maxDepth)
}

// Close writes what is queued and ends the writer. It may be called again.
func (w *Writer) Close() {
	w.mu.Lock()
	if !w.closed {
		w.closed = true
		close(w.stop)
	}
	w.mu.Unlock()
	w.stopped.Wait()
}

func (w *Writer) run() {
	defer w.stopped.Done()
	for {
		select {
		case first := <-w.queue:
			w.write(w.gather(first))
		case <-w.stop:
			select {
			case first := <-w.queue:
				w.write(w.gather(first))
			default:
				return
			}
		}
	}
}

func (w *Writer) gather(first *submission) []*submission {
	batch, enough := []*submission{first}, time.After(gatherTime)
	for len(batch) < maxBatch {
		select {
		case s := <-w.queue:
			batch = append(batch, s)
		case <-enough:
			return batch
		}
	}
	return batch
}

func (w *Writer) write(batch []*submission) {
	records := make([]Record, len(batch))
	for i, s := range batch {
		records[i] = s.record
	}
	begun := time.Now()
	ctx, cancel := context.WithTimeout(context.Background(), storeTime)
	outcomes, err := w.store.AppendRecords(ctx, records)
	cancel()
	w.measure(len(batch), time.Since(begun), err)
	for i, s := range batch {
		if err != nil {
			s.err = fmt.Errorf("store answer: %w", err)
		} else {
			s.outcome = outcomes[i]
			w.note(s)
		}
		close(s.done)
	}
}

func (w *Writer) note(s *submission) {
	answer := s.record.Kind == KindResponse
	if s.outcome == Stored {
		w.tallier.Touch(s.record.Bucket)
	}
	switch {
	case answer && s.outcome == Stored:
		w.Accepted.Add(1)
	case answer && s.outcome == Repeated:
		w.Repeated.Add(1)
	}
}

// measure keeps an average of the store's speed: a slow write counts at once, a fast one by and by. A failed write says
// nothing good about the store, and a small batch nothing bad.
func (w *Writer) measure(n int, took time.Duration, err error) {
	if watch := w.watch.Load(); watch != nil {
		(*watch)(took)
	}
	now := int64(float64(n) / max(took.Seconds(), 1e-6))
	before := w.rate.Load()
	switch {
	case now < before && n >= minDepth/2:
		w.rate.Store(now)
	case now > before && err == nil:
		w.rate.Store((3*before + now) / 4)
	}
}
