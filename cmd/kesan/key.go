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
confirm-clock accepts the present time after the clock has leapt ahead, so that old day keys are destroyed again.`

// keyActions are the actions with the number of words that each takes.
var keyActions = map[string]int{"list": 0, "rotate": 0, "retire": 1, "backup": 1, "restore": 1, "confirm-clock": 0}

func keyCommand(_ context.Context, env environment, args []string) error {
	var s settings
	flags := newFlags("key", keyUsage)
	flags.StringVar(&s.Data, "data", "data", "`DIR` of the keys")
	if err := parse(env, flags, args); err != nil {
		return err
	}
	name, word, err := action(flags, keyActions)
	if err != nil {
		return err
	}
	dir := filepath.Join(s.Data, "keys")
	if name == "restore" { // before anything makes a key
		return restoreKeys(env, dir, word)
	}
	if _, err := os.Stat(dir); err != nil {
		return fmt.Errorf("--data (KESAN_DATA): no keys are there yet: %w", err)
	}
	keys, err := keyring.Open(dir, survey.Clock(time.Now))
	if err != nil {
		return err
	}
	return runKey(env, keys, name, word)
}

func runKey(env environment, keys *keyring.Keyring, name, word string) error {
	switch name {
	case "rotate":
		return keys.Rotate()
	case "confirm-clock":
		return keys.ConfirmClock()
	case "retire":
		id, err := strconv.ParseUint(word, 10, 16)
		if err != nil {
			return fmt.Errorf("%w: %q is not the ID of a key; kesan key list shows them", errUsage, word)
		}
		if err = keys.Retire(uint16(id)); errors.Is(err, survey.ErrNotFound) {
			return fmt.Errorf("there is no key %d; kesan key list shows them", id)
		}
		return err
	case "backup":
		passphrase, err := readPassphrase(env)
		if err != nil {
			return err
		}
		return keys.Backup(word, passphrase)
	}
	return listKeys(env, keys)
}

func restoreKeys(env environment, dir, file string) error {
	passphrase, err := readPassphrase(env)
	if err != nil {
		return err
	}
	return keyring.Restore(dir, file, passphrase)
}

func listKeys(env environment, keys *keyring.Keyring) error {
	roots, err := keys.Roots()
	if err != nil {
		return err
	}
	for _, root := range roots {
		state := "verify"
		if root.Active {
			state = "active"
		}
		fmt.Fprintf(env.Stdout, "%d  %s  %s\n", root.ID, root.Created.UTC().Format(time.DateOnly), state)
	}
	return nil
}
