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
	"kesan/survey"
	"kesan/survey/demo"
	"kesan/survey/keyring"
)

// Times of the background work of a server.
const (
	refreshEvery = 2 * time.Second // changes that other processes made
	tendEvery    = time.Hour       // keys to rotate or destroy
	drainTime    = 300 * time.Millisecond
	shutdownTime = 6 * time.Second // longer than any answer takes, and within the ten seconds that service managers give
)

func serveCommand(ctx context.Context, env environment, args []string) error {
	var s settings
	flags := newFlags("serve", "[options]\n\nServes the office whose keys and store are in the data folder; an empty one is set up in the browser.\nSIGTERM ends it after the requests that have begun.")
	s.server(flags, "127.0.0.1:8080")
	if err := parse(env, flags, args); err != nil {
		return err
	}
	if err := noMore(flags, 0); err != nil {
		return err
	}
	if err := s.complete(); err != nil {
		return err
	}
	listener, err := s.listen()
	if err != nil {
		return err
	}
	defer listener.Close()
	sys, err := openSystem(ctx, &s, newLog(env.Stderr, s.Debug))
	if err != nil {
		return err
	}
	defer sys.Close()
	options := s.options()
	if err := sys.greet(ctx, env, &s, &options); err != nil {
		return err
	}
	return errors.Join(sys.serve(ctx, listener, options), sys.Close())
}

// greet tells operators what they need to know at the start.
func (sys *system) greet(ctx context.Context, env environment, s *settings, options *handlers.Options) error {
	author, err := sys.author(ctx)
	if err != nil {
		return err
	}
	if author == demo.Author {
		sys.Log.Warn("this is the demo's office: its passwords and its API key are known to everybody; serve people with an empty data folder", "data", s.Data)
		fmt.Fprintln(env.Stdout, "PERINGATAN: ini wilayah peraga. Kata sandi dan kunci API-nya diketahui semua orang; untuk melayani warga, mulailah dengan --data yang kosong.")
	}
	if !sys.Register.Office().Administered() {
		options.SetupCode = strings.ToLower(rand.Text()[:12])
		fmt.Fprintf(env.Stdout, "Belum ada administrator. Buka %s/pasang dan masukkan kode %s\n", s.BaseURL, options.SetupCode)
	}
	if strings.HasPrefix(s.BaseURL, "http://") && !handlers.LocalHost(s.BaseURL) {
		sys.Log.Warn("people come over plain HTTP: sign-in can be overheard, and phones send what they kept only while the survey is open; put a proxy with HTTPS in front and set --base-url", "base_url", s.BaseURL)
	}
	_, err = fmt.Fprintf(env.Stdout, "Kesan %s: %s\n", version(), s.BaseURL)
	return err
}

// author returns who began the office: who wrote its first change beside the built-in questionnaire; "" when nobody has.
func (sys *system) author(ctx context.Context) (string, error) {
	for change, err := range sys.Store.Changes(ctx, 0) {
		if err != nil {
			return "", err
		}
		if change.Revisions[0].Kind != survey.KindForm {
			return change.Author, nil
		}
	}
	return "", nil
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
	background.Go(func() { sys.Scans.Run(work) })
	background.Go(func() {
		sys.every(work, refreshEvery, "read changes", func() error { return sys.Register.Refresh(work) })
	})
	background.Go(func() { sys.every(work, tendEvery, "tend keys", sys.tendKeys) })
	background.Go(func() {
		sys.every(work, tendEvery, "take up moves of answers", func() error { return sys.Mover.Resume(work) })
	})
	background.Go(func() {
		sys.every(work, tendEvery, "drop expired entries", func() error { return sys.Store.DeleteExpired(work, sys.Clock.Now()) })
	})
	defer background.Wait()
	defer stop()

	ended := make(chan error, 1)
	go func() { ended <- server.App().Listener(listener) }()
	select {
	case err := <-ended:
		return failed(err, "server berhenti")
	case <-ctx.Done():
	}
	server.Drain()
	time.Sleep(drainTime)
	err = server.App().ShutdownWithTimeout(shutdownTime)
	if errors.Is(err, context.DeadlineExceeded) { // somebody never sent the rest of a request
		sys.Log.Warn("connections were cut that had not ended", "after", shutdownTime.String())
		return nil
	}
	return err
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
