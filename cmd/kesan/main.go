// Command kesan is the whole product in one program: the server and what its operators need around it.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"os/user"
	"strconv"
	"strings"
	"syscall"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // a second signal ends the program at once
	env := environment{Stdin: os.Stdin, Stdout: os.Stdout, Stderr: os.Stderr, Getenv: os.Getenv, User: operator()}
	os.Exit(exitCode(run(ctx, env, os.Args[1:]), env.Stderr))
}

// environment is what a command may touch of the process around it.
type environment struct {
	Stdin          io.Reader
	Stdout, Stderr io.Writer
	Getenv         func(string) string
	User           string // of the operating system
}

// author is who the history and the audit say it was.
func (e environment) author() string { return "baris perintah (" + e.User + ")" }

// operator names the user of the operating system; with sudo, who asked for it. A container may know a number alone.
func operator() string {
	if name := os.Getenv("SUDO_USER"); name != "" {
		return strings.ToValidUTF8(name, "")
	}
	if known, err := user.Current(); err == nil {
		return known.Username
	}
	return "uid " + strconv.Itoa(os.Getuid())
}

// command is one word after `kesan`.
type command struct {
	name    string
	summary string
	run     func(ctx context.Context, env environment, args []string) error
}

// commands lists all commands in the order in which people meet them.
func commands() []command {
	return []command{
		{"demo", "show the whole product with an invented region", demoCommand},
		{"serve", "serve an office or a region", serveCommand},
		{"import", "read units, officers, rosters and more from CSV files", importCommand},
		{"account", "create accounts, reset passwords", accountCommand},
		{"cycle", "open, advance and lock evaluation cycles", cycleCommand},
		{"tickets", "issue one-time tickets for a counter", ticketsCommand},
		{"ikm", "compute the IKM of a table of answers", ikmCommand},
		{"rebuild", "make all tallies anew from the answers", rebuildCommand},
		{"verify", "check tallies and locked cycles against the answers", verifyCommand},
		{"backup", "copy the embedded store while it is in use", backupCommand},
		{"restore", "put such a copy into an empty data folder and check it", restoreCommand},
		{"key", "list, rotate, retire and back up secret keys", keyCommand},
		{"healthcheck", "ask a running server whether it is ready", healthcheckCommand},
		{"version", "print the version", versionCommand},
	}
}

func exitCode(err error, stderr io.Writer) int {
	if err == nil || errors.Is(err, flag.ErrHelp) {
		return 0
	}
	return tell(err, stderr)
}

func run(ctx context.Context, env environment, args []string) error {
	if len(args) > 1 && args[0] == "help" {
		args = []string{args[1], "-h"}
	}
	if len(args) == 0 || args[0] == "help" || args[0] == "-h" || args[0] == "--help" {
		usage(env.Stdout)
		return nil
	}
	for _, c := range commands() {
		if c.name == args[0] {
			return c.run(ctx, env, args[1:])
		}
	}
	return misused("tidak ada perintah %q; kesan help menyebutkan semuanya", args[0])
}

func usage(w io.Writer) {
	fmt.Fprint(w, "Kesan turns what citizens say at the counter into performance figures.\n\nUsage: kesan COMMAND [options]\n\n")
	for _, c := range commands() {
		fmt.Fprintf(w, "  %-12s %s\n", c.name, c.summary)
	}
	fmt.Fprint(w, "\nkesan COMMAND -h explains one. Every option has a twin in the environment: --base-url is KESAN_BASE_URL.\n"+
		"Exit codes: 0 done, 1 failed, 2 wrong use or settings, 3 figures and answers differ.\n")
}
