package main

import (
	"context"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"kesan/handlers"
	"kesan/survey"
)

// Visits whose answers meet every kind of broken connection, each through the page's own script, half of them with a service
// worker and half over plain HTTP as on an office's own network: none may be lost, none may count twice.
func TestOutages(t *testing.T) {
	if testing.Short() {
		t.Skip("needs a browser")
	}
	b := startBrowser(t)
	visits := 24
	if os.Getenv("CI") != "" {
		visits = 200
	}
	const lanes = 4
	for n := range lanes {
		name, host := "worker", "127.0.0.1"
		if n%2 == 1 {
			name, host = "plain HTTP", plainHost
		}
		t.Run(fmt.Sprint(name, " ", n/2), func(t *testing.T) {
			t.Parallel()
			lane := openLane(t, b, host)
			for i := range visits / lanes {
				lane.what = fmt.Sprint(i, " ", outages[i%len(outages)].name)
				outages[i%len(outages)].happen(lane, fmt.Sprint("kunjungan ", i))
			}
			lane.settle(visits / lanes)
		})
	}
}

// lane is a citizen's phone that comes to a counter again and again, over a network of its own.
type lane struct {
	*tab        // what the phone shows
	phone  *tab // keeps the phone's memory
	relay  *relay
	origin string
	path   string
	what   string // happens now
}

func openLane(t *testing.T, b *browser, host string) *lane {
	t.Helper()
	s := startCounter(t, handlers.Options{Demo: true})
	l := &lane{relay: startRelay(t, s), phone: b.phone(t, s)}
	_, port, _ := strings.Cut(l.relay.listener.Addr().String(), ":")
	l.origin = "http://" + host + ":" + port
	l.path = l.origin + s.survey(t, atCounter)
	l.tab = l.phone.another()
	return l
}

// outages are what can happen to an answer. Each ends with the answer stored, or in the outbox for the next visit to send.
var outages = []struct {
	name   string
	happen func(*lane, string)
}{
	{"none", func(l *lane, comment string) {
		l.fill(comment)
		l.send()
		l.thanks()
	}},
	{"before it is sent", func(l *lane, comment string) {
		l.fill(comment)
		l.relay.fall(true)
		l.send()
		l.kept()
		l.relay.fall(false)
		l.thanks()
	}},
	{"while it is sent", func(l *lane, comment string) {
		l.fill(comment)
		l.relay.cut()
		l.relay.arm(cutRequest)
		l.send()
		l.thanks()
	}},
	{"after it is stored", func(l *lane, comment string) {
		l.fill(comment)
		l.relay.cut()
		l.relay.arm(cutReply)
		l.send()
		l.thanks()
	}},
	{"reloaded without a connection", func(l *lane, comment string) {
		l.fill(comment)
		l.relay.fall(true)
		l.send()
		l.kept()
		l.reload()
		l.relay.fall(false)
		l.come() // or the browser loaded its page anew before, and the answer was sent and told of there
		l.until(noticed + remains + `.then(left => left == "")`)
	}},
	{"closed without a connection", func(l *lane, comment string) {
		l.fill(comment)
		l.relay.fall(true)
		l.send()
		l.kept()
		l.close()
		l.relay.fall(false)
		l.comeAgain()
	}},
	{"closed after it is stored", func(l *lane, comment string) {
		l.fill(comment)
		l.relay.cut()
		l.relay.arm(cutReply)
		l.send()
		l.close()
		l.comeAgain()
	}},
	{"server starts again", func(l *lane, comment string) {
		l.fill(comment)
		l.relay.cut()
		l.phone.site.stop(l.t)
		l.send()
		l.kept()
		l.phone.site.start(l.t, func(*system) {})
		l.thanks()
	}},
}

// until asks what the phone shows until it is so; between two pages there is nobody to ask.
func (l *lane) until(expression string) {
	l.t.Helper()
	ctx, cancel := context.WithTimeout(l.ctx, patience)
	defer cancel()
	for ctx.Err() == nil {
		if _, err := chromedp.Run(ctx, chromedp.Poll[bool](expression, chromedp.WithPollingInterval(100*time.Millisecond))); err == nil {
			return
		}
	}
	l.t.Fatalf("%s, never: %s\n%s\n%q", l.what, expression, l.where(), l.complaints())
}

// come opens the survey as a scan does. A page of the browser's own, which tells of no connection, may load itself at the
// same moment; then it is opened again.
func (l *lane) come() {
	l.t.Helper()
	ctx, cancel := context.WithTimeout(l.ctx, patience)
	defer cancel()
	for ctx.Err() == nil {
		if response, err := chromedp.Run(ctx, chromedp.NavigateResponse(l.path)); err == nil && response != nil && response.Status == 200 {
			return
		}
	}
	l.t.Fatalf("%s: the survey does not open\n%s", l.what, l.where())
}

// comeAgain opens the survey in a new tab, which sends what the closed one left.
func (l *lane) comeAgain() {
	l.t.Helper()
	l.tab = l.phone.another()
	l.come()
	l.until(noticed + remains + `.then(left => left == "")`)
}

// noticed lets a page that waits notice that it has a connection, once a second: a browser does not say so ten times.
const noticed = `document.querySelector("#kabar [name=kirim]") && !(Date.now() - window.noticed < 1e3) && (window.noticed = Date.now(), dispatchEvent(new Event("online"))), `

// reload loads the page anew without a connection: the worker shows where the answer is; without one the browser has nothing.
func (l *lane) reload() {
	l.t.Helper()
	ctx, cancel := context.WithTimeout(l.ctx, patience)
	defer cancel()
	err := chromedp.Do(ctx, chromedp.Navigate(l.path))
	if strings.Contains(l.path, plainHost) {
		if err == nil {
			l.t.Errorf("a page without a connection")
		}
		return
	}
	check(l.t, err)
	l.kept()
}

// fill opens a form and answers everything.
func (l *lane) fill(comment string) {
	l.t.Helper()
	l.come()
	l.until("!!document.forms[0]?.onsubmit")
	js[bool](l.tab, `for (const e of document.querySelectorAll("[value='3'],[name=layanan]")) e.checked = true; document.forms[0].komentar.value = "`+comment+`"; true`)
}

// send presses the button and waits until the phone has the answer, or has sent it already.
func (l *lane) send() {
	l.t.Helper()
	js[bool](l.tab, `document.querySelector(".end button").click(); true`)
	l.until(remains + `.then(left => left != "" || !!document.querySelector(".ok"))`)
}

// kept waits until the phone says that the answer is on it.
func (l *lane) kept() {
	l.t.Helper()
	l.until(`!!document.querySelector("#kabar [name=kirim]")`)
}

// thanks waits for the receipt; the phone notices that it has a connection.
func (l *lane) thanks() {
	l.t.Helper()
	l.until(noticed + `!!document.querySelector(".ok,#kabar .note a")`)
}

// settle checks that every visit of the lane is stored once and that nothing of it is left on the phone.
func (l *lane) settle(visits int) {
	l.t.Helper()
	counted := map[string]int{}
	today := survey.DayOf(l.site.clock(), survey.WIB)
	for record, err := range l.phone.site.Store.Records(l.t.Context(), journeyUnit, today, today) {
		check(l.t, err)
		if record.Kind == survey.KindResponse {
			response, err := survey.DecodeResponse(record)
			check(l.t, err)
			counted[response.Comment]++
		}
	}
	for i := range visits {
		if n := counted[fmt.Sprint("kunjungan ", i)]; n != 1 {
			l.t.Errorf("%s: counted %d times", outages[i%len(outages)].name, n)
		}
	}
	if l.relay.arm(noFault) {
		l.t.Error("the last fault did not happen")
	}
	l.come()
	left := js[string](l.tab, remains)
	if left != "" {
		l.t.Errorf("left on the phone: %s", left)
	}
	token := js[string](l.tab, `document.forms[0].elements.form.value`)
	if cached := js[string](l.tab, cachedPages); strings.Contains(cached, token) || strings.Contains(cached, `name="form"`) {
		l.t.Errorf("the phone keeps a page with a form: %s", cached)
	}
}

// remains is what the phone holds of answers.
const remains = `new Promise(done => {
	const opening = indexedDB.open("kesan");
	opening.onsuccess = () => {
		const all = opening.result.transaction("outbox").objectStore("outbox").getAll();
		all.onsuccess = () => opening.result.close() || done(all.result.map(e => JSON.stringify(e)).concat(Object.values(sessionStorage)).join("\n"));
	};
})`

// cachedPages is the text of all pages that the phone keeps.
const cachedPages = `(async () => {
	if (!window.caches) return "";
	const pages = [];
	for (const name of await caches.keys()) {
		const cache = await caches.open(name);
		for (const request of await cache.keys()) pages.push(await (await cache.match(request)).text());
	}
	return pages.join("\n");
})()`
