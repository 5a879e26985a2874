package main

import (
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"kesan/survey"
	"kesan/survey/storetest"
)

// printed is what a command left behind.
type printed struct {
	code      int
	out, errs string
}

// call runs a command as a shell would, with what it reads on its standard input and the variables it sees.
type call struct {
	stdin     string
	variables map[string]string
}

func (c call) kesan(t testing.TB, args ...string) printed {
	t.Helper()
	var out, errs bytes.Buffer
	env := environment{Stdin: strings.NewReader(c.stdin), Stdout: &out, Stderr: &errs, User: "wati", Getenv: func(name string) string { return c.variables[name] }}
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute) // a server that should not have started ends
	defer cancel()
	code := exitCode(run(ctx, env, args), &errs)
	return printed{code, out.String(), errs.String()}
}

func kesan(t testing.TB, args ...string) printed {
	t.Helper()
	return call{}.kesan(t, args...)
}

// is checks the exit code and that all texts were printed, on either output.
func (p printed) is(t testing.TB, code int, texts ...string) printed {
	t.Helper()
	if p.code != code {
		t.Errorf("exit code %d, want %d\n%s%s", p.code, code, p.out, p.errs)
	}
	for _, text := range texts {
		if !strings.Contains(p.out+p.errs, text) {
			t.Errorf("does not say %q\n%s%s", text, p.out, p.errs)
		}
	}
	return p
}

func (p printed) lacks(t testing.TB, texts ...string) printed {
	t.Helper()
	for _, text := range texts {
		if strings.Contains(p.out+p.errs, text) {
			t.Errorf("says %q\n%s%s", text, p.out, p.errs)
		}
	}
	return p
}

func TestHelp(t *testing.T) {
	t.Parallel()
	for _, args := range [][]string{nil, {"help"}, {"-h"}, {"--help"}} {
		p := kesan(t, args...).is(t, 0, "Usage: kesan COMMAND", "KESAN_BASE_URL", "Exit codes")
		for _, c := range commands() {
			if !strings.Contains(p.out, "\n  "+c.name+" ") {
				t.Errorf("%v does not list %s", args, c.name)
			}
		}
	}
	for _, c := range commands() {
		for _, args := range [][]string{{c.name, "-h"}, {c.name, "--help"}, {"help", c.name}} {
			p := kesan(t, args...).is(t, 0, "Usage: kesan "+c.name)
			if p.errs != "" || strings.Contains(p.out, "\n  -addr") {
				t.Errorf("%v: asked-for help belongs on the standard output, with two dashes\n%s%s", args, p.out, p.errs)
			}
		}
	}
	kesan(t, "serve", "-h").is(t, 0, "--addr HOST:PORT", "(default 127.0.0.1:8080)", "--debug")
}

func TestWrongUse(t *testing.T) {
	t.Parallel()
	data := filepath.Join(t.TempDir(), "none")
	for _, tt := range []struct {
		args string
		want string
	}{
		{"serv", `tidak ada perintah "serv"`},
		{"help serv", `tidak ada perintah "serv"`},
		{"serve now", `"now"`},
		{"demo now", `"now"`},
		{"rebuild 2026", `"2026"`},
		{"healthcheck now", `"now"`},
		{"version 2", `"2"`},
		{"verify a b", `"b"`},
		{"backup", "FILE"},
		{"backup a b", "FILE"},
		{"serve --adr x", "kesan serve tidak mengenal pilihan --adr; kesan serve -h menjelaskan"},
		{"serve --debug=perhaps", `nilainya dekat "--debug=perhaps"`},
		{"tickets --count many", `nilainya dekat "--count many"`},
		{"serve --store", `nilainya dekat "--store"`},
		{"serve ---addr", `nilainya dekat "---addr"`},
		{"account", "add, disable, enable, list, password"},
		{"account remove budi", `"remove"`},
		{"account add", "kesan account add memerlukan satu kata lagi"},
		{"account list budi", `"budi"`},
		{"account add budi santoso", `"santoso"`},
		{"cycle", "advance, list, lock, open"},
		{"cycle lock", "memerlukan satu kata lagi"},
		{"cycle lock 2026-TW5", `"2026-TW5"`},
		{"cycle lock 2026-TW4 --early", "--reason"},
		{"key", "backup, confirm-clock, list, restore, retire, rotate"},
		{"key retire", "memerlukan satu kata lagi"},
		{"key rotate 7", `"7"`},
		{"import unit", "KIND dan FILE.csv"},
		{"ikm", "bukan 0"},
		{"ikm - --bands 1999", "1999"},
	} {
		t.Run(tt.args, func(t *testing.T) {
			t.Parallel()
			p := call{variables: map[string]string{"KESAN_DATA": data}}.kesan(t, strings.Fields(tt.args)...).is(t, 2, "kesan: ", tt.want)
			if strings.Count(p.errs, "\n") > 1 {
				t.Errorf("more than one line:\n%s", p.errs)
			}
		})
	}
	t.Cleanup(func() {
		if _, err := os.Stat(data); err == nil {
			t.Error("a wrong call made a data folder")
		}
	})
}

// A mistyped folder must not become a new, empty office that is then backed up or verified.
func TestCommandsOnWhatIsKept(t *testing.T) {
	t.Parallel()
	data := filepath.Join(t.TempDir(), "mistyped")
	for _, args := range []string{"account list", "account password budi", "cycle list", "rebuild", "verify", "backup copy.db", "key list", "key rotate", "key backup k"} {
		kesan(t, append(strings.Fields(args), "--data", data)...).is(t, 1, "--data (KESAN_DATA)")
	}
	if _, err := os.Stat(data); err == nil {
		t.Error("a folder was made")
	}
}

func TestParse(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name, args string
		want       string // name, early and the words
	}{
		{"before", "--name n --early a b", "n true [a b]"},
		{"after", "a b --early --name n", "n true [a b]"},
		{"between", "a --name=n b --early=false", "n false [a b]"},
		{"one dash", "a -name n b", "n false [a b]"},
		{"a lone dash is a word", "a - --early", " true [a -]"},
		{"after two dashes", "--early a -- --name b", " true [a --name b]"},
		{"two dashes first", "-- --name", " false [--name]"},
		{"none", "", " false []"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			flags := newFlags("test", "")
			name, early := flags.String("name", "", ""), flags.Bool("early", false, "")
			env, _, _ := importEnvironment("")
			if err := parse(env, flags, strings.Fields(tt.args)); err != nil {
				t.Fatal(err)
			}
			if got := fmt.Sprint(*name, " ", *early, " ", flags.Args()); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestSettingsFromEnvironment(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "secret")
	check(t, os.WriteFile(file, []byte("from the file\n"), 0o600))
	for _, tt := range []struct {
		name      string
		args      []string
		variables map[string]string
		want      string // the value, or in the error when it begins with "!"
	}{
		{"default", nil, nil, "default"},
		{"environment", nil, map[string]string{"KESAN_OPEN_NAME": "environment"}, "environment"},
		{"flag beats environment", []string{"--open-name", "flag"}, map[string]string{"KESAN_OPEN_NAME": "environment"}, "flag"},
		{"empty flag beats environment", []string{"--open-name="}, map[string]string{"KESAN_OPEN_NAME": "environment"}, ""},
		{"file", nil, map[string]string{"KESAN_OPEN_NAME_FILE": file}, "from the file"},
		{"both", nil, map[string]string{"KESAN_OPEN_NAME_FILE": file, "KESAN_OPEN_NAME": "x"}, "!KESAN_OPEN_NAME dan KESAN_OPEN_NAME_FILE sama-sama diisi"},
		{"file that is not there", nil, map[string]string{"KESAN_OPEN_NAME_FILE": file + "x"}, "!KESAN_OPEN_NAME_FILE"},
		{"wrong value", nil, map[string]string{"KESAN_DEBUG": "perhaps"}, "!KESAN_DEBUG (--debug)"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			flags := newFlags("test", "")
			value := flags.String("open-name", "default", "")
			flags.Bool("debug", false, "")
			env, _, _ := importEnvironment("")
			env.Getenv = func(name string) string { return tt.variables[name] }
			err := parse(env, flags, tt.args)
			if want, fails := strings.CutPrefix(tt.want, "!"); fails {
				if err == nil || !strings.Contains(err.Error(), want) || exitCode(err, env.Stderr) != 2 {
					t.Errorf("%v, want %s", err, want)
				}
			} else if err != nil || *value != tt.want {
				t.Errorf("%q, %v, want %q", *value, err, tt.want)
			}
		})
	}
}

func TestSettingsOfTheServer(t *testing.T) {
	t.Parallel()
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	check(t, err)
	t.Cleanup(func() { taken.Close() })
	dir := t.TempDir()
	plain := filepath.Join(dir, "plain")
	check(t, os.WriteFile(plain, nil, 0o600))
	open := filepath.Join(dir, "open")
	check(t, os.MkdirAll(filepath.Join(open, "keys"), 0o755))
	newer := filepath.Join(dir, "newer")
	check(t, os.Mkdir(newer, 0o700))
	alter(t, newer, "PRAGMA user_version = 99")
	const secret = "rahasia-sekali"
	for _, tt := range []struct {
		name string
		args []string
		code int
		want []string
	}{
		{"a store that is a typo", []string{"--store", "sqllite:" + secret}, 2, []string{"--store (KESAN_STORE)", `"sqllite"`}},
		{"a store without a scheme", []string{"--store", "kesan.db"}, 2, []string{"--store (KESAN_STORE)"}},
		{"a MongoDB address with a setting that is ours", []string{"--store", "mongodb://u:" + secret + "@127.0.0.1:1/kesan?w=0"}, 1, []string{"--store (KESAN_STORE)"}},
		{"a MongoDB address that cannot be read", []string{"--store", "mongodb://u:" + secret + "@:x:y/%"}, 1, []string{"--store (KESAN_STORE)"}},
		{"a base URL with a path", []string{"--base-url", "https://kesan.example.go.id/skm"}, 2, []string{"--base-url (KESAN_BASE_URL)"}},
		{"a base URL without a scheme", []string{"--base-url", "kesan.example.go.id"}, 2, []string{"--base-url (KESAN_BASE_URL)"}},
		{"an address without a port", []string{"--addr", "127.0.0.1"}, 2, []string{"--addr (KESAN_ADDR)", "HOST:PORT"}},
		{"a port out of range", []string{"--addr", "127.0.0.1:99999"}, 2, []string{"--addr (KESAN_ADDR)", "HOST:PORT"}},
		{"an address in use", []string{"--addr", taken.Addr().String()}, 1, []string{"--addr (KESAN_ADDR)", "alamat itu sudah dipakai program lain"}},
		{"a proxy by name", []string{"--proxies", "127.0.0.1, caddy"}, 2, []string{"--proxies (KESAN_PROXIES)", `"caddy"`}},
		{"a data folder that cannot be made", []string{"--data", filepath.Join(plain, "data")}, 1, []string{"--data (KESAN_DATA)"}},
		{"a key folder that others can read", []string{"--data", open}, 1, []string{"keys: pengguna lain dapat membacanya", "chmod 700"}},
		{"a store of a newer program", []string{"--data", newer}, 1, []string{"--store (KESAN_STORE)", "ditulis Kesan yang lebih baru"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			args := slices.Concat([]string{"serve", "--data", filepath.Join(dir, tt.name), "--addr", "127.0.0.1:0"}, tt.args)
			kesan(t, args...).is(t, tt.code, tt.want...).lacks(t, secret)
		})
	}
}

func TestVersion(t *testing.T) {
	t.Parallel()
	if p := kesan(t, "version").is(t, 0); !strings.HasPrefix(p.out, "kesan ") || p.out == "kesan \n" {
		t.Errorf("%q", p.out)
	}
}

func TestHealthcheck(t *testing.T) {
	t.Parallel()
	server := startServer(t, t.TempDir())
	kesan(t, "healthcheck", "--addr", server.addr).is(t, 0)
	call{variables: map[string]string{"KESAN_ADDR": server.addr, "http_proxy": "http://127.0.0.1:1"}}.kesan(t, "healthcheck").is(t, 0)
	kesan(t, "healthcheck", "--addr", freeAddr(t)).is(t, 1, "tidak siap: tidak ada yang menjawab di sana")
	kesan(t, "healthcheck", "--addr", "8080").is(t, 2, "--addr (KESAN_ADDR)")

	draining := &http.Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusServiceUnavailable) })}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	check(t, err)
	go func() { _ = draining.Serve(listener) }()
	defer draining.Close()
	kesan(t, "healthcheck", "--addr", listener.Addr().String()).is(t, 1, "tidak siap: server menjawab 503")
}

// The office of these tests has answers of a past quarter.
const (
	pastCycle = "2024-TW4"
	pastDay   = survey.Day("2024-11-05")
	pastUnit  = "33.74.09"
)

// prepareOffice writes a small office with forty answers given in a quarter that is long over, and returns the path of its
// survey.
func prepareOffice(t *testing.T, data string) string {
	t.Helper()
	page := prepareCounter(t, home{data: data, store: sqliteScheme + filepath.Join(data, "kesan.db")})
	s := settings{Data: data}
	check(t, s.complete())
	sys, err := openSystem(t.Context(), &s, slog.New(slog.DiscardHandler))
	check(t, err)
	defer sys.Close()
	check(t, sys.Register.Write(t.Context(), "test", "", survey.Draft{Object: survey.Officer{ID: siti, Employment: survey.PNS, Name: "Siti", Unit: pastUnit}}))
	records := make([]survey.Record, 40)
	for i := range records {
		unsur := map[survey.Unsur]int{}
		for _, u := range survey.UnsurList {
			unsur[u] = 3
		}
		records[i] = survey.Response{Bucket: survey.Bucket{Unit: pastUnit, Day: pastDay}, ID: survey.RecordID{byte(i + 1)}, Hour: 9, Lang: "id",
			Attribution: survey.Attribution{Path: []string{pastUnit}, Counter: "L1", Officer: siti, Sheet: "KESAN001", Channel: survey.ChannelPoster,
				Form: survey.Ref(survey.DefaultForm, 1)},
			Answers: survey.Answers{Service: "KTP", Unsur: unsur}}.Record()
	}
	_, err = sys.Store.AppendRecords(t.Context(), records)
	check(t, err)
	return page
}

// alter runs SQL on the embedded store of a data folder, as somebody with a database tool would.
func alter(t testing.TB, data, statement string, args ...any) int64 {
	t.Helper()
	return alterFile(t, filepath.Join(data, "kesan.db"), statement, args...)
}

// alterFile does so with a database file, which is made when it is not there.
func alterFile(t testing.TB, path, statement string, args ...any) int64 {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	check(t, err)
	result, err := db.ExecContext(t.Context(), statement, args...)
	check(t, err)
	n, err := result.RowsAffected()
	check(t, err)
	check(t, db.Close())
	return n
}

// hold begins to write to the embedded store of a data folder and does not end before it is released.
func hold(t testing.TB, data string) (release func()) {
	t.Helper()
	db, err := sql.Open("sqlite", filepath.Join(data, "kesan.db")+"?_txlock=immediate")
	check(t, err)
	tx, err := db.BeginTx(t.Context(), nil)
	check(t, err)
	return func() {
		check(t, tx.Rollback())
		check(t, db.Close())
	}
}

// running is `kesan serve` or `kesan demo` within this process.
type running struct {
	addr, url string
	out, errs *storetest.Buffer
	stop      func()
}

func startServer(t *testing.T, data string, args ...string) *running {
	t.Helper()
	return start(t, "serve", data, args...)
}

// start runs a command that serves, and waits until it is ready. At the end of the test it must stop without an error.
func start(t *testing.T, command, data string, args ...string) *running {
	t.Helper()
	r := &running{addr: freeAddr(t), out: &storetest.Buffer{}, errs: &storetest.Buffer{}}
	r.url = "http://" + r.addr
	ctx, cancel := context.WithCancel(context.Background())
	env := environment{Stdin: strings.NewReader(""), Stdout: r.out, Stderr: r.errs, Getenv: func(string) string { return "" }}
	ended := make(chan error, 1)
	go func() {
		ended <- run(ctx, env, slices.Concat([]string{command, "--data", data, "--addr", r.addr}, args))
	}()
	r.stop = sync.OnceFunc(func() {
		cancel()
		if err := <-ended; err != nil {
			t.Errorf("%s ended: %v", command, err)
		}
	})
	t.Cleanup(r.stop)
	for {
		response, err := http.Get(r.url + "/readyz")
		if err == nil {
			response.Body.Close()
			if response.StatusCode == http.StatusOK {
				return r
			}
		}
		select {
		case err := <-ended:
			ended <- err
			t.Fatalf("%s ended at its start: %v\n%s", command, err, r.errs)
		case <-time.After(10 * time.Millisecond):
		}
	}
}
