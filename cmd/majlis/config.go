package main

import (
	"flag"
	"fmt"
	"io"
	"net"
	"strings"

	"github.com/peterbourgon/ff/v3"

	"majlis/hub/gateway"
	"majlis/hub/interpreter"
)

// config is what flags, environment and file say. One table for all commands;
// each takes the rows that mean something to it.
type config struct {
	listen         string
	admin          string
	store          string
	publicURL      string
	secret         string
	cert, key      string
	node           string
	demo           bool
	translator     string
	translatorKey  string
	translatorRate int
	zone           string
	json           bool
}

// flags makes a command's flag set with rows of the table.
func (c *config) flags(name string, stderr io.Writer, rows ...string) *flag.FlagSet {
	set := flag.NewFlagSet(name, flag.ContinueOnError)
	set.SetOutput(stderr)
	table := c.table(set)
	for _, row := range rows {
		table[row]()
	}
	set.String("config", "", "file with one \"flag value\" a line")
	return set
}

// table is what can be set, by the flags' names.
func (c *config) table(set *flag.FlagSet) map[string]func() {
	return map[string]func(){
		"listen": func() { set.StringVar(&c.listen, "listen", "127.0.0.1:8080", "address of the public listener") },
		"admin": func() {
			set.StringVar(&c.admin, "admin", "127.0.0.1:9090", "address of the operators' listener (metrics, profiles, /ops); empty for none")
		},
		"store": func() {
			set.StringVar(&c.store, "store", "sqlite:majlis.db", "where everything is kept: sqlite:FILE, or a Redis for many nodes: redis://HOST:PORT, redis+sentinel://…, redis+cluster://…")
		},
		"public-url": func() {
			set.StringVar(&c.publicURL, "public-url", "", "address that people open, for links, QR codes and the Origin list (default: the listen address, when that is this machine's own)")
		},
		"secret-file": func() {
			set.StringVar(&c.secret, "secret-file", "", "file of the server's secret (default: beside the store, or majlis.secret for a Redis; made at the first start)")
		},
		"tls-cert": func() {
			set.StringVar(&c.cert, "tls-cert", "", "file of the certificate and its chain (PEM), when no proxy ends TLS; read again when it changes")
		},
		"tls-key": func() { set.StringVar(&c.key, "tls-key", "", "file of the certificate's key (PEM)") },
		"node": func() {
			set.StringVar(&c.node, "node", "", "name of this node among those that share a Redis (default: the host's name and the port)")
		},
		"translator-url": func() {
			set.StringVar(&c.translator, "translator-url", "", "address of a machine that translates questions (LibreTranslate's API, like http://127.0.0.1:5000/translate); empty for none")
		},
		"translator-key-file": func() {
			set.StringVar(&c.translatorKey, "translator-key-file", "", "file of the key that the translator wants, if any")
		},
		"translator-rate": func() {
			set.IntVar(&c.translatorRate, "translator-rate", interpreter.DefaultPerMinute, "texts sent to the translator a minute")
		},
		"demo": func() { set.BoolVar(&c.demo, "demo", false, "fill an empty store with a demonstration conference") },
		"zone": func() { set.StringVar(&c.zone, "zone", "", "time zone of files that name none, like Asia/Riyadh") },
		"json": func() { set.BoolVar(&c.json, "json", false, "print JSON") },
	}
}

// options are where the values of a command's flags come from, in this order:
// flags, environment, file. One file serves all commands: each passes over the
// rows of the table that mean nothing to it.
func options(set *flag.FlagSet) []ff.Option {
	table := (&config{}).table(set)
	parse := func(r io.Reader, take func(name, value string) error) error {
		return ff.PlainParser(r, func(name, value string) error {
			if _, known := table[name]; known && set.Lookup(name) == nil {
				return nil
			}
			return take(name, value)
		})
	}
	return []ff.Option{
		ff.WithEnvVarPrefix("MAJLIS"),
		ff.WithConfigFileFlag("config"),
		ff.WithConfigFileParser(parse),
	}
}

// noArguments refuses what stands behind the flags of a command that takes
// nothing there: "--demo no" would otherwise mean yes.
func noArguments(args []string) error {
	if len(args) > 0 {
		return usageError{fmt.Errorf("%q: nothing is expected behind the flags; a value is joined to its flag with =", args[0])}
	}
	return nil
}

// address is the public URL: as given, or that of a listener on loopback.
func (c *config) address() (string, error) {
	if c.publicURL != "" {
		if _, err := gateway.NewAllow(c.publicURL); err != nil {
			return "", usageError{fmt.Errorf("%w; want --public-url like https://majlis.example", err)}
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
	if port == "0" {
		return "", usageError{fmt.Errorf("--listen %s: say which port, or with --public-url what address people open", c.listen)}
	}
	if c.cert != "" {
		return "https://" + net.JoinHostPort(host, port), nil
	}
	return "http://" + net.JoinHostPort(host, port), nil
}
