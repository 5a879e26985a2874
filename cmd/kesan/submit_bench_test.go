package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/gofiber/fiber/v2"

	"kesan/survey"
)

// BenchmarkSubmit measures the processor time that an accepted answer costs the server on its whole way (guard, token, form,
// durable write, tally) against two servers: one that only parses, validates and redirects, and Kesan itself over a store
// that keeps nothing. All run as processes of their own under 64 writers in one run, and the client's time is in no figure.
//
//	go test ./cmd/kesan -run '^$' -bench Submit -benchtime 40000x
func BenchmarkSubmit(b *testing.B) {
	data := b.TempDir()
	s := settings{Data: data, Store: "sqlite:" + data + "/kesan.db"}
	sys, err := openSystem(b.Context(), &s, slog.New(slog.DiscardHandler))
	if err != nil {
		b.Fatal(err)
	}
	requests := prepareRequests(b, sys, b.N)
	if err := sys.Close(); err != nil {
		b.Fatal(err)
	}
	at := home{data: data, store: s.Store}
	b.ResetTimer()
	bare := measureServer(b, at, childBare, requests) // before and after, since the machine's speed drifts
	storeless := measureServer(b, at, "keeps-nothing", requests)
	whole := measureServer(b, at, "none", requests)
	bare = (bare + measureServer(b, at, childBare, requests)) / 2
	perAnswer := func(spent time.Duration) float64 { return float64(spent.Nanoseconds()) / 1e3 / float64(b.N) }
	b.ReportMetric(perAnswer(whole), "µs-whole/answer")
	b.ReportMetric(perAnswer(storeless), "µs-storeless/answer")
	b.ReportMetric(perAnswer(bare), "µs-bare/answer")
	b.ReportMetric(float64(whole)/float64(bare), "whole/bare")
	b.ReportMetric(float64(whole)/float64(storeless), "whole/storeless")
	b.ReportMetric(0, "ns/op") // wall time says nothing here
}

// emptyStore acknowledges records and keeps none.
type emptyStore struct{ survey.Store }

func (s emptyStore) AppendRecords(_ context.Context, records []survey.Record) ([]survey.Outcome, error) {
	outcomes := make([]survey.Outcome, len(records))
	for i := range outcomes {
		outcomes[i] = survey.Stored
	}
	return outcomes, nil
}

// childBare makes the child the server to compare with.
const childBare = "bare"

func serveBare(addr string) error {
	app := fiber.New(fiber.Config{Immutable: true, CaseSensitive: true, StrictRouting: true, DisableStartupMessage: true})
	form, services := survey.SKM2017(), []survey.Service{{Code: "KTP"}}
	app.Post("/s/:token", func(c *fiber.Ctx) error {
		typed := map[string]string{}
		for key, value := range c.Request().PostArgs().All() {
			typed[string(key)] = string(value)
		}
		if _, problems := form.Accept(typed, services); len(problems) > 0 {
			return c.SendStatus(fiber.StatusUnprocessableEntity)
		}
		return c.Redirect("/terima-kasih/"+c.Params("token"), fiber.StatusSeeOther)
	})
	listener, err := net.Listen("tcp", addr)
	if err != nil {
		return err
	}
	fmt.Println("ready")
	return app.Listener(listener)
}

// prepareRequests makes n forms of eight counters, each filled and ready to be sent.
func prepareRequests(b *testing.B, sys *system, n int) [][]byte {
	b.Helper()
	var sheets []string
	for i := range 8 {
		unit, counter, sheet := fmt.Sprintf("33.74.09.%02d", i+1), fmt.Sprintf("L%d", i), survey.NewSheetID()
		err := sys.Register.Write(b.Context(), "test", "",
			survey.Draft{Object: survey.Unit{Code: unit, Name: unit, Zone: survey.WIB}},
			survey.Draft{Object: survey.Service{Code: "KTP" + unit, Unit: unit, Name: "KTP-el"}},
			survey.Draft{Object: survey.Counter{Code: counter, Unit: unit, Name: counter}},
			survey.Draft{Object: survey.Account{Username: "admin" + counter, Name: counter, Role: survey.RoleAdmin}},
			survey.Draft{Object: survey.Sheet{ID: sheet, Counter: counter, ValidFrom: "2020-01-01"}})
		if err != nil {
			b.Fatal(err)
		}
		sheets = append(sheets, sheet)
	}
	requests := make([][]byte, n)
	for i := range requests {
		sheet := sheets[i%len(sheets)]
		visit, err := sys.Intake.Open(sheet)
		if err != nil {
			b.Fatal(err)
		}
		form := url.Values{survey.FieldForm: {visit.Token}, survey.FieldWait: {strconv.Itoa(i % 90)}, survey.FieldComment: {"Petugas ramah dan cepat."},
			survey.ProfileGender: {"p"}, survey.ProfileAge: {"26-35"}}
		for j, unsur := range survey.UnsurList {
			form.Set(string(unsur), strconv.Itoa(1+(i+j)%4))
		}
		body := form.Encode()
		requests[i] = []byte("POST /s/" + sheet + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: " +
			strconv.Itoa(len(body)) + "\r\n\r\n" + body)
	}
	return requests
}

// measureServer starts a server, sends the requests from 64 connections and returns the processor time that they cost.
func measureServer(b *testing.B, at home, kind string, requests [][]byte) time.Duration {
	b.Helper()
	addr := freeAddr(b)
	child := startChild(b, at, addr, kind)
	defer func() {
		_ = child.Process.Kill()
		_ = child.Wait()
	}()
	before := processorTime(b, child)
	var next atomic.Int64
	var senders sync.WaitGroup
	for range 64 {
		senders.Go(func() { send(b, addr, requests, &next) })
	}
	senders.Wait()
	time.Sleep(time.Second) // the last folds belong to the work
	return processorTime(b, child) - before
}

func send(b *testing.B, addr string, requests [][]byte, next *atomic.Int64) {
	conn, err := net.Dial("tcp", addr)
	if err != nil {
		b.Error(err)
		return
	}
	defer conn.Close()
	reader := bufio.NewReader(conn)
	for {
		i := int(next.Add(1)) - 1
		if i >= len(requests) {
			return
		}
		for status := 0; status != http.StatusSeeOther; {
			if _, err := conn.Write(requests[i]); err != nil {
				b.Error(err)
				return
			}
			response, err := http.ReadResponse(reader, nil)
			if err != nil {
				b.Error(err)
				return
			}
			_, _ = io.Copy(io.Discard, response.Body)
			if status = response.StatusCode; status != http.StatusSeeOther && status != http.StatusServiceUnavailable {
				b.Errorf("answer %d: %s", i, response.Status)
				return
			}
		}
	}
}

// processorTime returns the time that a process has spent so far, in user and kernel mode, from /proc (see proc(5)).
func processorTime(b *testing.B, child *exec.Cmd) time.Duration {
	b.Helper()
	raw, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", child.Process.Pid))
	if err != nil {
		b.Skip("processor time is read from /proc, which this system lacks")
	}
	fields := strings.Fields(string(raw[strings.LastIndexByte(string(raw), ')')+1:]))
	ticks := 0
	for _, field := range fields[11:13] { // utime and stime
		n, err := strconv.Atoi(field)
		if err != nil {
			b.Fatal(err)
		}
		ticks += n
	}
	return time.Duration(ticks) * 10 * time.Millisecond
}
