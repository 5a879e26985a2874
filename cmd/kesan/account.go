package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"kesan/handlers/auth"
	"kesan/handlers/locale"
	"kesan/survey"
)

const accountUsage = `[options] list
       kesan account [options] add USERNAME
       kesan account [options] password USERNAME
       kesan account [options] disable USERNAME
       kesan account [options] enable USERNAME

With --password-stdin the password is the first line of the standard input. Otherwise one is made and shown once; it is good
for seven days, and its owner must choose another at the first sign-in.`

// accountActions are the actions with the number of words that each takes.
var accountActions = map[string]int{"list": 0, "add": 1, "password": 1, "disable": 1, "enable": 1}

type accountFlags struct {
	settings
	name, role, unit, officer string
	fromStdin                 bool
}

func accountCommand(ctx context.Context, env environment, args []string) error {
	var a accountFlags
	flags := newFlags("account", accountUsage)
	a.data(flags)
	flags.StringVar(&a.name, "name", "", "full `NAME`, for add; without it the username")
	flags.StringVar(&a.role, "role", "admin", "`ROLE` of the account: admin, unit_head, appraiser, hr, reviewer or officer; for add")
	flags.StringVar(&a.unit, "unit", "", "`CODE` of the unit, for unit_head, reviewer and a limited hr")
	flags.StringVar(&a.officer, "officer", "", "NIP or code of the `PERSON`, for officer and appraiser")
	flags.BoolVar(&a.fromStdin, "password-stdin", false, "read the password from the standard input")
	if err := parse(env, flags, args); err != nil {
		return err
	}
	name, username, err := action(flags, accountActions)
	if err != nil {
		return err
	}
	a.Kept = name != "add" // which may be the first thing that is written
	return withSystem(ctx, env, &a.settings, func(sys *system) error { return a.run(ctx, env, sys, name, username) })
}

func (a *accountFlags) run(ctx context.Context, env environment, sys *system, name, username string) error {
	held, known := sys.Register.Office().Accounts[username]
	switch {
	case name == "list":
		return listAccounts(env, sys)
	case name == "add" && known:
		return failed(nil, "akun %s sudah ada; kesan account password %s memberinya kata sandi lain", username, username)
	case name == "add":
		return a.add(ctx, env, sys, username)
	case !known:
		return failed(nil, "tidak ada akun %s; kesan account list menyebutkan semuanya", username)
	case name == "password":
		return a.password(ctx, env, sys, username, nil)
	case held.Value.Disabled == (name == "disable"):
		return saved(env, username)
	}
	held.Value.Disabled = name == "disable"
	if err := sys.Register.Write(ctx, env.author(), "akun", survey.Draft{Object: held.Value, Base: held.Revision}); err != nil {
		return err
	}
	return saved(env, username)
}

func saved(env environment, username string) error {
	_, err := fmt.Fprintf(env.Stdout, "akun %s tersimpan\n", username)
	return err
}

func listAccounts(env environment, sys *system) error {
	accounts := sys.Register.Office().Accounts
	w := tabwriter.NewWriter(env.Stdout, 0, 0, 2, ' ', 0)
	for _, id := range accounts.IDs() {
		account, state := accounts[id].Value, ""
		if account.Disabled {
			state = "nonaktif"
		}
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\n", account.Username, account.Role, account.Unit, account.Name, state)
	}
	return w.Flush()
}

func (a *accountFlags) add(ctx context.Context, env environment, sys *system, username string) error {
	account := survey.Account{Username: username, Name: a.name, Role: survey.Role(a.role), Unit: a.unit, Officer: a.officer}
	if account.Name == "" {
		account.Name = username
	}
	if err := refuse(env, sys.Register.Office().CheckAccount(account)); err != nil {
		return err
	}
	return a.password(ctx, env, sys, username, func() error {
		return sys.Register.Write(ctx, env.author(), "akun baru", survey.Draft{Object: account})
	})
}

// password gives an account a new password. before is what has to be written once the password is known to be good.
func (a *accountFlags) password(ctx context.Context, env environment, sys *system, username string, before func() error) error {
	keep, password := auth.New(sys.Store, sys.Clock, false), auth.NewPassword()
	set := keep.SetTemporary
	if a.fromStdin {
		line, err := bufio.NewReader(env.Stdin).ReadString('\n')
		if err != nil && err != io.EOF {
			return failed(err, "kata sandi tidak dapat dibaca dari masukan standar")
		}
		password, set = strings.TrimRight(line, "\r\n"), keep.SetPassword
		if key, args := auth.CheckNew(password, username); key != "" {
			return refuse(env, survey.Problems{{Field: "password-stdin", Key: key, Args: args}})
		}
	}
	if before != nil {
		if err := before(); err != nil {
			return err
		}
	}
	if err := set(ctx, username, password); err != nil {
		return err
	}
	sys.Audit.Keep(ctx, env.author(), survey.AuditPasswordReset, username)
	if a.fromStdin {
		return saved(env, username)
	}
	_, err := fmt.Fprintf(env.Stdout, "kata sandi %s: %s\nBerlaku tujuh hari dan harus diganti saat pertama kali masuk.\n", username, password)
	return err
}

// refuse shows problems as sentences, each with the option it is about, and returns the error that ends the command.
func refuse(env environment, problems survey.Problems) error {
	if len(problems) == 0 {
		return nil
	}
	words, err := locale.Load()
	if err != nil {
		return err
	}
	for _, p := range problems {
		place := "--" + p.Field
		if p.Field == "username" {
			place = "USERNAME"
		}
		fmt.Fprintf(env.Stderr, "%s: %s\n", place, words.Problem(locale.Default, p))
	}
	return misused("%d isian keliru; tidak ada yang ditulis", len(problems))
}
