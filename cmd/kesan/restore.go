package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"kesan/handlers/locale"
	"kesan/survey"
	"kesan/survey/sqlite"
)

const restoreUsage = `[options] FILE

Puts a copy that kesan backup made into a data folder without a store, and checks it as kesan verify does. FILE is only read.
It says until when the copy knows, since what came later is not there. Keys come by kesan key restore, before or after.
Exit code 3: what was restored does not fit together.`

func restoreCommand(ctx context.Context, env environment, args []string) error {
	var s settings
	flags := newFlags("restore", restoreUsage)
	s.data(flags)
	if err := parse(env, flags, args); err != nil {
		return err
	}
	if flags.NArg() != 1 {
		return misused("kesan restore memerlukan satu FILE, bukan %d; kesan restore -h menjelaskan", flags.NArg())
	}
	if err := s.complete(); err != nil {
		return err
	}
	path, embedded := strings.CutPrefix(s.Store, sqliteScheme)
	if !embedded {
		return misused("MongoDB dipulihkan dengan mongorestore atau salinan volumenya; lihat README")
	}
	if err := os.MkdirAll(s.Data, 0o700); err != nil {
		return failed(err, "--data (KESAN_DATA): folder data tidak dapat dibuat")
	}
	if err := sqlite.Restore(ctx, flags.Arg(0), path); err != nil {
		return notRestored(err, flags.Arg(0), path)
	}
	fmt.Fprintf(env.Stdout, "cadangan dipulihkan ke %s\n", path)
	if err := withBooks(ctx, env, &s, func(b books) error {
		survey.NewAudit(b.store, time.Now, newLog(env.Stderr, s.Debug)).Keep(ctx, env.author(), survey.AuditRestore, filepath.Base(flags.Arg(0)))
		return b.tellRestored(ctx, env)
	}); err != nil {
		return err
	}
	return tellKeys(env, s.Data)
}

// notRestored says why a backup was refused. To advise another backup or folder it knows better than other commands.
func notRestored(err error, file, path string) error {
	const what = "cadangan tidak dapat dipulihkan"
	switch {
	case errors.Is(err, sqlite.ErrDamaged):
		return failed(nil, what+": %s bukan cadangan dari kesan backup, atau rusak; pakai cadangan lain. Cadangan kunci dipulihkan dengan kesan key restore", file)
	case errors.Is(err, fs.ErrExist):
		return failed(nil, what+": %s sudah ada; pilih --data lain, atau pindahkan berkas itu dahulu", path)
	}
	return failed(err, what)
}

// tellRestored makes the tallies, checks what was restored and says until when it knows.
func (b books) tellRestored(ctx context.Context, env environment) error {
	from, to, n, err := b.span(ctx)
	if err != nil {
		return err
	}
	if n > 0 {
		if err := b.tallier.Rebuild(ctx, from, to, progress(env.Stderr, "menghitung")); err != nil {
			return err
		}
	}
	if err := b.verify(ctx, env, ""); err != nil {
		return err
	}
	if n > 0 {
		fmt.Fprintf(env.Stdout, "jawaban terakhir dari %s; yang masuk sesudah cadangan dibuat tidak ada di sini\n", locale.Date(to))
	}
	var changed time.Time
	for change, err := range b.store.Changes(ctx, 0) {
		if err != nil {
			return err
		}
		changed = change.At
	}
	if !changed.IsZero() {
		fmt.Fprintf(env.Stdout, "konfigurasi terakhir diubah %s\n", locale.DateTime(changed, survey.WIB))
	}
	return nil
}

// tellKeys says what is still to be done where the keys are missing: a server would make new ones.
func tellKeys(env environment, data string) error {
	if _, err := os.Stat(keyFolder(data)); err == nil {
		return nil
	}
	_, err := fmt.Fprintln(env.Stdout, "kunci belum ada: jalankan kesan key restore sebelum kesan serve, supaya poster yang terpasang tetap dapat dibuka")
	return err
}
