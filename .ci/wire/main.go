// Command wire is a server that speaks the MongoDB wire protocol, for tests on machines where no MongoDB can be installed.
//
// It is FerretDB with its SQLite backend, kept in a module of its own so that none of it reaches the product. It prints one
// line, the address to connect to, once it listens, and ends on SIGTERM, SIGINT or with the process that started it.
// What it has acknowledged is in files under -dir and outlives a kill. It says nothing about MongoDB's speed.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"net/url"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"
	"time"

	"github.com/FerretDB/FerretDB/ferretdb"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM, os.Interrupt)
	defer stop()
	if err := run(ctx, os.Args[1:], os.Stdout, os.Stderr); err != nil {
		fmt.Fprintln(os.Stderr, "wire:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	flags := flag.NewFlagSet("wire", flag.ContinueOnError)
	flags.SetOutput(stderr)
	addr := flags.String("addr", "127.0.0.1:0", "address to listen on; port 0 takes a free one")
	dir := flags.String("dir", "", "folder that keeps the data")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if *dir == "" {
		return errors.New("-dir is missing")
	}
	state, err := stateURL(*dir)
	if err != nil {
		return err
	}

	// New opens no telemetry reporter and switches telemetry off in its state.
	server, err := ferretdb.New(&ferretdb.Config{
		Listener:  ferretdb.ListenerConfig{TCP: *addr},
		Handler:   "sqlite",
		SQLiteURL: state,
		Logger:    slog.New(slog.NewTextHandler(stderr, &slog.HandlerOptions{Level: slog.LevelError})),
	})
	if err != nil {
		return err
	}

	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	go watchParent(ctx, cancel)
	// New listens already: a client that connects from here on waits at most for Run.
	fmt.Fprintln(stdout, server.MongoDBURI())
	return server.Run(ctx)
}

// stateURL makes dir and returns it as FerretDB wants it: a file URI that ends with a slash.
func stateURL(dir string) (string, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return "", err
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return "", err
	}
	return (&url.URL{Scheme: "file", Path: dir + "/"}).String(), nil
}

// watchParent ends the server when its starter is gone, so that a test run that is killed leaves no server behind.
func watchParent(ctx context.Context, cancel context.CancelFunc) {
	parent := os.Getppid()
	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			if os.Getppid() != parent {
				cancel()
				return
			}
		}
	}
}
