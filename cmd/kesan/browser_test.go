package main

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"kesan/handlers"
	"kesan/survey"
	"kesan/survey/demo"
)

// What people do in a browser, with real clicks and typing, against the product on a port of its own. One browser serves
// all; each journey has its own context, so that no cookie is shared.
//
// CHROME_PATH names the browser. KESAN_TEST_SHOTS=DIR keeps a picture of every page.
func TestBrowser(t *testing.T) {
	if testing.Short() {
		t.Skip("needs a browser")
	}
	b := startBrowser(t)
	region := startRegion(t)
	for name, journey := range map[string]func(*testing.T, *browser, *site){
		"citizen":                 citizenAnswers,
		"citizen without scripts": citizenWithoutScripts,
		"citizen in English":      citizenInEnglish,
		"citizen who listens":     citizenListens,
		"citizen at a dead sheet": citizenAtRevokedSheet,
		"first run":               firstRun,
		"unit head":               headLooks,
		"officer":                 officerLooks,
		"personnel":               personnelLooks,
		"pages":                   everyPage,
		"dashboards":              dashboardCosts,
		"posters":                 postersPrint,
		"clerk":                   clerkTypes,
		"tickets":                 ticketsPrint,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			journey(t, b, region)
		})
	}
}

// shotsTo names the setting with the folder for pictures.
const shotsTo = "KESAN_TEST_SHOTS"

// plainHost is this machine by a name that the browser does not trust without HTTPS, as in an office without it.
const plainHost = "kesan.test"

// browser is the one process of Chromium.
type browser struct {
	ctx context.Context
}

func startBrowser(t *testing.T) *browser {
	t.Helper()
	path := cmp.Or(os.Getenv("CHROME_PATH"), lookPath("chromium", "chromium-browser", "google-chrome", "/usr/bin/chromium"))
	if path == "" {
		if os.Getenv("CI") != "" {
			t.Fatal("no Chromium; install it or set CHROME_PATH")
		}
		t.Skip("no Chromium; install it or set CHROME_PATH")
	}
	options := []chromedp.ExecAllocatorOption{chromedp.ExecPath(path), chromedp.DisableGPU,
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true),
		// Without the two web pages that Chromium keeps ready in every window for its address bar.
		chromedp.Flag("disable-features", "Translate,WebUIOmniboxPopup,WebUIOmniboxAimPopup"),
		chromedp.Flag("host-resolver-rules", "MAP "+plainHost+" 127.0.0.1")}
	if os.Getuid() == 0 {
		options = append(options, chromedp.NoSandbox)
	}
	ctx, cancel := chromedp.NewContext(context.Background(), chromedp.WithAllocatorOptions(options...))
	t.Cleanup(cancel)
	check(t, chromedp.Do(ctx))
	return &browser{ctx}
}

func lookPath(names ...string) string {
	for _, name := range names {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	return ""
}

// site is a running product.
type site struct {
	*system
	url    string
	logins map[string]string // passwords by username
	meter  *meter
	store  *moody

	home    home
	clock   survey.Clock
	options handlers.Options
	stop    func(*testing.T)
	pass    func(time.Duration) // moves the clock of a counter
}

// The region's time: a Monday in the last quarter, long enough after the third that this one is locked.
var regionNow = time.Date(2026, 12, 7, 10, 0, 0, 0, survey.WIB.Location())

const regionDays = 100

// thatMonday returns a clock that goes on from there: no test meets midnight, when tickets end and sheets begin.
func thatMonday() survey.Clock {
	begun := time.Now()
	return func() time.Time { return regionNow.Add(time.Since(begun)) }
}

// startRegion serves the demo's region as it is on that Monday.
func startRegion(t *testing.T) *site {
	t.Helper()
	region := demo.Generate(demoSeed, regionDays, survey.DayOf(regionNow, survey.WIB).Add(-1))
	s := startSite(t, thatMonday(), handlers.Options{Demo: true}, func(sys *system) {
		check(t, sys.makeRegion(t.Context(), io.Discard, region))
	})
	for _, login := range region.Accounts {
		s.logins[login.Account.Username] = login.Password
	}
	return s
}

// startSite serves an embedded store of its own, filled beforehand.
func startSite(t *testing.T, clock survey.Clock, options handlers.Options, fill func(*system)) *site {
	t.Helper()
	s := &site{logins: map[string]string{}, home: sqliteHome(t), clock: clock, options: options}
	s.start(t, fill)
	t.Cleanup(func() { s.stop(t) })
	return s
}

// start opens the store and serves it, after a stop at the same address.
func (s *site) start(t *testing.T, fill func(*system)) {
	t.Helper()
	opened, err := openStore(t.Context(), s.home.store)
	check(t, err)
	s.store = &moody{Store: opened}
	s.system, err = wire(t.Context(), s.store, s.home.data, s.clock, slog.New(slog.DiscardHandler))
	check(t, err)
	fill(s.system)
	listener, err := net.Listen("tcp", cmp.Or(strings.TrimPrefix(s.url, "http://"), "127.0.0.1:0"))
	check(t, err)
	s.meter = &meter{Listener: listener}
	s.url = "http://" + listener.Addr().String()
	s.options.BaseURL, s.options.Version = cmp.Or(s.options.BaseURL, s.url), "uji"
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- s.serve(ctx, s.meter, s.options) }()
	s.stop = func(t *testing.T) {
		stop()
		check(t, <-ended)
		check(t, s.Close())
	}
}

// tab is what one person sees. Everything it is told to do must be done within patience.
type tab struct {
	t     *testing.T
	ctx   context.Context
	site  *site
	close func()

	mu     sync.Mutex
	faults []string // what the browser complained about since the last look
}

const patience = time.Minute

// phone opens a tab on a phone with nothing in its memory.
func (b *browser) phone(t *testing.T, s *site) *tab {
	t.Helper()
	p := b.tab(t, s)
	p.do(chromedp.EmulateViewport(360, 800, chromedp.EmulateScale(2), chromedp.EmulateMobile))
	return p
}

// desk opens a tab on an office computer with nothing in its memory.
func (b *browser) desk(t *testing.T, s *site) *tab {
	t.Helper()
	p := b.tab(t, s)
	p.do(chromedp.EmulateViewport(1280, 800))
	return p
}

func (b *browser) tab(t *testing.T, s *site) *tab {
	p := &tab{t: t, site: s}
	ctx, cancel := chromedp.NewContext(b.ctx, chromedp.WithNewBrowserContext(), chromedp.WithListener(p.listen))
	t.Cleanup(cancel)
	p.ctx, p.close = ctx, cancel
	check(t, chromedp.Do(ctx)) // opens it, for as long as the test lasts
	p.speak("id-ID")
	return p
}

// another opens a second tab of the same person.
func (p *tab) another() *tab {
	p.t.Helper()
	q := &tab{t: p.t, site: p.site}
	q.ctx, q.close = chromedp.NewContext(p.ctx, chromedp.WithListener(q.listen))
	p.t.Cleanup(q.close)
	check(p.t, chromedp.Do(q.ctx))
	q.speak("id-ID")
	return q
}

// listen notes errors of scripts, of the network and of the content security policy.
func (p *tab) listen(event any) {
	text := ""
	switch event := event.(type) {
	case *runtime.EventExceptionThrown:
		text = event.ExceptionDetails.Text
		if event.ExceptionDetails.Exception != nil {
			text += " " + event.ExceptionDetails.Exception.Description
		}
	case *runtime.EventConsoleAPICalled:
		text = "console." + string(event.Type)
		for _, arg := range event.Args {
			text += " " + arg.Description + string(arg.Value)
		}
	case *log.EventEntryAdded:
		if event.Entry.Level == log.EntryLevelError || event.Entry.Level == log.EntryLevelWarning {
			text = event.Entry.Text + " " + event.Entry.URL
		}
	}
	if text != "" {
		p.mu.Lock()
		defer p.mu.Unlock()
		p.faults = append(p.faults, text)
	}
}

// complaints returns what the browser complained about since the last time.
func (p *tab) complaints() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	faults := p.faults
	p.faults = nil
	return faults
}

// clean fails the test if the browser complained.
func (p *tab) clean() {
	p.t.Helper()
	for _, fault := range p.complaints() {
		p.t.Errorf("the browser says: %s", fault)
	}
}

func (p *tab) do(steps ...chromedp.Action[chromedp.Void]) {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	if err := chromedp.Do(ctx, steps...); err != nil {
		p.t.Fatalf("%v\n%s", err, p.where())
	}
}

// result does an action and returns what it gives.
func result[T any](p *tab, action chromedp.Action[T]) T {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	value, err := chromedp.Run(ctx, action)
	if err != nil {
		p.t.Fatalf("%v\n%s", err, p.where())
	}
	return value
}

// where says what the tab shows, for a test that got stuck.
func (p *tab) where() string {
	ctx, cancel := context.WithTimeout(p.ctx, 5*time.Second)
	defer cancel()
	text, err := chromedp.Run(ctx, chromedp.Evaluate[string](`location.href + "\n" + document.title + "\n" + document.body.innerText.slice(0, 600)`))
	if err != nil {
		return err.Error()
	}
	return text
}

// js returns the value of an expression in the page.
func js[T any](p *tab, expression string) T {
	p.t.Helper()
	return result(p, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
}

// open goes to a path of the site, or to an address, and returns the status.
func (p *tab) open(path string) int {
	p.t.Helper()
	if strings.HasPrefix(path, "/") {
		path = p.site.url + path
	}
	return p.status(chromedp.NavigateResponse(path))
}

func (p *tab) status(action chromedp.Action[*network.Response]) int {
	p.t.Helper()
	response := result(p, action)
	if response == nil {
		p.t.Fatalf("no answer\n%s", p.where())
	}
	return int(response.Status)
}

// follow clicks what leads to another page, waits for it and returns its status.
func (p *tab) follow(selector string) int {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	response, err := chromedp.RunResponse(ctx, chromedp.Click(chromedp.CSS(selector)))
	if err != nil || response == nil {
		p.t.Fatalf("click %s: %v\n%s", selector, err, p.where())
	}
	return int(response.Status)
}

// press clicks what stays on the page.
func (p *tab) press(selector string) {
	p.t.Helper()
	p.do(chromedp.Click(chromedp.CSS(selector)))
}

// write types over what a field holds.
func (p *tab) write(selector, text string) {
	p.t.Helper()
	p.do(chromedp.WaitVisible(chromedp.CSS(selector)), chromedp.Evaluate[chromedp.Void]("document.querySelector(`"+selector+"`).select()"),
		chromedp.SendKeys(chromedp.CSS(selector), text))
}

func (p *tab) text(selector string) string {
	p.t.Helper()
	return result(p, chromedp.Text(chromedp.CSS(selector)))
}

func (p *tab) path() string {
	p.t.Helper()
	return js[string](p, "location.pathname")
}

// shows fails the test unless the page's text has all of these.
func (p *tab) shows(texts ...string) {
	p.t.Helper()
	body := js[string](p, "document.body.innerText")
	for _, text := range texts {
		if !strings.Contains(body, text) {
			p.t.Errorf("%s does not show %q:\n%s", p.path(), text, body)
		}
	}
}

func (p *tab) signIn(username string) {
	p.t.Helper()
	status := http.StatusServiceUnavailable
	for try := 0; try < 5 && status == http.StatusServiceUnavailable; try++ { // busy with others: it says to come back
		p.open("/masuk")
		p.write("#isian-nama", username)
		p.write("#isian-sandi", p.site.logins[username])
		status = p.follow("main button")
	}
	if status != 200 || p.path() == "/masuk" {
		p.t.Fatalf("sign in as %s: %d\n%s", username, status, p.where())
	}
}

// speak sets the languages that the browser asks for.
func (p *tab) speak(language string) {
	p.t.Helper()
	agent := js[string](p, "navigator.userAgent")
	_, err := chromedp.Call(p.ctx, emulation.SetUserAgentOverride, emulation.SetUserAgentOverrideParams{UserAgent: agent, AcceptLanguage: language})
	check(p.t, err)
}

// print returns the page as a PDF on A4 and the number of its sheets.
func (p *tab) print(name string) int {
	p.t.Helper()
	pdf := result(p, chromedp.PrintToPDF(chromedp.PDFPaper(chromedp.PaperA4), chromedp.PDFPreferCSSPageSize()))
	p.keep(name+".pdf", pdf)
	return len(pdfPage.FindAll(pdf, -1))
}

var pdfPage = regexp.MustCompile(`/Type\s*/Page\b[^s]`)

// shot keeps a picture of the whole page.
func (p *tab) shot(name string) {
	p.t.Helper()
	if os.Getenv(shotsTo) != "" {
		p.keep(name+".png", result(p, chromedp.FullScreenshot(100)))
	}
}

// keep writes a file for whoever wants to look at it.
func (p *tab) keep(name string, content []byte) {
	p.t.Helper()
	dir := os.Getenv(shotsTo)
	if dir == "" {
		return
	}
	check(p.t, os.MkdirAll(dir, 0o755))
	check(p.t, os.WriteFile(filepath.Join(dir, fileName.ReplaceAllString(name, "-")), content, 0o644))
}

var fileName = regexp.MustCompile(`[^A-Za-z0-9.+]+`)

// equal fails the test unless both are the same.
func equal[T comparable](t *testing.T, what string, got, want T) {
	t.Helper()
	if got != want {
		t.Errorf("%s: %s, want %s", what, fmt.Sprint(got), fmt.Sprint(want))
	}
}
