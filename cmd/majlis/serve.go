package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"os"
	"time"

	"github.com/peterbourgon/ff/v3/ffcli"
	"golang.org/x/sync/errgroup"

	"majlis/hub/gateway"
	"majlis/hub/interpreter"
	"majlis/hub/metrics"
	"majlis/web"
)

func serveCommand(stdout, stderr io.Writer) *ffcli.Command {
	var c config
	set := c.flags("majlis serve", stderr, "listen", "admin", "store", "public-url", "secret-file", "tls-cert", "tls-key", "node", "demo",
		"translator-url", "translator-key-file", "translator-rate")
	return &ffcli.Command{
		Name:       "serve",
		ShortUsage: "majlis serve [flags]",
		ShortHelp:  "Serve conferences from a store.",
		LongHelp: "Serves the pages, the live sessions and the API of everything in the store.\n" +
			"GET /readyz says when. An interrupt drains: phones are told to come back, and\n" +
			"nothing that was acknowledged is lost.",
		FlagSet: set,
		Options: options(set),
		Exec: func(ctx context.Context, args []string) error {
			if err := noArguments(args); err != nil {
				return err
			}
			return serve(ctx, &c, stdout, stderr)
		},
	}
}

func serve(ctx context.Context, c *config, stdout, stderr io.Writer) error {
	log := slog.New(slog.NewTextHandler(stderr, nil))
	publicURL, err := c.address()
	if err != nil {
		return err
	}
	warnPlain(log, publicURL)
	secure, err := c.secure(log)
	if err != nil {
		return err
	}
	if c.node == "" {
		c.node = nodeName(c.listen)
	}
	h, err := openHouse(ctx, c, publicURL, log)
	if err != nil {
		return err
	}
	machine, err := c.interpreter(h)
	if err != nil {
		return errors.Join(err, h.store.Close())
	}
	pages, there := web.Pages()
	if !there {
		pages = nil
		log.Warn("this binary was built without its pages; build it with `make build`")
	}
	failed, degraded := h.store.Failure, func() error { return nil }
	if h.shared { // away for all nodes alike
		failed, degraded = degraded, failed
	}
	g, err := gateway.New(gateway.Config{
		Hub: h.hub, Venue: h.venue, Signer: h.signer, PublicURL: publicURL, Listen: c.listen, Pages: pages, Secure: secure,
		Observer: h.metrics, Log: log, Version: version, Node: c.node,
		Level: h.store.Level, Failed: failed, Degraded: degraded,
	})
	if err != nil {
		return errors.Join(err, h.store.Close())
	}
	d := doors{c: c, house: h, machine: machine, gateway: g, pages: pages, loaded: make(chan struct{})}
	if err := d.open(); err != nil {
		return errors.Join(err, h.store.Close())
	}
	return d.serve(ctx, stdout)
}

// warnPlain tells that identities travel in the clear, unless they stay on this
// machine.
func warnPlain(log *slog.Logger, publicURL string) {
	u, err := url.Parse(publicURL)
	if err != nil || u.Scheme != "http" || u.Hostname() == "localhost" {
		return
	}
	if ip := net.ParseIP(u.Hostname()); ip != nil && ip.IsLoopback() {
		return
	}
	log.Warn("phones speak plain http: whoever listens on the network can take over access links and votes; put a proxy with https in front and give its address as --public-url", "public-url", publicURL)
}

// nodeName tells nodes apart, also two on one machine.
func nodeName(listen string) string {
	name, err := os.Hostname()
	if err != nil {
		name = "majlis"
	}
	_, port, err := net.SplitHostPort(listen)
	if err != nil {
		return name
	}
	return net.JoinHostPort(name, port)
}

// doors are the listeners of one house.
type doors struct {
	c       *config
	house   *house
	machine *interpreter.Interpreter // nil: nobody translates but people
	gateway *gateway.Gateway
	pages   fs.FS
	loaded  chan struct{} // closed once the index is whole

	public, admin, office net.Listener
}

// open binds everything before anything is served, so that a port that is taken
// is found out at once.
func (d *doors) open() (err error) {
	p, err := d.c.place()
	if err != nil {
		return err
	}
	if d.public, err = net.Listen("tcp", d.c.listen); err != nil {
		return fmt.Errorf("open the public listener: %w", err)
	}
	if d.c.admin != "" {
		if d.admin, err = net.Listen("tcp", d.c.admin); err != nil {
			return errors.Join(fmt.Errorf("open the operators' listener (--admin): %w", err), d.public.Close())
		}
	}
	if p.socket() == "" {
		return nil // the commands are nodes themselves
	}
	if d.office, err = listenOffice(p.socket()); err != nil {
		return errors.Join(err, d.public.Close())
	}
	return nil
}

// serve runs all listeners until ctx is done, the store fails or one of them
// does; then the public one drains, the hub stops, and the store is closed.
func (d *doors) serve(ctx context.Context, stdout io.Writer) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	group, ctx := errgroup.WithContext(ctx)
	inner, stopInner := context.WithCancel(context.WithoutCancel(ctx))
	defer stopInner()
	group.Go(func() error {
		return d.house.run(inner, func(inner context.Context) error { return d.work(inner, stdout) })
	})
	group.Go(func() error {
		defer stopInner()
		return d.gateway.Serve(ctx, d.public)
	})
	if d.office != nil {
		group.Go(func() error {
			return serveHTTP(ctx, d.office, officeHandler(desk{d.house.venue, d.house.store, d.house.hub}, d.loaded))
		})
	}
	if d.admin != nil {
		nodes := func() any { return d.house.hub.Circle().Nodes() }
		numbers := func() any {
			return struct {
				metrics.Numbers
				Nodes any `json:"nodes"`
			}{d.house.metrics.Snapshot(), nodes()}
		}
		handler := gateway.Admin(d.house.metrics.Handler(), numbers, nodes, d.pages)
		if at, ok := d.admin.Addr().(*net.TCPAddr); ok && at.IP.IsLoopback() {
			handler = gateway.OnlyHere(handler)
		}
		group.Go(func() error { return serveHTTP(ctx, d.admin, handler) })
	}
	group.Go(func() error {
		select {
		case <-ctx.Done():
			return nil
		case <-d.house.store.Failed():
			return fmt.Errorf("the store can take nothing more, so nothing more is acknowledged: %w", d.house.store.Failure())
		}
	})
	return group.Wait()
}

// work is what goes on while the house is open: it gets ready, and ushers.
func (d *doors) work(ctx context.Context, stdout io.Writer) error {
	if d.c.demo {
		if err := d.demo(ctx, stdout); err != nil {
			return err
		}
	}
	close(d.loaded)
	d.gateway.Ready()
	scheme := "http"
	if d.c.cert != "" {
		scheme = "https"
	}
	fmt.Fprintf(stdout, "Majlis is ready on %s://%s\n", scheme, d.public.Addr())
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() error { return d.house.venue.Run(ctx, d.house.trouble) })
	if d.house.shared {
		group.Go(func() error { return d.house.discover(ctx) })
	}
	if d.machine != nil {
		group.Go(func() error { return d.machine.Run(ctx) })
	}
	return group.Wait()
}

// serveHTTP serves a listener that nobody has to be told of when it closes.
func serveHTTP(ctx context.Context, l net.Listener, handler http.Handler) error {
	server := &http.Server{Handler: handler, ReadHeaderTimeout: 5 * time.Second}
	served := make(chan error, 1)
	go func() { served <- server.Serve(l) }()
	select {
	case err := <-served:
		return err
	case <-ctx.Done():
		server.Close()
		<-served
		return nil
	}
}
