package survey

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"
)

// Move says that a sheet hung at another counter for a while than the office thought. Its answers of that time count there.
type Move struct {
	ID      string    `json:"id" validate:"required,max=40"`
	Sheet   string    `json:"sheet" validate:"required,len=8"`
	Counter string    `json:"counter" validate:"required,max=40"` // where it hung in fact
	From    LocalTime `json:"from" validate:"required,len=16,datetime=2006-01-02T15:04"`
	To      LocalTime `json:"to" validate:"required,len=16,datetime=2006-01-02T15:04,gtfield=From"` // not included
	Reason  string    `json:"reason" validate:"required,max=200"`
	Author  string    `json:"author"`
	At      time.Time `json:"at"`
}

// NewMoveID returns an ID for a move of a sheet.
func NewMoveID(sheet string) string { return sheet + "-" + rand.Text()[:16] }

// CheckMove says what is wrong with a move. From and To are in local time of the sheet's counter and on the full hour: an
// answer keeps its hour alone. What has not come yet cannot be moved.
func (o *Office) CheckMove(move Move, now time.Time) Problems {
	problems := Validate(move)
	for field, at := range map[string]LocalTime{"from": move.From, "to": move.To} {
		if _, wrong := problems.On(field); !wrong && at[14:] != "00" {
			problems.Add(field, "move.hour")
		}
	}
	if _, wrong := problems.On("to"); !wrong && move.To.In(o.zoneOfSheet(move.Sheet)).After(now.Add(time.Hour)) {
		problems.Add("to", "move.future")
	}
	if _, ok := o.Counters[move.Counter]; !ok && move.Counter != "" {
		problems.Add("counter", "move.counter")
	}
	return problems
}

func (o *Office) zoneOfSheet(sheet string) Zone {
	return o.Zone(o.Counters[o.Sheets[sheet].Value.Counter].Value.Unit)
}

// MoveCount says how many answers a move is about.
type MoveCount struct {
	Answers int64 `json:"answers"` // to move, or moved
	Named   int64 `json:"named"`   // of these, for an officer whom the roster names
	Held    int64 `json:"held"`    // of these, not counted before and after
	Before  int64 `json:"-"`       // moved away before
	Locked  Day   `json:"-"`       // the first day that keeps answers from being moved; empty: none does
}

// KeptMove is a move with what came of it.
type KeptMove struct {
	Move
	MoveCount
	Done bool // else it was cut off and is taken up again
}

// Kinds of documents: a move that began, and the counts of one that ended.
const (
	kindMove      = "move"
	kindMoveEnded = "move_ended"
)

// Mover moves the answers of misplaced sheets. Nothing is edited: each answer gets a verdict in its bucket that says where it
// counts, and a new record there. The verdict comes first and there is one place for it, so an answer never counts twice; a
// crash between the two leaves it out until the move is taken up again, which changes nothing where nothing is missing.
type Mover struct {
	Register *Register
	Store    Store
	Tallier  *Tallier
	// Locked says whether the figures of a day may no longer change.
	Locked func(*Office, Day) bool
}

// Preview says what a move would do.
func (m *Mover) Preview(ctx context.Context, move Move) (MoveCount, error) {
	_, count, err := m.plan(ctx, move)
	return count, err
}

// Move moves the answers. Tallies are up to date when it returns. The same move again, by its ID, is success and moves what
// came late. ErrClosed: a locked cycle keeps some of the answers, and none was moved; ErrConflict: another move has this ID.
func (m *Mover) Move(ctx context.Context, move Move) (MoveCount, error) {
	list, count, err := m.plan(ctx, move)
	if err != nil {
		return MoveCount{}, err
	}
	if count.Locked != "" {
		return count, fmt.Errorf("move %s: %s: %w", move.ID, count.Locked, ErrClosed)
	}
	if !slices.ContainsFunc(list, func(t transfer) bool { return t.of(move) }) {
		return MoveCount{}, nil
	}
	if err := m.begin(ctx, move); err != nil {
		return MoveCount{}, err
	}
	return m.finish(ctx, move)
}

// begin keeps the move, so that it can be taken up again.
func (m *Mover) begin(ctx context.Context, move Move) error {
	err := m.keep(ctx, kindMove, move.ID, move)
	if !errors.Is(err, ErrConflict) {
		return err
	}
	kept, err := m.Moves(ctx, move.ID)
	if err != nil {
		return err
	}
	same := kept[0].Move
	if same.Reason, same.Author, same.At = move.Reason, move.Author, move.At; same != move {
		return fmt.Errorf("move %s is another one: %w", move.ID, ErrConflict)
	}
	return nil
}

// finish moves what is not moved yet and says what the move has done in all.
func (m *Mover) finish(ctx context.Context, move Move) (MoveCount, error) {
	list, count, err := m.plan(ctx, move)
	if err != nil {
		return MoveCount{}, err
	}
	if count.Locked != "" { // a lock was faster: what has begun is brought to its end, and no more
		list = slices.DeleteFunc(list, func(t transfer) bool { return !t.kept })
	}
	done := MoveCount{}
	buckets := map[Bucket]bool{}
	for part := range slices.Chunk(list, movedAtOnce) {
		brought, err := m.transfer(ctx, part)
		if err != nil {
			return MoveCount{}, err
		}
		for _, t := range brought {
			buckets[t.response.Bucket], buckets[t.verdict.To.bucket()] = true, true
			if t.of(move) {
				done.add(t)
			}
		}
	}
	for bucket := range buckets {
		if err := m.Tallier.Fold(ctx, bucket); err != nil {
			return MoveCount{}, err
		}
	}
	if err := m.keep(ctx, kindMoveEnded, move.ID, done); err != nil && !errors.Is(err, ErrConflict) {
		return MoveCount{}, err
	}
	return done, nil
}

func (m *Mover) keep(ctx context.Context, kind, id string, body any) error {
	encoded, err := json.Marshal(body)
	if err != nil {
		return fmt.Errorf("encode %s: %w", kind, err)
	}
	if err := m.Store.InsertDocument(ctx, Document{Kind: kind, ID: id, Body: encoded}); err != nil {
		return fmt.Errorf("keep %s %s: %w", kind, id, err)
	}
	return nil
}

// Resume takes up the moves that were cut off.
func (m *Mover) Resume(ctx context.Context) error {
	moves, err := m.Moves(ctx, "")
	if err != nil {
		return err
	}
	for _, move := range moves {
		if move.Done {
			continue
		}
		if _, err := m.finish(ctx, move.Move); err != nil {
			return err
		}
	}
	return nil
}

// Moves returns the moves whose ID begins with a sheet's, or all, the newest first.
func (m *Mover) Moves(ctx context.Context, prefix string) ([]KeptMove, error) {
	ended := map[string]MoveCount{}
	for document, err := range m.Store.Documents(ctx, kindMoveEnded, prefix) {
		if err != nil {
			return nil, fmt.Errorf("read moves: %w", err)
		}
		var count MoveCount
		if err := json.Unmarshal(document.Body, &count); err != nil {
			return nil, fmt.Errorf("move %s: %w", document.ID, err)
		}
		ended[document.ID] = count
	}
	var list []KeptMove
	for document, err := range m.Store.Documents(ctx, kindMove, prefix) {
		if err != nil {
			return nil, fmt.Errorf("read moves: %w", err)
		}
		var kept KeptMove
		if err := json.Unmarshal(document.Body, &kept.Move); err != nil {
			return nil, fmt.Errorf("move %s: %w", document.ID, err)
		}
		kept.MoveCount, kept.Done = ended[document.ID], false
		_, kept.Done = ended[document.ID]
		list = append(list, kept)
	}
	slices.SortStableFunc(list, func(a, b KeptMove) int { return b.At.Compare(a.At) })
	return list, nil
}
