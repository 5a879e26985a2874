// Package handlers faces people and other systems: pages, forms, files and the API. A handler reads its input, asks the
// domain, chooses the answer and writes it; it holds no arithmetic, no query and no rule about who may see what. It is the
// only package that knows Fiber.
package handlers

import (
	"io"
	"log/slog"
	"sync/atomic"
	"time"

	"github.com/gofiber/fiber/v2"

	"kesan/handlers/auth"
	"kesan/handlers/locale"
	"kesan/handlers/view"
	"kesan/scoring"
	"kesan/survey"
)

// System is what the handlers ask: the domain, wired by the command.
type System struct {
	Store     survey.Store
	Register  *survey.Register
	Keys      survey.Keys
	Minter    *survey.Minter
	Intake    *survey.Intake
	Tickets   *survey.Tickets
	Papers    *survey.Papers
	Writer    *survey.Writer
	Tallier   *survey.Tallier
	Mover     *survey.Mover
	Scans     *survey.Scans
	Audit     *survey.Audit
	SheetUses *survey.SheetUses
	Results   *scoring.Reader
	Clock     survey.Clock
	Log       *slog.Logger
}

// Options say how this server is reached.
type Options struct {
	BaseURL   string   // what QR codes and links carry; never taken from a request
	Proxies   []string // addresses of proxies whose forwarded headers are believed
	Demo      bool     // allows posters for localhost
	Version   string
	SetupCode string // opens the first-run page while there is no administrator; printed at the start
	// OpenMetrics serves /metrics to other machines too; without it only this one may read them.
	OpenMetrics bool
}

// renderer writes pages; see view.Views.
type renderer interface {
	Render(w io.Writer, name string, page any) error
}

// Server answers requests.
type Server struct {
	System
	options  Options
	views    renderer
	words    *locale.Words
	auth     *auth.Auth
	contacts *survey.Contacts
	metrics  *metrics
	assets   map[string]asset
	apiDocs  view.APIDocs
	app      *fiber.App

	draining atomic.Bool
	unready  atomic.Bool // what the last answer of /readyz found of the store
}

// Limits of a request. A slow client must not hold a connection, and nobody needs a large body but an import.
const (
	readTimeout  = 10 * time.Second
	writeTimeout = 15 * time.Second
	idleTimeout  = 30 * time.Second
	bodyLimit    = 16 << 10
	importLimit  = 4 << 20
)

// New makes a server with all its routes.
func New(system System, options Options) (*Server, error) {
	words, err := locale.Load()
	if err != nil {
		return nil, err
	}
	views, err := view.Load(words)
	if err != nil {
		return nil, err
	}
	assets, err := loadAssets()
	if err != nil {
		return nil, err
	}
	docs, err := loadAPIDocs(options.BaseURL)
	if err != nil {
		return nil, err
	}
	s := &Server{assets: assets, apiDocs: docs, System: system, options: options, views: views, words: words,
		auth:     auth.New(system.Store, system.Clock, options.secure()),
		contacts: survey.NewContacts(system.Store, system.Keys, system.Clock), metrics: newMetrics(system)}
	s.app = fiber.New(fiber.Config{
		// Fiber reuses the memory of a request after its handler; whatever outlives it must be a copy.
		Immutable:               true,
		CaseSensitive:           true,
		StrictRouting:           true,
		DisableStartupMessage:   true,
		ReadTimeout:             readTimeout,
		WriteTimeout:            writeTimeout,
		IdleTimeout:             idleTimeout,
		ReadBufferSize:          8192,
		EnableTrustedProxyCheck: true,
		TrustedProxies:          options.Proxies,
		ErrorHandler:            s.failed,
		ServerHeader:            "",
	})
	s.app.Server().HeaderReceived = readLimit
	s.mount()
	return s, nil
}

// App returns the Fiber application, for listening and for tests.
func (s *Server) App() *fiber.App { return s.app }
