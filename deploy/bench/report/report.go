// Package report turns the figures of single runs into medians, ratios, a table,
// a file and a picture.
package report

import (
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"
	"time"
)

// Case is what was measured: everything but the server and the round.
type Case struct {
	Measure string `json:"measure"`
	Conns   int    `json:"connections"`
	Changes int    `json:"changes,omitempty"` // at once
	Size    int    `json:"size,omitempty"`    // bytes of a message
	Variant string `json:"variant,omitempty"`
}

func (c Case) String() string {
	s := fmt.Sprintf("%s, %d connections", c.Measure, c.Conns)
	if c.Changes > 0 {
		s += fmt.Sprintf(", %d at once", c.Changes)
	}
	if c.Size > 0 {
		s += fmt.Sprintf(", %d bytes", c.Size)
	}
	if c.Variant != "" {
		s += ", " + c.Variant
	}
	return s
}

// Run is one server in one round. A figure that was not measured is not there.
type Run struct {
	Case
	Server  string             `json:"server"`
	Round   int                `json:"round"`
	Figures map[string]float64 `json:"figures"`
	// Faults are what was wrong: messages that were lost, documents that differ,
	// connections that were closed.
	Faults []string `json:"faults,omitempty"`
}

// File is everything about one call of the program.
type File struct {
	At         time.Time         `json:"at"`
	Machine    map[string]string `json:"machine"`
	Versions   map[string]string `json:"versions"`
	Parameters map[string]string `json:"parameters"`
	Runs       []Run             `json:"runs"`
	Medians    []Median          `json:"medians"`
}

// Median is a server in all rounds. Ratios are medians of the rounds' ratios.
type Median struct {
	Case
	Server  string                        `json:"server"`
	Rounds  int                           `json:"rounds"`
	Figures map[string]float64            `json:"figures"`
	Ratios  map[string]map[string]float64 `json:"ratios,omitempty"` // by figure, to a server
	Faults  []string                      `json:"faults,omitempty"`
}

// Medians takes them of all runs, in the order in which cases and servers come
// first. to are the servers that others are compared with.
func Medians(runs []Run, to ...string) []Median {
	type key struct {
		Case
		server string
	}
	var order []key
	by := make(map[key][]Run)
	for _, r := range runs {
		k := key{r.Case, r.Server}
		if by[k] == nil {
			order = append(order, k)
		}
		by[k] = append(by[k], r)
	}
	rank := make(map[Case]int)
	for i, k := range order {
		if _, ok := rank[k.Case]; !ok {
			rank[k.Case] = i
		}
	}
	slices.SortStableFunc(order, func(a, b key) int { return rank[a.Case] - rank[b.Case] })
	var out []Median
	for _, k := range order {
		m := Median{Case: k.Case, Server: k.server, Rounds: len(by[k]), Figures: medians(by[k])}
		for _, r := range by[k] {
			m.Faults = append(m.Faults, r.Faults...)
		}
		slices.Sort(m.Faults)
		m.Faults = slices.Compact(m.Faults)
		for _, server := range to {
			if server != k.server {
				m.compare(server, by[k], by[key{k.Case, server}])
			}
		}
		out = append(out, m)
	}
	return out
}

func medians(runs []Run) map[string]float64 {
	all := make(map[string][]float64)
	for _, r := range runs {
		for name, v := range r.Figures {
			all[name] = append(all[name], v)
		}
	}
	out := make(map[string]float64, len(all))
	for name, v := range all {
		out[name] = median(v)
	}
	return out
}

// compare sets the ratios to another server in the same rounds.
func (m *Median) compare(server string, own, others []Run) {
	ratios := make(map[string][]float64)
	for _, r := range own {
		for _, o := range others {
			if o.Round != r.Round {
				continue
			}
			for name, v := range r.Figures {
				if w, ok := o.Figures[name]; ok && w > 0 {
					ratios[name] = append(ratios[name], v/w)
				}
			}
		}
	}
	for name, v := range ratios {
		if m.Ratios == nil {
			m.Ratios = make(map[string]map[string]float64)
		}
		if m.Ratios[name] == nil {
			m.Ratios[name] = make(map[string]float64)
		}
		m.Ratios[name][server] = median(v)
	}
}

// median is the middle of some values, the mean of two middles.
func median(v []float64) float64 {
	if len(v) == 0 {
		return 0
	}
	v = slices.Sorted(slices.Values(v))
	n := len(v)
	return (v[(n-1)/2] + v[n/2]) / 2
}

// Read reads a file that Write has written.
func Read(name string) (*File, error) {
	b, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	var f File
	if err := json.Unmarshal(b, &f); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return &f, nil
}

// Name is what the file is called: when, and what was measured.
func (f *File) Name(measures []string) string {
	return f.At.UTC().Format("20060102-150405") + "-" + strings.Join(measures, "-") + ".json"
}

// Write writes the file.
func (f *File) Write(name string) error {
	b, err := json.MarshalIndent(f, "", " ")
	if err != nil {
		return err
	}
	return os.WriteFile(name, append(b, '\n'), 0o644)
}
