package storetest

import (
	"bufio"
	"bytes"
	"crypto/rand"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
)

// MongoDB is a server for tests: the one that KESAN_TEST_MONGODB names, or a process of the wire server of .ci/wire.
type MongoDB struct {
	uri string // without a database

	program, dir string // of the wire server
	process      *exec.Cmd
	output       *lockedBuffer
}

// StartMongoDB returns the server at KESAN_TEST_MONGODB, or starts the program at KESAN_TEST_WIRE with a folder of its own
// until the test ends. With neither the test is skipped, unless CI is set: there a missing server is a failure.
func StartMongoDB(t testing.TB) *MongoDB {
	t.Helper()
	if uri := os.Getenv("KESAN_TEST_MONGODB"); uri != "" {
		return &MongoDB{uri: uri}
	}
	program := os.Getenv("KESAN_TEST_WIRE")
	if program == "" {
		const missing = "no MongoDB to test with: set KESAN_TEST_MONGODB to an address or KESAN_TEST_WIRE to the wire server's program"
		if os.Getenv("CI") != "" {
			t.Fatal(missing)
		}
		t.Skip(missing)
	}
	server := &MongoDB{program: program, dir: t.TempDir(), output: &lockedBuffer{}}
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
	return m.Address("kesan_test_" + strings.ToLower(rand.Text()[:12]))
}

// Address returns the address of a database on the server.
func (m *MongoDB) Address(database string) string {
	scheme, rest, _ := strings.Cut(m.uri, "://")
	hosts, options, asked := strings.Cut(rest, "?")
	hosts, _, _ = strings.Cut(hosts, "/")
	address := scheme + "://" + hosts + "/" + database
	if asked {
		address += "?" + options
	}
	return address
}

// Kill ends the server as a power cut would (kill -9). A server that is not ours is left alone and the test skipped.
func (m *MongoDB) Kill(t testing.TB) {
	t.Helper()
	if m.process == nil {
		t.Skip("only a server of its own is killed: set KESAN_TEST_WIRE instead of KESAN_TEST_MONGODB")
	}
	m.stop(os.Kill)
}

// Restart starts the server that was killed again, with the same data at the same address.
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

// lockedBuffer is written by the process while the test reads it.
type lockedBuffer struct {
	mu     sync.Mutex
	buffer bytes.Buffer
}

func (b *lockedBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.buffer.Write(p)
}

func (b *lockedBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.buffer.String()
}

var _ fmt.Stringer = (*lockedBuffer)(nil)
