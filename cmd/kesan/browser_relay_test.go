package main

import (
	"bytes"
	"fmt"
	"io"
	"net"
	"sync"
	"testing"
)

// relay stands between browser and server, as a network does, and breaks connections.
type relay struct {
	listener net.Listener
	target   string

	mu      sync.Mutex
	down    bool
	next    fault  // befalls the next answer that is sent
	foreign string // what somebody on the way replies to every answer that is sent, as it goes over the wire
	broken  bool   // a proxy on the way replies to everything, since it does not reach the server
	conns   map[net.Conn]bool
}

// fault is what befalls an answer on its way.
type fault int

const (
	noFault    fault = iota
	cutRequest       // half of it arrives
	cutReply         // it arrives and is stored; the browser never hears of it
	lastReply        // the same, and then there is no connection any more
)

func startRelay(t *testing.T, s *site) *relay {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	check(t, err)
	r := &relay{listener: listener, target: s.meter.Addr().String(), conns: map[net.Conn]bool{}}
	var ended sync.WaitGroup
	ended.Go(func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			ended.Go(func() { r.pass(conn) })
		}
	})
	t.Cleanup(func() {
		_ = listener.Close()
		r.cut()
		ended.Wait()
	})
	return r
}

// fall breaks every connection, and refuses new ones until it is raised.
func (r *relay) fall(down bool) {
	r.mu.Lock()
	r.down = down
	r.mu.Unlock()
	r.cut()
}

func (r *relay) cut() {
	r.mu.Lock()
	defer r.mu.Unlock()
	for conn := range r.conns {
		_ = conn.Close()
	}
}

// arm sets what befalls the next answer; it returns whether an earlier fault is still to come.
func (r *relay) arm(f fault) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	left := r.next != noFault
	r.next = f
	return left
}

func (r *relay) befalls(request []byte) fault {
	r.mu.Lock()
	defer r.mu.Unlock()
	if !bytes.HasPrefix(request, []byte("POST ")) {
		return noFault
	}
	f := r.next
	r.next = noFault
	return f
}

// foist lets somebody on the way reply to every answer that is sent; without a status nobody does any more.
func (r *relay) foist(status, kind, body string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.foreign = ""
	if status != "" {
		r.foreign = fmt.Sprintf("HTTP/1.1 %s\r\nContent-Type: %s\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s", status, kind, len(body), body)
	}
}

// breakDown lets a proxy lose the server, or find it again.
func (r *relay) breakDown(broken bool) {
	r.mu.Lock()
	r.broken = broken
	r.mu.Unlock()
	r.cut()
}

// foisted returns what somebody replies to a request instead of the server.
func (r *relay) foisted(request []byte) string {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.broken {
		return "HTTP/1.1 502 Bad Gateway\r\nContent-Type: text/html\r\nContent-Length: 11\r\nConnection: close\r\n\r\nbad gateway"
	}
	if !bytes.HasPrefix(request, []byte("POST ")) {
		return ""
	}
	return r.foreign
}

// track keeps a connection to be cut; false: there is no connection at all now.
func (r *relay) track(conns ...net.Conn) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, conn := range conns {
		r.conns[conn] = true
	}
	return !r.down
}

// pass carries bytes both ways until one side ends.
func (r *relay) pass(browser net.Conn) {
	defer browser.Close()
	server, err := net.Dial("tcp", r.target)
	if err != nil {
		return
	}
	defer server.Close()
	if !r.track(browser, server) {
		return
	}
	suffered := make(chan fault, 1) // the last fault of this connection
	suffered <- noFault
	var reply sync.WaitGroup
	reply.Go(func() {
		defer browser.Close()
		carry(server, func(chunk []byte) bool {
			f := <-suffered
			suffered <- f
			switch f {
			case lastReply:
				r.fall(true) // other connections, too: the browser may hold some ready
				return false
			case cutReply:
				return false
			}
			_, err := browser.Write(chunk)
			return err == nil
		})
	})
	carry(browser, func(chunk []byte) bool {
		if reply := r.foisted(chunk); reply != "" {
			_, _ = io.WriteString(browser, reply)
			_, _ = io.Copy(io.Discard, browser) // the rest, until the browser has the reply and closes
			return false
		}
		f := r.befalls(chunk)
		if f == cutRequest {
			_, _ = server.Write(chunk[:len(chunk)/2])
			return false
		}
		if f == cutReply || f == lastReply {
			<-suffered
			suffered <- f
		}
		_, err := server.Write(chunk)
		return err == nil
	})
	_ = server.Close()
	reply.Wait()
}

// carry hands on what a connection brings until it ends or nobody wants more.
func carry(from net.Conn, hand func([]byte) bool) {
	buffer := make([]byte, 32<<10)
	for {
		n, err := from.Read(buffer)
		if n > 0 && !hand(buffer[:n]) || err != nil {
			return
		}
	}
}
