package main

import (
	"context"
	"fmt"
	"path/filepath"

	"kesan/survey"
)

// backuper is a store that can copy itself while it is in use.
type backuper interface {
	Backup(ctx context.Context, path string) error
}

const backupUsage = `[options] FILE

Copies the embedded store into a new file while it is in use. Keys are not in it: see kesan key backup. Tallies are not either:
the server makes them anew. See kesan restore.`

func backupCommand(ctx context.Context, env environment, args []string) error {
	var s settings
	flags := newFlags("backup", backupUsage)
	s.data(flags)
	s.Kept = true
	if err := parse(env, flags, args); err != nil {
		return err
	}
	if flags.NArg() != 1 {
		return misused("kesan backup memerlukan satu FILE, bukan %d; kesan backup -h menjelaskan", flags.NArg())
	}
	return withSystem(ctx, env, &s, func(sys *system) error {
		store, ok := sys.Store.(backuper)
		if !ok {
			return misused("MongoDB dicadangkan dengan mongodump atau salinan volumenya; lihat README")
		}
		if err := store.Backup(ctx, flags.Arg(0)); err != nil {
			return failed(err, "cadangan tidak dapat dibuat")
		}
		sys.Audit.Keep(ctx, env.author(), survey.AuditBackup, filepath.Base(flags.Arg(0)))
		_, err := fmt.Fprintln(env.Stdout, "cadangan selesai:", flags.Arg(0))
		return err
	})
}
