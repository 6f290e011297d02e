package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"
)

// config is what was asked for.
type config struct {
	majlis   string // the program
	peers    string // folder of the peers' programs
	out      string // folder for results
	dir      string // folder for stores while it runs; empty: a temporary one
	servers  []string
	only     []string
	conns    []int
	changes  []int
	sizes    []int
	rounds   int
	window   time.Duration
	period   time.Duration // 0: by the number of connections
	rest     time.Duration // before memory is read
	duration time.Duration // of the stopped readers' run
	storm    int           // phones of the storms
	nodes    int           // on one Redis
	seats    []int         // phones in front of each of them
	size     int           // 0: that of one small change at Majlis
	show     []string      // files to show instead
	plot     string        // file for the picture
	readme   string        // file for the tables
	own      string        // file for a profile of this program
	profile  string        // folder for profiles of the servers
}

// mostSize is how many bytes one change can have at Majlis, whose commands have
// 8 KiB.
const mostSize = 7 << 10

const about = `bench measures Majlis beside its peers and the bare limit: each server in turn, as
a child on loopback, under the same load from one epoll loop, round after round.

It prints medians as tables and writes everything to a file in --out. Exit code:
0 all is well, 1 Majlis lost something or something could not be measured, 2 usage.

Flags:
`

func parseFlags(args []string, stderr io.Writer) (config, error) {
	var c config
	f := flag.NewFlagSet("bench", flag.ContinueOnError)
	f.SetOutput(stderr)
	f.Usage = func() {
		fmt.Fprint(stderr, about)
		f.PrintDefaults()
	}
	names := func(to *[]string, name string, all []string, usage string) {
		*to = all
		f.Func(name, usage+" (default: "+strings.Join(all, ",")+")", func(s string) error {
			*to = strings.Split(s, ",")
			return known(*to, all)
		})
	}
	numbers := func(to *[]int, name string, most int, all []int, usage string) {
		*to = all
		f.Func(name, fmt.Sprintf("%s (default: %s)", usage, spell(all)), func(s string) (err error) {
			*to, err = readNumbers(s, most)
			return err
		})
	}
	f.StringVar(&c.majlis, "majlis", "../../bin/majlis", "the program to measure")
	f.StringVar(&c.peers, "peers", "../../bin/bench", "folder of the peers' programs")
	f.StringVar(&c.out, "out", "results", "folder for the results")
	f.StringVar(&c.dir, "dir", "", "folder for stores while it runs, on the disk to be measured (default: a temporary one)")
	f.StringVar(&c.own, "own-profile", "", "file for a CPU profile of this program")
	f.StringVar(&c.profile, "profile", "", "folder for CPU profiles of the servers; costs some of what is measured")
	f.StringVar(&c.plot, "plot", "", "file for a picture (SVG) of how cost grows with connections and size")
	f.StringVar(&c.readme, "readme", "", "file whose part about the last run is replaced by the tables")
	f.Func("show", "measure nothing, and print the tables of these files of results (a,b,…)", func(s string) error {
		c.show = strings.Split(s, ",")
		return nil
	})
	names(&c.servers, "servers", contenderNames, "who takes part")
	names(&c.only, "only", trialNames, "what is measured")
	numbers(&c.conns, "conns", 60_000, []int{1000, 5000, 19000}, "connections of broadcast and idle; the middle one is for sizes, compress and stopped")
	numbers(&c.changes, "changes", voterCount/2, []int{1, 5, 20}, "changes at once, in broadcasts")
	numbers(&c.sizes, "sizes", mostSize, []int{200, 1 << 10, 4 << 10, mostSize}, "bytes of a message, in sizes")
	f.IntVar(&c.storm, "storm", 10_000, "phones of votes and reconnects")
	f.IntVar(&c.nodes, "nodes", 5, "how many nodes stand on one Redis, in nodes")
	numbers(&c.seats, "per-node", 60_000, []int{3000, 19000}, "phones in front of each node, in nodes; a node is killed under the first of them")
	f.IntVar(&c.rounds, "rounds", 3, "how often everything is repeated")
	f.DurationVar(&c.window, "window", 8*time.Second, "how long each measurement publishes")
	f.DurationVar(&c.period, "period", 0, "time between two bursts (default: 250ms, 1s from 10,000 connections on, 2s from 15,000)")
	f.DurationVar(&c.duration, "for", time.Minute, "how long readers are stopped")
	f.DurationVar(&c.rest, "rest", time.Second, "how long a server may settle before its memory is read")
	f.IntVar(&c.size, "size", 0, "bytes of the peers' messages (default: what one small change has at Majlis)")
	if err := f.Parse(args); err != nil {
		return c, err
	}
	if f.NArg() > 0 {
		return c, fmt.Errorf("%q is not a flag", f.Arg(0))
	}
	err := errors.Join(c.judge(), c.settle())
	return c, err
}

// judge says what cannot be measured like that.
func (c *config) judge() error {
	switch {
	case c.storm < 1 || c.storm > 60_000:
		return errors.New("--storm wants 1 to 60000")
	case c.nodes < 2 || c.nodes > 20:
		return errors.New("--nodes wants 2 to 20")
	case c.rounds < 1:
		return errors.New("--rounds wants at least 1")
	case c.window < time.Second, c.duration < time.Second, c.period < 0, c.rest < 0, c.size < 0 || c.size > 64<<10:
		return errors.New("--window and --for want at least 1s, --size at most 65536")
	}
	return nil
}

// settle makes paths whole: children run in folders of their own.
func (c *config) settle() error {
	for _, path := range []*string{&c.majlis, &c.peers, &c.profile} {
		if *path == "" {
			continue
		}
		var err error
		if *path, err = filepath.Abs(*path); err != nil {
			return err
		}
	}
	return nil
}

func known(given, all []string) error {
	for _, s := range given {
		if !slices.Contains(all, s) {
			return fmt.Errorf("%q is none of %s", s, strings.Join(all, ", "))
		}
	}
	return nil
}

func readNumbers(s string, most int) ([]int, error) {
	var out []int
	for word := range strings.SplitSeq(s, ",") {
		n, err := strconv.Atoi(word)
		if err != nil || n < 1 || n > most {
			return nil, fmt.Errorf("%q is not a number from 1 to %d", word, most)
		}
		out = append(out, n)
	}
	return out, nil
}

func spell(numbers []int) string {
	words := make([]string, len(numbers))
	for i, n := range numbers {
		words[i] = strconv.Itoa(n)
	}
	return strings.Join(words, ",")
}

// paced is the time between two bursts: so long that no server is overloaded by
// one change.
func (c *config) paced(conns int) time.Duration {
	switch {
	case c.period > 0:
		return c.period
	case conns >= 15_000:
		return 2 * time.Second
	case conns >= 10_000:
		return time.Second
	}
	return 250 * time.Millisecond
}

// pace is that of a stretch of so many changes at once.
func (c *config) pace(conns, changes int) pace {
	period := c.paced(conns)
	return pace{changes: changes, period: period, periods: max(2, int(c.window/period))}
}
