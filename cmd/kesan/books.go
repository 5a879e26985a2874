package main

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"kesan/scoring"
	"kesan/survey"
)

// books are a store and what makes figures of it: all that a check needs. Keys do not belong to them, so a check makes none
// where those of a backup are still to be put.
type books struct {
	store    survey.Store
	register *survey.Register
	tallier  *survey.Tallier
	results  *scoring.Reader
}

func readBooks(ctx context.Context, store survey.Store, clock survey.Clock, log *slog.Logger) (books, error) {
	register, err := survey.OpenRegister(ctx, store, clock)
	if err != nil {
		return books{}, failed(err, "konfigurasi di basis data tidak dapat dibaca")
	}
	return books{store: store, register: register, tallier: survey.NewTallier(store, clock, log),
		results: scoring.NewReader(store, register, clock)}, nil
}

// withBooks opens the books for one piece of work.
func withBooks(ctx context.Context, env environment, s *settings, work func(books) error) error {
	if err := s.complete(); err != nil {
		return err
	}
	store, err := openStore(ctx, s.Store)
	if err != nil {
		return err
	}
	b, err := readBooks(ctx, store, time.Now, newLog(env.Stderr, s.Debug))
	if err == nil {
		err = work(b)
	}
	return errors.Join(err, store.Close())
}

// allDays are bounds that every day of an answer lies between.
const (
	firstDay survey.Day = "2020-01-01"
	lastDay  survey.Day = "2099-12-31"
)

// span returns the first and last day that hold records, and how many there are.
func (b books) span(ctx context.Context) (from, to survey.Day, n int64, err error) {
	counts, err := b.store.CountRecords(ctx, "", firstDay, lastDay)
	if err != nil {
		return "", "", 0, failed(err, "catatan tidak dapat dihitung")
	}
	for i, c := range counts {
		if i == 0 {
			from, to = c.Day, c.Day
		}
		from, to, n = min(from, c.Day), max(to, c.Day), n+c.N
	}
	return from, to, n, nil
}
