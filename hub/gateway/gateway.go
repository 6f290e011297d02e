package gateway

import (
	"context"
	"crypto/tls"
	"io/fs"
	"log/slog"
	"maps"
	"net"
	"net/http"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/labstack/echo/v4"
	"github.com/labstack/echo/v4/middleware"

	"majlis/hub"
	"majlis/hub/gateway/line"
	"majlis/hub/oplog"
	"majlis/hub/pass"
	"majlis/hub/venue"
	"majlis/hub/wire"
)

// Observer is told what happens at the edge. Its methods must return at once.
type Observer interface {
	Connected(transport string)
	Disconnected(transport, code string, age time.Duration)
	Received(frame string)
	Refused(reason oplog.Reason)
	Limited(what string)
	Draining()
}

// Config is what a Gateway is made of.
type Config struct {
	Hub       *hub.Hub
	Venue     *venue.Venue
	Signer    *pass.Signer
	PublicURL string      // "https://majlis.example": links, the Origin and Host list
	Listen    string      // the listener's own address, a name for it on loopback
	Pages     fs.FS       // the built web app; nil in a binary without pages
	Secure    *tls.Config // nil: plain, as behind a proxy that ends TLS
	Observer  Observer
	Log       *slog.Logger
	Version   string
	Node      string
	Level     func() oplog.Level // what an acknowledgement promises now
	// Failed tells why the store can take nothing more; nil while it can.
	Failed func() error
	// Degraded tells why commands cannot be taken now, here as at every other
	// node: nil while they can. Documents and watches go on, so a load balancer
	// should leave the node where it is.
	Degraded func() error
}

// Gateway serves one node's public listener.
type Gateway struct {
	// static
	cfg     Config
	allow   Allow
	headers Headers
	echo    *echo.Echo
	secure  bool

	commands *quota
	asks     *quota
	codes    *quota
	watches  *Buckets
	reacts   *Buckets
	asked    *Buckets // questions that have been counted
	places   *Buckets
	seats    seats

	admission *admission
	ready     atomic.Bool
	draining  atomic.Bool

	forms   line.Forms
	sockets sync.WaitGroup
	readers *readers
	wheel   wheel

	mu    sync.Mutex
	staff map[*client]struct{} // those who rest on passes
}

// New makes a gateway. It serves nothing before Serve.
func New(cfg Config) (*Gateway, error) {
	allow, err := NewAllow(cfg.PublicURL, cfg.Listen)
	if err != nil {
		return nil, err
	}
	alone := cfg.Hub == nil || cfg.Hub.Circle().Alone()
	g := &Gateway{
		cfg: cfg, allow: allow, headers: NewHeaders(cfg.PublicURL),
		secure:   isHTTPS(cfg.PublicURL),
		commands: newQuota("commands", CommandRate, CommandBurst, CommandTold, alone),
		asks:     newQuota("questions", AskRate, AskBurst, 1, alone),
		codes:    newQuota("codes", CodeRate, CodeBurst, 1, alone),
		asked:    NewBuckets(AgainRate, 1, MaxBucketEntries),
		watches:  NewBuckets(WatchRate, WatchBurst, MaxBucketEntries),
		reacts:   NewBuckets(ReactRate, ReactBurst, MaxBucketEntries),
		places:   NewBuckets(PlaceRate, PlaceBurst, MaxBucketEntries),
		staff:    make(map[*client]struct{}),

		admission: newAdmission(),
		readers:   newReaders(),
	}
	g.echo = g.routes()
	if cfg.Hub != nil { // a gateway without one describes itself
		cfg.Hub.Circle().Join(voice{g})
	}
	return g, nil
}

// quotas are the limits that hold at all nodes together.
func (g *Gateway) quotas() []*quota { return []*quota{g.commands, g.asks, g.codes} }

func (g *Gateway) routes() *echo.Echo {
	e := echo.New()
	e.HideBanner, e.HidePort = true, true
	// A phone's address decides nothing but the slowest of limits, so the peer
	// is all we believe.
	e.IPExtractor = echo.ExtractIPDirect()
	e.HTTPErrorHandler = g.fail
	e.Use(middleware.RecoverWithConfig(middleware.RecoverConfig{LogErrorFunc: g.panicked}))
	e.Use(g.guardHost)
	e.GET("/livez", g.livez)
	e.GET("/readyz", g.readyz)
	e.GET("/ws", g.socket)
	api := e.Group("/api/v1", g.apiHeaders, g.whenReady, middleware.BodyLimit(BodyLimit))
	api.POST("/hello", g.hello)
	api.GET("/topics/:kind/:id", g.document)
	api.GET("/topics/:kind/:id/mine", g.mine)
	api.GET("/topics/:kind/:id/events", g.events)
	api.POST("/topics/:kind/:id/commands", g.command)
	api.POST("/topics/:kind/:id/react", g.reacted)
	api.GET("/topics/:kind/:id/archive", g.archive)
	api.GET("/sessions", g.sessions)
	api.GET("/sessions/:id", g.session)
	api.GET("/sessions/:id/results.json", g.resultsJSON)
	api.GET("/sessions/:id/results.csv", g.resultsCSV)
	api.GET("/sessions/:id/polls.json", g.pollFile)
	api.POST("/sessions/:id/polls", g.importPolls)
	api.GET("/conferences", g.conferences)
	api.POST("/conferences/:id/programme", g.programme)
	api.POST("/conferences/:id/passes", g.mint)
	api.GET("/join/:code", g.join)
	api.POST("/pass", g.enter)
	api.DELETE("/pass", g.forget)
	api.GET("/me", g.me)
	api.GET("/openapi.yaml", described(OpenAPI()))
	api.GET("/asyncapi.yaml", described(wire.AsyncAPI()))
	g.pages(e)
	return e
}

// Handler is the public listener's handler.
func (g *Gateway) Handler() http.Handler { return g.echo }

// Server is an HTTP server with the limits of the edge.
func (g *Gateway) Server() *http.Server {
	return &http.Server{
		Handler:           g.echo,
		ReadHeaderTimeout: ReadHeaderTimeout,
		ReadTimeout:       ReadTimeout,
		IdleTimeout:       IdleTimeout,
		MaxHeaderBytes:    MaxHeaderBytes,
		ErrorLog:          slog.NewLogLogger(g.cfg.Log.Handler(), slog.LevelDebug),
	}
}

// Ready says that the hub has loaded what there is.
func (g *Gateway) Ready() { g.ready.Store(true) }

// Serve serves a listener until ctx is done, then drains: not ready, no new
// connections, every client told to come back, then closed.
func (g *Gateway) Serve(ctx context.Context, l net.Listener) error {
	server := g.Server()
	served := make(chan error, 1)
	go func() { served <- server.Serve(Guard(l, g.cfg.Secure)) }()
	beats, passes := time.NewTicker(SweepEvery), time.NewTicker(PassEvery)
	defer beats.Stop()
	defer passes.Stop()
	for {
		select {
		case err := <-served:
			return err
		case <-beats.C:
			g.sweep(time.Now())
		case <-passes.C:
			g.expel(time.Now())
		case <-ctx.Done():
			g.drain(server)
			<-served
			g.sockets.Wait()
			g.readers.end()
			return nil
		}
	}
}

// drain sends everybody away without losing anything: what was acknowledged is
// in the log, the rest is in the phones' outboxes.
func (g *Gateway) drain(server *http.Server) {
	g.draining.Store(true)
	g.cfg.Observer.Draining()
	for _, c := range g.wheel.all() {
		c.bye()
	}
	ctx, cancel := context.WithTimeout(context.Background(), DrainTimeout)
	defer cancel()
	g.await(ctx)
	if err := server.Shutdown(ctx); err != nil {
		server.Close()
	}
}

// await waits until the last client is gone, and cuts those that stay.
func (g *Gateway) await(ctx context.Context) {
	tick := time.NewTicker(10 * time.Millisecond)
	defer tick.Stop()
	for g.wheel.len() > 0 {
		select {
		case <-ctx.Done():
			for _, c := range g.wheel.all() {
				c.cut(errDraining)
			}
			return
		case <-tick.C:
		}
	}
}

// enlist notes a client, so that it is told when the server stops: here, when
// that began after it had been let in.
func (g *Gateway) enlist(c *client) {
	g.wheel.add(c, BeatEvery)
	if c.who.staff() {
		g.mu.Lock()
		g.staff[c] = struct{}{}
		g.mu.Unlock()
	}
	if g.draining.Load() {
		c.bye()
	}
}

func (g *Gateway) discharge(c *client) {
	g.wheel.remove(c)
	g.mu.Lock()
	defer g.mu.Unlock()
	delete(g.staff, c)
}

// sweep sends the beat to those who have heard nothing for a while, and others
// away who watch what is not served here.
func (g *Gateway) sweep(now time.Time) {
	g.moveAway()
	for _, c := range g.wheel.turn() {
		g.wheel.add(c, c.beat(now))
	}
}

// expel ends the connections that rest on passes which are not good any more, or
// do not reach what they watch.
func (g *Gateway) expel(now time.Time) {
	for _, c := range g.onPasses() {
		if why := c.overstays(now); why != nil {
			c.cut(why)
		}
	}
}

// moveAway sends those away who watch a topic that this node does not serve any
// more: another one may.
func (g *Gateway) moveAway() {
	unserved := g.cfg.Hub.Unserved()
	if len(unserved) == 0 {
		return
	}
	for _, c := range g.wheel.all() {
		if c.watchesAny(unserved) {
			c.bye()
		}
	}
}

func (g *Gateway) onPasses() []*client {
	g.mu.Lock()
	defer g.mu.Unlock()
	return slices.Collect(maps.Keys(g.staff))
}
