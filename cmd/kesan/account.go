package main

import (
	"bufio"
	"context"
	"flag"
	"fmt"
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

Passwords are read from the first line of the standard input with --password-stdin; otherwise one is made and shown once.`

type accountFlags struct {
	settings
	name, role, unit, officer string
	fromStdin                 bool
}

func accountCommand(ctx context.Context, env environment, args []string) error {
	var a accountFlags
	flags := newFlags(env, "account", accountUsage)
	a.data(flags)
	flags.StringVar(&a.name, "name", "", "full name, for add")
	flags.StringVar(&a.role, "role", "admin", "admin, unit_head, appraiser, hr, reviewer or officer, for add")
	flags.StringVar(&a.unit, "unit", "", "code of the unit, for unit_head, reviewer and a limited hr")
	flags.StringVar(&a.officer, "officer", "", "NIP or code of the person, for officer and appraiser")
	flags.BoolVar(&a.fromStdin, "password-stdin", false, "read the password from the standard input")
	if err := parse(env, flags, args); err != nil {
		return err
	}
	return withSystem(ctx, env, &a.settings, func(sys *system) error { return a.run(ctx, env, sys, flags) })
}

func (a *accountFlags) run(ctx context.Context, env environment, sys *system, flags *flag.FlagSet) error {
	username := flags.Arg(1)
	switch action := flags.Arg(0); {
	case action == "list" && flags.NArg() == 1:
		return listAccounts(env, sys)
	case flags.NArg() != 2:
		return fmt.Errorf("%w: kesan account %s", errUsage, accountUsage)
	case action == "add":
		return a.add(ctx, env, sys, username)
	case action == "password":
		if _, err := sys.Register.Office().Accounts.Value(username); err != nil {
			return fmt.Errorf("account %s: %w", username, err)
		}
		password, err := a.password(env, username)
		if err != nil {
			return err
		}
		return a.setPassword(ctx, env, sys, username, password)
	case action == "disable" || action == "enable":
		return setDisabled(ctx, sys, username, action == "disable")
	}
	return fmt.Errorf("%w: kesan account %s", errUsage, accountUsage)
}

func listAccounts(env environment, sys *system) error {
	accounts := sys.Register.Office().Accounts
	w := tabwriter.NewWriter(env.Stdout, 0, 0, 2, ' ', 0)
	for _, id := range accounts.IDs() {
		account, state := accounts[id].Value, ""
		if account.Disabled {
			state = "disabled"
		}
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\n", account.Username, account.Role, account.Unit, account.Name, state)
	}
	return w.Flush()
}

func (a *accountFlags) add(ctx context.Context, env environment, sys *system, username string) error {
	account := survey.Account{Username: username, Name: a.name, Role: survey.Role(a.role), Unit: a.unit, Officer: a.officer}
	if problem := accountProblem(sys.Register.Office(), account); problem != "" {
		return fmt.Errorf("%w: %s", errUsage, problem)
	}
	password, err := a.password(env, username)
	if err != nil {
		return err
	}
	if err := sys.Register.Write(ctx, "kesan account", "akun baru", survey.Draft{Object: account}); err != nil {
		return err
	}
	return a.setPassword(ctx, env, sys, username, password)
}

// accountProblem says what is wrong with a new account.
func accountProblem(office *survey.Office, account survey.Account) string {
	if problems := office.CheckAccount(account); len(problems) > 0 {
		return problems[0].Field + ": " + inWords(problems[0])
	}
	if _, known := office.Accounts[account.Username]; known {
		return fmt.Sprintf("there is an account %q already", account.Username)
	}
	return ""
}

// inWords is a problem as the pages say it.
func inWords(problem survey.Problem) string {
	words, err := locale.Load()
	if err != nil {
		return problem.Key
	}
	return words.Problem(locale.Default, problem)
}

// password reads a password from the standard input, or makes one.
func (a *accountFlags) password(env environment, username string) (string, error) {
	if !a.fromStdin {
		return auth.NewPassword(), nil
	}
	line, err := bufio.NewReader(env.Stdin).ReadString('\n')
	if err != nil && line == "" {
		return "", fmt.Errorf("read password: %w", err)
	}
	password := strings.TrimRight(line, "\r\n")
	if key, args := auth.CheckNew(password, username); key != "" {
		return "", fmt.Errorf("%w: %s", errUsage, inWords(survey.Problem{Key: key, Args: args}))
	}
	return password, nil
}

func (a *accountFlags) setPassword(ctx context.Context, env environment, sys *system, username, password string) error {
	if err := auth.New(sys.Store, sys.Clock, false).SetPassword(ctx, username, password); err != nil {
		return err
	}
	if !a.fromStdin {
		fmt.Fprintf(env.Stdout, "kata sandi %s: %s\n", username, password)
	}
	return nil
}

func setDisabled(ctx context.Context, sys *system, username string, disabled bool) error {
	held, ok := sys.Register.Office().Accounts[username]
	if !ok {
		return fmt.Errorf("account %s: %w", username, survey.ErrNotFound)
	}
	held.Value.Disabled = disabled
	return sys.Register.Write(ctx, "kesan account", "akun", survey.Draft{Object: held.Value, Base: held.Revision})
}
