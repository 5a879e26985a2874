package storetest

import (
	"bufio"
	"crypto/rand"
	"net/url"
	"os"
	"os/exec"
	"strings"
	"testing"
)

// MongoDB is a server for tests: the one that KESAN_TEST_MONGODB names, or a process of the wire server of .ci/wire.
type MongoDB struct {
	uri string // without a database

	program, dir string // of the wire server
	process      *exec.Cmd
	output       *Buffer
}

// StartMongoDB returns the server at KESAN_TEST_MONGODB, else what StartWire does.
func StartMongoDB(t testing.TB) *MongoDB {
	t.Helper()
	if uri := os.Getenv("KESAN_TEST_MONGODB"); uri != "" {
		return &MongoDB{uri: uri}
	}
	return StartWire(t)
}

// StartWire starts the program at KESAN_TEST_WIRE with a folder of its own until the test ends; it may be killed. Without it
// the test is skipped, unless CI is set: there a missing server is a failure. Short runs leave it out.
func StartWire(t testing.TB) *MongoDB {
	t.Helper()
	if testing.Short() {
		t.Skip("short: needs a server process")
	}
	program := os.Getenv("KESAN_TEST_WIRE")
	if program == "" {
		const missing = "no wire server to test with: set KESAN_TEST_WIRE to its program (see .ci/wire)"
		if os.Getenv("CI") != "" {
			t.Fatal(missing)
		}
		t.Skip(missing)
	}
	server := &MongoDB{program: program, dir: t.TempDir(), output: &Buffer{}}
	server.start(t, "127.0.0.1:0")
	t.Cleanup(func() {
		server.stop(os.Interrupt)
		if t.Failed() {
			t.Logf("wire server: %s", server.output)
		}
	})
	return server
}

// URI returns the address of a new, empty database on the server. On a server that outlives the test the caller drops it.
func (m *MongoDB) URI() string {
	database := "kesan_test_" + strings.ToLower(rand.Text()[:12])
	scheme, rest, _ := strings.Cut(m.uri, "://")
	hosts, options, asked := strings.Cut(rest, "?")
	hosts, _, _ = strings.Cut(hosts, "/")
	address := scheme + "://" + hosts + "/" + database
	if asked {
		address += "?" + options
	}
	return address
}

// Kill ends a server of StartWire without warning (kill -9).
func (m *MongoDB) Kill() { m.stop(os.Kill) }

// Restart starts a server that was killed again, with the same data at the same address.
func (m *MongoDB) Restart(t testing.TB) {
	t.Helper()
	address, err := url.Parse(m.uri)
	if err != nil {
		t.Fatal(err)
	}
	m.start(t, address.Host)
}

// start runs the program; the first line that it prints is its address.
func (m *MongoDB) start(t testing.TB, address string) {
	t.Helper()
	process := exec.Command(m.program, "-addr", address, "-dir", m.dir)
	process.Stderr = m.output
	stdout, err := process.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := process.Start(); err != nil {
		t.Fatal(err)
	}
	m.process = process
	line, err := bufio.NewReader(stdout).ReadString('\n')
	if err != nil {
		m.stop(os.Kill)
		t.Fatalf("wire server: %v: %s", err, m.output)
	}
	m.uri = strings.TrimSpace(line)
}

func (m *MongoDB) stop(signal os.Signal) {
	_ = m.process.Process.Signal(signal) // it may have ended by itself
	_ = m.process.Wait()
}
