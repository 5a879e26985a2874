package main

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"sync"
	"syscall"
	"testing"
	"time"

	"kesan/survey"
)

// SIGTERM while answers are being sent: the server says first that it is not ready, every request that has begun is
// answered, and nothing that was acknowledged is lost.
func TestShutdown(t *testing.T) {
	t.Parallel()
	at := sqliteHome(t)
	page := prepareCounter(t, at)
	addr := freeAddr(t)
	child := startChild(t, at, addr, childMain)
	client := newClient(t)
	client.Timeout = 10 * time.Second
	book := &ledger{acknowledged: map[string]bool{}}
	stop := make(chan struct{})
	var writers sync.WaitGroup
	for w := range 8 {
		writers.Go(func() { sendAnswers(client, "http://"+addr+page, fmt.Sprint(w), book, stop) })
	}
	awaitAcknowledged(t, book, 40)

	form := url.Values{survey.FieldForm: {openForm(client, "http://"+addr+page, stop)}, survey.FieldComment: {"separuh jalan"}}
	for _, unsur := range survey.UnsurList {
		form.Set(string(unsur), "3")
	}
	body := form.Encode()
	answer := begin(t, addr, fmt.Sprintf("POST %s HTTP/1.1\r\nHost: %s\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: %d\r\n\r\n%s",
		page, addr, len(body), body))
	ready := begin(t, addr, "GET /readyz HTTP/1.1\r\nHost: "+addr+"\r\n\r\n")
	check(t, child.Process.Signal(syscall.SIGTERM))
	for draining := false; !draining; {
		response, err := (&http.Client{Transport: &http.Transport{DisableKeepAlives: true}}).Get("http://" + addr + "/readyz")
		if draining = err != nil || response.StatusCode == http.StatusServiceUnavailable; err == nil {
			response.Body.Close()
		}
	}
	if response := ready.finish(t); response.StatusCode != http.StatusServiceUnavailable || !response.Close {
		t.Errorf("readiness while draining: %s, closing %v", response.Status, response.Close)
	}
	if response := answer.finish(t); response.StatusCode != http.StatusSeeOther {
		t.Errorf("an answer that was half sent: %s", response.Status)
	}
	book.mu.Lock()
	book.acknowledged["separuh jalan"] = true
	book.mu.Unlock()
	begun := time.Now()
	if err := child.Wait(); err != nil {
		t.Errorf("the server ended with %v", err)
	}
	took := time.Since(begun)
	close(stop)
	writers.Wait()
	t.Logf("%d acknowledged, ended %s after the last answer", len(book.acknowledged), took.Round(time.Millisecond))
	if found := audit(t.Context(), t, at, book); found != "" {
		t.Error(found)
	}
}

// A browser opens connections ahead on which it may never ask anything; they do not make the end a failure.
func TestShutdownDespiteSilence(t *testing.T) {
	if testing.Short() {
		t.Skip("waits for the silent")
	}
	t.Parallel()
	at := sqliteHome(t)
	prepareCounter(t, at)
	addr := freeAddr(t)
	child := startChild(t, at, addr, childMain)
	silent, err := net.Dial("tcp", addr)
	check(t, err)
	defer silent.Close()
	half := begin(t, addr, "GET /readyz HTTP/1.1\r\nHost: "+addr+"\r\n\r\n")
	defer half.conn.Close()
	check(t, child.Process.Signal(syscall.SIGTERM))
	if err := child.Wait(); err != nil {
		t.Errorf("the server ended with %v", err)
	}
}

// begun is a request of which the last byte has not been sent.
type begun struct {
	conn net.Conn
	last string
}

func begin(t *testing.T, addr, request string) begun {
	t.Helper()
	conn, err := net.Dial("tcp", addr)
	check(t, err)
	_, err = io.WriteString(conn, request[:len(request)-1])
	check(t, err)
	// The server has read it once it answers somebody who came later; a connection in its queue is not begun.
	for range 2 {
		response, err := (&http.Client{Transport: &http.Transport{DisableKeepAlives: true}}).Get("http://" + addr + "/healthz")
		check(t, err)
		response.Body.Close()
	}
	return begun{conn, request[len(request)-1:]}
}

func (b begun) finish(t *testing.T) *http.Response {
	t.Helper()
	defer b.conn.Close()
	_, err := io.WriteString(b.conn, b.last)
	check(t, err)
	response, err := http.ReadResponse(bufio.NewReader(b.conn), nil)
	check(t, err)
	_, err = io.Copy(io.Discard, response.Body)
	check(t, err)
	return response
}
