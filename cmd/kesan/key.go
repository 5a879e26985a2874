package main

import (
	"context"
	"flag"
	"fmt"
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
A backup holds the root keys alone, encrypted with a passphrase read from the standard input; keep it apart from the data.`

func keyCommand(_ context.Context, env environment, args []string) error {
	var s settings
	flags := newFlags(env, "key", keyUsage)
	flags.StringVar(&s.Data, "data", "data", "folder of the keys")
	if err := parse(env, flags, args); err != nil {
		return err
	}
	if flags.Arg(0) == "restore" && flags.NArg() == 2 { // before anything makes a key
		passphrase, err := readPassphrase(env)
		if err != nil {
			return err
		}
		return keyring.Restore(filepath.Join(s.Data, "keys"), flags.Arg(1), passphrase)
	}
	keys, err := keyring.Open(filepath.Join(s.Data, "keys"), survey.Clock(time.Now))
	if err != nil {
		return err
	}
	return runKey(env, keys, flags)
}

func runKey(env environment, keys *keyring.Keyring, flags *flag.FlagSet) error {
	argument := flags.Arg(1)
	switch action := flags.Arg(0); {
	case action == "list" && flags.NArg() == 1:
		return listKeys(env, keys)
	case action == "rotate" && flags.NArg() == 1:
		return keys.Rotate()
	case action == "confirm-clock" && flags.NArg() == 1:
		return keys.ConfirmClock()
	case action == "retire" && flags.NArg() == 2:
		id, err := strconv.ParseUint(argument, 10, 16)
		if err != nil {
			return fmt.Errorf("%w: %q is not the ID of a key; kesan key list shows them", errUsage, argument)
		}
		return keys.Retire(uint16(id))
	case action == "backup" && flags.NArg() == 2:
		passphrase, err := readPassphrase(env)
		if err != nil {
			return err
		}
		return keys.Backup(argument, passphrase)
	}
	return fmt.Errorf("%w: kesan key %s", errUsage, keyUsage)
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
