package main

import (
	"flag"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strings"

	"kesan/handlers"
)

// settings are what the commands that touch data share.
type settings struct {
	Addr    string
	Data    string
	Store   string
	BaseURL string
	Proxies string
	Metrics bool
	Quiet   bool
	Debug   bool
}

// newFlags makes the flag set of a command; its usage goes to stdout when asked for.
func newFlags(env environment, name, usage string) *flag.FlagSet {
	flags := flag.NewFlagSet("kesan "+name, flag.ContinueOnError)
	flags.SetOutput(env.Stderr)
	flags.Usage = func() {
		fmt.Fprintf(env.Stderr, "Usage: kesan %s %s\n\n", name, usage)
		flags.PrintDefaults()
	}
	return flags
}

// data registers the settings of every command that opens the store.
func (s *settings) data(flags *flag.FlagSet) {
	flags.StringVar(&s.Data, "data", "data", "folder of the keys and the embedded store")
	flags.StringVar(&s.Store, "store", "", "sqlite:PATH or mongodb://...; default sqlite:DATA/kesan.db")
}

// server registers the settings of a server.
func (s *settings) server(flags *flag.FlagSet, addr string) {
	s.data(flags)
	flags.StringVar(&s.Addr, "addr", addr, "address to listen on")
	flags.StringVar(&s.BaseURL, "base-url", "", "address that people and QR codes use; default http://ADDR")
	flags.StringVar(&s.Proxies, "proxies", "", "addresses of trusted proxies, separated by commas")
	flags.BoolVar(&s.Metrics, "open-metrics", false, "serve /metrics to other machines too, and behind a proxy")
	flags.BoolVar(&s.Debug, "debug", false, "log every request (route, status and time alone)")
}

// parse reads the flags, and from the environment those that were not given. A secret may also stand in a file that
// KESAN_<FLAG>_FILE names. Flags may stand before, between and after the words of a command.
func parse(env environment, flags *flag.FlagSet, args []string) error {
	words := []string{"--"}
	for len(args) > 0 {
		if err := flags.Parse(args); err == flag.ErrHelp {
			return err
		} else if err != nil {
			return fmt.Errorf("%w: %w", errUsage, err)
		}
		if args = flags.Args(); len(args) > 0 {
			words, args = append(words, args[0]), args[1:]
		}
	}
	if err := flags.Parse(words); err != nil {
		return fmt.Errorf("%w: %w", errUsage, err)
	}
	given := map[string]bool{}
	flags.Visit(func(f *flag.Flag) { given[f.Name] = true })
	var failed error
	flags.VisitAll(func(f *flag.Flag) {
		if given[f.Name] || failed != nil {
			return
		}
		value, source, err := fromEnvironment(env, f.Name)
		if err == nil && value != "" {
			err = f.Value.Set(value)
		}
		if err != nil {
			failed = fmt.Errorf("%w: %s: %w", errUsage, source, err)
		}
	})
	return failed
}

func fromEnvironment(env environment, flagName string) (value, source string, err error) {
	name := "KESAN_" + strings.ToUpper(strings.ReplaceAll(flagName, "-", "_"))
	if value := env.Getenv(name); value != "" {
		if env.Getenv(name+"_FILE") != "" {
			return "", name, fmt.Errorf("%s and %s_FILE are both set; keep one", name, name)
		}
		return value, name, nil
	}
	file := env.Getenv(name + "_FILE")
	if file == "" {
		return "", name, nil
	}
	raw, err := os.ReadFile(file)
	return strings.TrimSpace(string(raw)), name + "_FILE", err
}

// complete fills the settings that follow from others and checks that they fit together.
func (s *settings) complete() error {
	if s.Store == "" {
		s.Store = "sqlite:" + filepath.Join(s.Data, "kesan.db")
	}
	if s.Addr == "" {
		return nil
	}
	host, port, err := net.SplitHostPort(s.Addr)
	if err != nil {
		return fmt.Errorf("%w: --addr (KESAN_ADDR) %q: want HOST:PORT", errUsage, s.Addr)
	}
	if s.BaseURL == "" {
		if host == "" || host == "0.0.0.0" || host == "::" {
			host = "localhost"
		}
		s.BaseURL = "http://" + net.JoinHostPort(host, port)
	}
	s.BaseURL = strings.TrimSuffix(s.BaseURL, "/")
	if err := s.options().Check(); err != nil {
		return fmt.Errorf("%w: %w", errUsage, err)
	}
	return nil
}

func (s *settings) options() handlers.Options {
	options := handlers.Options{BaseURL: s.BaseURL, Version: version(), OpenMetrics: s.Metrics}
	for proxy := range strings.SplitSeq(s.Proxies, ",") {
		if proxy = strings.TrimSpace(proxy); proxy != "" {
			options.Proxies = append(options.Proxies, proxy)
		}
	}
	return options
}
