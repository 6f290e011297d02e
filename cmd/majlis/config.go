package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"github.com/peterbourgon/ff/v3"
)

// config is what flags, environment and file say. One table for all commands;
// each takes the rows that mean something to it.
type config struct {
	listen    string
	admin     string
	store     string
	publicURL string
	secret    string
	demo      bool
	zone      string
	json      bool
}

// flags makes a command's flag set with rows of the table.
func (c *config) flags(name string, stderr io.Writer, rows ...string) *flag.FlagSet {
	set := flag.NewFlagSet(name, flag.ContinueOnError)
	set.SetOutput(stderr)
	table := map[string]func(){
		"listen": func() { set.StringVar(&c.listen, "listen", "127.0.0.1:8080", "address of the public listener") },
		"admin": func() {
			set.StringVar(&c.admin, "admin", "127.0.0.1:9090", "address of the operators' listener (metrics, profiles, /ops); empty for none")
		},
		"store": func() { set.StringVar(&c.store, "store", "sqlite:majlis.db", "where everything is kept: sqlite:FILE") },
		"public-url": func() {
			set.StringVar(&c.publicURL, "public-url", "", "address that people open, for links, QR codes and the Origin list (default: the listen address, when that is this machine's own)")
		},
		"secret": func() {
			set.StringVar(&c.secret, "secret-file", "", "file of the server's secret (default: beside the store, made at the first start)")
		},
		"demo": func() { set.BoolVar(&c.demo, "demo", false, "fill an empty store with a demonstration conference") },
		"zone": func() { set.StringVar(&c.zone, "zone", "", "time zone of files that name none, like Asia/Riyadh") },
		"json": func() { set.BoolVar(&c.json, "json", false, "print JSON") },
	}
	for _, row := range rows {
		table[row]()
	}
	set.String("config", "", "file with one \"flag value\" a line")
	return set
}

// options are where values come from, in this order: flags, environment, file.
func options() []ff.Option {
	return []ff.Option{
		ff.WithEnvVarPrefix("MAJLIS"),
		ff.WithConfigFileFlag("config"),
		ff.WithConfigFileParser(ff.PlainParser),
	}
}

// path is the store's file.
func (c *config) path() (string, error) {
	kind, path, ok := strings.Cut(c.store, ":")
	if !ok || kind != "sqlite" || path == "" {
		return "", usageError{fmt.Errorf("--store %q: want sqlite:FILE", c.store)}
	}
	return path, nil
}

// address is the public URL: as given, or that of a listener on loopback.
func (c *config) address() (string, error) {
	if c.publicURL != "" {
		u, err := url.Parse(c.publicURL)
		if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || strings.Trim(u.Path, "/") != "" {
			return "", usageError{fmt.Errorf("--public-url %q: want http(s)://host[:port] without a path", c.publicURL)}
		}
		return strings.TrimSuffix(c.publicURL, "/"), nil
	}
	host, port, err := net.SplitHostPort(c.listen)
	if err != nil {
		return "", usageError{fmt.Errorf("--listen %q: %w", c.listen, err)}
	}
	if ip := net.ParseIP(host); host != "localhost" && (ip == nil || !ip.IsLoopback()) {
		return "", usageError{fmt.Errorf("--listen %s can be reached from other machines: say with --public-url what address they open, like https://majlis.example", c.listen)}
	}
	return "http://" + net.JoinHostPort(host, port), nil
}

// checkStore refuses a store that is not there for commands that only read.
func (c *config) checkStore() error {
	path, err := c.path()
	if err != nil {
		return err
	}
	if _, err := os.Stat(path); errors.Is(err, os.ErrNotExist) {
		return fmt.Errorf("there is no store at %s", filepath.Clean(path))
	}
	return nil
}
