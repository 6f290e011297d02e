package main

import (
	"errors"
	"os"

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

// showAll prints, and draws, what was measured before.
func (b *bench) showAll() error {
	var runs []report.Run
	for _, name := range b.show {
		f, err := report.Read(name)
		if err != nil {
			return err
		}
		runs = append(runs, f.Runs...)
	}
	for _, t := range trials {
		var of []report.Run
		for _, r := range runs {
			if r.Measure == t.name {
				of = append(of, r)
			}
		}
		if err := b.print(of, t); err != nil {
			return err
		}
	}
	if b.plot == "" {
		return nil
	}
	picture := report.Plot(report.Medians(runs, anchors...), panels)
	if picture == "" {
		return errors.New("--plot: the files hold neither broadcasts to several numbers of connections nor several sizes")
	}
	return os.WriteFile(b.plot, []byte(picture), 0o644)
}
