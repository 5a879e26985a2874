package main

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"kesan/handlers"
	"kesan/handlers/auth"
	"kesan/survey"
	"kesan/survey/demo"
)

const (
	demoSeed = 1
	demoDays = 365
	// demoBatch is how many records are written at once while the region is made.
	demoBatch = 4096
	// trickleEvery is the mean pause between the answers that come in while the demo runs.
	trickleEvery = 8 * time.Second
	// lockAfter is how long after its end a demo cycle is locked; the one before is being checked still.
	lockAfter = 60 * 24 * time.Hour
)

func demoCommand(ctx context.Context, env environment, args []string) error {
	var s settings
	flags := newFlags("demo", "[options]\n\nMakes an invented region and serves it. Without --data it lives in a temporary folder that is removed at the end.")
	s.server(flags, "127.0.0.1:8080")
	flags.Lookup("data").DefValue = ""
	s.Data = ""
	flags.BoolVar(&s.Quiet, "quiet", false, "no new answers while the demo runs")
	if err := parse(env, flags, args); err != nil {
		return err
	}
	if err := noMore(flags, 0); err != nil {
		return err
	}
	if s.Data == "" {
		dir, err := os.MkdirTemp("", "kesan-demo-")
		if err != nil {
			return failed(err, "folder sementara tidak dapat dibuat")
		}
		defer os.RemoveAll(dir)
		s.Data = dir
	}
	if err := s.complete(); err != nil {
		return err
	}
	listener, err := s.listen()
	if err != nil {
		return err
	}
	defer listener.Close()
	sys, err := openSystem(ctx, &s, newLog(env.Stderr, s.Debug))
	if err != nil {
		return err
	}
	defer sys.Close()
	return sys.demo(ctx, env, &s, listener)
}

func (sys *system) demo(ctx context.Context, env environment, s *settings, listener net.Listener) error {
	author, err := sys.author(ctx)
	if err != nil {
		return err
	}
	region := demo.Generate(demoSeed, demoDays, survey.DayOf(sys.Clock.Now(), survey.WIB).Add(-1))
	file := filepath.Join(s.Data, "demo.json") // written last, so it says that the region is whole
	switch _, unfinished := os.Stat(file); {
	case author == "":
		if err := sys.makeRegion(ctx, env.Stderr, region); err != nil {
			return err
		}
	case author != demo.Author:
		return misused("--data (KESAN_DATA), --store (KESAN_STORE): di sana ada data kantor lain, dan peraga akan mengisinya dengan jawaban rekaan; pilih folder lain")
	case unfinished != nil:
		return failed(nil, "--data (KESAN_DATA): pembuatan peraga ini terputus; hapus %s, lalu mulai lagi", s.Data)
	}
	guide, err := sys.guide(region, s.BaseURL)
	if err != nil {
		return err
	}
	if guide.Tickets, err = sys.tickets(ctx, region, s.BaseURL); err != nil {
		return err
	}
	if err := guide.write(file); err != nil {
		return err
	}
	guide.print(env.Stdout, file)
	options := s.options()
	options.Demo = true
	var trickle sync.WaitGroup
	if !s.Quiet {
		trickle.Go(func() { sys.trickle(ctx, region) })
	}
	defer trickle.Wait()
	return sys.serve(ctx, listener, options)
}

// makeRegion writes office, answers, tallies, messages and passwords, and locks the cycles that are long over.
func (sys *system) makeRegion(ctx context.Context, out io.Writer, region *demo.Region) error {
	if err := region.Configure(ctx, sys.Register); err != nil {
		return err
	}
	var passwords sync.WaitGroup
	set := make(chan error, 1)
	passwords.Go(func() { set <- sys.setPasswords(ctx, region) })
	if err := sys.writeAnswers(ctx, region, progress(out, "menulis jawaban  ")); err != nil {
		return err
	}
	if err := sys.Tallier.Rebuild(ctx, region.From, region.Until, progress(out, "menghitung       ")); err != nil {
		return err
	}
	if err := sys.lockPast(ctx, progress(out, "mengunci siklus  ")); err != nil {
		return err
	}
	if err := sys.leaveContacts(ctx); err != nil {
		return err
	}
	passwords.Wait()
	return <-set
}

// leaveContacts leaves the messages that unit heads find.
func (sys *system) leaveContacts(ctx context.Context) error {
	office, contacts := sys.Register.Office(), survey.NewContacts(sys.Store, sys.Keys, sys.Clock)
	for _, contact := range demo.Contacts {
		unit, err := office.Units.Value(contact.Unit)
		if err != nil {
			return err
		}
		receipt := survey.Receipt{Key: survey.DayOf(sys.Clock.Now(), unit.Zone), Code: contact.Reach}
		if err := contacts.Leave(ctx, receipt, unit, contact, office.Agency().ContactDays()); err != nil {
			return err
		}
	}
	return nil
}

// setPasswords gives accounts their passwords and devices their secrets.
func (sys *system) setPasswords(ctx context.Context, region *demo.Region) error {
	signing := auth.New(sys.Store, sys.Clock, false)
	for _, device := range region.Devices {
		if err := signing.AdmitDevice(ctx, device.ID, device.Secret); err != nil {
			return err
		}
	}
	for _, login := range region.Accounts {
		if err := signing.SetPassword(ctx, login.Account.Username, login.Password); err != nil {
			return err
		}
	}
	return nil
}

func (sys *system) writeAnswers(ctx context.Context, region *demo.Region, progress func(float64)) error {
	var batch []survey.Record
	flush := func() error {
		_, err := sys.Store.AppendRecords(ctx, batch)
		batch = batch[:0]
		return err
	}
	days := 0.0
	for day := range region.Days(sys.Register.Office()) {
		batch = append(batch, day.Records()...)
		if len(batch) >= demoBatch {
			if err := flush(); err != nil {
				return err
			}
		}
		days++
		progress(days / demoDays)
	}
	return flush()
}

// lockPast locks the cycles that ended long ago, and puts those that ended lately to be checked.
func (sys *system) lockPast(ctx context.Context, progress func(float64)) error {
	cycles, err := sys.cyclesByEnd()
	if err != nil {
		return err
	}
	now := sys.Clock.Now()
	for i, cycle := range cycles {
		ended := cycle.To.Date().AddDate(0, 0, 1)
		switch {
		case now.Before(ended.Add(24 * time.Hour)):
		case now.Sub(ended) > lockAfter:
			err = sys.Results.Lock(ctx, cycle.ID, demo.Author, "siklus peraga yang sudah lewat", false, sys.Tallier)
		default:
			err = sys.Results.Advance(ctx, cycle.ID, demo.Author, "pemeriksaan angka sementara")
		}
		if err != nil {
			return failed(err, "siklus %s tidak dapat dikunci", cycle.ID)
		}
		progress(float64(i+1) / float64(len(cycles)))
	}
	return nil
}

// cyclesByEnd returns the periods of all cycles, by their ends and a quarter before its year: in this order they can be locked.
func (sys *system) cyclesByEnd() ([]survey.Period, error) {
	var list []survey.Period
	for id := range sys.Register.Office().Cycles {
		period, err := survey.ParsePeriod(id)
		if err != nil {
			return nil, err
		}
		list = append(list, period)
	}
	slices.SortFunc(list, func(a, b survey.Period) int {
		return cmp.Or(cmp.Compare(a.To, b.To), cmp.Compare(b.From, a.From))
	})
	return list, nil
}

// trickle sends an answer now and then, on the way that every answer takes.
func (sys *system) trickle(ctx context.Context, region *demo.Region) {
	for {
		pause := time.Duration((0.5 + rand.Float64()) * float64(trickleEvery))
		select {
		case <-ctx.Done():
			return
		case <-time.After(pause):
		}
		posting := region.Trickle(sys.Register.Office(), sys.Clock.Now())
		visit, err := sys.Intake.Open(posting.Sheet)
		if err == nil {
			_, err = sys.Intake.Submit(ctx, visit, posting.Answers.To(visit.Asked()), posting.Lang)
		}
		if err != nil && ctx.Err() == nil {
			sys.Log.Warn("demo answer", "error", err)
		}
	}
}

// guide is demo.json: what a newcomer or a script needs to walk through the demo.
type guide struct {
	URL      string         `json:"url"`
	Surveys  []string       `json:"surveys"`
	Tickets  []string       `json:"tickets"` // addresses of a few that nobody has used
	Accounts []guideAccount `json:"accounts"`
	Devices  []guideDevice  `json:"devices"`
	APIKey   string         `json:"api_key"`
	Cycle    string         `json:"cycle"`
}

type guideAccount struct {
	Role     survey.Role `json:"role"`
	Username string      `json:"username"`
	Password string      `json:"password"`
	Unit     string      `json:"unit"`
}

// guideDevice is a paired display or kiosk: whoever opens its address is taken for it.
type guideDevice struct {
	Kind  survey.DeviceKind `json:"kind"`
	URL   string            `json:"url"`
	Place string            `json:"-"` // name and unit, for people
}

func (sys *system) guide(region *demo.Region, baseURL string) (guide, error) {
	office := sys.Register.Office()
	today := survey.DayOf(sys.Clock.Now(), survey.WIB)
	g := guide{URL: baseURL, APIKey: demo.APISecret, Cycle: survey.QuarterOf(today).ID}
	for _, id := range office.Sheets.IDs() {
		if sheet := office.Sheets[id].Value; sheet.Revoked || sheet.ValidTo != "" && sheet.ValidTo < today {
			continue
		}
		token, err := sys.Minter.Poster(id)
		if err != nil {
			return guide{}, err
		}
		g.Surveys = append(g.Surveys, baseURL+"/s/"+token)
	}
	for _, login := range region.Accounts {
		a := login.Account
		g.Accounts = append(g.Accounts, guideAccount{Role: a.Role, Username: a.Username, Password: login.Password, Unit: a.Unit})
	}
	for _, device := range region.Devices {
		if _, known := office.Devices[device.ID]; known { // a region that an older version made has none
			place := device.Name + ", " + survey.Name(office.Units, office.Counters[device.Counter].Value.Unit)
			g.Devices = append(g.Devices, guideDevice{device.Kind, baseURL + handlers.DemoDevice(device.Device, device.Secret), place})
		}
	}
	return g, nil
}

// demoTickets is how many fresh tickets the guide names.
const demoTickets = 3

// tickets issues some for a counter of the demo whose people get tickets.
func (sys *system) tickets(ctx context.Context, region *demo.Region, baseURL string) ([]string, error) {
	tickets, _, err := sys.Tickets.Issue(ctx, survey.TicketOrder{Counter: region.TicketCounter(), Count: demoTickets})
	var addresses []string
	for _, ticket := range tickets {
		addresses = append(addresses, baseURL+"/s/"+ticket.Token)
	}
	return addresses, err
}

func (g guide) write(path string) error {
	body, err := json.MarshalIndent(g, "", "  ")
	if err != nil {
		return err
	}
	return os.WriteFile(path, append(body, '\n'), 0o600)
}

func (g guide) print(w io.Writer, path string) {
	fmt.Fprintf(w, "\nKesan, wilayah peraga: %s\n\n", g.URL)
	fmt.Fprintf(w, "Survei sebuah loket : %s\n", g.Surveys[0])
	fmt.Fprintf(w, "Layar dan kios      : kode keluar kios %s\n", demo.ExitCode)
	for _, device := range g.Devices {
		fmt.Fprintf(w, "  %s\n    %s\n", device.Place, device.URL)
	}
	fmt.Fprintf(w, "Masuk               : %s/masuk\n", g.URL)
	for _, a := range g.Accounts {
		fmt.Fprintf(w, "  %-12s %-24s %s\n", a.Role, a.Username, a.Password)
	}
	fmt.Fprintf(w, "API                 : curl -H 'Authorization: Bearer %s' %s/api/v1/cycles/%s/results\n", g.APIKey, g.URL, g.Cycle)
	fmt.Fprintf(w, "Semua alamat        : %s\n\nCtrl+C menghentikan.\n", path)
}
