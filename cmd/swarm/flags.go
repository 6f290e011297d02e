package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"net/url"
	"strings"
	"time"

	"majlis/hub/oplog"
)

// config is what was asked for.
type config struct {
	urls      []string // of the servers, without a slash at their ends
	session   string
	phones    int
	questions []question
	pass      string // a bare JWT, empty for none
	duration  time.Duration
	ramp      time.Duration
	settle    time.Duration
	rate      float64 // commands a second and phone
	drop      float64 // chance to drop the connection at each step
	asks      int
	seed      uint64
	alone     bool
	json      bool
	history   string // file; empty for none
}

const defaultURL = "http://127.0.0.1:8080"

const about = `swarm is a simulated audience. Its phones join a session, ask, vote, answer
polls, drop out and come back until the duration ends (or it gets SIGUSR1), through
any restart of the server. Then it judges from outside:

  lost      acknowledged things that are not there: a question, vote or answer
            that its phone does not find among its own, or a count that is smaller
            than the number of phones whose last acknowledged vote stands
  twice     counts that are larger than that number, questions listed twice
  diverged  phones whose document, or own part, is not what the server serves
            over HTTP
  unknown   commands that were neither acknowledged nor refused in the end

p50_ms and p99_ms are publish → received: from the moment a question is sent (on a
board without moderation), or its approval is (by this swarm's own moderator), to
the moment another phone's document shows it as live, over all phones whose
connection stood from before the sending until then. null: nothing was measured.

With --pass (a moderator's or organiser's access link) the swarm also opens the
board and polls, approves questions, and compares with results.json. Without, it
uses what is open. Several --url are nodes on one store: whoever comes back goes to the
next one. Counts are compared with those from before; when other people
vote at the same time, say --alone=false, and counts are left out.

Exit code: 0 all is well, 1 a check failed (any of the four is not 0) or the run was
interrupted, 2 usage, 3 no phone ever connected.

`

func parseFlags(args []string, stderr io.Writer) (config, error) {
	var c config
	var pass, file string
	f := flag.NewFlagSet("swarm", flag.ContinueOnError)
	f.SetOutput(stderr)
	f.Usage = func() {
		fmt.Fprint(stderr, about+"Flags:\n")
		f.PrintDefaults()
	}
	f.Func("url", "address of the server (default "+defaultURL+"); several times for its nodes", func(s string) error {
		c.urls = append(c.urls, strings.TrimRight(s, "/"))
		return nil
	})
	f.StringVar(&c.session, "session", "", "id of the session")
	f.IntVar(&c.phones, "phones", 2000, "how many phones")
	f.StringVar(&file, "questions", "", "file of questions, each a line of lang<TAB>text (default: a small set in six languages)")
	f.StringVar(&pass, "pass", "", "access link of a moderator or an organiser, or its pass alone")
	f.DurationVar(&c.duration, "duration", 20*time.Second, "how long the phones are busy")
	f.DurationVar(&c.ramp, "ramp", 0, "over how long they arrive (default: a tenth of the duration, at most 5s)")
	f.DurationVar(&c.settle, "settle", 30*time.Second, "how long open commands may take to be answered after that")
	f.Float64Var(&c.rate, "rate", 0.5, "commands a second, each phone")
	f.Float64Var(&c.drop, "drop", 0.03, "chance that a phone drops its connection instead of sending a command")
	f.IntVar(&c.asks, "asks", 300, "questions asked in all")
	f.Uint64Var(&c.seed, "seed", 1, "seed of what the phones do (ids are always new)")
	f.BoolVar(&c.alone, "alone", true, "nobody but this swarm votes meanwhile")
	f.BoolVar(&c.json, "json", false, "report as JSON")
	f.StringVar(&c.history, "history", "", "file for one JSON line a command, from when to when and what came of it, and one a value that a phone holds in the end")
	if err := f.Parse(args); err != nil {
		return c, err
	}
	if f.NArg() > 0 {
		return c, fmt.Errorf("%q is not a flag", f.Arg(0))
	}
	return c, c.complete(pass, file)
}

// complete checks what was asked for and fills in what follows from it.
func (c *config) complete(pass, file string) error {
	if len(c.urls) == 0 {
		c.urls = []string{defaultURL}
	}
	for _, address := range c.urls {
		if u, err := url.Parse(address); err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
			return fmt.Errorf("--url %q is not an address like %s", address, defaultURL)
		}
	}
	switch {
	case !oplog.ValidID(c.session):
		return fmt.Errorf("--session %q is not the id of a session; GET %s/api/v1/sessions lists them", c.session, c.urls[0])
	case c.phones < 1 || c.phones > maxPhones:
		return fmt.Errorf("--phones wants 1 to %d", maxPhones)
	case c.rate <= 0 || c.rate > maxRate:
		return fmt.Errorf("--rate wants more than 0 and at most %d commands a second", maxRate)
	case c.drop < 0 || c.drop > 1:
		return errors.New("--drop is a chance: 0 to 1")
	case c.duration <= 0 || c.settle <= 0 || c.ramp < 0 || c.asks < 0:
		return errors.New("--duration and --settle must be more than 0, --ramp and --asks not less")
	}
	if c.ramp == 0 {
		c.ramp = min(c.duration/10, 5*time.Second)
	}
	c.pass = bareToken(pass)
	var err error
	c.questions, err = readQuestions(file)
	return err
}

// bareToken takes the pass out of an access link.
func bareToken(link string) string {
	if _, token, ok := strings.Cut(link, "#"); ok {
		link = token
	}
	return strings.TrimSpace(link)
}

func (c *config) topic() oplog.Topic { return oplog.MakeTopic(oplog.KindSession, c.session) }
