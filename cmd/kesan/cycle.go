package main

import (
	"context"
	"errors"
	"fmt"
	"text/tabwriter"

	"kesan/handlers/export"
	"kesan/survey"
)

const cycleUsage = `[options] list
       kesan cycle [options] open CYCLE
       kesan cycle [options] advance CYCLE
       kesan cycle [options] lock CYCLE

CYCLE is a month 2026-11, quarter 2026-TW4, semester 2026-S2 or year 2026. A cycle goes from open over provisional (advance)
to locked, and never back.`

// cycleActions are the actions with the number of words that each takes.
var cycleActions = map[string]int{"list": 0, "open": 1, "advance": 1, "lock": 1}

type cycleFlags struct {
	settings
	reason string
	early  bool
}

func cycleCommand(ctx context.Context, env environment, args []string) error {
	var f cycleFlags
	flags := newFlags("cycle", cycleUsage)
	f.data(flags)
	f.Kept = true
	flags.StringVar(&f.reason, "reason", "", "why, a `TEXT` that the history keeps")
	flags.BoolVar(&f.early, "early", false, "lock before the cycle's last day has passed; needs --reason")
	if err := parse(env, flags, args); err != nil {
		return err
	}
	name, id, err := action(flags, cycleActions)
	if err != nil {
		return err
	}
	if _, err := survey.ParsePeriod(id); name != "list" && err != nil {
		return misused("%q bukan siklus; tulis 2026-11, 2026-TW4, 2026-S2, atau 2026", id)
	}
	if f.early && f.reason == "" {
		return misused("--early (KESAN_EARLY) memerlukan --reason (KESAN_REASON)")
	}
	return withSystem(ctx, env, &f.settings, func(sys *system) error { return f.run(ctx, env, sys, name, id) })
}

func (f *cycleFlags) run(ctx context.Context, env environment, sys *system, name, id string) error {
	var err error
	var undone string
	switch name {
	case "open":
		undone, err = "dibuka", sys.Results.Open(ctx, id, env.author(), f.reason)
	case "advance":
		undone, err = "dijadikan sementara", sys.Results.Advance(ctx, id, env.author(), f.reason)
	case "lock":
		undone, err = "dikunci", sys.Results.Lock(ctx, id, env.author(), f.reason, f.early, sys.Tallier)
	default:
		return listCycles(env, sys)
	}
	switch {
	case err == nil:
		_, err = fmt.Fprintf(env.Stdout, "siklus %s: %s\n", id, export.StateWord(sys.Register.Office().Cycles[id].Value.State))
		return err
	case errors.Is(err, survey.ErrConflict) && name == "open":
		return failed(nil, "siklus %s sudah ada; kesan cycle list menyebutkan keadaannya", id)
	case errors.Is(err, survey.ErrNotFound):
		return failed(nil, "siklus %s belum ada; kesan cycle open %s membukanya", id, id)
	}
	return failed(err, "siklus %s tidak dapat %s", id, undone)
}

func listCycles(env environment, sys *system) error {
	cycles := sys.Register.Office().Cycles
	w := tabwriter.NewWriter(env.Stdout, 0, 0, 2, ' ', 0)
	for _, id := range cycles.IDs() {
		cycle := cycles[id].Value
		fmt.Fprintf(w, "%s\t%s\t%d\t%s\n", cycle.ID, export.StateWord(cycle.State), cycle.Version, cycle.Digest)
	}
	return w.Flush()
}
