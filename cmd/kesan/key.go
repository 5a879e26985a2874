package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"kesan/survey"
	"kesan/survey/keyring"
)

const keyUsage = `[options] list
       kesan key [options] rotate
       kesan key [options] retire ID
       kesan key [options] backup FILE
       kesan key [options] restore FILE
       kesan key [options] confirm-clock

Root keys make and verify the addresses in QR codes. A retired key ends every sheet that was printed with it.
A backup holds the root keys alone, encrypted with a passphrase read from the standard input; keep it apart from the data.
confirm-clock accepts the present time after the clock has leapt ahead, so that old day keys are destroyed again.
All but list leave a line in the audit of the store; restore also works where no store is yet.`

// keyActions are the actions with the number of words that each takes.
var keyActions = map[string]int{"list": 0, "rotate": 0, "retire": 1, "backup": 1, "restore": 1, "confirm-clock": 0}

func keyCommand(ctx context.Context, env environment, args []string) error {
	var s settings
	flags := newFlags("key", keyUsage)
	s.data(flags)
	if err := parse(env, flags, args); err != nil {
		return err
	}
	name, word, err := action(flags, keyActions)
	if err != nil {
		return err
	}
	if err := s.complete(); err != nil {
		return err
	}
	if name == "restore" { // before anything makes a key
		return restoreKeys(ctx, env, &s, word)
	}
	if _, err := os.Stat(keyFolder(s.Data)); err != nil {
		return failed(err, "--data (KESAN_DATA): tidak ada kunci di sana")
	}
	keys, err := openKeys(s.Data, time.Now)
	if err != nil {
		return err
	}
	if name == "list" {
		return listKeys(env, keys)
	}
	s.Kept = true
	return withAudit(ctx, env, &s, func(audit *survey.Audit) error { return runKey(ctx, env, keys, audit, name, word) })
}

// withAudit opens the store alone: the system would make keys.
func withAudit(ctx context.Context, env environment, s *settings, work func(*survey.Audit) error) error {
	if err := s.complete(); err != nil {
		return err
	}
	store, err := openStore(ctx, s.Store)
	if err != nil {
		return err
	}
	return errors.Join(work(survey.NewAudit(store, time.Now, newLog(env.Stderr, false))), store.Close())
}

func runKey(ctx context.Context, env environment, keys *keyring.Keyring, audit *survey.Audit, name, word string) error {
	var action survey.AuditAction
	var done string
	var err error
	switch name {
	case "rotate":
		action, err = survey.AuditRootMade, keys.Rotate()
		id, _ := keys.Root()
		word, done = strconv.Itoa(int(id)), "lembar QR baru dibuat dengan kunci %s"
	case "confirm-clock":
		action, done, err = survey.AuditClock, "jam komputer dibenarkan%s", keys.ConfirmClock()
	case "retire":
		action, done, err = survey.AuditRootRetired, "kunci %s dimusnahkan; lembar QR yang dicetak dengannya tidak berlaku lagi", retireKey(keys, word)
	case "backup":
		action, done, err = survey.AuditRootBackup, "cadangan kunci selesai: %s", backupKeys(env, keys, word)
		word = filepath.Base(word)
	}
	if err != nil {
		return failed(err, "kesan key %s tidak selesai", name)
	}
	audit.Keep(ctx, env.author(), action, word)
	_, err = fmt.Fprintf(env.Stdout, done+"\n", word)
	return err
}

func retireKey(keys *keyring.Keyring, word string) error {
	id, err := strconv.ParseUint(word, 10, 16)
	if err != nil {
		return misused("%q bukan nomor kunci; kesan key list menyebutkan semuanya", word)
	}
	if err = keys.Retire(uint16(id)); errors.Is(err, survey.ErrNotFound) {
		return failed(nil, "tidak ada kunci %d; kesan key list menyebutkan semuanya", id)
	}
	return err
}

func backupKeys(env environment, keys *keyring.Keyring, file string) error {
	passphrase, err := readPassphrase(env)
	if err != nil {
		return err
	}
	return keys.Backup(file, passphrase)
}

// restoreKeys leaves a line where a store is there; the keys may come before it.
func restoreKeys(ctx context.Context, env environment, s *settings, file string) error {
	passphrase, err := readPassphrase(env)
	if err != nil {
		return err
	}
	restore := func() error {
		if err := keyring.Restore(keyFolder(s.Data), file, passphrase); err != nil {
			return failed(err, "kunci tidak dapat dipulihkan")
		}
		_, err := fmt.Fprintln(env.Stdout, "kunci dipulihkan dari", file)
		return err
	}
	if s.Kept = true; s.complete() != nil {
		return restore()
	}
	return withAudit(ctx, env, s, func(audit *survey.Audit) error {
		if err := restore(); err != nil {
			return err
		}
		audit.Keep(ctx, env.author(), survey.AuditRootRestore, filepath.Base(file))
		return nil
	})
}

func listKeys(env environment, keys *keyring.Keyring) error {
	roots, err := keys.Roots()
	if err != nil {
		return err
	}
	for _, root := range roots {
		state := "masih berlaku"
		if root.Active {
			state = "dipakai"
		}
		fmt.Fprintf(env.Stdout, "%d  %s  %s\n", root.ID, root.Created.UTC().Format(time.DateOnly), state)
	}
	return nil
}
