package survey

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"
)

// Papers takes in what was written on paper. Each paper is typed twice, in two passes; where both agree, or somebody decided
// between them, it becomes an answer. What is typed lives in expiring entries of the store until then, a block of papers in
// each, and is deleted once its block is done.
type Papers struct {
	Register *Register
	Store    Store
	Writer   *Writer
	Clock    Clock
	// Locked says whether a day lies in a locked cycle, which takes no answers any more.
	Locked func(*Office, Day) bool
}

// Passes over a batch, and how they are stored.
const (
	PaperPasses = 2
	PaperBlock  = 10 // papers on one page, and in one entry
	draftLife   = 30 * 24 * time.Hour
)

// paperDraft is one block of one pass.
type paperDraft struct {
	By     []string      `json:"by"` // usernames of who typed it; nobody enters answers about himself
	Papers map[int]Paper `json:"papers"`
}

func draftKey(batch string, pass, block int) string {
	return fmt.Sprintf("paper|%s|%d|%d", batch, pass, block)
}

func (p *Papers) draft(ctx context.Context, batch string, pass, block int) (paperDraft, error) {
	draft := paperDraft{Papers: map[int]Paper{}}
	entry, err := p.Store.Entry(ctx, draftKey(batch, pass, block), p.Clock.Now())
	if errors.Is(err, ErrNotFound) {
		return draft, nil
	}
	if err == nil {
		err = json.Unmarshal(entry.Value, &draft)
	}
	if err != nil {
		return draft, fmt.Errorf("papers of %s: %w", batch, err)
	}
	return draft, nil
}

// Open says whether the papers of a batch may be entered. ErrClosed: its day lies in a locked cycle; ErrExpired: its day has
// not come yet.
func (p *Papers) Open(batch Batch) error {
	office := p.Register.Office()
	switch {
	case p.Locked(office, batch.Day):
		return ErrClosed
	case batch.Day > DayOf(p.Clock.Now(), office.BatchUnit(batch).Zone):
		return ErrExpired
	}
	return nil
}

// Save keeps what somebody typed of a block in a pass. Empty papers are taken out again.
func (p *Papers) Save(ctx context.Context, batch Batch, pass, block int, papers map[int]Paper, by string) error {
	draft, err := p.draft(ctx, batch.ID, pass, block)
	if err != nil {
		return err
	}
	for number, paper := range papers {
		if draft.Papers[number] = paper; paper == (Paper{}) {
			delete(draft.Papers, number)
		}
	}
	if !slices.Contains(draft.By, by) {
		draft.By = append(draft.By, by)
	}
	value, err := json.Marshal(draft)
	if err != nil {
		return err
	}
	return p.Store.PutEntry(ctx, Entry{Key: draftKey(batch.ID, pass, block), Value: value, Expires: p.Clock.Now().Add(draftLife)})
}

// PaperState is how far a paper has come.
type PaperState struct {
	Number  int
	Typed   [PaperPasses]Paper
	Stored  bool     // it is an answer
	Differs []string // fields in which the passes differ, both having typed it

	by []string
}

// Twice says whether both passes have typed the paper.
func (s PaperState) Twice() bool { return s.Typed[0] != Paper{} && s.Typed[1] != Paper{} }

// Agreed says whether the paper can become an answer as it is.
func (s PaperState) Agreed() bool { return s.Twice() && len(s.Differs) == 0 && !s.Stored }

// Papers returns how far the papers of a batch have come, by number.
func (p *Papers) Papers(ctx context.Context, batch Batch) ([]PaperState, error) {
	var list []PaperState
	for block := range batch.Blocks() {
		states, err := p.Block(ctx, batch, block)
		if err != nil {
			return nil, err
		}
		list = append(list, states...)
	}
	return list, nil
}

// Blocks is in how many blocks the papers of the batch are entered; the last may be shorter.
func (b Batch) Blocks() int { return (b.Count + PaperBlock - 1) / PaperBlock }

// Empty are the papers of a block as if nothing were known of them.
func (b Batch) Empty(block int) []PaperState {
	var list []PaperState
	for number := block*PaperBlock + 1; number <= min((block+1)*PaperBlock, b.Count); number++ {
		list = append(list, PaperState{Number: number})
	}
	return list
}

// Block returns how far the papers of a block have come; blocks count from 0.
func (p *Papers) Block(ctx context.Context, batch Batch, block int) ([]PaperState, error) {
	var drafts [PaperPasses]paperDraft
	for pass := range drafts {
		var err error
		if drafts[pass], err = p.draft(ctx, batch.ID, pass+1, block); err != nil {
			return nil, err
		}
	}
	bucket := Bucket{Unit: p.Register.Office().BatchUnit(batch).Code, Day: batch.Day}
	list := batch.Empty(block)
	for i := range list {
		state := &list[i]
		state.by = slices.Concat(drafts[0].By, drafts[1].By)
		for pass := range drafts {
			state.Typed[pass] = drafts[pass].Papers[state.Number]
		}
		if state.Twice() {
			state.Differs = differing(state.Typed)
		}
		var err error
		if state.Stored, err = p.Store.HasRecord(ctx, bucket, PaperID(batch.ID, state.Number)); err != nil {
			return nil, err
		}
	}
	return list, nil
}

func differing(typed [PaperPasses]Paper) []string {
	var fields []string
	for _, name := range PaperFields {
		if *typed[0].Field(name) != *typed[1].Field(name) {
			fields = append(fields, name)
		}
	}
	return fields
}

// PaperChoice says which pass, 1 or 2, is right about a field of a paper.
type PaperChoice struct {
	Number int
	Field  string
}

// StoreAgreed makes answers of the papers of a batch on which both passes agree, with the help of the choices where they do not,
// and returns how many it stored. A paper that is stored already stays as it is. Errors are those of Open and of the writer.
func (p *Papers) StoreAgreed(ctx context.Context, batch Batch, choices map[PaperChoice]int) (int, error) {
	if err := p.Open(batch); err != nil {
		return 0, err
	}
	stored := 0
	for block := range batch.Blocks() {
		states, err := p.Block(ctx, batch, block)
		if err != nil {
			return stored, err
		}
		done := true
		for _, state := range states {
			n, err := p.store(ctx, batch, state.decided(choices))
			if err != nil {
				return stored, err
			}
			stored += n
			done = done && (n > 0 || state.Stored || state.Typed == [PaperPasses]Paper{})
		}
		if !done {
			continue
		}
		for pass := range PaperPasses {
			if err := p.Store.DeleteEntry(ctx, draftKey(batch.ID, pass+1, block)); err != nil {
				return stored, err
			}
		}
	}
	return stored, nil
}

// decided applies the choices; a field without one stays different.
func (s PaperState) decided(choices map[PaperChoice]int) PaperState {
	if !s.Twice() {
		return s
	}
	for _, name := range s.Differs {
		if pass := choices[PaperChoice{s.Number, name}]; pass == 1 || pass == PaperPasses {
			right := *s.Typed[pass-1].Field(name)
			*s.Typed[0].Field(name), *s.Typed[1].Field(name) = right, right
		}
	}
	s.Differs = differing(s.Typed)
	return s
}

// store makes an answer of a paper if it is agreed, and returns how many it stored: 1 or 0.
func (p *Papers) store(ctx context.Context, batch Batch, state PaperState) (int, error) {
	office := p.Register.Office()
	answers, problems := office.PaperAnswers(batch, state.Typed[0])
	if !state.Agreed() || len(problems) > 0 {
		return 0, nil
	}
	unit := office.BatchUnit(batch)
	response := Response{Bucket: Bucket{Unit: unit.Code, Day: batch.Day}, ID: PaperID(batch.ID, state.Number), Answers: answers, Hour: noon, Lang: "id",
		Attribution: Attribution{Path: office.Path(unit.Code), Counter: batch.Counter, Officer: p.officer(office, batch, state.by),
			Channel: ChannelPaper, Trust: ChannelPaper.Trust(), Form: batch.Form}}
	outcome, err := p.Writer.Append(ctx, response.Record())
	if err != nil || outcome != Stored {
		return 0, err
	}
	return 1, nil
}

// noon stands for the hour that a paper does not tell.
const noon = 12

// officer returns whom a paper counts for: who alone served that day, unless the same person typed it.
func (p *Papers) officer(office *Office, batch Batch, typists []string) string {
	officer := office.SoleOfficer(batch.Counter, batch.Day)
	for _, username := range typists {
		if office.Accounts[username].Value.Officer == officer {
			return ""
		}
	}
	return officer
}
