package main

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"time"

	"kesan/handlers"
	"kesan/scoring"
	"kesan/survey"
	"kesan/survey/keyring"
	"kesan/survey/mongodb"
	"kesan/survey/sqlite"
)

// system is the product without its server: the store and the domain around it.
type system struct {
	handlers.System
	keys *keyring.Keyring
}

// openSystem opens store and keys and reads the configuration. The caller closes it.
func openSystem(ctx context.Context, s *settings, log *slog.Logger) (*system, error) {
	if err := os.MkdirAll(s.Data, 0o700); err != nil {
		return nil, failed(err, "--data (KESAN_DATA): folder data tidak dapat dibuat")
	}
	store, err := openStore(ctx, s.Store)
	if err != nil {
		return nil, err
	}
	sys, err := wire(ctx, store, s.Data, time.Now, log)
	if err != nil {
		return nil, errors.Join(err, store.Close())
	}
	return sys, nil
}

// openStore opens the store that checked settings name.
func openStore(ctx context.Context, uri string) (survey.Store, error) {
	var store survey.Store
	var err error
	if path, ok := strings.CutPrefix(uri, sqliteScheme); ok {
		store, err = sqlite.Open(ctx, path)
	} else {
		store, err = mongodb.Open(ctx, uri)
	}
	if err != nil {
		return nil, failed(err, "--store (KESAN_STORE): basis data tidak dapat dibuka")
	}
	return store, nil
}

// withSystem opens the system for one piece of work.
func withSystem(ctx context.Context, env environment, s *settings, work func(*system) error) error {
	if err := s.complete(); err != nil {
		return err
	}
	sys, err := openSystem(ctx, s, newLog(env.Stderr, s.Debug))
	if err != nil {
		return err
	}
	if err := work(sys); err != nil {
		sys.Close()
		return err
	}
	return sys.Close()
}

func wire(ctx context.Context, store survey.Store, data string, clock survey.Clock, log *slog.Logger) (*system, error) {
	keys, err := openKeys(data, clock)
	if err != nil {
		return nil, err
	}
	b, err := readBooks(ctx, store, clock, log)
	if err != nil {
		return nil, err
	}
	register, tallier := b.register, b.tallier
	if sheets := len(register.Office().Sheets); keys.Fresh && sheets > 0 {
		log.Warn("the key folder was empty: the QR codes of all printed sheets lead nowhere; "+
			"remove the new keys and run kesan key restore, or print the posters again", "sheets", sheets)
	}
	writer := survey.NewWriter(store, tallier)
	minter := survey.NewMinter(keys)
	return &system{keys: keys, System: handlers.System{
		Store: store, Register: register, Keys: keys, Minter: minter, Writer: writer, Tallier: tallier, Clock: clock, Log: log,
		Intake:  &survey.Intake{Register: register, Keys: keys, Minter: minter, Writer: writer, Clock: clock},
		Mover:   &survey.Mover{Register: register, Store: store, Tallier: tallier, Locked: scoring.Locked},
		Papers:  &survey.Papers{Register: register, Store: store, Writer: writer, Clock: clock, Locked: scoring.Locked},
		Tickets: &survey.Tickets{Register: register, Keys: keys, Minter: minter, Store: store, Clock: clock},
		Audit:   survey.NewAudit(store, clock, log),
		Scans:   survey.NewScans(store, log), SheetUses: survey.NewSheetUses(store),
		Results: b.results,
	}}, nil
}

// openKeys opens the key folder of a data folder.
func openKeys(data string, clock survey.Clock) (*keyring.Keyring, error) {
	keys, err := keyring.Open(keyFolder(data), clock)
	if err != nil {
		return nil, failed(err, "--data (KESAN_DATA): kunci tidak dapat dibuka")
	}
	return keys, nil
}

func keyFolder(data string) string { return filepath.Join(data, "keys") }

// Close writes what waits and closes the store.
func (sys *system) Close() error {
	sys.Writer.Close()
	return sys.Store.Close()
}

// coveredDays returns the days that cycles cover which are not locked: those whose figures may still move.
func (sys *system) coveredDays() (from, to survey.Day) {
	today := survey.DayOf(sys.Clock.Now(), survey.WIT)
	from, to = today, today
	for id, held := range sys.Register.Office().Cycles {
		period, err := survey.ParsePeriod(id)
		if err != nil || held.Value.State == survey.CycleLocked {
			continue
		}
		from, to = min(from, period.From), max(to, period.To)
	}
	return from, to
}

// newLog writes one JSON line for each event. No line carries a person, an address or an answer.
func newLog(w io.Writer, debug bool) *slog.Logger {
	level := slog.LevelInfo
	if debug {
		level = slog.LevelDebug
	}
	return slog.New(slog.NewJSONHandler(w, &slog.HandlerOptions{Level: level}))
}
