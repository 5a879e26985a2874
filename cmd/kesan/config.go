package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"maps"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"text/tabwriter"

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
	// Kept says that the command works on what is there: a mistyped folder must not become a new, empty office.
	Kept bool
}

// newFlags makes the flag set of a command. It prints nothing by itself; see parse.
func newFlags(name, usage string) *flag.FlagSet {
	flags := flag.NewFlagSet("kesan "+name, flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	flags.Usage = func() { printUsage(flags, usage) }
	return flags
}

func printUsage(flags *flag.FlagSet, usage string) {
	out := tabwriter.NewWriter(flags.Output(), 0, 0, 2, ' ', 0)
	defer out.Flush()
	fmt.Fprintf(out, "Usage: %s %s\n", flags.Name(), strings.TrimRight(usage, "\n"))
	heading := "\nOptions, which may stand anywhere:\n"
	flags.VisitAll(func(f *flag.Flag) {
		value, about := flag.UnquoteUsage(f)
		if f.DefValue != "" && f.DefValue != "false" {
			about += " (default " + f.DefValue + ")"
		}
		fmt.Fprintf(out, "%s  --%s\t%s\n", heading, strings.TrimSpace(f.Name+" "+value), about)
		heading = ""
	})
}

// data registers the settings of every command that opens the store.
func (s *settings) data(flags *flag.FlagSet) {
	flags.StringVar(&s.Data, "data", "data", "`DIR` of the keys and the embedded store")
	flags.StringVar(&s.Store, "store", "", "`URI` sqlite:PATH or mongodb://...; default sqlite:DIR/kesan.db")
}

// server registers the settings of a server.
func (s *settings) server(flags *flag.FlagSet, addr string) {
	s.data(flags)
	flags.StringVar(&s.Addr, "addr", addr, "`HOST:PORT` to listen on")
	flags.StringVar(&s.BaseURL, "base-url", "", "`URL` that people and QR codes use; default http://HOST:PORT")
	flags.StringVar(&s.Proxies, "proxies", "", "`ADDRESSES` of trusted proxies, separated by commas")
	flags.BoolVar(&s.Metrics, "open-metrics", false, "serve /metrics to other machines too, and behind a proxy")
	flags.BoolVar(&s.Debug, "debug", false, "log every request (route, status and time alone)")
}

// parse reads the flags, and from the environment those that were not given. A secret may also stand in a file that
// KESAN_<FLAG>_FILE names. Flags may stand before, between and after the other words; what follows "--" is no flag.
func parse(env environment, flags *flag.FlagSet, args []string) error {
	var words []string
	for len(args) > 0 {
		err := flags.Parse(args)
		if errors.Is(err, flag.ErrHelp) {
			flags.SetOutput(env.Stdout)
			flags.Usage()
			return err
		}
		if err != nil {
			return fmt.Errorf("%w: %w; %s -h explains", errUsage, err, flags.Name())
		}
		rest := flags.Args()
		if read := len(args) - len(rest); len(rest) == 0 || read > 0 && args[read-1] == "--" {
			words = append(words, rest...)
			break
		}
		words, args = append(words, rest[0]), rest[1:]
	}
	if err := flags.Parse(append([]string{"--"}, words...)); err != nil { // so that flags.Args gives the words
		return err
	}
	return readEnvironment(env, flags)
}

func readEnvironment(env environment, flags *flag.FlagSet) error {
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
			failed = fmt.Errorf("%w: %s (--%s): %w", errUsage, source, f.Name, err)
		}
	})
	return failed
}

// noMore refuses words beyond the first n.
func noMore(flags *flag.FlagSet, n int) error {
	if flags.NArg() <= n {
		return nil
	}
	return fmt.Errorf("%w: %s has no use for %q; %s -h explains", errUsage, flags.Name(), flags.Arg(n), flags.Name())
}

// action returns the first word of a command that has several actions, and the word that it works on. words says how many
// of these each action takes: none or one.
func action(flags *flag.FlagSet, words map[string]int) (name, word string, err error) {
	name = flags.Arg(0)
	want, known := words[name]
	switch {
	case !known:
		list := strings.Join(slices.Sorted(maps.Keys(words)), ", ")
		return "", "", fmt.Errorf("%w: %s does one of %s, not %q; %s -h explains", errUsage, flags.Name(), list, name, flags.Name())
	case flags.NArg() <= want:
		return "", "", fmt.Errorf("%w: %s %s lacks a word; %s -h explains", errUsage, flags.Name(), name, flags.Name())
	}
	return name, flags.Arg(1), noMore(flags, want+1)
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
		s.Store = sqliteScheme + filepath.Join(s.Data, "kesan.db")
	}
	if err := s.checkStore(); err != nil {
		return err
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

const sqliteScheme = "sqlite:"

func (s *settings) checkStore() error {
	path, embedded := strings.CutPrefix(s.Store, sqliteScheme)
	switch {
	case embedded && s.Kept:
		if _, err := os.Stat(path); err != nil {
			return fmt.Errorf("--data (KESAN_DATA), --store (KESAN_STORE): no store is there yet: %w", err)
		}
	case !embedded && !strings.HasPrefix(s.Store, "mongodb://") && !strings.HasPrefix(s.Store, "mongodb+srv://"):
		scheme, _, _ := strings.Cut(s.Store, ":") // what follows may be a secret
		return fmt.Errorf("%w: --store (KESAN_STORE): no store is called %q; want sqlite:PATH or mongodb://ADDRESS", errUsage, scheme)
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
