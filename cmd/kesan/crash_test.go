package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"kesan/survey"
	"kesan/survey/storetest"
)

// The crash run starts the real server as a process of its own, lets writers send answers as browsers do, kills the process
// with SIGKILL at a random moment and starts it again on the same data, many times over. In the end every answer that was
// acknowledged must be stored once, and every tally must be what its records say.
//
// KESAN_TEST_KILLS sets the number of kills; without it the run is short.

// childVariable makes this test binary be the server. Its value names the mutant to plant, "none" for the product itself.
const childVariable = "KESAN_TEST_CHILD"

// childMain makes the child the whole program, which ends at a signal.
const childMain = "main"

func TestMain(m *testing.M) {
	mutant := os.Getenv(childVariable)
	switch mutant {
	case "":
		os.Exit(m.Run())
	case childMain:
		main()
	}
	env := environment{Stdin: os.Stdin, Stdout: os.Stdout, Stderr: os.Stderr, Getenv: os.Getenv}
	if err := serveMutant(mutant, env, os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func serveMutant(mutant string, env environment, args []string) error {
	if mutant == "none" {
		return run(context.Background(), env, args)
	}
	if mutant == childBare {
		return serveBare(args[2])
	}
	var s settings
	flags := newFlags("serve", "")
	s.server(flags, "")
	if err := parse(env, flags, args[1:]); err != nil {
		return err
	}
	if err := s.complete(); err != nil {
		return err
	}
	ctx := context.Background()
	store, err := openStore(ctx, s.Store)
	if err != nil {
		return err
	}
	sys, err := wire(ctx, replaced(store, mutant), s.Data, time.Now, slog.New(slog.DiscardHandler))
	if err != nil {
		return err
	}
	listener, err := net.Listen("tcp", s.Addr)
	if err != nil {
		return err
	}
	fmt.Fprintln(env.Stdout, "ready")
	return sys.serve(ctx, listener, s.options())
}

func TestAnswersSurviveKills(t *testing.T) {
	t.Run("sqlite", func(t *testing.T) {
		if found := crashRun(t, sqliteHome(t), "none", kills(t, 6), 32); found != "" {
			t.Error(found)
		}
	})
	t.Run("mongodb", func(t *testing.T) {
		if testing.Short() {
			t.Skip("needs a server process")
		}
		if found := crashRun(t, mongoHome(t), "none", max(kills(t, 6)/10, 3), 8); found != "" {
			t.Error(found)
		}
	})
}

// A harness that cannot find a fault proves nothing: each planted one must be found.
func TestCrashRunFindsPlantedFaults(t *testing.T) {
	for mutant := range mutants {
		t.Run(mutant, func(t *testing.T) {
			if found := crashRun(t, sqliteHome(t), mutant, 6, 32); found == "" {
				t.Error("the crash run did not notice")
			} else {
				t.Log("found:", found)
			}
		})
	}
}

func kills(t *testing.T, otherwise int) int {
	text := os.Getenv("KESAN_TEST_KILLS")
	if text == "" || testing.Short() {
		return otherwise
	}
	n, err := strconv.Atoi(text)
	if err != nil {
		t.Fatalf("KESAN_TEST_KILLS: %v", err)
	}
	return n
}

// mutants break the store in ways that must not go unnoticed.
var mutants = map[string]func(survey.Store) survey.Store{
	"answer-before-commit": func(s survey.Store) survey.Store { return &eagerStore{Store: s} },
	"fold-stops-early":     func(s survey.Store) survey.Store { return &hastyStore{Store: s} },
}

func replaced(store survey.Store, by string) survey.Store {
	if by == "keeps-nothing" {
		return emptyStore{store}
	}
	return mutants[by](store)
}

// eagerStore acknowledges records before they are written.
type eagerStore struct{ survey.Store }

func (s *eagerStore) AppendRecords(_ context.Context, records []survey.Record) ([]survey.Outcome, error) {
	outcomes := make([]survey.Outcome, len(records))
	for i := range outcomes {
		outcomes[i] = survey.Stored
	}
	go func() {
		time.Sleep(20 * time.Millisecond)
		_, _ = s.Store.AppendRecords(context.Background(), records)
	}()
	return outcomes, nil
}

// hastyStore keeps tallies of folds that stopped one answer early, under the number of records that are there.
type hastyStore struct{ survey.Store }

func (s *hastyStore) InsertTallies(ctx context.Context, tallies []survey.KeptTally) error {
	short := make([]survey.KeptTally, len(tallies))
	for i, kept := range tallies {
		tally, err := survey.DecodeTally(kept.Body)
		if err != nil {
			return err
		}
		for _, counts := range tally {
			counts.N--
			break
		}
		kept.Body = tally.Encode()
		short[i] = kept
	}
	return s.Store.InsertTallies(ctx, short)
}

// home is where a crash run keeps its data.
type home struct {
	data, store string
}

func sqliteHome(t *testing.T) home {
	data := t.TempDir()
	return home{data: data, store: "sqlite:" + data + "/kesan.db"}
}

func mongoHome(t *testing.T) home {
	return home{data: t.TempDir(), store: storetest.StartMongoDB(t).URI()}
}

// crashRun returns what it found wrong, or "".
func crashRun(t *testing.T, at home, mutant string, kills, writers int) string {
	t.Helper()
	ctx := t.Context()
	address := prepareCounter(t, at)
	addr := freeAddr(t)
	client := &http.Client{Timeout: 10 * time.Second, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		Transport: &http.Transport{MaxIdleConnsPerHost: writers}}
	book := &ledger{acknowledged: map[string]bool{}}
	stop := make(chan struct{})
	var running sync.WaitGroup
	for w := range writers {
		running.Go(func() { sendAnswers(client, "http://"+addr+address, fmt.Sprint(w), book, stop) })
	}
	for range kills {
		child := startChild(t, at, addr, mutant)
		time.Sleep(time.Duration(100+rand.IntN(300)) * time.Millisecond)
		_ = child.Process.Kill()
		_ = child.Wait()
	}
	last := startChild(t, at, addr, mutant)
	time.Sleep(200 * time.Millisecond)
	close(stop)
	running.Wait()
	awaitFolds(t, client, addr)
	_ = last.Process.Kill()
	_ = last.Wait()
	if len(book.acknowledged) < kills {
		t.Fatalf("only %d answers were acknowledged in %d lives; the run shows nothing", len(book.acknowledged), kills)
	}
	t.Logf("%d kills, %d acknowledged, %d sent again", kills, len(book.acknowledged), book.again)
	return audit(ctx, t, at, book)
}

// awaitFolds waits until the server says that no tally is behind.
func awaitFolds(t *testing.T, client *http.Client, addr string) {
	t.Helper()
	for deadline := time.Now().Add(time.Minute); time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		response, err := client.Get("http://" + addr + "/metrics")
		if err != nil {
			continue
		}
		body, _ := io.ReadAll(response.Body)
		response.Body.Close()
		if strings.Contains(string(body), "\nkesan_fold_pending 0\n") {
			return
		}
	}
	t.Fatal("tallies are still behind after a minute")
}

// audit opens the store as the next start would, lets the tallies catch up, and compares everything.
func audit(ctx context.Context, t *testing.T, at home, book *ledger) string {
	store, err := openStore(ctx, at.store)
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	tallier := survey.NewTallier(store, time.Now, slog.New(slog.DiscardHandler))
	today := survey.DayOf(time.Now(), survey.WIB)
	stored := map[string]int{}
	for record, err := range store.Records(ctx, "", today.Add(-2), today.Add(2)) {
		if err != nil {
			t.Fatal(err)
		}
		if record.Kind != survey.KindResponse {
			continue
		}
		response, err := survey.DecodeResponse(record)
		if err != nil {
			t.Fatal(err)
		}
		stored[response.Comment]++
	}
	for comment := range book.acknowledged {
		if stored[comment] != 1 {
			return fmt.Sprintf("answer %q was acknowledged and is stored %d times", comment, stored[comment])
		}
	}
	for comment, n := range stored {
		if n != 1 {
			return fmt.Sprintf("answer %q is stored %d times", comment, n)
		}
	}
	return auditTallies(ctx, tallier, today.Add(-2), today.Add(2))
}

// auditTallies looks at the tallies as the last life left them: one that claims to be complete must be right, and one that
// is behind must be mended by the next sweep.
func auditTallies(ctx context.Context, tallier *survey.Tallier, from, to survey.Day) string {
	left, err := tallier.Compare(ctx, from, to)
	if err != nil {
		return err.Error()
	}
	for _, d := range left {
		if d.Kept == d.Have {
			return fmt.Sprintf("tally of %s %s claims all its %d records and is wrong", d.Unit, d.Span, d.Have)
		}
	}
	if err := tallier.Sweep(ctx, "", from, to); err != nil {
		return err.Error()
	}
	swept, err := tallier.Compare(ctx, from, to)
	if err != nil {
		return err.Error()
	}
	if len(swept) > 0 {
		return fmt.Sprintf("tally of %s %s is not what its records say, even after a sweep", swept[0].Unit, swept[0].Span)
	}
	return ""
}

// ledger is what the writers were told.
type ledger struct {
	mu           sync.Mutex
	acknowledged map[string]bool
	again        int
}

var formToken = regexp.MustCompile(`name="?form"? value="?([A-Z2-7]+)"?`)

// sendAnswers does what a browser with a patient citizen does: open the page, send the form, and send the same form again
// until the server says that it is stored.
func sendAnswers(client *http.Client, page, writer string, book *ledger, stop <-chan struct{}) {
	for n := 0; !stopped(stop); n++ {
		token := openForm(client, page, stop)
		if token == "" {
			return
		}
		comment := "jawaban " + writer + " nomor " + strconv.Itoa(n)
		form := url.Values{survey.FieldForm: {token}, survey.FieldComment: {comment}, survey.FieldWait: {strconv.Itoa(n % 60)}}
		for i, unsur := range survey.UnsurList {
			form.Set(string(unsur), strconv.Itoa(1+(n+i)%4))
		}
		for tries := 0; ; tries++ {
			response, err := client.PostForm(page, form)
			if err == nil {
				_, _ = io.Copy(io.Discard, response.Body)
				response.Body.Close()
			}
			if err == nil && response.StatusCode == http.StatusSeeOther {
				book.mu.Lock()
				book.acknowledged[comment] = true
				book.again += min(tries, 1)
				book.mu.Unlock()
				break
			}
			select {
			case <-stop:
				return
			case <-time.After(20 * time.Millisecond):
			}
		}
	}
}

func stopped(stop <-chan struct{}) bool {
	select {
	case <-stop:
		return true
	default:
		return false
	}
}

func openForm(client *http.Client, page string, stop <-chan struct{}) string {
	for {
		response, err := client.Get(page)
		if err == nil {
			body, _ := io.ReadAll(response.Body)
			response.Body.Close()
			if found := formToken.FindSubmatch(body); found != nil {
				return string(found[1])
			}
		}
		select {
		case <-stop:
			return ""
		case <-time.After(20 * time.Millisecond):
		}
	}
}

// prepareCounter writes a small office with one sheet and returns the path of its survey.
func prepareCounter(t *testing.T, at home) string {
	t.Helper()
	s := settings{Data: at.data, Store: at.store}
	sys, err := openSystem(t.Context(), &s, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	defer sys.Close()
	sheet := survey.Sheet{ID: survey.NewSheetID(), Counter: "L1", ValidFrom: "2020-01-01"}
	err = sys.Register.Write(t.Context(), "test", "",
		survey.Draft{Object: survey.Unit{Code: "33.74.09", Name: "Kecamatan Gajahmungkur", Zone: survey.WIB}},
		survey.Draft{Object: survey.Service{Code: "KTP", Unit: "33.74.09", Name: "KTP-el"}},
		survey.Draft{Object: survey.Counter{Code: "L1", Unit: "33.74.09", Name: "Loket 1"}},
		survey.Draft{Object: survey.Account{Username: "admin", Name: "Administrator", Role: survey.RoleAdmin}},
		survey.Draft{Object: sheet})
	if err != nil {
		t.Fatal(err)
	}
	token, err := sys.Minter.Poster(sheet.ID)
	if err != nil {
		t.Fatal(err)
	}
	return "/s/" + token
}

func freeAddr(t testing.TB) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	return listener.Addr().String()
}

// startChild starts the server and waits for its first line, which it prints when it listens.
func startChild(t testing.TB, at home, addr, mutant string) *exec.Cmd {
	t.Helper()
	child := exec.Command(os.Args[0], "serve", "--addr", addr, "--data", at.data, "--store", at.store)
	child.Env = append(os.Environ(), childVariable+"="+mutant)
	var log strings.Builder
	child.Stderr = &log
	out, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	if _, err := bufio.NewReader(out).ReadString('\n'); err != nil {
		_ = child.Wait()
		t.Fatalf("server ended at its start: %s", log.String())
	}
	if response, err := http.Get("http://" + addr + "/readyz"); err == nil { // waits until requests are answered
		response.Body.Close()
	}
	return child
}
