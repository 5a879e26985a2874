package handlers

import (
	"io"
	"net"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"kesan/survey"
)

// What strangers send over a socket of their own. Proxies and servers that read one request differently let a second one
// be hidden in the first; so each ambiguous request gets one refusal, and nothing after it on the connection is answered.

// listen serves the fixture on a port of this machine and returns its address.
func (f *fixture) listen() string {
	f.t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	must(f.t, err)
	served := make(chan error, 1)
	go func() { served <- f.app.Listener(listener) }()
	f.t.Cleanup(func() {
		must(f.t, f.app.Shutdown())
		must(f.t, <-served)
	})
	return listener.Addr().String()
}

// wire sends bytes as they are, says that no more will come, and returns all that the server sends until it closes.
func wire(t testing.TB, address, sent string) string {
	t.Helper()
	conn, err := net.Dial("tcp", address)
	must(t, err)
	defer conn.Close()
	must(t, conn.SetDeadline(time.Now().Add(30*time.Second))) // only so that a test that fails ends
	_, _ = io.WriteString(conn, sent)                         // a server that has refused may have closed already
	_ = conn.(*net.TCPConn).CloseWrite()
	got, _ := io.ReadAll(conn) // as above: a reset after the answer is no failure
	return string(got)
}

// statuses lists the status of each answer in what a connection said, apart from 100.
func statuses(wired string) string {
	var list []string
	for _, found := range regexp.MustCompile(`HTTP/1\.1 (\d\d\d) [A-Z]`).FindAllStringSubmatch(wired, -1) {
		if found[1] != "100" {
			list = append(list, found[1])
		}
	}
	return strings.Join(list, " ")
}

const inner = "GET /healthz HTTP/1.1\r\nHost: kesan.test\r\n\r\n"

// request writes a request with header lines; each gets CR LF.
func request(line string, headers ...string) string {
	return line + "\r\n" + strings.Join(append([]string{"Host: kesan.test"}, headers...), "\r\n") + "\r\n\r\n"
}

func TestFraming(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	address := f.listen()
	const post, get = "POST /masuk HTTP/1.1", "GET /healthz HTTP/1.1"
	plain := "Content-Type: application/x-www-form-urlencoded"
	type attack struct{ name, sent, want string }
	attacks := []attack{
		{"a good request", request(get), "200"},
		{"three at once", inner + inner + inner, "200 200 200"},
		{"blank lines before it", "\r\n\r\n" + inner, "200"},
		{"HTTP/1.0", request("GET /healthz HTTP/1.0"), "200"},

		{"chunked", request(post, "Transfer-Encoding: chunked") + "0\r\n\r\n", "400"},
		{"chunked, then another", request(post, "Transfer-Encoding: chunked") + "0\r\n\r\n" + inner, "400"},
		{"chunked on GET", request(get, "Transfer-Encoding: chunked") + "0\r\n\r\n" + inner, "400"},
		{"length before chunked", request(post, "Content-Length: 5", "Transfer-Encoding: chunked") + "0\r\n\r\n" + inner, "400"},
		{"chunked before length", request(post, "Transfer-Encoding: chunked", "Content-Length: 5") + "0\r\n\r\n" + inner, "400"},
		{"chunked with a trailer", request(post, "Transfer-Encoding: chunked", "Trailer: Host") + "0\r\nHost: x\r\n\r\n" + inner, "400"},
		{"chunk size that is too large", request(post, "Transfer-Encoding: chunked") + "ffffffffffffffffff\r\na\r\n0\r\n\r\n", "400"},
		{"chunk extension with bare line feed", request(post, "Transfer-Encoding: chunked") + "1;a\nb\r\na\r\n0\r\n\r\n" + inner, "400"},

		{"body on GET", request(get, "Content-Length: 3") + "abc", "400"},
		{"a request as body of GET", request(get, "Content-Length: 44") + inner, "400"},
		{"body on HEAD", request("HEAD /healthz HTTP/1.1", "Content-Length: 3") + "abc", "400"},
		{"form on GET", request("GET /masuk HTTP/1.1", plain, "Content-Length: 3") + "a=b", "400"},
		{"multipart on GET", request("GET /masuk HTTP/1.1", "Content-Type: multipart/form-data; boundary=x", "Content-Length: 57") +
			"--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nb\r\n--x--\r\n", "400"},

		{"no host", "GET /healthz HTTP/1.1\r\n\r\n", "400"},
		{"no host in HTTP/1.0", "GET /healthz HTTP/1.0\r\n\r\n", "400"},
		{"two hosts", request(get, "Host: jahat.example"), "400"},
		{"the same host twice", request(get, "Host: kesan.test"), "400"},
		{"host in two cases", request(get, "HOST: jahat.example"), "400"},
		{"empty host", "GET /healthz HTTP/1.1\r\nHost:\r\n\r\n", "400"},
		{"host with blanks", "GET /healthz HTTP/1.1\r\nHost: a b\r\n\r\n", "400"},
		{"host with markup", "GET /healthz HTTP/1.1\r\nHost: <script>\r\n\r\n", "400"},
		{"host with a path", "GET /healthz HTTP/1.1\r\nHost: a/b\r\n\r\n", "400"},

		{"whole address as target", request("GET http://kesan.test/healthz HTTP/1.1"), "400"},
		{"foreign address as target", request("GET http://jahat.example/healthz HTTP/1.1"), "400"},
		{"target without slash", request("GET healthz HTTP/1.1"), "400"},
		{"star", request("OPTIONS * HTTP/1.1"), "400"},
		{"tunnel", request("CONNECT jahat.example:443 HTTP/1.1"), "400"},
		{"blank in the target", request("GET /heal thz HTTP/1.1"), "400"},
		{"two blanks", request("GET  /healthz HTTP/1.1"), "400"},
		{"tabs between", request("GET\t/healthz\tHTTP/1.1"), "400"},
		{"NUL in the target", request("GET /heal\x00thz HTTP/1.1"), "400"},
		{"text after the version", request("GET /healthz HTTP/1.1 x"), "400"},
		{"no version", "GET /healthz\r\n\r\n", "400"},
		{"HTTP/2 preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "400"},
		{"TLS hello", "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n", "400"},
		{"method in lower case", request("get /healthz HTTP/1.1"), "400"},
		{"method that is markup", request("<script> /healthz HTTP/1.1"), "400"},
		{"method that is long", request(strings.Repeat("A", 5000) + " /healthz HTTP/1.1"), "400"},

		{"line feeds alone", strings.ReplaceAll(inner, "\r", ""), "400"},
		{"line feed after the host", "GET /healthz HTTP/1.1\r\nHost: a\nX: y\r\n\r\n", "400"},
		{"line feed before the end", "GET /healthz HTTP/1.1\r\nHost: a\n\r\n", "400"},
		{"line feed as the end", "GET /healthz HTTP/1.1\r\nHost: a\r\n\n", "400"},
		{"return in a value", request(get, "X: a\rb"), "400"},
		{"return hiding a header", request(post, "X: a\rTransfer-Encoding: chunked", "Content-Length: 0"), "400"},
		{"folded with blank", request(get, "X: a\r\n b"), "400"},
		{"folded with tab", request(get, "X: a\r\n\tb"), "400"},
		{"folded length", request(post, "Content-Length:\r\n 5") + "a=b&c", "400"},
		{"folded first line", "GET /healthz HTTP/1.1\r\n Host: a\r\n\r\n", "400"},
		{"NUL in a value", request(get, "X: a\x00b"), "400"},
		{"NUL in a name", request(get, "X\x00: a"), "400"},
		{"line without colon", request(get, "Xyz"), "400"},
		{"empty name", request(get, ": v"), "400"},
		{"blank before the colon", request(get, "X : v"), "400"},
		{"host with blank before the colon", "GET /healthz HTTP/1.1\r\nHost : a\r\n\r\n", "400"},
		{"byte that is no letter in a name", request(get, "X\xff: v"), "400"},
		{"blank in a name", request(get, "X Y: v"), "400"},

		{"upgrade to HTTP/2", request(get, "Connection: Upgrade, HTTP2-Settings", "Upgrade: h2c", "HTTP2-Settings: AAMAAABk"), "200"},
		{"method override", request("POST /healthz HTTP/1.1", "X-HTTP-Method-Override: GET", "Content-Length: 0"), "404"},
		{"rewritten address", request(get, "X-Original-URL: /metrics", "X-Rewrite-URL: /metrics"), "200"},
		{"trace", request("TRACE / HTTP/1.1", "Cookie: rahasia=1"), "404"},

		{"large header", request(get, "X: "+strings.Repeat("a", 20000)), "431"},
		{"large cookie", request(get, "Cookie: kesan="+strings.Repeat("a", 20000)), "431"},
		{"long target", request("GET /" + strings.Repeat("a", 20000) + " HTTP/1.1"), "431"},
		{"many headers", "GET /healthz HTTP/1.1\r\nHost: a\r\n" + strings.Repeat("X: a\r\n", 5000) + "\r\n", "431"},
		{"body larger than any", request(post, "Content-Length: 10000000") + "a=b", "413"},
		{"body larger than any, expected", request(post, "Expect: 100-continue", "Content-Length: 10000000") + "a=b", "413"},

		{"compressed body", request(post, "Content-Encoding: gzip", "Content-Length: 3") + "abc", "415"},
		{"body in brotli", request(post, "Content-Encoding: br", "Content-Length: 3") + "abc", "415"},
		{"body in two codings", request(post, "Content-Encoding: gzip, gzip", "Content-Length: 3") + "abc", "415"},
		{"body as it is, but said so", request(post, "Content-Encoding: identity", "Content-Length: 3") + "abc", "415"},
		{"half a multipart", request(post, "Content-Type: multipart/form-data; boundary=x", "Content-Length: 3") + "abc", "400"},
		{"multipart in gzip", request(post, "Content-Type: multipart/form-data; boundary=x", "Content-Encoding: gzip", "Content-Length: 3") + "abc", "415"},
		{"half a body", request(post, plain, "Content-Length: 30") + "nama=a", "400"},
		{"half a header", "GET /healthz HTTP/1.1\r\nHost: ke", "400"},
		{"nothing", "", ""},
	}
	for _, value := range []string{"chunked", "Chunked", "CHUNKED", "identity", "gzip, chunked", "chunked, identity", "xchunked", "chunked\t", "\tchunked",
		`"chunked"`, "chunked;q=1", " chunked", "chun\x0bked", ""} {
		attacks = append(attacks,
			attack{"transfer encoding " + value, request(post, "Transfer-Encoding: "+value) + "0\r\n\r\n" + inner, "400"},
			attack{"length and transfer encoding " + value, request(post, "Content-Length: 4", "Transfer-Encoding: "+value) + "0\r\n\r\n" + inner, "400"})
	}
	for _, name := range []string{"Transfer-Encoding ", "Transfer-Encoding\t", "Transfer-Encoding\x0b", " Transfer-Encoding", "\tTransfer-Encoding", "Transfer\x00-Encoding", "transfer-encoding", "TRANSFER-ENCODING"} {
		attacks = append(attacks, attack{"written as " + name, request(post, name+": chunked") + "0\r\n\r\n" + inner, "400"})
	}
	for _, value := range []string{"+3", "-1", "0x3", "3 ", "3,3", "3, 3", "3;3", "3 3", "3.0", "1e1", "\u0663", "99999999999999999999", "0003x", "", "three", "3\x0b", "_3"} {
		if value == "3 " { // blanks around a value are allowed
			attacks = append(attacks, attack{"length with a blank", request(post, plain, "Content-Length: 3 ") + "a=b" + inner, "422 200"})
			continue
		}
		attacks = append(attacks, attack{"length " + value, request(post, plain, "Content-Length: "+value) + "a=b" + inner, "400"})
	}
	for _, second := range []string{"Content-Length: 3", "Content-Length: 30", "content-length: 0", "Content-Length : 3", "Content-Length\t: 3", "Content-Length:3\r\nContent-Length: 3"} {
		attacks = append(attacks,
			attack{"second length " + second, request(post, plain, "Content-Length: 3", second) + "a=b" + inner, "400"},
			attack{"second length first " + second, request(post, plain, second, "Content-Length: 3") + "a=b" + inner, "400"})
	}
	for _, a := range attacks {
		t.Run(a.name, func(t *testing.T) {
			t.Parallel()
			got := wire(t, address, a.sent)
			if statuses(got) != a.want {
				t.Errorf("answers %q, want %q\n%.600s", statuses(got), a.want, got)
			}
			if strings.Contains(got, "<script") || strings.Contains(got, "rahasia") || strings.Contains(got, "jahat") {
				t.Errorf("what was sent comes back:\n%s", got)
			}
			if strings.HasPrefix(a.want, "4") && strings.Contains(got, "text/html") {
				checkRefusal(t, got)
			}
		})
	}
}

// checkRefusal looks at an error page: nothing of the inside, no unnamed error, and the headers of every page.
func checkRefusal(t *testing.T, got string) {
	t.Helper()
	for _, inside := range []string{"fasthttp", "error.4", "error.5", "goroutine", ".go:", "sqlite", "/tmp/"} {
		if strings.Contains(got, inside) {
			t.Errorf("the page says %q:\n%s", inside, got)
		}
	}
	for _, header := range []string{"X-Content-Type-Options: nosniff", "Content-Security-Policy: default-src 'none'", "Cache-Control: no-store"} {
		if !strings.Contains(got, header) {
			t.Errorf("the answer lacks %s:\n%.500s", header, got)
		}
	}
}

// After a refusal the connection ends, whatever stands behind it.
func TestRefusalEndsConnection(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	address := f.listen()
	for _, first := range []string{
		request("GET /healthz HTTP/1.1", "Host: b"),
		request("GET /healthz HTTP/1.1", "Content-Length: 3") + "abc",
		request("POST /masuk HTTP/1.1", "Transfer-Encoding: chunked") + "0\r\n\r\n",
		request("GET http://a/healthz HTTP/1.1"),
	} {
		if got := statuses(wire(t, address, inner+first+inner)); got != "200 400" {
			t.Errorf("answers %q after %.60q", got, first)
		}
	}
}

// Every path that looks like another one is no path at all.
func TestPathTricks(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	address := f.listen()
	admin := "Cookie: " + f.auth.CookieName() + "=" + f.as("admin").cookie
	for _, path := range []string{"/healthz/", "//healthz", "/Healthz", "/HEALTHZ", "/%68ealthz", "/./healthz", "/x/../healthz", "/healthz/.", "/healthz/..",
		"/healthz%00", "/healthz%0a", "/healthz;a=b", "/healthz%3f", "/healthz%20", "/healthz.", "/%2e/healthz", "/%2fhealthz", `/\healthz`, "/healthz%5c",
		"/aset/../healthz", "/aset/..%2fhealthz", "/aset/%2e%2e%2fkesan.db", "/aset/..%5c..%5ckesan.db", "/aset/....//kesan.db", "/aset//etc/passwd", "/aset/%00",
		"/aset/", "/aset/kesan.css/", "/ASET/kesan.css", "/kelola/", "//kelola", "/KELOLA", "/%6belola", "/kelola%2funit", "/kelola/./unit", "/kelola/unit/",
		"/kelola//unit", "/kelola/x/../unit", "/masuk/../kelola", "/s/../kelola", "/kelola/contoh/..%2f..%2fgo.mod", "/kelola/contoh/%2e%2e", "/kelola/contoh/../../go.mod",
		"/kelola/contoh/unit.csv%00.html", "/kelola/ekspor/..%2funit", "/kelola/ekspor/unit%00", "/kelola/lembar/KESAN001%00", "/kelola/lembar/..%2f..", "/kelola/lembar/kesan001",
		"/dasbor/unit/33.74.09%2f", "/dasbor/unit/..%2f..", "/dasbor/petugas/%00", "/dasbor/petugas/..%2f199001152015032001", "/dasbor/siklus/2026-TW4%00", "/dasbor/siklus/..%2f2026-TW4",
		"/api/v1/cycles/", "//api/v1/cycles", "/API/v1/cycles", "/api/v1/../v1/cycles", "/api/v1/cycles/2026-TW4%2fresults", "/api//v1/cycles", "/api/v1/cycles/2026-TW4/results/",
		"/.git/config", "/.env", "/kesan.db", "/keys/root-00001.key", "/demo.json", "/debug/pprof/", "/favicon.ico/x", "/wp-admin", "/cgi-bin/.%2e/.%2e/bin/sh", "/s/", "/s", "/terima-kasih/",
		"/s/KESAN001/", "/s//KESAN001", "/s/%4bESAN001x", "/s/KESAN001%20", "/s/KESAN001%00", "/s/" + strings.Repeat("A", 4000), "/terima-kasih/" + strings.Repeat("A", 4000), "/%", "/%zz", "/%u0041", "/\xff\xfe", "/\xc0\xaf..\xc0\xaf",
	} {
		t.Run(path, func(t *testing.T) {
			t.Parallel()
			got := wire(t, address, request("GET "+path+" HTTP/1.1", admin))
			if status := statuses(got); status != "404" && status != "400" && status != "403" && !(status == "401" && strings.HasPrefix(path, "/api/")) {
				t.Errorf("answers %q\n%.400s", status, got)
			}
			if !strings.HasPrefix(path, "/api/") {
				checkRefusalPage(t, got)
			}
		})
	}
}

// checkRefusalPage is checkRefusal for pages of the citizen's side too, which have a policy of their own.
func checkRefusalPage(t *testing.T, got string) {
	t.Helper()
	for _, inside := range []string{"fasthttp", "error.4", "error.5", "goroutine", ".go:", "sqlite", "root:", "module kesan"} {
		if strings.Contains(got, inside) {
			t.Errorf("the page says %q:\n%s", inside, got)
		}
	}
	if !strings.Contains(got, "X-Content-Type-Options: nosniff") || !strings.Contains(got, "Content-Security-Policy: default-src 'none'") {
		t.Errorf("the answer lacks a header:\n%.500s", got)
	}
}

// A method that a route does not name changes nothing and is answered without its body.
func TestMethodTricks(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	address := f.listen()
	for _, method := range []string{"PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND", "MOVE", "DEBUG", "TRACK", "POST1", "GETT"} {
		for _, path := range []string{"/", "/masuk", here, "/kelola/unit", "/terima-kasih/x", "/metrics", "/aset/kesan.css"} {
			got := wire(t, address, request(method+" "+path+" HTTP/1.1", "Content-Length: 7")+"rahasia")
			if status := statuses(got); status != "404" && status != "400" {
				t.Errorf("%s %s: %q", method, path, status)
			}
			if strings.Contains(got, "rahasia") {
				t.Errorf("%s %s gives back what was sent", method, path)
			}
		}
		for _, path := range []string{"/api/v1/cycles", resultsPath} {
			if status := statuses(wire(t, address, request(method+" "+path+" HTTP/1.1"))); status != "405" && status != "400" {
				t.Errorf("%s %s: %q", method, path, status)
			}
		}
	}
}

// Under /api/ every error is problem details, whoever asks and whatever is wrong. Only a request whose very framing cannot be
// read is refused before its address is known, with a page.
func TestAPIErrorsAreProblems(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	good := f.key(survey.APIKey{ID: "simpeg", Name: "SIMPEG"}, secret)
	for name, a := range map[string]*answer{
		"no key":        f.anyone().get("/api/v1/cycles"),
		"unknown path":  good.get("/api/v1/tidak-ada"),
		"unknown cycle": good.get("/api/v1/cycles/2031/results"),
		"bad query":     good.get(resultsPath + "?x=1"),
		"compressed":    good.with("Content-Encoding", "gzip").get("/api/v1/cycles"),
	} {
		if p := a.problem(a.status); p.ID == "" || a.status < 400 {
			t.Errorf("%s: %s", name, a.body)
		}
		if a.header.Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("%s: no nosniff", name)
		}
	}
	address := f.listen()
	for name, sent := range map[string]string{
		"body on GET":   request("GET /api/v1/cycles HTTP/1.1", "Content-Length: 3") + "abc",
		"chunked":       request("POST /api/v1/cycles HTTP/1.1", "Transfer-Encoding: chunked") + "0\r\n\r\n",
		"other method":  request("POST /api/v1/cycles HTTP/1.1", "Content-Length: 0"),
		"large body":    request("POST /api/v1/cycles HTTP/1.1", "Content-Length: 20000") + strings.Repeat("a", 20000),
		"coded body":    request("POST /api/v1/cycles HTTP/1.1", "Content-Encoding: gzip", "Content-Length: 3") + "abc",
		"unknown path":  request("GET /api/x HTTP/1.1"),
		"encoded slash": request("GET /api/v1%2fcycles HTTP/1.1"),
	} {
		got := wire(t, address, sent)
		if !slices.Contains([]string{"400", "401", "404", "405", "413", "415"}, statuses(got)) {
			t.Errorf("%s: %q", name, statuses(got))
		}
		if strings.Contains(got, "text/html") {
			t.Errorf("%s: %.500s", name, got)
		}
	}
}

// A foreign page cannot make a browser act here, whatever it says of itself.
func TestCrossOrigin(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	form := f.fill(here)
	for _, test := range []struct{ name, value string }{
		{"Origin", "https://jahat.example"}, {"Origin", "null"}, {"Origin", "http://kesan.test.jahat.example"}, {"Origin", "http://kesan.test:81"},
		{"Origin", "http://jahatkesan.test"}, {"Origin", "http://kesan.test@jahat.example"}, {"Origin", "file://"}, {"Origin", "%zz"}, {"Origin", "javascript:"},
		{"Sec-Fetch-Site", "cross-site"}, {"Sec-Fetch-Site", "same-site"}, {"Sec-Fetch-Site", "CROSS-SITE"}, {"Sec-Fetch-Site", "x"},
	} {
		f.anyone().with(test.name, test.value).post(here, form).is(http.StatusForbidden)
		f.anyone().with(test.name, test.value).post("/masuk", nil).is(http.StatusForbidden)
		f.as("admin").with(test.name, test.value).post("/keluar", nil).is(http.StatusForbidden)
		a := f.anyone().with(test.name, test.value).get(here).is(http.StatusOK)
		if a.header.Get("Access-Control-Allow-Origin") != "" {
			t.Errorf("%s %s may read the answer", test.name, test.value)
		}
	}
	if n := len(f.responses(ownUnit)); n != 0 {
		t.Errorf("%d answers stored", n)
	}
	f.anyone().with("Origin", "http://kesan.test").post(here, form).is(http.StatusSeeOther)
}
