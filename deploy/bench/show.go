package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"

	"majlis/deploy/bench/report"
)

// panels are the plots.
var panels = []report.Panel{
	{Title: "CPU against connections", X: "connections", Y: "µs a delivery", Figure: "cpu_us", Of: byConns},
	{Title: "p99 against connections", X: "connections", Y: "ms from published to received", Figure: "p99_ms", Of: byConns},
	{Title: "CPU against message size", X: "bytes on the wire", Y: "µs a delivery", Figure: "cpu_us", Of: byBytes},
}

func byConns(m report.Median) (float64, bool) {
	return float64(m.Conns), m.Measure == "broadcast" && m.Changes == 1
}

func byBytes(m report.Median) (float64, bool) { return m.Figures["bytes"], m.Measure == "sizes" }

// load reads what was measured before. Rounds of different calls are different
// rounds.
func (b *bench) load() error {
	const apart = 1000
	for i, name := range b.show {
		f, err := report.Read(name)
		if err != nil {
			return err
		}
		if i == 0 {
			b.file = *f
			continue
		}
		for _, r := range f.Runs {
			r.Round += i * apart
			b.file.Runs = append(b.file.Runs, r)
		}
	}
	return nil
}

// publish writes what there is where it was asked for.
func (b *bench) publish() error {
	if len(b.show) > 0 {
		if err := b.tables(os.Stdout); err != nil {
			return err
		}
	}
	if b.plot != "" {
		picture := report.Plot(report.Medians(b.file.Runs, anchors...), panels)
		if picture == "" {
			return errors.New("--plot wants broadcasts to several numbers of connections, or several sizes")
		}
		if err := os.WriteFile(b.plot, []byte(picture), 0o644); err != nil {
			return err
		}
	}
	if b.readme == "" {
		return nil
	}
	text, err := os.ReadFile(b.readme)
	if err != nil {
		return err
	}
	var tables bytes.Buffer
	b.origin(&tables)
	if err := b.tables(&tables); err != nil {
		return err
	}
	if text, err = between(text, tables.Bytes()); err != nil {
		return fmt.Errorf("%s: %w", b.readme, err)
	}
	return os.WriteFile(b.readme, text, 0o644)
}

// tables prints those of every trial.
func (b *bench) tables(w io.Writer) error {
	for _, t := range trials {
		var of []report.Run
		for _, r := range b.file.Runs {
			if r.Measure == t.name {
				of = append(of, r)
			}
		}
		if err := report.Table(w, report.Medians(of, anchors...), t.columns); err != nil {
			return err
		}
	}
	return nil
}

// origin says where and of what the figures are.
func (b *bench) origin(w io.Writer) {
	fmt.Fprintf(w, "Measured on %s.\n\n", b.file.At.UTC().Format("2 January 2006"))
	for _, about := range []map[string]string{b.file.Machine, b.file.Versions, b.file.Parameters} {
		for _, k := range slices.Sorted(maps.Keys(about)) {
			fmt.Fprintf(w, "- %s: %s\n", k, about[k])
		}
	}
}

// The marks between which a README holds the last run.
const (
	beginMark = "<!-- the last run -->\n"
	endMark   = "<!-- end of the last run -->\n"
)

// between puts something between the marks of a text.
func between(text, what []byte) ([]byte, error) {
	head, rest, begins := bytes.Cut(text, []byte(beginMark))
	_, tail, ends := bytes.Cut(rest, []byte(endMark))
	if !begins || !ends {
		return nil, fmt.Errorf("the lines %q and %q must stand in it", beginMark, endMark)
	}
	return slices.Concat(head, []byte(beginMark+"\n"), bytes.TrimSpace(what), []byte("\n\n"+endMark), tail), nil
}
