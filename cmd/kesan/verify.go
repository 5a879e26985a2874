package main

import (
	"context"
	"fmt"

	"kesan/survey"
)

func verifyCommand(ctx context.Context, env environment, args []string) error {
	var s settings
	flags := newFlags(env, "verify", "[options] [CYCLE]\n\nComputes everything anew from the answers and compares: all tallies, and every locked cycle or the one named.\nExit code 3: something differs.")
	s.data(flags)
	if err := parse(env, flags, args); err != nil {
		return err
	}
	return withSystem(ctx, env, &s, func(sys *system) error {
		from, to, n, err := sys.span(ctx)
		if err != nil {
			return err
		}
		if n > 0 {
			if err := sys.compare(ctx, from, to); err != nil {
				return err
			}
		}
		fmt.Fprintf(env.Stdout, "%d catatan: hitungan yang disimpan cocok dengan jawabannya.\n", n)
		return sys.verifyCycles(ctx, env, flags.Arg(0))
	})
}

func (sys *system) verifyCycles(ctx context.Context, env environment, only string) error {
	cycles := sys.Register.Office().Cycles
	if _, ok := cycles[only]; only != "" && !ok {
		return fmt.Errorf("%w: there is no cycle %q", errUsage, only)
	}
	for _, id := range cycles.IDs() {
		if cycles[id].Value.State != survey.CycleLocked || only != "" && id != only {
			continue
		}
		found, err := sys.Results.Verify(ctx, id, sys.Tallier)
		if err != nil {
			return fmt.Errorf("cycle %s: %w", id, err)
		}
		if !found.Same {
			return fmt.Errorf("%w: cycle %s: %s", errDifferent, id, found.First)
		}
		fmt.Fprintf(env.Stdout, "siklus %s: cocok, sidik %s, %d unit-hari mendapat jawaban sesudah dikunci\n",
			id, cycles[id].Value.Digest, len(found.Later))
	}
	return nil
}
