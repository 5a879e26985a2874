package demo_test

import (
	"context"
	"iter"
	"testing"
	"time"

	"kesan/survey"
	"kesan/survey/demo"
)

const (
	seed  = 1
	until = survey.Day("2026-11-20")
)

// changeLog is as much of a store as a register needs.
type changeLog struct {
	survey.Store
	changes []survey.Change
}

func (l *changeLog) AppendChange(_ context.Context, change survey.Change) error {
	l.changes = append(l.changes, change)
	return nil
}

func (l *changeLog) Changes(_ context.Context, after int64) iter.Seq2[survey.Change, error] {
	return func(yield func(survey.Change, error) bool) {
		for _, change := range l.changes[after:] {
			if !yield(change, nil) {
				return
			}
		}
	}
}

// officeOf configures a register with a region and returns the office that comes of it.
func officeOf(t testing.TB, region *demo.Region) *survey.Office {
	t.Helper()
	office, err := configured(region)
	if err != nil {
		t.Fatal(err)
	}
	return office
}

func configured(region *demo.Region) (*survey.Office, error) {
	ctx, clock := context.Background(), func() time.Time { return time.Date(2026, 11, 21, 1, 0, 0, 0, time.UTC) }
	register, err := survey.OpenRegister(ctx, &changeLog{}, clock)
	if err != nil {
		return nil, err
	}
	if err := region.Configure(ctx, register); err != nil {
		return nil, err
	}
	return register.Office(), nil
}
