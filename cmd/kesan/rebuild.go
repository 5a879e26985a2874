package main

import (
	"context"
	"fmt"
	"io"

	"kesan/survey"
)

// allDays are bounds that every day of an answer lies between.
const (
	firstDay survey.Day = "2020-01-01"
	lastDay  survey.Day = "2099-12-31"
)

func rebuildCommand(ctx context.Context, env environment, args []string) error {
	var s settings
	flags := newFlags("rebuild", "[options]\n\nThrows all tallies away and makes them anew from the answers. Answers are never touched, and a server may run meanwhile.")
	s.data(flags)
	s.Kept = true
	if err := parse(env, flags, args); err != nil {
		return err
	}
	if err := noMore(flags, 0); err != nil {
		return err
	}
	return withSystem(ctx, env, &s, func(sys *system) error {
		from, to, n, err := sys.span(ctx)
		if err != nil {
			return err
		}
		if n == 0 {
			fmt.Fprintln(env.Stdout, "Belum ada jawaban; tidak ada yang dihitung.")
			return nil
		}
		if err := sys.Tallier.Discard(ctx, firstDay, lastDay); err != nil {
			return err
		}
		if err := sys.Tallier.Rebuild(ctx, from, to, progress(env.Stderr, "menghitung ulang")); err != nil {
			return err
		}
		if err := sys.compareTallies(ctx, from, to); err != nil {
			return err
		}
		fmt.Fprintf(env.Stdout, "%d catatan dari %s sampai %s dihitung ulang; hasilnya cocok.\n", n, from, to)
		return nil
	})
}

// span returns the first and last day that hold records, and how many there are.
func (sys *system) span(ctx context.Context) (from, to survey.Day, n int64, err error) {
	counts, err := sys.Store.CountRecords(ctx, "", firstDay, lastDay)
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

// progress writes a share done as a line that the next one overwrites, be it a problem.
func progress(w io.Writer, what string) func(float64) {
	shown := -1
	return func(share float64) {
		percent := int(share * 100)
		if percent == shown {
			return
		}
		shown = percent
		fmt.Fprintf(w, "%s %3d%%\r", what, percent)
		if percent >= 100 {
			fmt.Fprintln(w)
		}
	}
}
