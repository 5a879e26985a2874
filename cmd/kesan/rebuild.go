package main

import (
	"context"
	"fmt"
	"io"
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
	return withBooks(ctx, env, &s, func(b books) error {
		from, to, n, err := b.span(ctx)
		if err != nil {
			return err
		}
		if n == 0 {
			fmt.Fprintln(env.Stdout, "Belum ada jawaban; tidak ada yang dihitung.")
			return nil
		}
		if err := b.tallier.Discard(ctx, firstDay, lastDay); err != nil {
			return err
		}
		if err := b.tallier.Rebuild(ctx, from, to, progress(env.Stderr, "menghitung ulang")); err != nil {
			return err
		}
		if err := b.compareTallies(ctx, from, to); err != nil {
			return err
		}
		fmt.Fprintf(env.Stdout, "%d catatan dari %s sampai %s dihitung ulang; hasilnya cocok.\n", n, from, to)
		return nil
	})
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
