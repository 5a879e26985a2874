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
	fmt.Fprintln(out, "Usage:", strings.TrimSpace(flags.Name()+" "+usage))
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
	flags.StringVar(&s.Store, "store", "", "`URI` of the store, sqlite:PATH or mongodb://...; default sqlite:DIR/kesan.db")
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
			return misread(flags, args)
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

// misread says which option could not be read; the flag package has left the words after it.
func misread(flags *flag.FlagSet, args []string) error {
	last := len(args) - flags.NArg() - 1
	if last >= 0 && strings.HasPrefix(args[last], "-") {
		name, _, _ := strings.Cut(strings.TrimLeft(args[last], "-"), "=")
		if flags.Lookup(name) == nil {
			return misused("%s tidak mengenal pilihan --%s; %s -h menjelaskan", flags.Name(), name, flags.Name())
		}
	}
	near := strings.Join(args[max(last-1, 0):min(last+2, len(args))], " ")
	return misused("%s tidak dapat membaca pilihan atau nilainya dekat %q; %s -h menjelaskan", flags.Name(), near, flags.Name())
}

func readEnvironment(env environment, flags *flag.FlagSet) error {
	given := map[string]bool{}
	flags.Visit(func(f *flag.Flag) { given[f.Name] = true })
	var first error
	flags.VisitAll(func(f *flag.Flag) {
		if given[f.Name] || first != nil {
			return
		}
		value, source, err := fromEnvironment(env, f.Name)
		if err != nil {
			first = misused("%s (--%s)%s", source, f.Name, because(err))
		} else if value != "" && f.Value.Set(value) != nil {
			first = misused("%s (--%s): nilai %q tidak dapat dibaca", source, f.Name, value)
		}
	})
	return first
}

// noMore refuses words beyond the first n.
func noMore(flags *flag.FlagSet, n int) error {
	if flags.NArg() <= n {
		return nil
	}
	return misused("%s tidak memerlukan %q; %s -h menjelaskan", flags.Name(), flags.Arg(n), flags.Name())
}

// action returns the first word of a command that has several actions, and the word that it works on. words says how many
// of these each action takes: none or one.
func action(flags *flag.FlagSet, words map[string]int) (name, word string, err error) {
	name = flags.Arg(0)
	want, known := words[name]
	switch {
	case !known:
		list := strings.Join(slices.Sorted(maps.Keys(words)), ", ")
		return "", "", misused("%s memerlukan salah satu dari %s, bukan %q; %s -h menjelaskan", flags.Name(), list, name, flags.Name())
	case flags.NArg() <= want:
		return "", "", misused("%s %s memerlukan satu kata lagi; %s -h menjelaskan", flags.Name(), name, flags.Name())
	}
	return name, flags.Arg(1), noMore(flags, want+1)
}

func fromEnvironment(env environment, flagName string) (value, source string, err error) {
	name := "KESAN_" + strings.ToUpper(strings.ReplaceAll(flagName, "-", "_"))
	if value := env.Getenv(name); value != "" {
		if env.Getenv(name+"_FILE") != "" {
			return "", name, failed(nil, "%s dan %s_FILE sama-sama diisi; hapus salah satunya", name, name)
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
	if name, foreign := foreignOwner(s.Data); foreign {
		return misused("--data (KESAN_DATA): %s milik pengguna %s, yang tidak dapat membaca berkas buatan root; jalankan dengan sudo -u %s", s.Data, name, name)
	}
	if s.Addr == "" {
		return nil
	}
	address, err := s.reachable("localhost")
	if err != nil {
		return err
	}
	if s.BaseURL == "" {
		s.BaseURL = "http://" + address
	}
	return s.checkOptions()
}

// reachable returns the address at which the server can be asked on this machine: local stands for all its addresses.
func (s *settings) reachable(local string) (string, error) {
	host, port, err := net.SplitHostPort(s.Addr)
	if err == nil {
		_, err = net.LookupPort("tcp", port)
	}
	if err != nil {
		return "", misused("--addr (KESAN_ADDR) %q: tulis HOST:PORT, misalnya 127.0.0.1:8080", s.Addr)
	}
	if host == "" || host == "0.0.0.0" || host == "::" {
		host = local
	}
	return net.JoinHostPort(host, port), nil
}

// listen takes the address before anything else is done, so that a taken one is known at once.
func (s *settings) listen() (net.Listener, error) {
	listener, err := net.Listen("tcp", s.Addr)
	if err != nil {
		return nil, failed(err, "--addr (KESAN_ADDR) %q tidak dapat dipakai", s.Addr)
	}
	return listener, nil
}

const sqliteScheme = "sqlite:"

func (s *settings) checkStore() error {
	path, embedded := strings.CutPrefix(s.Store, sqliteScheme)
	switch {
	case embedded && path == "":
		return misused("--store (KESAN_STORE): tulis letak berkasnya, misalnya sqlite:data/kesan.db")
	case embedded && s.Kept:
		if _, err := os.Stat(path); err != nil {
			return failed(err, "--data (KESAN_DATA), --store (KESAN_STORE): tidak ada basis data di sana")
		}
	case !embedded && !strings.HasPrefix(s.Store, "mongodb://") && !strings.HasPrefix(s.Store, "mongodb+srv://"):
		scheme, _, _ := strings.Cut(s.Store, ":") // what follows may be a secret
		return misused("--store (KESAN_STORE): tidak ada jenis basis data %q; tulis sqlite:PATH atau mongodb://ADDRESS", scheme)
	}
	return nil
}

// checkOptions checks what the server and printed addresses need.
func (s *settings) checkOptions() error {
	s.BaseURL = strings.TrimSuffix(s.BaseURL, "/")
	if err := s.options().Check(); err != nil {
		return misused("%v", err)
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
