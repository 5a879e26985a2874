package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net"
	"strings"
	"sync"
	"time"

	"kesan/handlers"
	"kesan/survey/keyring"
)

// Times of the background work of a server.
const (
	refreshEvery = 2 * time.Second // changes that other processes made
	tendEvery    = time.Hour       // keys to rotate or destroy
	drainTime    = 300 * time.Millisecond
	shutdownTime = 10 * time.Second
)

func serveCommand(ctx context.Context, env environment, args []string) error {
	var s settings
	flags := newFlags(env, "serve", "[options]")
	s.server(flags, "127.0.0.1:8080")
	if err := parse(env, flags, args); err != nil {
		return err
	}
	if err := s.complete(); err != nil {
		return err
	}
	log := newLog(env.Stderr, s.Debug)
	sys, err := openSystem(ctx, &s, log)
	if err != nil {
		return err
	}
	defer sys.Close()
	options := s.options()
	if !sys.Register.Office().Administered() {
		options.SetupCode = strings.ToLower(rand.Text()[:12])
		fmt.Fprintf(env.Stdout, "Belum ada administrator. Buka %s/pasang dan masukkan kode %s\n", s.BaseURL, options.SetupCode)
	}
	if strings.HasPrefix(s.BaseURL, "http://") && !handlers.LocalHost(s.BaseURL) {
		log.Warn("people come over plain HTTP: sign-in can be overheard; put a proxy with HTTPS in front and set --base-url", "base_url", s.BaseURL)
	}
	listener, err := net.Listen("tcp", s.Addr)
	if err != nil {
		return fmt.Errorf("--addr (KESAN_ADDR): %w", err)
	}
	fmt.Fprintf(env.Stdout, "Kesan %s: %s\n", version(), s.BaseURL)
	return sys.serve(ctx, listener, options)
}

// serve answers requests on the listener until the context ends, then drains: it says that it is not ready, lets begun
// requests end, and writes what waits.
func (sys *system) serve(ctx context.Context, listener net.Listener, options handlers.Options) error {
	server, err := handlers.New(sys.System, options)
	if err != nil {
		return errors.Join(err, listener.Close())
	}
	var background sync.WaitGroup
	work, stop := context.WithCancel(context.WithoutCancel(ctx))
	background.Go(func() { sys.Tallier.Run(work, sys.coveredDays) })
	background.Go(func() {
		sys.every(work, refreshEvery, "read changes", func() error { return sys.Register.Refresh(work) })
	})
	background.Go(func() { sys.every(work, tendEvery, "tend keys", sys.tendKeys) })
	background.Go(func() {
		sys.every(work, tendEvery, "drop expired entries", func() error { return sys.Store.DeleteExpired(work, sys.Clock.Now()) })
	})
	defer background.Wait()
	defer stop()

	failed := make(chan error, 1)
	go func() { failed <- server.App().Listener(listener) }()
	select {
	case err := <-failed:
		return fmt.Errorf("serve: %w", err)
	case <-ctx.Done():
	}
	server.Drain()
	time.Sleep(drainTime)
	return server.App().ShutdownWithTimeout(shutdownTime)
}

// every does something now and then; what fails is logged and tried again.
func (sys *system) every(ctx context.Context, pause time.Duration, what string, do func() error) {
	ticker := time.NewTicker(pause)
	defer ticker.Stop()
	for {
		if err := do(); err != nil && ctx.Err() == nil {
			sys.Log.Error(what, "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
	}
}

func (sys *system) tendKeys() error {
	gone, err := sys.keys.Tend()
	if errors.Is(err, keyring.ErrClockLeapt) {
		return fmt.Errorf("%w; when the clock is right, run kesan key confirm-clock", err)
	}
	if len(gone) > 0 {
		sys.Log.Info("day keys destroyed", "days", gone)
	}
	return err
}
