package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"runtime"
	"runtime/pprof"
	"slices"
	"syscall"
	"time"

	"majlis/deploy/bench/report"
)

// bench is one call of the program.
type bench struct {
	config
	dir  string // for stores
	hall *hall
	file report.File
	// posters are the bytes of Majlis' frame for a poll of about so many.
	posters map[int]int
	// version is what Majlis says of itself.
	version string
	// alone is what a delivery costs one node, by phones and round.
	alone map[[2]int]float64
	bad   bool // Majlis failed a check, or something could not be measured
}

func main() {
	// Children die with the thread that started them, and the load is one thread.
	runtime.LockOSThread()
	os.Exit(run(os.Args[1:]))
}

func run(args []string) int {
	if len(args) == 1 && args[0] == seatName {
		return runSeat()
	}
	c, err := parseFlags(args, os.Stderr)
	if errors.Is(err, flag.ErrHelp) {
		return 0
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		return 2
	}
	b := &bench{config: c, posters: make(map[int]int), alone: make(map[[2]int]float64)}
	do := b.all
	if len(c.show) > 0 {
		do = b.load
	}
	if err := do(); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		return 1
	}
	if err := b.publish(); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		return 1
	}
	if b.bad {
		return 1
	}
	return 0
}

// all measures what was asked for, and writes it down as far as it came.
func (b *bench) all() (err error) {
	if b.dir, err = os.MkdirTemp(b.config.dir, "bench-"); err != nil {
		return err
	}
	defer os.RemoveAll(b.dir)
	defer b.tidy()()
	if b.own != "" {
		f, err := os.Create(b.own)
		if err != nil {
			return err
		}
		defer f.Close()
		if err := pprof.StartCPUProfile(f); err != nil {
			return err
		}
		defer pprof.StopCPUProfile()
	}
	if err := b.fit(); err != nil {
		return err
	}
	if err := b.prepare(); err != nil {
		return err
	}
	b.file = report.File{At: time.Now(), Machine: machine(b.dir), Versions: b.versions(), Parameters: b.parameters()}
	for _, t := range trials {
		if slices.Contains(b.only, t.name) {
			if err := b.trial(t); err != nil {
				return err
			}
		}
	}
	if len(b.file.Runs) == 0 {
		return errors.New("nothing was measured: nobody of --servers takes part in what --only asks for")
	}
	fmt.Fprintln(os.Stderr, "written to", b.results())
	return nil
}

// tidy removes the stores when the program is interrupted; servers die with it.
func (b *bench) tidy() (stop func()) {
	interrupted := make(chan os.Signal, 1)
	signal.Notify(interrupted, os.Interrupt, syscall.SIGTERM)
	go func() {
		if _, ok := <-interrupted; ok {
			os.RemoveAll(b.dir)
			os.Exit(130)
		}
	}()
	return func() { signal.Stop(interrupted); close(interrupted) }
}

// results is the file of all results of this call.
func (b *bench) results() string {
	measures := b.only
	if len(measures) == len(trials) {
		measures = []string{"all"}
	}
	return filepath.Join(b.out, b.file.Name(measures))
}

// prepare makes the store that Majlis begins with, and looks how large its frames
// are.
func (b *bench) prepare() (err error) {
	if slices.Contains(b.servers, majlis) && !slices.Equal(b.only, []string{"nodes"}) { // whose store is another
		if b.hall, err = newHall(b.config.majlis, filepath.Join(b.dir, "hall"), b.people()+voterCount); err != nil {
			return err
		}
	}
	size := usualSize
	if b.hall != nil {
		if size, err = b.frameSize(setup{}); err != nil {
			return err
		}
	}
	if b.size == 0 {
		b.size = size
	}
	return nil
}

// people is how many identities are needed.
func (b *bench) people() int { return max(slices.Max(b.conns), b.storm) }

// trial runs each group, round by round, the servers in turn in each, and writes
// everything down after each, so that who breaks it off has what there was.
func (b *bench) trial(t trial) error {
	for _, g := range t.groups(&b.config) {
		from := len(b.file.Runs)
		for round := range b.rounds {
			for _, server := range b.servers {
				if t.servers != nil && !slices.Contains(t.servers, server) {
					continue
				}
				fmt.Fprintf(os.Stderr, "%s, round %d: %s\n", g.Case, round+1, server)
				if err := g.do(b, server, round+1); err != nil {
					b.note(g.Case, server, round+1, nil, err)
					b.bad = true
				}
			}
		}
		if err := errors.Join(b.print(b.file.Runs[from:], t), b.write()); err != nil {
			return err
		}
	}
	return nil
}

func (b *bench) print(runs []report.Run, t trial) error {
	return report.Table(os.Stdout, report.Medians(runs, anchors...), t.columns)
}

// note writes a run down.
func (b *bench) note(c report.Case, server string, round int, figures map[string]float64, faults ...error) {
	r := report.Run{Case: c, Server: server, Round: round, Figures: figures}
	for _, err := range faults {
		if err != nil {
			r.Faults = append(r.Faults, err.Error())
			fmt.Fprintf(os.Stderr, "  %s: %v\n", server, err)
			b.bad = b.bad || server == majlis
		}
	}
	b.file.Runs = append(b.file.Runs, r)
}

// anchors are the servers with which others are compared.
var anchors = []string{"sendloop", "centrifuge"}

func (b *bench) write() error {
	b.file.Medians = report.Medians(b.file.Runs, anchors...)
	if err := os.MkdirAll(b.out, 0o755); err != nil {
		return err
	}
	return b.file.Write(b.results())
}
