package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"text/tabwriter"

	"kesan/scoring"
)

const cycleUsage = `[options] list
       kesan cycle [options] open CYCLE
       kesan cycle [options] advance CYCLE
       kesan cycle [options] lock CYCLE

CYCLE is a month 2026-11, quarter 2026-TW4, semester 2026-S2 or year 2026.`

func cycleCommand(ctx context.Context, env environment, args []string) error {
	var s settings
	var reason string
	var early bool
	flags := newFlags(env, "cycle", cycleUsage)
	s.data(flags)
	flags.StringVar(&reason, "reason", "", "why; kept with the lock")
	flags.BoolVar(&early, "early", false, "lock before the cycle's last day has passed; needs --reason")
	if err := parse(env, flags, args); err != nil {
		return err
	}
	return withSystem(ctx, env, &s, func(sys *system) error { return runCycle(ctx, env, sys, flags, reason, early) })
}

func runCycle(ctx context.Context, env environment, sys *system, flags *flag.FlagSet, reason string, early bool) error {
	id := flags.Arg(1)
	switch action := flags.Arg(0); {
	case action == "list" && flags.NArg() == 1:
		return listCycles(env, sys)
	case flags.NArg() != 2:
		return fmt.Errorf("%w: kesan cycle %s", errUsage, cycleUsage)
	case action == "open":
		return sys.Results.Open(ctx, id, cycleAuthor, reason)
	case action == "advance":
		return sys.Results.Advance(ctx, id, cycleAuthor, reason)
	case action == "lock":
		err := sys.Results.Lock(ctx, id, cycleAuthor, reason, early, sys.Tallier)
		if errors.Is(err, scoring.ErrTooEarly) {
			return fmt.Errorf("%w; --early with --reason locks it all the same", err)
		}
		return err
	}
	return fmt.Errorf("%w: kesan cycle %s", errUsage, cycleUsage)
}

const cycleAuthor = "kesan cycle"

func listCycles(env environment, sys *system) error {
	cycles := sys.Register.Office().Cycles
	w := tabwriter.NewWriter(env.Stdout, 0, 0, 2, ' ', 0)
	for _, id := range cycles.IDs() {
		cycle := cycles[id].Value
		fmt.Fprintf(w, "%s\t%s\t%d\t%s\n", cycle.ID, cycle.State, cycle.Version, cycle.Digest)
	}
	return w.Flush()
}
